//! Session keys.

use crate::{Config, Error, KeysSetIn, Pallet, Registered};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use frame_system::RawOrigin;
use pallet_session::NextKeys;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_keys(
        who: T::AccountId,
        keys: <T as pallet_session::Config>::Keys,
        proof: Vec<u8>,
    ) -> DispatchResult {
        Self::note_change(&who)?;
        pallet_session::Pallet::<T>::set_keys(RawOrigin::Signed(who).into(), keys, proof)
    }

    /// Notes that a validator changes its keys, if it may and has any.
    pub(crate) fn note_change(who: &T::AccountId) -> DispatchResult {
        ensure!(Registered::<T>::contains_key(who), Error::<T>::NotAValidator);
        let now = pallet_session::Pallet::<T>::current_index();
        let again = |last| now.saturating_sub(last) >= T::KeysInterval::get();
        ensure!(
            KeysSetIn::<T>::get(who).is_none_or(again),
            Error::<T>::KeysChangedLately
        );
        if NextKeys::<T>::contains_key(who) {
            KeysSetIn::<T>::insert(who, now);
        }
        Ok(())
    }
}
