//! Where a file's number stands in its series. Pure: reads and writes no storage.

use interclear_primitives::series::{Gap, SequenceState, Stream};

/// Where a number stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// The next number in order.
    Next,
    /// Ahead of the next one: the numbers between are missing.
    Ahead,
    /// Missing so far, in the gap with this index.
    Late(usize),
    /// Behind the newest number and in no gap.
    Passed,
    /// Further ahead than a gap may be long.
    TooFar,
    /// Ahead of, or in, a gap that has stayed open since the numbers wrapped around.
    Blocked,
}

/// What a number did to the gaps of its series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Change {
    /// Nothing.
    None,
    /// This gap was opened.
    Opened(Gap),
    /// This gap was closed.
    Closed(Gap),
    /// This gap lost its first or last number.
    Narrowed(Gap),
    /// This gap fell into two.
    Split(Gap),
}

/// The series has as many gaps as it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NoRoom;

/// Where a number (1 to the stream's highest) stands; a jump leaves at most `longest` numbers out.
pub(crate) fn place(state: &SequenceState, stream: Stream, number: u32, longest: u32) -> Place {
    let expected = stream.next(state.highest);
    let ahead = stream.steps(expected, number);
    if ahead > 0 {
        if let Some(index) = state.gaps.iter().position(|gap| gap.contains(stream, number)) {
            return Place::Late(index);
        }
    }
    if ahead > longest {
        // Half of the numbers count as ahead, the other half as behind; before the first file nothing is behind.
        let far = state.highest == 0 || ahead <= stream.max_sequence() / 2;
        return if far { Place::TooFar } else { Place::Passed };
    }
    let blocked = |gap: &Gap| gap.contains(stream, expected) || stream.steps(expected, gap.first) <= ahead;
    if state.gaps.iter().any(blocked) {
        Place::Blocked
    } else if ahead == 0 {
        Place::Next
    } else {
        Place::Ahead
    }
}

/// The state after a number has come at its place. `revealed` carries the month, agreement and time of a gap that it
/// may open; its numbers are overwritten. Places other than next, ahead and late change nothing.
///
/// # Errors
/// No room for one more gap.
pub(crate) fn arrive(
    state: &SequenceState,
    stream: Stream,
    number: u32,
    place: Place,
    revealed: Gap,
) -> Result<(SequenceState, Change), NoRoom> {
    let mut after = state.clone();
    let change = match place {
        Place::Next => {
            after.highest = number;
            Change::None
        }
        Place::Ahead => {
            let gap = Gap {
                first: stream.next(state.highest),
                last: stream.previous(number),
                ..revealed
            };
            after.gaps.try_push(gap).map_err(|_| NoRoom)?;
            after.highest = number;
            Change::Opened(gap)
        }
        Place::Late(index) => fill(&mut after, stream, number, index)?,
        Place::Passed | Place::TooFar | Place::Blocked => Change::None,
    };
    Ok((after, change))
}

