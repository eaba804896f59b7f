//! What clients ask.

use crate::{Channels, Config, Epochs, Keyrings, Pallet, Partners, PublicKeys, Suites};
use alloc::vec::Vec;
use interclear_primitives::{
    api::MAX_PAGE,
    channel::{Channel, Epoch, Pair, SealingKey, Suite, SuiteStatus},
    ids::OperatorId,
};

impl<T: Config> Pallet<T> {
    /// The sealing keys of an operator by ascending version. The oldest may be gone.
    pub fn sealing_keys(operator: OperatorId) -> Vec<SealingKey> {
        let with_key = |state: interclear_primitives::channel::KeyState| {
            let key = PublicKeys::<T>::get(operator, state.version)?;
            Some(SealingKey { state, key })
        };
        Keyrings::<T>::get(operator)
            .into_iter()
            .filter_map(with_key)
            .collect()
    }

    /// All suites, and whether they may be used.
    pub fn suites() -> Vec<(Suite, SuiteStatus)> {
        Suite::ALL.map(|suite| (suite, Suites::<T>::get(suite))).into()
    }

    /// The channels of an operator behind a partner, a page at a time.
    pub fn channels(operator: OperatorId, after: Option<OperatorId>) -> Vec<(OperatorId, Channel)> {
        let partners = match after {
            Some(after) => {
                Partners::<T>::iter_key_prefix_from(operator, Partners::<T>::hashed_key_for(operator, after))
            }
            None => Partners::<T>::iter_key_prefix(operator),
        };
        partners
            .filter_map(|partner| Some((partner, Channels::<T>::get(Pair::of(operator, partner)?)?)))
            .take(MAX_PAGE as usize)
            .collect()
    }

    /// The epochs of a channel that are offered or agreed, by ascending number.
    pub fn epochs(pair: Pair) -> Vec<(u32, Epoch)> {
        let mut epochs: Vec<_> = Epochs::<T>::iter_prefix(pair).collect();
        epochs.sort_by_key(|(number, _)| *number);
        epochs
    }
}
