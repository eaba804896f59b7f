use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::dispute::DisputeOutcome;
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
