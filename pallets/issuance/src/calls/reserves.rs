//! What issuers hold for their tokens, and what they mint on it.

use crate::{Attestations, Burnt, BurntLately, Config, Error, Event, Pallet};
use frame_support::{
    ensure,
    traits::{
        fungibles::{Inspect, Mutate},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use interclear_ports::{tokens::is_frozen, Clock, FiatTokens, Operators};
use interclear_primitives::{
    bounds::MAX_NET,
    day_of,
    ids::TokenId,
    issuance::{Attestation, ATTESTATION_HOLDS},
    operator::Role,
    Moment,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_attest(who: &T::AccountId, token: TokenId, attestation: Attestation) -> DispatchResult {
        Self::ensure_active_issuer(who, token)?;
        let Attestation {
            amount,
            as_of,
            digest,
        } = attestation;
        ensure!(as_of <= T::Clock::now(), Error::<T>::DayAhead);
        let later = Attestations::<T>::get(token).is_some_and(|last| last.as_of > as_of);
        ensure!(!later, Error::<T>::AttestationOlder);
        Attestations::<T>::insert(token, attestation);
        Self::deposit_event(Event::ReservesAttested {
            token,
            amount,
            as_of,
            digest,
        });
        Ok(())
    }

    pub(crate) fn do_mint(
        who: &T::AccountId,
        token: TokenId,
        to: &T::AccountId,
        amount: u128,
    ) -> DispatchResult {
        Self::ensure_active_issuer(who, token)?;
        ensure!((1..=MAX_NET).contains(&amount), Error::<T>::AmountOutOfRange);
        // Other desks could not fund a cycle with them, and nobody would look there.
        let treasury = T::Operators::desk(to).is_some_and(|desk| desk.roles.contains(&Role::Treasury));
        ensure!(treasury, Error::<T>::NotATreasuryDesk);
        ensure!(!is_frozen::<T::Tokens, _>(token, to), Error::<T>::AccountFrozen);
        ensure!(Self::covers(token, amount), Error::<T>::NotCovered);
        T::Tokens::mint_into(token, to, amount)?;
        Ok(())
    }

    pub(crate) fn do_burn(who: &T::AccountId, token: TokenId, amount: u128) -> DispatchResult {
        Self::ensure_issuer(who, token)?;
        ensure!(amount > 0, Error::<T>::AmountOutOfRange);
        ensure!(!is_frozen::<T::Tokens, _>(token, who), Error::<T>::AccountFrozen);
        let free = T::Tokens::reducible_balance(token, who, Preservation::Expendable, Fortitude::Polite);
        ensure!(free >= amount, Error::<T>::InsufficientFunds);
        let (keep, exact) = (Preservation::Expendable, Precision::Exact);
        T::Tokens::burn_from(token, who, amount, keep, exact, Fortitude::Polite)?;
        Self::note_burnt(token, amount);
        Ok(())
    }

    /// Whether an amount of a token may be minted: what its issuer has attested not long ago, less what was burnt since, covers it
    /// together with the supply. On a test network nothing has to be.
    pub(crate) fn covers(token: TokenId, amount: u128) -> bool {
        if T::Fiat::is_test_network() {
            return true;
        }
        let Some(attested) = Attestations::<T>::get(token) else {
            return false;
        };
        let left = attested
            .amount
            .saturating_sub(Self::burnt_since(token, attested.as_of));
        let supply = T::Tokens::total_issuance(token).checked_add(amount);
        supply.is_some_and(|supply| supply <= left)
            && T::Clock::now() <= attested.as_of.saturating_add(ATTESTATION_HOLDS)
    }

    /// What was burnt has been paid out of the reserves, or will be: it does not cover other tokens.
    pub(crate) fn note_burnt(token: TokenId, amount: u128) {
        let now = T::Clock::now();
        BurntLately::<T>::mutate(token, |days| {
            days.retain(|day| now <= day.last.saturating_add(ATTESTATION_HOLDS));
            let today = Burnt { last: now, amount };
            let same_day = days.last().is_some_and(|day| day_of(day.last) == day_of(now));
            if same_day || days.is_full() {
                if let Some(day) = days.last_mut() {
                    day.last = now;
                    day.amount = day.amount.saturating_add(amount);
                }
            } else {
                // It has room.
                let _ = days.try_push(today);
            }
        });
    }

    /// What was burnt from a moment on; of the day of it, all, unless nothing was burnt after it.
    fn burnt_since(token: TokenId, since: Moment) -> u128 {
        BurntLately::<T>::get(token)
            .iter()
            .filter(|day| day.last >= since)
            .fold(0, |sum, day| sum.saturating_add(day.amount))
    }
}
