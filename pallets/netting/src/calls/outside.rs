//! What is paid outside of cycles.
//!
//! Only who is owed says that it was paid: a claim of the debtor tells it to look, and changes nothing.

use crate::{Booked, Config, Error, Event, Finished, Obligations, PaidOutside, Pallet, CONFIRM_DAYS};
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
        let debt = Self::payable(id, &reference)?;
        ensure!(debt.debtor == operator, Error::<T>::NotTheDebtor);
        let now = T::Clock::now();
        let waits = PaidOutside::<T>::get(id).is_some_and(|claim| now <= claim.at);
        ensure!(!waits, Error::<T>::AlreadyClaimed);
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
        let mut debt = Self::payable(id, &reference)?;
        ensure!(debt.creditor == operator, Error::<T>::NotTheCreditor);
        let now = T::Clock::now();
        Self::take_back(id, &mut debt).map_err(Error::<T>::from)?;
        for (party, _, sum) in debt.sides() {
            Self::take_from_total(debt.currency, party, &sum).map_err(Error::<T>::from)?;
        }
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

    /// An obligation that can be paid outside of cycles: none has it, and none will when it has left its book.
    fn payable(id: ObligationId, reference: &PaymentReference) -> Result<Booked, Error<T>> {
        ensure!(reference.is_valid(), Error::<T>::InvalidReference);
        let debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        Self::ensure_open(&debt)?;
        Ok(debt)
    }
}
