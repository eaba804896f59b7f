//! Work in idle time: a pause that two thirds do not want any more, or no longer, ends by itself. What others wait for after it is told by
//! the clock.

use crate::{Config, Pallet, Pauses, WeightInfo};
use frame_support::{traits::Get, weights::WeightMeter};
use interclear_ports::{unexpected, Clock, Cycles};
use interclear_primitives::switch::{Function, Pause};

/// What idle work logs is under this target.
const LOG_TARGET: &str = "runtime::interclear::switches";

impl<T: Config> Pallet<T> {
    /// Lets functions go on that have been paused for as long as they can be at once.
    pub(crate) fn end_pauses(meter: &mut WeightMeter) {
        let now = T::Clock::now();
        for function in Function::ALL {
            if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
                return;
            }
            let over = |pause: &Pause| pause.is_paused() && now >= pause.ends;
            if !Pauses::<T>::get(function).as_ref().is_some_and(over) {
                continue;
            }
            let resume = T::WeightInfo::resume().saturating_add(T::Cycles::switch_weight());
            if meter.try_consume(resume).is_err() {
                return;
            }
            if let Err(error) = Self::do_resume(function) {
                unexpected!(LOG_TARGET, "{function} does not go on: {error:?}");
            }
        }
    }
}
