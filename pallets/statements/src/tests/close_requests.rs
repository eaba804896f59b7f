//! The days after a month in which it takes both parties to close it.

use crate::{mock::*, CloseRequests, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockAgreements, MockOperators, MockUsage, NOT_A_DESK, WRONG_ROLE},
    Periods, Usage, UsageBook,
};
use interclear_primitives::{
    agreement::{Flow, Terms},
    closing::AloneReason,
    ids::OperatorId,
    usage::PeriodUsage,
    Moment, DAY,
};
use proptest::prelude::*;
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResultWithInfo};

fn close(by_whom: OperatorId) -> DispatchResultWithInfo<frame_support::dispatch::PostDispatchInfo> {
    close_as_seen(by_whom, MockUsage::period_usage(AGREEMENT, JANUARY).changes)
}

/// Closes the month as it was after so many changes.
fn close_as_seen(
    by_whom: OperatorId,
    changes: u32,
) -> DispatchResultWithInfo<frame_support::dispatch::PostDispatchInfo> {
    Statements::close_period(by(clearing(by_whom)), AGREEMENT, JANUARY, changes)
}

/// A party changes what the month comes to, as by a return.
fn change(mover: OperatorId) {
    MockUsage::note_move(AGREEMENT, JANUARY, mover);
    MockUsage::note_change(AGREEMENT, JANUARY);
}

/// Whose request stands.
fn asked() -> Option<OperatorId> {
    Statements::closing(AGREEMENT, JANUARY).and_then(|closing| closing.asked)
}

/// From when on each party closes alone, and why.
fn alone() -> [(Moment, AloneReason); 2] {
    let closing = Statements::closing(AGREEMENT, JANUARY).expect("the month is open");
    closing
        .parties
        .map(|party| (party.alone.from, party.alone.reason))
}

/// With five closing days, of which one has passed.
fn with_closing_days(test: impl FnOnce()) {
    ExtBuilder::default().close_days(5).build_and_execute(|| {
        january();
        test();
    });
}

