use super::*;
use frame_system::RawOrigin;

#[test]
fn affirm_usage_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(
            Reports::affirm_usage(RawOrigin::Root.into(), PAIR, 1),
            DispatchError::BadOrigin
        );
        refuse_strangers(|who| affirm(who, 1));
    });
}

#[test]
fn affirm_usage_should_be_possible_when_the_operator_is_suspended() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockOperators::suspend(HOME);
        assert_ok!(affirm(HOME_DESK, 1));
    });
}

#[test]
fn debtors_figures_should_bill_when_the_creditor_accepts_them() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        assert_noop!(affirm(HOME_DESK, 1), Reason::ReportNotFound);
        assert_ok!(affirm(VISITED_DESK, 1));
        assert_eq!(outcome(), Some(ReportOutcome::Affirmed(ReportSide::Home)));
        assert_eq!(october(), [(MOC, 900, 4_500)]);
    });
}

#[test]
fn only_what_has_not_come_by_tap_should_bill_when_a_debtors_report_is_affirmed() {
    ExtBuilder::build_and_execute(|| {
        // A home network's report alone keeps no file away.
        let mut lines = invoice();
        lines.insert(1, reported(Service::Mtc, 60, 300));
        assert_ok!(report(HOME_DESK, lines));
        by_tap();
        // Until the time to answer is over, and afterwards when nothing can be reported any more.
        MockClock::advance(10 * DAY);
        assert_noop!(
            report(VISITED_DESK, vec![reported(Service::Mtc, 90, 450)]),
            Reason::AnswerOverdue
        );
        assert_noop!(conclude(VISITED_DESK), Reason::ReportNotFound);
        assert_ok!(affirm(VISITED_DESK, 1));
        assert_eq!(outcome(), Some(ReportOutcome::Affirmed(ReportSide::Home)));
        assert_eq!(october(), [(Service::Mtc, 60, 300)]);
        assert_ok!(complete());
    });
}

#[test]
fn figures_should_become_final_no_more_when_nothing_of_their_month_is_taken_any_more() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::set(OCTOBER.end() + 180 * DAY);
        assert_noop!(affirm(HOME_DESK, 1), TOO_LATE);
        assert_noop!(conclude(VISITED_DESK), TOO_LATE);
        MockClock::set(OCTOBER.end() + 180 * DAY - 1);
        assert_ok!(affirm(HOME_DESK, 1));
    });
}

#[test]
fn side_should_not_have_moved_when_it_accepts_the_others_figures() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(affirm(HOME_DESK, 1));
        assert_eq!(moves(), [0, 1]);
    });
}
