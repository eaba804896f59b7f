use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{MockOperators, NOT_A_DESK, WRONG_ROLE};
use interclear_primitives::DAY;
use sp_runtime::traits::BadOrigin;

#[test]
fn waive_gap_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 4]);
        assert_noop!(Anchoring::waive_gap(RuntimeOrigin::none(), SERIES, 2), BadOrigin);
        for (desk, reason) in [(STRANGER, NOT_A_DESK), (VISITED_COMMERCIAL, WRONG_ROLE)] {
            assert_noop!(Anchoring::waive_gap(origin(desk), SERIES, 2), reason);
        }
        assert_noop!(
            Anchoring::waive_gap(origin(THIRD_DESK), SERIES, 2),
            Error::<Test>::NotAParty
        );
    });
}

#[test]
fn missing_files_should_be_given_up_when_the_gap_is_waived() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 4, 6]);
        MockOperators::suspend(VISITED);
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 2));
        assert_eq!(
            (gaps(), Anchoring::period_usage(AGREEMENT, NOVEMBER).gaps),
            (vec![(5, 5)], 1)
        );
        assert_eq!(
            events().last(),
            Some(&Event::GapWaived {
                series: SERIES,
                first: 2,
                last: 3,
                by: VISITED,
                agreement: Some(AGREEMENT),
                period: NOVEMBER,
            })
        );
    });
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 4]);
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 2));
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), file(2)),
            Error::<Test>::SequencePassed
        );
    });
}

#[test]
fn waive_gap_should_be_allowed_to_the_recipient_when_the_senders_days_are_over() {
    ExtBuilder::default().build_and_execute(|| {
        let waive = || Anchoring::waive_gap(origin(HOME_DESK), SERIES, 2);
        anchor_all([1, 4]);
        MockOperators::suspend(HOME);
        MockClock::advance(10 * DAY - 1);
        assert_noop!(waive(), Error::<Test>::StillExpected);
        // The rest of a gap is as old as the gap.
        anchor_all([3]);
        MockClock::advance(1);
        assert_ok!(waive());
        assert!(gaps().is_empty());
        assert_eq!(
            events().last(),
            Some(&Event::GapWaived {
                series: SERIES,
                first: 2,
                last: 2,
                by: HOME,
                agreement: Some(AGREEMENT),
                period: NOVEMBER,
            })
        );
    });
}

#[test]
fn waive_gap_should_be_refused_when_no_gap_begins_there() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 4]);
        for first in [0, 1, 3, 4, 5] {
            assert_noop!(
                Anchoring::waive_gap(origin(VISITED_DESK), SERIES, first),
                Error::<Test>::GapNotFound
            );
        }
        assert_noop!(
            Anchoring::waive_gap(origin(VISITED_DESK), TEST_SERIES, 2),
            Error::<Test>::GapNotFound
        );
    });
}

#[test]
fn counters_should_stay_when_the_gap_of_a_test_series_is_waived() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(3)));
        MockClock::advance(90 * DAY);
        assert_noop!(
            Anchoring::waive_gap(origin(HOME_DESK), TEST_SERIES, 1),
            Error::<Test>::NotSender
        );
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), TEST_SERIES, 1));
        assert!(Anchoring::sequence(TEST_SERIES).gaps.is_empty());
    });
}

#[test]
fn nobody_should_wait_to_close_when_it_gives_up_missing_files() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 4, 6]);
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 2));
        MockClock::advance(10 * DAY);
        assert_ok!(Anchoring::waive_gap(origin(HOME_DESK), SERIES, 5));
        assert_eq!(moves(), [(0, 0); 2]);
    });
}
