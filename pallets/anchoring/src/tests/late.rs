//! Usage of a month that is closed already: the next open month bills it.

use crate::{mock::*, Error, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{mocks::MockSwitches, Usage};
use interclear_primitives::{
    batch::{Anchor, FatalReason, ServiceTotal},
    service::Service,
    switch::Function,
    usage::{taken_until, UsageTotal},
    Moment, DAY,
};

type Anchoring = Pallet<Test>;

fn call() -> ServiceTotal {
    part(Service::MocLocal, 1, 2_000_000, 2_000_000, 400_000)
}

/// Closes November; it is the 10th of December.
fn close_november() {
    MockClock::set(NOVEMBER.end() + 9 * DAY);
    assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
}

fn december_owes() -> Vec<(u64, u128)> {
    Anchoring::late_usage(AGREEMENT, DECEMBER)
        .into_iter()
        .map(
            |(
                of,
                _,
                UsageTotal {
                    records, quantity, ..
                },
            )| {
                assert_eq!(of, NOVEMBER);
                (records, quantity)
            },
        )
        .collect()
}

#[test]
fn late_file_should_bill_with_the_next_open_month_when_it_comes_within_the_agreed_days() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        close_november();
        let before = november();
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
        let batch = Anchoring::batch(key(2)).expect("it was anchored");
        assert_eq!((batch.period, batch.billed_with()), (NOVEMBER, DECEMBER));
        assert_eq!(november(), before, "what was stated stays");
        assert_eq!(usage_of(DECEMBER), vec![], "it is not usage of December");
        assert_eq!(december_owes(), [(3, 9_500_000), (1, 250_000_000)]);
        // December waits for the answer.
        let waits = Error::<Test>::AwaitingAcknowledgement;
        let now = DECEMBER.end();
        assert_noop!(
            <Anchoring as Usage>::ensure_complete(AGREEMENT, DECEMBER, now),
            waits
        );
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        assert_ok!(<Anchoring as Usage>::ensure_complete(AGREEMENT, DECEMBER, now));
    });
}

#[test]
fn late_file_should_be_refused_when_the_agreed_days_are_over() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        MockClock::set(NOVEMBER.end() + 90 * DAY);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(1)),
            Error::<Test>::TooLate
        );
        MockClock::set(NOVEMBER.end() + 90 * DAY - 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
    });
}

#[test]
fn file_should_count_once_when_it_was_sent_in_time_and_is_sent_again_late() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        close_november();
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        assert_eq!(december_owes(), [], "a duplicate is ignored");
        let other = Anchor {
            file_digest: [7; 32],
            ..file(1)
        };
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), other),
            Error::<Test>::AlreadyAnchored
        );
    });
}

#[test]
fn late_file_should_be_returned_and_sent_again_when_the_recipient_refuses_it() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        anchor_all([1]);
        let reason = FatalReason::Totals;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            reason,
            1,
            [2; 32]
        ));
        assert!(december_owes().is_empty());
        let usage = Anchoring::period_usage(AGREEMENT, DECEMBER);
        assert_eq!(
            (usage.returned, usage.moves[0].count),
            (1, 1),
            "a move in the month that bills it"
        );
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        assert_eq!(december_owes(), [(3, 9_500_000), (1, 250_000_000)]);
    });
}

#[test]
fn late_files_should_not_hold_a_month_open_when_its_closing_days_are_over() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        MockClock::set(DECEMBER.end() + 5 * DAY);
        let complete = || <Anchoring as Usage>::ensure_complete(AGREEMENT, DECEMBER, MockClock::now());
        for sequence in [1, 3, 5] {
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(sequence)));
            assert_ok!(complete());
        }
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Totals,
            1,
            [2; 32]
        ));
        assert_ok!(complete());
        let usage = Anchoring::period_usage(AGREEMENT, DECEMBER);
        assert_eq!((usage.gaps, usage.returned, usage.unanswered()), (0, 0, 0));
        // Nobody waits for them, and they do not count before they are answered.
        assert_eq!(usage.moves.map(|moves| moves.count), [0, 0]);
        assert_eq!((usage.deferred[0].files, december_owes()), (2, vec![]));
    });
}

#[test]
fn late_file_should_hold_open_the_month_that_bills_it_when_numbers_are_missing_before_it() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        close_november();
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(3)));
        let gaps = |period| Anchoring::period_usage(AGREEMENT, period).gaps;
        assert_eq!((gaps(NOVEMBER), gaps(DECEMBER)), (0, 1));
    });
}

