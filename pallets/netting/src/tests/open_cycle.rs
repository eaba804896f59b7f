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
        // A cut-off in the past gives no less time.
        assert_noop!(
            open_at(now - 1, now + MIN_FUNDING - 1),
            Error::<Test>::FundingTooShort
        );
        assert_noop!(open_at(now - 1, Moment::MAX), Error::<Test>::FundingTooLong);
        assert_noop!(
            open_at(now - DAY, now + MIN_FUNDING),
            Error::<Test>::NothingToSettle
        );
        assert_ok!(open_at(now, now + MIN_FUNDING));
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
        assert_noop!(open_at(now, now + DAY), Error::<Test>::NothingToSettle);
        // What arises when the day has been taken in waits for the next cycle, which may be on the same day.
        let again = owe(ALPHA, BETA, 7);
        assert_ok!(open_at(now, now + DAY));
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
fn open_cycle_should_be_refused_when_the_opener_had_nothing_due_in_the_last_one() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe_at(ALPHA, BETA, 1, MockClock::now() + 60 * DAY);
        let first = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), first));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), first));
        MockClock::advance(DAY);
        owe(GAMMA, DELTA, 5);
        // It is not known that ALPHA has nothing due; it is once a cycle has been through without it.
        let now = MockClock::now();
        let open_by_alpha = || Netting::open_cycle(by(clearing(ALPHA)), TOKEN, now, now + DAY);
        assert_ok!(open_by_alpha());
        let second = Netting::latest_cycle().unwrap();
        assert_ok!(Netting::collect(by(clearing(GAMMA)), second));
        assert_ok!(Netting::compute(by(clearing(GAMMA)), second, 100));
        assert_ok!(Netting::fund(by(treasury(GAMMA)), second));
        assert_ok!(Netting::settle(by(clearing(DELTA)), second));
        assert_noop!(open_by_alpha(), Error::<Test>::NothingToSettle);
    });
}
