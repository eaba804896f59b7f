//! What clients ask.

use crate::{Config, Pallet, Pauses};
use alloc::vec::Vec;
use interclear_ports::Clock;
use interclear_primitives::switch::{Function, Pause};

impl<T: Config> Pallet<T> {
    /// The functions that are paused, and those for which others still wait; by function.
    pub fn pauses() -> Vec<Pause> {
        let now = T::Clock::now();
        Function::ALL
            .into_iter()
            .filter_map(Pauses::<T>::get)
            .filter(|pause| pause.waits(now))
            .collect()
    }
}