#[test]
fn a_request_should_be_refused_when_the_origin_is_wrong() {
    with_closing_days(|| {
        let close = |origin| Statements::close_period(origin, AGREEMENT, JANUARY, 0);
        assert_noop!(close(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(close(by(4711)), NOT_A_DESK);
        assert_noop!(close(by(treasury(ALPHA))), WRONG_ROLE);
        assert_noop!(close(by(clearing(GAMMA))), Error::<Test>::NotAParty);
    });
}

#[test]
fn the_month_should_be_closed_when_the_second_party_asks_too() {
    with_closing_days(|| {
        let post = close(BETA).unwrap();
        assert_eq!(
            post.actual_weight,
            Some(<() as crate::WeightInfo>::request_close())
        );
        assert_eq!(asked(), Some(BETA));
        assert_eq!(
            events(),
            [Event::CloseRequested {
                agreement: AGREEMENT,
                period: JANUARY,
                by: BETA,
                alone_from: JANUARY.end() + 5 * DAY,
            }]
        );
        // Files still come and are answered.
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert!(!MockUsage::period_usage(AGREEMENT, JANUARY).closed);
        assert_noop!(close(BETA), Error::<Test>::AlreadyRequested);
        assert_ok!(close(ALPHA));
        assert!(Statements::statement(AGREEMENT, JANUARY).is_some());
        assert_eq!(CloseRequests::<Test>::iter().count(), 0);
        assert_noop!(close(BETA), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn either_party_should_close_alone_when_the_closing_days_are_over() {
    with_closing_days(|| {
        let alone_from = JANUARY.end() + 5 * DAY;
        MockClock::set(alone_from - 1);
        assert_ok!(close(ALPHA));
        assert_noop!(close(ALPHA), Error::<Test>::AlreadyRequested);
        MockClock::set(alone_from);
        assert_ok!(close(ALPHA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
        assert_eq!(CloseRequests::<Test>::iter().count(), 0);
    });
    with_closing_days(|| {
        MockClock::set(JANUARY.end() + 5 * DAY);
        assert_ok!(close(BETA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_request_should_keep_the_rules_of_closing() {
    with_closing_days(|| {
        MockClock::set(JANUARY.end() - 1);
        assert_noop!(close(ALPHA), Error::<Test>::PeriodRunning);
        MockClock::set(JANUARY.end());
        let missing = PeriodUsage {
            gaps: 1,
            ..Default::default()
        };
        MockUsage::set_period(AGREEMENT, JANUARY, missing);
        assert_noop!(close(ALPHA), DispatchError::Other("Incomplete"));
        MockUsage::set_period(AGREEMENT, JANUARY, Default::default());
        assert_ok!(close(ALPHA));
        // What has come since is asked for again.
        MockUsage::set_period(AGREEMENT, JANUARY, missing);
        assert_noop!(close(BETA), DispatchError::Other("Incomplete"));
        assert_eq!(asked(), Some(ALPHA));
        MockUsage::set_period(AGREEMENT, JANUARY, Default::default());
        MockOperators::suspend(BETA);
        assert_ok!(close(BETA));
    });
}

#[test]
fn a_party_should_not_close_alone_when_the_other_has_had_no_time_to_answer_its_move() {
    with_closing_days(|| {
        let moved = JANUARY.end() + 20 * DAY;
        MockClock::set(moved);
        MockUsage::note_move(AGREEMENT, JANUARY, ALPHA);
        assert_ok!(close(ALPHA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert_eq!(
            events(),
            [Event::CloseRequested {
                agreement: AGREEMENT,
                period: JANUARY,
                by: ALPHA,
                alone_from: moved + 5 * DAY,
            }]
        );
        MockClock::set(moved + 5 * DAY - 1);
        assert_noop!(close(ALPHA), Error::<Test>::AlreadyRequested);
        MockClock::advance(1);
        assert_ok!(close(ALPHA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_party_should_close_alone_when_only_the_other_has_moved() {
    for (mover, closer) in [(ALPHA, BETA), (BETA, ALPHA)] {
        with_closing_days(|| {
            MockClock::set(JANUARY.end() + 20 * DAY);
            MockUsage::note_move(AGREEMENT, JANUARY, mover);
            assert_ok!(close(closer));
            assert!(Statements::is_closed(AGREEMENT, JANUARY));
        });
    }
}

#[test]
fn both_parties_should_close_at_once_when_both_have_moved() {
    with_closing_days(|| {
        change(ALPHA);
        change(BETA);
        assert_ok!(close(ALPHA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert_ok!(close(BETA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_request_should_lapse_when_the_other_party_changes_the_month_after_it() {
    with_closing_days(|| {
        assert_ok!(close(BETA));
        // The debtor takes records off, and agrees to a month that the creditor has not seen.
        change(ALPHA);
        assert_ok!(close(ALPHA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert_eq!(asked(), Some(ALPHA));
        assert_ok!(close(BETA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_request_should_be_renewed_when_the_month_has_changed_since() {
    with_closing_days(|| {
        assert_ok!(close(BETA));
        change(ALPHA);
        assert_ok!(close(BETA));
        assert_noop!(close(BETA), Error::<Test>::AlreadyRequested);
        assert_ok!(close(ALPHA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_request_should_lapse_when_its_own_party_changes_the_month_after_it() {
    with_closing_days(|| {
        // The debtor asks, takes records off, and the creditor agrees to what it has looked at before.
        assert_ok!(close(ALPHA));
        change(ALPHA);
        assert_eq!(asked(), None);
        assert_ok!(close(BETA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert_eq!(asked(), Some(BETA));
    });
}

#[test]
fn a_month_should_not_be_closed_when_it_has_changed_since_the_signer_looked() {
    with_closing_days(|| {
        let seen = Statements::closing(AGREEMENT, JANUARY)
            .expect("it is open")
            .changes;
        // A file that the request does not know.
        MockUsage::note_change(AGREEMENT, JANUARY);
        for party in [ALPHA, BETA] {
            assert_noop!(close_as_seen(party, seen), Error::<Test>::MonthChanged);
        }
        assert_ok!(close(ALPHA));
        // Nor does the other party agree to what it has not seen, or close it alone.
        assert_noop!(close_as_seen(BETA, seen), Error::<Test>::MonthChanged);
        MockClock::set(JANUARY.end() + 5 * DAY);
        assert_noop!(close_as_seen(BETA, seen), Error::<Test>::MonthChanged);
        assert_ok!(close(BETA));
    });
}

#[test]
fn a_request_should_lapse_when_a_file_comes_after_it() {
    with_closing_days(|| {
        assert_ok!(close(ALPHA));
        // A file that is not a move of anybody: it came within the closing days.
        MockUsage::note_change(AGREEMENT, JANUARY);
        assert_eq!(asked(), None);
        assert_ok!(close(BETA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        assert_ok!(close(ALPHA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn closing_should_tell_each_party_since_when_and_why_when_asked() {
    with_closing_days(|| {
        let end = JANUARY.end();
        assert_eq!(alone(), [(end + 5 * DAY, AloneReason::ClosingDays); 2]);
        MockClock::set(end + 4 * DAY);
        MockUsage::note_move(AGREEMENT, JANUARY, BETA);
        assert_eq!(
            alone(),
            [
                (end + 5 * DAY, AloneReason::ClosingDays),
                (end + 9 * DAY, AloneReason::OwnMove)
            ]
        );
        MockClock::set(end + 5 * DAY);
        assert_ok!(close(ALPHA));
        assert_eq!(Statements::closing(AGREEMENT, JANUARY), None);
    });
}

#[test]
fn a_month_should_wait_for_the_days_to_report_when_expected_reports_are_missing() {
    let execute = |test: fn()| {
        with_closing_days(|| {
            let mut terms = Terms { ..terms() };
            terms.usage.close_days = 5;
            for direction in &mut terms.directions {
                direction.groups[0].lines[0].flow = Flow::Reports;
            }
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
            test();
        });
    };
    // Alone, nobody closes before the 15 days to report are over: then at what is there.
    execute(|| {
        let over = JANUARY.end() + 15 * DAY;
        assert_eq!(alone(), [(over, AloneReason::ReportsMissing); 2]);
        MockClock::set(over - 1);
        assert_ok!(close(ALPHA));
        assert!(!Statements::is_closed(AGREEMENT, JANUARY));
        MockClock::advance(1);
        assert_ok!(close(ALPHA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
    // Both together at once.
    execute(|| {
        assert_ok!(close(ALPHA));
        assert_ok!(close(BETA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
    // After the closing days when the reports of both pairs have come.
    execute(|| {
        MockUsage::note_expected(AGREEMENT, JANUARY);
        MockClock::set(JANUARY.end() + 5 * DAY);
        assert_eq!(alone()[0].1, AloneReason::ReportsMissing);
        MockUsage::note_expected(AGREEMENT, JANUARY);
        assert_ok!(close(BETA));
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_month_should_close_early_when_only_one_party_asks(
        days in 0..8u16,
        calls in prop::collection::vec((prop::sample::select(vec![ALPHA, BETA]), 0..2 * DAY), 1..12),
    ) {
        ExtBuilder::default().close_days(days).build_and_execute(|| {
            january();
            let mut asked = std::collections::BTreeSet::new();
            for (party, later) in calls {
                MockClock::advance(later);
                let before = Statements::is_closed(AGREEMENT, JANUARY);
                let done = close(party).is_ok();
                assert!(!done || !before, "it is closed once");
                asked.insert(party);
                let alone = MockClock::now() >= JANUARY.end() + u64::from(days) * DAY;
                let closed = before || alone || asked.len() == 2;
                assert_eq!(Statements::is_closed(AGREEMENT, JANUARY), closed);
                Statements::do_try_state().unwrap();
            }
        });
    }
}
