//! From tokens to a bank account.

use crate::{
    Config, Error, Event, HoldReason, NextRedemption, Open, Pallet, RedemptionOf, Redemptions, MAX_OPEN,
    REDEMPTION_TIME,
};
use frame_support::{
    ensure,
    storage::with_storage_layer,
    traits::{
        fungibles::{hold::Mutate, Inspect},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use interclear_ports::{one_less, tokens::is_frozen, Clock, FiatTokens, Operators};
use interclear_primitives::{
    ids::{RedemptionId, TokenId},
    issuance::Redemption,
    netting::PaymentReference,
    operator::Role,
    working,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn reason() -> T::RuntimeHoldReason {
        HoldReason::Redemption.into()
    }

    pub(crate) fn do_redeem(
        who: &T::AccountId,
        token: TokenId,
        amount: u128,
        reference: PaymentReference,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        ensure!(T::Fiat::issuer(token).is_some(), Error::<T>::TokenNotFound);
        ensure!(reference.is_valid(), Error::<T>::InvalidReference);
        ensure!(amount > 0, Error::<T>::NothingToRedeem);
        let open = Open::<T>::get(token, operator);
        ensure!(open < MAX_OPEN, Error::<T>::MaxRedemptionsExceeded);
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let free = T::Tokens::reducible_balance(token, who, Preservation::Protect, Fortitude::Force);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        let id = NextRedemption::<T>::get();
        NextRedemption::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        T::Holds::hold(token, &Self::reason(), who, amount)?;
        let until = working::after(T::Clock::now(), REDEMPTION_TIME);
        Open::<T>::insert(token, operator, open.saturating_add(1));
        Redemptions::<T>::insert(
            id,
            RedemptionOf {
                account: who.clone(),
                redemption: Redemption {
                    token,
                    operator,
                    amount,
                    reference: reference.clone(),
                    until,
                },
            },
        );
        Self::deposit_event(Event::RedemptionRequested {
            redemption: id,
            token,
            operator,
            amount,
            reference,
            until,
        });
        Ok(())
    }

    pub(crate) fn do_confirm_redemption(
        who: &T::AccountId,
        id: RedemptionId,
        reference: PaymentReference,
    ) -> DispatchResult {
        let RedemptionOf { account, redemption } =
            Redemptions::<T>::get(id).ok_or(Error::<T>::RedemptionNotFound)?;
        Self::ensure_issuer(who, redemption.token)?;
        ensure!(reference.is_valid(), Error::<T>::InvalidReference);
        // What it did not do in its time is not done: the holder may have taken its tokens back by then.
        ensure!(T::Clock::now() <= redemption.until, Error::<T>::TimeOver);
        T::Holds::burn_held(
            redemption.token,
            &Self::reason(),
            &account,
            redemption.amount,
            Precision::Exact,
            Fortitude::Force,
        )?;
        Self::note_burnt(redemption.token, redemption.amount);
        Self::end(id, &redemption);
        Self::deposit_event(Event::Redeemed {
            redemption: id,
            reference,
        });
        Ok(())
    }

    pub(crate) fn do_return_redemption(who: &T::AccountId, id: RedemptionId) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let RedemptionOf { account, redemption } =
            Redemptions::<T>::get(id).ok_or(Error::<T>::RedemptionNotFound)?;
        if T::Fiat::issuer(redemption.token) != Some(operator) {
            ensure!(redemption.operator == operator, Error::<T>::NotTheIssuer);
            ensure!(T::Clock::now() > redemption.until, Error::<T>::TimeLeft);
        }
        let (token, amount) = (redemption.token, redemption.amount);
        with_storage_layer(|| T::Holds::release(token, &Self::reason(), &account, amount, Precision::Exact))
            .map_err(|_| Error::<T>::AccountFrozen)?;
        Self::end(id, &redemption);
        Self::deposit_event(Event::RedemptionReturned { redemption: id });
        Ok(())
    }

    fn end(id: RedemptionId, redemption: &Redemption) {
        Redemptions::<T>::remove(id);
        Open::<T>::mutate_exists(redemption.token, redemption.operator, one_less);
    }
}
