use super::*;
use frame_system::RawOrigin;
use interclear_primitives::{
    bounds::{MAX_AMOUNT, MAX_QUANTITY},
    money::Value,
    report::ReportedLine,
    tadig::Tadig,
};

#[test]
fn report_usage_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(
            Reports::report_usage(RawOrigin::Root.into(), PAIR, [5; 32], Default::default()),
            DispatchError::BadOrigin
        );
        refuse_strangers(|who| report(who, vec![]));
    });
}

#[test]
fn suspended_operator_should_answer_what_the_other_side_reports_and_report_nothing_new() {
    ExtBuilder::build_and_execute(|| {
        MockOperators::suspend(HOME);
        MockOperators::suspend(VISITED);
        assert_noop!(report(HOME_DESK, invoice()), SUSPENDED);
        assert_noop!(report(VISITED_DESK, invoice()), SUSPENDED);
        MockOperators::readmit(VISITED);
        assert_ok!(report(VISITED_DESK, invoice()));
        // Else what the other side says alone would bill.
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 10, 50)]));
    });
}

#[test]
fn sides_should_be_compared_when_both_have_reported_in_either_order() {
    let theirs = || vec![reported(MOC, 995, 4_980), reported(Service::Mtc, 7, 70)];
    for order in [[VISITED_DESK, HOME_DESK], [HOME_DESK, VISITED_DESK]] {
        ExtBuilder::build_and_execute(|| {
            MockClock::set(OCTOBER.end());
            for who in order {
                let lines = if who == VISITED_DESK { invoice() } else { theirs() };
                assert_ok!(report(who, lines));
            }
            let mut results = found();
            results.sort();
            let mut expected = vec![
                (MOC, LineMatch::Agrees),
                (Service::Mtc, LineMatch::MissingAtVisited),
                (DATA, LineMatch::MissingAtHome),
            ];
            expected.sort();
            assert_eq!(results, expected);
            assert_eq!(
                events().last(),
                Some(&Event::UsageCompared {
                    pair: PAIR,
                    agreeing: 1,
                    differing: 0,
                    missing_at_home: 1,
                    missing_at_visited: 1
                })
            );
            assert_eq!(october(), []);
            let waiting = MockUsage::period_usage(AGREEMENT, OCTOBER);
            assert_eq!((waiting.reports, waiting.open_reports), (1, 1));
            assert_noop!(complete(), DispatchError::Other("Incomplete"));
        });
    }
}

#[test]
fn correction_should_be_a_new_version_when_its_figures_are_new() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(report(VISITED_DESK, invoice()), Reason::ReportUnchanged);
        // Another document behind the same figures gives no new time to answer.
        let again = Reports::report_usage(
            origin(VISITED_DESK),
            PAIR,
            [6; 32],
            frame_support::BoundedVec::truncate_from(invoice()),
        );
        assert_eq!(again, Err(Reason::ReportUnchanged.into()));
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        assert_eq!(found()[0], (MOC, LineMatch::Differs));
        let corrected = vec![reported(MOC, 905, 4_525)];
        assert_ok!(report(VISITED_DESK, corrected));
        assert_eq!(found(), [(MOC, LineMatch::Agrees)]);
        // Who affirms names what it has read.
        assert_noop!(affirm(HOME_DESK, 1), Reason::OtherReportVersion);
        assert_ok!(affirm(HOME_DESK, 2));
        assert_eq!(outcome(), Some(ReportOutcome::Affirmed(ReportSide::Visited)));
        assert_eq!(october(), [(MOC, 905, 4_525)]);
        assert_ok!(complete());
        for call in [
            report(HOME_DESK, vec![]),
            affirm(VISITED_DESK, 1),
            conclude(VISITED_DESK),
        ] {
            assert_eq!(call, Err(Reason::ReportFinal.into()));
        }
    });
}

#[test]
fn report_should_be_refused_when_a_service_has_come_by_tap() {
    ExtBuilder::build_and_execute(|| {
        by_tap();
        for who in [VISITED_DESK, HOME_DESK] {
            assert_noop!(report(who, invoice()), Reason::SettledByTap);
        }
        // The services of the file are taken, others are not, nor is another direction.
        assert_ok!(report(VISITED_DESK, vec![reported(Service::Mtc, 5, 50)]));
        assert_ok!(report_for(BACK, HOME_DESK, invoice()));
    });
}

