//! The rules, by groups of calls.

mod billing;
mod profiles;
mod records;

use crate::{Config, Error, Pallet, Relation, States};
use interclear_matching::Side;
use interclear_ports::Operators;
use interclear_primitives::operator::Role;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Whether both sides report tags in place of values; `None` before the first profile.
    pub(crate) fn is_blind(relation: &Relation) -> Option<bool> {
        States::<T>::get(relation).map(|state| state.profile.blind.is_some())
    }

    /// The side for which a desk acts that begins something new.
    fn side_with(who: &T::AccountId, role: Role, relation: &Relation) -> Result<Side, DispatchError> {
        let operator = T::Operators::ensure_active_role(who, role)?;
        relation
            .side_of(operator)
            .ok_or_else(|| Error::<T>::NotAParty.into())
    }
}
