//! What is paid by itself, as its terms agree: gross, by a call of its debtor, whatever the two owe each other besides.
//!
//! It is in the book as any other debt, and in no token before it is paid; so no cycle takes it in. It ends once: paid here, or
//! elsewhere as its creditor confirms.

use crate::{
    day_of, Booked, Config, Error, Event, Finished, Obligations, Outages, Pallet, Stock, Tendered, Tokens,
};
use frame_support::{
    ensure,
    traits::{
        fungibles::{Inspect, Mutate},
        tokens::{Fortitude, Preservation},
    },
};
use interclear_ports::{tokens::is_frozen, Clock, Escrows, Operators};
use interclear_primitives::{
    ids::{ObligationId, OperatorId, TokenId},
    netting::Token,
    operator::Role,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pay(who: &T::AccountId, id: ObligationId, token: TokenId) -> DispatchResult {
        let (debt, _) = Self::to_be_paid(who, id, token)?;
        ensure!(Self::stands(token), Error::<T>::TokenSuspended);
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let amount = debt.amount.clear_unsigned().map_err(Error::<T>::from)?;
        let to = T::Operators::payout_account(debt.creditor).ok_or(Error::<T>::NoPayoutAccount)?;
        ensure!(Self::can_receive(token, &to, amount), Error::<T>::PayoutBlocked);
        let free = T::Tokens::reducible_balance(token, who, Preservation::Protect, Fortitude::Polite);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        T::Tokens::transfer(token, who, &to, amount, Preservation::Protect)?;
        Self::end_gross(id, debt, token)
    }

    /// Ends a debt that is in no book, and has been paid in full.
    pub(crate) fn end_gross(id: ObligationId, mut debt: Booked, token: TokenId) -> DispatchResult {
        Self::take_from_totals(&debt).map_err(Error::<T>::from)?;
        debt.paid_gross = Some(T::Clock::now());
        Self::expire(Finished::Obligation(id));
        Self::deposit_event(Event::ObligationPaid {
            obligation: id,
            token,
            debtor: debt.debtor,
            creditor: debt.creditor,
            amount: debt.amount,
        });
        Obligations::<T>::insert(id, debt);
        Ok(())
    }

    /// An open gross debt of the caller's operator, and who issues a token in which its creditor takes it.
    fn to_be_paid(
        who: &T::AccountId,
        id: ObligationId,
        token: TokenId,
    ) -> Result<(Booked, OperatorId), DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        ensure!(debt.debtor == operator, Error::<T>::NotTheDebtor);
        ensure!(debt.gross, Error::<T>::NotGross);
        Self::ensure_open(&debt)?;
        let Token { issuer, currency, .. } = Tokens::<T>::get(token).ok_or(Error::<T>::TokenNotFound)?;
        ensure!(currency == debt.currency, Error::<T>::CurrencyDiffers);
        // The creditor may have given its word for another debt, or for what it owes itself: it counts only where nothing stands that it
        // has signed to accept.
        let by_word = || {
            Self::accepted(debt.currency, &debt.accepts).is_none()
                && Self::has_named(token, debt.creditor, operator)
        };
        ensure!(
            debt.accepts.contains(&issuer) || by_word(),
            Error::<T>::TokenNotAccepted
        );
        Ok((debt, issuer))
    }

    pub(crate) fn do_tender(who: &T::AccountId, id: ObligationId, token: TokenId) -> DispatchResult {
        let (mut debt, issuer) = Self::to_be_paid(who, id, token)?;
        let amount = debt.amount.clear_unsigned().map_err(Error::<T>::from)?;
        let late = debt.late.spared(day_of(T::Clock::now()));
        if late == debt.late {
            // It is not due yet, or spared of today already: nothing is used up.
            return Ok(());
        }
        let agreement = debt.source.agreement();
        let (held, frozen) =
            agreement.map_or((0, false), |agreement| T::Escrows::held_for(agreement, id, token));
        // What is held pays then, whatever account is frozen, and any other desk adds what it lacks.
        let can_be_paid = Self::stands(token) && T::Operators::payout_account(debt.creditor).is_some();
        ensure!(!can_be_paid || held < amount, Error::<T>::NotHindered);
        let ahead = match agreement {
            // The account that holds it may be the only one, and be frozen with the rest on it.
            Some(agreement) if !can_be_paid || frozen => {
                Self::take_tendered(token, Stock::Escrow(agreement, debt.debtor), held, amount)
            }
            _ => 0,
        };
        let rest = amount.saturating_sub(ahead);
        // Of what is frozen nothing can be spent, and it is there all the same. One minor unit stays.
        let free = T::Tokens::balance(token, who).saturating_sub(1);
        ensure!(free >= rest, Error::<T>::InsufficientFunds);
        ensure!(
            Self::is_hindered(&debt, (token, issuer), who, rest == 0),
            Error::<T>::NotHindered
        );
        let taken = Self::take_tendered(token, Stock::Account(who.clone()), free, rest);
        ensure!(taken == rest, Error::<T>::TokensTendered);
        debt.late = late;
        Obligations::<T>::insert(id, debt);
        Self::deposit_event(Event::PaymentHindered {
            obligation: id,
            token,
        });
        Ok(())
    }

    /// Takes as much of an amount as there is that was not tendered today. The same tokens spare a debtor of one debt a day, or it would
    /// owe to many with what pays one.
    fn take_tendered(token: TokenId, stock: Stock<T::AccountId>, has: u128, amount: u128) -> u128 {
        let today = day_of(T::Clock::now());
        let before = Tendered::<T>::get(token, &stock)
            .filter(|(day, _)| *day == today)
            .map_or(0, |(_, sum)| sum);
        let taken = has.saturating_sub(before).min(amount);
        if taken > 0 {
            Tendered::<T>::insert(token, stock, (today, before.saturating_add(taken)));
        }
        taken
    }

    /// Whether a debtor that has the tokens cannot pay for a reason that is not its own. What a third party freezes for a moment, or an
    /// account that it freezes, may be a favour: that spares nobody, or a debtor would pay when it likes.
    fn is_hindered(
        debt: &Booked,
        (token, issuer): (TokenId, OperatorId),
        who: &T::AccountId,
        is_held: bool,
    ) -> bool {
        if T::Operators::payout_account(debt.creditor).is_none() {
            return true;
        }
        // An issuer that owes has it in its own hand.
        if debt.accepts.contains(&debt.debtor) || issuer == debt.debtor {
            return false;
        }
        let stands = Self::stands(token);
        let nothing_stands = || !stands && Self::accepted(debt.currency, &debt.accepts).is_none();
        if issuer == debt.creditor {
            return match stands {
                true => is_frozen::<T::Tokens, _>(token, who),
                // What is free may be paid in another token; what was put by for its creditor, where that has stopped it, is enough.
                false => is_held || nothing_stands(),
            };
        }
        let lasts = || Outages::<T>::get(token).lasts(T::Clock::now());
        nothing_stands() && (lasts() || !T::Operators::is_active(issuer))
    }
}
