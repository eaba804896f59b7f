//! What the pallet answers to others.

use crate::{Config, Pallet, Pauses};
use interclear_ports::{Clock, Switches};
use interclear_primitives::switch::{Function, Pause};

impl<T: Config> Switches for Pallet<T> {
    fn is_paused(function: Function) -> bool {
        Pauses::<T>::get(function).as_ref().is_some_and(Pause::is_paused)
    }

    fn waits(function: Function) -> bool {
        Pauses::<T>::get(function).is_some_and(|pause| pause.waits(T::Clock::now()))
    }
}
