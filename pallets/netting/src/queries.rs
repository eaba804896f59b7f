//! What clients ask.

use crate::{
    Booked, Charges, Config, Cycles, NextCycle, Obligations, ObligationsOf, PaidOutside, Pallet, Positions,
    Schedules, TokenOf, Tokens,
};
use alloc::vec::Vec;
use frame_support::traits::{
    fungibles::{Inspect, InspectHold},
    tokens::{Fortitude, Preservation},
};
use interclear_ports::Clock;
use interclear_primitives::{
    api::MAX_PAGE,
    ids::{CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    netting::{Cycle, Obligation, OutsidePayment, Position, Schedule, Token},
    Moment,
};

impl<T: Config> Pallet<T> {
    /// An obligation with where it stands, while it is kept.
    pub fn obligation(id: ObligationId) -> Option<Obligation> {
        Some(Self::shown(id, &Obligations::<T>::get(id)?))
    }

    /// What is claimed, or confirmed, to have been paid of an obligation outside of cycles.
    pub fn outside_payment(id: ObligationId) -> Option<OutsidePayment> {
        PaidOutside::<T>::get(id)
    }

    pub(crate) fn shown(id: ObligationId, debt: &Booked) -> Obligation {
        let (status, late) = Self::stand(debt);
        Obligation {
            debtor: debt.debtor,
            creditor: debt.creditor,
            currency: debt.currency,
            token: debt.place.map(|place| place.token),
            amount: debt.amount,
            due: debt.due,
            source: debt.source,
            status,
            gross: debt.gross,
            interest: Self::interest_of(id, debt, status, late),
        }
    }

    /// Until when the late interest of an obligation can be charged, if it has been paid late and that has not been done.
    pub fn charged_until(id: ObligationId, obligation: &Obligation) -> Option<Moment> {
        let paid_at = Self::paid_at(obligation.status)?;
        let interest = &obligation.interest;
        let charges = interest.amount != Value::ZERO && !Charges::<T>::contains_key(id);
        let until = Self::charge_until(paid_at);
        (charges && T::Clock::now() <= until).then_some(until)
    }

    /// A token of a currency that one operator has named for what it and another one owe each other, and that stands.
    pub fn named(operator: OperatorId, partner: OperatorId, currency: Currency) -> Option<TokenId> {
        TokenOf::<T>::iter_prefix_values(currency)
            .find(|token| Self::has_named(*token, operator, partner) && Self::stands(*token))
    }

    /// Those of the next [`MAX_PAGE`] obligations of an operator that have not been paid, after one or from the first on; and after which
    /// to go on. It never looks at more: each takes a look at all cycles that it has been through.
    pub fn obligations(
        operator: OperatorId,
        after: Option<ObligationId>,
    ) -> (Vec<(ObligationId, Obligation)>, Option<ObligationId>) {
        let most = usize::try_from(MAX_PAGE).unwrap_or(usize::MAX);
        let page = Self::obligations_after(operator, after, most);
        let last = page.last().filter(|_| page.len() >= most);
        let next = last.map(|(id, _)| *id);
        let open = page.into_iter().filter(|(_, found)| !found.status.is_paid());
        (open.collect(), next)
    }

    /// So many obligations to which an operator is a party, settled or not, that follow one in the order of storage; from the
    /// first on without one.
    pub fn obligations_after(
        operator: OperatorId,
        after: Option<ObligationId>,
        most: usize,
    ) -> Vec<(ObligationId, Obligation)> {
        let keys = match after {
            Some(last) => {
                let key = ObligationsOf::<T>::hashed_key_for(operator, last);
                ObligationsOf::<T>::iter_key_prefix_from(operator, key)
            }
            None => ObligationsOf::<T>::iter_key_prefix(operator),
        };
        keys.take(most)
            .filter_map(|id| Some((id, Self::obligation(id)?)))
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

    /// When cycles open by themselves, by token.
    pub fn schedules() -> Vec<Schedule> {
        let mut schedules = Schedules::<T>::get().into_inner();
        schedules.sort_unstable_by_key(|schedule| schedule.token);
        schedules
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
