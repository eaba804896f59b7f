//! What other pallets ask and do: decimals of tokens, and the book of debts.

use crate::{Config, Decimals, Obligations, Pallet};
use alloc::vec::Vec;
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{Obligation, ObligationSource},
    Moment,
};
use sp_runtime::DispatchError;

impl<T: Config> interclear_ports::Obligations for Pallet<T> {
    fn decimals(currency: Currency) -> Option<u8> {
        Decimals::<T>::get(currency)
    }

    fn is_kept(id: ObligationId) -> bool {
        Obligations::<T>::contains_key(id)
    }

    fn create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, DispatchError> {
        Self::do_create(debtor, creditor, currency, amount, due, source)
    }

    fn all() -> Vec<(ObligationId, Obligation)> {
        Obligations::<T>::iter()
            .map(|(id, debt)| (id, Self::shown(&debt)))
            .collect()
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_decimals(currency: Currency, decimals: u8) {
        Decimals::<T>::insert(currency, decimals);
    }
}