#[test]
fn report_should_have_its_error_when_it_breaks_a_rule() {
    ExtBuilder::build_and_execute(|| {
        let running = PairMonth {
            period: NOVEMBER,
            ..PAIR
        };
        let before = PairMonth {
            period: OCTOBER.previous(),
            ..PAIR
        };
        let year_ago = PairMonth {
            period: interclear_primitives::period::Period(202_510),
            ..PAIR
        };
        let unknown = PairMonth {
            visited: Tadig(*b"XXXXX"),
            ..PAIR
        };
        for (pair, error) in [
            (running, Reason::PeriodNotOver),
            (before, Reason::NoAgreement),
            (year_ago, Reason::TooLongAgo),
            (unknown, Reason::UnknownVisitedNetwork),
        ] {
            assert_noop!(report_for(pair, VISITED_DESK, invoice()), error);
        }
        let unknown = PairMonth {
            home: Tadig(*b"XXXXX"),
            ..PAIR
        };
        assert_noop!(
            report_for(unknown, VISITED_DESK, invoice()),
            Reason::UnknownHomeNetwork
        );
        for (lines, error) in [
            (invoice().into_iter().rev().collect(), Reason::LinesNotSorted),
            (vec![reported(MOC, 1, 1); 2], Reason::LinesNotSorted),
            (vec![reported(MOC, 0, 0)], Reason::LinesNotSorted),
            (vec![reported(MOC, 1, -1)], Reason::NegativeAmount),
            (vec![reported(Service::SmsMo, 1, 1)], Reason::ServiceNotAgreed),
            (
                vec![reported(MOC, MAX_QUANTITY + 1, 1)],
                Reason::MaxQuantityExceeded,
            ),
            (vec![reported(MOC, u128::MAX, 1)], Reason::MaxQuantityExceeded),
            (
                vec![reported(MOC, 1, MAX_AMOUNT as i128 + 1)],
                Reason::MaxAmountExceeded,
            ),
            (
                vec![ReportedLine {
                    tax: Value::Clear(i128::MAX),
                    ..reported(MOC, 1, 1)
                }],
                Reason::MaxAmountExceeded,
            ),
        ] {
            assert_noop!(report(VISITED_DESK, lines), error);
        }
        assert_noop!(affirm(HOME_DESK, 1), Reason::ReportNotFound);
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::set(OCTOBER.end() + 90 * DAY);
        assert_noop!(report(VISITED_DESK, invoice()), TOO_LATE);
    });
}

#[test]
fn side_should_have_moved_when_it_reports_or_corrects() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!(moves(), [0, 1]);
        assert_ok!(report(HOME_DESK, vec![]));
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        assert_noop!(report(VISITED_DESK, invoice()), Reason::ReportUnchanged);
        assert_eq!(moves(), [2, 1]);
    });
}

#[test]
fn report_should_be_refused_when_its_service_comes_in_files_alone() {
    ExtBuilder::build_and_execute(|| {
        set_flow(DATA, Flow::Files);
        for who in [VISITED_DESK, HOME_DESK] {
            assert_noop!(report(who, invoice()), Reason::FilesAgreed);
        }
        assert_ok!(report(VISITED_DESK, vec![reported(MOC, 5, 50)]));
    });
}

#[test]
fn empty_report_should_be_refused_when_everything_comes_in_files() {
    ExtBuilder::build_and_execute(|| {
        set_flows(&[MOC, Service::Mtc, DATA], Flow::Files);
        for who in [VISITED_DESK, HOME_DESK] {
            assert_noop!(report(who, vec![]), Reason::FilesAgreed);
        }
        assert_eq!(MockUsage::period_usage(AGREEMENT, OCTOBER).reports, 0);
        // What comes in reports may be nothing.
        set_flow(MOC, Flow::Reports);
        assert_ok!(report(VISITED_DESK, vec![]));
    });
}

#[test]
fn greatest_figures_should_be_taken_when_they_are_within_their_bounds() {
    ExtBuilder::build_and_execute(|| {
        let most = ReportedLine {
            tax: Value::Clear(MAX_AMOUNT as i128),
            ..reported(MOC, MAX_QUANTITY, MAX_AMOUNT as i128)
        };
        assert_ok!(report(VISITED_DESK, vec![most]));
        assert_ok!(affirm(HOME_DESK, 1));
    });
}

#[test]
fn month_should_not_wait_for_a_report_when_it_comes_after_the_days_to_report() {
    for (expected, days, waits) in [
        (false, 5, true),
        (false, 14, true),
        (false, 15, false),
        (true, 5, true),
        (true, 14, true),
        (true, 15, false),
    ] {
        ExtBuilder::build_and_execute(|| {
            if expected {
                set_flow(MOC, Flow::Reports);
            }
            MockClock::set(OCTOBER.end() + days * DAY);
            // A flood of empty reports holds nothing open later either.
            for pair in [PAIR, BACK] {
                assert_ok!(report_for(pair, HOME_DESK, vec![]));
            }
            let usage = MockUsage::period_usage(AGREEMENT, OCTOBER);
            let open = if waits { 2 } else { 0 };
            assert_eq!(
                (usage.reports, usage.open_reports),
                (2, open),
                "{expected} {days}"
            );
            // The home operator is the visited network of one of the two.
            assert_eq!(usage.expected_reports, u32::from(expected));
            MockClock::advance(20 * DAY);
            assert_ok!(conclude(HOME_DESK));
            let usage = MockUsage::period_usage(AGREEMENT, OCTOBER);
            assert_eq!(usage.open_reports, open.saturating_sub(1));
            // Final figures stand for the missing report.
            assert_eq!(usage.expected_reports, 2 * u32::from(expected));
        });
    }
}
