//! Members from the first block on.

use crate::{Config, Error, GenesisOperator, Pallet};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_primitives::operator::Role;
use sp_runtime::{DispatchError, DispatchResult};

/// Moves a list of the preset into its bound.
fn bounded<Item: Clone, Bound: Get<u32>>(list: &[Item]) -> Result<BoundedVec<Item, Bound>, DispatchError> {
    Vec::from(list)
        .try_into()
        .map_err(|_| DispatchError::Other("a list is too long"))
}

impl<T: Config> Pallet<T> {
    /// Admits an operator under the rules of the calls and adds its desks.
    pub(crate) fn admit_at_genesis(operator: &GenesisOperator<T::AccountId>) -> DispatchResult {
        let Some(((admin, admin_roles), others)) = operator.desks.split_first() else {
            return Err(Error::<T>::LastAdminDesk.into());
        };
        ensure!(admin_roles.contains(&Role::Admin), Error::<T>::LastAdminDesk);
        let id = Self::do_admit(
            bounded(operator.name.as_bytes())?,
            bounded(&operator.kinds)?,
            bounded(&operator.tadigs)?,
            bounded(&operator.plmns)?,
            admin.clone(),
        )?;
        Self::do_set_roles(id, admin.clone(), bounded(admin_roles)?)?;
        for (account, roles) in others {
            Self::do_add_desk(id, account.clone(), bounded(roles)?)?;
        }
        Ok(())
    }
}
