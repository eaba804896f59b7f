use crate::{mock::*, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{NOT_A_DESK, WRONG_ROLE};
use sp_runtime::traits::BadOrigin;

fn release(who: u64, amount: u128) -> sp_runtime::DispatchResult {
    Pallet::<Test>::release(by(who), AGREEMENT, amount)
}

#[test]
fn release_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        let call = |origin| Pallet::<Test>::release(origin, AGREEMENT, 1);
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(release(99, 1), NOT_A_DESK);
        assert_noop!(release(clearing(BETA), 1), WRONG_ROLE);
        assert_noop!(release(treasury(GAMMA), 1), Error::<Test>::NotAParty);
        // Nobody releases what is held for the other one.
        assert_noop!(release(treasury(ALPHA), 1), Error::<Test>::EscrowNotFound);
    });
}

#[test]
fn release_should_free_a_part_when_the_creditor_gives_it_up() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        assert_noop!(release(treasury(BETA), 301), Error::<Test>::ExceedsHeld);
        assert_noop!(release(treasury(BETA), 0), Error::<Test>::NothingToHold);
        assert_ok!(release(treasury(BETA), 100));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 200, 200));
        assert_eq!((escrow().held, left()), (200, 200));
        let released = Event::Released {
            agreement: AGREEMENT,
            direction: PREPAID,
            amount: 100,
            held: 200,
        };
        assert_eq!(events().last(), Some(&released));
    });
}

#[test]
fn release_should_be_refused_when_the_token_is_frozen() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        freeze_token();
        assert_noop!(release(treasury(BETA), 100), Error::<Test>::AccountFrozen);
    });
}
