//! The rules behind the calls.

mod account;
mod desks;
mod membership;

use crate::{Config, Desks, Error, Operators, Pallet};
use interclear_primitives::{
    ids::OperatorId,
    operator::{Desk, Operator, Role},
};
use sp_runtime::DispatchError;

/// Whether no item occurs twice. The lists are short.
fn are_distinct<Item: PartialEq>(items: &[Item]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(place, item)| !items.iter().take(place).any(|earlier| earlier == item))
}

impl<T: Config> Pallet<T> {
    /// The operator for which an account acts in a role; a suspended operator passes.
    pub(crate) fn ensure_desk_with(who: &T::AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        let desk = Desks::<T>::get(who).ok_or(Error::<T>::NotADesk)?;
        if desk.roles.contains(&role) {
            return Ok(desk.operator);
        }
        Err(match role {
            Role::Admin => Error::<T>::AdminRoleRequired,
            Role::Commercial => Error::<T>::CommercialRoleRequired,
            Role::Clearing => Error::<T>::ClearingRoleRequired,
            Role::Treasury => Error::<T>::TreasuryRoleRequired,
            Role::Engineering => Error::<T>::EngineeringRoleRequired,
        }
        .into())
    }

    /// Changes the record of an operator, or nothing if the change is refused.
    pub(crate) fn change_operator<R>(
        operator: OperatorId,
        change: impl FnOnce(&mut Operator<T::AccountId>) -> Result<R, DispatchError>,
    ) -> Result<R, DispatchError> {
        Operators::<T>::try_mutate(operator, |record| {
            change(record.as_mut().ok_or(Error::<T>::OperatorNotFound)?)
        })
    }

    /// The desk behind an account, if it is one of the operator's.
    fn desk_of(operator: OperatorId, account: &T::AccountId) -> Result<Desk, DispatchError> {
        let desk = Desks::<T>::get(account).filter(|desk| desk.operator == operator);
        Ok(desk.ok_or(Error::<T>::DeskNotFound)?)
    }
}
