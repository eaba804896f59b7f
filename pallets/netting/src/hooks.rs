//! What the chain does by itself when a block has room.
//!
//! Each loop works in steps of constant weight and stops when the meter has no room for another one.

use crate::{
    Charges, Config, Cuts, Cycles, Due, Expiry, ExpiryQueue, Finished, Mutuals, Obligations, ObligationsIn,
    ObligationsOf, Paid, PaidOutside, Pallet, Place, Positions, Slot, Taken, TakenIn, TenderCursor, Tendered,
    WeightInfo, EVICTION_DAYS, LOG_TARGET,
};
use frame_support::{
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_billing::interest::CHARGE_DAYS;
use interclear_ports::{
    idle::{self, Outcome},
    unexpected, Clock,
};
use interclear_primitives::{
    day_of,
    ids::{CycleId, ObligationId, TokenId},
    netting::{Cycle, ObligationSource},
    working, DAY,
};

/// Of what was tendered one block looks at so much in search of days that are over: a day at 2 s a block reaches over 1.3 million, and 800
/// operators tender at most a million in two, from 64 desks each in ten tokens.
const LOOKS: u32 = 32;

impl<T: Config> Pallet<T> {
    /// A look whether there is anything to do.
    fn glance() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Puts what is finished in line for its removal: a cycle goes with its positions and the obligations that it settled.
    pub(crate) fn expire(what: Finished) {
        idle::expire::<T::Clock, Expiry<T>, ExpiryQueue<T>, Finished>(what);
    }

    /// Takes what cycles have paid out of what pairs of operators owe each other, slot by slot.
    pub(crate) fn take_out_paid(meter: &mut WeightMeter) {
        while meter.try_consume(Self::glance()).is_ok() {
            let Some((id, mut taken)) = Paid::<T>::iter().next() else {
                return;
            };
            let left = Cycles::<T>::get(id).and_then(|cycle| {
                while let Some(slot) = taken.first() {
                    if !Self::evict_due(&cycle, slot, meter) {
                        return Some(taken);
                    }
                    taken = taken.without_first()?;
                }
                None
            });
            Paid::<T>::set(id, left);
            if left.is_some() {
                return;
            }
        }
    }

    /// Removes finished cycles that have waited long enough.
    pub(crate) fn evict_expired(meter: &mut WeightMeter) {
        idle::evict_expired::<T::Clock, Expiry<T>, ExpiryQueue<T>, Finished>(
            T::Retention::get(),
            Self::glance(),
            meter,
            |what, _, meter| match what {
                Finished::Cycle(id) => Self::evict_cycle(*id, meter),
                Finished::Obligation(id) => match meter.try_consume(T::WeightInfo::evict_step()) {
                    Ok(()) => Self::forget(*id),
                    Err(()) => Outcome::NoRoom,
                },
            },
        );
    }

    /// Forgets what was tendered on days that are over, which counts no more; each block goes on where the one before stopped.
    pub(crate) fn forget_tendered(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = TenderCursor::<T>::get();
        let waiting = match &start {
            None => Tendered::<T>::iter(),
            Some((token, stock)) => Tendered::<T>::iter_from(Tendered::<T>::hashed_key_for(token, stock)),
        }
        .map(|(token, stock, (day, _))| ((token, stock), day));
        let (today, step) = (day_of(T::Clock::now()), T::WeightInfo::forget_tendered());
        let last = idle::walk_on(
            start.clone(),
            waiting,
            LOOKS,
            step,
            meter,
            |(token, stock), day, _| {
                if day < today {
                    Tendered::<T>::remove(token, stock);
                }
            },
        );
        if last != start {
            TenderCursor::<T>::set(last);
        }
    }

    /// Removes a finished cycle with the obligations that it settled. What it did not settle is handed to the cycle after it,
    /// so cycles of a token are evicted in their order.
    fn evict_cycle(id: CycleId, meter: &mut WeightMeter) -> Outcome {
        let Some(cycle) = Cycles::<T>::get(id) else {
            return Outcome::Gone;
        };
        if let Some(taken) = TakenIn::<T>::get(id) {
            // First, as it takes the positions to know who was excluded.
            let left = Self::evict_slots(id, &cycle, taken, meter);
            TakenIn::<T>::set(id, left);
            if left.is_some() {
                return Outcome::NoRoom;
            }
            Paid::<T>::remove(id);
            Cuts::<T>::mutate(cycle.token, |cuts| cuts.retain(|cut| cut.cycle != id));
        }
        let mut held = false;
        for (operator, position) in Positions::<T>::iter_prefix(id) {
            if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
                return Outcome::NoRoom;
            }
            if position.held > 0 {
                held = true;
            } else {
                Positions::<T>::remove(id, operator);
            }
        }
        if held {
            return Outcome::Held;
        }
        Cycles::<T>::remove(id);
        Outcome::Gone
    }

    /// Removes what a cycle has taken in, slot by slot, and says what is left.
    fn evict_slots(id: CycleId, cycle: &Cycle, mut taken: Taken, meter: &mut WeightMeter) -> Option<Taken> {
        while let Some(slot) = taken.first() {
            if !Self::evict_obligations(id, cycle.token, slot, meter) || !Self::evict_due(cycle, slot, meter)
            {
                return Some(taken);
            }
            taken = taken.without_first()?;
        }
        None
    }

    /// Whether no obligation is left in a slot.
    fn evict_obligations(id: CycleId, token: TokenId, slot: Slot, meter: &mut WeightMeter) -> bool {
        let mut debts = ObligationsIn::<T>::drain_prefix((token, slot));
        while meter.try_consume(T::WeightInfo::evict_step()).is_ok() {
            let Some((debt, ())) = debts.next() else {
                return true;
            };
            Self::evict_obligation(id, token, debt);
        }
        false
    }

    /// Whether no sum is left in a slot of a cycle that has ended: what it has not settled waits in others.
    fn evict_due(cycle: &Cycle, slot: Slot, meter: &mut WeightMeter) -> bool {
        let token = cycle.token;
        for operator in Due::<T>::iter_key_prefix((token, slot)) {
            let mut mutuals = Mutuals::<T>::drain_prefix((token, operator, slot));
            loop {
                if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
                    return false;
                }
                let Some((other, sum)) = mutuals.next() else {
                    break;
                };
                if let Err(fault) = Self::take_from_pair(cycle.currency, operator, other, &sum) {
                    unexpected!(
                        LOG_TARGET,
                        "operators {} and {} owe each other less than was paid: {fault:?}",
                        operator.0,
                        other.0
                    );
                }
            }
            Due::<T>::remove((token, slot, operator));
        }
        // A slot in which nothing waited is a look, too.
        meter.try_consume(T::WeightInfo::evict_step()).is_ok()
    }

    /// Removes an obligation that is paid.
    fn forget(id: ObligationId) -> Outcome {
        if let Some(debt) = Obligations::<T>::take(id) {
            // Of the net of a statement something may still be given back, as long as that is kept.
            if !matches!(debt.source, ObligationSource::Statement { .. }) {
                Charges::<T>::remove(id);
            }
            for party in [debt.debtor, debt.creditor] {
                ObligationsOf::<T>::remove(party, id);
            }
        }
        PaidOutside::<T>::remove(id);
        Outcome::Gone
    }

    fn evict_obligation(cycle: CycleId, token: TokenId, id: ObligationId) {
        let Some(mut debt) = Obligations::<T>::get(id) else {
            unexpected!(
                LOG_TARGET,
                "cycle {}: obligation {} waits, and is not in the book",
                cycle.0,
                id.0
            );
            return;
        };
        let (late, settled) = Self::with_cycle(cycle, &debt, debt.late);
        if settled {
            Self::forget(id);
        } else {
            let slot = Slot::After(cycle);
            debt.late = late.unwrap_or(debt.late);
            debt.place = Some(Place { token, slot });
            ObligationsIn::<T>::insert((token, slot, id), ());
            Obligations::<T>::insert(id, debt);
        }
    }

    /// Whether the bounds of the runtime go together.
    pub(crate) fn check_bounds() {
        let days = T::Retention::get() / DAY;
        assert!(
            u64::from(T::MaxCycles::get()) >= days.saturating_add(EVICTION_DAYS),
            "a currency must have room for one cycle a day for as long as cycles are kept"
        );
        assert!(
            days >= CHARGE_DAYS.into(),
            "what was paid must be kept as long as its late interest can be charged"
        );
        assert!(
            T::MinFundingTime::get() >= DAY,
            "debtors must have a working day to fund"
        );
        // The end of a Friday.
        let begin = 9 * DAY - 1;
        let end = working::after(begin, T::MinFundingTime::get());
        assert!(
            begin.saturating_add(T::MaxFundingTime::get()) >= end,
            "the least time to fund must fit into the most, over a weekend, too"
        );
    }
}
