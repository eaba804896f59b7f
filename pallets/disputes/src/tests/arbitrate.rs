use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{DisputeOutcome, Figures},
    ids::OperatorId,
    money::Value,
};
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
        let endless = figures(u128::MAX, 45_000);
        assert_noop!(
            Disputes::arbitrate(by(ONE), FIRST, endless),
            Error::<Test>::MaxFigureExceeded
        );
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

#[test]
fn a_vote_should_count_as_the_claim_when_a_party_concedes_past_it() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_ok!(vote(ONE, 940));
        // It gives up a little, so that nobody can say 940 once more.
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(930)));
        assert_ok!(vote(TWO, 940));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 46_500));
    });
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        // Beyond the claim by more or by less: both say that the debtor owes no more, but not what was used.
        assert_ok!(vote(ONE, 300));
        assert_ok!(vote(TWO, 799));
        assert!(dispute().phase.is_open());
        assert_ok!(vote(ONE, 799));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 40_000));
    });
}

#[test]
fn votes_should_differ_when_they_come_to_the_same_by_other_figures() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_ok!(Disputes::arbitrate(by(ONE), FIRST, figures(900, 45_000)));
        // Nobody says alone what was used.
        assert_ok!(Disputes::arbitrate(by(TWO), FIRST, figures(50_000_000, 45_000)));
        let other = Figures {
            tax: Value::Clear(-10_000),
            ..figures(900, 55_000)
        };
        assert_ok!(Disputes::arbitrate(by(THREE), FIRST, other));
        assert!(dispute().phase.is_open());
        assert_ok!(Disputes::arbitrate(by(TWO), FIRST, figures(900, 45_000)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 45_000));
        assert_eq!(MockStatements::decided(), [decided(-100, -5_000)]);
    });
}

#[test]
fn a_ruling_should_keep_what_was_used_when_a_party_concedes_beyond_it_meanwhile() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_ok!(Disputes::arbitrate(by(ONE), FIRST, figures(900, 45_000)));
        // The debtor sees the ruling coming, and pays a little more for any volume that it likes.
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, figures(50_000_000, 45_100)));
        assert_ok!(Disputes::arbitrate(by(TWO), FIRST, figures(900, 45_000)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 45_100));
        assert_eq!(MockStatements::decided(), [decided(-100, -4_900)]);
    });
}
