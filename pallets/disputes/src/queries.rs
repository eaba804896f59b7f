//! What clients ask.

use crate::{Config, Disputes, OnLine, OpenFor, Pallet};
use alloc::vec::Vec;
use interclear_primitives::{
    api::MAX_PAGE,
    dispute::Dispute,
    ids::{AgreementId, DisputeId, OperatorId},
    period::Period,
};

impl<T: Config> Pallet<T> {
    /// A dispute, while it is kept.
    pub fn dispute(id: DisputeId) -> Option<Dispute> {
        Disputes::<T>::get(id)
    }

    /// All disputes on lines of a statement, by ascending number.
    pub fn disputes_on(agreement: AgreementId, period: Period) -> Vec<(DisputeId, Dispute)> {
        let mut ids: Vec<_> = OnLine::<T>::iter_prefix_values((agreement, period))
            .flat_map(|id| [Some(id), Self::dispute(id).and_then(|newest| newest.earlier)])
            .flatten()
            .collect();
        ids.sort_unstable();
        Self::with_ids(ids)
    }

    /// Open disputes in which an operator has a say, as a party or as an arbitrator, that follow one in the order of storage; from
    /// the first on without one, at most [`MAX_PAGE`].
    pub fn open_disputes(operator: OperatorId, after: Option<DisputeId>) -> Vec<(DisputeId, Dispute)> {
        let ids = match after {
            Some(last) => {
                let key = OpenFor::<T>::hashed_key_for(operator, last);
                OpenFor::<T>::iter_key_prefix_from(operator, key)
            }
            None => OpenFor::<T>::iter_key_prefix(operator),
        };
        Self::with_ids(
            ids.take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
                .collect(),
        )
    }

    fn with_ids(ids: Vec<DisputeId>) -> Vec<(DisputeId, Dispute)> {
        ids.into_iter()
            .filter_map(|id| Some((id, Self::dispute(id)?)))
            .collect()
    }
}
