//! Files that come unasked after the closing days: they count once they are answered, or the next month bills them.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Usage;
use interclear_primitives::{
    agreement::Direction,
    batch::FatalReason,
    period::Period,
    service::Service,
    usage::{taken_until, Deferred},
    DAY,
};
use sp_runtime::DispatchResult;

/// November's closing days are over since a day; a recipient has ten days to answer, and silence accepts.
fn on_day_six(test: impl FnOnce()) {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        test();
    });
}

fn complete() -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now())
}

fn close() -> DispatchResult {
    complete()?;
    <Anchoring as Usage>::close(AGREEMENT, NOVEMBER).map(|_| ())
}

fn return_file(sequence: u32) -> DispatchResult {
    Anchoring::return_file(origin(HOME_DESK), key(sequence), FatalReason::Totals, 1, [0; 32])
}

/// Files of November that another month bills: records, all services.
fn late_with(period: Period) -> u64 {
    let late = Anchoring::late_usage(AGREEMENT, period);
    assert!(late.iter().all(|(of, ..)| *of == NOVEMBER));
    late.iter().map(|(.., total)| total.records).sum()
}

fn changes() -> u32 {
    Anchoring::period_usage(AGREEMENT, NOVEMBER).changes
}

#[test]
fn file_should_not_count_before_its_answer_when_it_comes_after_the_closing_days() {
    on_day_six(|| {
        anchor_all([1, 2, 3]);
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        let waiting = Deferred {
            files: 3,
            latest: MockClock::now(),
            carried: false,
        };
        assert_eq!(
            (usage.batches, usage.unanswered(), usage.deferred[0]),
            (0, 0, waiting)
        );
        assert!(usage.in_use());
        // Nobody waits for it, nor has what the month comes to changed.
        assert_ok!(complete());
        assert_eq!((november(), moves(), changes()), (vec![], [(0, 0); 2], 0));
        // Its recipient sees it, and accepts.
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_eq!((november(), changes()), (whole_files(1), 1));
        assert_eq!(moves(), [(0, 0); 2], "it has accepted what the other side sent");
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!((usage.batches, usage.deferred[0].files), (1, 2));
        assert!(Anchoring::batch(key(2)).is_some_and(|batch| batch.deferred));
        // Or it refuses, which costs it no days.
        assert_ok!(return_file(2));
        let one = returned(4, vec![part(Service::Gprs, 1, 250_000_000, 2_000_000, 0)]);
        assert_ok!(Anchoring::return_records(origin(HOME_DESK), key(3), one));
        assert_eq!((november(), moves(), changes()), (whole_files(1), [(0, 0); 2], 1));
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(3)));
        let mut both = whole_files(2);
        both[1] = whole_files(1)[1];
        assert_eq!(november(), both);
    });
}

