//! Work in idle time: removes old offences, once in a session. And what the runtime's choices must hold.

use crate::{Config, EvictedIn, OffencesOf, Pallet, WeightInfo};
use alloc::vec::Vec;
use frame_support::{
    traits::Get,
    weights::{Weight, WeightMeter},
};

impl<T: Config> Pallet<T> {
    /// Removes offences that were reported longer ago than they are kept, validator by validator, as far as the weight reaches;
    /// returns what it used. What did not fit is done in the next block.
    pub(crate) fn evict(remaining: Weight) -> Weight {
        let mut meter = WeightMeter::with_limit(remaining);
        if meter
            .try_consume(<T as Config>::WeightInfo::evict_base())
            .is_err()
        {
            return meter.consumed();
        }
        let now = pallet_session::Pallet::<T>::current_index();
        if EvictedIn::<T>::get() == now {
            return meter.consumed();
        }
        let oldest = now.saturating_sub(T::OffenceRetention::get());
        // As many as were validators while they are kept: the council has admitted each. The step pays for looking at one and for changing it.
        let accounts: Vec<_> = OffencesOf::<T>::iter_keys().collect();
        for who in accounts {
            if meter
                .try_consume(<T as Config>::WeightInfo::evict_step())
                .is_err()
            {
                return meter.consumed();
            }
            let mut offences = OffencesOf::<T>::get(&who);
            let before = offences.len();
            offences.retain(|offence| offence.reported_in >= oldest);
            if offences.is_empty() {
                OffencesOf::<T>::remove(&who);
            } else if offences.len() != before {
                OffencesOf::<T>::insert(&who, offences);
            }
        }
        EvictedIn::<T>::put(now);
        meter.consumed()
    }

    /// Checks the constants of the runtime, when the runtime is tested.
    ///
    /// # Panics
    /// A constant does not make sense.
    pub(crate) fn check_config() {
        assert!(T::MinValidators::get() > 0, "a chain needs a validator");
        assert!(
            T::MaxValidators::get() >= T::MinValidators::get(),
            "there must be room for those that there must be"
        );
        assert!(
            T::OffenceRetention::get() >= T::ProvableSessions::get(),
            "what is forgotten must not be proven again"
        );
    }
}
