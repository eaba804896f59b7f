use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn set(who: AccountId, account: AccountId, list: &[Role]) -> DispatchResult {
    call_as(
        who,
        Call::set_roles {
            account,
            roles: roles(list),
        },
    )
}

fn payout() -> Option<AccountId> {
    crate::Operators::<Test>::get(ALPHA).and_then(|operator| operator.payout_account)
}

#[test]
fn set_roles_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        assert_noop!(set(STRANGER, 11, &[Role::Admin]), Error::<Test>::NotADesk);
        assert_noop!(set(11, 11, &[Role::Admin]), Error::<Test>::AdminRoleRequired);
        assert_noop!(
            govern(Call::set_roles {
                account: 11,
                roles: roles(&[Role::Admin])
            }),
            BadOrigin
        );
    });
}

#[test]
fn desk_should_have_its_new_roles_only_when_they_are_set() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(set(ALPHA_ADMIN, 11, &[Role::Commercial, Role::Engineering]));
        let new = roles(&[Role::Commercial, Role::Engineering]);
        assert_eq!(Desks::<Test>::get(11).map(|desk| desk.roles), Some(new.clone()));
        assert_eq!(
            last_event(),
            Some(Event::RolesSet {
                operator: ALPHA,
                desk: 11,
                roles: new
            })
        );
        assert_eq!(System::providers(&11), 1);
    });
}

#[test]
fn set_roles_should_be_refused_when_the_desk_is_not_the_operators() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            set(ALPHA_ADMIN, BETA_ADMIN, &[Role::Clearing]),
            Error::<Test>::DeskNotFound
        );
        assert_noop!(
            set(ALPHA_ADMIN, STRANGER, &[Role::Clearing]),
            Error::<Test>::DeskNotFound
        );
    });
}

#[test]
fn set_roles_should_be_refused_when_no_admin_desk_would_be_left() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            set(ALPHA_ADMIN, ALPHA_ADMIN, &[Role::Clearing]),
            Error::<Test>::LastAdminDesk
        );
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(set(ALPHA_ADMIN, 11, &[Role::Admin]));
        assert_ok!(set(ALPHA_ADMIN, ALPHA_ADMIN, &[Role::Clearing]));
        assert_noop!(set(11, 11, &[Role::Clearing]), Error::<Test>::LastAdminDesk);
        assert_ok!(set(11, 11, &[Role::Admin, Role::Clearing]));
    });
}

#[test]
fn set_roles_should_be_refused_when_the_payout_account_would_lose_treasury() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        assert_noop!(
            set(ALPHA_ADMIN, 11, &[Role::Clearing]),
            Error::<Test>::IsPayoutAccount
        );
        assert_ok!(set(ALPHA_ADMIN, 11, &[Role::Clearing, Role::Treasury]));
        add_desk(ALPHA, 12, &[Role::Treasury]);
        assert_ok!(call_as(ALPHA_ADMIN, Call::set_payout_account { account: 12 }));
        assert_ok!(set(ALPHA_ADMIN, 11, &[Role::Clearing]));
        assert_eq!(payout(), Some(12));
    });
}

#[test]
fn desk_should_become_the_payout_account_when_it_gets_the_first_treasury_role() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(set(ALPHA_ADMIN, ALPHA_ADMIN, &[Role::Admin, Role::Treasury]));
        assert_eq!(payout(), Some(ALPHA_ADMIN));
        assert_eq!(
            last_event(),
            Some(Event::PayoutAccountSet {
                operator: ALPHA,
                account: ALPHA_ADMIN
            })
        );
    });
}

#[test]
fn roles_should_be_refused_when_there_are_none_or_one_is_twice() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_noop!(set(ALPHA_ADMIN, 11, &[]), Error::<Test>::NoRoles);
        assert_noop!(
            set(ALPHA_ADMIN, 11, &[Role::Admin, Role::Admin]),
            Error::<Test>::DuplicateRole
        );
    });
}
