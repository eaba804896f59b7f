use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn remove(who: AccountId, account: AccountId) -> DispatchResult {
    call_as(who, Call::remove_desk { account })
}

#[test]
fn only_an_admin_desk_removes_desks() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_noop!(remove(STRANGER, 11), Error::<Test>::NotADesk);
        assert_noop!(remove(11, 11), Error::<Test>::AdminRoleRequired);
        assert_noop!(govern(Call::remove_desk { account: 11 }), BadOrigin);
    });
}

#[test]
fn a_removed_desk_can_neither_sign_nor_hold() {
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
fn another_operators_desk_is_not_found() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(remove(ALPHA_ADMIN, BETA_ADMIN), Error::<Test>::DeskNotFound);
        assert_noop!(remove(ALPHA_ADMIN, STRANGER), Error::<Test>::DeskNotFound);
    });
}

#[test]
fn the_last_admin_desk_stays() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(remove(ALPHA_ADMIN, ALPHA_ADMIN), Error::<Test>::LastAdminDesk);
        add_desk(ALPHA, 11, &[Role::Admin]);
        assert_ok!(remove(ALPHA_ADMIN, ALPHA_ADMIN));
        assert_noop!(remove(11, 11), Error::<Test>::LastAdminDesk);
    });
}

#[test]
fn the_payout_account_stays_until_another_is_named() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        add_desk(ALPHA, 12, &[Role::Treasury]);
        assert_noop!(remove(ALPHA_ADMIN, 11), Error::<Test>::IsPayoutAccount);
        assert_ok!(call_as(ALPHA_ADMIN, Call::set_payout_account { account: 12 }));
        assert_ok!(remove(ALPHA_ADMIN, 11));
    });
}

#[test]
fn a_desk_stays_while_its_account_is_in_use() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Admin]);
        assert_ok!(System::inc_consumers(&11));
        assert_noop!(remove(ALPHA_ADMIN, 11), Error::<Test>::DeskInUse);
        System::dec_consumers(&11);
        assert_ok!(remove(ALPHA_ADMIN, 11));
    });
}

#[test]
fn a_desk_whose_account_lives_by_other_means_is_removed_and_keeps_them() {
    ExtBuilder::default().build_and_execute(|| {
        System::inc_providers(&11);
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(System::inc_consumers(&11));
        assert_ok!(remove(ALPHA_ADMIN, 11));
        assert_eq!(System::providers(&11), 1);
    });
}

#[test]
fn what_a_desk_signed_cannot_be_sent_again_when_it_is_removed_and_comes_back() {
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
