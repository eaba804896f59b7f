//! Deposits, what the creditor releases, and what goes back at the end.

use super::EscrowFor;
use crate::{
    Config, Error, EscrowKey, Escrows, Event, Months, OwedBefore, Pallet, Unpaid, WeightInfo, MAX_LOOKS,
};
use alloc::vec::Vec;
use frame_support::{ensure, weights::Weight};
use interclear_ports::{tokens::is_frozen, Agreements, Clock, Obligations, Periods, Usage};
use interclear_primitives::{
    agreement::Direction,
    escrow::{in_millionths, Escrow, EscrowMonth},
    ids::{AgreementId, ObligationId, TokenId},
    period::Period,
    usage::taken_until,
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
        may_look: impl FnMut() -> bool,
    ) -> DispatchResult {
        let (operator, direction) = Self::payer(who, agreement)?;
        ensure!(amount > 0, Error::<T>::NothingToHold);
        let months = T::Agreements::secured_months(agreement, direction).ok_or(Error::<T>::NotPrepaid)?;
        let month = Period::containing(T::Clock::now()).max(months.first);
        ensure!(month <= months.last, Error::<T>::NotPrepaid);
        let (_, terms) = T::Agreements::terms_in(agreement, month).ok_or(Error::<T>::NotPrepaid)?;
        ensure!(terms.secures(direction), Error::<T>::NotPrepaid);
        let accepts = terms.creditor_accepts(direction);
        ensure!(
            T::Obligations::is_accepted(token, terms.currency, accepts),
            Error::<T>::TokenNotAccepted
        );
        let decimals = T::Obligations::decimals(terms.currency).ok_or(Error::<T>::TokenNotAccepted)?;
        let mut escrow = Escrows::<T>::get(agreement, direction).unwrap_or_else(|| {
            let (unpaid, reserved) = OwedBefore::<T>::take((agreement, direction));
            Escrow {
                token,
                currency: terms.currency,
                decimals,
                account: who.clone(),
                held: 0,
                reserved,
                unpaid,
                tried: None,
                from: months.first,
            }
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
        Self::deposit_event(Event::Deposited {
            agreement,
            direction,
            operator,
            token,
            amount,
            held: escrow.held,
        });
        Escrows::<T>::insert(agreement, direction, &escrow);
        // What is owed already comes before usage that is still to come.
        Self::pay_debts((agreement, direction), &mut escrow, may_look);
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

    pub(crate) fn do_refund(who: &T::AccountId, agreement: AgreementId, looks: &mut u32) -> DispatchResult {
        let (_, direction) = Self::payer(who, agreement)?;
        let mut escrow = Self::escrow_of(agreement, direction)?;
        Self::ensure_ended(agreement, direction, &escrow)?;
        let paid = Self::find_paid((agreement, direction), &mut escrow, || {
            *looks = looks.saturating_add(1);
            true
        });
        ensure!(paid, Error::<T>::ObligationUnpaid);
        Self::give_back(agreement, direction, escrow)
    }

    /// What a refund weighs that looks at so many debts.
    pub(crate) fn weight_of_refund(looks: u32) -> Weight {
        T::WeightInfo::refund().saturating_add(T::Obligations::look_weight().saturating_mul(looks.into()))
    }

    /// Nothing that the escrow secures can still arise. Whether what it could not pay is paid takes longer to find out.
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
            // What could not be sent in time while anchoring was paused may still come.
            let sent_at = T::Usage::sent_at();
            let over = late.is_none_or(|late| sent_at >= late) || now >= taken_until(last);
            ensure!(over, Error::DisputeDaysRunning);
            // Late usage is billed by months after the last one, too.
            let closed = T::Periods::last_closed(agreement).unwrap_or(last);
            let recent = core::iter::successors(Some(closed), |month| Some(month.previous()));
            for month in recent.take(DISPUTED_MONTHS) {
                let usage = T::Usage::period_usage(agreement, month);
                ensure!(now >= usage.disputed_until, Error::DisputeDaysRunning);
                // One that came too late to hold its month open may still be concluded, and bills to a later one.
                let concluded = usage.pending_reports == 0 || now >= taken_until(month);
                ensure!(concluded, Error::ReportPending);
            }
            // A file that charges nothing may be rated at more, and a commitment is due with what a dispute has decided.
            let next = T::Usage::period_usage(agreement, closed.next());
            ensure!(!next.in_use() && next.returned == 0, Error::MonthOpen);
            ensure!(!T::Periods::is_undecided(agreement), Error::MonthOpen);
        }
        ensure!(
            now >= T::Usage::sent_again_until(agreement, direction),
            Error::ReturnedFileMissing
        );
        ensure!(
            !is_frozen::<T::Tokens, _>(escrow.token, &escrow.account),
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

    /// Forgets debts that the escrow could not pay and that are paid, as long as it may look at another one. Whether none is left.
    pub(crate) fn find_paid(
        key: EscrowKey,
        escrow: &mut EscrowFor<T>,
        mut may_look: impl FnMut() -> bool,
    ) -> bool {
        let debts: Vec<_> = Unpaid::<T>::iter_key_prefix(key)
            .take(MAX_LOOKS as usize)
            .collect();
        for debt in debts {
            if !may_look() || !T::Obligations::is_paid(debt) {
                return false;
            }
            Self::forget(key, escrow, debt);
        }
        escrow.unpaid == 0
    }

    /// Forgets a debt, whether its direction has an escrow by now or not.
    pub(crate) fn forget_in(key: EscrowKey, debt: ObligationId) {
        if let Some(mut escrow) = Escrows::<T>::get(key.0, key.1) {
            Self::forget(key, &mut escrow, debt);
            Escrows::<T>::insert(key.0, key.1, escrow);
            return;
        }
        Self::change_before(key, |unpaid, reserved| {
            Self::take_off(key, (unpaid, reserved), debt)
        });
    }

    /// Changes how many debts are noted where there is no escrow yet, and what these and statements keep.
    fn change_before(key: EscrowKey, change: impl FnOnce(&mut u32, &mut u128)) {
        OwedBefore::<T>::mutate_exists(key, |before| {
            let (mut unpaid, mut reserved) = before.unwrap_or_default();
            change(&mut unpaid, &mut reserved);
            *before = (unpaid > 0 || reserved > 0).then_some((unpaid, reserved));
        });
    }

    pub(super) fn forget(key: EscrowKey, escrow: &mut EscrowFor<T>, debt: ObligationId) {
        Self::take_off(key, (&mut escrow.unpaid, &mut escrow.reserved), debt);
    }

    /// Forgets one of so many debts, which keep so much.
    fn take_off(key: EscrowKey, (unpaid, reserved): (&mut u32, &mut u128), debt: ObligationId) {
        let kept = Unpaid::<T>::take(key, debt).unwrap_or_default();
        *reserved = reserved.saturating_sub(kept);
        *unpaid = unpaid.saturating_sub(1);
    }

    /// Notes another debt that the escrow could not pay, and keeps as much for it: what is owed comes before what is still to be used, or
    /// deposits that are each too small for it would pay for new usage for ever.
    pub(super) fn note_debt(key: EscrowKey, escrow: &mut EscrowFor<T>, debt: ObligationId) {
        let owed = T::Obligations::waiting(debt).filter(|(currency, _)| *currency == escrow.currency);
        let kept = owed.map_or(0, |(_, amount)| escrow.in_millionths(amount));
        Self::note(key, (&mut escrow.unpaid, &mut escrow.reserved), (debt, kept));
    }

    /// Notes a debt of a prepaid month whose direction has no escrow yet: who pays ahead only after that has no more usage taken than who
    /// did so before. On affirmation nobody has to pay ahead, and nothing is kept of what comes later.
    pub(super) fn note_before(key: EscrowKey, period: Period, debt: ObligationId) {
        let (agreement, direction) = key;
        if Escrows::<T>::contains_key(agreement, direction) || Self::prepaid_in(key, period).is_none() {
            return;
        }
        let kept = T::Obligations::waiting(debt).and_then(|(currency, amount)| {
            let decimals = T::Obligations::decimals(currency)?;
            Some(in_millionths(amount, decimals))
        });
        Self::change_before(key, |unpaid, reserved| {
            Self::note(key, (unpaid, reserved), (debt, kept.unwrap_or_default()));
        });
    }

    /// Has a closed month whose direction has no escrow yet keep what its statement says, in the minor unit of the currency's tokens, if it
    /// is prepaid: who pays ahead between closing and affirming, or while a part is withheld, has no more usage taken than who did so before.
    pub(crate) fn state_before(key: EscrowKey, period: Period, owed: u128) {
        let (agreement, direction) = key;
        if Escrows::<T>::contains_key(agreement, direction) {
            return;
        }
        let stated = || {
            let terms = T::Agreements::closing_terms(agreement, period)?;
            terms.prepaid(direction)?;
            // Files of what is prepaid are charged in the currency of the agreement.
            let decimals = T::Obligations::decimals(terms.currency)?;
            Some(in_millionths(owed, decimals))
        };
        let kept = match owed {
            0 => 0,
            _ => stated().unwrap_or_default(),
        };
        let before = Months::<T>::get(key, period);
        if kept == before.reserved {
            return;
        }
        match kept {
            0 => Months::<T>::remove(key, period),
            reserved => Months::<T>::insert(key, period, EscrowMonth { reserved, ..before }),
        }
        Self::change_before(key, |_, reserved| {
            *reserved = reserved.saturating_sub(before.reserved).saturating_add(kept);
        });
    }

    /// Notes another debt beside so many, which keep so much. Whether those before it are paid would take long to find out; but two of them
    /// are forgotten if they are not kept any more, those behind the new one in an order that nobody chooses, so that all have their turn.
    fn note(key: EscrowKey, (unpaid, reserved): (&mut u32, &mut u128), (debt, kept): (ObligationId, u128)) {
        let after = Unpaid::<T>::hashed_key_for(key, debt);
        let others: Vec<_> = Unpaid::<T>::iter_key_prefix_from(key, after).take(2).collect();
        for other in others {
            if !T::Obligations::is_kept(other) {
                Self::take_off(key, (&mut *unpaid, &mut *reserved), other);
            }
        }
        Unpaid::<T>::insert(key, debt, kept);
        *reserved = reserved.saturating_add(kept);
        *unpaid = unpaid.saturating_add(1);
    }
}
