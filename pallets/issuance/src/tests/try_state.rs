use crate::{mock::*, HoldReason, Pallet};
use frame_support::{assert_ok, traits::fungibles::hold::Mutate};

#[test]
fn try_state_should_fail_when_something_is_on_hold_for_no_redemption() {
    execute(|| {
        assert_ok!(Issuance::redeem(by(treasury(ALPHA)), TOKEN, 5, reference("X")));
        assert_ok!(Pallet::<Test>::do_try_state());
        for holder in [ALPHA, BETA] {
            let (reason, who) = (HoldReason::Redemption.into(), treasury(holder));
            assert_ok!(AssetsHolder::hold(TOKEN, &reason, &who, 1));
            assert!(Pallet::<Test>::do_try_state().is_err());
            let exact = frame_support::traits::tokens::Precision::Exact;
            assert_ok!(AssetsHolder::release(TOKEN, &reason, &who, 1, exact));
        }
    });
}
