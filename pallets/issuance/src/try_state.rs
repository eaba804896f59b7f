//! What must hold after every block.

use crate::{BurntLately, Config, NextRedemption, Open, Pallet, Redemptions};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use interclear_ports::{tokens::check_holds, FiatTokens};
use interclear_primitives::ids::{OperatorId, TokenId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks the invariants of the pallet.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut held = BTreeMap::<(TokenId, T::AccountId), u128>::new();
        let mut counts = BTreeMap::<(TokenId, OperatorId), u32>::new();
        for (id, one) in Redemptions::<T>::iter() {
            let redemption = one.redemption;
            ensure!(
                id < NextRedemption::<T>::get(),
                "a redemption has an id not given out"
            );
            ensure!(redemption.amount > 0, "a redemption of nothing");
            ensure!(
                T::Fiat::issuer(redemption.token).is_some(),
                "a redemption of a token that is not there"
            );
            let sum = held.entry((redemption.token, one.account)).or_default();
            *sum = sum
                .checked_add(redemption.amount)
                .ok_or("an amount does not fit")?;
            let count = counts.entry((redemption.token, redemption.operator)).or_default();
            *count = count.saturating_add(1);
        }
        let accounts: Vec<_> = frame_system::Account::<T>::iter_keys().collect();
        check_holds::<T::Holds, _>(&Self::reason(), T::Fiat::all(), &accounts, held)?;
        for days in BurntLately::<T>::iter_values() {
            ensure!(
                days.windows(2)
                    .all(|pair| matches!(pair, [one, next] if one.last <= next.last)),
                "what was burnt is not in the order of its days"
            );
        }
        let kept: BTreeMap<_, _> = Open::<T>::iter()
            .map(|(token, operator, count)| ((token, operator), count))
            .collect();
        ensure!(kept == counts, "the number of open redemptions is wrong");
        Ok(())
    }
}
