//! Gaps, late files and the wrap-around, through the call.

use crate::{mock::*, Error, Event, Sequences};
use frame_support::{assert_noop, assert_ok, pallet_prelude::DispatchError};
use interclear_ports::Usage;
use interclear_primitives::{batch::Anchor, DAY};

fn open_gaps() -> u32 {
    Anchoring::period_usage(AGREEMENT, NOVEMBER).gaps
}

fn refuse(anchor: Anchor, error: Error<Test>) {
    assert_noop!(Anchoring::anchor(origin(VISITED_DESK), anchor), error);
}

#[test]
fn gap_should_open_when_numbers_are_left_out() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        events();
        anchor_all([5]);
        assert_eq!((gaps(), open_gaps()), (vec![(2, 4)], 1));
        let opened = Event::GapOpened {
            series: SERIES,
            first: 2,
            last: 4,
            period: NOVEMBER,
        };
        assert!(events().contains(&opened));
        anchor_all([3]);
        assert_eq!((gaps(), open_gaps()), (vec![(2, 2), (4, 4)], 2));
        assert!(events().contains(&Event::LateFile { key: key(3), gaps: 2 }));
        anchor_all([2]);
        assert_eq!((gaps(), open_gaps()), (vec![(4, 4)], 1));
        anchor_all([4]);
        assert_eq!((gaps(), open_gaps()), (vec![], 0));
        assert!(events().contains(&Event::LateFile { key: key(4), gaps: 0 }));
        assert_eq!(
            (Anchoring::sequence(SERIES).highest, november()),
            (5, whole_files(5))
        );
    });
}

#[test]
fn the_first_file_should_open_a_gap_when_it_is_not_number_one() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([3]);
        assert_eq!((gaps(), open_gaps()), (vec![(1, 2)], 1));
    });
}

#[test]
fn a_month_should_stay_open_when_its_last_files_are_missing() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        MockClock::set(DECEMBER.start() + 2 * DAY);
        let december = |sequence| Anchor {
            cut_off: DECEMBER.start() + 60,
            ..file(sequence)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), december(4)));
        let gaps_of = |period| Anchoring::period_usage(AGREEMENT, period).gaps;
        assert_eq!((gaps_of(NOVEMBER), gaps_of(DECEMBER)), (1, 0));
        for sequence in [1, 2] {
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(sequence)));
        }
        let complete = || <Anchoring as Usage>::ensure_complete(AGREEMENT, NOVEMBER, MockClock::now());
        assert_noop!(complete(), Error::<Test>::GapsOpen);
        // The missing file is one of November.
        anchor_all([3]);
        assert_eq!((gaps_of(NOVEMBER), gaps_of(DECEMBER)), (0, 0));
        assert_eq!(november(), whole_files(3));
        // Once November is closed, December waits.
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(3)));
        assert_ok!(complete());
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), december(6)));
        assert_eq!((gaps_of(NOVEMBER), gaps_of(DECEMBER)), (0, 1));
    });
}

#[test]
fn next_month_should_wait_for_missing_files_when_the_one_before_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockClock::set(DECEMBER.start() + 2 * DAY);
        let december = Anchor {
            cut_off: DECEMBER.start() + 60,
            ..file(3)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), december));
        let gaps_of = |period| Anchoring::period_usage(AGREEMENT, period).gaps;
        assert_eq!((gaps_of(NOVEMBER), gaps_of(DECEMBER)), (0, 1));
    });
}

#[test]
fn numbers_should_start_again_when_the_highest_has_come() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, 99_997));
        anchor_all([99_997, 99_998, 99_999, 1, 2]);
        assert_eq!((gaps(), Anchoring::sequence(SERIES).highest), (vec![], 2));
        refuse(file(99_996), Error::SequencePassed);
    });
}

