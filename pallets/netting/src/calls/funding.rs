//! Holding, paying and releasing tokens.

use crate::{
    calls::positions::owed, Config, Cycles, Error, Event, FundedFrom, HoldReason, Outage, Outages, Pallet,
    Positions, Standing, Standings, TakenIn, TestNetwork, Tokens, TEST_FUNDING_TIME,
};
use frame_support::{
    ensure,
    traits::{
        fungibles::{hold::Mutate, Inspect},
        tokens::{DepositConsequence, Fortitude, Precision, Preservation, Provenance, Restriction},
        Get,
    },
};
use interclear_ports::{tokens::is_frozen, Clock, Operators, Switches};
use interclear_primitives::{
    ids::{CycleId, OperatorId, TokenId},
    netting::CyclePhase,
    operator::Role,
    switch::Function,
    working, Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    pub(crate) fn reason() -> T::RuntimeHoldReason {
        HoldReason::NettingCycle.into()
    }

    /// Notes that the issuer of a token has frozen it, or has let it go on.
    pub(crate) fn do_note_frozen(token: TokenId, frozen: bool) {
        let now = T::Clock::now();
        Outages::<T>::mutate(token, |outage| {
            *outage = Outage {
                frozen,
                ..outage.at(now)
            };
        });
        Standings::<T>::mutate(token, |standing| {
            if frozen {
                Self::end_standing(standing, now);
            } else if !T::Switches::is_paused(Function::Netting) {
                // In a pause nobody can fund; its end looks which tokens stand.
                standing.since.get_or_insert(now);
            }
        });
    }

    /// Debtors have time to fund from now on, as far as the token stands.
    pub(crate) fn begin_to_fund(token: TokenId, until: Moment) {
        let stands = Self::stands(token);
        let standing = Standing {
            since: stands.then(T::Clock::now),
            stood: 0,
            until,
        };
        Standings::<T>::insert(token, standing);
    }

    /// For how long debtors have time to fund, at least.
    pub(crate) fn least_funding_time() -> Moment {
        match TestNetwork::<T>::get() {
            true => TEST_FUNDING_TIME,
            false => T::MinFundingTime::get(),
        }
    }

    /// Whether what debtors are to have to fund is within the bounds.
    pub(super) fn ensure_funding(funding: Moment) -> Result<(), Error<T>> {
        ensure!(funding >= Self::least_funding_time(), Error::<T>::FundingTooShort);
        ensure!(funding <= T::MaxFundingTime::get(), Error::<T>::FundingTooLong);
        Ok(())
    }

    /// Until when debtors have time to fund at least, from a moment on.
    pub(super) fn least_funding(begin: Moment) -> Moment {
        Self::funded_by(begin, Self::least_funding_time())
    }

    /// When debtors must have funded that have some time from a moment on. On a test network every day is a working day.
    pub(super) fn funded_by(begin: Moment, funding: Moment) -> Moment {
        match TestNetwork::<T>::get() {
            true => begin.saturating_add(funding),
            false => working::after(begin, funding),
        }
    }

    /// The time to fund from one moment to another, likewise.
    pub(super) fn funding_time(begin: Moment, end: Moment) -> Moment {
        match TestNetwork::<T>::get() {
            true => end.saturating_sub(begin),
            false => working::between(begin, end),
        }
    }

    /// Debtors can fund no more; what a token has stood so far is kept.
    pub(super) fn end_standing(standing: &mut Standing, now: Moment) {
        standing.stood = Self::has_stood(standing, now);
        standing.since = None;
    }

    /// For how long debtors could fund so far.
    fn has_stood(standing: &Standing, now: Moment) -> Moment {
        let Standing { since, stood, until } = *standing;
        let more = since.map_or(0, |since| Self::funding_time(since, until.min(now)));
        stood.saturating_add(more)
    }

    /// Whether debtors had their time to fund: the token has stood for three quarters of the least that there is, and it is for no
    /// other reason than a freeze of its issuer that it does not. So a freeze at the end, however it is timed, spares nobody who
    /// waited for it, and one that takes the time makes nobody late.
    pub(crate) fn could_fund(token: TokenId) -> bool {
        let standing = Standings::<T>::get(token);
        let issuer = Tokens::<T>::get(token).map(|token| token.issuer);
        let doubted = !issuer.is_some_and(T::Operators::is_active)
            || (standing.since.is_some() && !Self::stands(token));
        let least = Self::least_funding_time();
        let enough = least.saturating_sub(least / 4);
        !doubted && Self::has_stood(&standing, T::Clock::now()) >= enough
    }

    /// Whether an account can be paid.
    pub(crate) fn can_receive(token: TokenId, account: &T::AccountId, amount: u128) -> bool {
        T::Tokens::can_deposit(token, account, amount, Provenance::Extant) == DepositConsequence::Success
    }

    pub(crate) fn do_fund(who: &T::AccountId, id: CycleId) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let mut cycle = Self::computed_cycle(id)?;
        ensure!(T::Clock::now() <= cycle.fund_by, Error::<T>::FundingClosed);
        let mut position = Positions::<T>::try_get(id, operator).map_err(|()| Error::<T>::NoPosition)?;
        ensure!(!position.excluded, Error::<T>::Excluded);
        let owed = owed(&position).map_err(Error::<T>::from)?;
        ensure!(owed > 0, Error::<T>::NothingToFund);
        Self::release_left(id, operator);
        ensure!(position.held < owed, Error::<T>::AlreadyFunded);

        let mut missing = owed.saturating_sub(position.held);
        if let Some(account) = FundedFrom::<T>::get(id, operator).filter(|account| account != who) {
            // One account funds the whole amount.
            Self::release_hold(cycle.token, &account, position.held)
                .map_err(|_| Error::<T>::AccountFrozen)?;
            missing = owed;
        }
        ensure!(
            !is_frozen::<T::Tokens, _>(cycle.token, who),
            Error::<T>::AccountFrozen
        );
        let free = T::Tokens::reducible_balance(cycle.token, who, Preservation::Protect, Fortitude::Force);
        ensure!(free >= missing, Error::<T>::InsufficientFunds);
        T::Holds::hold(cycle.token, &Self::reason(), who, missing)?;

        position.held = owed;
        FundedFrom::<T>::insert(id, operator, who);
        Positions::<T>::insert(id, operator, position);
        cycle.unfunded = cycle.unfunded.saturating_sub(1);
        cycle.phase = CyclePhase::Funding;
        let unfunded = cycle.unfunded;
        Cycles::<T>::insert(id, cycle);
        Self::deposit_event(Event::Funded {
            cycle: id,
            operator,
            held: owed,
            unfunded,
        });
        Ok(())
    }

    /// Gives back what the cycle before one could not, as the token or the account was frozen then.
    fn release_left(id: CycleId, operator: OperatorId) {
        let before = TakenIn::<T>::get(id).and_then(|taken| taken.after);
        let left = before.and_then(|before| {
            let position = Positions::<T>::try_get(before, operator).ok()?;
            Some((before, Cycles::<T>::get(before)?, position))
        });
        if let Some((before, cycle, mut position)) = left.filter(|(_, cycle, _)| cycle.is_finished()) {
            Self::release_excess(before, &cycle, operator, &mut position, 0);
            Positions::<T>::insert(before, operator, position);
        }
    }

    pub(crate) fn do_release(who: &T::AccountId, id: CycleId) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let cycle = Cycles::<T>::get(id).ok_or(Error::<T>::CycleNotFound)?;
        let mut position = Positions::<T>::try_get(id, operator).map_err(|()| Error::<T>::NothingHeld)?;
        let owed = if cycle.is_finished() || position.excluded {
            0
        } else {
            // Half of an exclusion says nothing of what is owed in the end.
            ensure!(cycle.phase != CyclePhase::Collecting, Error::<T>::NothingHeld);
            owed(&position).map_err(Error::<T>::from)?
        };
        let excess = position.held.saturating_sub(owed);
        ensure!(excess > 0, Error::<T>::NothingHeld);
        let account = FundedFrom::<T>::get(id, operator).ok_or(Error::<T>::NothingHeld)?;
        Self::release_hold(cycle.token, &account, excess).map_err(|_| Error::<T>::AccountFrozen)?;
        position.held = owed;
        if owed == 0 {
            FundedFrom::<T>::remove(id, operator);
        }
        Positions::<T>::insert(id, operator, position);
        Self::deposit_event(Event::Released {
            cycle: id,
            operator,
            amount: excess,
        });
        Ok(())
    }

    /// Releases exactly `amount`, or nothing.
    pub(crate) fn release_hold(
        token: TokenId,
        account: &T::AccountId,
        amount: u128,
    ) -> Result<(), DispatchError> {
        frame_support::storage::with_storage_layer(|| {
            T::Holds::release(token, &Self::reason(), account, amount, Precision::Exact).map(|_| ())
        })
    }

    /// Pays exactly `amount` out of a hold.
    pub(crate) fn pay_held(
        token: TokenId,
        from: &T::AccountId,
        to: &T::AccountId,
        amount: u128,
    ) -> Result<(), DispatchError> {
        T::Holds::transfer_on_hold(
            token,
            &Self::reason(),
            from,
            to,
            amount,
            Precision::Exact,
            Restriction::Free,
            Fortitude::Polite,
        )
        .map(|_| ())
    }
}
