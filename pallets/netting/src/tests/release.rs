use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::CycleId, netting::CyclePhase, DAY};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn a_hold_that_cannot_be_released_should_wait_for_the_thaw_and_block_nobody() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        owe(GAMMA, BETA, 20);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
        assert_eq!(position(id, ALPHA).held, 10);
        assert!(events().contains(&Event::ReleaseDelayed {
            cycle: id,
            operator: ALPHA,
            amount: 10
        }));
        Netting::do_try_state().unwrap();
        // It outlives the retention of the cycle, too.
        idle();
        MockClock::advance(RETENTION + 1);
        idle();
        assert!(Netting::cycle(id).is_some());
        assert_noop!(
            Netting::release(by(treasury(ALPHA)), id),
            Error::<Test>::AccountFrozen
        );
        assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
        assert_noop!(Netting::release(RuntimeOrigin::none(), id), BadOrigin);
        assert_noop!(
            Netting::release(by(clearing(ALPHA)), id),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(
            Netting::release(by(treasury(BETA)), id),
            Error::<Test>::NothingHeld
        );
        assert_ok!(Netting::release(by(treasury(ALPHA)), id));
        assert_eq!(balance(ALPHA), (FUNDS, 0));
        MockClock::advance(RETENTION + 1);
        idle();
        assert!(Netting::cycle(id).is_none());
    });
}

#[test]
fn release_should_be_refused_when_the_hold_is_needed() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_noop!(
            Netting::release(by(treasury(ALPHA)), id),
            Error::<Test>::NothingHeld
        );
        assert_noop!(
            Netting::release(by(treasury(ALPHA)), CycleId(9)),
            Error::<Test>::CycleNotFound
        );
    });
}

#[test]
fn release_should_be_refused_when_an_exclusion_is_half_done() {
    ExtBuilder::default().build_and_execute(|| {
        // What ALPHA has with DELTA cancels out, but on different days.
        owe(ALPHA, BETA, 100);
        owe(ALPHA, DELTA, 100);
        owe_at(DELTA, ALPHA, 100, MockClock::now() + DAY);
        owe_at(DELTA, GAMMA, 5, MockClock::now() + DAY);
        MockClock::advance(2 * DAY);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        MockClock::set(cycle(id).fund_by + 1);
        let mut calls = 0;
        assert_ok!(Netting::exclude_defaulters(by(treasury(ALPHA)), id, 1));
        while cycle(id).phase == CyclePhase::Collecting {
            assert_noop!(
                Netting::release(by(treasury(ALPHA)), id),
                Error::<Test>::NothingHeld
            );
            assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 1));
            calls += 1;
        }
        assert!(calls > 1);
        assert_eq!(balance(ALPHA).1, 100);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 100);
    });
}
