//! What is paid by itself, as its terms agree: gross, by a call of its debtor, whatever the two owe each other besides.
//!
//! It is in the book as any other debt, and in no token before it is paid; so no cycle takes it in. It ends once: paid here, or
//! elsewhere as its creditor confirms.

use crate::{Config, Error, Event, Finished, Obligations, Pallet, Tokens};
use frame_support::{
    ensure,
    traits::{
        fungibles::{Inspect, Mutate},
        tokens::{Fortitude, Preservation},
    },
};
use interclear_ports::{tokens::is_frozen, Clock, Operators};
use interclear_primitives::{
    ids::{ObligationId, TokenId},
    operator::Role,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pay(who: &T::AccountId, id: ObligationId, token: TokenId) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let mut debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        ensure!(debt.debtor == operator, Error::<T>::NotTheDebtor);
        ensure!(debt.gross, Error::<T>::NotGross);
        Self::ensure_open(&debt)?;
        let named = Tokens::<T>::get(token).ok_or(Error::<T>::TokenNotFound)?;
        ensure!(named.currency == debt.currency, Error::<T>::CurrencyDiffers);
        // The creditor may have given its word for another debt, or for what it owes itself: it counts only where nothing stands that it
        // has signed to accept.
        let by_word = || {
            Self::accepted(debt.currency, &debt.accepts).is_none()
                && Self::has_named(token, debt.creditor, operator)
        };
        ensure!(
            debt.accepts.contains(&named.issuer) || by_word(),
            Error::<T>::TokenNotAccepted
        );
        ensure!(Self::stands(token), Error::<T>::TokenSuspended);
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let amount = debt.amount.clear_unsigned().map_err(Error::<T>::from)?;
        let to = T::Operators::payout_account(debt.creditor).ok_or(Error::<T>::NoPayoutAccount)?;
        ensure!(Self::can_receive(token, &to, amount), Error::<T>::PayoutBlocked);
        let free = T::Tokens::reducible_balance(token, who, Preservation::Protect, Fortitude::Polite);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        T::Tokens::transfer(token, who, &to, amount, Preservation::Protect)?;

        Self::take_from_totals(&debt).map_err(Error::<T>::from)?;
        debt.paid_gross = Some(T::Clock::now());
        Self::expire(Finished::Obligation(id));
        Self::deposit_event(Event::ObligationPaid {
            obligation: id,
            token,
            debtor: operator,
            creditor: debt.creditor,
            amount: debt.amount,
        });
        Obligations::<T>::insert(id, debt);
        Ok(())
    }
}
