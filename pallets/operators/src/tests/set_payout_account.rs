use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn set(who: AccountId, account: AccountId) -> DispatchResult {
    call_as(who, Call::set_payout_account { account })
}

#[test]
fn only_an_admin_desk_names_the_payout_account() {
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
fn an_operator_is_paid_to_the_treasury_desk_that_it_names() {
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
fn a_desk_without_the_treasury_role_or_no_desk_is_refused() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(set(ALPHA_ADMIN, ALPHA_ADMIN), Error::<Test>::NotATreasuryDesk);
        assert_noop!(set(ALPHA_ADMIN, STRANGER), Error::<Test>::DeskNotFound);
    });
}
