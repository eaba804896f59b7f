//! Answers to an offer: signatures, with the last one the version in force, withdrawal and rejection.

use super::AgreementFor;
use crate::{Agreements, AgreementsOf, Config, Error, Event, Outline, Outlines, Pallet, TermsOf};
use frame_support::{ensure, BoundedVec};
use interclear_ports::{Caps, Clock, Operators};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Terms},
    ids::{AgreementId, OperatorId},
    operator::Role,
    Digest,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    /// Adds a signature; whether both parties now have all they need.
    pub(crate) fn do_sign(
        who: &T::AccountId,
        id: AgreementId,
        version: u32,
        digest: Digest,
    ) -> Result<bool, DispatchError> {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let (mut agreement, party) = Self::load_for(id, by)?;
        let mut offer = Self::on_table(&agreement, T::Clock::now())?.clone();
        ensure!(offer.version == version, Error::<T>::StaleVersion);
        ensure!(offer.digest == digest, Error::<T>::DigestMismatch);
        ensure!(
            !offer.signatures.iter().any(|desks| desks.contains(who)),
            Error::<T>::AlreadySigned
        );
        let needed = Self::signatures_needed(id, &agreement, version)?;
        let desks = offer.signatures.get_mut(party).ok_or(Error::<T>::NotAParty)?;
        ensure!(desks.len() < usize::from(needed), Error::<T>::SignaturesComplete);
        desks
            .try_push(who.clone())
            .map_err(|_| Error::<T>::SignaturesComplete)?;
        // A cap may have been published since the offer was made.
        let terms = TermsOf::<T>::get(id, version).ok_or(Error::<T>::NoOffer)?;
        T::Caps::ensure_within(&terms, offer.from)?;
        Self::ensure_exposure(&agreement)?;
        let signatures = u32::try_from(desks.len()).unwrap_or(u32::MAX);
        let complete = offer
            .signatures
            .iter()
            .all(|desks| desks.len() >= usize::from(needed));

        agreement.offer = Some(offer);
        Agreements::<T>::insert(id, agreement);
        let (desk, needed) = (who.clone(), u32::from(needed));
        Self::deposit_event(Event::Signed {
            agreement: id,
            version,
            by,
            desk,
            signatures,
            needed,
        });
        Ok(complete)
    }

    /// Puts the version on the table, which both parties have signed, in force.
    pub(crate) fn do_activate(id: AgreementId) -> Result<Outline, DispatchError> {
        let mut agreement = Agreements::<T>::get(id).ok_or(Error::<T>::AgreementNotFound)?;
        let offer = agreement.offer.take().ok_or(Error::<T>::NoOffer)?;
        let terms = TermsOf::<T>::get(id, offer.version).ok_or(Error::<T>::NoOffer)?;
        let outline = Outlines::<T>::get(id, offer.version).ok_or(Error::<T>::NoOffer)?;
        // Months have been closed, files anchored and networks moved since the offer was made.
        Self::check_offer(id, &agreement, offer.from, &terms)?;

        if agreement.versions.is_empty() {
            Self::end_proposal(agreement.parties);
        }
        Self::put_in_force(id, &mut agreement, offer.version, offer.from, &terms)?;
        let (parties, last) = (agreement.parties, agreement.last);
        Agreements::<T>::insert(id, agreement);
        let (version, from) = (offer.version, offer.from);
        Self::deposit_event(Event::Activated {
            agreement: id,
            parties,
            version,
            from,
            last,
        });
        Ok(outline)
    }

    /// Puts terms in force to which both parties have consented otherwise, as if they had been offered and signed.
    pub(crate) fn do_conclude(parties: [OperatorId; 2], terms: Terms) -> Result<AgreementId, DispatchError> {
        let id = Self::take_id()?;
        let agreement = Self::unoffered(parties, &terms);
        Self::check_offer(id, &agreement, terms.first, &terms)?;
        T::Caps::ensure_within(&terms, terms.first)?;
        Self::ensure_exposure(&agreement)?;
        Self::begin(id, agreement, terms)?;
        Ok(id)
    }

    /// An agreement that nobody has offered, before its first version is in force.
    pub(crate) fn unoffered(parties: [OperatorId; 2], terms: &Terms) -> AgreementFor<T> {
        Agreement {
            parties,
            status: AgreementStatus::Proposed,
            latest: 1,
            offer: None,
            versions: BoundedVec::new(),
            last: terms.last,
            renewal_months: 0,
        }
    }

    /// Stores such an agreement with its terms in force.
    pub(crate) fn begin(id: AgreementId, mut agreement: AgreementFor<T>, terms: Terms) -> DispatchResult {
        let (parties, version, from) = (agreement.parties, agreement.latest, terms.first);
        Outlines::<T>::insert(id, version, Outline::of(&terms));
        Self::put_in_force(id, &mut agreement, version, from, &terms)?;
        TermsOf::<T>::insert(id, version, terms);
        for party in parties {
            AgreementsOf::<T>::insert(party, id, ());
        }
        let last = agreement.last;
        Agreements::<T>::insert(id, agreement);
        Self::deposit_event(Event::Activated {
            agreement: id,
            parties,
            version,
            from,
            last,
        });
        Ok(())
    }

    pub(crate) fn do_withdraw(who: &T::AccountId, id: AgreementId) -> DispatchResult {
        let refusal = |own: bool| (!own).then_some(Error::NotYourOffer);
        let (by, version) = Self::end_offer(who, id, refusal)?;
        Self::deposit_event(Event::Withdrawn {
            agreement: id,
            version,
            by,
        });
        Ok(())
    }

    pub(crate) fn do_reject(who: &T::AccountId, id: AgreementId) -> DispatchResult {
        let refusal = |own: bool| own.then_some(Error::OwnOffer);
        let (by, version) = Self::end_offer(who, id, refusal)?;
        Self::deposit_event(Event::Rejected {
            agreement: id,
            version,
            by,
        });
        Ok(())
    }

    /// Takes the offer off the table, unless that is not for the caller: `refusal` says so, told whether the offer is the
    /// caller's own. Answers with the caller's operator and the offer's version.
    fn end_offer(
        who: &T::AccountId,
        id: AgreementId,
        refusal: impl FnOnce(bool) -> Option<Error<T>>,
    ) -> Result<(OperatorId, u32), DispatchError> {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        let own = Self::on_table(&agreement, T::Clock::now())?.by == by;
        if let Some(error) = refusal(own) {
            return Err(error.into());
        }
        let version = Self::clear_table(id, &mut agreement).ok_or(Error::<T>::NoOffer)?;
        Self::keep_or_forget(id, agreement);
        Ok((by, version))
    }
}
