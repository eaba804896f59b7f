//! Issuers stop accounts of their tokens, or a token, and say why.

use crate::{Config, Error, Event, Freezes, Pallet};
use frame_support::ensure;
use interclear_ports::{Clock, FiatTokens, Freezer};
use interclear_primitives::{
    ids::TokenId,
    issuance::{Freeze, FreezeReason},
    Digest,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_freeze(
        who: &T::AccountId,
        token: TokenId,
        account: Option<T::AccountId>,
        reason: FreezeReason,
        digest: Option<Digest>,
    ) -> DispatchResult {
        Self::ensure_issuer(who, token)?;
        T::Freezer::freeze(token, account.as_ref())?;
        if account.is_none() {
            T::Fiat::note_frozen(token, true);
        }
        let since = T::Clock::now();
        Freezes::<T>::insert(
            token,
            &account,
            Freeze {
                reason,
                digest,
                since,
            },
        );
        Self::deposit_event(Event::Frozen {
            token,
            account,
            reason,
            digest,
        });
        Ok(())
    }

    pub(crate) fn do_thaw(
        who: &T::AccountId,
        token: TokenId,
        account: Option<T::AccountId>,
    ) -> DispatchResult {
        Self::ensure_issuer(who, token)?;
        ensure!(
            Freezes::<T>::take(token, &account).is_some(),
            Error::<T>::NotFrozen
        );
        T::Freezer::thaw(token, account.as_ref())?;
        if account.is_none() {
            T::Fiat::note_frozen(token, false);
        }
        Self::deposit_event(Event::Thawed { token, account });
        Ok(())
    }
}
