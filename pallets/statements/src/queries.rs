//! What clients ask.

use crate::{CloseRequests, Config, Obligations, ObligationsOf, Pallet, Statements};
use alloc::vec::Vec;
use interclear_ports::Settlement;
use interclear_primitives::{
    api::MAX_PAGE,
    ids::{AgreementId, ObligationId, OperatorId},
    netting::{Obligation, ObligationStatus},
    period::Period,
    statement::Statement,
};

impl<T: Config> Pallet<T> {
    /// A statement, while it is kept.
    pub fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        Statements::<T>::get(agreement, period)
    }

    /// The party that has asked to close a month that it could not close alone.
    pub fn close_request(agreement: AgreementId, period: Period) -> Option<OperatorId> {
        CloseRequests::<T>::get((agreement, period)).map(|request| request.by)
    }

    /// An obligation, while it is kept, with where it stands now.
    pub fn obligation(id: ObligationId) -> Option<Obligation> {
        let obligation = Obligations::<T>::get(id)?;
        Some(Obligation {
            status: Self::status_of(&obligation),
            ..obligation
        })
    }

    /// Where an obligation stands. The obligations of a finished cycle are marked little by little afterwards; until
    /// then their own mark is behind.
    fn status_of(obligation: &Obligation) -> ObligationStatus {
        match obligation.status {
            ObligationStatus::InCycle(cycle) => {
                T::Settlement::status_in(cycle, [obligation.debtor, obligation.creditor])
            }
            status => status,
        }
    }

    /// Obligations to which an operator is a party and which have not been settled, by ascending number from `from` on,
    /// at most [`MAX_PAGE`].
    pub fn obligations(operator: OperatorId, from: ObligationId) -> Vec<(ObligationId, Obligation)> {
        let mut ids: Vec<_> = ObligationsOf::<T>::iter_key_prefix(operator)
            .filter(|id| *id >= from)
            .collect();
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| Some((id, Self::obligation(id)?)))
            .filter(|(_, obligation)| !matches!(obligation.status, ObligationStatus::Settled(_)))
            .take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
            .collect()
    }
}
