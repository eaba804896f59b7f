use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{DisputeKind, DisputeOutcome},
    DAY,
};
use sp_runtime::traits::BadOrigin;

#[test]
fn withdraw_should_leave_the_line_as_stated_when_nobody_has_answered() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_noop!(Disputes::withdraw(RuntimeOrigin::none(), FIRST), BadOrigin);
        assert_noop!(Disputes::withdraw(by(STRANGER), FIRST), Error::<Test>::NotAParty);
        assert_noop!(Disputes::withdraw(by(BETA), FIRST), Error::<Test>::NotYourDispute);
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        assert_eq!(ended(), (DisputeOutcome::Withdrawn, 50_000));
        assert_eq!(payable(), 37_200);
    });
}

#[test]
fn withdraw_should_be_refused_when_the_other_side_has_made_a_claim_of_its_own() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_200)));
        assert_noop!(
            Disputes::withdraw(by(ALPHA), FIRST),
            Error::<Test>::AlreadyAnswered
        );
    });
}

#[test]
fn withdraw_should_be_refused_when_the_other_side_could_dispute_the_line_by_its_answer_alone() {
    let raise_and_wait = |until| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        MockClock::set(until);
    };
    // Its days to dispute are over, and those to answer are not.
    ExtBuilder::default().build_and_execute(|| {
        MockClock::set(ISSUED + 29 * DAY);
        raise_and_wait(ISSUED + 30 * DAY);
        assert_noop!(Disputes::withdraw(by(BETA), FIRST), Error::<Test>::AnswerIsTheirs);
        // Nor by claiming no more than what is stated.
        assert_noop!(
            Disputes::concede(by(BETA), FIRST, megabytes(1_000)),
            Error::<Test>::NotAnswered
        );
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(800)));
    });
    // What it would dispute is booked meanwhile.
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        MockClock::set(ISSUED + 29 * DAY);
        raise_and_wait(ISSUED + 31 * DAY);
        assert_noop!(Disputes::withdraw(by(BETA), FIRST), Error::<Test>::AnswerIsTheirs);
        // Who has affirmed disputes nothing.
        MockStatements::affirm(AGREEMENT, JANUARY, 0);
        assert_ok!(Disputes::withdraw(by(BETA), FIRST));
    });
    // It was booked before: nothing is lost.
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        conclude();
        MockClock::set(ISSUED + 29 * DAY);
        raise_and_wait(ISSUED + 31 * DAY);
        assert_ok!(Disputes::withdraw(by(BETA), FIRST));
        assert_ok!(raise(ALPHA, data(), DisputeKind::Volume, megabytes(800)));
    });
}
