use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE};
use interclear_primitives::series::{SeriesKey, Stream};
use sp_runtime::traits::BadOrigin;

#[test]
fn begin_series_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            Anchoring::begin_series(RuntimeOrigin::none(), SERIES, 500),
            BadOrigin
        );
        for (desk, reason) in [(STRANGER, NOT_A_DESK), (VISITED_COMMERCIAL, WRONG_ROLE)] {
            assert_noop!(Anchoring::begin_series(origin(desk), SERIES, 500), reason);
        }
        assert_noop!(
            Anchoring::begin_series(origin(HOME_DESK), SERIES, 500),
            Error::<Test>::NotSender
        );
        MockOperators::suspend(VISITED);
        let suspended = SUSPENDED;
        assert_noop!(
            Anchoring::begin_series(origin(VISITED_DESK), SERIES, 500),
            suspended
        );
    });
}

#[test]
fn first_number_should_be_set_when_the_series_is_new() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, 45_678));
        assert_eq!(
            events(),
            [Event::SeriesBegun {
                series: SERIES,
                first: 45_678
            }]
        );
        anchor_all([45_678, 45_680]);
        assert_eq!(gaps(), [(45_679, 45_679)]);
    });
}

#[test]
fn begin_series_should_be_refused_when_the_series_has_begun() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), TEST_SERIES, 5));
        let again = |series| Anchoring::begin_series(origin(VISITED_DESK), series, 6);
        assert_noop!(again(TEST_SERIES), Error::<Test>::SeriesAlreadyBegun);
        anchor_all([1]);
        assert_noop!(again(SERIES), Error::<Test>::SeriesAlreadyBegun);
    });
}

#[test]
fn begin_series_should_be_refused_when_the_series_makes_no_sense() {
    ExtBuilder::default().build_and_execute(|| {
        for first in [0, 100_000] {
            let call = Anchoring::begin_series(origin(VISITED_DESK), SERIES, first);
            assert_noop!(call, Error::<Test>::SequenceOutOfRange);
        }
        let nrtrde = SeriesKey {
            stream: Stream::Nrtrde,
            ..SERIES
        };
        let begin = |first| Anchoring::begin_series(origin(VISITED_DESK), nrtrde, first);
        assert_noop!(begin(10_000_000), Error::<Test>::SequenceOutOfRange);
        assert_ok!(begin(9_999_999));
    });
}
