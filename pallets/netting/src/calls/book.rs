//! The book of debts: sums by operator and by pair, and where each obligation stands.
//!
//! Cycles read the sums, never the obligations: what is due on a day has been added up when it arose. Nothing is written to an
//! obligation when a cycle takes it in, settles it or gives it back; that follows from the slot in which it waited, and from
//! who was excluded from which cycle since.

use crate::{
    day_of, Balance, Balances, Booked, Config, Cut, Cuts, Cycles, Day, Due, Error, Event, FirstDay, LastCut,
    Mutuals, NextObligation, Obligations, ObligationsIn, ObligationsOf, Pallet, Positions, Slot, Sum,
};
use frame_support::storage::with_storage_layer;
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    money::{Currency, Value, ValueError},
    netting::{ObligationSource, ObligationStatus},
    Moment,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Books a debt.
    pub(crate) fn do_create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, DispatchError> {
        // Refused by a sum that does not fit, it leaves nothing behind.
        with_storage_layer(|| Self::enter(debtor, creditor, currency, amount, due, source))
    }

    fn enter(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, DispatchError> {
        let id = NextObligation::<T>::get();
        let next = id.next().ok_or(Error::<T>::IdsExhausted)?;
        let day = day_of(due);
        let slot = Self::slot_of(currency, day);
        Self::add_pair(
            currency,
            slot,
            debtor,
            creditor,
            &Sum::owing(amount),
            &Sum::owed(amount),
        )
        .map_err(Error::<T>::from)?;
        for (party, sum) in [(debtor, Sum::owing(amount)), (creditor, Sum::owed(amount))] {
            Self::owe_more(currency, party, &sum, day).map_err(Error::<T>::from)?;
            ObligationsOf::<T>::insert(party, id, ());
        }
        NextObligation::<T>::put(next);
        if !LastCut::<T>::contains_key(currency) {
            FirstDay::<T>::mutate(currency, |first| {
                *first = Some(first.map_or(day, |first| first.min(day)))
            });
        }
        ObligationsIn::<T>::insert((currency, slot, id), ());
        Obligations::<T>::insert(
            id,
            Booked {
                debtor,
                creditor,
                currency,
                amount,
                due,
                source,
                slot,
            },
        );
        Self::deposit_event(Event::ObligationCreated {
            obligation: id,
            debtor,
            creditor,
            currency,
            amount,
            due,
        });
        Ok(id)
    }

    /// Where what is due on a day waits: what comes when a cycle has taken that day in waits for the cycle after it.
    fn slot_of(currency: Currency, day: Day) -> Slot {
        match LastCut::<T>::get(currency) {
            Some(last) if day <= last.to => Slot::After(last.cycle),
            _ => Slot::Day(day),
        }
    }

    /// Adds to what waits in a slot between two operators, seen by each of them.
    pub(crate) fn add_pair(
        currency: Currency,
        slot: Slot,
        one: OperatorId,
        other: OperatorId,
        of_one: &Sum,
        of_other: &Sum,
    ) -> Result<(), ValueError> {
        for (operator, partner, sum) in [(one, other, of_one), (other, one, of_other)] {
            let waiting = Due::<T>::get((currency, slot, operator)).plus(sum)?;
            let mutual = Mutuals::<T>::get((currency, operator, slot, partner)).plus(sum)?;
            Due::<T>::insert((currency, slot, operator), waiting);
            Mutuals::<T>::insert((currency, operator, slot, partner), mutual);
        }
        Ok(())
    }

    fn owe_more(currency: Currency, operator: OperatorId, sum: &Sum, due: Day) -> Result<(), ValueError> {
        let balance = match Balances::<T>::get(currency, operator) {
            None => Balance {
                sum: *sum,
                earliest: due,
            },
            Some(balance) => Balance {
                sum: balance.sum.plus(sum)?,
                earliest: balance.earliest.min(due),
            },
        };
        Balances::<T>::insert(currency, operator, balance);
        Ok(())
    }

    /// Takes what a cycle has settled, all that was due by a day, out of what an operator has not settled.
    pub(crate) fn settle_share(
        currency: Currency,
        operator: OperatorId,
        share: &Sum,
        to: Day,
    ) -> Result<(), ValueError> {
        let Some(balance) = Balances::<T>::get(currency, operator) else {
            return Err(ValueError::Negative);
        };
        let sum = balance.sum.less(share)?;
        if sum.is_nothing() {
            Balances::<T>::remove(currency, operator);
        } else {
            let earliest = balance.earliest.max(to.saturating_add(1));
            Balances::<T>::insert(currency, operator, Balance { sum, earliest });
        }
        Ok(())
    }

    /// Whether an operator has something to settle in a currency that may be due by a day.
    pub(crate) fn has_due(currency: Currency, operator: OperatorId, by: Day) -> bool {
        Balances::<T>::get(currency, operator).is_some_and(|balance| balance.earliest <= by)
    }

    /// Where an obligation stands.
    pub(crate) fn status_of(debt: &Booked) -> ObligationStatus {
        let cuts = Cuts::<T>::get(debt.currency);
        let first = match debt.slot {
            Slot::Day(day) => cuts.partition_point(|cut| cut.to < day),
            Slot::After(cycle) => cuts.partition_point(|cut| cut.cycle <= cycle),
        };
        let stays = |cycle| Self::both_stay(cycle, debt);
        match cuts.iter().skip(first).find(|cut| stays(cut.cycle)) {
            None => ObligationStatus::Open,
            Some(Cut { cycle, .. }) if Self::is_settled(*cycle) => ObligationStatus::Settled(*cycle),
            Some(Cut { cycle, .. }) => ObligationStatus::InCycle(*cycle),
        }
    }

    /// Whether neither party of an obligation is excluded from a cycle.
    pub(crate) fn both_stay(cycle: CycleId, debt: &Booked) -> bool {
        [debt.debtor, debt.creditor]
            .iter()
            .all(|party| !Positions::<T>::get(cycle, party).excluded)
    }

    pub(crate) fn is_settled(cycle: CycleId) -> bool {
        Cycles::<T>::get(cycle).is_some_and(|cycle| cycle.is_settled())
    }
}
