use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{DisputeKind, DisputeOutcome, DisputePhase, Figures, RuledBy},
    ids::OperatorId,
    money::Value,
};
use sp_runtime::traits::BadOrigin;

fn silent(seconds: u64) {
    MockClock::advance(seconds + 1);
    idle();
}

#[test]
fn the_claim_should_stand_when_the_creditor_does_not_answer() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        MockClock::advance(ANSWER);
        assert_noop!(Disputes::lapse(by(ALPHA), FIRST), Error::<Test>::TimeRunning);
        MockClock::advance(1);
        assert_noop!(Disputes::lapse(RuntimeOrigin::none(), FIRST), BadOrigin);
        assert_noop!(Disputes::lapse(by(STRANGER), FIRST), Error::<Test>::NotAParty);
        assert_ok!(Disputes::lapse(by(ALPHA), FIRST));
        assert_eq!(ended(), (DisputeOutcome::Silence, 40_000));
        assert_eq!(payable(), 27_200);
        assert_noop!(Disputes::lapse(by(ALPHA), FIRST), Error::<Test>::DisputeOver);
    });
}

#[test]
fn the_answer_should_stand_when_who_raised_the_dispute_is_silent() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        conclude();
        silent(ANSWER);
        assert_eq!(ended(), (DisputeOutcome::Silence, 47_500));
        assert_eq!((payable(), booked()), (34_700, 34_700));
    });
}

#[test]
fn an_offer_should_stand_when_the_other_side_is_silent() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(900)));
        silent(ANSWER);
        assert_eq!(ended(), (DisputeOutcome::Silence, 45_000));
    });
}

#[test]
fn nobody_should_owe_by_silence_what_no_statement_has_told_him_of() {
    ExtBuilder::default().build_and_execute(|| {
        let fortune = figures(1_000_000_000, 50_000_000_000);
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, fortune));
        silent(ANSWER);
        assert_eq!(dispute().phase, DisputePhase::Escalated(RuledBy::Council));
        assert_eq!(payable(), 37_200);
        // Nor is anybody paid back what it never paid.
        silent(RULING);
        assert_eq!(ended(), (DisputeOutcome::Unruled, 50_000));
    });
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(ALPHA, data(), DisputeKind::FraudLiability, figures(0, -1)));
        silent(ANSWER);
        assert_eq!(dispute().phase, DisputePhase::Escalated(RuledBy::Council));
    });
}

#[test]
fn the_statement_should_stand_when_nobody_rules() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_100)));
        assert_ok!(Disputes::escalate(by(ALPHA), FIRST));
        let asked = MockClock::now();
        silent(RULING);
        assert_eq!(dispute().phase, DisputePhase::Escalated(RuledBy::Council));
        assert_eq!(
            dispute().until,
            asked + 2 * RULING,
            "as of the moment, not of the sweep"
        );
        silent(RULING);
        assert_eq!(ended(), (DisputeOutcome::Unruled, 50_000));
        assert_eq!(payable(), 37_200);
    });
}

#[test]
fn what_was_conceded_should_stand_when_nobody_rules() {
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        silent(RULING);
        assert_eq!(
            ended(),
            (DisputeOutcome::Unruled, 47_500),
            "the creditor has given up the rest"
        );
    });
}

#[test]
fn silence_should_move_no_window_whatever_the_figures_are_that_stand() {
    let end_by_silence = |raised: (OperatorId, Figures), answered: Option<(OperatorId, Figures)>, cents| {
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(raise(raised.0, data(), DisputeKind::Volume, raised.1));
            if let Some((by_other, figures)) = answered {
                assert_ok!(Disputes::answer(by(by_other), FIRST, figures));
            }
            MockClock::advance(ANSWER + 1);
            idle();
            assert_eq!(ended(), (DisputeOutcome::Silence, cents));
            assert_eq!(MockStatements::decided(), []);
        });
    };
    let whole = |units| figures(units, 50_000);
    // The same sum for nothing used, so that all of a commitment is missing; for so much that none is; and for a cent less.
    end_by_silence((ALPHA, megabytes(800)), Some((BETA, whole(0))), 50_000);
    end_by_silence((BETA, megabytes(1_100)), Some((ALPHA, whole(50_000_000))), 50_000);
    end_by_silence((ALPHA, figures(50_000_000, 49_500)), None, 49_500);
    // A charge for the commitment, taken off again as tax.
    let composed = Figures {
        tax: Value::Clear(-60_000),
        ..figures(999, 109_500)
    };
    end_by_silence((ALPHA, composed), None, 49_500);
}

#[test]
fn what_only_one_side_has_named_should_move_no_window_when_nobody_rules() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, figures(50_000_000, 51_000)));
        assert_ok!(Disputes::escalate(by(BETA), FIRST));
        MockClock::advance(RULING + 1);
        idle();
        assert_eq!(ended(), (DisputeOutcome::Unruled, 51_000));
        assert_eq!(MockStatements::decided(), []);
    });
}