#[test]
fn file_should_bill_with_the_next_month_when_its_own_is_closed_before_the_answer() {
    on_day_six(|| {
        anchor_all([1, 2]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        let newest = MockClock::now();
        MockClock::advance(3 * DAY);
        assert_ok!(close());
        let [.., deferred, _] = &events()[..] else {
            panic!("two events at least")
        };
        let expected = Event::FilesDeferred {
            agreement: AGREEMENT,
            period: NOVEMBER,
            direction: Direction::FirstHome,
            files: 1,
        };
        assert_eq!(deferred, &expected);
        assert_eq!((november(), late_with(DECEMBER)), (whole_files(1), 4));
        let batch = Anchoring::batch(key(1)).expect("it is kept");
        assert_eq!(
            (batch.deferred, batch.period, batch.billed_with()),
            (false, NOVEMBER, DECEMBER)
        );
        // December waits for its answer, for as long as its recipient has.
        let december = Anchoring::period_usage(AGREEMENT, DECEMBER);
        assert_eq!((december.batches, december.awaiting[0].latest), (1, newest));
        let waits = |now| <Anchoring as Usage>::ensure_complete(AGREEMENT, DECEMBER, now);
        assert_noop!(
            waits(newest + 10 * DAY - 1),
            Error::<Test>::AwaitingAcknowledgement
        );
        assert_ok!(waits(newest + 10 * DAY));
        assert_ok!(return_file(1));
        assert_eq!(late_with(DECEMBER), 0);
        assert_eq!(Anchoring::period_usage(AGREEMENT, DECEMBER).batches, 0);
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn month_should_come_to_the_same_when_only_time_has_passed() {
    on_day_six(|| {
        anchor_all([1]);
        let signed = (november(), changes());
        // Whatever the time to answer: who signs for a month gets what it has seen.
        for _ in 0..30 {
            MockClock::advance(DAY);
            assert_eq!((november(), changes()), signed);
        }
        // It can no longer be returned; accepted, it counts, and that is seen.
        assert_noop!(return_file(1), Error::<Test>::AnswerOverdue);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_eq!((november(), changes()), (whole_files(1), signed.1 + 1));
    });
}

#[test]
fn file_should_bill_with_the_next_month_when_its_recipient_is_silent() {
    on_day_six(|| {
        anchor_all([1]);
        let newest = MockClock::now();
        MockClock::advance(20 * DAY);
        assert_ok!(close());
        assert_eq!((november(), late_with(DECEMBER)), (vec![], 4));
        // Its time to answer is over there, too: it does not wait twice.
        assert_noop!(return_file(1), Error::<Test>::AnswerOverdue);
        assert_eq!(
            Anchoring::period_usage(AGREEMENT, DECEMBER).awaiting[0].latest,
            newest
        );
        assert_ok!(<Anchoring as Usage>::ensure_complete(
            AGREEMENT,
            DECEMBER,
            MockClock::now()
        ));
    });
}

#[test]
fn sender_should_not_put_off_its_own_files_when_it_sends_more() {
    on_day_six(|| {
        anchor_all([1]);
        MockClock::advance(5 * DAY);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        // Another one changes nothing for the first.
        anchor_all([2]);
        assert_eq!(november(), whole_files(1));
        assert_ok!(close());
        assert_eq!((november(), late_with(DECEMBER)), (whole_files(1), 4));
    });
}

#[test]
fn late_usage_should_wait_for_its_answer_when_the_closing_days_of_its_biller_are_over() {
    on_day_six(|| {
        assert_ok!(close());
        MockClock::set(DECEMBER.end() + 6 * DAY);
        // Of November, with December, whose closing days are over as well.
        anchor_all([1, 2]);
        assert_eq!(late_with(DECEMBER), 0);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        assert_eq!(late_with(DECEMBER), 4);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, DECEMBER));
        assert_eq!((late_with(DECEMBER), late_with(DECEMBER.next())), (4, 4));
    });
}

#[test]
fn file_should_be_in_time_when_the_month_has_waited_for_its_number() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        anchor_all([1, 4]);
        for sequence in [1, 4] {
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(sequence)));
        }
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        anchor_all([2]);
        assert_eq!(november(), whole_files(3));
        assert_noop!(complete(), Error::<Test>::GapsOpen);
        anchor_all([3]);
        assert_noop!(complete(), Error::<Test>::AwaitingAcknowledgement);
        // It came after the closing days all the same: its return costs its recipient no days.
        assert_ok!(return_file(3));
        assert_eq!(moves(), [(0, 0); 2]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        assert_ok!(complete());
    });
}

#[test]
fn a_returned_file_should_be_told_of_until_it_can_come_no_more_when_no_month_waits_for_it() {
    let until = |direction| <Anchoring as Usage>::sent_again_until(AGREEMENT, direction);
    ExtBuilder::default().build_and_execute(|| {
        // A month waits for what is returned within its closing days.
        anchor_all([1]);
        assert_ok!(return_file(1));
        assert_eq!(Direction::BOTH.map(until), [0, 0]);
    });
    on_day_six(|| {
        anchor_all([1]);
        assert_ok!(return_file(1));
        assert_eq!(Direction::BOTH.map(until), [taken_until(NOVEMBER), 0]);
        // Of a closed month it is taken as long as that, and no longer.
        assert_ok!(close());
        MockClock::set(taken_until(NOVEMBER));
        let again = || Anchoring::anchor(origin(VISITED_DESK), resent(1, 1));
        assert_noop!(again(), Error::<Test>::TooLate);
        MockClock::set(taken_until(NOVEMBER) - 1);
        assert_ok!(again());
    });
}
