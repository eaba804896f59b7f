//! Every order of what both sides do: neither is ever left without a call that ends the matter.

use super::*;
use interclear_ports::Reports as _;

/// What somebody does, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// The debtor reports calls and data, or corrects itself to other figures.
    DebtorReports,
    /// The creditor reports calls alone, or corrects itself.
    CreditorReports,
    /// The creditor sends a file with calls, and if it has not reported them it is taken.
    CreditorSendsFile,
    /// Nobody does anything for longer than there is to answer.
    Silence,
}

const MOVES: [Move; 4] = [
    Move::DebtorReports,
    Move::CreditorReports,
    Move::CreditorSendsFile,
    Move::Silence,
];

/// Longer than the days to report, and than those to answer.
const LONG: u64 = 16 * DAY;

fn make(step: Move, round: u128) {
    // A move that is refused is one that was not made.
    let _ = match step {
        Move::DebtorReports => report(
            HOME_DESK,
            vec![
                reported(MOC, 1_000 + round, 5_000),
                reported(DATA, 80_000, 40_000),
            ],
        ),
        Move::CreditorReports => report(VISITED_DESK, vec![reported(MOC, 2_000 + round, 9_000)]),
        Move::CreditorSendsFile => {
            if !Reports::services_by_report(AGREEMENT, &PAIR).contains(MOC) {
                MockUsage::set_by_file(PAIR, ServiceSet::from_iter([MOC]));
            }
            Ok(())
        }
        Move::Silence => {
            MockClock::advance(LONG);
            Ok(())
        }
    };
}

/// Has one side do what it can by itself: accept what the other has reported, or wait and conclude.
fn finish(side: ReportSide, by_affirming: bool) -> DispatchResult {
    let (reports, _) = Reports::usage_reports(PAIR).expect("somebody has reported");
    let desk = match side {
        ReportSide::Visited => VISITED_DESK,
        ReportSide::Home => HOME_DESK,
    };
    match (reports.side(side), reports.side(side.other())) {
        (_, Some(theirs)) if by_affirming => affirm(desk, theirs.version),
        (Some(_), _) => {
            MockClock::advance(LONG);
            conclude(desk)
        }
        (None, Some(theirs)) => affirm(desk, theirs.version),
        (None, None) => unreachable!("reports are kept of no side"),
    }
}

fn sequences(length: u32) -> impl Iterator<Item = Vec<Move>> {
    let count = MOVES.len();
    (0..count.pow(length)).map(move |number| {
        (0..length)
            .map(|place| MOVES[number / count.pow(place) % count])
            .collect()
    })
}

#[test]
fn either_side_should_have_a_call_that_goes_on_when_the_other_has_done_anything() {
    for steps in sequences(5) {
        for side in [ReportSide::Visited, ReportSide::Home] {
            for by_affirming in [false, true] {
                ExtBuilder::build_and_execute(|| {
                    MockClock::set(OCTOBER.end() + DAY);
                    for (step, round) in steps.iter().zip(0u128..) {
                        make(*step, round);
                    }
                    if Reports::usage_reports(PAIR).is_none() {
                        return;
                    }
                    let finished = finish(side, by_affirming);
                    assert_eq!(finished, Ok(()), "{steps:?} {side:?} {by_affirming}");
                    assert_ok!(complete());
                    // What came in a file does not bill once more.
                    let by_file = <MockUsage as interclear_ports::UsageBook>::services_by_file(&PAIR);
                    for (service, ..) in october() {
                        assert!(!by_file.contains(service), "{steps:?}: {service} bills twice");
                    }
                });
            }
        }
    }
}

#[test]
fn each_order_should_bill_what_it_says_when_the_debtor_reports_and_the_creditor_sends_a_file() {
    use Move::*;
    let data = (DATA, 80_000, 40_000);
    for (steps, side, by_affirming, bills) in [
        // The file takes the calls out of the debtor's report; the data that only the debtor knows bills.
        (
            vec![DebtorReports, CreditorSendsFile],
            ReportSide::Visited,
            true,
            vec![data],
        ),
        (
            vec![DebtorReports, CreditorSendsFile],
            ReportSide::Home,
            false,
            vec![data],
        ),
        (
            vec![DebtorReports, CreditorSendsFile, Silence],
            ReportSide::Visited,
            true,
            vec![data],
        ),
        (
            vec![DebtorReports, Silence, CreditorSendsFile],
            ReportSide::Visited,
            true,
            vec![data],
        ),
        (
            vec![CreditorReports, DebtorReports],
            ReportSide::Home,
            true,
            vec![(MOC, 2_000, 9_000)],
        ),
        // Nobody affirms: of the calls the smaller figures, of the data nothing, as the creditor has answered.
        (
            vec![CreditorReports, DebtorReports],
            ReportSide::Visited,
            false,
            vec![(MOC, 1_001, 5_000)],
        ),
        (
            vec![DebtorReports, CreditorReports],
            ReportSide::Home,
            false,
            vec![(MOC, 1_000, 5_000)],
        ),
        // What the creditor has reported comes in no file any more.
        (
            vec![CreditorReports, CreditorSendsFile],
            ReportSide::Home,
            true,
            vec![(MOC, 2_000, 9_000)],
        ),
        (
            vec![CreditorReports, Silence],
            ReportSide::Visited,
            false,
            vec![(MOC, 2_000, 9_000)],
        ),
    ] {
        ExtBuilder::build_and_execute(|| {
            MockClock::set(OCTOBER.end() + DAY);
            for (step, round) in steps.iter().zip(0u128..) {
                make(*step, round);
            }
            assert_ok!(finish(side, by_affirming));
            assert_eq!(october(), bills, "{steps:?} {side:?}");
        });
    }
}
