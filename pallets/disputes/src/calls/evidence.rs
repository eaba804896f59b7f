//! Evidence: digests of documents, and records that are proven.

use crate::{Config, Disputes, Error, Event, Pallet};
use frame_support::ensure;
use interclear_ports::{Clock, Evidence as Proofs, Operators};
use interclear_primitives::{
    dispute::{Evidence, Submitted, MAX_EVIDENCE},
    ids::DisputeId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_add_evidence(who: &T::AccountId, id: DisputeId, evidence: Evidence) -> DispatchResult {
        let mut dispute = Self::open_dispute(id)?;
        let (operator, _) = Self::party(who, &dispute)?;
        if let Evidence::Record { key, root, index } = evidence {
            let networks = [key.series.sender, key.series.recipient];
            let of_parties = networks.iter().all(|network| {
                T::Operators::owner_of(network).is_some_and(|owner| dispute.parties.contains(&owner))
            });
            ensure!(of_parties, Error::<T>::FileOfOthers);
            ensure!(
                T::Evidence::is_proven(&key, root, index),
                Error::<T>::RecordNotProven
            );
        }
        let own = || dispute.evidence.iter().filter(|one| one.by == operator);
        ensure!(
            own().all(|one| one.evidence != evidence),
            Error::<T>::AlreadySubmitted
        );
        let count = u32::try_from(own().count()).unwrap_or(u32::MAX);
        ensure!(count < MAX_EVIDENCE, Error::<T>::MaxEvidenceExceeded);
        let submitted = Submitted {
            by: operator,
            at: T::Clock::now(),
            evidence,
        };
        dispute
            .evidence
            .try_push(submitted)
            .map_err(|_| Error::<T>::MaxEvidenceExceeded)?;
        Disputes::<T>::insert(id, dispute);
        Self::deposit_event(Event::EvidenceAdded {
            dispute: id,
            by: operator,
            evidence,
        });
        Ok(())
    }
}
