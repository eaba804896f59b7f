//! What clients ask.

use crate::{
    CloseRequests, Config, Cycles, NextCycle, Obligations, ObligationsOf, Pallet, Positions, Statements,
    Tokens,
};
use alloc::vec::Vec;
use frame_support::traits::{
    fungibles::{Inspect, InspectHold},
    tokens::{Fortitude, Preservation},
};
use interclear_primitives::{
    api::MAX_PAGE,
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    netting::{Cycle, Obligation, Position, Token},
    period::Period,
    statement::Statement,
};

impl<T: Config> Pallet<T> {
    /// A statement, while it is kept.
    pub fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        Statements::<T>::get(agreement, period)
    }

    /// The party that has asked to close a month that it takes both to close.
    pub fn close_request(agreement: AgreementId, period: Period) -> Option<OperatorId> {
        CloseRequests::<T>::get((agreement, period))
    }

    /// An obligation, while it is kept, with where it stands now.
    pub fn obligation(id: ObligationId) -> Option<Obligation> {
        let obligation = Obligations::<T>::get(id)?;
        Some(Obligation {
            status: Self::status_of(&obligation),
            ..obligation
        })
    }

    /// Obligations to which an operator is a party and which have not been settled, by rising number from `from` on, at
    /// most [`MAX_PAGE`].
    pub fn obligations(operator: OperatorId, from: ObligationId) -> Vec<(ObligationId, Obligation)> {
        use interclear_primitives::netting::ObligationStatus::Settled;
        let mut ids: Vec<_> = ObligationsOf::<T>::iter_key_prefix(operator)
            .filter(|id| *id >= from)
            .collect();
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| Some((id, Self::obligation(id)?)))
            .filter(|(_, obligation)| !matches!(obligation.status, Settled(_)))
            .take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
            .collect()
    }

    /// A netting cycle, while it is kept.
    pub fn cycle(id: CycleId) -> Option<Cycle> {
        Cycles::<T>::get(id)
    }

    /// The newest netting cycle.
    pub fn latest_cycle() -> Option<CycleId> {
        NextCycle::<T>::get().0.checked_sub(1).map(CycleId)
    }

    /// The positions of a cycle, by operator; not final while the cycle is frozen.
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
