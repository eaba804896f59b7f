use crate::{mock::*, Cut, Cuts, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Get, BoundedVec};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::CycleId,
    money::Currency,
    netting::{CyclePhase, ObligationStatus},
    Moment, DAY,
};
use sp_runtime::traits::BadOrigin;

#[test]
fn open_cycle_should_be_refused_when_it_is_not_for_governance() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let now = MockClock::now();
        let open = |origin| Netting::open_cycle(origin, TOKEN, now, MIN_FUNDING);
        assert_noop!(open(RuntimeOrigin::none()), BadOrigin);
        // Neither who owes or is owed, nor the issuer: whoever opens a cycle chooses when others pay.
        for desk in [
            clearing(ALPHA),
            clearing(BETA),
            treasury(ALPHA),
            treasury(ISSUER),
            4711,
        ] {
            assert_noop!(open(by(desk)), BadOrigin);
        }
        assert_ok!(open(RuntimeOrigin::root()));
    });
}

#[test]
fn open_cycle_should_announce_a_cycle() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        System::reset_events();
        assert_eq!(Netting::latest_cycle(), None);
        assert_ok!(open_at(TOKEN, now + DAY, 2 * DAY));
        assert_eq!(Netting::latest_cycle(), Some(CycleId(0)));
        let opened = cycle(CycleId(0));
        assert_eq!(
            (opened.token, opened.currency, opened.phase),
            (TOKEN, Currency::EUR, CyclePhase::Announced)
        );
        assert_eq!((opened.cut_off, opened.fund_by), (now + DAY, now + 3 * DAY));
        assert!(matches!(
            events()[..],
            [Event::CycleOpened {
                cycle: CycleId(0),
                token: TOKEN,
                scheduled: false,
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
        for (cut_off, funding, reason) in [
            (now + 7 * DAY + 1, DAY, Error::<Test>::CutOffTooFar),
            (now, MIN_FUNDING - 1, Error::FundingTooShort),
            (now, 14 * DAY + 1, Error::FundingTooLong),
            (now, Moment::MAX, Error::FundingTooLong),
            (now - 1, DAY, Error::CutOffPassed),
        ] {
            assert_noop!(open_at(TOKEN, cut_off, funding), reason);
        }
        // A cut-off that has passed today gives no less time.
        MockClock::advance(60);
        assert_ok!(open_at(TOKEN, now, MIN_FUNDING));
        assert_eq!(cycle(CycleId(0)).fund_by, now + 60 + MIN_FUNDING);
    });
}

#[test]
fn open_cycle_should_be_refused_when_the_token_has_an_unfinished_cycle() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        let again = || open_at(TOKEN, MockClock::now(), MIN_FUNDING);
        let first = open();
        assert_noop!(again(), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::collect(by(clearing(BETA)), first));
        assert_noop!(again(), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::compute(by(clearing(BETA)), first, 9));
        assert_noop!(again(), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), first));
        assert_ok!(Netting::settle(by(clearing(BETA)), first));
        assert_noop!(again(), Error::<Test>::DayTakenIn);
        // What arises when the day has been taken in waits for the next cycle.
        let debt = owe(ALPHA, BETA, 7);
        assert_noop!(again(), Error::<Test>::DayTakenIn);
        MockClock::set(now + DAY);
        assert_ok!(again());
        assert_eq!(obligation(debt).status, ObligationStatus::Open);
        let second = Netting::latest_cycle().unwrap();
        assert_ok!(Netting::collect(by(clearing(BETA)), second));
        assert_eq!(obligation(debt).status, ObligationStatus::InCycle(second));
    });
}

#[test]
fn open_cycle_should_be_refused_when_nothing_can_be_paid_in_the_token() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        let now = MockClock::now();
        let open = |token| open_at(token, now, MIN_FUNDING);
        assert_noop!(open(77), Error::<Test>::TokenNotFound);
        owe(ALPHA, BETA, 100);
        // Nobody has accepted the other euro.
        assert_noop!(open(OTHER_EURO), Error::<Test>::NothingToSettle);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        assert_noop!(open(TOKEN), Error::<Test>::TokenSuspended);
        assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
        MockOperators::suspend(ISSUER);
        assert_noop!(open(TOKEN), Error::<Test>::TokenSuspended);
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
        let id = open();
        assert_eq!(cycle(id).fund_by, now + 3 * DAY, "ten on Monday");
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
                if open_at(TOKEN, MockClock::now(), DAY).is_err() {
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
            assert_noop!(open_at(TOKEN, now, 3_599), Error::<Test>::FundingTooShort);
            assert_ok!(open_at(TOKEN, now, 3_600));
            let id = Netting::latest_cycle().unwrap();
            assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
            assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 10));
            assert_eq!((net(id, ALPHA), cycle(id).fund_by), (-10, now + 3_600));
            assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
            assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        }
    });
}

#[test]
fn open_cycle_should_be_refused_when_no_more_cycles_can_be_kept() {
    ExtBuilder::default().build().execute_with(|| {
        owe(ALPHA, BETA, 100);
        let kept = |number| Cut {
            to: number,
            cycle: CycleId(number),
        };
        let most = <Test as crate::Config>::MaxCycles::get();
        Cuts::<Test>::insert(TOKEN, BoundedVec::truncate_from((0..most).map(kept).collect()));
        let now = MockClock::now();
        assert_noop!(
            open_at(TOKEN, now + DAY, 2 * DAY),
            Error::<Test>::MaxCyclesExceeded
        );
    });
}
