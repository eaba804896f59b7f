//! Deposits, what the creditor releases, and what goes back at the end.

use super::EscrowFor;
use crate::{Config, Error, Escrows, Event, Months, Pallet};
use alloc::vec::Vec;
use frame_support::{ensure, BoundedVec};
use interclear_ports::{Agreements, Clock, Obligations, Periods, Usage};
use interclear_primitives::{
    agreement::Direction,
    escrow::{Escrow, MaxUnpaid},
    ids::{AgreementId, ObligationId, TokenId},
    period::Period,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Months before the last prepaid one whose disputes are looked for: what is disputed is ruled within so many.
const DISPUTED_MONTHS: usize = 24;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_deposit(
        who: &T::AccountId,
        agreement: AgreementId,
        token: TokenId,
        amount: u128,
    ) -> DispatchResult {
        let (operator, direction) = Self::payer(who, agreement)?;
        ensure!(amount > 0, Error::<T>::NothingToHold);
        let months = T::Agreements::secured_months(agreement, direction).ok_or(Error::<T>::NotPrepaid)?;
        let month = Period::containing(T::Clock::now()).max(months.first);
        ensure!(month <= months.last, Error::<T>::NotPrepaid);
        let (_, terms) = T::Agreements::terms_in(agreement, month).ok_or(Error::<T>::NotPrepaid)?;
        ensure!(terms.secures(direction), Error::<T>::NotPrepaid);
        let prepaid = terms.usage.prepaid(direction);
        let accepts = terms.creditor_accepts(direction);
        ensure!(
            T::Obligations::is_accepted(token, terms.currency, accepts),
            Error::<T>::TokenNotAccepted
        );
        let decimals = T::Obligations::decimals(terms.currency).ok_or(Error::<T>::TokenNotAccepted)?;
        let mut escrow = Escrows::<T>::get(agreement, direction).unwrap_or_else(|| Escrow {
            token,
            currency: terms.currency,
            decimals,
            account: who.clone(),
            held: 0,
            reserved: 0,
            floor: 0,
            unpaid: Default::default(),
            prepaid: false,
            from: months.first,
        });
        let usable = escrow.token == token && escrow.currency == terms.currency;
        let empty = escrow.held == 0 && (escrow.reserved == 0 || escrow.currency == terms.currency);
        ensure!(usable || empty, Error::<T>::OtherToken);

        Self::move_to(&escrow, who)?;
        Self::hold(token, who, amount)?;
        // An amendment may have made earlier months prepaid than those of the first deposit.
        escrow.from = escrow.from.min(months.first);
        escrow.token = token;
        escrow.currency = terms.currency;
        escrow.decimals = decimals;
        escrow.account = who.clone();
        escrow.held = escrow
            .held
            .checked_add(amount)
            .ok_or(Error::<T>::AmountOverflow)?;
        escrow.floor = prepaid.map_or(0, |prepaid| prepaid.floor);
        escrow.prepaid = prepaid.is_some();
        let held = escrow.held;
        Escrows::<T>::insert(agreement, direction, escrow);
        Self::deposit_event(Event::Deposited {
            agreement,
            direction,
            operator,
            token,
            amount,
            held,
        });
        Ok(())
    }

    pub(crate) fn do_release(who: &T::AccountId, agreement: AgreementId, amount: u128) -> DispatchResult {
        let (_, own) = Self::payer(who, agreement)?;
        let direction = own.reverse();
        let mut escrow = Self::escrow_of(agreement, direction)?;
        ensure!(amount > 0, Error::<T>::NothingToHold);
        escrow.held = escrow.held.checked_sub(amount).ok_or(Error::<T>::ExceedsHeld)?;
        Self::release_held(&escrow, amount)?;
        let held = escrow.held;
        Escrows::<T>::insert(agreement, direction, escrow);
        Self::deposit_event(Event::Released {
            agreement,
            direction,
            amount,
            held,
        });
        Ok(())
    }

    pub(crate) fn do_refund(who: &T::AccountId, agreement: AgreementId) -> DispatchResult {
        let (_, direction) = Self::payer(who, agreement)?;
        let escrow = Self::escrow_of(agreement, direction)?;
        Self::ensure_ended(agreement, direction, &escrow)?;
        Self::give_back(agreement, direction, escrow)
    }

    /// Nothing that the escrow secures can still arise, and all that has arisen is paid.
    pub(crate) fn ensure_ended(
        agreement: AgreementId,
        direction: Direction,
        escrow: &EscrowFor<T>,
    ) -> Result<(), Error<T>> {
        let now = T::Clock::now();
        let months = T::Agreements::secured_months(agreement, direction);
        ensure!(
            months.is_none_or(|months| now >= months.last.end()),
            Error::StillPrepaid
        );
        // What a month uses, or vouchers were paid of it, is settled with its statement.
        let used = Months::<T>::iter_key_prefix((agreement, direction)).next();
        ensure!(used.is_none(), Error::MonthOpen);
        if let Some(last) = months.map(|months| months.last) {
            ensure!(T::Periods::last_closed(agreement) >= Some(last), Error::MonthOpen);
            let late = T::Agreements::usage_terms_in(agreement, last).map(|usage| usage.late_until(last));
            ensure!(late.is_none_or(|late| now >= late), Error::DisputeDaysRunning);
            // Late usage is billed by months after the last one, too.
            let closed = T::Periods::last_closed(agreement).unwrap_or(last);
            let disputed = |month: Period| now < T::Usage::period_usage(agreement, month).disputed_until;
            let mut recent = core::iter::successors(Some(closed), |month| Some(month.previous()));
            let running = recent.by_ref().take(DISPUTED_MONTHS).any(disputed);
            ensure!(!running, Error::DisputeDaysRunning);
        }
        let unpaid = !escrow.unpaid.iter().all(|debt| T::Obligations::is_paid(*debt));
        ensure!(!unpaid, Error::ObligationUnpaid);
        ensure!(
            !Self::is_frozen(escrow.token, &escrow.account),
            Error::AccountFrozen
        );
        Ok(())
    }

    pub(crate) fn give_back(
        agreement: AgreementId,
        direction: Direction,
        escrow: EscrowFor<T>,
    ) -> Result<(), DispatchError> {
        let amount = escrow.held;
        if amount > 0 {
            Self::release_held(&escrow, amount)?;
        }
        Escrows::<T>::remove(agreement, direction);
        Self::deposit_event(Event::Refunded {
            agreement,
            direction,
            amount,
        });
        Ok(())
    }

    /// Debts that are still to be paid, and another one.
    pub(super) fn with_unpaid(escrow: &mut EscrowFor<T>, obligation: ObligationId) {
        let mut unpaid: Vec<_> = escrow
            .unpaid
            .iter()
            .copied()
            .filter(|debt| !T::Obligations::is_paid(*debt))
            .chain([obligation])
            .collect();
        // Of more than are remembered the oldest go: they are paid before the others, or not at all.
        let most = BoundedVec::<ObligationId, MaxUnpaid>::bound();
        unpaid.drain(..unpaid.len().saturating_sub(most));
        escrow.unpaid = BoundedVec::truncate_from(unpaid);
    }
}
