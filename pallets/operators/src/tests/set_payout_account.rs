use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn set(who: AccountId, account: AccountId) -> DispatchResult {
    call_as(who, Call::set_payout_account { account })
}

#[test]
fn set_payout_account_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        add_desk(ALPHA, 12, &[Role::Treasury]);
        assert_noop!(govern(Call::set_payout_account { account: 12 }), BadOrigin);
        assert_noop!(set(STRANGER, 12), Error::<Test>::NotADesk);
        assert_noop!(set(12, 12), Error::<Test>::AdminRoleRequired);
        assert_noop!(set(BETA_ADMIN, 12), Error::<Test>::DeskNotFound);
    });
}

#[test]
fn payout_account_should_change_when_an_admin_names_another_treasury_desk() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Treasury]);
        add_desk(ALPHA, 12, &[Role::Treasury]);
        assert_ok!(set(ALPHA_ADMIN, 12));
        assert_eq!(
            crate::Operators::<Test>::get(ALPHA).and_then(|operator| operator.payout_account),
            Some(12)
        );
        assert_eq!(
            last_event(),
            Some(Event::PayoutAccountSet {
                operator: ALPHA,
                account: 12
            })
        );
    });
}

#[test]
fn set_payout_account_should_be_refused_when_it_is_not_a_treasury_desk() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(set(ALPHA_ADMIN, ALPHA_ADMIN), Error::<Test>::NotATreasuryDesk);
        assert_noop!(set(ALPHA_ADMIN, STRANGER), Error::<Test>::DeskNotFound);
    });
}
