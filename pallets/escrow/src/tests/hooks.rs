use crate::{mock::*, Escrows};
use frame_support::assert_ok;

#[test]
fn what_is_left_should_be_refunded_without_a_call_when_all_is_over() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        idle();
        assert_eq!(escrow().held, 300);
        end();
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        idle();
        assert_eq!(escrow().held, 300);
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        // One block ends its round, the next one begins anew.
        (0..2).for_each(|_| idle());
        assert_eq!(Escrows::<Test>::iter().count(), 0);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS, 0));
    });
}

#[test]
#[should_panic(expected = "what is left cannot be released")]
fn idle_work_should_fail_in_tests_when_what_is_left_is_not_on_hold() {
    ExtBuilder.build().execute_with(|| {
        assert_ok!(deposit(300));
        Escrows::<Test>::mutate(AGREEMENT, PREPAID, |escrow| escrow.as_mut().unwrap().held = 301);
        end();
        idle();
    });
}
