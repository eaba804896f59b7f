use crate::{mock::*, Error, Event, OpenProposals, Relation};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::ids::OperatorId;

fn withdraw_profile(who: AccountId) -> sp_runtime::DispatchResult {
    Inventory::withdraw_profile(origin(who), relation())
}

#[test]
fn withdraw_profile_should_be_refused_when_the_callers_side_has_not_proposed_it() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(withdraw_profile(BUYER + 1), Error::<Test>::ProposalNotFound);
        assert_ok!(propose(BUYER + 1, profile(1)));
        assert_noop!(withdraw_profile(SELLER + 1), Error::<Test>::NotProposer);
        assert_noop!(withdraw_profile(THIRD + 1), Error::<Test>::NotAParty);
        assert!(withdraw_profile(STRANGER).is_err() && withdraw_profile(BUYER).is_err());
        events();
        assert_ok!(withdraw_profile(BUYER + 1));
        assert_eq!(events(), [Event::ProfileWithdrawn { relation: relation() }]);
        assert_noop!(sign(SELLER + 1, profile(1)), Error::<Test>::ProposalNotFound);
    });
}

#[test]
fn proposals_should_be_refused_when_an_operator_has_too_many_that_wait() {
    ExtBuilder::build_and_execute(|| {
        let propose = |who, class| {
            let relation = Relation {
                class: text(class),
                ..relation()
            };
            Inventory::propose_profile(origin(who), relation, profile(1), None)
        };
        assert_ok!(propose(BUYER + 1, "ELINE"));
        assert_ok!(propose(BUYER + 1, "WAVES"));
        assert_noop!(propose(BUYER + 1, "FIBRE"), Error::<Test>::MaxProposalsExceeded);
        // One in place of another is one; and a countered one counts for the other side.
        assert_ok!(propose(BUYER + 1, "WAVES"));
        assert_ok!(propose(SELLER + 1, "WAVES"));
        assert_eq!(
            [1, 2].map(|operator| OpenProposals::<Test>::get(OperatorId(operator))),
            [1, 1]
        );
        assert_ok!(withdraw_profile(BUYER + 1));
        assert_eq!(OpenProposals::<Test>::get(OperatorId(1)), 0);
    });
}