/// Takes a number out of the gap with an index.
fn fill(state: &mut SequenceState, stream: Stream, number: u32, index: usize) -> Result<Change, NoRoom> {
    let Some(entry) = state.gaps.get_mut(index) else {
        return Ok(Change::None);
    };
    let gap = *entry;
    match (gap.first == number, gap.last == number) {
        (true, true) => {
            state.gaps.retain(|entry| *entry != gap);
            Ok(Change::Closed(gap))
        }
        (true, false) => {
            entry.first = stream.next(number);
            Ok(Change::Narrowed(gap))
        }
        (false, true) => {
            entry.last = stream.previous(number);
            Ok(Change::Narrowed(gap))
        }
        (false, false) => {
            entry.last = stream.previous(number);
            let rest = Gap {
                first: stream.next(number),
                ..gap
            };
            state
                .gaps
                .try_insert(index.saturating_add(1), rest)
                .map_err(|_| NoRoom)?;
            Ok(Change::Split(gap))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::period::Period;

    const LONGEST: u32 = 1_000;

    fn revealed() -> Gap {
        Gap {
            first: 0,
            last: 0,
            period: Period(202_611),
            agreement: None,
            since: 7,
        }
    }

    fn at(highest: u32) -> SequenceState {
        SequenceState {
            highest,
            ..Default::default()
        }
    }

    fn come(state: &SequenceState, number: u32) -> (SequenceState, Change) {
        let place = place(state, Stream::Tap, number, LONGEST);
        arrive(state, Stream::Tap, number, place, revealed()).expect("there is room")
    }

    fn runs(state: &SequenceState) -> Vec<(u32, u32)> {
        state.gaps.iter().map(|gap| (gap.first, gap.last)).collect()
    }

    #[test]
    fn place_should_follow_the_newest_number_when_a_series_runs() {
        let state = at(5);
        for (number, expected) in [
            (6, Place::Next),
            (7, Place::Ahead),
            (1_006, Place::Ahead),
            (1_007, Place::TooFar),
            (6 + 49_999, Place::TooFar),
            (6 + 50_000, Place::Passed),
            (5, Place::Passed),
            (1, Place::Passed),
            (99_999, Place::Passed),
        ] {
            assert_eq!(place(&state, Stream::Tap, number, LONGEST), expected, "{number}");
        }
    }

    #[test]
    fn place_should_be_ahead_when_no_file_has_come_yet() {
        for number in [1_002, 60_000, 99_999] {
            assert_eq!(
                place(&at(0), Stream::Tap, number, LONGEST),
                Place::TooFar,
                "{number}"
            );
        }
        assert_eq!(place(&at(0), Stream::Tap, 1, LONGEST), Place::Next);
        assert_eq!(runs(&come(&at(0), 4).0), [(1, 3)]);
    }

    #[test]
    fn gap_should_open_split_narrow_and_close_when_numbers_come_late() {
        let (state, change) = come(&at(2), 8);
        assert_eq!((runs(&state), state.highest), (vec![(3, 7)], 8));
        assert!(matches!(
            change,
            Change::Opened(Gap {
                first: 3,
                last: 7,
                since: 7,
                ..
            })
        ));
        let (state, change) = come(&state, 5);
        assert_eq!(runs(&state), [(3, 4), (6, 7)]);
        assert!(matches!(change, Change::Split(_)));
        let (state, change) = come(&state, 3);
        assert_eq!(runs(&state), [(4, 4), (6, 7)]);
        assert!(matches!(change, Change::Narrowed(_)));
        let (state, _) = come(&state, 7);
        assert_eq!(runs(&state), [(4, 4), (6, 6)]);
        let (state, change) = come(&state, 4);
        assert_eq!((runs(&state), state.highest), (vec![(6, 6)], 8));
        assert!(matches!(change, Change::Closed(_)));
    }

    #[test]
    fn gap_should_stay_one_when_it_reaches_across_the_wrap_around() {
        let (state, _) = come(&at(99_997), 3);
        assert_eq!((runs(&state), state.highest), (vec![(99_998, 2)], 3));
        let (state, _) = come(&state, 99_999);
        assert_eq!(runs(&state), [(99_998, 99_998), (1, 2)]);
        let (state, _) = come(&state, 1);
        assert_eq!(runs(&state), [(99_998, 99_998), (2, 2)]);
    }

    #[test]
    fn place_should_be_blocked_when_a_gap_has_stayed_open_for_a_round() {
        let (state, _) = come(&at(2), 6);
        let round_later = SequenceState {
            highest: 2,
            ..state.clone()
        };
        assert_eq!(place(&round_later, Stream::Tap, 3, LONGEST), Place::Blocked);
        let before = SequenceState {
            highest: 99_990,
            ..state
        };
        assert_eq!(place(&before, Stream::Tap, 1, LONGEST), Place::Ahead);
        assert_eq!(place(&before, Stream::Tap, 9, LONGEST), Place::Blocked);
        assert_eq!(place(&before, Stream::Tap, 4, LONGEST), Place::Late(0));
    }

    #[test]
    fn arrive_should_fail_when_there_is_no_room_for_a_gap() {
        let mut state = at(0);
        for number in (2..=64).step_by(2) {
            state = come(&state, number).0;
        }
        assert_eq!(state.gaps.len(), 32);
        let place = place(&state, Stream::Tap, 66, LONGEST);
        assert_eq!(arrive(&state, Stream::Tap, 66, place, revealed()), Err(NoRoom));
    }
}
