//! Standing offers: one party publishes terms, another one accepts them with one signature and a deposit.

use crate::{Config, Error, Event, Offers, Pallet};
use frame_support::{ensure, traits::Get};
use interclear_ports::{Agreements, Clock, Obligations, Operators};
use interclear_primitives::{
    agreement::Direction,
    escrow::{Networks, StandingOffer},
    ids::OperatorId,
    operator::Role,
    period::Period,
    Digest,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_publish_offer(who: &T::AccountId, number: u8, offer: StandingOffer) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Commercial)?;
        ensure!(number < T::MaxOffers::get(), Error::<T>::MaxOffersExceeded);
        let terms = &offer.terms;
        ensure!(offer.is_open() && terms.signatures == 1, Error::<T>::OfferNotOpen);
        ensure!(
            terms.usage.prepaid(Direction::FirstHome).is_some(),
            Error::<T>::NotPrepaid
        );
        ensure!(
            offer.uses > 0 && T::Clock::now() <= offer.until,
            Error::<T>::OfferOver
        );
        let accepts = terms.creditor_accepts(Direction::FirstHome);
        ensure!(
            T::Obligations::is_accepted(offer.token, terms.currency, accepts),
            Error::<T>::TokenNotAccepted
        );
        let digest = offer.digest();
        Offers::<T>::insert(by, number, offer);
        Self::deposit_event(Event::OfferPublished { by, number, digest });
        Ok(())
    }

    pub(crate) fn do_withdraw_offer(who: &T::AccountId, number: u8) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        ensure!(Offers::<T>::take(by, number).is_some(), Error::<T>::OfferNotFound);
        Self::deposit_event(Event::OfferWithdrawn { by, number });
        Ok(())
    }

    pub(crate) fn do_accept_offer(
        who: &T::AccountId,
        (by, number): (OperatorId, u8),
        digest: Digest,
        networks: &Networks,
        amount: u128,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(who, Role::Commercial)?;
        let mut offer = Offers::<T>::get(by, number).ok_or(Error::<T>::OfferNotFound)?;
        ensure!(operator != by, Error::<T>::OwnOffer);
        ensure!(offer.digest() == digest, Error::<T>::OfferChanged);
        let now = T::Clock::now();
        ensure!(now <= offer.until, Error::<T>::OfferOver);
        ensure!(amount >= offer.deposit, Error::<T>::DepositTooSmall);
        let terms = offer.terms_for(networks, Period::containing(now));
        // Whether both parties are active, own their networks, and what prices are capped at is asked as of any offer.
        let agreement = T::Agreements::conclude([operator, by], terms)?;
        Self::do_deposit(who, agreement, offer.token, amount, || false)?;
        offer.uses = offer.uses.saturating_sub(1);
        match offer.uses {
            0 => Offers::<T>::remove(by, number),
            _ => Offers::<T>::insert(by, number, offer),
        }
        Self::deposit_event(Event::OfferAccepted {
            by,
            number,
            operator,
            agreement,
        });
        Ok(())
    }
}
