//! What the pallet answers to others: who may set session keys, and who takes part.

use crate::{Config, Pallet, Registered};
use sp_runtime::traits::Convert;

/// The account of a validator is its identity. Whoever is disabled or about to leave may set keys, too: keys that were stolen must
/// be replaced before the council re-enables their owner.
impl<T: Config> Convert<T::AccountId, Option<T::AccountId>> for Pallet<T> {
    fn convert(who: T::AccountId) -> Option<T::AccountId> {
        Registered::<T>::contains_key(&who).then_some(who)
    }
}

impl<T: Config> Pallet<T> {
    /// Whether an account is a validator that is neither disabled nor removed nor of a suspended operator.
    pub fn takes_part(who: &T::AccountId) -> bool {
        Registered::<T>::get(who).is_some_and(|record| Self::is_sound(&record))
    }
}
