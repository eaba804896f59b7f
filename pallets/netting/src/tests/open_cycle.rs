use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::CycleId,
    money::{Currency, Value},
    netting::{CyclePhase, ObligationSource, ObligationStatus},
    Moment, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn open_at(cut_off: Moment, fund_by: Moment) -> DispatchResult {
    Netting::open_cycle(by(clearing(ALPHA)), TOKEN, cut_off, fund_by)
}

#[test]
fn open_cycle_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        let open = |origin| Netting::open_cycle(origin, TOKEN, now, now + DAY);
        assert_noop!(open(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(open(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(open(by(treasury(ALPHA))), DispatchError::Other("WrongRole"));
        assert_noop!(open(by(clearing(ALPHA))), Error::<Test>::NothingToSettle);
        MockOperators::suspend(ALPHA);
        assert_noop!(open(by(clearing(ALPHA))), DispatchError::Other("Suspended"));
    });
}

#[test]
fn open_cycle_should_be_for_who_has_something_to_settle_in_the_currency() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        let open = |operator| Netting::open_cycle(by(clearing(operator)), TOKEN, now, now + DAY);
        owe(BETA, GAMMA, 100);
        let source = ObligationSource::Carried { cycle: CycleId(0) };
        let dollar = Currency(*b"USD");
        assert_ok!(Netting::create(
            DELTA,
            ALPHA,
            dollar,
            Value::Clear(1),
            now,
            source
        ));
        for other in [ALPHA, DELTA] {
            assert_noop!(open(other), Error::<Test>::NothingToSettle);
        }
        // The debtor as well as the creditor.
        assert_ok!(open(GAMMA));
        assert_ok!(Netting::collect(by(clearing(GAMMA)), CycleId(0)));
        assert_ok!(Netting::compute(by(clearing(GAMMA)), CycleId(0), 10));
        assert_ok!(Netting::fund(by(treasury(BETA)), CycleId(0)));
        assert_ok!(Netting::settle(by(clearing(GAMMA)), CycleId(0)));
        idle();
        MockClock::advance(DAY);
        let now = MockClock::now();
        let open = |operator| Netting::open_cycle(by(clearing(operator)), TOKEN, now, now + DAY);
        // Nothing is left.
        for party in [BETA, GAMMA] {
            assert_noop!(open(party), Error::<Test>::NothingToSettle);
        }
    });
}

#[test]
fn open_cycle_should_announce_a_cycle() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        System::reset_events();
        assert_eq!(Netting::latest_cycle(), None);
        assert_ok!(open_at(now + DAY, now + 2 * DAY));
        assert_eq!(Netting::latest_cycle(), Some(CycleId(0)));
        let opened = cycle(CycleId(0));
        assert_eq!(
            (opened.token, opened.currency, opened.phase),
            (TOKEN, Currency::EUR, CyclePhase::Announced)
        );
        assert_eq!((opened.cut_off, opened.fund_by), (now + DAY, now + 2 * DAY));
        assert!(matches!(
            events()[..],
            [Event::CycleOpened {
                cycle: CycleId(0),
                by: ALPHA,
                ..
            }]
        ));
    });
}

#[test]
fn open_cycle_should_be_refused_when_deadlines_are_out_of_bounds() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        let cut_off = now + 7 * DAY;
        assert_noop!(
            open_at(cut_off + 1, cut_off + 2 * DAY),
            Error::<Test>::CutOffTooFar
        );
        assert_noop!(
            open_at(cut_off, cut_off + MIN_FUNDING - 1),
            Error::<Test>::FundingTooShort
        );
        assert_noop!(
            open_at(cut_off, cut_off + 14 * DAY + 1),
            Error::<Test>::FundingTooLong
        );
        assert_noop!(open_at(now - 1, now + MIN_FUNDING), Error::<Test>::CutOffPassed);
        // A cut-off that has passed today gives no less time.
        MockClock::advance(60);
        assert_noop!(open_at(now, now + MIN_FUNDING), Error::<Test>::FundingTooShort);
        assert_noop!(open_at(now, Moment::MAX), Error::<Test>::FundingTooLong);
        assert_ok!(open_at(now, now + 60 + MIN_FUNDING));
    });
}

