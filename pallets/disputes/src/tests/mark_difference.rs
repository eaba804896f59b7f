use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{DisputeKind, LineKey},
    period::Period,
    DAY,
};
use sp_runtime::DispatchResult;

/// 4.99 less than stated.
fn note(month: Period) -> DispatchResult {
    Disputes::mark_difference(by(ALPHA), AGREEMENT, month, data(), figures(990, 49_501))
}

fn issue(month: Period) {
    MockStatements::set(AGREEMENT, month, statement());
}

fn raise_in(month: Period) -> DispatchResult {
    let claimed = figures(990, 49_501);
    Disputes::raise(
        by(ALPHA),
        AGREEMENT,
        month,
        data(),
        DisputeKind::Volume,
        claimed,
        None,
    )
}

#[test]
fn a_small_difference_should_be_disputed_when_the_line_differs_in_the_third_month_running() {
    ExtBuilder::default().build_and_execute(|| {
        let months = [JANUARY, Period(202602), Period(202603)];
        months.into_iter().for_each(issue);
        assert_ok!(note(JANUARY));
        // Twice in a month is once.
        assert_ok!(note(JANUARY));
        assert_noop!(raise_in(Period(202602)), Error::<Test>::NotMaterial);
        assert_ok!(note(Period(202602)));
        assert!(matches!(
            events().last(),
            Some(Event::DifferenceMarked {
                months: 2,
                by: ALPHA,
                ..
            })
        ));
        assert_noop!(raise_in(Period(202602)), Error::<Test>::NotMaterial);
        assert_ok!(raise_in(Period(202603)));
    });
}

#[test]
fn a_small_difference_should_be_disputed_when_the_line_was_in_dispute_in_a_month_of_the_run() {
    ExtBuilder::default().build_and_execute(|| {
        let months = [JANUARY, Period(202602), Period(202603), Period(202604)];
        months.into_iter().for_each(issue);
        // 100.00 are disputed in January: that differs as well.
        raised();
        assert_ok!(note(Period(202602)));
        assert_ok!(raise_in(Period(202603)));
        // What was disputed in the third month goes on in the fourth, without three months of marks again.
        assert_ok!(raise_in(Period(202604)));
    });
}

#[test]
fn a_small_difference_should_not_be_disputed_when_its_month_is_before_those_that_run() {
    ExtBuilder::default().build_and_execute(|| {
        let run = [Period(202602), Period(202603), Period(202604)];
        issue(Period(202512));
        run.into_iter().for_each(issue);
        // It marks what it likes of three months, for those before them.
        for month in run {
            assert_ok!(note(month));
        }
        for before in [Period(202512), JANUARY] {
            assert_noop!(raise_in(before), Error::<Test>::NotMaterial);
        }
        // Each month of the run has differed three months running.
        for month in run {
            assert_ok!(raise_in(month));
        }
    });
}

#[test]
fn a_dispute_of_late_usage_should_not_count_when_months_run() {
    ExtBuilder::default().build_and_execute(|| {
        let late = LineKey {
            late: Some(Period(202512)),
            ..data()
        };
        let mut with_late = statement();
        let mut line = with_late.line(&data()).cloned().expect("is stated");
        line.late = late.late;
        with_late.lines.try_push(line).expect("one more fits");
        MockStatements::set(AGREEMENT, JANUARY, with_late);
        [Period(202602), Period(202603)].into_iter().for_each(issue);
        assert_ok!(raise(ALPHA, late, DisputeKind::Volume, megabytes(800)));
        assert_ok!(note(Period(202602)));
        assert_noop!(raise_in(Period(202603)), Error::<Test>::NotMaterial);
    });
}

#[test]
fn a_run_of_months_should_begin_anew_when_one_is_left_out() {
    ExtBuilder::default().build_and_execute(|| {
        for month in [JANUARY, Period(202602), Period(202604), Period(202605)] {
            issue(month);
        }
        assert_ok!(note(JANUARY));
        assert_ok!(note(Period(202602)));
        assert_ok!(note(Period(202604)));
        assert_noop!(raise_in(Period(202605)), Error::<Test>::NotMaterial);
        // Nor is it another party's, or another line's.
        assert_noop!(
            Disputes::raise(
                by(BETA),
                AGREEMENT,
                Period(202605),
                data(),
                DisputeKind::Volume,
                figures(1_001, 50_050),
                None
            ),
            Error::<Test>::NotMaterial
        );
    });
}

#[test]
fn mark_difference_should_be_refused_when_the_difference_is_large_or_comes_late() {
    ExtBuilder::default().build_and_execute(|| {
        let large = figures(990, 49_500);
        assert_noop!(
            Disputes::mark_difference(by(ALPHA), AGREEMENT, JANUARY, data(), large),
            Error::<Test>::Material
        );
        assert_noop!(
            Disputes::mark_difference(by(STRANGER), AGREEMENT, JANUARY, data(), large),
            Error::<Test>::NotAParty
        );
        assert_noop!(
            Disputes::mark_difference(by(ALPHA), AGREEMENT, JANUARY, data(), megabytes(1_000)),
            Error::<Test>::ClaimAgainstOneself
        );
        MockClock::set(ISSUED + 30 * DAY);
        assert_noop!(note(JANUARY), Error::<Test>::DisputeDaysOver);
    });
}
