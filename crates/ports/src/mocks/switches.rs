//! What the council has paused, and cycles that stand still.

use super::with;
use crate::{Cycles, Switches};
use frame_support::weights::Weight;
use interclear_primitives::{switch::Function, Moment};

/// Answers [`Switches`].
pub struct MockSwitches;

impl MockSwitches {
    /// Pauses a function.
    pub fn pause(function: Function) {
        with(|tables| tables.paused.insert(function));
    }

    /// Lets it go on.
    pub fn resume(function: Function) {
        with(|tables| tables.paused.remove(&function));
    }
}

impl Switches for MockSwitches {
    fn is_paused(function: Function) -> bool {
        with(|tables| tables.paused.contains(&function))
    }

    fn waits(function: Function) -> bool {
        Self::is_paused(function)
    }
}

/// Answers [`Cycles`].
pub struct MockCycles;

impl MockCycles {
    /// What was asked of the cycles since the last call: `None` to stop, or to go on since a moment.
    pub fn asked() -> Vec<Option<Moment>> {
        with(|tables| std::mem::take(&mut tables.stops))
    }
}

impl Cycles for MockCycles {
    fn stop() {
        with(|tables| tables.stops.push(None));
    }

    fn go_on(since: Moment) {
        with(|tables| tables.stops.push(Some(since)));
    }

    fn switch_weight() -> Weight {
        Weight::zero()
    }
}