/// It is 27 February: the next day is the last on which usage of November is taken, and that of October no longer is. All months
/// before February are closed.
fn at_the_end_of_the_late_days() {
    let time = NOVEMBER.end() + 89 * DAY;
    MockClock::set(time);
    for month in [OCTOBER, NOVEMBER, DECEMBER, DECEMBER.next()] {
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, month));
    }
    assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
    MockClock::advance(3 * DAY);
    let reason = FatalReason::Totals;
    assert_ok!(Anchoring::return_file(
        origin(HOME_DESK),
        key(1),
        reason,
        7,
        [2; 32]
    ));
}

#[test]
fn file_should_be_sent_again_when_it_came_in_time_and_was_returned_after_the_late_days() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        at_the_end_of_the_late_days();
        let february = DECEMBER.plus(2);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(2)),
            Error::<Test>::TooLate
        );
        // Usage of another month has not come in time.
        let october = Anchor {
            earliest_call: Some(OCTOBER.end() - DAY),
            latest_call: Some(OCTOBER.end() - 1),
            cut_off: OCTOBER.end() - 1,
            ..resent(1, 7)
        };
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), october),
            Error::<Test>::TooLate
        );
        MockClock::advance(DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 7)));
        let batch = Anchoring::batch(key(1)).expect("it was anchored");
        assert_eq!((batch.period, batch.billed_with()), (NOVEMBER, february));
        // It counts at once: it takes the place of one for which the month has waited.
        assert!(!batch.deferred);
        // It is not returned once more, nor its records: they could not come again.
        let once_more = Anchoring::return_file(origin(HOME_DESK), key(1), FatalReason::Totals, 8, [2; 32]);
        assert_noop!(once_more, Error::<Test>::ReturnedBefore);
        let records = Anchoring::return_records(origin(HOME_DESK), key(1), returned(8, vec![call()]));
        assert_noop!(records, Error::<Test>::ReturnedBefore);
        let usage = Anchoring::late_usage(AGREEMENT, february);
        assert_eq!(usage.iter().map(|(.., total)| total.records).sum::<u64>(), 4);
    });
}

#[test]
fn returned_file_should_not_be_sent_again_when_nothing_of_its_month_is_taken_any_more() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        at_the_end_of_the_late_days();
        MockClock::set(NOVEMBER.end() + 180 * DAY);
        let refused = Anchoring::anchor(origin(VISITED_DESK), resent(1, 7));
        assert_noop!(refused, Error::<Test>::TooLate);
        MockClock::set(NOVEMBER.end() + 180 * DAY - 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 7)));
    });
}

#[test]
fn file_should_be_sent_again_when_it_was_deferred_and_returned_where_no_late_usage_is_taken() {
    ExtBuilder::default().late_days(0).build_and_execute(|| {
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(2)),
            Error::<Test>::PeriodClosed
        );
        let reason = FatalReason::Totals;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            reason,
            7,
            [2; 32]
        ));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 7)));
        assert_eq!(december_owes(), [(3, 9_500_000), (1, 250_000_000)]);
    });
}

#[test]
fn late_file_should_be_returned_once_when_its_recipient_returns_it_week_after_week() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        anchor_all([1]);
        let refuse =
            |rap| Anchoring::return_file(origin(HOME_DESK), key(1), FatalReason::Totals, rap, [2; 32]);
        assert_ok!(refuse(1));
        MockClock::advance(7 * DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        MockClock::advance(DAY);
        assert_noop!(refuse(2), Error::<Test>::ReturnedBefore);
        // It has been sent in time, and its month was closed afterwards: the same.
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
        assert_eq!(december_owes(), [(6, 19_000_000), (2, 500_000_000)]);
    });
}

#[test]
fn file_should_not_be_returned_once_more_when_its_month_was_closed_after_the_first_return() {
    with_a_returned_file(|| {
        close_november();
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 12)));
        let again = Anchoring::return_file(origin(HOME_DESK), key(2), FatalReason::Totals, 13, [2; 32]);
        assert_noop!(again, Error::<Test>::ReturnedBefore);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
    });
}

#[test]
fn records_should_not_be_returned_when_it_is_too_late_to_send_them_again() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        close_november();
        MockClock::set(NOVEMBER.end() + 90 * DAY - 1);
        anchor_all([1, 2]);
        let records =
            |number| Anchoring::return_records(origin(HOME_DESK), key(number), returned(1, vec![call()]));
        assert_ok!(records(1));
        MockClock::advance(DAY);
        assert_noop!(records(2), Error::<Test>::RecordsTooLate);
        // As a whole it comes again.
        let reason = FatalReason::Totals;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            reason,
            7,
            [2; 32]
        ));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 7)));
    });
}

