use crate::{mock::*, Error, Event, Schedules, Turns, WeightInfo};
use frame_support::{
    assert_noop, assert_ok,
    traits::{Get, Hooks},
    weights::Weight,
};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::CycleId,
    netting::{CyclePhase, Schedule},
    Moment, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

const NINE: Moment = 9 * 3_600;

fn weekly() -> Turns {
    Turns {
        first: NOON + NINE,
        every_days: 7,
        funding: 2 * DAY,
    }
}

fn set(turns: Option<Turns>) -> DispatchResult {
    Netting::set_schedule(RuntimeOrigin::root(), TOKEN, turns)
}

fn next() -> Moment {
    Netting::schedules()[0].next
}

/// Has a cycle done, as far as money is there.
fn finish(id: CycleId) {
    assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
    assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 1_000));
    for debtor in [ALPHA, BETA] {
        let _ = Netting::fund(by(treasury(debtor)), id);
    }
    assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
}

#[test]
fn set_schedule_should_be_for_governance() {
    ExtBuilder::default().build_and_execute(|| {
        for origin in [
            RuntimeOrigin::none(),
            by(clearing(ALPHA)),
            by(treasury(ISSUER)),
            by(4711),
        ] {
            assert_noop!(Netting::set_schedule(origin, TOKEN, Some(weekly())), BadOrigin);
        }
    });
}

#[test]
fn set_schedule_should_be_refused_when_it_is_out_of_bounds() {
    ExtBuilder::default().build_and_execute(|| {
        let refused = |change: fn(&mut Turns), reason: Error<Test>| {
            let mut turns = weekly();
            change(&mut turns);
            assert_noop!(set(Some(turns)), reason);
        };
        refused(|turns| turns.first = NOON - 1, Error::CutOffPassed);
        refused(|turns| turns.first = NOON + 366 * DAY + 1, Error::CutOffTooFar);
        refused(|turns| turns.every_days = 0, Error::TurnOutOfRange);
        refused(|turns| turns.every_days = 367, Error::TurnOutOfRange);
        refused(|turns| turns.funding = DAY - 1, Error::FundingTooShort);
        refused(|turns| turns.funding = 14 * DAY + 1, Error::FundingTooLong);
        assert_noop!(
            Netting::set_schedule(RuntimeOrigin::root(), 77, Some(weekly())),
            Error::<Test>::TokenNotFound
        );
        create_others();
        for token in [TOKEN, TOKEN, OTHER_EURO, DOLLARS] {
            assert_ok!(Netting::set_schedule(
                RuntimeOrigin::root(),
                token,
                Some(weekly())
            ));
        }
        create(4, OTHER_ISSUER, DOLLAR);
        create(5, ISSUER, interclear_primitives::money::Currency(*b"CHF"));
        let other = |token| Netting::set_schedule(RuntimeOrigin::root(), token, Some(weekly()));
        assert_ok!(other(4));
        assert_noop!(other(5), Error::<Test>::MaxSchedulesExceeded);
        assert_ok!(set(None));
        assert_ok!(other(5));
    });
}

#[test]
fn cycle_should_open_by_itself_when_it_is_its_turn() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(set(Some(weekly())));
        assert_eq!(
            events().last(),
            Some(&Event::ScheduleSet {
                token: TOKEN,
                turns: Some(weekly())
            })
        );
        owe(ALPHA, BETA, 100);
        idle();
        MockClock::set(NOON + NINE - 1);
        idle();
        assert_eq!(Netting::latest_cycle(), None);
        // The block after the moment is not always at once.
        MockClock::set(NOON + NINE + 40);
        idle();
        let id = Netting::latest_cycle().unwrap();
        let opened = cycle(id);
        assert_eq!(
            (opened.phase, opened.cut_off, opened.fund_by),
            (CyclePhase::Announced, NOON + NINE, NOON + NINE + 40 + 2 * DAY)
        );
        assert!(matches!(
            events().last(),
            Some(Event::CycleOpened { scheduled: true, .. })
        ));
        assert_eq!(next(), NOON + NINE + 7 * DAY);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(id));
        finish(id);
        // Until the council says otherwise.
        assert_ok!(set(None));
        owe(ALPHA, BETA, 100);
        MockClock::advance(8 * DAY);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(id));
        assert_eq!(Netting::schedules(), vec![]);
    });
}

