//! Work in idle time: frees what is not asked for any more.

use crate::{
    Config, NewestRate, OldestProposed, OldestRates, OldestSubmissions, Pallet, Proposed, Rates, Submissions,
    WeightInfo,
};
use frame_support::weights::{Weight, WeightMeter};
use interclear_primitives::period::Period;

impl<T: Config> Pallet<T> {
    /// Removes submissions for months that have begun and rates of months before the horizon, and settles what was proposed for
    /// months that have ended, oldest first, as far as the weight reaches; returns what it used.
    pub(crate) fn evict(remaining: Weight) -> Weight {
        let mut meter = WeightMeter::with_limit(remaining);
        if meter.try_consume(T::WeightInfo::evict_base()).is_err() {
            return meter.consumed();
        }
        if let Some(oldest) = OldestSubmissions::<T>::get() {
            let (until, step) = (Self::current().next(), T::WeightInfo::evict_step());
            let next = Self::pass_months(oldest, until, step, &mut meter, |month| {
                let first = Submissions::<T>::iter_key_prefix(month).next();
                first.map(|currency| Submissions::<T>::remove(month, currency))
            });
            if next != oldest {
                OldestSubmissions::<T>::put(next);
            }
        }
        if let Some(oldest) = OldestProposed::<T>::get() {
            let (until, step) = (Self::current(), T::WeightInfo::settle_proposed());
            let next = Self::pass_months(oldest, until, step, &mut meter, |month| {
                let first = Proposed::<T>::iter_key_prefix(month).next();
                first.map(|currency| Self::settle_proposed(currency, month))
            });
            if next != oldest {
                OldestProposed::<T>::put(next);
            }
        }
        if let Some(oldest) = OldestRates::<T>::get() {
            let (until, step) = (Self::rate_horizon(), T::WeightInfo::evict_step());
            let next = Self::pass_months(oldest, until, step, &mut meter, |month| {
                let first = Rates::<T>::iter_key_prefix(month).next();
                first.map(|currency| {
                    Rates::<T>::remove(month, currency);
                    if NewestRate::<T>::get(currency) == Some(month) {
                        NewestRate::<T>::remove(currency);
                    }
                })
            });
            if next != oldest {
                OldestRates::<T>::put(next);
            }
        }
        meter.consumed()
    }

    /// Removes record after record, each in a step of its own, of month after month before `until`; returns the month it has
    /// come to.
    fn pass_months(
        oldest: Period,
        until: Period,
        step: Weight,
        meter: &mut WeightMeter,
        remove_one: impl Fn(Period) -> Option<()>,
    ) -> Period {
        let mut month = oldest;
        while month < until && meter.try_consume(step).is_ok() {
            if remove_one(month).is_none() {
                month = month.next();
            }
        }
        month
    }
}
