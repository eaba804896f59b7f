//! Holding, paying and releasing tokens.

use super::EscrowFor;
use crate::{Config, Error, HoldReason, Pallet};
use frame_support::{
    ensure,
    storage::with_storage_layer,
    traits::{
        fungibles::{hold::Mutate as _, Inspect, Mutate},
        tokens::{Fortitude, Precision, Preservation, Restriction},
    },
};
use interclear_ports::{
    tokens::{is_frozen, is_token_frozen},
    Operators,
};
use interclear_primitives::ids::{OperatorId, TokenId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    pub(crate) fn reason() -> T::RuntimeHoldReason {
        HoldReason::Escrow.into()
    }

    /// Puts more of an account's tokens on hold.
    pub(super) fn hold(token: TokenId, who: &T::AccountId, amount: u128) -> Result<(), DispatchError> {
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let free = T::Tokens::reducible_balance(token, who, Preservation::Protect, Fortitude::Force);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        T::Holds::hold(token, &Self::reason(), who, amount)
    }

    /// Has another account of the operator hold the whole escrow. What is frozen stays where it is: what is left at the end goes back
    /// to the account that holds it.
    pub(super) fn move_to(escrow: &EscrowFor<T>, to: &T::AccountId) -> Result<(), DispatchError> {
        if escrow.held == 0 || escrow.account == *to {
            return Ok(());
        }
        ensure!(
            !is_frozen::<T::Tokens, _>(escrow.token, &escrow.account),
            Error::<T>::AccountFrozen
        );
        Self::transfer(escrow, to, escrow.held, Restriction::OnHold)
    }

    /// Pays exactly so much of an escrow to an account, or nothing. It is held for its creditor, so that a freeze of the account alone
    /// stops it no more than what funds a netting cycle.
    pub(super) fn pay_held(
        escrow: &EscrowFor<T>,
        to: &T::AccountId,
        amount: u128,
    ) -> Result<(), DispatchError> {
        ensure!(
            !is_token_frozen::<T::Tokens, _>(escrow.token, &escrow.account),
            Error::<T>::AccountFrozen
        );
        Self::transfer(escrow, to, amount, Restriction::Free)
    }

    /// Pays an operator from what is free on an account.
    pub(super) fn pay_free(
        token: TokenId,
        who: &T::AccountId,
        to: OperatorId,
        amount: u128,
    ) -> Result<(), DispatchError> {
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let account = T::Operators::payout_account(to).ok_or(Error::<T>::NoPayoutAccount)?;
        let free = T::Tokens::reducible_balance(token, who, Preservation::Protect, Fortitude::Polite);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        T::Tokens::transfer(token, who, &account, amount, Preservation::Protect)?;
        Ok(())
    }

    fn transfer(
        escrow: &EscrowFor<T>,
        to: &T::AccountId,
        amount: u128,
        restriction: Restriction,
    ) -> Result<(), DispatchError> {
        if amount == 0 {
            return Ok(());
        }
        with_storage_layer(|| {
            T::Holds::transfer_on_hold(
                escrow.token,
                &Self::reason(),
                &escrow.account,
                to,
                amount,
                Precision::Exact,
                restriction,
                Fortitude::Polite,
            )
            .map(|_| ())
        })
    }

    /// Makes exactly so much of an escrow free on its account, or nothing.
    pub(super) fn release_held(escrow: &EscrowFor<T>, amount: u128) -> Result<(), DispatchError> {
        with_storage_layer(|| {
            let (token, account) = (escrow.token, &escrow.account);
            T::Holds::release(token, &Self::reason(), account, amount, Precision::Exact)
                .map_err(|_| Error::<T>::AccountFrozen)?;
            Ok(())
        })
    }
}
