//! Late interest: how late an obligation was paid follows from the cycles of its token, as where it stands does.
//!
//! It is never booked by itself, as no cycle reads an obligation: once the obligation has been paid, its creditor charges it, and it is
//! an obligation of its own from then on, which bears nothing.

use crate::{
    day_of, Booked, Charge, Charges, Config, Cycles, Day, Error, Event, LastCut, Obligations, Pallet,
};
use frame_support::ensure;
use interclear_billing::interest::{late_interest, Lateness, CHARGE_DAYS};
use interclear_ports::{Clock, Debt, Operators, Switches};
use interclear_primitives::{
    agreement::PaymentCondition,
    ids::{ObligationId, OperatorId, TokenId},
    money::{Currency, Value, ValueError},
    netting::{Issuers, LateInterest, ObligationSource, ObligationStatus},
    operator::Role,
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

impl Booked {
    /// What is owed of it: nobody bears interest on what was not.
    pub(crate) fn owed(&self) -> Result<Value, ValueError> {
        self.amount.checked_sub(&self.not_owed)
    }
}

impl<T: Config> Pallet<T> {
    /// Whether a debt that arises has been late ever since it was due: it was withheld, of a statement or of a bill, and a cycle has taken
    /// in that day without it. That is one in the token in which it is booked, or in one that its creditor likes better: which of them
    /// stand at this moment says nothing, or an issuer that owes would freeze its own for as long as the debt takes to arise.
    pub(crate) fn was_withheld(debt: &Debt, booked: Option<TokenId>) -> bool {
        let day = day_of(debt.due);
        let has_gone_by = |token| LastCut::<T>::get(token).is_some_and(|last| day <= last.to);
        let better = Self::tokens_of(debt.currency, &debt.accepts).take_while(|token| Some(*token) != booked);
        // A bill that is closed is due from then on; what comes again of the one before was due before.
        matches!(
            debt.source,
            ObligationSource::Note { .. } | ObligationSource::Inventory { .. }
        ) && debt.due < T::Clock::now()
            && better.chain(booked).any(has_gone_by)
    }

    /// How late a debt is, which was so late, with the time to a later day, on which a cycle ended that its debtor has missed, or has not; without
    /// the days of a pause.
    pub(crate) fn late_until(debt: &Booked, late: Lateness, day: Day, missed: bool) -> Lateness {
        let paused = match late.missed || missed {
            true => Self::paused_for(debt, late.since, day),
            false => 0,
        };
        late.until_without(day, missed, paused)
    }

    /// The days from one on and before another that count against nobody, as netting was paused: no cycle went on, and nothing that one has could
    /// be paid or confirmed otherwise; what is paid gross could.
    pub(crate) fn paused_for(debt: &Booked, from: Day, to: Day) -> u32 {
        match debt.gross {
            true => 0,
            false => T::Switches::netting_paused(from, to),
        }
    }

    /// What an obligation bears: until it was paid, or so far.
    pub(crate) fn interest_of(
        id: ObligationId,
        debt: &Booked,
        status: ObligationStatus,
        late: Lateness,
    ) -> LateInterest {
        let late = match status {
            status if status.is_paid() => late,
            _ => Self::late_until(debt, late, day_of(T::Clock::now()), false),
        };
        let owed = debt.owed().unwrap_or_default();
        LateInterest {
            bps: debt.late_interest_bps,
            owed,
            days: late.days,
            amount: late_interest(&owed, debt.late_interest_bps, late.days).unwrap_or_default(),
            charged: Charges::<T>::get(id)
                .map(|charge| charge.amount)
                .unwrap_or_default(),
        }
    }

    /// How late an obligation was paid, and when; `None` until it has been.
    fn paid(debt: &Booked) -> Option<(Lateness, Moment)> {
        let (status, late) = Self::stand(debt);
        Some((late, Self::paid_at(status)?))
    }

    /// When an obligation was paid that stands so; `None` until it has been.
    pub(crate) fn paid_at(status: ObligationStatus) -> Option<Moment> {
        match status {
            ObligationStatus::Settled(cycle) => Cycles::<T>::get(cycle)?.finished_at,
            ObligationStatus::PaidOutside(at) | ObligationStatus::PaidGross(at) => Some(at),
            _ => None,
        }
    }

    /// Until when late interest is charged on what was paid at a moment.
    pub(crate) fn charge_until(paid_at: Moment) -> Moment {
        paid_at.saturating_add(Moment::from(CHARGE_DAYS).saturating_mul(DAY))
    }

    pub(crate) fn do_charge_interest(who: &T::AccountId, id: ObligationId) -> DispatchResult {
        let creditor = T::Operators::ensure_role(who, Role::Clearing)?;
        let debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        ensure!(debt.creditor == creditor, Error::<T>::NotTheCreditor);
        let (late, paid_at) = Self::paid(&debt).ok_or(Error::<T>::ObligationNotPaid)?;
        ensure!(!Charges::<T>::contains_key(id), Error::<T>::NoInterest);
        let (bps, days) = (debt.late_interest_bps, late.days);
        let owed = debt.owed().map_err(Error::<T>::from)?;
        let amount = late_interest(&owed, bps, days).map_err(Error::<T>::from)?;
        ensure!(amount != Value::ZERO, Error::<T>::NoInterest);
        ensure!(
            T::Clock::now() <= Self::charge_until(paid_at),
            Error::<T>::ChargeDaysOver
        );
        let charge = Charge {
            debtor: debt.debtor,
            creditor,
            owed,
            bps,
            days,
            amount,
        };
        Charges::<T>::insert(id, charge);
        let parties = (debt.debtor, creditor);
        let interest = Self::book_interest(id, parties, debt.currency, amount, debt.accepts)?;
        Self::deposit_event(Event::InterestCharged {
            obligation: id,
            interest,
            days,
        });
        Ok(())
    }

    fn book_interest(
        obligation: ObligationId,
        (debtor, creditor): (OperatorId, OperatorId),
        currency: Currency,
        amount: Value,
        accepts: Issuers,
    ) -> Result<ObligationId, DispatchError> {
        Self::do_create(Debt {
            debtor,
            creditor,
            currency,
            amount,
            // As what is carried forward: for the next cycle.
            due: T::Clock::now().saturating_add(DAY),
            source: ObligationSource::Interest { obligation },
            accepts,
            late_interest_bps: 0,
            gives_back: None,
            condition: PaymentCondition::AtCycle,
        })
    }

    /// Nobody bears interest on what a note gives back: what has been charged on it is given back with it.
    pub(crate) fn do_give_back(id: ObligationId, note: &Debt) -> DispatchResult {
        let sides = (note.creditor, note.debtor);
        // What goes beyond a debt was owed by the other side, from now on.
        let part_of = |owed: Value| -> Result<Value, ValueError> {
            let (part, owed) = (note.amount.clear()?, owed.clear()?);
            Ok(Value::Clear(part.min(owed)))
        };
        let fault = Error::<T>::from;
        if let Some(mut debt) = Obligations::<T>::get(id).filter(|debt| (debt.debtor, debt.creditor) == sides)
        {
            let part = debt.owed().and_then(part_of).map_err(fault)?;
            debt.not_owed = debt.not_owed.checked_add(&part).map_err(fault)?;
            Obligations::<T>::insert(id, debt);
        }
        if let Some(mut charge) = Charges::<T>::get(id).filter(|one| (one.debtor, one.creditor) == sides) {
            let part = part_of(charge.owed).map_err(fault)?;
            charge.owed = charge.owed.checked_sub(&part).map_err(fault)?;
            let amount = late_interest(&charge.owed, charge.bps, charge.days).map_err(fault)?;
            let back = charge.amount.checked_sub(&amount).map_err(fault)?;
            charge.amount = amount;
            Charges::<T>::insert(id, charge);
            if back != Value::ZERO {
                let parties = (note.debtor, note.creditor);
                Self::book_interest(id, parties, note.currency, back, note.accepts.clone())?;
            }
        }
        Ok(())
    }
}
