//! What other pallets ask and do: decimals of tokens, and the book of debts.

use crate::{calls::book::Debt, Config, Decimals, Obligations, Pallet, Tokens};
use alloc::vec::Vec;
use interclear_primitives::{
    ids::{ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    netting::{Issuers, Obligation, ObligationSource, ObligationStatus},
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

    fn is_settled(id: ObligationId) -> bool {
        let found = Obligations::<T>::get(id);
        found.is_none_or(|debt| matches!(Self::status_of(&debt), ObligationStatus::Settled(_)))
    }

    fn is_accepted(token: TokenId, currency: Currency, accepts: &Issuers) -> bool {
        let found = Tokens::<T>::get(token);
        found.is_some_and(|found| found.currency == currency && accepts.contains(&found.issuer))
            && Self::stands(token)
    }

    fn create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
        accepts: &Issuers,
    ) -> Result<ObligationId, DispatchError> {
        Self::do_create(Debt {
            debtor,
            creditor,
            currency,
            amount,
            due,
            source,
            accepts: accepts.clone(),
        })
    }

    fn all() -> Vec<(ObligationId, Obligation)> {
        Obligations::<T>::iter()
            .map(|(id, debt)| (id, Self::shown(&debt)))
            .collect()
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(currency: Currency, issuer: OperatorId) {
        if crate::TokenOf::<T>::contains_key(currency, issuer) {
            return;
        }
        let token = interclear_primitives::netting::Token {
            issuer,
            currency,
            decimals: 2,
        };
        Self::do_create_token(700, token, Default::default(), Default::default())
            .expect("the token is new; qed");
    }
}
