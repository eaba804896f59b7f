//! The rules, by groups of calls.

mod channels;
mod keys;

use crate::{Config, Error, Keyrings, Pallet, Suites};
use frame_support::ensure;
use interclear_ports::Clock;
use interclear_primitives::{
    channel::{KeyState, Suite, SuiteStatus},
    ids::OperatorId,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// The key of an operator, to which something may be sealed now.
    fn usable_key(operator: OperatorId, version: u32) -> Result<KeyState, DispatchError> {
        let keys = Keyrings::<T>::get(operator);
        let key = keys.iter().find(|key| key.version == version);
        let key = key.ok_or(Error::<T>::KeyNotFound)?;
        ensure!(key.is_usable(T::Clock::now()), Error::<T>::KeyNotUsable);
        Ok(*key)
    }

    /// Refuses new keys and channels of a suite that is being retired.
    fn ensure_active(suite: Suite) -> Result<(), DispatchError> {
        let status = Suites::<T>::get(suite);
        ensure!(status == SuiteStatus::Active, Error::<T>::SuiteNotActive);
        Ok(())
    }
}
