//! The rules behind the calls.

mod amendment;
mod answer;
mod offer;
mod routes;
mod terminate;
mod validate;

use crate::{
    Agreements, AgreementsOf, Config, Deadlines, Error, NextAgreementId, NextSlot, Outline, Outlines, Pallet,
    Proposals, TermsOf, DEADLINE_SLOT,
};
use frame_support::ensure;
use interclear_ports::{one_less, Clock};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Offer},
    ids::{AgreementId, OperatorId},
    Moment,
};
use sp_runtime::DispatchError;

pub(crate) type AgreementFor<T> = Agreement<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
    /// Signatures that each party needs: an amendment cannot lower the number by its own say-so.
    pub(crate) fn signatures_needed(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        version: u32,
    ) -> Result<u8, DispatchError> {
        let offered = Outlines::<T>::get(id, version)
            .ok_or(Error::<T>::NoOffer)?
            .signatures;
        if agreement.versions.is_empty() {
            return Ok(offered);
        }
        Ok(offered.max(Self::newest_outline(id, agreement)?.signatures))
    }

    /// The outline of the last version in force.
    fn newest_outline(id: AgreementId, agreement: &AgreementFor<T>) -> Result<Outline, DispatchError> {
        let newest = agreement.versions.last().ok_or(Error::<T>::NotActive)?;
        Ok(Outlines::<T>::get(id, newest.version).ok_or(Error::<T>::NotActive)?)
    }

    /// The agreement and the caller's place among its parties.
    fn load_for(id: AgreementId, operator: OperatorId) -> Result<(AgreementFor<T>, usize), Error<T>> {
        let agreement = Agreements::<T>::get(id).ok_or(Error::<T>::AgreementNotFound)?;
        let party = agreement.party_index(operator).ok_or(Error::<T>::NotAParty)?;
        Ok((agreement, party))
    }

    /// The offer that can still be answered.
    fn on_table(agreement: &AgreementFor<T>, now: Moment) -> Result<&Offer<T::AccountId>, Error<T>> {
        let offer = agreement.offer.as_ref().ok_or(Error::<T>::NoOffer)?;
        ensure!(!offer.lapsed(now), Error::<T>::OfferLapsed);
        Ok(offer)
    }

    /// Takes the offer off the table; without it, an agreement that never was in force is abandoned.
    pub(crate) fn clear_table(id: AgreementId, agreement: &mut AgreementFor<T>) -> Option<u32> {
        let offer = agreement.offer.take()?;
        Self::drop_terms(id, offer.version);
        if agreement.versions.is_empty() {
            agreement.status = AgreementStatus::Abandoned;
            Self::unwatch(id, offer.expires);
        }
        Some(offer.version)
    }

    /// Writes the record; one that never was in force, and has no offer any more, is forgotten with its places among the
    /// agreements of its parties: nobody fills the other's list with what it has not signed.
    pub(crate) fn keep_or_forget(id: AgreementId, agreement: AgreementFor<T>) {
        if agreement.status != AgreementStatus::Abandoned {
            Agreements::<T>::insert(id, agreement);
            return;
        }
        Agreements::<T>::remove(id);
        for party in agreement.parties {
            AgreementsOf::<T>::remove(party, id);
        }
        Self::end_proposal(agreement.parties);
    }

    /// A proposal is not open any more.
    pub(crate) fn end_proposal([by, to]: [OperatorId; 2]) {
        Proposals::<T>::mutate_exists(by, to, one_less);
    }

    pub(crate) fn drop_terms(id: AgreementId, version: u32) {
        TermsOf::<T>::remove(id, version);
        Outlines::<T>::remove(id, version);
    }

    /// Has the agreement looked at once a moment has come.
    pub(crate) fn watch(id: AgreementId, moment: Moment) {
        if NextSlot::<T>::get().is_none() {
            // What is queued lies ahead, now and later.
            NextSlot::<T>::put(T::Clock::now().checked_div(DEADLINE_SLOT).unwrap_or_default());
        }
        Deadlines::<T>::insert(moment.div_ceil(DEADLINE_SLOT), id, ());
    }

    /// Has what was never in force not looked at when an offer would have lapsed: an end that it shares a slot with has none.
    pub(crate) fn unwatch(id: AgreementId, moment: Moment) {
        Deadlines::<T>::remove(moment.div_ceil(DEADLINE_SLOT), id);
    }

    pub(crate) fn take_id() -> Result<AgreementId, Error<T>> {
        let id = NextAgreementId::<T>::get();
        NextAgreementId::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        Ok(id)
    }
}
