//! The life of a netting cycle.

use crate::{
    calls::positions::{nets, owed, Book},
    netting_fault, Config, Cycles, Error, Event, FundedFrom, NextCycle, Pallet, Positions, Resolution, Stage,
    Stages, Tokens, Unfinished, Unresolved, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, weights::Weight};
use interclear_netting::{carry_forward, transfers};
use interclear_ports::{Clock, Obligations, Operators};
use interclear_primitives::{
    ids::{CycleId, OperatorId, TokenId},
    money::{Value, ValueError},
    netting::{Cycle, CyclePhase, ObligationSource, Position},
    operator::Role,
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_open_cycle(
        who: &T::AccountId,
        token: TokenId,
        cut_off: Moment,
        fund_by: Moment,
    ) -> DispatchResult {
        let by = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let currency = Tokens::<T>::get(token).ok_or(Error::<T>::TokenNotFound)?.currency;
        ensure!(
            T::Obligations::has_unsettled(by, currency),
            Error::<T>::NothingToSettle
        );
        ensure!(!Unfinished::<T>::contains_key(token), Error::<T>::CycleUnfinished);
        let now = T::Clock::now();
        ensure!(
            cut_off <= now.saturating_add(T::MaxCutOffAhead::get()),
            Error::<T>::CutOffTooFar
        );
        let begin = cut_off.max(now);
        ensure!(
            fund_by >= begin.saturating_add(T::MinFundingTime::get()),
            Error::<T>::FundingTooShort
        );
        ensure!(
            fund_by <= begin.saturating_add(T::MaxFundingTime::get()),
            Error::<T>::FundingTooLong
        );

        let id = NextCycle::<T>::get();
        NextCycle::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        let cycle = Cycle {
            token,
            currency,
            phase: CyclePhase::Announced,
            cut_off,
            fund_by,
            obligations: 0,
            gross: Value::ZERO,
            net: Value::ZERO,
            unfunded: 0,
            parties: 0,
            finished_at: None,
        };
        Cycles::<T>::insert(id, cycle);
        Unfinished::<T>::insert(token, id);
        Self::deposit_event(Event::CycleOpened {
            cycle: id,
            token,
            currency,
            cut_off,
            fund_by,
            by,
        });
        Ok(())
    }

    pub(crate) fn do_cancel_cycle(id: CycleId) -> DispatchResult {
        let mut cycle = Self::cycle_in(id, &[CyclePhase::Announced])?;
        Self::finish(id, &mut cycle, CyclePhase::Cancelled);
        Cycles::<T>::insert(id, cycle);
        Self::deposit_event(Event::CycleCancelled { cycle: id });
        Ok(())
    }

    fn cycle_in(id: CycleId, phases: &[CyclePhase]) -> Result<Cycle, Error<T>> {
        let cycle = Cycles::<T>::get(id).ok_or(Error::<T>::CycleNotFound)?;
        ensure!(phases.contains(&cycle.phase), Error::<T>::WrongPhase);
        Ok(cycle)
    }

    /// The cycle, if its positions stand.
    pub(crate) fn computed_cycle(id: CycleId) -> Result<Cycle, Error<T>> {
        Self::cycle_in(id, &[CyclePhase::Computed, CyclePhase::Funding])
    }

    pub(crate) fn do_collect(who: &T::AccountId, id: CycleId) -> DispatchResult {
        T::Operators::ensure_role(who, Role::Clearing)?;
        let mut cycle = Self::cycle_in(id, &[CyclePhase::Announced])?;
        ensure!(T::Clock::now() >= cycle.cut_off, Error::<T>::CutOffPending);
        cycle.phase = CyclePhase::Collecting;
        Cycles::<T>::insert(id, cycle);
        Stages::<T>::insert(id, Stage::TakingIn { after: None });
        Self::deposit_event(Event::CycleCollecting { cycle: id });
        Ok(())
    }

    /// Returns the weight used.
    pub(crate) fn do_compute(who: &T::AccountId, id: CycleId, max: u32) -> Result<Weight, DispatchError> {
        T::Operators::ensure_role(who, Role::Clearing)?;
        let mut cycle = Self::cycle_in(id, &[CyclePhase::Collecting])?;
        let used = Self::compute_further(id, &mut cycle, max).map_err(Error::<T>::from)?;
        Cycles::<T>::insert(id, cycle);
        Ok(used)
    }

    fn compute_further(id: CycleId, cycle: &mut Cycle, max: u32) -> Result<Weight, ValueError> {
        let max = max.max(1);
        let (used, through) = match Stages::<T>::get(id).unwrap_or(Stage::Excluding) {
            Stage::TakingIn { after } => {
                let (steps, through) = Self::take_in(id, cycle, after, max);
                (T::WeightInfo::take_in(steps), through)
            }
            Stage::Excluding => {
                let (steps, through) = Self::exclude(id, cycle, max)?;
                (T::WeightInfo::exclude(steps), through)
            }
        };
        if !through {
            return Ok(used);
        }
        // Excluded operators still have a position, so not `cycle.parties`.
        let positions = u32::try_from(Positions::<T>::iter_key_prefix(id).count()).unwrap_or(u32::MAX);
        Self::conclude(id, cycle)?;
        Ok(used.saturating_add(T::WeightInfo::conclude(positions)))
    }

    /// Returns the number of positions.
    pub(crate) fn do_settle(who: &T::AccountId, id: CycleId) -> Result<u32, DispatchError> {
        let operator = Self::ensure_money_desk(who)?;
        let mut cycle = Self::computed_cycle(id)?;
        ensure!(Positions::<T>::contains_key(id, operator), Error::<T>::NoPosition);
        ensure!(cycle.unfunded == 0, Error::<T>::NotFunded);

        let mut book = Self::book(id);
        for position in book.iter().filter(|(_, position)| position.net != Value::ZERO) {
            Self::ensure_can_pay(id, &cycle, position)?;
        }
        let payments = transfers(&nets(&book).map_err(Error::<T>::from)?)
            .map_err(netting_fault)
            .map_err(Error::<T>::from)?;
        for payment in payments {
            let from = FundedFrom::<T>::get(id, payment.from).ok_or(Error::<T>::NotFunded)?;
            let to = T::Operators::payout_account(payment.to).ok_or(Error::<T>::NoPayoutAccount)?;
            Self::pay_held(cycle.token, &from, &to, payment.amount)?;
            let payer = book.get_mut(&payment.from).ok_or(Error::<T>::NoPosition)?;
            payer.held = payer
                .held
                .checked_sub(payment.amount)
                .ok_or(Error::<T>::NotFunded)?;
            let (from, to) = (payment.from, payment.to);
            Self::deposit_event(Event::Paid {
                cycle: id,
                from,
                to,
                amount: payment.amount,
            });
        }
        for (operator, position) in book.iter_mut() {
            Self::release_excess(id, &cycle, *operator, position, 0);
            if position.held == 0 {
                FundedFrom::<T>::remove(id, operator);
            }
            Positions::<T>::insert(id, operator, *position);
        }
        let positions = u32::try_from(book.len()).unwrap_or(u32::MAX);
        Self::carry_over(id, &cycle, book)?;
        Self::finish(id, &mut cycle, CyclePhase::Settled);
        Self::deposit_event(Event::CycleSettled {
            cycle: id,
            net: cycle.net,
        });
        Cycles::<T>::insert(id, cycle);
        Ok(positions)
    }

    /// Whether a net debtor has funded from an account that can pay, or a net creditor can be paid.
    fn ensure_can_pay(
        id: CycleId,
        cycle: &Cycle,
        (operator, position): (&OperatorId, &Position),
    ) -> Result<(), Error<T>> {
        let owes = owed(position).map_err(Error::<T>::from)?;
        if owes > 0 {
            ensure!(position.held >= owes, Error::<T>::NotFunded);
            let account = FundedFrom::<T>::get(id, operator).ok_or(Error::<T>::NotFunded)?;
            ensure!(!Self::is_frozen(cycle.token, &account), Error::<T>::AccountFrozen);
        } else {
            let receives = position.net.clear_unsigned().map_err(Error::<T>::from)?;
            let account = T::Operators::payout_account(*operator).ok_or(Error::<T>::NoPayoutAccount)?;
            ensure!(
                Self::can_receive(cycle.token, &account, receives),
                Error::<T>::PayoutBlocked
            );
        }
        Ok(())
    }

    /// Makes new obligations of the amounts that were too small to be paid.
    fn carry_over(id: CycleId, cycle: &Cycle, mut book: Book) -> DispatchResult {
        for position in book.values_mut() {
            position.net = position
                .net
                .checked_add(&position.carried)
                .map_err(Error::<T>::from)?;
        }
        let whole = nets(&book).map_err(Error::<T>::from)?;
        let carried = carry_forward(&whole, T::MinimumNet::get())
            .map_err(netting_fault)
            .map_err(Error::<T>::from)?
            .carried;
        for debt in carried {
            let amount = Value::from_unsigned(debt.amount).map_err(Error::<T>::from)?;
            let source = ObligationSource::Carried { cycle: id };
            T::Obligations::create(
                debt.from,
                debt.to,
                cycle.currency,
                amount,
                T::Clock::now(),
                source,
            )?;
        }
        Ok(())
    }

    pub(crate) fn finish(id: CycleId, cycle: &mut Cycle, phase: CyclePhase) {
        cycle.phase = phase;
        cycle.finished_at = Some(T::Clock::now());
        Unfinished::<T>::remove(cycle.token);
        Stages::<T>::remove(id);
        Unresolved::<T>::insert(id, Resolution::default());
    }

    /// Returns the weight used.
    pub(crate) fn do_exclude_defaulters(
        who: &T::AccountId,
        id: CycleId,
        max: u32,
    ) -> Result<Weight, DispatchError> {
        Self::ensure_money_desk(who)?;
        let mut cycle = Self::computed_cycle(id)?;
        ensure!(T::Clock::now() > cycle.fund_by, Error::<T>::FundingOpen);
        let book = Self::book(id);
        let positions = u32::try_from(book.len()).unwrap_or(u32::MAX);
        let defaulters = Self::defaulters(id, &cycle, &book);
        ensure!(!defaulters.is_empty(), Error::<T>::NoDefaulter);
        Self::mark_excluded(id, &mut cycle, book, &defaulters).map_err(Error::<T>::from)?;
        let used = Self::compute_further(id, &mut cycle, max).map_err(Error::<T>::from)?;
        Cycles::<T>::insert(id, cycle);
        Ok(T::WeightInfo::exclude_defaulters(positions).saturating_add(used))
    }

    /// Debtors that have not funded or whose account is frozen, and creditors that cannot be paid.
    pub(crate) fn defaulters(id: CycleId, cycle: &Cycle, book: &Book) -> Vec<OperatorId> {
        book.iter()
            .filter(|(_, position)| position.net != Value::ZERO)
            .filter(|position| Self::ensure_can_pay(id, cycle, *position).is_err())
            .map(|(operator, _)| *operator)
            .collect()
    }
}
