//! Net positions, built and taken apart obligation by obligation.
//!
//! A position is the sum of what an operator has with each other one ([`Mutuals`]), so an excluded one can be taken
//! out of the positions of all others without looking at obligations again.

use crate::{
    has_room, netting_fault, Config, CycleObligations, Event, Exclusions, FundedFrom, Mutual, Mutuals,
    Pallet, Positions, Stage, Stages, LOG_TARGET,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::traits::Get;
use interclear_netting::carry_forward;
use interclear_ports::{unexpected, Clock, Obligations};
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    money::{Value, ValueError},
    netting::{Cycle, CyclePhase, Obligation, Position},
};

/// The positions of a cycle in memory, by operator.
pub(crate) type Book = BTreeMap<OperatorId, Position>;

impl<T: Config> Pallet<T> {
    pub(crate) fn book(cycle: CycleId) -> Book {
        Positions::<T>::iter_prefix(cycle).collect()
    }

    /// Looks at up to `max` open obligations of the currency and takes in those that are due. Returns how many it
    /// has looked at, and whether it is through.
    pub(crate) fn take_in(
        id: CycleId,
        cycle: &mut Cycle,
        after: Option<ObligationId>,
        max: u32,
    ) -> (u32, bool) {
        let open = T::Obligations::open(cycle.currency, after, max);
        let looked_at = u32::try_from(open.len()).unwrap_or(u32::MAX);
        for obligation in &open {
            // One that does not fit (too many parties, an amount too large) waits for another cycle: it must not keep
            // all others from being netted.
            let _ = Self::take_in_one(id, cycle, *obligation);
        }
        if looked_at < max {
            return (looked_at, true);
        }
        let after = open.last().copied();
        Stages::<T>::insert(id, Stage::TakingIn { after });
        (looked_at, false)
    }

    /// Takes an obligation in, if it is due and fits; changes nothing otherwise.
    fn take_in_one(id: CycleId, cycle: &mut Cycle, number: ObligationId) -> Result<(), ValueError> {
        let Some(Obligation {
            debtor,
            creditor,
            amount,
            due,
            ..
        }) = T::Obligations::get(number)
        else {
            return Ok(());
        };
        if due > cycle.cut_off {
            return Ok(());
        }
        let newcomers = [debtor, creditor]
            .iter()
            .filter(|party| !Positions::<T>::contains_key(id, party))
            .count();
        let newcomers = u32::try_from(newcomers).unwrap_or(u32::MAX);
        if !has_room::<T::MaxParties>(cycle.parties, newcomers) {
            return Ok(());
        }
        let with = |before: Mutual, net: Value| -> Result<Mutual, ValueError> {
            Ok(Mutual {
                net: before.net.checked_add(&net)?,
                gross: before.gross.checked_add(&amount)?,
                obligations: before.obligations.checked_add(1).ok_or(ValueError::Overflow)?,
            })
        };
        // No net can exceed the gross sum, so this is the one that may not fit.
        let gross = cycle.gross.checked_add(&amount)?;
        let obligations = cycle.obligations.checked_add(1).ok_or(ValueError::Overflow)?;
        let owed = amount.checked_neg()?;
        let receives = Self::shifted(id, creditor, amount)?;
        let pays = Self::shifted(id, debtor, owed)?;
        let of_creditor = with(Mutuals::<T>::get((id, creditor, debtor)), amount)?;
        let of_debtor = with(Mutuals::<T>::get((id, debtor, creditor)), owed)?;

        if let Err(error) = T::Obligations::take_in(number, id) {
            unexpected!(
                LOG_TARGET,
                "cycle {}: the book does not let obligation {} be taken in: {error:?}",
                id.0,
                number.0
            );
            return Ok(());
        }
        Positions::<T>::insert(id, creditor, receives);
        Positions::<T>::insert(id, debtor, pays);
        Mutuals::<T>::insert((id, creditor, debtor), of_creditor);
        Mutuals::<T>::insert((id, debtor, creditor), of_debtor);
        CycleObligations::<T>::insert(id, number, ());
        cycle.gross = gross;
        cycle.obligations = obligations;
        cycle.parties = cycle.parties.saturating_add(newcomers);
        Ok(())
    }

    /// The position of an operator with `more` to receive.
    fn shifted(id: CycleId, operator: OperatorId, more: Value) -> Result<Position, ValueError> {
        let position = Positions::<T>::get(id, operator);
        Ok(Position {
            net: position.net.checked_add(&more)?,
            ..position
        })
    }

    /// Excludes defaulters, and brings positions back to what they are before amounts are carried.
    pub(crate) fn mark_excluded(
        id: CycleId,
        cycle: &mut Cycle,
        book: Book,
        defaulters: &[OperatorId],
    ) -> Result<(), ValueError> {
        for (operator, position) in book {
            let net = position.net.checked_add(&position.carried)?;
            let excluded = position.excluded || defaulters.contains(&operator);
            Positions::<T>::insert(
                id,
                operator,
                Position {
                    net,
                    carried: Value::ZERO,
                    excluded,
                    ..position
                },
            );
        }
        for operator in defaulters {
            Exclusions::<T>::insert(id, operator, ());
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

    /// Takes out what up to `max` pairs with an excluded operator have with each other. Returns how many steps it has
    /// made, and whether it is through. An excluded operator with nothing left counts as one step more.
    pub(crate) fn exclude(id: CycleId, cycle: &mut Cycle, max: u32) -> Result<(u32, bool), ValueError> {
        let mut steps = 0u32;
        for excluded in Exclusions::<T>::iter_key_prefix(id) {
            if steps >= max {
                return Ok((steps, false));
            }
            let room = usize::try_from(max.saturating_sub(steps)).unwrap_or(usize::MAX);
            let pairs: Vec<_> = Mutuals::<T>::iter_prefix((id, excluded)).take(room).collect();
            for (other, mutual) in pairs {
                Self::exclude_pair(id, cycle, excluded, other, mutual)?;
                steps = steps.saturating_add(1);
            }
            if Mutuals::<T>::iter_key_prefix((id, excluded)).next().is_some() {
                return Ok((steps, false));
            }
            Exclusions::<T>::remove(id, excluded);
            steps = steps.saturating_add(1);
        }
        Ok((steps, true))
    }

    fn exclude_pair(
        id: CycleId,
        cycle: &mut Cycle,
        excluded: OperatorId,
        other: OperatorId,
        mutual: Mutual,
    ) -> Result<(), ValueError> {
        let leaves = Self::shifted(id, excluded, mutual.net.checked_neg()?)?;
        let stays = Self::shifted(id, other, mutual.net)?;
        cycle.gross = cycle.gross.checked_sub(&mutual.gross)?;
        cycle.obligations = cycle.obligations.saturating_sub(mutual.obligations);
        Positions::<T>::insert(id, excluded, leaves);
        Positions::<T>::insert(id, other, stays);
        Mutuals::<T>::remove((id, excluded, other));
        Mutuals::<T>::remove((id, other, excluded));
        Ok(())
    }

    /// Leaves small amounts owed, releases what is on hold beyond need, and opens the funding; cancels a cycle in which
    /// nothing is left.
    pub(crate) fn conclude(id: CycleId, cycle: &mut Cycle) -> Result<(), ValueError> {
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
            Self::finish(id, cycle, CyclePhase::Cancelled);
            Self::deposit_event(Event::CycleCancelled { cycle: id });
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
            let least = T::Clock::now().saturating_add(T::MinFundingTime::get());
            cycle.fund_by = cycle.fund_by.max(least);
        }
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
