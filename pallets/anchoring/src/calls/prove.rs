//! Proofs that single records belong to a file, checked by the chain.

use super::books::{Books, MonthKey, Side};
use crate::{Config, Error, Event, NrtrdeFiles, Pallet, ProofBooks, Proofs};
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
        let side = books.side(by, &key.series)?;
        let (root, month) = Self::proof_base(&key).ok_or(Error::<T>::FileNotFound)?;
        verify(&root, proof, &leaf, u64::from(index)).map_err(Error::<T>::from)?;
        let of = (key, root.hash);
        ensure!(!Proofs::<T>::contains_key(of, index), Error::<T>::AlreadyProven);
        books.ensure_day(by)?;
        let mut book = ProofBooks::<T>::get(of).unwrap_or_default();
        // Whoever proves many records takes nothing of what the other party may prove.
        let [sender, recipient] = &mut book.counts;
        let count = match side {
            Side::Sender => sender,
            Side::Recipient => recipient,
        };
        ensure!(*count < T::MaxProofsPerFile::get(), Error::<T>::MaxProofsExceeded);
        *count = count.saturating_add(1);
        // The same file, returned and sent again, may bill with a later month.
        book.month = book.month.max(month);
        book.latest = books.now();
        ProofBooks::<T>::insert(of, book);
        let proven = ProvenRecord {
            key,
            leaf,
            by,
            at: books.now(),
        };
        Proofs::<T>::insert(of, index, proven);
        books.count_entry(by);
        books.close();
        Self::deposit_event(Event::RecordProven { key, index, leaf, by });
        Ok(())
    }

    /// The root over a file's records, until the file is evicted, and the month that bills it.
    fn proof_base(key: &BatchKey) -> Option<(Root, Option<MonthKey>)> {
        let (hash, records, month) = match key.series.stream {
            Stream::Tap => {
                let batch = Self::batch(*key)?;
                let month = Self::month_of(&batch);
                (batch.anchor.root, batch.anchor.records, month)
            }
            Stream::Nrtrde => {
                let anchor = NrtrdeFiles::<T>::get(key)?.anchor;
                (anchor.root, anchor.records, None)
            }
        };
        let count = u64::from(records);
        Some((Root { hash, count }, month))
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
