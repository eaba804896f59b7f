use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_billing::disputes::MAX_OFFERS;
use interclear_primitives::{
    dispute::{DisputeOutcome, DisputePhase, LineSide},
    DAY,
};
use sp_runtime::traits::BadOrigin;

#[test]
fn offers_should_go_to_and_fro_and_concede_nothing() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        MockClock::advance(DAY);
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(900)));
        assert_eq!(dispute().phase, DisputePhase::Offered);
        assert_eq!(dispute().turn, LineSide::Creditor);
        assert_eq!(dispute().until, MockClock::now() + ANSWER);
        assert_eq!(payable(), 27_200);
        assert_ok!(Disputes::offer(by(BETA), FIRST, megabytes(940)));
        assert_eq!(dispute().phase, DisputePhase::Countered);
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(930)));
        assert_ok!(Disputes::accept(by(BETA), FIRST, megabytes(930)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 46_500));
        assert_eq!(payable(), 37_200 - 3_500);
    });
}

#[test]
fn offer_should_be_refused_when_it_is_not_its_step() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        let offer = |party| Disputes::offer(by(party), FIRST, megabytes(900));
        assert_noop!(
            Disputes::offer(RuntimeOrigin::none(), FIRST, megabytes(900)),
            BadOrigin
        );
        for party in [ALPHA, BETA] {
            assert_noop!(offer(party), Error::<Test>::NotAnswered);
        }
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(950)));
        assert_noop!(offer(STRANGER), Error::<Test>::NotAParty);
        assert_noop!(offer(BETA), Error::<Test>::NotYourTurn);
        assert_noop!(
            Disputes::offer(by(ALPHA), FIRST, megabytes(951)),
            Error::<Test>::OutsideClaims
        );
        assert_ok!(Disputes::escalate(by(ALPHA), FIRST));
        assert_noop!(offer(ALPHA), Error::<Test>::NotYourTurn);
        MockClock::advance(RULING + 1);
        assert_noop!(offer(ALPHA), Error::<Test>::TimeOver);
    });
}

#[test]
fn offers_should_come_to_an_end_when_both_only_counter() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        for round in 0..MAX_OFFERS {
            let party = [ALPHA, BETA][usize::from(round % 2)];
            assert_ok!(Disputes::offer(by(party), FIRST, megabytes(900)));
            MockClock::advance(ANSWER);
        }
        assert_noop!(
            Disputes::offer(by(ALPHA), FIRST, megabytes(900)),
            Error::<Test>::MaxOffersExceeded
        );
        assert_ok!(Disputes::escalate(by(ALPHA), FIRST));
    });
}
