//! Files sent again after a return.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Usage;
use interclear_primitives::{
    batch::{Anchor, BatchStatus, FatalReason},
    DAY,
};

fn refuse(anchor: Anchor, error: Error<Test>) {
    assert_noop!(Anchoring::anchor(origin(VISITED_DESK), anchor), error);
}

#[test]
fn returned_file_should_be_replaced_when_it_is_sent_again() {
    with_a_returned_file(|| {
        let mut again = resent(2, 12);
        again.totals[0].charge = interclear_primitives::money::Value::Clear(5_000_000);
        MockClock::advance(DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again.clone()));
        let batch = Anchoring::batch(key(2)).unwrap();
        assert_eq!((batch.status, batch.anchor), (BatchStatus::Anchored, again));
        assert_eq!(
            (batch.fatal_return, batch.answered_at, batch.anchored_at),
            (None, None, MockClock::now())
        );
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!(
            (
                usage.batches,
                usage.unanswered(),
                usage.returned,
                usage.awaiting[0].latest
            ),
            (3, 3, 0, MockClock::now())
        );
        let mut expected = whole_files(3);
        expected[0].3 -= 1_000_000;
        assert_eq!((november(), gaps()), (expected, vec![]));
        assert_eq!(Anchoring::sequence(SERIES).highest, 3);
    });
}

#[test]
fn resending_should_be_refused_when_it_names_another_return() {
    with_a_returned_file(|| {
        refuse(
            Anchor {
                resent_for: None,
                ..resent(2, 12)
            },
            Error::ReturnNotNamed,
        );
        refuse(resent(2, 13), Error::OtherReturnNamed);
        refuse(
            Anchor {
                resent_for: Some(12),
                ..file(2)
            },
            Error::ReturnedContent,
        );
    });
}

#[test]
fn file_should_stay_returned_when_its_duplicate_comes() {
    with_a_returned_file(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
        assert_eq!(
            Anchoring::batch(key(2)).unwrap().status,
            BatchStatus::Returned(FatalReason::Totals)
        );
        assert_eq!(november(), whole_files(2));
    });
}

#[test]
fn resending_should_be_refused_when_the_number_is_new() {
    with_a_returned_file(|| {
        refuse(resent(4, 12), Error::NotReturned);
        refuse(resent(9, 12), Error::NotReturned);
        refuse(resent(3, 12), Error::AlreadyAnchored);
    });
}

#[test]
fn resending_should_be_possible_when_it_was_returned_again() {
    with_a_returned_file(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 12)));
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            FatalReason::Header,
            13,
            [6; 32]
        ));
        refuse(
            Anchor {
                file_digest: [7; 32],
                ..resent(2, 12)
            },
            Error::OtherReturnNamed,
        );
        assert_ok!(Anchoring::anchor(
            origin(VISITED_DESK),
            Anchor {
                file_digest: [7; 32],
                ..resent(2, 13)
            }
        ));
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        assert_eq!(november(), whole_files(3));
    });
}

#[test]
fn first_month_should_be_released_when_the_file_is_sent_again_in_another() {
    with_a_returned_file(|| {
        let complete = || <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now());
        for sequence in [1, 3] {
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(sequence)));
        }
        assert_noop!(complete(), Error::<Test>::ReturnedFileMissing);
        MockClock::set(DECEMBER.start() + DAY);
        assert_ok!(Anchoring::anchor(
            origin(VISITED_DESK),
            Anchor {
                cut_off: DECEMBER.start(),
                ..resent(2, 12)
            }
        ));
        assert_ok!(complete());
        assert_eq!(november(), whole_files(2));
        assert_eq!(Anchoring::period_usage(AGREEMENT, DECEMBER).unanswered(), 1);
    });
}

#[test]
fn age_should_be_counted_when_the_first_file_came_if_it_is_sent_again() {
    ExtBuilder::default().build_and_execute(|| {
        let first = Anchor {
            earliest_call: Some(file(1).available - 40 * DAY),
            latest_call: Some(file(1).available - 29 * DAY),
            ..file(1)
        };
        let again = |rap, latest| Anchor {
            file_digest: [rap as u8; 32],
            resent_for: Some(rap),
            latest_call: Some(latest),
            available: first.available + 5 * DAY,
            ..first.clone()
        };
        let limit = first.available - 30 * DAY;
        MockClock::set(first.available + 5 * DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), first.clone()));
        for (rap, latest) in [(7, limit), (8, limit + DAY), (9, limit + DAY)] {
            let reason = FatalReason::Totals;
            assert_ok!(Anchoring::return_file(
                origin(HOME_DESK),
                key(1),
                reason,
                rap,
                [5; 32]
            ));
            // It holds nothing that is older than the limit was then.
            refuse(again(rap, limit - 1), Error::TooOld);
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again(rap, latest)));
        }
    });
}
