//! Net positions, built of what each operator has due, and taken apart pair by pair.
//!
//! A position is the sum of what an operator has with each other one ([`Mutuals`]), so an excluded one can be taken
//! out of the positions of all others without looking at obligations.

use crate::{
    netting_fault, Config, Due, Event, Exclusions, FundedFrom, Mutuals, Pallet, Positions, Shares, Slot,
    Stage, Stages, Sum, Taken, Tokens,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::traits::Get;
use interclear_netting::carry_forward;
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    ids::{CycleId, OperatorId},
    money::{Value, ValueError},
    netting::{Cycle, CyclePhase, Position},
};

/// The positions of a cycle in memory, by operator.
pub(crate) type Book = BTreeMap<OperatorId, Position>;

/// What a step of adding up has done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AddedUp {
    /// Sums that it has looked at, and slots that it has ended.
    pub steps: u32,
    /// The operators whose sums they were.
    pub operators: u32,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn book(cycle: CycleId) -> Book {
        Positions::<T>::iter_prefix(cycle).collect()
    }

    /// Adds up what is due, up to `max` sums of operators; a slot in which there is nothing more counts as one, too. What an
    /// operator has due on several days is written once. Returns what it has done, and whether it is through.
    pub(crate) fn add_up(
        id: CycleId,
        cycle: &mut Cycle,
        taken: &Taken,
        (slot, after): (Slot, Option<OperatorId>),
        max: u32,
    ) -> Result<(AddedUp, bool), ValueError> {
        let mut shares = BTreeMap::<OperatorId, Sum>::new();
        let (mut steps, mut slot, mut after) = (0u32, slot, after);
        let through = loop {
            let room = usize::try_from(max.saturating_sub(steps)).unwrap_or(usize::MAX);
            let key = (cycle.token, slot);
            let sums = match after {
                None => Due::<T>::iter_prefix(key),
                Some(last) => Due::<T>::iter_prefix_from(key, Due::<T>::hashed_key_for((key.0, key.1, last))),
            };
            for (operator, sum) in sums.take(room) {
                let share = shares.entry(operator).or_default();
                *share = share.plus(&sum)?;
                after = Some(operator);
                steps = steps.saturating_add(1);
            }
            if steps >= max {
                Stages::<T>::insert(id, Stage::AddingUp { slot, after });
                break false;
            }
            steps = steps.saturating_add(1);
            match taken.next(slot) {
                Some(next) => (slot, after) = (next, None),
                None => break true,
            }
        };
        for (operator, share) in &shares {
            Self::add_share(id, cycle, *operator, share)?;
        }
        let operators = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        Ok((AddedUp { steps, operators }, through))
    }

    fn add_share(id: CycleId, cycle: &mut Cycle, operator: OperatorId, sum: &Sum) -> Result<(), ValueError> {
        let mut position = Positions::<T>::try_get(id, operator).unwrap_or_else(|()| {
            cycle.parties = cycle.parties.saturating_add(1);
            Position::default()
        });
        // A creditor's sum counts each debt once.
        cycle.gross = cycle.gross.checked_add(&sum.receivable)?;
        cycle.obligations = cycle
            .obligations
            .checked_add(sum.owed)
            .ok_or(ValueError::Overflow)?;
        position.net = position.net.checked_add(&sum.net()?)?;
        Positions::<T>::insert(id, operator, position);
        let share = Shares::<T>::get(id, operator).plus(sum)?;
        Shares::<T>::insert(id, operator, share);
        Ok(())
    }

    fn take_out(id: CycleId, cycle: &mut Cycle, operator: OperatorId, sum: &Sum) -> Result<(), ValueError> {
        cycle.gross = cycle.gross.checked_sub(&sum.receivable)?;
        cycle.obligations = cycle
            .obligations
            .checked_sub(sum.owed)
            .ok_or(ValueError::Overflow)?;
        let position = Positions::<T>::get(id, operator);
        let net = position.net.checked_sub(&sum.net()?)?;
        Positions::<T>::insert(id, operator, Position { net, ..position });
        Shares::<T>::try_mutate_exists(id, operator, |kept| Sum::lessen(kept, sum))
    }

    /// Excludes defaulters, and brings positions back to what they are before amounts are carried.
    pub(crate) fn mark_excluded(
        id: CycleId,
        cycle: &mut Cycle,
        taken: &Taken,
        book: Book,
        defaulters: &[OperatorId],
    ) -> Result<(), ValueError> {
        // Nobody can be paid in a token that does not stand, nor fund what did not for most of the time. But an issuer is never spared
        // by what it has done itself: it may fund and then freeze.
        let (stands, could_fund) = (Self::stands(cycle.token), Self::could_fund(cycle.token));
        let issuer = Tokens::<T>::get(cycle.token).map(|token| token.issuer);
        for (operator, position) in book {
            let owes = owed(&position)?;
            let defaults = defaulters.contains(&operator);
            let by_itself = match owes {
                0 => stands,
                _ if issuer == Some(operator) => true,
                // Who had funded when the token was frozen has done its part.
                _ => position.held < owes && could_fund,
            };
            let missed = position.missed || (defaults && by_itself);
            let net = position.net.checked_add(&position.carried)?;
            let excluded = position.excluded || defaults;
            Positions::<T>::insert(
                id,
                operator,
                Position {
                    net,
                    carried: Value::ZERO,
                    excluded,
                    missed,
                    ..position
                },
            );
        }
        for operator in defaulters {
            if let Some(first) = taken.first() {
                Exclusions::<T>::insert(id, operator, first);
            }
            cycle.parties = cycle.parties.saturating_sub(1);
            Self::deposit_event(Event::PartyExcluded {
                cycle: id,
                operator: *operator,
            });
        }
        cycle.phase = CyclePhase::Collecting;
        Stages::<T>::insert(id, Stage::Excluding);
        Ok(())
    }

    /// Takes out what up to `max` pairs with an excluded operator have in one slot; a slot with nothing more counts as one, too.
    /// What they have waits for the next cycle. Returns how many steps it has made, and whether it is through.
    pub(crate) fn exclude(
        id: CycleId,
        cycle: &mut Cycle,
        taken: &Taken,
        max: u32,
    ) -> Result<(u32, bool), ValueError> {
        let mut steps = 0u32;
        let excluded: Vec<_> = Exclusions::<T>::iter_prefix(id)
            .take(usize::try_from(max).unwrap_or(usize::MAX))
            .collect();
        for (operator, first) in excluded {
            let mut next = Some(first);
            while let Some(slot) = next {
                if steps >= max {
                    Exclusions::<T>::insert(id, operator, slot);
                    return Ok((steps, false));
                }
                let room = usize::try_from(max.saturating_sub(steps)).unwrap_or(usize::MAX);
                let pairs: Vec<_> = Mutuals::<T>::iter_prefix((cycle.token, operator, slot))
                    .take(room)
                    .collect();
                for (other, sum) in pairs {
                    Self::exclude_pair(id, cycle, slot, operator, other, &sum)?;
                    steps = steps.saturating_add(1);
                }
                if steps < max {
                    steps = steps.saturating_add(1);
                    next = taken.next(slot);
                }
            }
            Exclusions::<T>::remove(id, operator);
        }
        Ok((steps, Exclusions::<T>::iter_key_prefix(id).next().is_none()))
    }

    fn exclude_pair(
        id: CycleId,
        cycle: &mut Cycle,
        slot: Slot,
        excluded: OperatorId,
        other: OperatorId,
        sum: &Sum,
    ) -> Result<(), ValueError> {
        let token = cycle.token;
        Mutuals::<T>::remove((token, excluded, slot, other));
        let of_other = Mutuals::<T>::take((token, other, slot, excluded));
        Self::take_out(id, cycle, excluded, sum)?;
        Self::take_out(id, cycle, other, &of_other)?;
        Self::add_pair(token, Slot::After(id), excluded, other, sum, &of_other)
    }

    /// Leaves small amounts owed, releases what is on hold beyond need, and opens the funding; cancels a cycle in which
    /// nothing is left. Where somebody cannot be paid, it is excluded instead.
    pub(crate) fn conclude(id: CycleId, cycle: &mut Cycle, taken: &Taken) -> Result<(), ValueError> {
        let mut book = Self::book(id);
        let mut net = Value::ZERO;
        let (mut unfunded, mut funded) = (0u32, false);
        if cycle.obligations > 0 {
            let raw = nets(&book)?;
            let paid = carry_forward(&raw, T::MinimumNet::get())
                .map_err(netting_fault)?
                .positions;
            for (operator, position) in book.iter_mut() {
                let whole = position.net;
                position.net = Value::Clear(paid.get(operator).copied().unwrap_or_default());
                position.carried = whole.checked_sub(&position.net)?;
            }
        }
        let nameless = Self::without_account(&book)?;
        if !nameless.is_empty() {
            return Self::mark_excluded(id, cycle, taken, book, &nameless);
        }
        for (operator, position) in book.iter_mut() {
            let owed = owed(position)?;
            Self::release_excess(id, cycle, *operator, position, owed);
            if position.held < owed {
                unfunded = unfunded.saturating_add(1);
            }
            funded |= owed > 0 && position.held > 0;
            net = net.checked_add(&Value::from_unsigned(owed)?)?;
            Positions::<T>::insert(id, operator, *position);
        }
        cycle.net = net;
        cycle.unfunded = unfunded;
        if cycle.obligations == 0 {
            Self::give_up(id, cycle);
            return Ok(());
        }
        cycle.phase = if funded {
            CyclePhase::Funding
        } else {
            CyclePhase::Computed
        };
        Stages::<T>::remove(id);
        if unfunded > 0 {
            // However long the computation took, and after each one, debtors have time to fund.
            let least = Self::least_funding(T::Clock::now());
            cycle.fund_by = cycle.fund_by.max(least);
        }
        Self::begin_to_fund(cycle.token, cycle.fund_by);
        Self::deposit_event(Event::CycleComputed {
            cycle: id,
            obligations: cycle.obligations,
            parties: cycle.parties,
            gross: cycle.gross,
            net: cycle.net,
            unfunded,
            fund_by: cycle.fund_by,
        });
        Ok(())
    }

    /// Net creditors that have not named an account to be paid to: known before anybody funds, they keep nobody waiting.
    fn without_account(book: &Book) -> Result<Vec<OperatorId>, ValueError> {
        let mut found = Vec::new();
        for (operator, position) in book {
            if position.net.clear()? > 0 && T::Operators::payout_account(*operator).is_none() {
                found.push(*operator);
            }
        }
        Ok(found)
    }

    /// Releases what is on hold for an operator beyond `owed`, if the token lets it.
    pub(crate) fn release_excess(
        id: CycleId,
        cycle: &Cycle,
        operator: OperatorId,
        position: &mut Position,
        owed: u128,
    ) {
        let excess = position.held.saturating_sub(owed);
        if excess == 0 {
            return;
        }
        let released = FundedFrom::<T>::get(id, operator)
            .is_some_and(|account| Self::release_hold(cycle.token, &account, excess).is_ok());
        if !released {
            Self::deposit_event(Event::ReleaseDelayed {
                cycle: id,
                operator,
                amount: excess,
            });
            return;
        }
        position.held = owed;
        if owed == 0 {
            FundedFrom::<T>::remove(id, operator);
        }
        Self::deposit_event(Event::Released {
            cycle: id,
            operator,
            amount: excess,
        });
    }
}

/// What an operator pays with a cycle, 0 for a net creditor.
pub(crate) fn owed(position: &Position) -> Result<u128, ValueError> {
    // Holding takes the number.
    let net = position.net.clear()?;
    Ok(if net < 0 { net.unsigned_abs() } else { 0 })
}

/// The numbers of all positions.
pub(crate) fn nets(book: &Book) -> Result<BTreeMap<OperatorId, i128>, ValueError> {
    book.iter()
        .map(|(operator, position)| Ok((*operator, position.net.clear()?)))
        .collect()
}
