//! Where an operator is paid.

use crate::{Config, Error, Event, Pallet};
use frame_support::ensure;
use interclear_primitives::{ids::OperatorId, operator::Role};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_payout_account(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        let desk = Self::desk_of(operator, &account)?;
        ensure!(desk.roles.contains(&Role::Treasury), Error::<T>::NotATreasuryDesk);
        Self::change_operator(operator, |record| {
            record.payout_account = Some(account.clone());
            Ok(())
        })?;
        Self::deposit_event(Event::PayoutAccountSet { operator, account });
        Ok(())
    }
}
