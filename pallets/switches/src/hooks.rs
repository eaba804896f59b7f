//! Work in idle time: a pause that two thirds do not want any more, or no longer, ends by itself. What others wait for after it is told by
//! the clock.

use crate::{Config, Pallet, Pauses, WeightInfo};
use frame_support::{traits::Get, weights::WeightMeter};
use interclear_ports::{Clock, Cycles};
use interclear_primitives::switch::{Function, Pause};

impl<T: Config> Pallet<T> {
    /// Lets functions go on that have been paused for as long as they can be at once.
    pub(crate) fn end_pauses(meter: &mut WeightMeter) {
        let now = T::Clock::now();
        for function in Function::ALL {
            if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
                return;
            }
            let over = |pause: &Pause| pause.is_paused() && now >= pause.ends;
            let Some(pause) = Pauses::<T>::get(function).filter(over) else {
                continue;
            };
            let resume = T::WeightInfo::resume().saturating_add(T::Cycles::switch_weight());
            if meter.try_consume(resume).is_err() {
                return;
            }
            Self::end(pause);
        }
    }
}
