//! What clients ask.

use crate::{Config, Cycles, NextCycle, Pallet, Positions, Tokens};
use alloc::vec::Vec;
use frame_support::traits::{
    fungibles::{Inspect, InspectHold},
    tokens::{Fortitude, Preservation},
};
use interclear_primitives::{
    ids::{CycleId, OperatorId, TokenId},
    netting::{Cycle, Position, Token},
};

impl<T: Config> Pallet<T> {
    /// A netting cycle, while it is kept.
    pub fn cycle(id: CycleId) -> Option<Cycle> {
        Cycles::<T>::get(id)
    }

    /// The newest netting cycle.
    pub fn latest_cycle() -> Option<CycleId> {
        NextCycle::<T>::get().0.checked_sub(1).map(CycleId)
    }

    /// The positions of a cycle, by operator; not final while the cycle is collecting.
    pub fn positions(cycle: CycleId) -> Vec<(OperatorId, Position)> {
        Self::book(cycle).into_iter().collect()
    }

    /// A position in a cycle.
    pub fn position(cycle: CycleId, operator: OperatorId) -> Option<Position> {
        Positions::<T>::try_get(cycle, operator).ok()
    }

    /// A fiat token.
    pub fn token(id: TokenId) -> Option<Token> {
        Tokens::<T>::get(id)
    }

    /// All fiat tokens, by number.
    pub fn tokens() -> Vec<(TokenId, Token)> {
        let mut tokens: Vec<_> = Tokens::<T>::iter().collect();
        tokens.sort_unstable_by_key(|(id, _)| *id);
        tokens
    }

    /// What an account can spend, and what is on hold, of a token. Nothing can be spent of what is frozen.
    pub fn balance(token: TokenId, who: &T::AccountId) -> (u128, u128) {
        let free = T::Tokens::reducible_balance(token, who, Preservation::Expendable, Fortitude::Polite);
        (free, T::Holds::total_balance_on_hold(token, who))
    }
}
