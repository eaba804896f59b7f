//! What the council has paused, and cycles that stand still.

use super::with;
use crate::{Cycles, Switches};
use frame_support::weights::Weight;
use interclear_primitives::{day_of, switch::Function, Moment};

/// Answers [`Switches`].
pub struct MockSwitches;

impl MockSwitches {
    /// Pauses a function.
    pub fn pause(function: Function) {
        with(|tables| tables.paused.insert(function, (tables.now, None)));
    }

    /// Lets it go on; who awaits something of it waits as long again.
    pub fn resume(function: Function) {
        with(|tables| {
            let now = tables.now;
            if let Some((since, until)) = tables.paused.get_mut(&function) {
                if function == Function::Netting {
                    tables.netting_paused.push((day_of(*since), day_of(now)));
                }
                let again = if function.is_awaited() { now - *since } else { 0 };
                *until = Some(now + again);
            }
        });
    }
}

impl Switches for MockSwitches {
    fn is_paused(function: Function) -> bool {
        with(|tables| {
            let pause = tables.paused.get(&function);
            pause.is_some_and(|(_, until)| until.is_none())
        })
    }

    fn since(function: Function) -> Option<Moment> {
        with(|tables| {
            let (since, until) = *tables.paused.get(&function)?;
            until.is_none_or(|until| tables.now < until).then_some(since)
        })
    }

    fn netting_paused(from: u32, to: u32) -> u32 {
        let running = Self::is_paused(Function::Netting).then(|| Self::since(Function::Netting));
        with(|tables| {
            let running = running.flatten().map(|since| (day_of(since), to));
            let is_in = |day: &u32| {
                let mut pauses = tables.netting_paused.iter().copied().chain(running);
                pauses.any(|(begin, end)| begin <= *day && *day < end)
            };
            u32::try_from((from..to).filter(is_in).count()).unwrap_or(u32::MAX)
        })
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_remember() {}
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
