//! Offers: a proposal, a counter-offer, an amendment.

use super::{
    validate::{check_parties, check_terms},
    AgreementFor,
};
use crate::{Agreements, AgreementsOf, Config, Error, Event, Outline, Outlines, Pallet, Proposals, TermsOf};
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_ports::{Caps, Clock, Exposures, Operators};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Offer, Terms},
    ids::{AgreementId, OperatorId},
    operator::Role,
    period::Period,
    Digest, Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

/// What events tell of an offer.
struct Tabled {
    version: u32,
    digest: Digest,
    expires: Moment,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_propose(who: &T::AccountId, counterparty: OperatorId, terms: Terms) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let parties = [by, counterparty];
        Proposals::<T>::try_mutate(by, counterparty, |open| {
            ensure!(*open < T::MaxProposals::get(), Error::<T>::MaxProposalsExceeded);
            *open = open.saturating_add(1);
            Ok::<(), DispatchError>(())
        })?;
        let id = Self::take_id()?;
        let agreement = Agreement {
            parties,
            status: AgreementStatus::Proposed,
            latest: 0,
            offer: None,
            versions: BoundedVec::new(),
            last: terms.last,
            renewal_months: 0,
        };
        let from = terms.first;
        let Tabled {
            version,
            digest,
            expires,
        } = Self::put_on_table(id, agreement, by, from, terms)?;
        parties
            .into_iter()
            .for_each(|party| AgreementsOf::<T>::insert(party, id, ()));
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
        let offer = Self::on_table(&agreement, T::Clock::now())?;
        ensure!(offer.version == version, Error::<T>::StaleVersion);
        let from = match agreement.versions.is_empty() {
            true => {
                agreement.status = AgreementStatus::Countered;
                agreement.last = terms.last;
                terms.first
            }
            false => offer.from,
        };
        let Tabled {
            version,
            digest,
            expires,
        } = Self::put_on_table(id, agreement, by, from, terms)?;
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
        let (agreement, _) = Self::load_for(id, by)?;
        let now = T::Clock::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        // An offer whose time is over makes way.
        if let Some(offer) = &agreement.offer {
            ensure!(offer.lapsed(now), Error::<T>::OfferPending);
            Self::deposit_event(Event::OfferLapsed {
                agreement: id,
                version: offer.version,
            });
        }
        let Tabled {
            version,
            digest,
            expires,
        } = Self::put_on_table(id, agreement, by, from, terms)?;
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

    /// Who is owed more than its cap begins nothing new; what runs goes on, and is amended.
    pub(crate) fn ensure_exposure(agreement: &AgreementFor<T>) -> DispatchResult {
        match (agreement.versions.is_empty(), agreement.parties) {
            (true, [one, other]) => T::Exposures::ensure_within(one, other),
            (false, _) => Ok(()),
        }
    }

    /// Checks terms that would be in force from a month on, gives them the next version number and makes them the offer,
    /// in place of the one on the table.
    fn put_on_table(
        id: AgreementId,
        mut agreement: AgreementFor<T>,
        by: OperatorId,
        from: Period,
        terms: Terms,
    ) -> Result<Tabled, DispatchError> {
        Self::check_offer(id, &agreement, from, &terms)?;
        T::Caps::ensure_within(&terms, from)?;
        Self::ensure_exposure(&agreement)?;
        if let Some(replaced) = agreement.offer.take() {
            Self::drop_terms(id, replaced.version);
            if agreement.versions.is_empty() {
                Self::unwatch(id, replaced.expires);
            }
        }
        let version = agreement.latest.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
        let digest = terms.digest();
        let expires = T::Clock::now().saturating_add(T::OfferLifetime::get());
        agreement.latest = version;
        agreement.offer = Some(Offer {
            version,
            by,
            from,
            digest,
            expires,
            signatures: [BoundedVec::new(), BoundedVec::new()],
        });
        Outlines::<T>::insert(id, version, Outline::of(&terms));
        TermsOf::<T>::insert(id, version, terms);
        Self::watch(id, expires);
        Agreements::<T>::insert(id, agreement);
        Ok(Tabled {
            version,
            digest,
            expires,
        })
    }

    /// What terms must hold when they are offered, and still when they come into force.
    pub(super) fn check_offer(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        check_terms::<T>(terms)?;
        check_parties::<T>(terms, agreement.parties)?;
        let over = terms.last < Period::containing(T::Clock::now());
        let amends = !agreement.versions.is_empty();
        // An amendment in a renewal leaves the term as it was.
        ensure!(!over || amends && terms.renewal_months > 0, Error::<T>::TermOver);
        match amends {
            false => Ok(()),
            true => Self::check_amendment(id, agreement, from, terms),
        }
    }
}