#[test]
fn open_cycle_should_be_refused_when_the_currency_has_an_unfinished_cycle() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        let first = open();
        assert_noop!(open_at(now, now + DAY), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::collect(by(clearing(BETA)), first));
        assert_noop!(open_at(now, now + DAY), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::compute(by(clearing(BETA)), first, 9));
        assert_noop!(open_at(now, now + DAY), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), first));
        assert_ok!(Netting::settle(by(clearing(BETA)), first));
        assert_noop!(open_at(now, now + DAY), Error::<Test>::DayTakenIn);
        // What arises when the day has been taken in waits for the next cycle.
        let again = owe(ALPHA, BETA, 7);
        assert_noop!(open_at(now, now + DAY), Error::<Test>::DayTakenIn);
        MockClock::advance(DAY);
        assert_ok!(open_at(now + DAY, now + 2 * DAY));
        assert_eq!(obligation(again).status, ObligationStatus::Open);
        let second = Netting::latest_cycle().unwrap();
        assert_ok!(Netting::collect(by(clearing(BETA)), second));
        assert_eq!(obligation(again).status, ObligationStatus::InCycle(second));
    });
}

#[test]
fn open_cycle_should_be_refused_when_the_token_is_unknown() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        assert_noop!(
            Netting::open_cycle(by(clearing(ALPHA)), 99, now, now + DAY),
            Error::<Test>::TokenNotFound
        );
    });
}

#[test]
fn cycle_should_take_in_nothing_that_is_due_on_the_day_of_its_cut_off() {
    ExtBuilder::default().build_and_execute(|| {
        // At noon of a day, of which the evening is to come.
        MockClock::advance(DAY / 2);
        let now = MockClock::now();
        let yesterday = owe_at(ALPHA, BETA, 10, NOON - 1);
        let past = owe_at(ALPHA, BETA, 20, now - 1);
        let evening = owe_at(ALPHA, BETA, 40, now + 6 * 3_600);
        let id = computed();
        assert_eq!(net(id, ALPHA), -10);
        let status = |id| obligation(id).status;
        assert_eq!(status(yesterday), ObligationStatus::InCycle(id));
        assert_eq!([past, evening].map(status), [ObligationStatus::Open; 2]);
        // The end of the funding lies after everything that was taken in was due, and the next cycle has the rest.
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        MockClock::advance(DAY / 2);
        assert_eq!(net(computed(), ALPHA), -60);
    });
}

#[test]
fn debtors_should_have_a_working_day_when_a_weekend_comes() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        // Friday, at ten.
        MockClock::set(NOON + 4 * DAY + 36_000);
        let now = MockClock::now();
        for short in [DAY, 2 * DAY, 3 * DAY - 1] {
            assert_noop!(open_at(now, now + short), Error::<Test>::FundingTooShort);
        }
        assert_ok!(open_at(now, now + 3 * DAY));
        let id = CycleId(0);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        // Nobody computes before Sunday.
        MockClock::advance(2 * DAY);
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 10));
        assert_eq!(cycle(id).fund_by, NOON + 8 * DAY, "Monday");
    });
}

#[test]
fn netting_should_not_be_denied_when_cycles_are_opened_as_often_as_they_may_be() {
    ExtBuilder::default().build_and_execute(|| {
        let mut opened = 0;
        for _ in 0..RETENTION / DAY * 2 {
            // Two that owe each other the same need no money, and are done in one batch.
            for _ in 0..3 {
                owe(ALPHA, BETA, 1);
                owe(BETA, ALPHA, 1);
                let now = MockClock::now();
                if open_at(now, now + 5 * DAY).is_err() {
                    continue;
                }
                opened += 1;
                let id = Netting::latest_cycle().unwrap();
                assert_ok!(Netting::collect(by(clearing(BETA)), id));
                assert_ok!(Netting::compute(by(clearing(BETA)), id, 100));
                assert_ok!(Netting::settle(by(clearing(BETA)), id));
            }
            idle();
            MockClock::advance(DAY);
        }
        assert_eq!(opened, RETENTION / DAY * 2, "one a day, and none refused");
    });
}

#[test]
fn nobody_should_wait_when_it_is_a_test_network() {
    ExtBuilder::default().build_and_execute(|| {
        crate::TestNetwork::<Test>::put(true);
        MockClock::advance(DAY / 2);
        for _ in 0..2 {
            let now = MockClock::now();
            owe_at(ALPHA, BETA, 10, now);
            assert_noop!(open_at(now, now + 3_599), Error::<Test>::FundingTooShort);
            assert_ok!(open_at(now, now + 3_600));
            let id = Netting::latest_cycle().unwrap();
            assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
            assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 10));
            assert_eq!((net(id, ALPHA), cycle(id).fund_by), (-10, now + 3_600));
            assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
            assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        }
    });
}
