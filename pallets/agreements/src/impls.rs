//! The rules of negotiation.

use crate::{
    validate::{check_parties, check_terms, keeps_groups},
    Agreements, AgreementsOf, Config, Deadlines, Error, Event, NextAgreementId, NextSlot, Outline, Outlines,
    Pallet, TermsOf, DEADLINE_SLOT,
};
use alloc::collections::BTreeSet;
use frame_support::{
    ensure,
    traits::{Get, UnixTime},
    BoundedVec,
};
use interclear_billing::stretch::stretch;
use interclear_ports::{Caps, Operators, Periods, Usage};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Offer, Terms},
    ids::{AgreementId, OperatorId},
    operator::Role,
    period::Period,
    Digest, Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

pub(crate) type AgreementFor<T> = Agreement<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_propose(who: &T::AccountId, counterparty: OperatorId, terms: Terms) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let parties = [by, counterparty];
        let now = Self::now();
        check_terms::<T>(&terms, Period::containing(now))?;
        check_parties::<T>(&terms, parties)?;
        T::Caps::ensure_within(&terms, terms.first)?;

        let id = Self::take_id()?;
        let mut agreement = Agreement {
            parties,
            status: AgreementStatus::Proposed,
            latest: 0,
            offer: None,
            versions: BoundedVec::new(),
            last: terms.last,
            prolongation_months: 0,
        };
        let first = terms.first;
        let offer = Self::put_on_table(id, &mut agreement, by, first, terms, now)?;
        parties
            .into_iter()
            .for_each(|party| AgreementsOf::<T>::insert(party, id, ()));
        Agreements::<T>::insert(id, agreement);
        let Tabled {
            version,
            digest,
            expires,
        } = offer;
        Self::deposit_event(Event::Proposed {
            agreement: id,
            parties,
            version,
            digest,
            expires,
        });
        Ok(())
    }

    pub(crate) fn do_counter(
        who: &T::AccountId,
        id: AgreementId,
        version: u32,
        terms: Terms,
    ) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        let now = Self::now();
        let offer = Self::on_table(&agreement, now)?;
        ensure!(offer.version == version, Error::<T>::StaleVersion);
        check_terms::<T>(&terms, Period::containing(now))?;
        check_parties::<T>(&terms, agreement.parties)?;
        let from = if agreement.versions.is_empty() {
            agreement.status = AgreementStatus::Countered;
            agreement.last = terms.last;
            terms.first
        } else {
            let from = offer.from;
            Self::check_amendment(id, &agreement, from, &terms)?;
            from
        };
        T::Caps::ensure_within(&terms, from)?;

        Self::drop_terms(id, version);
        let Tabled {
            version,
            digest,
            expires,
        } = Self::put_on_table(id, &mut agreement, by, from, terms, now)?;
        Agreements::<T>::insert(id, agreement);
        Self::deposit_event(Event::Countered {
            agreement: id,
            by,
            version,
            digest,
            expires,
        });
        Ok(())
    }

    pub(crate) fn do_amend(
        who: &T::AccountId,
        id: AgreementId,
        from: Period,
        terms: Terms,
    ) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        let now = Self::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        // An offer whose time is over makes way.
        if let Some(offer) = agreement.offer.take() {
            ensure!(offer.lapsed(now), Error::<T>::OfferPending);
            Self::drop_terms(id, offer.version);
            Self::deposit_event(Event::OfferLapsed {
                agreement: id,
                version: offer.version,
            });
        }
        check_terms::<T>(&terms, Period::containing(now))?;
        check_parties::<T>(&terms, agreement.parties)?;
        Self::check_amendment(id, &agreement, from, &terms)?;
        T::Caps::ensure_within(&terms, from)?;

        let Tabled {
            version,
            digest,
            expires,
        } = Self::put_on_table(id, &mut agreement, by, from, terms, now)?;
        Agreements::<T>::insert(id, agreement);
        Self::deposit_event(Event::AmendmentOffered {
            agreement: id,
            by,
            version,
            from,
            digest,
            expires,
        });
        Ok(())
    }

    /// Adds a signature; whether both parties now have all they need.
    pub(crate) fn do_sign(
        who: &T::AccountId,
        id: AgreementId,
        version: u32,
        digest: Digest,
    ) -> Result<bool, DispatchError> {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let (mut agreement, party) = Self::load_for(id, by)?;
        let mut offer = Self::on_table(&agreement, Self::now())?.clone();
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
        let mut agreement = Agreements::<T>::get(id).ok_or(Error::<T>::NotFound)?;
        let offer = agreement.offer.take().ok_or(Error::<T>::NoOffer)?;
        let terms = TermsOf::<T>::get(id, offer.version).ok_or(Error::<T>::NoOffer)?;
        let outline = Outlines::<T>::get(id, offer.version).ok_or(Error::<T>::NoOffer)?;
        // Months have been closed, files anchored and networks moved since the offer was made.
        check_terms::<T>(&terms, Period::containing(Self::now()))?;
        check_parties::<T>(&terms, agreement.parties)?;
        if !agreement.versions.is_empty() {
            Self::check_amendment(id, &agreement, offer.from, &terms)?;
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

    pub(crate) fn do_withdraw(who: &T::AccountId, id: AgreementId) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        ensure!(
            Self::on_table(&agreement, Self::now())?.by == by,
            Error::<T>::NotYourOffer
        );
        if let Some(version) = Self::clear_table(id, &mut agreement) {
            Self::deposit_event(Event::Withdrawn {
                agreement: id,
                version,
                by,
            });
        }
        Agreements::<T>::insert(id, agreement);
        Ok(())
    }

    pub(crate) fn do_reject(who: &T::AccountId, id: AgreementId) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        ensure!(
            Self::on_table(&agreement, Self::now())?.by != by,
            Error::<T>::OwnOffer
        );
        if let Some(version) = Self::clear_table(id, &mut agreement) {
            Self::deposit_event(Event::Rejected {
                agreement: id,
                version,
                by,
            });
        }
        Agreements::<T>::insert(id, agreement);
        Ok(())
    }

    pub(crate) fn do_terminate(who: &T::AccountId, id: AgreementId, last: Period) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        let now = Self::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        ensure!(last.is_valid(), Error::<T>::InvalidPeriod);
        let first = agreement
            .versions
            .first()
            .map(|entry| entry.from)
            .ok_or(Error::<T>::NotActive)?;
        ensure!(first <= last && last < agreement.end(), Error::<T>::OutsideTerm);
        let notice = Period::containing(now).months_until(last);
        ensure!(last >= Period::containing(now), Error::<T>::NoticeTooShort);
        let agreed = Self::newest_outline(id, &agreement)?.notice_months;
        ensure!(
            notice >= T::TerminationNoticeMonths::get().max(u32::from(agreed)),
            Error::<T>::NoticeTooShort
        );
        ensure!(
            T::Periods::last_closed(id).is_none_or(|closed| closed <= last),
            Error::<T>::PeriodClosed
        );

        Self::clear_table(id, &mut agreement);
        agreement.versions.retain(|entry| {
            let begins = entry.from <= last;
            if !begins {
                Self::drop_terms(id, entry.version);
            }
            begins
        });
        agreement.status = AgreementStatus::Terminated;
        agreement.last = last;
        agreement.prolongation_months = 0;
        Agreements::<T>::insert(id, agreement);
        Self::deposit_event(Event::Terminated {
            agreement: id,
            by,
            last,
        });
        Ok(())
    }

    /// What an amendment must hold against the agreement as it stands.
    fn check_amendment(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let now = Self::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        let first = agreement
            .versions
            .first()
            .map(|entry| entry.from)
            .ok_or(Error::<T>::NotActive)?;
        let newest = Self::newest_outline(id, agreement)?;
        let fixed = terms.first == first && terms.currency == newest.currency;
        ensure!(fixed, Error::<T>::FixedByAgreement);
        ensure!(from.is_valid(), Error::<T>::InvalidPeriod);
        let within = first <= from && from <= terms.last && from <= agreement.end().next();
        ensure!(within, Error::<T>::OutsideTerm);
        let closed = T::Periods::last_closed(id);
        ensure!(
            closed.is_none_or(|closed| closed < from),
            Error::<T>::PeriodClosed
        );
        if let Some(closed) = closed.filter(|closed| closed.next() == from) {
            Self::check_commitments_due(id, agreement, closed)?;
        }
        Self::check_usage_kept(id, agreement, from, terms)
    }

    /// A commitment's span ends with the version, whose last month is charged what is missing: that month must not be
    /// closed already.
    fn check_commitments_due(id: AgreementId, agreement: &AgreementFor<T>, closed: Period) -> DispatchResult {
        let Some(version) = agreement.version_in(closed) else {
            return Ok(());
        };
        let in_force = agreement.months_of(version).ok_or(Error::<T>::NotFound)?;
        let terms = TermsOf::<T>::get(id, version).ok_or(Error::<T>::NotFound)?;
        let due = terms.directions.iter().all(|direction| {
            !direction.has_commitment()
                || stretch(&terms, direction.commitment_span, in_force, closed).last == closed
        });
        ensure!(due, Error::<T>::CommitmentRunning);
        Ok(())
    }

    /// Running totals are kept by group: what has been anchored from `from` on must mean the same under the new terms.
    ///
    /// Reads one record for each month of the term that runs from `from` on, so at most [`Config::MaxTermMonths`]; a
    /// prolongation begins where the last one ended.
    fn check_usage_kept(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let mut compared = BTreeSet::new();
        let mut month = from;
        // Of what prolongs itself no month beyond the running term can have usage yet.
        let last = agreement.last_at(Self::now());
        while month <= last {
            if T::Usage::period_usage(id, month).in_use() {
                let stays = month <= terms.last || terms.prolongation_months > 0;
                ensure!(stays, Error::<T>::PeriodInUse);
                if let Some(version) = agreement
                    .version_in(month)
                    .filter(|version| compared.insert(*version))
                {
                    let old = TermsOf::<T>::get(id, version).ok_or(Error::<T>::NotFound)?;
                    ensure!(keeps_groups(&old, terms), Error::<T>::GroupsInUse);
                }
            }
            month = month.next();
        }
        Ok(())
    }

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
        let agreement = Agreements::<T>::get(id).ok_or(Error::<T>::NotFound)?;
        let party = agreement.party_index(operator).ok_or(Error::<T>::NotAParty)?;
        Ok((agreement, party))
    }

    /// The offer that can still be answered.
    fn on_table(agreement: &AgreementFor<T>, now: Moment) -> Result<&Offer<T::AccountId>, Error<T>> {
        let offer = agreement.offer.as_ref().ok_or(Error::<T>::NoOffer)?;
        ensure!(!offer.lapsed(now), Error::<T>::OfferLapsed);
        Ok(offer)
    }

    /// Gives terms the next version number and makes them the offer.
    fn put_on_table(
        id: AgreementId,
        agreement: &mut AgreementFor<T>,
        by: OperatorId,
        from: Period,
        terms: Terms,
        now: Moment,
    ) -> Result<Tabled, Error<T>> {
        let version = agreement.latest.checked_add(1).ok_or(Error::<T>::NumbersUsedUp)?;
        let digest = terms.digest();
        let expires = now.saturating_add(T::OfferLifetime::get());
        let signatures = [BoundedVec::new(), BoundedVec::new()];
        agreement.latest = version;
        agreement.offer = Some(Offer {
            version,
            by,
            from,
            digest,
            expires,
            signatures,
        });
        Outlines::<T>::insert(id, version, Outline::of(&terms));
        TermsOf::<T>::insert(id, version, terms);
        Self::watch(id, expires);
        Ok(Tabled {
            version,
            digest,
            expires,
        })
    }

    /// Takes the offer off the table; without it, an agreement that never was in force is abandoned.
    pub(crate) fn clear_table(id: AgreementId, agreement: &mut AgreementFor<T>) -> Option<u32> {
        let version = agreement.offer.take()?.version;
        Self::drop_terms(id, version);
        if agreement.versions.is_empty() {
            agreement.status = AgreementStatus::Abandoned;
        }
        Some(version)
    }

    pub(crate) fn drop_terms(id: AgreementId, version: u32) {
        TermsOf::<T>::remove(id, version);
        Outlines::<T>::remove(id, version);
    }

    /// Has the agreement looked at once a moment has come.
    pub(crate) fn watch(id: AgreementId, moment: Moment) {
        if NextSlot::<T>::get().is_none() {
            // What is queued lies ahead, now and later.
            NextSlot::<T>::put(Self::now().checked_div(DEADLINE_SLOT).unwrap_or_default());
        }
        Deadlines::<T>::insert(moment.div_ceil(DEADLINE_SLOT), id, ());
    }

    pub(crate) fn take_id() -> Result<AgreementId, Error<T>> {
        let id = NextAgreementId::<T>::get();
        NextAgreementId::<T>::put(id.next().ok_or(Error::<T>::NumbersUsedUp)?);
        Ok(id)
    }

    pub(crate) fn now() -> Moment {
        T::Time::now().as_secs()
    }
}

/// What events tell of an offer.
struct Tabled {
    version: u32,
    digest: Digest,
    expires: Moment,
}
