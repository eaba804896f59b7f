use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_ports::{
    mocks::{MockOperators, NOT_A_DESK, WRONG_ROLE},
    Usage,
};
use interclear_primitives::batch::{BatchStatus, FatalReason};
use sp_runtime::traits::BadOrigin;

#[test]
fn acknowledge_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_noop!(Anchoring::acknowledge(RuntimeOrigin::none(), key(1)), BadOrigin);
        let (stranger, role) = (NOT_A_DESK, WRONG_ROLE);
        assert_noop!(Anchoring::acknowledge(origin(STRANGER), key(1)), stranger);
        assert_noop!(Anchoring::acknowledge(origin(HOME_COMMERCIAL), key(1)), role);
        for desk in [VISITED_DESK, THIRD_DESK] {
            assert_noop!(
                Anchoring::acknowledge(origin(desk), key(1)),
                Error::<Test>::NotRecipient
            );
        }
    });
}

#[test]
fn file_should_be_answered_when_the_recipient_acknowledges_it() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        // A suspended operator still answers.
        MockOperators::suspend(HOME);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        let batch = Anchoring::batch(key(1)).unwrap();
        assert_eq!(
            (batch.status, batch.answered_at),
            (BatchStatus::Acknowledged, Some(MockClock::now()))
        );
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!((usage.batches, usage.unanswered()), (2, 1));
        assert_eq!(events().last(), Some(&Event::Acknowledged { key: key(1) }));
    });
}

#[test]
fn acknowledge_should_be_refused_when_there_is_nothing_to_answer() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2, 3]);
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), key(4)),
            Error::<Test>::FileNotFound
        );
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), key(1)),
            Error::<Test>::AlreadyAcknowledged
        );
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), key(2)),
            Error::<Test>::FileReturned
        );
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), key(3)),
            Error::<Test>::PeriodClosed
        );
    });
}

#[test]
fn counters_should_stay_when_a_test_file_is_answered() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(1)));
        let key = test_key(1);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key));
        assert_eq!(Anchoring::batch(key).unwrap().status, BatchStatus::Acknowledged);
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER), Default::default());
    });
}

#[test]
fn acknowledge_many_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let keys = BoundedVec::truncate_from(vec![key(1)]);
        assert_noop!(
            Anchoring::acknowledge_many(RuntimeOrigin::none(), keys.clone()),
            BadOrigin
        );
        let (stranger, role) = (NOT_A_DESK, WRONG_ROLE);
        assert_noop!(
            Anchoring::acknowledge_many(origin(STRANGER), keys.clone()),
            stranger
        );
        assert_noop!(Anchoring::acknowledge_many(origin(HOME_COMMERCIAL), keys), role);
    });
}

#[test]
fn acknowledge_many_should_answer_the_others_when_one_is_refused() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2, 3]);
        let mut foreign = key(1);
        foreign.series.recipient = THIRD_NET;
        let keys = BoundedVec::truncate_from(vec![key(1), key(9), foreign, key(1), key(3)]);
        events();
        assert_ok!(Anchoring::acknowledge_many(origin(HOME_DESK), keys));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER).unanswered(), 1);
        let refused = |place, key, error: Error<Test>| Event::AcknowledgeRefused {
            place,
            key,
            error: error.into(),
        };
        let expected = [
            Event::Acknowledged { key: key(1) },
            refused(1, key(9), Error::FileNotFound),
            refused(2, foreign, Error::NotRecipient),
            refused(3, key(1), Error::AlreadyAcknowledged),
            Event::Acknowledged { key: key(3) },
            Event::ManyAcknowledged {
                acknowledged: 2,
                refused: 3,
            },
        ];
        assert_eq!(events(), expected);
    });
}
