//! The rules behind the calls.

mod freezing;
mod redemption;
mod reserves;

use crate::{Config, Error, Pallet};
use frame_support::ensure;
use interclear_ports::{FiatTokens, Operators};
use interclear_primitives::{
    ids::{OperatorId, TokenId},
    operator::Role,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// The issuer of a token, if the caller is a treasury desk of it.
    pub(crate) fn ensure_issuer(who: &T::AccountId, token: TokenId) -> Result<OperatorId, DispatchError> {
        Self::ensure_issues(T::Operators::ensure_role(who, Role::Treasury)?, token)
    }

    /// Likewise, for what begins something new: a suspended issuer pays out, and issues nothing.
    pub(crate) fn ensure_active_issuer(
        who: &T::AccountId,
        token: TokenId,
    ) -> Result<OperatorId, DispatchError> {
        Self::ensure_issues(T::Operators::ensure_active_role(who, Role::Treasury)?, token)
    }

    fn ensure_issues(operator: OperatorId, token: TokenId) -> Result<OperatorId, DispatchError> {
        let issuer = T::Fiat::issuer(token).ok_or(Error::<T>::TokenNotFound)?;
        ensure!(issuer == operator, Error::<T>::NotTheIssuer);
        Ok(operator)
    }
}
