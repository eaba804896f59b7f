//! Fiat tokens.

use crate::{
    Config, Decimals, Error, Event, MaxTokenName, MaxTokenSymbol, Pallet, TokenOf, Tokens, MAX_TOKENS,
};
use frame_support::{
    ensure,
    traits::fungibles::{metadata::Mutate, Create, Inspect},
    BoundedVec,
};
use interclear_ports::Operators;
use interclear_primitives::{
    bounds::MAX_TOKEN_DECIMALS,
    ids::{OperatorId, TokenId},
    netting::Token,
    operator::OperatorKind,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    /// As the council does later, with the code of the currency for a name.
    pub(crate) fn create_at_genesis(
        id: TokenId,
        issuer: OperatorId,
        currency: &str,
        decimals: u8,
    ) -> DispatchResult {
        let token = Token {
            issuer,
            currency: currency.parse().map_err(|_| Error::<T>::InvalidCurrency)?,
            decimals,
        };
        Self::do_create_token(id, token, BoundedVec::new(), BoundedVec::new())
    }

    pub(crate) fn do_create_token(
        id: TokenId,
        token: Token,
        name: BoundedVec<u8, MaxTokenName>,
        symbol: BoundedVec<u8, MaxTokenSymbol>,
    ) -> DispatchResult {
        let Token {
            issuer,
            currency,
            decimals,
        } = token;
        ensure!(currency.is_valid(), Error::<T>::InvalidCurrency);
        ensure!(decimals <= MAX_TOKEN_DECIMALS, Error::<T>::MaxDecimalsExceeded);
        ensure!(
            T::Operators::has_kind(issuer, OperatorKind::TokenIssuer),
            Error::<T>::NotAnIssuer
        );
        ensure!(!T::Tokens::asset_exists(id), Error::<T>::TokenExists);
        ensure!(
            !TokenOf::<T>::contains_key(currency, issuer),
            Error::<T>::AlreadyIssued
        );
        let kept = u32::try_from(Tokens::<T>::iter_keys().count()).unwrap_or(u32::MAX);
        ensure!(kept < MAX_TOKENS, Error::<T>::MaxTokensExceeded);
        let others = Decimals::<T>::get(currency).unwrap_or(decimals);
        ensure!(others == decimals, Error::<T>::DecimalsDiffer);
        let owner = T::Operators::payout_account(issuer).ok_or(Error::<T>::NoPayoutAccount)?;

        // Sufficient: an account lives by its tokens alone, as nobody has coins.
        T::Tokens::create(id, owner.clone(), true, 1)?;
        let or_code = |text: &[u8]| {
            if text.is_empty() {
                currency.0.to_vec()
            } else {
                text.to_vec()
            }
        };
        T::Tokens::set(id, &owner, or_code(&name), or_code(&symbol), decimals)?;

        Tokens::<T>::insert(id, token);
        TokenOf::<T>::insert(currency, issuer, id);
        Decimals::<T>::insert(currency, decimals);
        Self::deposit_event(Event::TokenCreated {
            token: id,
            issuer,
            currency,
            decimals,
        });
        Ok(())
    }
}
