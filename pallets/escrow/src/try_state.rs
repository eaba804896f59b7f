//! What must hold after every block.

use crate::{Config, EscrowKey, Escrows, Months, OwedBefore, Pallet, Unpaid};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use interclear_ports::{tokens::check_holds, Agreements, Obligations};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks the invariants of the pallet.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut reserved = BTreeMap::<EscrowKey, u128>::new();
        let mut before = BTreeMap::<EscrowKey, (u32, u128)>::new();
        for (key, period, month) in Months::<T>::iter() {
            ensure!(
                month.reserved > 0 || month.redeemed > 0,
                "a month uses nothing of an escrow"
            );
            ensure!(
                month.carried <= month.redeemed,
                "more was carried to a month than vouchers were paid of it"
            );
            let Some(escrow) = Escrows::<T>::get(key.0, key.1) else {
                ensure!(
                    month.redeemed == 0,
                    "vouchers were paid of an escrow that is not there"
                );
                let (_, sum) = before.entry(key).or_default();
                *sum = sum.checked_add(month.reserved).ok_or("a sum does not fit")?;
                continue;
            };
            ensure!(
                escrow.from <= period,
                "a month uses an escrow that is for later ones"
            );
            let sum = reserved.entry(key).or_default();
            let kept = escrow.kept_for(&month);
            *sum = sum.checked_add(kept).ok_or("a sum does not fit")?;
        }
        for (key, _, kept) in Unpaid::<T>::iter() {
            let sum = match Escrows::<T>::contains_key(key.0, key.1) {
                true => reserved.entry(key).or_default(),
                false => {
                    let (unpaid, sum) = before.entry(key).or_default();
                    *unpaid = unpaid.checked_add(1).ok_or("a sum does not fit")?;
                    sum
                }
            };
            *sum = sum.checked_add(kept).ok_or("a sum does not fit")?;
        }
        let mut held = BTreeMap::new();
        for (agreement, direction, escrow) in Escrows::<T>::iter() {
            ensure!(
                T::Agreements::parties(agreement).is_some(),
                "an escrow has no agreement"
            );
            ensure!(
                escrow.reserved == reserved.get(&(agreement, direction)).copied().unwrap_or_default(),
                "an escrow has reserved something else than its months and debts"
            );
            ensure!(
                T::Obligations::decimals(escrow.currency) == Some(escrow.decimals),
                "an escrow counts in other units than its token"
            );
            let sum = held.entry((escrow.token, escrow.account)).or_insert(0u128);
            *sum = sum.checked_add(escrow.held).ok_or("a sum does not fit")?;
            let unpaid = Unpaid::<T>::iter_key_prefix((agreement, direction)).count();
            ensure!(
                usize::try_from(escrow.unpaid) == Ok(unpaid),
                "an escrow has another number of debts that it could not pay"
            );
        }
        ensure!(
            OwedBefore::<T>::iter().collect::<BTreeMap<_, _>>() == before,
            "something else is kept before a first deposit than what is noted and stated"
        );
        let accounts: Vec<_> = frame_system::Account::<T>::iter_keys().collect();
        check_holds::<T::Holds, _>(&Self::reason(), T::Obligations::tokens(), &accounts, held)
    }
}
