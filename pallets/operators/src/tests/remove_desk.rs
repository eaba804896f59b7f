use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn remove(who: AccountId, account: AccountId) -> DispatchResult {
    call_as(who, Call::remove_desk { account })
}

#[test]
fn remove_desk_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_noop!(remove(STRANGER, 11), Error::<Test>::NotADesk);
        assert_noop!(remove(11, 11), Error::<Test>::AdminRoleRequired);
        assert_noop!(
            call(RuntimeOrigin::none(), Call::remove_desk { account: 11 }),
            BadOrigin
        );
    });
}

#[test]
fn desk_should_neither_sign_nor_hold_when_it_was_removed() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(remove(ALPHA_ADMIN, 11));
        assert_eq!(Desks::<Test>::get(11), None);
        assert_eq!(DesksOf::<Test>::get(ALPHA).to_vec(), [ALPHA_ADMIN]);
        assert_eq!(System::providers(&11), 0);
        assert_eq!(
            last_event(),
            Some(Event::DeskRemoved {
                operator: ALPHA,
                desk: 11
            })
        );
        assert_noop!(remove(ALPHA_ADMIN, 11), Error::<Test>::DeskNotFound);
    });
}

#[test]
fn remove_desk_should_be_refused_when_the_desk_is_of_another_operator() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(remove(ALPHA_ADMIN, BETA_ADMIN), Error::<Test>::DeskNotFound);
        assert_noop!(remove(ALPHA_ADMIN, STRANGER), Error::<Test>::DeskNotFound);
    });
}

#[test]
fn remove_desk_should_be_refused_when_it_is_the_last_admin_desk() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(remove(ALPHA_ADMIN, ALPHA_ADMIN), Error::<Test>::LastAdminDesk);
        add_desk(ALPHA, 11, &[Role::Admin]);
        assert_ok!(remove(ALPHA_ADMIN, ALPHA_ADMIN));
        assert_noop!(remove(11, 11), Error::<Test>::LastAdminDesk);
    });
}

#[test]
fn remove_desk_should_be_refused_when_it_is_the_payout_account() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        add_desk(ALPHA, 12, &[Role::Treasury]);
        assert_noop!(remove(ALPHA_ADMIN, 11), Error::<Test>::IsPayoutAccount);
        assert_ok!(call_as(ALPHA_ADMIN, Call::set_payout_account { account: 12 }));
        assert_ok!(remove(ALPHA_ADMIN, 11));
    });
}

#[test]
fn remove_desk_should_be_refused_when_its_account_is_in_use() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Admin]);
        assert_ok!(System::inc_consumers(&11));
        assert_noop!(remove(ALPHA_ADMIN, 11), Error::<Test>::DeskInUse);
        System::dec_consumers(&11);
        assert_ok!(remove(ALPHA_ADMIN, 11));
    });
}

#[test]
fn other_references_should_stay_when_a_desk_is_removed() {
    ExtBuilder::default().build_and_execute(|| {
        System::inc_providers(&11);
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(System::inc_consumers(&11));
        assert_ok!(remove(ALPHA_ADMIN, 11));
        assert_eq!(System::providers(&11), 1);
    });
}

#[test]
fn signed_transactions_should_not_be_valid_again_when_a_removed_desk_comes_back() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        System::inc_account_nonce(11);
        assert_ok!(remove(ALPHA_ADMIN, 11));
        assert_eq!(System::account_nonce(11), 1);
        add_desk(BETA, 11, &[Role::Clearing]);
        assert_ok!(remove(BETA_ADMIN, 11));
        assert_eq!(System::account_nonce(11), 1);
        assert_eq!(System::providers(&11), 1, "references do not pile up");
    });
}

#[test]
fn governance_should_displace_any_desk_when_it_is_not_the_last_admin() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(govern(Call::remove_desk { account: 11 }));
        assert!(!Desks::<Test>::contains_key(11));
        assert_noop!(
            govern(Call::remove_desk { account: 11 }),
            Error::<Test>::DeskNotFound
        );
        assert_noop!(
            govern(Call::remove_desk { account: ALPHA_ADMIN }),
            Error::<Test>::LastAdminDesk
        );
    });
}

#[test]
fn displaced_desk_should_have_no_quota_when_it_was_a_validator() {
    ExtBuilder::default().build_and_execute(|| {
        for desk in [11, 12] {
            add_desk(ALPHA, desk, &[Role::Engineering]);
            interclear_ports::mocks::MockMembers::add_validator(desk);
        }
        assert_ok!(govern(Call::remove_desk { account: 11 }));
        assert!(crate::Pallet::<Test>::quota(&11).is_none());
        // By its own operator it is removed as a desk alone: its node may go on.
        assert_ok!(remove(ALPHA_ADMIN, 12));
        assert!(crate::Pallet::<Test>::quota(&12).is_some());
    });
}

#[test]
fn governance_should_displace_the_payout_account_when_it_removes_it() {
    ExtBuilder::default().build_and_execute(|| {
        let payout = || Pallet::<Test>::operator(ALPHA).and_then(|record| record.payout_account);
        for account in [11, 12, 13] {
            add_desk(ALPHA, account, &[Role::Treasury]);
        }
        assert_ok!(govern(Call::remove_desk { account: 13 }));
        assert_eq!(payout(), Some(11), "another desk's removal changes nothing");
        assert_ok!(govern(Call::remove_desk { account: 11 }));
        assert_eq!(payout(), Some(12));
        let paid = Event::PayoutAccountSet {
            operator: ALPHA,
            account: 12,
        };
        assert_eq!(last_event(), Some(paid));
        assert_ok!(govern(Call::remove_desk { account: 12 }));
        assert_eq!(payout(), None);
        assert_eq!(
            last_event(),
            Some(Event::PayoutAccountRemoved { operator: ALPHA })
        );
        add_desk(ALPHA, 14, &[Role::Treasury]);
        assert_eq!(payout(), Some(14));
    });
}

#[test]
fn governance_should_displace_a_desk_when_its_account_is_in_use() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Engineering]);
        assert_ok!(System::inc_consumers(&11));
        assert_ok!(govern(Call::remove_desk { account: 11 }));
        assert!(!Desks::<Test>::contains_key(11));
        assert_eq!(System::providers(&11), 1, "what uses the account stays sound");
        assert!(Retired::<Test>::contains_key(11));
    });
}

#[test]
fn governance_should_displace_every_desk_when_it_replaces_the_last_admin_first() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(call_as(
            ALPHA_ADMIN,
            Call::set_roles {
                account: ALPHA_ADMIN,
                roles: roles(&[Role::Admin, Role::Treasury])
            }
        ));
        assert_ok!(System::inc_consumers(&ALPHA_ADMIN));
        assert_noop!(
            govern(Call::remove_desk { account: ALPHA_ADMIN }),
            Error::<Test>::LastAdminDesk
        );
        assert_ok!(govern(Call::replace_admin {
            operator: ALPHA,
            account: 11
        }));
        assert_ok!(govern(Call::remove_desk { account: ALPHA_ADMIN }));
        assert_eq!(DesksOf::<Test>::get(ALPHA).to_vec(), [11]);
    });
}