#[test]
fn gap_should_reach_across_when_numbers_wrap_around() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, 99_997));
        anchor_all([99_997, 2]);
        assert_eq!(gaps(), [(99_998, 1)]);
        anchor_all([99_999]);
        assert_eq!((gaps(), open_gaps()), (vec![(99_998, 99_998), (1, 1)], 2));
        anchor_all([1, 99_998]);
        assert_eq!((gaps(), november()), (vec![], whole_files(5)));
    });
}

#[test]
fn anchor_should_be_refused_when_the_number_is_behind_or_far_ahead() {
    ExtBuilder::default().build_and_execute(|| {
        refuse(file(1_002), Error::MaxGapLengthExceeded);
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, 500));
        anchor_all([500]);
        refuse(file(499), Error::SequencePassed);
        refuse(file(99_999), Error::SequencePassed);
        refuse(file(501 + 1_001), Error::MaxGapLengthExceeded);
        anchor_all([501 + 1_000]);
        assert_eq!(gaps(), [(501, 1_500)]);
    });
}

#[test]
fn anchor_should_be_refused_when_a_series_has_too_many_gaps() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all((2..=64).step_by(2));
        assert_eq!(open_gaps(), 32);
        refuse(file(66), Error::MaxGapsExceeded);
        anchor_all([65, 1]);
        assert_eq!((open_gaps(), Anchoring::sequence(SERIES).highest), (31, 65));
        anchor_all([69]);
        refuse(file(67), Error::MaxGapsExceeded);
    });
}

#[test]
fn number_should_be_free_again_when_its_file_is_needed_no_more() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, 2));
        anchor_all([2]);
        // As if nearly a whole round of files had passed.
        let nearly_round =
            |highest| crate::Sequences::<Test>::mutate(SERIES, |state| state.highest = highest);
        nearly_round(1);
        let again = Anchor {
            file_digest: [0xcc; 32],
            ..file(2)
        };
        refuse(again.clone(), Error::NumberInUse);
        MockClock::advance(Retention::get());
        refuse(again, Error::NumberInUse);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        // For 30 days lines of the month can be disputed.
        MockClock::advance(30 * DAY);
        let mut fresh = file(2);
        fresh.cut_off = MockClock::now();
        fresh.available = MockClock::now();
        fresh.earliest_call = Some(MockClock::now() - DAY);
        fresh.latest_call = Some(MockClock::now() - DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), fresh.clone()));
        assert_eq!(Anchoring::batch(key(2)).unwrap().anchor, fresh);
        assert_eq!(
            (november(), Anchoring::sequence(SERIES).highest),
            (whole_files(1), 2)
        );
    });
}

#[test]
fn anchor_should_be_refused_when_a_gap_is_open_from_the_round_before() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 3]);
        crate::Sequences::<Test>::mutate(SERIES, |state| state.highest = 99_999);
        // 1 is kept, 2 is still missing: nothing may pass the gap.
        refuse(file(4), Error::GapInTheWay);
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 2));
        anchor_all([5]);
        assert_eq!(gaps(), [(1, 4)]);
    });
}

#[test]
fn services_of_a_month_should_not_be_missed_when_it_stays_open_while_files_of_many_later_ones_come() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        let services = Sequences::<Test>::get(SERIES).services(NOVEMBER);
        let later = |months: core::ops::RangeInclusive<u32>| {
            Sequences::<Test>::mutate(SERIES, |state| {
                months.for_each(|month| state.note(NOVEMBER.plus(month), services));
            });
        };
        later(1..=12);
        assert_ok!(Anchoring::do_try_state());
        Sequences::<Test>::mutate(SERIES, |state| {
            state.months.retain(|month| month.period != NOVEMBER)
        });
        let missing = DispatchError::Other("a file's service is not marked as settled by TAP");
        assert_eq!(Anchoring::do_try_state(), Err(missing));
        // Nobody can report it any more either.
        later(13..=14);
        assert_eq!(Sequences::<Test>::get(SERIES).months.len(), 14);
        assert_ok!(Anchoring::do_try_state());
    });
}
