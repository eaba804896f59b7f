//! What the council's pause of netting takes from nobody.

use crate::{mock::*, Error, Event, Turns};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Cycles as _;
use interclear_primitives::{
    ids::CycleId,
    netting::{CyclePhase, PaymentReference},
    switch::Function,
    Moment, DAY,
};

const HOUR: Moment = 3_600;

/// Netting is paused; since when.
pub(super) fn pause() -> Moment {
    MockSwitches::pause(Function::Netting);
    Netting::stop();
    MockClock::now()
}

/// Netting goes on that was paused since a moment.
pub(super) fn resume(since: Moment) {
    MockSwitches::resume(Function::Netting);
    Netting::go_on(since);
}

/// Pauses netting for so long.
fn pause_for(time: Moment) {
    let since = pause();
    MockClock::advance(time);
    resume(since);
}

/// A cycle whose debtors have so much time to fund.
fn computed_with(funding: Moment) -> CycleId {
    assert_ok!(open_at(TOKEN, MockClock::now(), funding));
    let id = Netting::latest_cycle().unwrap();
    assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
    compute_all(id);
    id
}

#[test]
fn cycle_should_wait_for_its_turn_when_netting_is_paused() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let turns = Turns {
            first: NOON,
            every_days: 1,
            funding: MIN_FUNDING,
        };
        assert_ok!(Netting::set_schedule(RuntimeOrigin::root(), TOKEN, Some(turns)));
        let since = pause();
        idle();
        assert_eq!(Netting::latest_cycle(), None);
        MockClock::advance(HOUR);
        resume(since);
        idle();
        assert!(Netting::latest_cycle().is_some(), "its turn has waited");
    });
}

#[test]
fn debtor_should_have_the_time_that_it_had_left_when_netting_goes_on() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed_with(3 * DAY);
        // From Tuesday to Wednesday evening.
        MockClock::set(cycle(id).fund_by - 30 * HOUR);
        pause_for(DAY);
        let fund_by = MockClock::now() + 30 * HOUR;
        assert_eq!(cycle(id).fund_by, fund_by);
        assert!(events().contains(&Event::FundingMoved { cycle: id, fund_by }));
        MockClock::set(fund_by);
        assert_noop!(
            plain(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000)),
            Error::<Test>::FundingOpen
        );
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn debtor_should_have_a_working_day_when_netting_goes_on_and_it_had_less_left() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed();
        // From Monday, twenty minutes before the end, to Thursday.
        MockClock::set(cycle(id).fund_by - HOUR / 3);
        pause_for(3 * DAY);
        assert_eq!(cycle(id).fund_by, MockClock::now() + MIN_FUNDING);
        MockClock::advance(HOUR);
        assert_noop!(
            plain(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000)),
            Error::<Test>::FundingOpen
        );
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    });
}

#[test]
fn time_to_fund_should_be_the_same_when_a_cycle_is_computed_before_a_pause_or_after_it() {
    for before in [true, false] {
        ExtBuilder::default().build_and_execute(|| {
            owe(ALPHA, BETA, 10);
            assert_ok!(open_at(TOKEN, NOON, 3 * DAY));
            let id = Netting::latest_cycle().unwrap();
            let compute = || {
                assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
                compute_all(id);
            };
            if before {
                compute();
            }
            // From Monday to Tuesday.
            pause_for(DAY);
            if !before {
                compute();
            }
            assert_eq!(cycle(id).fund_by, NOON + 4 * DAY, "computed before: {before}");
        });
    }
}

#[test]
fn time_to_fund_should_not_move_when_netting_goes_on_before_the_cut_off() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        assert_ok!(open_at(TOKEN, NOON + DAY, 2 * DAY));
        let id = Netting::latest_cycle().unwrap();
        assert_eq!(cycle(id).fund_by, NOON + 3 * DAY);
        pause_for(DAY);
        assert_eq!(cycle(id).fund_by, NOON + 3 * DAY);
        let moved = |event: &Event<Test>| matches!(event, Event::FundingMoved { .. });
        assert!(!events().iter().any(moved));
    });
}

#[test]
fn debtor_should_have_a_working_day_from_the_end_of_an_exclusion_when_a_pause_comes_in_it() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        owe(ALPHA, GAMMA, 5);
        owe(GAMMA, BETA, 10);
        let id = computed();
        let fund_by = cycle(id).fund_by;
        assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
        MockClock::set(fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        pause_for(DAY);
        assert_eq!(cycle(id).fund_by, fund_by, "it was over");
        compute_all(id);
        // Without what ALPHA owes it, GAMMA lacks five.
        assert_eq!(cycle(id).fund_by, MockClock::now() + MIN_FUNDING);
        assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn debtor_should_not_gain_time_when_its_time_was_over_before_the_pause() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed();
        let fund_by = cycle(id).fund_by;
        MockClock::set(fund_by + 1);
        pause_for(3 * DAY);
        assert_eq!(cycle(id).fund_by, fund_by);
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::FundingClosed
        );
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
        compute_all(id);
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
    });
}

