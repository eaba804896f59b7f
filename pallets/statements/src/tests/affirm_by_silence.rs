use super::{closed, status};
use crate::{mock::*, Error, Event, Unaffirmed};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockObligations;
use interclear_primitives::{ids::ObligationId, statement::StatementStatus, DAY};
use sp_runtime::DispatchResult;

fn silence(who: u64) -> DispatchResult {
    Statements::affirm_by_silence(by(who), AGREEMENT, JANUARY)
}

#[test]
fn silence_should_affirm_only_past_the_affirmation_date() {
    closed(|| {
        // 10 days to affirm, and 30 to dispute.
        let affirm_by = MockClock::now() + 30 * DAY;
        MockClock::set(affirm_by);
        assert_noop!(silence(clearing(ALPHA)), Error::<Test>::AffirmationPending);
        idle();
        assert_eq!(status(), StatementStatus::Issued);
        MockClock::set(affirm_by + 1);
        assert_ok!(silence(clearing(ALPHA)));
        assert_eq!(status(), StatementStatus::Affirmed);
        assert!(matches!(
            events().last(),
            Some(Event::StatementAffirmed { by_silence: true, .. })
        ));
    });
}

#[test]
fn silence_should_not_move_the_due_date_however_late_it_is_noticed() {
    closed(|| {
        let due = MockClock::now() + (10 + 30) * DAY;
        MockClock::advance(35 * DAY);
        assert_ok!(Statements::affirm(by(clearing(ALPHA)), AGREEMENT, JANUARY));
        idle();
        assert_eq!(status(), StatementStatus::Affirmed);
        assert_eq!(obligation(ObligationId(0)).due, due);
        assert_eq!(Unaffirmed::<Test>::iter().count(), 0);
    });
}

#[test]
#[should_panic(expected = "silence cannot affirm")]
fn silence_should_fail_in_tests_when_the_obligation_cannot_be_made() {
    closed(|| {
        MockObligations::leave_ids(0);
        MockClock::advance(100 * DAY);
        idle();
    });
}

#[test]
fn silence_should_not_affirm_before_the_days_to_dispute_are_over_unless_the_statement_is_due() {
    // Days to affirm, to dispute and to pay, from which silence affirms, and when the net is due.
    for (affirm, dispute, pay, silent, due) in [
        (10, 30, 30, 30, 40),
        (10, 5, 30, 10, 40),
        (10, 90, 30, 40, 40),
        (15, 30, 0, 15, 15),
    ] {
        let mut terms = terms();
        terms.payment.affirm_days = affirm;
        terms.payment.dispute_days = dispute;
        terms.payment.payment_days = pay;
        ExtBuilder::default().terms(terms).build_and_execute(|| {
            january();
            let issued = MockClock::now();
            assert_ok!(Statements::close_period(
                by(clearing(ALPHA)),
                AGREEMENT,
                JANUARY,
                0
            ));
            MockClock::set(issued + silent * DAY);
            idle();
            assert_eq!(status(), StatementStatus::Issued);
            MockClock::advance(1);
            idle();
            assert_eq!(status(), StatementStatus::Affirmed);
            assert_eq!(obligation(ObligationId(0)).due, issued + due * DAY);
        });
    }
}
