//! Debts between two operators.

use crate::{
    Config, CycleObligations, Cycles, Error, Event, NextObligation, Obligations, ObligationsOf,
    OpenObligations, Pallet, Positions, UnsettledOf,
};
use interclear_billing::rate::AmountFault;
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{CyclePhase, Obligation, ObligationSource, ObligationStatus},
    Moment,
};

impl<T: Config> Pallet<T> {
    /// Records a debt of `amount` (positive) that a cycle can take in.
    pub(crate) fn create_obligation(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, Error<T>> {
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

    /// The debt behind a signed net of `first` towards `second`, if there is any: who owes whom how much.
    pub(crate) fn direct(
        first: OperatorId,
        second: OperatorId,
        net: Value,
    ) -> Result<Option<(OperatorId, OperatorId, Value)>, AmountFault> {
        // Only the sign is of interest, yet it takes the number to know it.
        Ok(match net.clear()? {
            0 => None,
            1.. => Some((first, second, net)),
            _ => Some((second, first, net.checked_neg()?)),
        })
    }

    /// Where an obligation stands. The obligations of a finished cycle are marked little by little afterwards; until then
    /// their own mark is behind.
    pub(crate) fn status_of(obligation: &Obligation) -> ObligationStatus {
        match obligation.status {
            ObligationStatus::InCycle(cycle) => match Cycles::<T>::get(cycle).map(|cycle| cycle.phase) {
                Some(CyclePhase::Settled) if Self::settles_with(cycle, obligation) => {
                    ObligationStatus::Settled(cycle)
                }
                Some(CyclePhase::Settled | CyclePhase::Unwound) => ObligationStatus::Open,
                _ => obligation.status,
            },
            status => status,
        }
    }

    /// Whether neither party has been taken out of the cycle.
    fn settles_with(cycle: CycleId, obligation: &Obligation) -> bool {
        let stays = |party| !Positions::<T>::get(cycle, party).excluded;
        stays(obligation.debtor) && stays(obligation.creditor)
    }

    /// Marks an obligation of a finished cycle settled, or open again.
    pub(crate) fn resolve_obligation(cycle: CycleId, id: ObligationId) {
        let Some(mut obligation) = Obligations::<T>::get(id) else {
            return;
        };
        obligation.status = Self::status_of(&obligation);
        if obligation.status == ObligationStatus::Settled(cycle) {
            for party in [obligation.debtor, obligation.creditor] {
                ObligationsOf::<T>::remove(party, id);
                UnsettledOf::<T>::mutate_exists(obligation.currency, party, |count| {
                    *count = count
                        .and_then(|count| count.checked_sub(1))
                        .filter(|left| *left > 0);
                });
            }
        } else {
            OpenObligations::<T>::insert(obligation.currency, id, ());
            CycleObligations::<T>::remove(cycle, id);
        }
        Obligations::<T>::insert(id, obligation);
    }
}
