//! What is paid outside of cycles.
//!
//! Only who is owed says that it was paid: a claim of the debtor tells it to look. It keeps no cycle from taking the obligation in, or a
//! debtor would keep out of all of them; what it does is to end the late interest with it, if the creditor confirms it in time, and, the
//! first time, to keep what is held ahead from paying it meanwhile.

use crate::{day_of, Booked, Config, Error, Event, Finished, Obligations, PaidOutside, Pallet, CONFIRM_DAYS};
use frame_support::ensure;
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    ids::ObligationId,
    netting::{OutsidePayment, PaymentReference},
    operator::Role,
    Moment, DAY,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_claim_payment(
        who: &T::AccountId,
        id: ObligationId,
        reference: PaymentReference,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let mut debt = Self::known(id, &reference)?;
        ensure!(debt.debtor == operator, Error::<T>::NotTheDebtor);
        let late = Self::ensure_open(&debt)?;
        let now = T::Clock::now();
        ensure!(Self::claimed_until(id, now).is_none(), Error::<T>::AlreadyClaimed);
        debt.claimed_again = debt.claimed.is_some();
        debt.claimed = Some(Self::late_until(&debt, late, day_of(now), false));
        Obligations::<T>::insert(id, debt);
        let until = now.saturating_add(CONFIRM_DAYS.saturating_mul(DAY));
        let claim = OutsidePayment {
            reference: reference.clone(),
            at: until,
            confirmed: false,
        };
        PaidOutside::<T>::insert(id, claim);
        Self::deposit_event(Event::PaymentClaimed {
            obligation: id,
            reference,
            until,
        });
        Ok(())
    }

    pub(crate) fn do_confirm_payment(
        who: &T::AccountId,
        id: ObligationId,
        reference: PaymentReference,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let mut debt = Self::known(id, &reference)?;
        ensure!(debt.creditor == operator, Error::<T>::NotTheCreditor);
        let late = Self::ensure_open(&debt)?;
        let now = T::Clock::now();
        // Who has paid is not late by the days in which its creditor looks.
        let claimed = Self::claimed_until(id, now).and(debt.claimed);
        Self::take_back(id, &mut debt, claimed.unwrap_or(late)).map_err(Error::<T>::from)?;
        Self::take_from_totals(&debt).map_err(Error::<T>::from)?;
        debt.paid_outside = Some(now);
        Obligations::<T>::insert(id, debt);
        let payment = OutsidePayment {
            reference: reference.clone(),
            at: now,
            confirmed: true,
        };
        PaidOutside::<T>::insert(id, payment);
        Self::expire(Finished::Obligation(id));
        Self::deposit_event(Event::PaymentConfirmed {
            obligation: id,
            reference,
        });
        Ok(())
    }

    /// When a claim to have paid an obligation outside of cycles lapses, unless its creditor has confirmed it by then. Days on which netting was
    /// paused since do not count, unless it is paid gross: nobody confirms what a cycle has.
    pub fn claimed_until(id: ObligationId, now: Moment) -> Option<Moment> {
        let claim = PaidOutside::<T>::get(id).filter(|claim| !claim.confirmed)?;
        let claimed_at = claim.at.saturating_sub(CONFIRM_DAYS.saturating_mul(DAY));
        let paused = Obligations::<T>::get(id)
            .map_or(0, |debt| Self::paused_for(&debt, day_of(claimed_at), day_of(now)));
        let until = claim.at.saturating_add(DAY.saturating_mul(paused.into()));
        (now <= until).then_some(until)
    }

    /// Whether a claim of its debtor to have paid an obligation elsewhere keeps nobody any more: what is held ahead pays it by a call of its
    /// creditor.
    pub fn has_lapsed(id: ObligationId, now: Moment) -> bool {
        Obligations::<T>::get(id)
            .is_some_and(|debt| debt.claimed.is_some() && !Self::may_look(id, &debt, now))
    }

    /// Whether its creditor has time to look whether a bank has paid it: after the first claim, however often it is claimed again. Banks go on
    /// while netting is paused: no claim of nothing keeps what is held ahead for as long.
    pub(crate) fn may_look(id: ObligationId, debt: &Booked, now: Moment) -> bool {
        let looks = PaidOutside::<T>::get(id).is_some_and(|claim| !claim.confirmed && now <= claim.at);
        looks && !debt.claimed_again
    }

    fn known(id: ObligationId, reference: &PaymentReference) -> Result<Booked, Error<T>> {
        ensure!(reference.is_valid(), Error::<T>::InvalidReference);
        let debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        Ok(debt)
    }
}
