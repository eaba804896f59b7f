use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{dispute::DisputeOutcome, ids::OperatorId};
use sp_runtime::{traits::BadOrigin, DispatchResult};

const ONE: OperatorId = ARBITRATORS[0];
const TWO: OperatorId = ARBITRATORS[1];
const THREE: OperatorId = ARBITRATORS[2];

fn vote(arbitrator: OperatorId, units: u128) -> DispatchResult {
    Disputes::arbitrate(by(arbitrator), FIRST, megabytes(units))
}

#[test]
fn two_of_three_should_rule_when_they_say_the_same() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_ok!(vote(ONE, 900));
        // Twice the same by one is one.
        assert_ok!(vote(ONE, 900));
        assert_ok!(vote(TWO, 850));
        assert_ok!(vote(THREE, 860));
        assert_ok!(vote(TWO, 900));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 45_000));
        assert!(events()
            .iter()
            .any(|event| matches!(event, Event::ArbitratorVoted { by: THREE, .. })));
        assert_noop!(vote(THREE, 900), Error::<Test>::DisputeOver);
        for operator in [ALPHA, BETA, ONE, TWO, THREE] {
            assert!(Disputes::open_disputes(operator, None).is_empty());
        }
    });
}

#[test]
fn arbitrate_should_be_refused_when_it_is_not_of_an_arbitrator() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        answered();
        assert_noop!(vote(ONE, 900), Error::<Test>::NotForRuling);
        assert_ok!(Disputes::escalate(by(ALPHA), FIRST));
        assert_noop!(
            Disputes::arbitrate(RuntimeOrigin::none(), FIRST, megabytes(900)),
            BadOrigin
        );
        for other in [ALPHA, BETA, STRANGER] {
            assert_noop!(vote(other, 900), Error::<Test>::NotAnArbitrator);
        }
        assert_noop!(vote(ONE, 951), Error::<Test>::OutsideClaims);
        MockClock::advance(RULING + 1);
        assert_noop!(vote(ONE, 900), Error::<Test>::TimeOver);
        idle();
        assert_noop!(vote(ONE, 900), Error::<Test>::NotForRuling);
    });
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        assert_noop!(vote(ONE, 900), Error::<Test>::NotAnArbitrator);
    });
}
