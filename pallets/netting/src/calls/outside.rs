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
    DAY,
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

    fn known(id: ObligationId, reference: &PaymentReference) -> Result<Booked, Error<T>> {
        ensure!(reference.is_valid(), Error::<T>::InvalidReference);
        let debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        Ok(debt)
    }
}
