//! What must hold of the storage at any time.

use crate::{Config, NettingPaused, Pallet, Pauses};
use frame_support::ensure;
use interclear_ports::Clock;
use interclear_primitives::day_of;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that each pause is that of its function, with a reason, and has begun; and that others wait only for what is awaited, and
    /// after its pause; and that the days on which netting was paused follow one another.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let now = T::Clock::now();
        for (function, pause) in Pauses::<T>::iter() {
            ensure!(pause.function == function, "a pause is of another function");
            ensure!(pause.reason.is_valid(), "a pause has no reason");
            ensure!(pause.since <= now, "a pause has not begun");
            ensure!(pause.began <= pause.since, "others wait for longer than they do");
            ensure!(pause.since <= pause.ends, "a pause is to end before it begins");
            if let Some(until) = pause.until {
                ensure!(function.is_awaited(), "others wait for what nobody awaits");
                ensure!(until >= pause.since, "a pause ends before it begins");
            }
        }
        let mut last = 0;
        for (from, to) in NettingPaused::<T>::get() {
            ensure!(last <= from && from < to, "days of pauses are not in order");
            last = to;
        }
        ensure!(last <= day_of(now), "a pause that is over has days to come");
        Ok(())
    }
}
