//! Where an operator is paid, and the key for documents to it.

use crate::{Config, Error, Event, FormerSealingKeys, Pallet};
use frame_support::ensure;
use interclear_primitives::{
    ids::OperatorId,
    operator::{Role, SealingKey},
};
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

    pub(crate) fn do_set_sealing_key(operator: OperatorId, key: [u8; 32]) -> DispatchResult {
        ensure!(key != [0; 32], Error::<T>::InvalidSealingKey);
        let (former, key) = Self::change_operator(operator, |record| {
            let former = record.sealing_key;
            ensure!(
                former.is_none_or(|old| old.key != key),
                Error::<T>::SealingKeyUnchanged
            );
            let version = former.map_or(0, |old| old.version).saturating_add(1);
            let key = SealingKey { version, key };
            record.sealing_key = Some(key);
            Ok((former, key))
        })?;
        if let Some(former) = former {
            FormerSealingKeys::<T>::mutate(operator, |keys| {
                // What goes is known to its owner by the keystore; nobody seals to it any more.
                if keys.is_full() {
                    keys.remove(0);
                }
                let _kept = keys.try_push(former).is_ok();
            });
        }
        Self::deposit_event(Event::SealingKeySet { operator, key });
        Ok(())
    }
}
