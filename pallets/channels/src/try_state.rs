//! What must hold between the storage items at any time.

use crate::{Channels, Config, Epochs, Keyrings, Pallet, Partners, PublicKeys, Taken};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{ensure, traits::Get};
use interclear_primitives::channel::{MaxKeys, Pair};
use sp_io::hashing::blake2_256;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - versions of keys have no holes, and each is usable in the order of its registration; each has its public key, which is one
    ///   of its suite and noted as taken by its operator;
    /// - a channel is one of two operators in their order, and both have each other as partners;
    /// - offers and agreed epochs of a channel are its epochs, each once and up to the last number; offers are of the side that has
    ///   them, and not accepted;
    /// - the newest open epoch of a channel is the newest that is open.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut keys = 0usize;
        for (operator, states) in Keyrings::<T>::iter() {
            ensure!(
                !states.is_empty() && states.len() <= <MaxKeys as Get<u32>>::get() as usize,
                "a keyring has no keys, or too many"
            );
            let following = states.iter().zip(states.iter().skip(1));
            for (one, next) in following {
                ensure!(
                    one.version.checked_add(1) == Some(next.version) && one.usable_from <= next.usable_from,
                    "versions of keys have holes, or overtake each other"
                );
            }
            for state in states {
                keys = keys.saturating_add(1);
                let key = PublicKeys::<T>::get(operator, state.version).ok_or("a key is missing")?;
                ensure!(state.suite.check(&key).is_ok(), "a key is not one of its suite");
                ensure!(
                    Taken::<T>::get(blake2_256(&key)) == Some(operator),
                    "a key is not noted as taken by its operator"
                );
            }
        }
        ensure!(
            PublicKeys::<T>::iter_keys().count() == keys,
            "a public key is of no version"
        );
        let (mut partners, mut epochs) = (0usize, 0usize);
        for (pair, channel) in Channels::<T>::iter() {
            ensure!(
                Pair::of(pair.lo, pair.hi) == Some(pair),
                "a channel is not of two operators in their order"
            );
            for (one, other) in [(pair.lo, pair.hi), (pair.hi, pair.lo)] {
                ensure!(
                    Partners::<T>::contains_key(one, other),
                    "an operator does not know its partner"
                );
                partners = partners.saturating_add(1);
                if let Some(number) = channel.offers.of(&pair, one) {
                    let offer = Epochs::<T>::get(pair, number).ok_or("an offer is missing")?;
                    ensure!(
                        offer.from == one && offer.accepted.is_none(),
                        "an offer is of another side, or accepted"
                    );
                }
            }
            ensure!(
                channel.epochs.iter().is_sorted_by(|one, next| one < next),
                "epochs are not in ascending order"
            );
            let numbers: BTreeSet<u32> = Epochs::<T>::iter_key_prefix(pair).collect();
            epochs = epochs.saturating_add(numbers.len());
            let offers = [channel.offers.lo, channel.offers.hi];
            let named: Vec<u32> = offers
                .into_iter()
                .flatten()
                .chain(channel.epochs.iter().copied())
                .collect();
            ensure!(
                named.len() == numbers.len() && named.iter().copied().collect::<BTreeSet<_>>() == numbers,
                "a channel names other epochs than there are"
            );
            ensure!(
                numbers.last().is_none_or(|number| *number <= channel.last),
                "an epoch has a number that was not given"
            );
            let mut newest = None;
            for number in &channel.epochs {
                let epoch = Epochs::<T>::get(pair, number).ok_or("an epoch is missing")?;
                ensure!(
                    epoch.accepted.is_some() && epoch.confirm.is_some(),
                    "an agreed epoch is not accepted"
                );
                if epoch.is_open() {
                    newest = Some(*number);
                }
            }
            ensure!(channel.newest == newest, "the newest epoch is another one");
        }
        ensure!(
            Partners::<T>::iter_keys().count() == partners,
            "partners have no channel"
        );
        ensure!(
            Epochs::<T>::iter_keys().count() == epochs,
            "an epoch is of no channel"
        );
        Ok(())
    }
}
