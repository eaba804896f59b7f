//! Reports of a month that is closed already: the next open month bills them.

use super::*;
use interclear_ports::{mocks::MockAgreements, Agreements, Clock};
use interclear_primitives::{ids::OperatorId, money::Value, period::Period};

const DECEMBER: Period = Period(202_612);

/// Late usage that a month bills: of which month, service, quantity and charge.
fn late(period: Period) -> Vec<(Period, Service, u128, i128)> {
    MockUsage::late_totals(AGREEMENT, period)
        .into_iter()
        .map(|(of, key, total)| {
            let Value::Clear(charge) = total.charge;
            (of, key.service, total.quantity, charge)
        })
        .collect()
}

/// Pairs with reports in a month, and those of them that hold it open.
fn counted(period: Period) -> (u32, u32) {
    let usage = MockUsage::period_usage(AGREEMENT, period);
    (usage.reports, usage.open_reports)
}

#[test]
fn report_should_bill_with_the_next_month_when_its_own_was_closed_early_together() {
    ExtBuilder::build_and_execute(|| {
        MockClock::set(OCTOBER.end() + DAY);
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!((counted(OCTOBER), counted(NOVEMBER)), ((0, 0), (1, 1)));
        let moves = MockUsage::period_usage(AGREEMENT, NOVEMBER).moves;
        assert_eq!(moves.map(|moves| moves.count), [0, 1]);
        assert_ok!(affirm(HOME_DESK, 1));
        assert_eq!((counted(OCTOBER), counted(NOVEMBER)), ((0, 0), (1, 0)));
        assert_eq!(october(), []);
        assert_eq!(
            late(NOVEMBER),
            [(OCTOBER, MOC, 1_000, 5_000), (OCTOBER, DATA, 80_000, 40_000)]
        );
    });
}

#[test]
fn figures_should_bill_with_the_next_month_when_their_own_was_closed_without_them() {
    ExtBuilder::build_and_execute(|| {
        // The closing days of October are over: the report does not hold it open.
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!(counted(OCTOBER), (1, 0));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        assert_noop!(conclude(VISITED_DESK), Reason::StillExpected);
        MockClock::advance(10 * DAY);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!((counted(OCTOBER), counted(NOVEMBER)), ((0, 0), (1, 0)));
        assert_eq!(late(NOVEMBER).len(), 2);
        // Who has concluded does not close November over it.
        let moves = MockUsage::period_usage(AGREEMENT, NOVEMBER).moves;
        assert_eq!(moves[1].latest, MockClock::now());
    });
}

#[test]
fn undisputed_part_should_bill_with_the_next_month_when_a_disputed_one_was_closed() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 800, 5_500)]));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::advance(10 * DAY);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
        assert_eq!(late(NOVEMBER), [(OCTOBER, MOC, 800, 5_000)]);
    });
}

#[test]
fn month_should_not_be_held_open_when_late_reports_come_without_end() {
    ExtBuilder::build_and_execute(|| {
        // The closing days of November are over.
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        for (pair, round) in [(PAIR, 1), (BACK, 2)] {
            assert_ok!(report_for(pair, VISITED_DESK, vec![reported(MOC, round, 50)]));
            let complete = MockUsage::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now());
            assert_ok!(complete);
        }
        for round in 3..8 {
            MockClock::advance(DAY);
            assert_ok!(report(VISITED_DESK, vec![reported(MOC, round, 50)]));
        }
        let moves = MockUsage::period_usage(AGREEMENT, NOVEMBER).moves;
        assert_eq!(moves.map(|moves| moves.count), [0, 7], "its author waits");
        // November is closed without them: December bills what becomes final.
        assert_ok!(MockUsage::close(AGREEMENT, NOVEMBER));
        assert_ok!(affirm(HOME_DESK, 6));
        assert_eq!(late(DECEMBER), [(OCTOBER, MOC, 7, 50)]);
        assert_eq!((counted(NOVEMBER), counted(DECEMBER)), ((1, 0), (1, 0)));
    });
}

#[test]
fn report_should_be_answered_when_it_came_on_the_last_of_the_days_for_late_usage() {
    for late_days in [0, 90] {
        ExtBuilder::build_and_execute(|| {
            let mut terms = MockAgreements::terms_in(AGREEMENT, OCTOBER)
                .expect("it is in force")
                .1;
            terms.usage.late_days = late_days;
            MockAgreements::activate(AGREEMENT, [OperatorId(1), OperatorId(2)], terms);
            if late_days == 0 {
                // The month is closed just after the report, which does not hold it open.
                assert_ok!(report(VISITED_DESK, invoice()));
                assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
            } else {
                assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
                MockClock::set(OCTOBER.end() + 90 * DAY - 1);
                assert_ok!(report(VISITED_DESK, invoice()));
                MockClock::advance(1);
            }
            // Nothing new is slipped in, not even by a correction.
            assert_noop!(report(VISITED_DESK, vec![reported(MOC, 1_000, 6_000)]), TOO_LATE);
            assert_noop!(
                report_for(BACK, VISITED_DESK, vec![reported(MOC, 1, 50)]),
                TOO_LATE
            );
            // The other side has its say, and the days to answer pass.
            assert_ok!(report(HOME_DESK, vec![reported(MOC, 800, 5_500)]));
            MockClock::advance(10 * DAY);
            assert_ok!(conclude(VISITED_DESK));
            assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
            assert_eq!(late(NOVEMBER), [(OCTOBER, MOC, 800, 5_000)]);
        });
    }
}

#[test]
fn a_month_should_not_be_reported_twice_when_late_usage_of_it_is_still_taken() {
    ExtBuilder::build_and_execute(|| {
        let mut terms = MockAgreements::terms_in(AGREEMENT, OCTOBER)
            .expect("it is in force")
            .1;
        terms.usage.late_days = 180;
        MockAgreements::activate(AGREEMENT, [OperatorId(1), OperatorId(2)], terms);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(affirm(HOME_DESK, 1));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        // The retention of 120 days is over, the days for late usage are not.
        MockClock::set(OCTOBER.end() + 160 * DAY);
        <Reports as frame_support::traits::Hooks<u64>>::on_idle(1, frame_support::weights::Weight::MAX);
        assert_noop!(report(VISITED_DESK, invoice()), Reason::ReportFinal);
        MockClock::set(OCTOBER.end() + 188 * DAY);
        <Reports as frame_support::traits::Hooks<u64>>::on_idle(1, frame_support::weights::Weight::MAX);
        assert_eq!(Reports::usage_reports(PAIR), None);
        assert_noop!(report(VISITED_DESK, invoice()), TOO_LATE);
    });
}