#[test]
fn turn_should_wait_when_the_cycle_before_has_not_ended() {
    ExtBuilder::default().build_and_execute(|| {
        let daily = Turns {
            every_days: 1,
            ..weekly()
        };
        assert_ok!(set(Some(daily)));
        owe(ALPHA, BETA, 100);
        MockClock::set(NOON + NINE);
        idle();
        let first = Netting::latest_cycle().unwrap();
        // The second and the third day have had no turn when the first one is done.
        MockClock::set(NOON + 2 * DAY + 5 * 3_600);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(first));
        finish(first);
        owe(BETA, ALPHA, 30);
        idle();
        let second = Netting::latest_cycle().unwrap();
        assert_ne!(first, second);
        assert_eq!(
            cycle(second).cut_off,
            MockClock::now(),
            "it is not its day any more"
        );
        assert_eq!(next(), NOON + 2 * DAY + NINE, "the time of the day stays");
        // A cycle out of turn uses the day up, and the turn is passed over.
        finish(second);
        MockClock::set(next());
        owe(ALPHA, BETA, 5);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(second));
        assert_eq!(next(), NOON + 3 * DAY + NINE);
    });
}

#[test]
fn turn_should_be_passed_over_when_nothing_is_to_be_settled() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(set(Some(weekly())));
        MockClock::set(NOON + 23 * DAY);
        idle();
        assert_eq!(Netting::latest_cycle(), None);
        assert_eq!(next(), NOON + NINE + 28 * DAY);
    });
}

#[test]
fn turn_should_be_passed_over_when_all_that_is_owed_is_due_later() {
    ExtBuilder::default().build_and_execute(|| {
        let daily = Turns {
            every_days: 1,
            ..weekly()
        };
        assert_ok!(set(Some(daily)));
        owe_at(ALPHA, BETA, 100, NOON + 5 * DAY);
        for day in 0..6 {
            MockClock::set(NOON + day * DAY + NINE);
            idle();
            assert_eq!(
                (Netting::latest_cycle(), next()),
                (None, NOON + (day + 1) * DAY + NINE)
            );
        }
        // What came meanwhile for an earlier day counts, whatever was looked at before.
        owe_at(ALPHA, BETA, 7, NOON + 2 * DAY);
        MockClock::set(NOON + 6 * DAY + NINE);
        idle();
        let id = Netting::latest_cycle().unwrap();
        finish(id);
        assert_eq!(balance(BETA).0, FUNDS + 107);
        // Nor does a later debt open one when there has been a cycle.
        owe_at(ALPHA, BETA, 1, NOON + 8 * DAY);
        MockClock::set(NOON + 7 * DAY + NINE);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(id));
        MockClock::set(NOON + 9 * DAY + NINE);
        idle();
        assert_eq!(Netting::latest_cycle(), Some(CycleId(1)));
    });
}

#[test]
fn turn_should_wait_when_the_token_does_not_stand() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(set(Some(weekly())));
        owe(ALPHA, BETA, 100);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        MockClock::set(NOON + DAY);
        idle();
        assert_eq!((Netting::latest_cycle(), next()), (None, NOON + NINE));
        assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
        idle();
        assert_eq!(Netting::latest_cycle(), Some(CycleId(0)));
        MockOperators::suspend(ISSUER);
    });
}

#[test]
fn schedules_should_be_looked_at_within_the_room_of_a_block() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        owe(ALPHA, BETA, 1);
        owe_dollars(ALPHA, BETA, 1);
        for token in [TOKEN, DOLLARS] {
            assert_ok!(Netting::set_schedule(
                RuntimeOrigin::root(),
                token,
                Some(weekly())
            ));
        }
        MockClock::set(NOON + DAY);
        let before: Vec<Schedule> = Schedules::<Test>::get().into_inner();
        assert!(Netting::on_idle(1, Weight::zero()) == Weight::zero());
        assert_eq!(Schedules::<Test>::get().into_inner(), before);
        // One after the other, where there is no room for both.
        let costs: frame_support::weights::RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
        let look = costs.reads(3);
        let room = <() as WeightInfo>::open_cycle()
            .saturating_add(look)
            .saturating_add(costs.reads(4));
        for opened in [0, 1] {
            assert!(Netting::on_idle(1, room).all_lte(room));
            assert_eq!(Netting::latest_cycle(), Some(CycleId(opened)));
        }
    });
}
