use super::*;
use frame_system::RawOrigin;

#[test]
fn conclude_usage_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(
            Reports::conclude_usage(RawOrigin::Root.into(), PAIR),
            DispatchError::BadOrigin
        );
        refuse_strangers(conclude);
    });
}

#[test]
fn invoice_should_bill_at_once_when_every_line_agrees() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(conclude(HOME_DESK), Reason::ReportNotFound);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(conclude(VISITED_DESK), Reason::StillExpected);
        assert_ok!(report(
            HOME_DESK,
            vec![reported(MOC, 991, 4_990), reported(DATA, 80_000, 39_700)]
        ));
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000), (DATA, 80_000, 40_000)]);
    });
}

#[test]
fn visited_network_should_not_take_the_tolerance_at_once_when_it_speaks_last() {
    let figures = |quantity, charge| vec![reported(MOC, quantity, charge)];
    let both = || {
        assert_ok!(report(HOME_DESK, figures(1_000, 5_000)));
        assert_ok!(report(VISITED_DESK, figures(1_009, 5_045)));
    };
    ExtBuilder::build_and_execute(|| {
        both();
        assert_noop!(conclude(VISITED_DESK), Reason::StillExpected);
        MockClock::advance(10 * DAY);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(october(), [(MOC, 1_009, 5_045)]);
    });
    // Whoever sees the other's figures may take them at once, and so may both where they are the same.
    ExtBuilder::build_and_execute(|| {
        both();
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(october(), [(MOC, 1_009, 5_045)]);
    });
    ExtBuilder::build_and_execute(|| {
        both();
        assert_ok!(report(VISITED_DESK, figures(1_000, 5_000)));
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(october(), [(MOC, 1_000, 5_000)]);
    });
}

#[test]
fn undisputed_part_should_bill_when_the_time_to_answer_is_over() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockClock::advance(DAY);
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 800, 5_500)]));
        assert_noop!(conclude(HOME_DESK), Reason::StillExpected);
        // Ten days after its own report, whatever the other has said since.
        MockClock::advance(9 * DAY);
        assert_noop!(conclude(HOME_DESK), Reason::StillExpected);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
        assert_eq!(october(), [(MOC, 800, 5_000)]);
        assert_ok!(complete());
    });
}

#[test]
fn month_should_not_stay_open_when_the_debtor_is_silent() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockClock::advance(10 * DAY - 1);
        assert_noop!(conclude(VISITED_DESK), Reason::StillExpected);
        assert_noop!(conclude(HOME_DESK), Reason::ReportNotFound);
        MockClock::advance(1);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000), (DATA, 80_000, 40_000)]);
    });
}

#[test]
fn figures_of_the_debtor_should_bill_when_the_creditor_is_silent() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        MockClock::advance(10 * DAY - 1);
        assert_noop!(conclude(HOME_DESK), Reason::StillExpected);
        assert_noop!(conclude(VISITED_DESK), Reason::ReportNotFound);
        MockClock::advance(1);
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000), (DATA, 80_000, 40_000)]);
        assert_ok!(complete());
    });
}

#[test]
fn nothing_should_bill_when_the_creditor_reports_no_traffic() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        assert_ok!(report(VISITED_DESK, vec![]));
        MockClock::advance(10 * DAY);
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
        assert_eq!(october(), []);
        assert_ok!(complete());
    });
}

#[test]
fn nothing_should_be_disputed_when_the_only_difference_has_come_by_tap() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        MockUsage::set_by_file(PAIR, ServiceSet::from_iter([DATA]));
        assert_ok!(report(VISITED_DESK, vec![reported(MOC, 1_000, 5_000)]));
        // Every line that can still bill agrees: nobody waits.
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000)]);
    });
}

#[test]
fn side_should_have_moved_when_it_concludes() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockClock::advance(10 * DAY);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(moves(), [0, 2]);
    });
}

#[test]
fn conclusion_should_wait_for_the_days_to_report_when_the_other_side_is_silent() {
    for (side, other) in [(HOME_DESK, VISITED_DESK), (VISITED_DESK, HOME_DESK)] {
        ExtBuilder::build_and_execute(|| {
            // Ten days to answer, 15 to report.
            MockClock::set(OCTOBER.end());
            assert_ok!(report(side, invoice()));
            MockClock::set(OCTOBER.end() + 15 * DAY - 1);
            assert_noop!(conclude(side), Reason::StillExpected);
            MockClock::advance(1);
            // From now on the silent one slips nothing in.
            assert_noop!(report(other, vec![]), Reason::AnswerOverdue);
            assert_ok!(conclude(side));
        });
    }
}

#[test]
fn correction_should_be_refused_when_the_other_side_may_conclude() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockClock::advance(DAY);
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        MockClock::advance(9 * DAY - 1);
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 800, 4_000)]));
        MockClock::advance(1);
        // Not even in the block in which the creditor concludes.
        assert_noop!(report(HOME_DESK, vec![]), Reason::AnswerOverdue);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(october(), [(MOC, 800, 4_000)]);
    });
}
