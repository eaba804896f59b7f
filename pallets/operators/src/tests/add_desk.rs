use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn add(who: AccountId, account: AccountId, list: &[Role]) -> DispatchResult {
    call_as(
        who,
        Call::add_desk {
            account,
            roles: roles(list),
        },
    )
}

#[test]
fn add_desk_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(
            ALPHA,
            11,
            &[
                Role::Commercial,
                Role::Clearing,
                Role::Treasury,
                Role::Engineering,
            ],
        );
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            let add = Call::add_desk {
                account: 12,
                roles: roles(&[Role::Clearing]),
            };
            assert_noop!(call(origin, add), BadOrigin);
        }
        assert_noop!(add(STRANGER, 12, &[Role::Clearing]), Error::<Test>::NotADesk);
        assert_noop!(add(MEMBER, 12, &[Role::Clearing]), Error::<Test>::NotADesk);
        assert_noop!(add(11, 12, &[Role::Clearing]), Error::<Test>::AdminRoleRequired);
    });
}

#[test]
fn desk_should_act_for_the_callers_operator_when_it_is_added() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(add(BETA_ADMIN, 21, &[Role::Clearing, Role::Commercial]));
        let desk = Desks::<Test>::get(21).expect("added");
        assert_eq!(
            (desk.operator, desk.roles.clone()),
            (BETA, roles(&[Role::Clearing, Role::Commercial]))
        );
        assert_eq!(
            last_event(),
            Some(Event::DeskAdded {
                operator: BETA,
                desk: 21,
                roles: desk.roles
            })
        );
        assert_eq!(System::providers(&21), 1, "it can have a nonce and hold tokens");
        assert_eq!(System::providers(&STRANGER), 0);
    });
}

#[test]
fn treasury_desk_should_become_the_payout_account_when_it_is_the_first() {
    ExtBuilder::default().build_and_execute(|| {
        let payout = || crate::Operators::<Test>::get(ALPHA).and_then(|operator| operator.payout_account);
        assert_ok!(add(ALPHA_ADMIN, 11, &[Role::Clearing]));
        assert_eq!(payout(), None);
        assert_ok!(add(ALPHA_ADMIN, 12, &[Role::Treasury]));
        assert_eq!(payout(), Some(12));
        assert_eq!(
            last_event(),
            Some(Event::PayoutAccountSet {
                operator: ALPHA,
                account: 12
            })
        );
        assert_ok!(add(ALPHA_ADMIN, 13, &[Role::Treasury]));
        assert_eq!(payout(), Some(12));
    });
}

#[test]
fn add_desk_should_be_refused_when_the_account_is_a_desk() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(add(ALPHA_ADMIN, 11, &[Role::Clearing]));
        assert_noop!(
            add(ALPHA_ADMIN, 11, &[Role::Treasury]),
            Error::<Test>::AlreadyADesk
        );
        assert_noop!(
            add(BETA_ADMIN, 11, &[Role::Clearing]),
            Error::<Test>::AlreadyADesk
        );
        assert_noop!(
            add(BETA_ADMIN, ALPHA_ADMIN, &[Role::Clearing]),
            Error::<Test>::AlreadyADesk
        );
    });
}

#[test]
fn roles_should_be_refused_when_there_are_none_or_one_is_twice() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(add(ALPHA_ADMIN, 11, &[]), Error::<Test>::NoRoles);
        assert_noop!(
            add(ALPHA_ADMIN, 11, &[Role::Clearing, Role::Clearing]),
            Error::<Test>::DuplicateRole
        );
    });
}

#[test]
fn add_desk_should_be_refused_when_only_the_place_for_governance_is_left() {
    ExtBuilder::default().build_and_execute(|| {
        for account in 100..u64::from(100 + MAX_DESKS - 2) {
            assert_ok!(add(ALPHA_ADMIN, account, &[Role::Clearing]));
        }
        assert_noop!(
            add(ALPHA_ADMIN, 200, &[Role::Clearing]),
            Error::<Test>::MaxDesksExceeded
        );
        assert_ok!(add(BETA_ADMIN, 200, &[Role::Clearing]));
    });
}