#[test]
fn what_takes_the_place_of_a_returned_file_should_bring_nothing_new_when_its_month_is_closed() {
    with_a_returned_file(|| {
        close_november();
        let with = |change: fn(&mut Anchor)| {
            let mut anchor = resent(2, 12);
            change(&mut anchor);
            Anchoring::anchor(origin(VISITED_DESK), anchor)
        };
        for change in [
            (|anchor| anchor.totals[0].quantity += 1) as fn(&mut Anchor),
            |anchor| anchor.totals[0].charge = interclear_primitives::money::Value::Clear(6_000_001),
            |anchor| anchor.totals[0].tax = interclear_primitives::money::Value::Clear(1_000_001),
            |anchor| (anchor.totals[0].records, anchor.records) = (4, 5),
        ] {
            assert_noop!(with(change), Error::<Test>::ExceedsReturnedFile);
        }
        assert_ok!(with(|anchor| {
            anchor.totals[0].quantity -= 1;
            anchor.totals.truncate(1);
            anchor.records = 3;
        }));
        assert_eq!(december_owes(), [(3, 9_499_999)]);
        // Nor a service that a report may have billed meanwhile.
        let calls = |mut anchor: Anchor| {
            anchor.totals.truncate(1);
            Anchor { records: 3, ..anchor }
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), calls(file(4))));
        let reason = FatalReason::Totals;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(4),
            reason,
            14,
            [2; 32]
        ));
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), resent(4, 14)),
            Error::<Test>::ExceedsReturnedFile
        );
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), calls(resent(4, 14))));
    });
}

#[test]
fn a_month_should_not_be_closed_in_the_books_when_one_before_it_is_open() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        for month in [OCTOBER, DECEMBER.next()] {
            assert_noop!(
                <Anchoring as Usage>::close(AGREEMENT, month),
                Error::<Test>::EarlierMonthOpen
            );
        }
        assert_noop!(
            <Anchoring as Usage>::close(AGREEMENT, NOVEMBER),
            Error::<Test>::PeriodClosed
        );
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, DECEMBER));
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, DECEMBER.next()));
    });
}

/// Anchoring is paused from one moment to another, at which it goes on.
fn paused(from: Moment, to: Moment) {
    MockClock::set(from);
    MockSwitches::pause(Function::Anchoring);
    MockClock::set(to);
    MockSwitches::resume(Function::Anchoring);
}

#[test]
fn late_file_should_be_taken_when_anchoring_was_paused_over_the_end_of_the_agreed_days() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        let until = NOVEMBER.end() + 90 * DAY;
        // Two hours that were left, and a minute.
        paused(until - 7_200, until + 60);
        MockClock::set(until + 60 + 7_260 - 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        // December's closing days are over, too: it counts once it is acknowledged.
        assert!(december_owes().is_empty());
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_eq!(december_owes(), [(3, 9_500_000), (1, 250_000_000)]);
        MockClock::advance(1);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(2)),
            Error::<Test>::TooLate
        );
    });
}

#[test]
fn late_file_should_be_refused_when_its_days_were_over_before_the_pause() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        let until = NOVEMBER.end() + 90 * DAY;
        paused(until, until + DAY);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(1)),
            Error::<Test>::TooLate
        );
    });
}

#[test]
fn late_file_should_be_refused_when_nothing_of_its_month_is_taken_any_more_after_the_pause() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        let (until, taken) = (NOVEMBER.end() + 90 * DAY, taken_until(NOVEMBER));
        paused(until - DAY, taken - 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        MockClock::set(taken);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(2)),
            Error::<Test>::TooLate
        );
    });
}

#[test]
fn report_should_be_refused_when_its_days_are_over_though_anchoring_was_paused_on_them() {
    use interclear_ports::UsageBook;
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        let until = NOVEMBER.end() + 90 * DAY;
        paused(until - DAY, until + DAY);
        let billed = |answers| <Anchoring as UsageBook>::billed_with(AGREEMENT, NOVEMBER, answers);
        assert_noop!(billed(false), Error::<Test>::TooLate);
        assert_ok!(billed(true), DECEMBER);
    });
}

#[test]
fn returned_records_should_come_again_when_they_were_returned_in_a_pause_over_the_last_days_for_them() {
    ExtBuilder::default().build_and_execute(|| {
        close_november();
        let until = NOVEMBER.end() + 90 * DAY;
        MockClock::set(until - 3 * DAY);
        anchor_all([1]);
        MockClock::set(until - 2 * DAY);
        MockSwitches::pause(Function::Anchoring);
        MockClock::set(until - DAY);
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(1, vec![call()])
        ));
        MockClock::set(until + 2 * DAY);
        MockSwitches::resume(Function::Anchoring);
        MockClock::set(until + 6 * DAY - 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
    });
}
