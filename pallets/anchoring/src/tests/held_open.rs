//! What holds a month open is fixed when its closing days end.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Usage;
use interclear_primitives::{batch::FatalReason, Moment, DAY};
use sp_runtime::DispatchResult;

/// The closing days of November are over.
const FIXED: Moment = 5 * DAY;

fn after(november: Moment) {
    MockClock::set(NOVEMBER.end() + november);
}

fn complete() -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now())
}

fn return_file(sequence: u32) -> DispatchResult {
    Anchoring::return_file(origin(HOME_DESK), key(sequence), FatalReason::Totals, 1, [0; 32])
}

fn held(period: interclear_primitives::period::Period) -> [u32; 2] {
    let usage = Anchoring::period_usage(AGREEMENT, period);
    [usage.gaps, usage.returned]
}

#[test]
fn gap_should_hold_the_next_month_open_when_it_opens_after_the_closing_days() {
    ExtBuilder::default().build_and_execute(|| {
        after(FIXED - 1);
        anchor_all([1, 3]);
        assert_eq!((held(NOVEMBER), held(DECEMBER)), ([1, 0], [0, 0]));
        MockClock::advance(1);
        anchor_all([5, 7, 9]);
        assert_eq!((held(NOVEMBER), held(DECEMBER)), ([1, 0], [3, 0]));
        // The early one still stops the month, until it is given up.
        assert_noop!(complete(), Error::<Test>::GapsOpen);
        MockClock::advance(10 * DAY);
        assert_ok!(Anchoring::waive_gap(origin(HOME_DESK), SERIES, 2));
        assert_ok!(complete());
        // A late one is not lost: it comes, or is given up by either side.
        anchor_all([4]);
        assert_ok!(Anchoring::waive_gap(origin(HOME_DESK), SERIES, 6));
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 8));
        assert_eq!((held(NOVEMBER), held(DECEMBER)), ([0, 0], [0, 0]));
    });
}

#[test]
fn returned_file_should_hold_a_month_open_when_it_was_returned_within_the_closing_days() {
    ExtBuilder::default().build_and_execute(|| {
        after(FIXED - 1);
        anchor_all([1, 2, 3]);
        assert_ok!(return_file(1));
        MockClock::advance(1);
        assert_ok!(return_file(2));
        assert_ok!(return_file(3));
        assert_eq!(held(NOVEMBER), [0, 1]);
        assert_noop!(complete(), Error::<Test>::ReturnedFileMissing);
        // What the month has waited for is in time, and waits for its answer.
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        assert_noop!(complete(), Error::<Test>::AwaitingAcknowledgement);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_ok!(complete());
        // The others are sent again, or given up, as long as the month is open.
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 1)));
        assert_ok!(Anchoring::waive_file(origin(VISITED_DESK), key(3)));
        // It takes the place of a file that came in time, so it counts as that one.
        assert_eq!(november(), whole_files(2));
        assert_noop!(complete(), Error::<Test>::AwaitingAcknowledgement);
    });
}

#[test]
fn month_should_not_be_held_open_when_files_are_returned_and_sent_again_without_end() {
    ExtBuilder::default().build_and_execute(|| {
        after(FIXED);
        anchor_all([1]);
        assert_ok!(return_file(1));
        for round in 2..6u8 {
            MockClock::advance(DAY);
            let mut again = resent(1, 1);
            again.file_digest = [round; 32];
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again));
            assert_ok!(complete());
            assert_ok!(return_file(1));
            assert_ok!(complete());
        }
        // Nor does either side wait before it closes.
        assert_eq!(moves(), [(0, 0); 2]);
    });
}

#[test]
fn month_should_wait_once_more_when_a_file_that_came_in_time_is_returned_late_and_sent_again() {
    ExtBuilder::default().build_and_execute(|| {
        after(FIXED - 1);
        anchor_all([1]);
        MockClock::advance(3 * DAY);
        assert_ok!(return_file(1));
        let returned = (1, MockClock::now());
        MockClock::advance(DAY);
        // Its recipient does not close as if it had not come.
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        assert_eq!(november(), whole_files(1));
        assert_noop!(complete(), Error::<Test>::AwaitingAcknowledgement);
        // But it refuses it once more, and the next one is late.
        assert_ok!(return_file(1));
        assert_eq!(moves(), [returned, (0, 0)]);
        let mut third = resent(1, 1);
        third.file_digest = [3; 32];
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), third));
        assert_ok!(complete());
        assert_eq!(november(), vec![]);
    });
}

#[test]
fn file_should_be_refused_when_its_service_comes_in_reports_alone() {
    ExtBuilder::default().reports_alone().build_and_execute(|| {
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(1)),
            Error::<Test>::ReportsAgreed
        );
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), notification(1)));
    });
}
