//! Sealing keys and suites: registered, revoked, retired.

use crate::{Config, Error, Event, Keyrings, Pallet, PublicKeys, Suites, Taken};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use interclear_ports::Clock;
use interclear_primitives::{
    channel::{KeyState, PublicKey, Suite, SuiteStatus},
    ids::OperatorId,
};
use sp_io::hashing::blake2_256;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_sealing_key(operator: OperatorId, suite: Suite, key: PublicKey) -> DispatchResult {
        Self::ensure_active(suite)?;
        suite.check(&key).map_err(Error::<T>::from)?;
        let digest = blake2_256(&key);
        ensure!(!Taken::<T>::contains_key(digest), Error::<T>::KeyTaken);
        let now = T::Clock::now();
        let mut keys = Keyrings::<T>::get(operator);
        let (version, usable_from) = match keys.last() {
            Some(last) => {
                // It also bounds how many there ever are.
                let next = last.set_at.saturating_add(T::KeyDelay::get());
                ensure!(next <= now, Error::<T>::KeySetTooSoon);
                let version = last.version.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
                (version, now.saturating_add(T::KeyDelay::get()))
            }
            // Nobody has sealed anything yet that a thief of the desk could draw to himself.
            None => (1, now),
        };
        if keys.is_full() {
            let oldest = keys.remove(0);
            PublicKeys::<T>::remove(operator, oldest.version);
        }
        let state = KeyState {
            version,
            suite,
            set_at: now,
            usable_from,
            revoked_at: None,
        };
        keys.try_push(state).map_err(|_| Error::<T>::IdsExhausted)?;
        Keyrings::<T>::insert(operator, keys);
        PublicKeys::<T>::insert(operator, version, key);
        Taken::<T>::insert(digest, operator);
        Self::deposit_event(Event::SealingKeySet {
            operator,
            version,
            suite,
            usable_from,
        });
        Ok(())
    }

    pub(crate) fn do_revoke_sealing_key(
        operator: OperatorId,
        version: u32,
        by_council: bool,
    ) -> DispatchResult {
        Keyrings::<T>::try_mutate(operator, |keys| {
            let key = keys.iter_mut().find(|key| key.version == version);
            let key = key.ok_or(Error::<T>::KeyNotFound)?;
            ensure!(key.revoked_at.is_none(), Error::<T>::AlreadyRevoked);
            key.revoked_at = Some(T::Clock::now());
            Ok::<_, Error<T>>(())
        })?;
        Self::deposit_event(Event::SealingKeyRevoked {
            operator,
            version,
            by_council,
        });
        Ok(())
    }

    pub(crate) fn do_set_suite(suite: Suite, status: SuiteStatus) {
        match status == SuiteStatus::default() {
            true => Suites::<T>::remove(suite),
            false => Suites::<T>::insert(suite, status),
        }
        Self::deposit_event(Event::SuiteSet { suite, status });
    }
}
