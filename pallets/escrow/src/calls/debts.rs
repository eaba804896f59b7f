//! Debts that an escrow could not pay when they arose: as soon as it can it does, by a call, with a deposit, or in idle time.

use super::EscrowFor;
use crate::{Config, Error, EscrowKey, Escrows, Event, Pallet, Unpaid, WeightInfo, MAX_LOOKS};
use alloc::vec::Vec;
use frame_support::{ensure, weights::Weight};
use interclear_ports::Obligations;
use interclear_primitives::ids::{AgreementId, ObligationId, OperatorId};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pay_debt(
        who: &T::AccountId,
        agreement: AgreementId,
        debt: ObligationId,
    ) -> DispatchResult {
        let (operator, own) = Self::payer(who, agreement)?;
        let direction = Self::owing(agreement, debt).ok_or(Error::<T>::NotUnpaid)?;
        let mut escrow = Self::escrow_of(agreement, direction)?;
        let adds = (own == direction).then_some((operator, who));
        Self::pay_noted((agreement, direction), &mut escrow, debt, Some(operator), adds)
    }

    /// Pays what is noted, in full or not at all, as long as it may look at another debt: of up to [`MAX_LOOKS`], from where the last
    /// visit ended, so that those that cannot be paid stand in no other's way. What other months have used does not hold it up: it is
    /// older.
    pub(crate) fn pay_debts(key: EscrowKey, escrow: &mut EscrowFor<T>, mut may_look: impl FnMut() -> bool) {
        if escrow.held == 0 {
            return;
        }
        let before = escrow.clone();
        for debt in Self::debts_in_turn(key, escrow) {
            // A glance is enough at what is more than is held.
            let waiting = T::Obligations::waiting(debt);
            if waiting.is_none_or(|(_, amount)| amount <= escrow.held) {
                if !may_look() {
                    break;
                }
                if T::Obligations::is_paid(debt) {
                    Self::forget(key, escrow, debt);
                } else {
                    // What is in a cycle, was ever said to be paid elsewhere or cannot be paid so stays noted.
                    let _ = Self::pay_noted(key, escrow, debt, None, None);
                }
            }
            escrow.tried = Some(debt);
        }
        if *escrow != before {
            Escrows::<T>::insert(key.0, key.1, &*escrow);
        }
    }

    /// The noted debts behind the one that was tried last, and then those before it, each once.
    fn debts_in_turn(key: EscrowKey, escrow: &EscrowFor<T>) -> Vec<ObligationId> {
        let looks = escrow.unpaid.min(MAX_LOOKS);
        let behind = escrow.tried.map(|last| {
            let place = Unpaid::<T>::hashed_key_for(key, last);
            Unpaid::<T>::iter_key_prefix_from(key, place)
        });
        let all = Unpaid::<T>::iter_key_prefix(key);
        let in_turn = behind.into_iter().flatten().chain(all);
        in_turn.take(usize::try_from(looks).unwrap_or_default()).collect()
    }

    /// Pays what is noted in full. What the escrow lacks its debtor adds, where it calls, from any of its desks: who freezes the one that
    /// holds the escrow, so that no other can deposit, does not keep it from paying.
    fn pay_noted(
        key: EscrowKey,
        escrow: &mut EscrowFor<T>,
        debt: ObligationId,
        by: Option<OperatorId>,
        adds: Option<(OperatorId, &T::AccountId)>,
    ) -> DispatchResult {
        let (agreement, direction) = key;
        let mut after = escrow.clone();
        T::Obligations::end_with(debt, by, |currency, accepts, amount| {
            ensure!(currency == after.currency, Error::<T>::TokenNotAccepted);
            let from_held = amount.min(escrow.held);
            let lacks = amount.saturating_sub(from_held);
            ensure!(lacks == 0 || adds.is_some(), Error::<T>::ExceedsHeld);
            let to = Self::pay_out(key, escrow, accepts, from_held)?;
            if let Some((operator, who)) = adds.filter(|_| lacks > 0) {
                Self::pay_free(escrow.token, who, to, lacks)?;
                Self::deposit_event(Event::Deposited {
                    agreement,
                    direction,
                    operator,
                    token: escrow.token,
                    amount: lacks,
                    held: amount,
                });
            }
            after.held = after.held.saturating_sub(from_held);
            Self::deposit_event(Event::Paid {
                agreement,
                direction,
                to,
                amount,
                held: after.held,
            });
            Ok(after.token)
        })?;
        Self::forget(key, &mut after, debt);
        Escrows::<T>::insert(agreement, direction, &after);
        *escrow = after;
        Ok(())
    }

    /// What it weighs to pay one of the debts, or to find that it cannot be: it is asked whether it is paid, and whether it is open.
    pub(crate) fn weight_of_payment() -> Weight {
        let looks = T::Obligations::look_weight().saturating_mul(2);
        T::WeightInfo::pay_debt().saturating_add(looks)
    }

    /// What a deposit weighs that looks at so many debts. Glances are in that of the deposit.
    pub(crate) fn weight_of_deposit(looks: u32) -> Weight {
        let debts = Self::weight_of_payment().saturating_mul(looks.into());
        T::WeightInfo::deposit().saturating_add(debts)
    }
}
