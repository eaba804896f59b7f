//! What the chain does by itself when a block has room.
//!
//! Each loop works in steps of constant weight and stops when the meter has no room for another one.

use crate::{
    Config, CycleObligations, Cycles, Expiring, Expiry, ExpiryQueue, Mutuals, Obligations, Pallet, Positions,
    Record, SilenceCursor, Statements, Unaffirmed, Unresolved, WeightInfo,
};
use frame_support::{
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_primitives::{
    ids::{AgreementId, CycleId},
    netting::ObligationStatus,
    period::Period,
};

/// Statements that one block looks at in search of silent parties: a day at 2 s a block reaches over a million.
const SILENCE_LOOKS: u32 = 32;

impl<T: Config> Pallet<T> {
    /// A look whether there is anything to do.
    fn glance() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Marks the obligations of finished cycles as settled or open.
    pub(crate) fn resolve_finished(meter: &mut WeightMeter) {
        while meter.try_consume(Self::glance()).is_ok() {
            let Some((cycle, progress)) = Unresolved::<T>::iter().next() else {
                return;
            };
            let mut ids = match progress.after {
                None => CycleObligations::<T>::iter_key_prefix(cycle),
                Some(last) => CycleObligations::<T>::iter_key_prefix_from(
                    cycle,
                    CycleObligations::<T>::hashed_key_for(cycle, last),
                ),
            };
            let mut progress = progress;
            let obligations_done = loop {
                if meter.try_consume(T::WeightInfo::resolve_step()).is_err() {
                    break false;
                }
                let Some(id) = ids.next() else { break true };
                Self::resolve_obligation(cycle, id);
                progress.after = Some(id);
            };
            if !obligations_done || !Self::drop_mutuals(cycle, meter) {
                Unresolved::<T>::insert(cycle, progress);
                return;
            }
            Unresolved::<T>::remove(cycle);
            Self::expire(Expiring {
                record: Record::Cycle(cycle),
                since: Self::now(),
            });
        }
    }

    /// Whether all have been dropped.
    fn drop_mutuals(cycle: CycleId, meter: &mut WeightMeter) -> bool {
        let mut mutuals = Mutuals::<T>::drain_prefix((cycle,));
        while meter.try_consume(T::WeightInfo::resolve_step()).is_ok() {
            if mutuals.next().is_none() {
                return true;
            }
        }
        false
    }

    /// Affirms statements whose affirmation date has passed; each block goes on where the one before stopped.
    pub(crate) fn affirm_silent(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = SilenceCursor::<T>::get();
        let mut waiting = match start {
            None => Unaffirmed::<T>::iter(),
            Some((agreement, period)) => {
                Unaffirmed::<T>::iter_from(Unaffirmed::<T>::hashed_key_for(agreement, period))
            }
        };
        let now = Self::now();
        let mut last = start;
        for _ in 0..SILENCE_LOOKS {
            if meter.try_consume(T::WeightInfo::silence_step()).is_err() {
                break;
            }
            let Some((agreement, period, affirm_by)) = waiting.next() else {
                // The next block begins anew.
                last = None;
                break;
            };
            last = Some((agreement, period));
            if now <= affirm_by {
                continue;
            }
            let Some(statement) = Statements::<T>::get(agreement, period) else {
                continue;
            };
            // Fails only when obligation numbers are used up, and then leaves the statement as it is.
            let _ = frame_support::storage::with_storage_layer(|| {
                Self::affirm_silently(agreement, period, statement)
            });
        }
        if last != start {
            SilenceCursor::<T>::set(last);
        }
    }

    /// Puts a record in line for its removal.
    pub(crate) fn expire(entry: Expiring) {
        ExpiryQueue::<T>::mutate(|queue| {
            Expiry::<T>::insert(queue.tail, entry);
            queue.tail = queue.tail.saturating_add(1);
        });
    }

    /// Removes records that have waited long enough.
    pub(crate) fn evict_expired(meter: &mut WeightMeter) {
        let now = Self::now();
        while meter.try_consume(Self::glance()).is_ok() {
            let mut queue = ExpiryQueue::<T>::get();
            let Some(entry) = Expiry::<T>::get(queue.head) else {
                return;
            };
            if now < entry.since.saturating_add(T::Retention::get()) {
                return;
            }
            let outcome = match entry.record {
                Record::Statement(agreement, period) => Self::evict_statement(agreement, period, meter),
                Record::Cycle(cycle) => Self::evict_cycle(cycle, meter),
            };
            if outcome == Eviction::NoRoom {
                return;
            }
            Expiry::<T>::remove(queue.head);
            queue.head = queue.head.saturating_add(1);
            ExpiryQueue::<T>::put(queue);
            if outcome == Eviction::Held {
                Self::expire(Expiring { since: now, ..entry });
            }
        }
    }

    fn evict_statement(agreement: AgreementId, period: Period, meter: &mut WeightMeter) -> Eviction {
        if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
            return Eviction::NoRoom;
        }
        Statements::<T>::remove(agreement, period);
        Eviction::Gone
    }

    /// Removes a finished cycle with the obligations that it settled.
    fn evict_cycle(cycle: CycleId, meter: &mut WeightMeter) -> Eviction {
        let mut obligations = CycleObligations::<T>::drain_prefix(cycle);
        loop {
            if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
                return Eviction::NoRoom;
            }
            let Some((id, ())) = obligations.next() else { break };
            let settled = ObligationStatus::Settled(cycle);
            if Obligations::<T>::get(id).is_some_and(|obligation| obligation.status == settled) {
                Obligations::<T>::remove(id);
            }
        }
        let mut held = false;
        for (operator, position) in Positions::<T>::iter_prefix(cycle) {
            if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
                return Eviction::NoRoom;
            }
            if position.held > 0 {
                held = true;
            } else {
                Positions::<T>::remove(cycle, operator);
            }
        }
        if held {
            return Eviction::Held;
        }
        Cycles::<T>::remove(cycle);
        Eviction::Gone
    }
}

/// How the removal of a record went.
#[derive(PartialEq, Eq)]
enum Eviction {
    /// Removed.
    Gone,
    /// Tokens are on hold for it: it waits for another term.
    Held,
    /// The block has no room; the next one goes on.
    NoRoom,
}
