use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::OperatorId, operator::Role};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn replace(account: AccountId) -> DispatchResult {
    govern(Call::replace_admin {
        operator: ALPHA,
        account,
    })
}

fn add(who: AccountId, account: AccountId, list: &[Role]) -> DispatchResult {
    let operator = Desks::<Test>::get(who).map_or(ALPHA, |desk| desk.operator);
    call_as(who, adding(operator, account, list))
}

fn roles_of(account: AccountId) -> Option<Vec<Role>> {
    Desks::<Test>::get(account).map(|desk| desk.roles.into_inner())
}

#[test]
fn replace_admin_should_be_refused_when_not_governance_calls() {
    ExtBuilder::default().build_and_execute(|| {
        for who in [ALPHA_ADMIN, MEMBER, STRANGER] {
            assert_noop!(
                call_as(
                    who,
                    Call::replace_admin {
                        operator: ALPHA,
                        account: 11
                    }
                ),
                BadOrigin
            );
        }
    });
}

#[test]
fn account_should_be_the_only_admin_desk_when_governance_names_it() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 12, &[Role::Admin, Role::Treasury]);
        add_desk(ALPHA, 13, &[Role::Clearing]);
        assert_ok!(replace(11));

        assert_eq!(
            last_event(),
            Some(Event::AdminReplaced {
                operator: ALPHA,
                admin: 11
            })
        );
        assert_eq!(roles_of(11), Some(vec![Role::Admin]));
        assert_eq!(roles_of(ALPHA_ADMIN), None, "it had no other role");
        assert_eq!(System::providers(&ALPHA_ADMIN), 0);
        assert_eq!(
            roles_of(12),
            Some(vec![Role::Treasury]),
            "it keeps its other role"
        );
        assert_eq!(roles_of(13), Some(vec![Role::Clearing]));
        assert_noop!(add(ALPHA_ADMIN, 14, &[Role::Admin]), Error::<Test>::NotADesk);
        assert_noop!(add(12, 14, &[Role::Admin]), Error::<Test>::AdminRoleRequired);
        assert_ok!(add(11, 14, &[Role::Admin]));
    });
}

#[test]
fn desk_should_keep_its_roles_when_it_becomes_the_admin() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 13, &[Role::Clearing]);
        assert_ok!(replace(13));
        assert_eq!(roles_of(13), Some(vec![Role::Clearing, Role::Admin]));
        assert_eq!(DesksOf::<Test>::get(ALPHA).to_vec(), [13]);
    });
}

#[test]
fn other_admin_desks_should_go_when_an_admin_replaces_itself() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 12, &[Role::Admin]);
        assert_ok!(replace(ALPHA_ADMIN));
        assert_eq!(DesksOf::<Test>::get(ALPHA).to_vec(), [ALPHA_ADMIN]);
    });
}

#[test]
fn lost_admin_desk_should_go_when_its_account_is_in_use() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(System::inc_consumers(&ALPHA_ADMIN));
        assert_ok!(replace(11));
        assert_eq!(roles_of(ALPHA_ADMIN), None);
        assert!(Retired::<Test>::contains_key(ALPHA_ADMIN));
        assert_eq!(
            System::providers(&ALPHA_ADMIN),
            1,
            "what it holds still needs the account"
        );
        assert_eq!(Pallet::<Test>::payer(&ALPHA_ADMIN), None, "but it may not submit");

        // Found again, it can become a desk once more, with one provider reference as before.
        add_desk(ALPHA, ALPHA_ADMIN, &[Role::Clearing]);
        assert!(!Retired::<Test>::contains_key(ALPHA_ADMIN));
        assert_eq!(System::providers(&ALPHA_ADMIN), 1);
        System::dec_consumers(&ALPHA_ADMIN);
        assert_ok!(call_as(11, Call::remove_desk { account: ALPHA_ADMIN }));
        assert_eq!(System::providers(&ALPHA_ADMIN), 0);
    });
}

#[test]
fn place_should_be_left_for_governance_when_a_thief_fills_the_others() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(call_as(
            ALPHA_ADMIN,
            Call::set_roles {
                account: ALPHA_ADMIN,
                roles: roles(&[Role::Admin, Role::Clearing])
            }
        ));
        let mut account = 100;
        while add(ALPHA_ADMIN, account, &[Role::Clearing]).is_ok() {
            account += 1;
        }
        assert_eq!(DesksOf::<Test>::get(ALPHA).len() as u32, MAX_DESKS - 1);
        assert_ok!(replace(11));
    });
}

#[test]
fn replace_admin_should_be_refused_when_operator_or_account_do_not_fit() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            govern(Call::replace_admin {
                operator: OperatorId(9),
                account: 11
            }),
            Error::<Test>::OperatorNotFound
        );
        assert_noop!(replace(BETA_ADMIN), Error::<Test>::AlreadyADesk);
    });
}
