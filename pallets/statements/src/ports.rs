//! What other pallets ask and do: which months are closed, and the book of debts.

use crate::{
    Config, Error, Event, LastClosed, NextObligation, Obligations, ObligationsOf, OpenObligations, Pallet,
    Statements, UnsettledOf,
};
use alloc::vec::Vec;
use frame_support::ensure;
use interclear_ports::Periods;
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{Obligation, ObligationSource, ObligationStatus},
    period::Period,
    statement::StatementStatus,
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Periods for Pallet<T> {
    fn is_closed(agreement: AgreementId, period: Period) -> bool {
        // Months are closed in order, and statements are removed one day: the last closed month knows all.
        Self::last_closed(agreement).is_some_and(|last| period <= last)
    }

    fn last_closed(agreement: AgreementId) -> Option<Period> {
        LastClosed::<T>::get(agreement)
    }

    fn is_final(agreement: AgreementId, period: Period) -> bool {
        match Statements::<T>::get(agreement, period) {
            Some(statement) => statement.status == StatementStatus::Affirmed,
            // A statement is removed only after it was affirmed.
            None => Self::is_closed(agreement, period),
        }
    }
}

impl<T: Config> interclear_ports::Obligations for Pallet<T> {
    fn get(id: ObligationId) -> Option<Obligation> {
        Obligations::<T>::get(id)
    }

    fn open(currency: Currency, after: Option<ObligationId>, max: u32) -> Vec<ObligationId> {
        let ids = match after {
            None => OpenObligations::<T>::iter_key_prefix(currency),
            Some(last) => OpenObligations::<T>::iter_key_prefix_from(
                currency,
                OpenObligations::<T>::hashed_key_for(currency, last),
            ),
        };
        ids.take(usize::try_from(max).unwrap_or(usize::MAX)).collect()
    }

    fn has_unsettled(operator: OperatorId, currency: Currency) -> bool {
        UnsettledOf::<T>::contains_key(currency, operator)
    }

    fn create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, DispatchError> {
        let id = NextObligation::<T>::get();
        NextObligation::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        let status = ObligationStatus::Open;
        Obligations::<T>::insert(
            id,
            Obligation {
                debtor,
                creditor,
                currency,
                amount,
                due,
                source,
                status,
            },
        );
        OpenObligations::<T>::insert(currency, id, ());
        for party in [debtor, creditor] {
            ObligationsOf::<T>::insert(party, id, ());
            UnsettledOf::<T>::mutate(currency, party, |count| *count = count.saturating_add(1));
        }
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

    fn take_in(id: ObligationId, cycle: CycleId) -> DispatchResult {
        let mut obligation = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        ensure!(
            obligation.status == ObligationStatus::Open,
            Error::<T>::ObligationNotOpen
        );
        OpenObligations::<T>::remove(obligation.currency, id);
        obligation.status = ObligationStatus::InCycle(cycle);
        Obligations::<T>::insert(id, obligation);
        Ok(())
    }

    fn resolve(id: ObligationId, settled: bool) -> DispatchResult {
        let mut obligation = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        let ObligationStatus::InCycle(cycle) = obligation.status else {
            return Err(Error::<T>::ObligationNotInCycle.into());
        };
        if settled {
            obligation.status = ObligationStatus::Settled(cycle);
            for party in [obligation.debtor, obligation.creditor] {
                ObligationsOf::<T>::remove(party, id);
                UnsettledOf::<T>::mutate_exists(obligation.currency, party, |count| {
                    *count = count
                        .and_then(|count| count.checked_sub(1))
                        .filter(|left| *left > 0);
                });
            }
        } else {
            obligation.status = ObligationStatus::Open;
            OpenObligations::<T>::insert(obligation.currency, id, ());
        }
        Obligations::<T>::insert(id, obligation);
        Ok(())
    }

    fn remove(id: ObligationId) {
        if Obligations::<T>::get(id)
            .is_some_and(|obligation| matches!(obligation.status, ObligationStatus::Settled(_)))
        {
            Obligations::<T>::remove(id);
        }
    }
}
