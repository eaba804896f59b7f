use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockOperators, NOT_A_DESK, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{
    batch::{BatchStatus, FatalReason},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn waive(who: AccountId, sequence: u32) -> DispatchResult {
    Anchoring::waive_file(origin(who), key(sequence))
}

#[test]
fn waive_file_should_fail_when_the_origin_is_wrong() {
    with_a_returned_file(|| {
        assert_noop!(Anchoring::waive_file(RuntimeOrigin::none(), key(2)), BadOrigin);
        for (desk, reason) in [(STRANGER, NOT_A_DESK), (VISITED_COMMERCIAL, WRONG_ROLE)] {
            assert_noop!(waive(desk, 2), reason);
        }
        assert_noop!(waive(THIRD_DESK, 2), Error::<Test>::NotAParty);
    });
}

#[test]
fn waive_file_should_be_allowed_at_once_when_the_sender_calls() {
    with_a_returned_file(|| {
        MockOperators::suspend(VISITED);
        assert_ok!(waive(VISITED_DESK, 2));
        let batch = Anchoring::batch(key(2)).unwrap();
        assert_eq!(batch.status, BatchStatus::Waived(FatalReason::Totals));
        assert_eq!(batch.fatal_return.map(|refused| refused.rap_sequence), Some(12));
        assert_eq!(
            events().last(),
            Some(&Event::FileWaived {
                key: key(2),
                by: VISITED,
                agreement: Some(AGREEMENT),
                period: NOVEMBER,
            })
        );
        assert_eq!(november(), whole_files(2));
    });
}

#[test]
fn waive_file_should_be_allowed_to_the_recipient_when_the_senders_days_are_over() {
    with_a_returned_file(|| {
        MockClock::advance(10 * DAY - 1);
        assert_noop!(waive(HOME_DESK, 2), Error::<Test>::StillExpected);
        MockClock::advance(1);
        assert_ok!(waive(HOME_DESK, 2));
        assert_eq!(
            events().last(),
            Some(&Event::FileWaived {
                key: key(2),
                by: HOME,
                agreement: Some(AGREEMENT),
                period: NOVEMBER,
            })
        );
    });
}

#[test]
fn month_should_not_wait_when_a_returned_file_was_given_up() {
    with_a_returned_file(|| {
        let complete = || <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now());
        for sequence in [1, 3] {
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(sequence)));
        }
        assert_noop!(complete(), Error::<Test>::ReturnedFileMissing);
        assert_ok!(waive(VISITED_DESK, 2));
        assert_ok!(complete());
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER).returned, 0);
    });
}

#[test]
fn resending_should_be_refused_when_the_file_was_given_up() {
    with_a_returned_file(|| {
        assert_ok!(waive(VISITED_DESK, 2));
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), resent(2, 12)),
            Error::<Test>::FileWaived
        );
        assert_noop!(waive(VISITED_DESK, 2), Error::<Test>::FileWaived);
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), key(2)),
            Error::<Test>::FileReturned
        );
        let records = returned(
            13,
            vec![part(interclear_primitives::service::Service::Gprs, 1, 1, 0, 0)],
        );
        assert_noop!(
            Anchoring::return_records(origin(HOME_DESK), key(2), records),
            Error::<Test>::FileReturned
        );
        // Its duplicate is known, as before.
        anchor_all([2]);
        assert_eq!(november(), whole_files(2));
    });
}

#[test]
fn waive_file_should_be_refused_when_the_file_was_not_returned() {
    with_a_returned_file(|| {
        assert_noop!(waive(VISITED_DESK, 4), Error::<Test>::FileNotFound);
        assert_noop!(waive(VISITED_DESK, 1), Error::<Test>::NotReturned);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_noop!(waive(VISITED_DESK, 1), Error::<Test>::NotReturned);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 12)));
        assert_noop!(waive(VISITED_DESK, 2), Error::<Test>::NotReturned);
    });
}

#[test]
fn waive_file_should_be_refused_to_the_recipient_when_it_is_a_test_file() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(1)));
        let key = test_key(1);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key,
            FatalReason::Syntax,
            4,
            [5; 32]
        ));
        MockClock::advance(90 * DAY);
        assert_noop!(
            Anchoring::waive_file(origin(HOME_DESK), key),
            Error::<Test>::NotSender
        );
        assert_ok!(Anchoring::waive_file(origin(VISITED_DESK), key));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER), Default::default());
    });
}

#[test]
fn nobody_should_wait_to_close_when_it_gives_up_a_file() {
    with_a_returned_file(|| {
        let returned = [(1, MockClock::now()), (0, 0)];
        MockClock::advance(10 * DAY);
        assert_ok!(waive(HOME_DESK, 2));
        assert_eq!(moves(), returned);
    });
    with_a_returned_file(|| {
        let returned = moves();
        assert_ok!(waive(VISITED_DESK, 2));
        assert_eq!(moves(), returned);
    });
}
