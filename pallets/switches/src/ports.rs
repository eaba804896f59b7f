//! What the pallet answers to others.

use crate::{Config, NettingPaused, Pallet, Pauses};
use interclear_ports::{Clock, Switches};
use interclear_primitives::{
    day_of,
    switch::{Function, Pause},
    Moment,
};

impl<T: Config> Switches for Pallet<T> {
    fn is_paused(function: Function) -> bool {
        Pauses::<T>::get(function).as_ref().is_some_and(Pause::is_paused)
    }

    fn since(function: Function) -> Option<Moment> {
        let pause = Pauses::<T>::get(function)?;
        pause.waits(T::Clock::now()).then_some(pause.began)
    }

    fn netting_paused(from: u32, to: u32) -> u32 {
        let running = Pauses::<T>::get(Function::Netting)
            .filter(Pause::is_paused)
            .map(|pause| (day_of(pause.since), to));
        NettingPaused::<T>::get()
            .into_iter()
            .chain(running)
            .map(|(begin, end)| end.min(to).saturating_sub(begin.max(from)))
            .fold(0, u32::saturating_add)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_remember() {
        let most = <crate::MaxRemembered as frame_support::traits::Get<u32>>::get();
        let days = (0..most).map(|number| {
            (
                number.saturating_mul(2),
                number.saturating_mul(2).saturating_add(1),
            )
        });
        NettingPaused::<T>::put(frame_support::BoundedVec::truncate_from(days.collect()));
    }
}
