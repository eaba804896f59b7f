//! What must hold after every block.

use crate::{
    AdminDesks, Config, Desks, DesksOf, NextOperatorId, Operators, Pallet, Payer, QuotaUsage, Retired,
    TadigOwner,
};
use frame_support::ensure;
use interclear_primitives::{
    ids::OperatorId,
    operator::{Operator, Role},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that all tables agree with each other.
    ///
    /// # Errors
    /// Says which pair of tables does not.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let (mut operators, mut tadigs, mut desks) = (0usize, 0usize, 0usize);
        for (id, operator) in Operators::<T>::iter() {
            Self::try_state_of(id, &operator)?;
            operators = operators.saturating_add(1);
            tadigs = tadigs.saturating_add(operator.tadigs.len());
            desks = desks.saturating_add(DesksOf::<T>::get(id).len());
        }
        ensure!(
            operators == NextOperatorId::<T>::get().0 as usize,
            "ids have holes"
        );
        ensure!(
            TadigOwner::<T>::iter().count() == tadigs,
            "a TADIG code belongs to an operator that lacks it"
        );
        ensure!(Desks::<T>::iter().count() == desks, "a desk is in no list");
        ensure!(
            DesksOf::<T>::iter().count() == operators,
            "desks of an unknown operator"
        );
        ensure!(
            AdminDesks::<T>::iter().count() == operators,
            "admin desks of an unknown operator"
        );
        for account in Desks::<T>::iter_keys().chain(Retired::<T>::iter_keys()) {
            ensure!(
                frame_system::Pallet::<T>::providers(&account) > 0,
                "a desk has no provider reference"
            );
        }
        for account in Retired::<T>::iter_keys() {
            ensure!(!Desks::<T>::contains_key(&account), "a retired account is a desk");
        }
        for payer in QuotaUsage::<T>::iter_keys() {
            if let Payer::Operator(id) = payer {
                ensure!(Operators::<T>::contains_key(id), "quota of an unknown operator");
            }
        }
        Ok(())
    }

    fn try_state_of(id: OperatorId, operator: &Operator<T::AccountId>) -> Result<(), TryRuntimeError> {
        ensure!(
            id < NextOperatorId::<T>::get(),
            "an operator has an id not given out yet"
        );
        ensure!(!operator.kinds.is_empty(), "an operator without kind");
        for tadig in &operator.tadigs {
            ensure!(tadig.is_valid(), "an invalid TADIG code");
            ensure!(
                TadigOwner::<T>::get(tadig) == Some(id),
                "a TADIG code belongs to another operator"
            );
        }
        let (mut admins, mut treasuries) = (0u32, 0u32);
        for account in DesksOf::<T>::get(id) {
            let desk = Desks::<T>::get(&account).ok_or("a listed desk does not exist")?;
            ensure!(desk.operator == id, "a desk is listed at another operator");
            ensure!(!desk.roles.is_empty(), "a desk without role");
            admins = admins.saturating_add(desk.roles.contains(&Role::Admin).into());
            treasuries = treasuries.saturating_add(desk.roles.contains(&Role::Treasury).into());
        }
        ensure!(admins > 0, "an operator without admin desk");
        ensure!(
            AdminDesks::<T>::get(id) == admins,
            "the admin desks are miscounted"
        );
        ensure!(
            operator.payout_account.is_some() == (treasuries > 0),
            "a treasury desk but no payout account"
        );
        if let Some(account) = &operator.payout_account {
            let desk = Desks::<T>::get(account).ok_or("the payout account is not a desk")?;
            ensure!(desk.operator == id, "the payout account is another operator's");
            ensure!(
                desk.roles.contains(&Role::Treasury),
                "the payout account is not a treasury desk"
            );
        }
        Ok(())
    }
}
