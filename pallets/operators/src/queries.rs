//! What clients ask through the runtime API.

use crate::{Config, Desks, DesksOf, NextOperatorId, Operators, Pallet, TadigOwner};
use alloc::vec::Vec;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use interclear_primitives::{
    api::{Quota, MAX_PAGE},
    ids::OperatorId,
    operator::{Desk, Operator},
    tadig::Tadig,
};
use sp_runtime::{traits::One, SaturatedConversion, Saturating};

impl<T: Config> Pallet<T> {
    /// Name, kinds and networks, also while suspended.
    pub fn operator(id: OperatorId) -> Option<Operator<T::AccountId>> {
        Operators::<T>::get(id)
    }

    /// Operators from an id on, by ascending id, at most [`MAX_PAGE`].
    pub fn operators(from: OperatorId) -> Vec<(OperatorId, Operator<T::AccountId>)> {
        // Ids have no holes, as operators are never removed.
        let end = NextOperatorId::<T>::get().0.min(from.0.saturating_add(MAX_PAGE));
        (from.0..end)
            .map(OperatorId)
            .filter_map(|id| Some((id, Operators::<T>::get(id)?)))
            .collect()
    }

    /// Whose network a TADIG code names.
    pub fn operator_by_tadig(tadig: &Tadig) -> Option<OperatorId> {
        TadigOwner::<T>::get(tadig)
    }

    /// The desk behind an account.
    pub fn desk(who: &T::AccountId) -> Option<Desk> {
        Desks::<T>::get(who)
    }

    /// The desks of an operator.
    pub fn desks(operator: OperatorId) -> Vec<(T::AccountId, Desk)> {
        let accounts = DesksOf::<T>::get(operator);
        accounts
            .into_iter()
            .filter_map(|account| Desks::<T>::get(&account).map(|desk| (account, desk)))
            .collect()
    }

    /// The quota of whoever an account acts for; `None` for an account that may not submit.
    pub fn quota(who: &T::AccountId) -> Option<Quota> {
        let payer = Self::payer(who)?;
        let length = T::QuotaWindow::get().max(One::one());
        let began = Self::window().saturating_mul(length);
        let into: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number().saturating_sub(began);
        Some(Quota {
            limit: T::QuotaPerWindow::get().ref_time(),
            used: Self::used_in_window(&payer).used,
            turns_in: length.saturating_sub(into).saturated_into(),
        })
    }
}
