//! What holds of the stored records after every call and every block.

use crate::{
    Config, FirstSlots, Former, History, KeysInUse, KeysSetIn, OffencesOf, OwnerOfPeer, Pallet, PeersOf,
    Registered, Slots,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{
    ensure,
    traits::{DisabledValidators as _, Get},
};
use pallet_session::{NextKeys, QueuedKeys};
use sp_runtime::TryRuntimeError;

type Session<T> = pallet_session::Pallet<T>;

impl<T: Config> Pallet<T> {
    /// Checks every record.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let now = Session::<T>::current_index();
        let set = Session::<T>::validators();
        let queued: Vec<_> = QueuedKeys::<T>::get().into_iter().map(|(who, _)| who).collect();
        ensure!(
            !set.is_empty() && !queued.is_empty(),
            "a session has no validators"
        );
        ensure!(
            Registered::<T>::count() <= T::MaxValidators::get(),
            "there are more validators than there may be"
        );
        for who in set.iter().chain(&queued) {
            ensure!(
                Registered::<T>::contains_key(who),
                "one takes part that nobody has admitted"
            );
        }
        for (who, record) in Registered::<T>::iter() {
            ensure!(
                !record.leaving || set.contains(&who) || queued.contains(&who),
                "one has left and is not forgotten"
            );
        }
        for who in NextKeys::<T>::iter_keys() {
            ensure!(
                Registered::<T>::contains_key(&who),
                "keys are kept of one that is not a validator"
            );
        }
        let in_use: Vec<_> = KeysInUse::<T>::get().into_iter().map(|(who, _)| who).collect();
        ensure!(in_use == set, "the keys in use are not those of the set");
        let counted = Slots::<T>::get().len();
        ensure!(
            counted == 0 || counted == set.len(),
            "the slots are not those of the set"
        );
        Self::check_disabled(&set)?;
        let mut listed: usize = 0;
        for (operator, peers) in PeersOf::<T>::iter() {
            ensure!(
                !peers.is_empty() && ascending(&peers),
                "nodes are listed twice or out of order"
            );
            ensure!(
                peers
                    .iter()
                    .all(|peer| OwnerOfPeer::<T>::get(peer) == Some(operator)),
                "a node is not whose it is listed by"
            );
            listed = listed.saturating_add(peers.len());
        }
        ensure!(
            OwnerOfPeer::<T>::iter().count() == listed,
            "a node has an owner that does not list it"
        );
        for (who, history) in History::<T>::iter() {
            ensure!(
                Registered::<T>::contains_key(&who),
                "slots are kept of one that is not a validator"
            );
            let sessions: Vec<_> = history.iter().map(|slots| slots.session).collect();
            ensure!(
                ascending(&sessions) && sessions.last().is_none_or(|last| *last < now),
                "the slots of former sessions are out of order"
            );
        }
        for (who, (_, left)) in Former::<T>::iter() {
            ensure!(
                !Registered::<T>::contains_key(&who) && left <= now,
                "one has left that is a validator"
            );
        }
        for who in KeysSetIn::<T>::iter_keys() {
            ensure!(
                Registered::<T>::contains_key(&who),
                "a change of keys is kept of one that is not a validator"
            );
        }
        for offences in OffencesOf::<T>::iter_values() {
            let kinds: BTreeSet<_> = offences
                .iter()
                .map(|offence| codec::Encode::encode(&offence.kind))
                .collect();
            ensure!(
                !offences.is_empty() && kinds.len() == offences.len(),
                "an offence is kept twice"
            );
        }
        let mut first: Vec<_> = FirstSlots::<T>::iter().collect();
        first.sort();
        let (sessions, slots): (Vec<_>, Vec<_>) = first.into_iter().unzip();
        let oldest = now.saturating_sub(T::ProvableSessions::get());
        ensure!(
            sessions.first().is_none_or(|first| *first >= oldest) && sessions.last() == Some(&now),
            "first slots are kept of sessions that cannot be proven"
        );
        ensure!(
            slots.iter().zip(slots.iter().skip(1)).all(|(a, b)| a <= b),
            "a session begins before the one before"
        );
        Ok(())
    }

    fn check_disabled(set: &[T::AccountId]) -> Result<(), TryRuntimeError> {
        let able = set
            .len()
            .saturating_sub(Session::<T>::disabled_validators().len());
        ensure!(able > 0, "nobody can make blocks");
        for (place, who) in (0u32..).zip(set) {
            let disabled = Registered::<T>::get(who).is_some_and(|record| record.disabled);
            ensure!(
                !disabled || Session::<T>::is_disabled(place) || able == 1,
                "a disabled validator can make blocks"
            );
        }
        Ok(())
    }
}

fn ascending<I: Ord>(items: &[I]) -> bool {
    items.iter().zip(items.iter().skip(1)).all(|(a, b)| a < b)
}
