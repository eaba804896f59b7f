//! The life of a netting cycle.

use crate::{
    calls::positions::{nets, owed, Book},
    day_of, netting_fault, Balances, Config, Cut, Cuts, Cycles, Day, Error, Event, Finished, FirstDay,
    FundedFrom, LastCut, NextCycle, Paid, Pallet, Positions, Schedules, Shares, Stage, Stages, Taken,
    TakenIn, TestNetwork, Tokens, Turns, Unfinished, WeightInfo, LOG_TARGET, MAX_TURN_DAYS,
};
use alloc::vec::Vec;
use frame_support::{
    ensure,
    storage::with_storage_layer,
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_netting::{carry_forward, transfers};
use interclear_ports::{tokens::is_token_frozen, unexpected, Clock, Debt, Operators, Switches};
use interclear_primitives::{
    agreement::PaymentCondition,
    ids::{CycleId, OperatorId, TokenId},
    money::{Value, ValueError},
    netting::{Cycle, CyclePhase, Issuers, ObligationSource, Position, Schedule},
    operator::Role,
    switch::Function,
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

/// A pair that is taken out of the positions costs no more than so many sums that are added up.
const SUMS_OF_A_PAIR: u32 = 16;
/// The sums that a step may have looked at, at most, for the computation to end with it.
const MOST_BEFORE_END: u32 = 256;

/// How many pairs are taken out in a step that could add up so many sums; at least one.
fn pairs(sums: u32) -> u32 {
    sums.checked_div(SUMS_OF_A_PAIR).unwrap_or_default().max(1)
}

/// The first cut-off of a schedule after a moment.
fn turn_after(schedule: &Schedule, now: Moment) -> Moment {
    let every = Moment::from(schedule.every_days.max(1)).saturating_mul(DAY);
    let passed = now
        .saturating_sub(schedule.next)
        .checked_div(every)
        .unwrap_or_default();
    schedule
        .next
        .saturating_add(passed.saturating_add(1).saturating_mul(every))
}

impl<T: Config> Pallet<T> {
    /// Announces a cycle.
    pub(crate) fn do_open_cycle(
        token: TokenId,
        cut_off: Moment,
        funding: Moment,
        scheduled: bool,
    ) -> DispatchResult {
        let currency = Tokens::<T>::get(token).ok_or(Error::<T>::TokenNotFound)?.currency;
        ensure!(Self::stands(token), Error::<T>::TokenSuspended);
        ensure!(!Unfinished::<T>::contains_key(token), Error::<T>::CycleUnfinished);
        let kept = u32::try_from(Cuts::<T>::decode_len(token).unwrap_or_default()).unwrap_or(u32::MAX);
        ensure!(kept < T::MaxCycles::get(), Error::<T>::MaxCyclesExceeded);
        let now = T::Clock::now();
        ensure!(day_of(cut_off) >= day_of(now), Error::<T>::CutOffPassed);
        ensure!(
            cut_off <= now.saturating_add(T::MaxCutOffAhead::get()),
            Error::<T>::CutOffTooFar
        );
        Self::ensure_funding(funding)?;
        let last = Self::last_day(cut_off);
        let taken = LastCut::<T>::get(token).is_some_and(|cut| cut.to >= last);
        ensure!(!taken || TestNetwork::<T>::get(), Error::<T>::DayTakenIn);
        ensure!(
            Balances::<T>::iter_key_prefix(token).next().is_some(),
            Error::<T>::NothingToSettle
        );

        let id = NextCycle::<T>::get();
        NextCycle::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        let fund_by = Self::funded_by(cut_off.max(now), funding);
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
            scheduled,
        });
        Ok(())
    }

    pub(crate) fn do_set_schedule(token: TokenId, turns: Option<Turns>) -> DispatchResult {
        ensure!(Tokens::<T>::contains_key(token), Error::<T>::TokenNotFound);
        let next = match turns {
            None => None,
            Some(Turns {
                first,
                every_days,
                funding,
            }) => {
                let now = T::Clock::now();
                ensure!(first >= now, Error::<T>::CutOffPassed);
                ensure!(
                    first <= now.saturating_add(MAX_TURN_DAYS.saturating_mul(DAY)),
                    Error::<T>::CutOffTooFar
                );
                ensure!(
                    (1..=MAX_TURN_DAYS).contains(&every_days.into()),
                    Error::<T>::TurnOutOfRange
                );
                Self::ensure_funding(funding)?;
                Some(Schedule {
                    token,
                    next: first,
                    every_days,
                    funding,
                })
            }
        };
        Schedules::<T>::try_mutate(|schedules| {
            schedules.retain(|one| one.token != token);
            match next {
                None => Ok(()),
                Some(schedule) => schedules.try_push(schedule),
            }
        })
        .map_err(|_| Error::<T>::MaxSchedulesExceeded)?;
        Self::deposit_event(Event::ScheduleSet { token, turns });
        Ok(())
    }

    /// Opens the cycles whose turn it is. A turn waits while it cannot be: until the cycle before has ended, the token stands again,
    /// the oldest cycle is removed, or the council lets netting go on; it is passed over where there is nothing to settle, or the day has
    /// had its cycle.
    pub(crate) fn open_scheduled(meter: &mut WeightMeter) {
        if meter.try_consume(T::DbWeight::get().reads(3)).is_err()
            || T::Switches::is_paused(Function::Netting)
        {
            return;
        }
        let now = T::Clock::now();
        let mut schedules = Schedules::<T>::get();
        let mut turned = false;
        for schedule in schedules.iter_mut().filter(|schedule| schedule.next <= now) {
            if meter.try_consume(T::WeightInfo::open_cycle()).is_err() {
                break;
            }
            let Schedule { token, funding, .. } = *schedule;
            // Its turn, unless that was on another day.
            let cut_off = match day_of(schedule.next) == day_of(now) {
                true => schedule.next,
                false => now,
            };
            // What the cycle before has taken in may still be given back.
            let due = match Unfinished::<T>::contains_key(token) {
                true => Some(true),
                false => Self::is_due(token, Self::last_day(cut_off), meter),
            };
            let Some(due) = due else {
                break;
            };
            let opened = match due {
                true => with_storage_layer(|| Self::do_open_cycle(token, cut_off, funding, true)),
                // What is owed is due later: the cycle would find nothing.
                false => Err(Error::<T>::NothingToSettle.into()),
            };
            let waits = [
                Error::<T>::CycleUnfinished,
                Error::<T>::MaxCyclesExceeded,
                Error::<T>::TokenSuspended,
            ];
            if waits.into_iter().any(|reason| opened == Err(reason.into())) {
                continue;
            }
            let passed = [Error::<T>::NothingToSettle, Error::<T>::DayTakenIn];
            if let Err(error) = opened {
                if !passed.into_iter().any(|reason| error == reason.into()) {
                    unexpected!(LOG_TARGET, "token {token}: no cycle opens in its turn: {error:?}");
                }
            }
            schedule.next = turn_after(schedule, now);
            turned = true;
        }
        if turned {
            Schedules::<T>::put(schedules);
        }
    }

    /// The last day that a cycle takes in: what is due on the day of the cut-off may be due after it, and nobody pays before.
    fn last_day(cut_off: Moment) -> Day {
        let day = day_of(cut_off);
        if TestNetwork::<T>::get() {
            day
        } else {
            day.saturating_sub(1)
        }
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
        ensure!(Self::stands(cycle.token), Error::<T>::TokenSuspended);
        let taken = Self::begin_to_take(id, &cycle)?;
        cycle.phase = CyclePhase::Collecting;
        Cycles::<T>::insert(id, cycle);
        TakenIn::<T>::insert(id, taken);
        let stage = taken
            .first()
            .map_or(Stage::Excluding, |slot| Stage::AddingUp { slot, after: None });
        Stages::<T>::insert(id, stage);
        Self::deposit_event(Event::CycleCollecting { cycle: id });
        Ok(())
    }

    /// Takes all that is due on the days before that of the cut-off, and that no cycle has taken. What arises from now on waits for
    /// the cycle after this one.
    fn begin_to_take(id: CycleId, cycle: &Cycle) -> Result<Taken, Error<T>> {
        let last = LastCut::<T>::get(cycle.token);
        let to = Self::last_day(cycle.cut_off);
        let to = last.map_or(to, |last| to.max(last.to));
        // Nothing waits on the days before.
        let next = to.saturating_add(1);
        let from = FirstDay::<T>::get(cycle.token).unwrap_or(next).min(next);
        FirstDay::<T>::mutate(cycle.token, |first| *first = first.map(|first| first.max(next)));
        Cuts::<T>::try_mutate(cycle.token, |cuts| cuts.try_push(Cut { to, cycle: id }))
            .map_err(|_| Error::<T>::MaxCyclesExceeded)?;
        LastCut::<T>::insert(cycle.token, Cut { to, cycle: id });
        Ok(Taken {
            after: last.map(|last| last.cycle),
            from,
            to,
        })
    }

    /// Returns the weight used.
    pub(crate) fn do_compute(who: &T::AccountId, id: CycleId, max: u32) -> Result<Weight, DispatchError> {
        T::Operators::ensure_role(who, Role::Clearing)?;
        let mut cycle = Self::cycle_in(id, &[CyclePhase::Collecting])?;
        let used = Self::compute_further(id, &mut cycle, max).map_err(Error::<T>::from)?;
        Cycles::<T>::insert(id, cycle);
        Ok(used)
    }

    /// The weight of going on with the computation by `max` sums, or as many pairs as cost no more: either that, or a short rest
    /// of it and the end.
    pub(crate) fn weight_of_computing(max: u32) -> Weight {
        let operators = T::Operators::max_operators();
        let rest = max.min(MOST_BEFORE_END);
        let further =
            |max: u32| T::WeightInfo::add_up(max, max.min(operators)).max(T::WeightInfo::exclude(pairs(max)));
        further(max).max(further(rest).saturating_add(T::WeightInfo::conclude(operators)))
    }

    fn compute_further(id: CycleId, cycle: &mut Cycle, max: u32) -> Result<Weight, ValueError> {
        let max = max.max(1);
        let taken = TakenIn::<T>::get(id).ok_or(ValueError::Negative)?;
        let (used, through, steps);
        if let Some(Stage::AddingUp { slot, after }) = Stages::<T>::get(id) {
            let (added, done) = Self::add_up(id, cycle, &taken, (slot, after), max)?;
            (used, steps) = (T::WeightInfo::add_up(added.steps, added.operators), added.steps);
            if done {
                Stages::<T>::insert(id, Stage::Excluding);
            }
            through = done;
        } else {
            let (excluded, done) = Self::exclude(id, cycle, &taken, pairs(max))?;
            (used, through) = (T::WeightInfo::exclude(excluded), done);
            steps = excluded.saturating_mul(SUMS_OF_A_PAIR);
        }
        // After a long step the end is left to the next one, so that no call has to declare both.
        if !through || steps > MOST_BEFORE_END {
            return Ok(used);
        }
        // Excluded operators still have a position, so not `cycle.parties`.
        let positions = u32::try_from(Positions::<T>::iter_key_prefix(id).count()).unwrap_or(u32::MAX);
        Self::conclude(id, cycle, &taken)?;
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
        for (operator, share) in Shares::<T>::drain_prefix(id) {
            Self::settle_share(cycle.token, operator, &share).map_err(Error::<T>::from)?;
            Self::take_from_total(cycle.currency, operator, &share).map_err(Error::<T>::from)?;
        }
        Self::carry_over(id, &cycle, book)?;
        Self::finish(id, &mut cycle, CyclePhase::Settled);
        Paid::<T>::set(id, TakenIn::<T>::get(id));
        Self::deposit_event(Event::CycleSettled {
            cycle: id,
            net: cycle.net,
        });
        Cycles::<T>::insert(id, cycle);
        Ok(positions)
    }

    /// Whether a net debtor has funded, or a net creditor can be paid, and the token is not frozen. What was put on hold before its account
    /// was frozen is bound to the cycle and pays: a freeze of one account neither takes money from creditors nor makes anybody late.
    fn ensure_can_pay(
        id: CycleId,
        cycle: &Cycle,
        (operator, position): (&OperatorId, &Position),
    ) -> Result<(), Error<T>> {
        let owes = owed(position).map_err(Error::<T>::from)?;
        if owes > 0 {
            ensure!(position.held >= owes, Error::<T>::NotFunded);
            let account = FundedFrom::<T>::get(id, operator).ok_or(Error::<T>::NotFunded)?;
            ensure!(
                !is_token_frozen::<T::Tokens, _>(cycle.token, &account),
                Error::<T>::AccountFrozen
            );
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
        // Who has something in a cycle accepts its token.
        let issuer = Tokens::<T>::get(cycle.token).map(|token| token.issuer);
        let accepts = Issuers::truncate_from(issuer.into_iter().collect());
        for debt in carried {
            let debt = Debt {
                debtor: debt.from,
                creditor: debt.to,
                currency: cycle.currency,
                amount: Value::from_unsigned(debt.amount).map_err(Error::<T>::from)?,
                // Due tomorrow, so that what is too small waits a day.
                due: T::Clock::now().saturating_add(DAY),
                source: ObligationSource::Carried { cycle: id },
                accepts: accepts.clone(),
                // It is the chain that puts it off.
                late_interest_bps: 0,
                gives_back: None,
                condition: PaymentCondition::AtCycle,
            };
            Self::create_in(debt, Some(cycle.token))?;
        }
        Ok(())
    }

    /// Ends a cycle in which nothing is left.
    pub(crate) fn give_up(id: CycleId, cycle: &mut Cycle) {
        // It stays in the row of cycles: who has missed it is late.
        Self::finish(id, cycle, CyclePhase::Cancelled);
        Self::deposit_event(Event::CycleCancelled { cycle: id });
    }

    fn finish(id: CycleId, cycle: &mut Cycle, phase: CyclePhase) {
        cycle.phase = phase;
        cycle.finished_at = Some(T::Clock::now());
        Unfinished::<T>::remove(cycle.token);
        Stages::<T>::remove(id);
        Self::expire(Finished::Cycle(id));
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
        let taken = TakenIn::<T>::get(id).ok_or(Error::<T>::CycleNotFound)?;
        Self::mark_excluded(id, &mut cycle, &taken, book, &defaulters).map_err(Error::<T>::from)?;
        let used = Self::compute_further(id, &mut cycle, max).map_err(Error::<T>::from)?;
        Cycles::<T>::insert(id, cycle);
        Ok(T::WeightInfo::exclude_defaulters(positions).saturating_add(used))
    }

    /// Debtors that have not funded, and creditors that cannot be paid; all debtors where the token is frozen.
    pub(crate) fn defaulters(id: CycleId, cycle: &Cycle, book: &Book) -> Vec<OperatorId> {
        book.iter()
            .filter(|(_, position)| position.net != Value::ZERO)
            .filter(|position| Self::ensure_can_pay(id, cycle, *position).is_err())
            .map(|(operator, _)| *operator)
            .collect()
    }
}
