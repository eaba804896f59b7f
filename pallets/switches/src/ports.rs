//! What the pallet answers to others.

use crate::{Config, Pallet, Pauses};
use interclear_ports::{Clock, Switches};
use interclear_primitives::{
    switch::{Function, Pause},
    Moment,
};

impl<T: Config> Switches for Pallet<T> {
    fn is_paused(function: Function) -> bool {
        Pauses::<T>::get(function).as_ref().is_some_and(Pause::is_paused)
    }

    fn since(function: Function) -> Option<Moment> {
        let pause = Pauses::<T>::get(function)?;
        pause.waits(T::Clock::now()).then_some(pause.since)
    }
}
