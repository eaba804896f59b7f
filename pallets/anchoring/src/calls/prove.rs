//! Proofs that single records belong to a file, checked by the chain.

use super::books::Books;
use crate::{Batches, Config, Error, Event, NrtrdeFiles, Pallet, ProofCounts, Proofs};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use interclear_merkle::{verify, Proof, ProofInvalid, Root};
use interclear_ports::Operators;
use interclear_primitives::{
    batch::ProvenRecord,
    operator::Role,
    series::{BatchKey, Stream},
    Digest,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_prove_record(
        who: &T::AccountId,
        key: BatchKey,
        index: u32,
        leaf: Digest,
        proof: &Proof,
    ) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.side(by, &key.series)?;
        let root = Self::root_of(&key).ok_or(Error::<T>::NotFound)?;
        verify(&root, proof, &leaf, u64::from(index)).map_err(Error::<T>::from)?;
        ensure!(
            !Proofs::<T>::contains_key(root.hash, index),
            Error::<T>::AlreadyProven
        );
        let count = ProofCounts::<T>::get(root.hash);
        ensure!(count < T::MaxProofsPerFile::get(), Error::<T>::MaxProofsExceeded);
        ProofCounts::<T>::insert(root.hash, count.saturating_add(1));
        let proven = ProvenRecord {
            key,
            leaf,
            by,
            at: books.now(),
        };
        Proofs::<T>::insert(root.hash, index, proven);
        Self::deposit_event(Event::RecordProven { key, index, leaf, by });
        Ok(())
    }

    /// The root over a file's records, until the file is evicted.
    fn root_of(key: &BatchKey) -> Option<Root> {
        let (hash, records) = match key.series.stream {
            Stream::Tap => {
                let anchor = Batches::<T>::get(key)?.anchor;
                (anchor.root, anchor.records)
            }
            Stream::Nrtrde => {
                let anchor = NrtrdeFiles::<T>::get(key)?.anchor;
                (anchor.root, anchor.records)
            }
        };
        Some(Root {
            hash,
            count: u64::from(records),
        })
    }
}

impl<T: Config> From<ProofInvalid> for Error<T> {
    fn from(reason: ProofInvalid) -> Self {
        match reason {
            ProofInvalid::IndexOutOfRange => Self::NoSuchRecord,
            ProofInvalid::WrongLength | ProofInvalid::RootMismatch => Self::ProofInvalid,
        }
    }
}
