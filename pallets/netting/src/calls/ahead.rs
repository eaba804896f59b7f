//! Open obligations that are paid from what was held ahead for them.

use crate::{Config, Error, Obligations, Pallet};
use frame_support::{ensure, storage::with_storage_layer};
use interclear_ports::Clock;
use interclear_primitives::{
    ids::{ObligationId, OperatorId, TokenId},
    money::Currency,
    netting::Issuers,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    /// Ends an open obligation, netted or gross, that `pay` has paid in full. It leaves its book as what is paid outside of cycles does.
    pub(crate) fn do_end_with(
        id: ObligationId,
        by: Option<OperatorId>,
        pay: impl FnOnce(Currency, &Issuers, u128) -> Result<TokenId, DispatchError>,
    ) -> DispatchResult {
        with_storage_layer(|| {
            let mut debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
            let late = Self::ensure_open(&debt)?;
            // Who has paid by a bank does not pay once more while its creditor looks, and later only as that says by its call that no
            // bank has paid it. Further claims hold that up no more, or it would never pay.
            let looks = Self::may_look(id, &debt, T::Clock::now());
            let may_pay = match by {
                None => debt.claimed.is_none(),
                Some(party) => party == debt.debtor || !looks,
            };
            ensure!(may_pay, Error::<T>::ClaimPending);
            let amount = debt.amount.clear_unsigned().map_err(Error::<T>::from)?;
            let token = pay(debt.currency, &debt.accepts, amount)?;
            Self::take_back(id, &mut debt, late).map_err(Error::<T>::from)?;
            Self::end_gross(id, debt, token)
        })
    }
}
