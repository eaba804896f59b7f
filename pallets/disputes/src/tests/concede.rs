use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_billing::disputes::MAX_CONCESSIONS;
use interclear_primitives::dispute::{DisputeOutcome, DisputePhase, LineSide};
use sp_runtime::traits::BadOrigin;

#[test]
fn what_is_conceded_should_be_due_as_agreed_whoevers_step_it_is() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        conclude();
        assert_eq!(booked(), 27_200);
        assert_noop!(
            Disputes::concede(RuntimeOrigin::none(), FIRST, megabytes(850)),
            BadOrigin
        );
        assert_noop!(
            Disputes::concede(by(STRANGER), FIRST, megabytes(850)),
            Error::<Test>::NotAParty
        );
        let (turn, until) = (dispute().turn, dispute().until);
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, megabytes(850)));
        assert_eq!((payable(), booked()), (29_700, 29_700));
        let (id, note) = MockObligations::all()[1];
        assert_eq!(note.due, DUE);
        assert!(matches!(
            events().last(),
            Some(Event::PartConceded { by: ALPHA, note: Some(noted), .. }) if *noted == id
        ));
        assert_eq!(
            (dispute().turn, dispute().until),
            (turn, until),
            "nobody gains time by it"
        );
        // The creditor gives up what was withheld: nothing is booked for it.
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(900)));
        assert_eq!((payable(), booked()), (29_700, 29_700));
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(850)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 42_500));
    });
}

#[test]
fn concede_should_be_refused_when_it_takes_back_or_gives_too_much() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        for (party, claimed, error) in [
            (ALPHA, 799, Error::<Test>::NotAConcession),
            (ALPHA, 800, Error::NotAConcession),
            (ALPHA, 951, Error::OutsideClaims),
            (BETA, 951, Error::NotAConcession),
            (BETA, 950, Error::NotAConcession),
            (BETA, 799, Error::OutsideClaims),
        ] {
            assert_noop!(Disputes::concede(by(party), FIRST, megabytes(claimed)), error);
        }
    });
}

#[test]
fn an_offer_should_count_no_more_when_its_party_has_conceded_beyond_it() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(820)));
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, megabytes(900)));
        assert_eq!(dispute().phase, DisputePhase::Offered);
        assert_eq!(dispute().turn, LineSide::Creditor);
        assert_noop!(
            Disputes::accept(by(BETA), FIRST, megabytes(820)),
            Error::<Test>::OtherFigures
        );
        assert_ok!(Disputes::accept(by(BETA), FIRST, megabytes(900)));
    });
}

#[test]
fn concede_should_be_refused_when_it_is_less_than_a_hundredth_of_what_is_in_dispute() {
    ExtBuilder::default().build_and_execute(|| {
        // 75.00 is in dispute.
        answered();
        let concede = |party, cents| Disputes::concede(by(party), FIRST, figures(850, cents));
        assert_noop!(concede(ALPHA, 40_074), Error::<Test>::ConcessionTooSmall);
        assert_noop!(concede(BETA, 47_426), Error::<Test>::ConcessionTooSmall);
        assert_ok!(concede(ALPHA, 40_075));
        // A hundredth of what is left, rounded up.
        assert_noop!(concede(BETA, 47_426), Error::<Test>::ConcessionTooSmall);
        assert_ok!(concede(BETA, 47_425));
        // Nothing is too small that ends it.
        assert_ok!(concede(BETA, 40_076));
        assert_ok!(concede(ALPHA, 40_076));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 40_076));
    });
}

#[test]
fn concessions_should_come_to_an_end_unless_they_concede_all() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        conclude();
        let concede = |party, units| Disputes::concede(by(party), FIRST, megabytes(units));
        for step in 1..=u128::from(MAX_CONCESSIONS) {
            assert_ok!(concede(ALPHA, 800 + 2 * step));
        }
        assert_noop!(concede(ALPHA, 840), Error::<Test>::MaxConcessionsExceeded);
        assert_eq!(MockObligations::all().len(), 1 + usize::from(MAX_CONCESSIONS));
        // Each has its own.
        assert_ok!(concede(BETA, 900));
        assert_ok!(concede(ALPHA, 900));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 45_000));
    });
}

#[test]
fn conceding_all_should_cost_the_fee_when_a_ruling_is_awaited() {
    ExtBuilder::default()
        .arbitrated()
        .terms(|terms| terms.fee = 100_000_000)
        .build_and_execute(|| {
            escalated();
            assert_ok!(Disputes::arbitrate(by(ARBITRATORS[0]), FIRST, megabytes(940)));
            assert_ok!(Disputes::concede(by(ALPHA), FIRST, megabytes(940)));
            assert!(fees().is_empty());
            assert_ok!(Disputes::concede(by(ALPHA), FIRST, megabytes(950)));
            assert_eq!(ended(), (DisputeOutcome::Accepted, 47_500));
            assert_eq!(fees(), [(ALPHA, 10_000)]);
        });
}

#[test]
fn conceding_all_should_be_refused_when_the_figures_are_not_those_of_the_other() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        let same_sum = || Disputes::concede(by(BETA), FIRST, figures(50_000_000, 40_000));
        assert_noop!(same_sum(), Error::<Test>::OtherFigures);
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(800)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 40_000));
    });
}