#[test]
fn time_should_not_count_as_time_to_fund_when_netting_is_paused() {
    // Eighteen hours are enough for whoever wanted to pay.
    for (after, enough) in [(12 * HOUR - 1, false), (12 * HOUR, true)] {
        ExtBuilder::default().build_and_execute(|| {
            owe(ALPHA, BETA, 10);
            computed();
            MockClock::advance(6 * HOUR);
            pause_for(DAY);
            assert!(!Netting::could_fund(TOKEN));
            MockClock::advance(after);
            freeze_token();
            assert_eq!(Netting::could_fund(TOKEN), enough);
        });
    }
}

#[test]
fn time_should_not_count_as_time_to_fund_when_a_token_is_thawed_in_the_pause() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        computed();
        MockClock::advance(6 * HOUR);
        freeze_token();
        let since = pause();
        MockClock::advance(HOUR);
        thaw_token();
        MockClock::advance(20 * HOUR);
        freeze_token();
        assert!(!Netting::could_fund(TOKEN), "it was thawed in the pause alone");
        thaw_token();
        MockClock::advance(HOUR);
        resume(since);
        MockClock::advance(12 * HOUR);
        assert!(Netting::could_fund(TOKEN));
    });
}

/// A cycle from which all debtors are excluded, as none has funded.
fn missed() -> CycleId {
    let id = computed();
    MockClock::set(cycle(id).fund_by + 1);
    assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
    compute_all(id);
    id
}

#[test]
fn late_interest_should_not_run_when_netting_is_paused_and_the_debtor_has_funded() {
    for pause_days in [0, 30] {
        ExtBuilder::default().build_and_execute(|| {
            mint(treasury(ALPHA), FUNDS);
            let debt = owe(ALPHA, BETA, 1_000_000);
            let days = || obligation(debt).interest.days;
            missed();
            MockClock::advance(DAY);
            let next = computed();
            assert_ok!(Netting::fund(by(treasury(ALPHA)), next));
            let since = pause();
            MockClock::advance(pause_days * DAY);
            // Due on Sunday; now it is Wednesday, or would be.
            assert_eq!(days(), 3, "in the pause");
            resume(since);
            assert_ok!(Netting::settle(by(clearing(BETA)), next));
            assert_eq!(days(), 3, "after {pause_days} days of a pause");
        });
    }
}

#[test]
fn late_interest_should_run_on_all_other_days_when_netting_was_paused_before_the_cycle_that_pays() {
    ExtBuilder::default().build_and_execute(|| {
        mint(treasury(ALPHA), FUNDS);
        let debt = owe(ALPHA, BETA, 1_000_000);
        missed();
        let begun = MockClock::now();
        MockClock::advance(DAY);
        pause_for(5 * DAY);
        MockClock::advance(2 * DAY);
        let next = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), next));
        assert_ok!(Netting::settle(by(clearing(BETA)), next));
        assert_eq!(MockClock::now(), begun + 8 * DAY);
        // Two until the first cycle has ended, and three of eight.
        assert_eq!(obligation(debt).interest.days, 5);
    });
}

#[test]
fn a_claim_should_last_longer_when_netting_is_paused_and_a_cycle_has_what_was_paid_elsewhere() {
    ExtBuilder::default().build_and_execute(|| {
        let debt = owe(ALPHA, BETA, 1_000);
        let reference = PaymentReference(b"E2E-2026/1".to_vec().try_into().unwrap());
        assert_ok!(Netting::claim_payment(
            by(treasury(ALPHA)),
            debt,
            reference.clone()
        ));
        let until = MockClock::now() + 7 * DAY;
        assert_eq!(Netting::claimed_until(debt, MockClock::now()), Some(until));
        let id = computed();
        let confirm = || {
            plain(Netting::confirm_payment(
                by(treasury(BETA)),
                debt,
                reference.clone(),
            ))
        };
        pause_for(10 * DAY);
        assert_noop!(confirm(), Error::<Test>::ObligationInCycle);
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
        compute_all(id);
        assert_eq!(
            Netting::claimed_until(debt, MockClock::now()),
            Some(until + 10 * DAY)
        );
        assert_ok!(confirm());
        assert_eq!(
            obligation(debt).interest.days,
            0,
            "it was paid before it was late"
        );
    });
}

#[test]
fn what_is_held_ahead_should_pay_after_seven_days_of_a_claim_when_netting_is_paused() {
    ExtBuilder::default().build_and_execute(|| {
        let debt = owe(ALPHA, BETA, 1_000);
        let reference = PaymentReference(b"E2E-2026/1".to_vec().try_into().unwrap());
        let since = pause();
        assert_ok!(Netting::claim_payment(by(treasury(ALPHA)), debt, reference));
        let claimed = MockClock::now();
        let end =
            || <Netting as interclear_ports::Obligations>::end_with(debt, Some(BETA), |_, _, _| Ok(TOKEN));
        MockClock::set(claimed + 7 * DAY);
        assert_noop!(end(), Error::<Test>::ClaimPending);
        MockClock::advance(1);
        // Its creditor can still confirm that a bank has paid it.
        assert!(Netting::claimed_until(debt, MockClock::now()).is_some());
        assert!(Netting::has_lapsed(debt, MockClock::now()));
        assert_ok!(end());
        resume(since);
    });
}
