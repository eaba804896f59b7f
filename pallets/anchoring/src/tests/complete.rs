//! What other pallets ask: whether a month is complete, and to seal it.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ports::Usage, FatalReason, DAY};
use sp_runtime::DispatchResult;

fn complete_after(days: u64) -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, Now::get() + days * DAY)
}

#[test]
fn a_month_should_be_complete_when_every_file_has_come_and_been_answered() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(complete_after(0));
        anchor_all([1, 3]);
        assert_noop!(complete_after(90), Error::<Test>::GapsOpen);
        anchor_all([2]);
        assert_noop!(complete_after(90), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        assert_noop!(complete_after(90), Error::<Test>::ReturnedFileMissing);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        for sequence in 1..=3 {
            assert_noop!(complete_after(90), Error::<Test>::AwaitingAcknowledgement);
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(sequence)));
        }
        assert_ok!(complete_after(0));
    });
}

#[test]
fn silence_should_accept_when_the_agreement_says_so() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        anchor_all([1]);
        assert_noop!(complete_after(9), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(complete_after(10));
        // The newest file counts.
        Now::mutate(|now| *now += 5 * DAY);
        anchor_all([2]);
        assert_noop!(complete_after(9), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(complete_after(10));
        // Silence neither finds a missing file nor sends one again.
        anchor_all([4]);
        assert_noop!(complete_after(10), Error::<Test>::GapsOpen);
    });
}

#[test]
fn a_month_should_be_sealed_once() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::seal(AGREEMENT, NOVEMBER));
        assert_eq!(
            events().last(),
            Some(&Event::PeriodSealed {
                agreement: AGREEMENT,
                period: NOVEMBER
            })
        );
        assert!(<Anchoring as Usage>::period_usage(AGREEMENT, NOVEMBER).sealed);
        assert_noop!(
            <Anchoring as Usage>::seal(AGREEMENT, NOVEMBER),
            Error::<Test>::PeriodSealed
        );
        assert_eq!(
            <Anchoring as Usage>::totals(AGREEMENT, NOVEMBER),
            Anchoring::usage(AGREEMENT, NOVEMBER)
        );
        assert_eq!(november(), whole_files(1));
        // A month without files too.
        assert_ok!(<Anchoring as Usage>::seal(AGREEMENT, DECEMBER));
    });
}
