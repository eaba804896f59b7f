use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockOperators, NOT_A_DESK, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{
    batch::{BatchStatus, FatalReason, FatalReturn},
    service::Service,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn return_file(who: AccountId, sequence: u32) -> DispatchResult {
    Anchoring::return_file(origin(who), key(sequence), FatalReason::Totals, 12, [5; 32])
}

#[test]
fn return_file_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        let none = RuntimeOrigin::none();
        assert_noop!(
            Anchoring::return_file(none, key(1), FatalReason::Totals, 12, [5; 32]),
            BadOrigin
        );
        assert_noop!(return_file(STRANGER, 1), NOT_A_DESK);
        assert_noop!(return_file(HOME_COMMERCIAL, 1), WRONG_ROLE);
        assert_noop!(return_file(VISITED_DESK, 1), Error::<Test>::NotRecipient);
    });
}

#[test]
fn totals_should_lose_the_file_when_it_is_returned() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        MockOperators::suspend(HOME);
        assert_ok!(return_file(HOME_DESK, 1));
        assert_eq!(november(), whole_files(1));
        let batch = Anchoring::batch(key(1)).unwrap();
        assert_eq!(batch.status, BatchStatus::Returned(FatalReason::Totals));
        assert_eq!(
            batch.fatal_return,
            Some(FatalReturn {
                holds: true,
                rap_sequence: 12,
                rap_digest: [5; 32]
            })
        );
        assert_eq!(batch.answered_at, Some(MockClock::now()));
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!((usage.batches, usage.unanswered(), usage.returned), (1, 1, 1));
        let event = Event::FileReturned {
            key: key(1),
            reason: FatalReason::Totals,
            rap_sequence: 12,
        };
        assert_eq!(events().last(), Some(&event));
    });
}

#[test]
fn empty_totals_should_be_removed_when_the_only_file_is_returned() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(return_file(HOME_DESK, 1));
        assert_eq!(crate::Totals::<Test>::iter().count(), 0);
    });
}

#[test]
fn totals_should_lose_what_is_left_when_records_were_returned_before() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        let records = returned(3, vec![part(Service::MocLocal, 1, 500_000, 1_000_000, 0)]);
        assert_ok!(Anchoring::return_records(origin(HOME_DESK), key(1), records));
        assert_ok!(return_file(HOME_DESK, 1));
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn return_file_should_be_refused_when_there_is_nothing_to_return() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2, 3]);
        assert_noop!(return_file(HOME_DESK, 4), Error::<Test>::FileNotFound);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_noop!(return_file(HOME_DESK, 1), Error::<Test>::AlreadyAcknowledged);
        assert_ok!(return_file(HOME_DESK, 2));
        assert_noop!(return_file(HOME_DESK, 2), Error::<Test>::FileReturned);
        for number in [0, 100_000] {
            let call =
                Anchoring::return_file(origin(HOME_DESK), key(3), FatalReason::Syntax, number, [5; 32]);
            assert_noop!(call, Error::<Test>::ReturnSequenceOutOfRange);
        }
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_noop!(return_file(HOME_DESK, 3), Error::<Test>::PeriodClosed);
    });
}

#[test]
fn return_file_should_be_refused_when_silence_has_accepted_the_file() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        anchor_all([1, 2]);
        MockClock::advance(10 * DAY - 1);
        assert_ok!(return_file(HOME_DESK, 1));
        MockClock::advance(1);
        assert_noop!(return_file(HOME_DESK, 2), Error::<Test>::AnswerOverdue);
    });
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        anchor_all([2]);
        // Where it does not, until its silence no longer stops the month: the 5 closing days twice.
        MockClock::set(NOVEMBER.end() + 10 * DAY - 1);
        assert_ok!(return_file(HOME_DESK, 1));
        MockClock::advance(1);
        assert_noop!(return_file(HOME_DESK, 2), Error::<Test>::AnswerOverdue);
    });
}

#[test]
fn counters_should_stay_when_a_test_file_is_returned_and_sent_again() {
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
        let mut again = resent(1, 4);
        again.key = key;
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER), Default::default());
    });
}

#[test]
fn recipient_should_have_moved_when_it_returns_a_file_but_not_when_it_acknowledges_one() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_eq!(moves(), [(0, 0); 2]);
        MockClock::advance(DAY);
        assert_ok!(return_file(HOME_DESK, 2));
        assert_eq!(moves(), [(1, MockClock::now()), (0, 0)]);
    });
}
