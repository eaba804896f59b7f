//! Late interest: how late an obligation was paid follows from the cycles of its token, as where it stands does.
//!
//! It is never booked by itself, as no cycle reads an obligation: once the obligation has been paid, its creditor charges it, and it is
//! an obligation of its own from then on, which bears nothing.

use crate::{day_of, Booked, Config, Cycles, Error, Event, LastCut, Obligations, Pallet};
use frame_support::ensure;
use interclear_billing::interest::{late_interest, Lateness, CHARGE_DAYS};
use interclear_ports::{Clock, Debt, Operators};
use interclear_primitives::{
    ids::{ObligationId, OperatorId, TokenId},
    money::{Value, ValueError},
    netting::{Issuers, LateInterest, ObligationSource, ObligationStatus},
    operator::Role,
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

impl Booked {
    /// What it bears when so many days count.
    pub(crate) fn bears(&self, days: u32) -> Result<Value, ValueError> {
        late_interest(&self.owed()?, self.late_interest_bps, days)
    }

    /// What is owed of it: nobody bears interest on what was not.
    fn owed(&self) -> Result<Value, ValueError> {
        self.amount.checked_sub(&self.not_owed)
    }
}

impl<T: Config> Pallet<T> {
    /// Whether a debt that arises has been late ever since it was due: it was withheld, and a cycle has taken in that day without it.
    pub(crate) fn was_withheld(debt: &Debt, token: TokenId) -> bool {
        let last = LastCut::<T>::get(token);
        matches!(debt.source, ObligationSource::Note { .. })
            && last.is_some_and(|last| day_of(debt.due) <= last.to)
    }

    /// What an obligation bears: until it was paid, or so far.
    pub(crate) fn interest_of(debt: &Booked) -> LateInterest {
        let (status, late) = Self::stand(debt);
        let late = match status {
            ObligationStatus::Settled(_) => late,
            _ => late.until(day_of(T::Clock::now()), false),
        };
        LateInterest {
            bps: debt.late_interest_bps,
            owed: debt.owed().unwrap_or_default(),
            days: late.days,
            amount: debt.bears(late.days).unwrap_or_default(),
            charged: debt.charged,
        }
    }

    /// How late an obligation was paid, and when; `None` until it has been.
    fn paid(debt: &Booked) -> Option<(Lateness, Moment)> {
        let (status, late) = Self::stand(debt);
        let ObligationStatus::Settled(cycle) = status else {
            return None;
        };
        Some((late, Cycles::<T>::get(cycle)?.finished_at?))
    }

    /// Until when late interest is charged on what was paid at a moment.
    pub(crate) fn charge_until(paid_at: Moment) -> Moment {
        paid_at.saturating_add(Moment::from(CHARGE_DAYS).saturating_mul(DAY))
    }

    pub(crate) fn do_charge_interest(who: &T::AccountId, id: ObligationId) -> DispatchResult {
        let creditor = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        ensure!(debt.creditor == creditor, Error::<T>::NotTheCreditor);
        let (late, paid_at) = Self::paid(&debt).ok_or(Error::<T>::ObligationNotPaid)?;
        let bears = debt.bears(late.days).map_err(Error::<T>::from)?;
        ensure!(bears != Value::ZERO && debt.charged == Value::ZERO, Error::<T>::NoInterest);
        ensure!(
            T::Clock::now() <= Self::charge_until(paid_at),
            Error::<T>::ChargeDaysOver
        );
        debt.charged = bears;
        let (debtor, accepts) = (debt.debtor, debt.accepts.clone());
        let interest = Self::book_interest(id, &debt, (debtor, creditor), bears, accepts)?;
        Obligations::<T>::insert(id, debt);
        Self::deposit_event(Event::InterestCharged {
            obligation: id,
            interest,
            days: late.days,
            amount: bears,
        });
        Ok(())
    }

    fn book_interest(
        obligation: ObligationId,
        of: &Booked,
        (debtor, creditor): (OperatorId, OperatorId),
        amount: Value,
        accepts: Issuers,
    ) -> Result<ObligationId, DispatchError> {
        Self::do_create(Debt {
            debtor,
            creditor,
            currency: of.currency,
            amount,
            // As what is carried forward: for the next cycle.
            due: T::Clock::now().saturating_add(DAY),
            source: ObligationSource::Interest { obligation },
            accepts,
            late_interest_bps: 0,
            gives_back: None,
        })
    }

    /// Nobody bears interest on what a note gives back: what has been charged on it is given back with it.
    pub(crate) fn give_back(id: ObligationId, note: &Debt) -> DispatchResult {
        let Some(mut debt) = Obligations::<T>::get(id) else {
            // Paid so long ago that nothing is charged any more.
            return Ok(());
        };
        if (debt.debtor, debt.creditor) != (note.creditor, note.debtor) {
            return Ok(());
        }
        let fault = Error::<T>::from;
        let not_owed = debt.not_owed.checked_add(&note.amount).map_err(fault)?;
        // What goes beyond it was owed by the other side, from now on.
        let most = debt.amount.clear().map_err(fault)?;
        debt.not_owed = Value::Clear(not_owed.clear().map_err(fault)?.min(most));
        let charged = debt.charged;
        if charged != Value::ZERO {
            let days = Self::paid(&debt).map_or(0, |(late, _)| late.days);
            debt.charged = debt.bears(days).map_err(fault)?;
            let back = charged.checked_sub(&debt.charged).map_err(fault)?;
            if back != Value::ZERO {
                let parties = (note.debtor, note.creditor);
                Self::book_interest(id, &debt, parties, back, note.accepts.clone())?;
            }
        }
        Obligations::<T>::insert(id, debt);
        Ok(())
    }
}
