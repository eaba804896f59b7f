//! What other pallets ask: whether a month is complete, and to close it.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Usage;
use interclear_primitives::{batch::FatalReason, Moment, DAY};
use sp_runtime::DispatchResult;

fn complete_after(days: u64) -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now() + days * DAY)
}

#[test]
fn a_month_should_be_complete_when_every_file_has_come_and_been_answered() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(complete_after(0));
        anchor_all([1, 3]);
        assert_noop!(complete_after(90), Error::<Test>::GapsOpen);
        anchor_all([2]);
        assert_noop!(complete_after(0), Error::<Test>::AwaitingAcknowledgement);
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
            assert_noop!(complete_after(0), Error::<Test>::AwaitingAcknowledgement);
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
        MockClock::advance(5 * DAY);
        anchor_all([2]);
        assert_noop!(complete_after(9), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(complete_after(10));
        // Silence neither finds a missing file nor sends one again.
        anchor_all([4]);
        assert_noop!(complete_after(10), Error::<Test>::GapsOpen);
    });
}

fn complete_at(moment: Moment) -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, moment)
}

#[test]
fn silence_should_not_stop_a_month_for_ever_when_it_does_not_accept() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        // The 5 closing days twice.
        let twice = NOVEMBER.end() + 10 * DAY;
        assert_noop!(complete_at(twice - 1), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(complete_at(twice));
        // Nor is it returned from then on; its recipient may still acknowledge it.
        MockClock::set(twice);
        assert_noop!(
            Anchoring::return_file(origin(HOME_DESK), key(1), FatalReason::Totals, 1, [0; 32]),
            Error::<Test>::AnswerOverdue
        );
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
    });
}

#[test]
fn direction_should_wait_for_its_own_newest_file_when_both_have_files() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        anchor_all([1]);
        let first = MockClock::now() + 10 * DAY;
        MockClock::advance(5 * DAY);
        let mut back = file(1);
        (back.key.series.sender, back.key.series.recipient) = (HOME_NET, VISITED_NET);
        let key = back.key;
        assert_ok!(Anchoring::anchor(origin(HOME_DESK), back));
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        let waiting = usage
            .awaiting
            .map(|direction| (direction.unanswered, direction.latest));
        assert_eq!(waiting, [(1, first - 10 * DAY), (1, MockClock::now())]);
        assert_noop!(complete_at(first), Error::<Test>::AwaitingAcknowledgement);
        // Once it has answered, the other one's silence is counted from its own file.
        assert_ok!(Anchoring::acknowledge(origin(VISITED_DESK), key));
        assert_noop!(complete_at(first - 1), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(complete_at(first));
    });
}

#[test]
fn close_should_be_refused_when_the_month_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_eq!(
            events().last(),
            Some(&Event::PeriodClosed {
                agreement: AGREEMENT,
                period: NOVEMBER
            })
        );
        assert!(<Anchoring as Usage>::period_usage(AGREEMENT, NOVEMBER).closed);
        assert_noop!(
            <Anchoring as Usage>::close(AGREEMENT, NOVEMBER),
            Error::<Test>::PeriodClosed
        );
        assert_eq!(
            <Anchoring as Usage>::totals(AGREEMENT, NOVEMBER),
            Anchoring::usage(AGREEMENT, NOVEMBER)
        );
        assert_eq!(november(), whole_files(1));
        // A month without files too.
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, DECEMBER));
    });
}
