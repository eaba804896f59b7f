use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{DisputeKind, DisputeOutcome, DisputePhase, LineSide},
    ids::DisputeId,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn answer_should_be_refused_when_it_is_not_of_the_other_party() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        let answer = |origin| Disputes::answer(origin, FIRST, megabytes(950));
        assert_noop!(answer(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(
            answer(RuntimeOrigin::signed(treasury(BETA))),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(answer(by(STRANGER)), Error::<Test>::NotAParty);
        assert_noop!(answer(by(ALPHA)), Error::<Test>::NotYourTurn);
        assert_noop!(
            Disputes::answer(by(BETA), DisputeId(9), megabytes(950)),
            Error::<Test>::DisputeNotFound
        );
        // Who is suspended answers all the same.
        MockOperators::suspend(BETA);
        assert_ok!(answer(by(BETA)));
        assert_noop!(answer(by(BETA)), Error::<Test>::AlreadyAnswered);
    });
}

#[test]
fn a_part_should_be_settled_at_once_when_the_answer_accepts_it() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        let dispute = dispute();
        assert_eq!(dispute.phase, DisputePhase::Answered);
        assert_eq!(dispute.turn, LineSide::Debtor);
        // 400.00 is paid, 25.00 of 500.00 is given up, and 75.00 is left.
        assert_eq!(payable(), 27_200);
        assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(950)));
        assert_eq!(payable(), 34_700);
    });
}

#[test]
fn a_part_should_be_credited_at_once_when_the_line_has_been_booked() {
    ExtBuilder::default().build_and_execute(|| {
        conclude();
        answered();
        assert_eq!(booked(), 37_200 - 2_500);
    });
}

#[test]
fn a_part_should_be_due_at_once_when_the_debtor_admits_missing_usage() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(1_100)));
        assert_eq!(payable(), 37_200 + 5_000);
    });
}

#[test]
fn a_dispute_should_end_when_the_answer_comes_to_the_same() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(800)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 40_000));
        assert_eq!(payable(), 27_200);
    });
}

#[test]
fn the_other_side_should_claim_on_the_same_line_when_it_answers() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_200)));
        assert_eq!(payable(), 27_200);
        assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(1_200)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 60_000));
        assert_eq!(payable(), 47_200);
    });
}

#[test]
fn an_answer_should_not_go_beyond_the_statement_when_its_party_has_affirmed_it() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        MockStatements::affirm(AGREEMENT, JANUARY, 1);
        assert_noop!(
            Disputes::answer(by(BETA), FIRST, megabytes(1_001)),
            Error::<Test>::BeyondAffirmed
        );
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_000)));
    });
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        MockStatements::affirm(AGREEMENT, JANUARY, 0);
        assert_noop!(
            Disputes::answer(by(ALPHA), FIRST, megabytes(999)),
            Error::<Test>::BeyondAffirmed
        );
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(1_000)));
    });
}

#[test]
fn answer_should_be_refused_when_it_is_late_or_gives_more_than_is_asked() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_noop!(
            Disputes::answer(by(BETA), FIRST, megabytes(799)),
            Error::<Test>::OutsideClaims
        );
        MockClock::advance(ANSWER + 1);
        assert_noop!(
            Disputes::answer(by(BETA), FIRST, megabytes(950)),
            Error::<Test>::TimeOver
        );
    });
}

#[test]
fn nobody_should_take_back_by_an_answer_what_has_been_booked() {
    ExtBuilder::default().build_and_execute(|| {
        // The creditor claims more, what is stated is booked, and then the debtor says that it was less.
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        conclude();
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(100)));
        assert_eq!((payable(), booked()), (37_200, 37_200));
        // Only the creditor gives it back, and later than the statement was due.
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(900)));
        assert_eq!((payable(), booked()), (32_200, 32_200));
        assert_eq!(MockObligations::all()[1].1.due, MockClock::now() + 30 * 86_400);
    });
    ExtBuilder::default().build_and_execute(|| {
        // Before it is booked, it withholds what it disputes.
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(100)));
        assert_eq!(payable(), 37_200 - 45_000);
    });
}

#[test]
fn nobody_should_take_back_by_an_answer_what_silence_has_booked_when_no_sweep_has_come() {
    ExtBuilder::default().build_and_execute(|| {
        MockClock::set(ISSUED + 29 * DAY);
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        MockClock::set(ISSUED + 30 * DAY + 1);
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(100)));
        assert_eq!(payable(), 37_200);
        conclude();
        assert_eq!(booked(), 37_200);
    });
}

#[test]
fn answer_should_be_refused_when_it_comes_to_the_same_by_other_figures() {
    ExtBuilder::default().build_and_execute(|| {
        // More was used than is stated, says the debtor, and so less of its commitment is missing.
        let claimed = figures(50_000_000, 49_500);
        assert_ok!(raise(ALPHA, data(), DisputeKind::MissingUsage, claimed));
        let same_sum = || Disputes::answer(by(BETA), FIRST, megabytes(990));
        assert_noop!(same_sum(), Error::<Test>::OtherFigures);
        // Who agrees names the figures; else they stay in dispute.
        assert_ok!(Disputes::answer(by(BETA), FIRST, figures(990, 49_501)));
        assert!(dispute().phase.is_open());
    });
}
