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
        let affirm_by = MockClock::now() + 10 * DAY;
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
        let affirm_by = MockClock::now() + 10 * DAY;
        MockClock::set(affirm_by + 5 * DAY);
        assert_ok!(Statements::affirm(by(clearing(ALPHA)), AGREEMENT, JANUARY));
        idle();
        assert_eq!(status(), StatementStatus::Affirmed);
        assert_eq!(obligation(ObligationId(0)).due, affirm_by + 30 * DAY);
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
