use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::dispute::{DisputePhase, RuledBy};
use sp_runtime::traits::BadOrigin;

#[test]
fn escalate_should_hand_a_dispute_to_the_council_unless_arbitrators_are_named() {
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        assert_eq!(dispute().phase, DisputePhase::Escalated(RuledBy::Council));
        assert_eq!(dispute().until, MockClock::now() + RULING);
        let stated = [Some(megabytes(800)), Some(megabytes(950))];
        assert_eq!(dispute().offers, stated, "where both stand");
    });
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_eq!(dispute().phase, DisputePhase::Escalated(RuledBy::Arbitrators));
        for arbitrator in ARBITRATORS {
            assert_eq!(Disputes::open_disputes(arbitrator, None).len(), 1);
        }
    });
}

#[test]
fn escalate_should_be_refused_when_the_other_side_has_not_answered_or_is_to_act() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_noop!(Disputes::escalate(RuntimeOrigin::none(), FIRST), BadOrigin);
        for party in [ALPHA, BETA] {
            assert_noop!(Disputes::escalate(by(party), FIRST), Error::<Test>::NotAnswered);
        }
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(950)));
        assert_noop!(Disputes::escalate(by(STRANGER), FIRST), Error::<Test>::NotAParty);
        assert_noop!(Disputes::escalate(by(BETA), FIRST), Error::<Test>::NotYourTurn);
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(900)));
        assert_noop!(Disputes::escalate(by(ALPHA), FIRST), Error::<Test>::NotYourTurn);
        assert_ok!(Disputes::escalate(by(BETA), FIRST));
        assert_noop!(Disputes::escalate(by(BETA), FIRST), Error::<Test>::NotYourTurn);
    });
}
