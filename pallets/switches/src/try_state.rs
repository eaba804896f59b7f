//! What must hold of the storage at any time.

use crate::{Config, Pallet, Pauses};
use frame_support::ensure;
use interclear_ports::Clock;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that each pause is that of its function, with a reason, and has begun; and that others wait only for what is awaited, and
    /// after its pause.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let now = T::Clock::now();
        for (function, pause) in Pauses::<T>::iter() {
            ensure!(pause.function == function, "a pause is of another function");
            ensure!(pause.reason.is_valid(), "a pause has no reason");
            ensure!(pause.since <= now, "a pause has not begun");
            ensure!(pause.since <= pause.ends, "a pause is to end before it begins");
            if let Some(until) = pause.until {
                ensure!(function.is_awaited(), "others wait for what nobody awaits");
                ensure!(until >= pause.since, "a pause ends before it begins");
            }
        }
        Ok(())
    }
}
