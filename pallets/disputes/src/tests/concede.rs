use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
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
