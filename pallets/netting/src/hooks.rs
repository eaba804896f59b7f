//! What the chain does by itself when a block has room.
//!
//! Each loop works in steps of constant weight and stops when the meter has no room for another one.

use crate::{
    Config, CycleObligations, Cycles, Expiring, Expiry, ExpiryQueue, Mutuals, Pallet, Positions, Unresolved,
    WeightInfo, LOG_TARGET,
};
use frame_support::{
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_ports::{unexpected, Clock, Obligations, Settlement};
use interclear_primitives::{
    ids::{CycleId, ObligationId},
    netting::{Obligation, ObligationStatus},
};

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
                Self::resolve(cycle, id);
                progress.after = Some(id);
            };
            if !obligations_done || !Self::drop_mutuals(cycle, meter) {
                Unresolved::<T>::insert(cycle, progress);
                return;
            }
            Unresolved::<T>::remove(cycle);
            Self::expire(Expiring {
                cycle,
                since: T::Clock::now(),
            });
        }
    }

    /// Marks an obligation of a finished cycle as settled, or as open again.
    fn resolve(cycle: CycleId, id: ObligationId) {
        let Some(Obligation { debtor, creditor, .. }) = T::Obligations::get(id) else {
            unexpected!(
                LOG_TARGET,
                "cycle {} has obligation {}, which the book has not",
                cycle.0,
                id.0
            );
            return;
        };
        let settled = Self::status_in(cycle, [debtor, creditor]) == ObligationStatus::Settled(cycle);
        if let Err(error) = T::Obligations::resolve(id, settled) {
            unexpected!(
                LOG_TARGET,
                "cycle {}: the book does not let obligation {} be resolved: {error:?}",
                cycle.0,
                id.0
            );
        }
        if !settled {
            CycleObligations::<T>::remove(cycle, id);
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

    /// Puts a finished cycle in line for its removal.
    fn expire(entry: Expiring) {
        ExpiryQueue::<T>::mutate(|queue| {
            Expiry::<T>::insert(queue.tail, entry);
            queue.tail = queue.tail.saturating_add(1);
        });
    }

    /// Removes finished cycles that have waited long enough.
    pub(crate) fn evict_expired(meter: &mut WeightMeter) {
        let now = T::Clock::now();
        while meter.try_consume(Self::glance()).is_ok() {
            let mut queue = ExpiryQueue::<T>::get();
            let Some(entry) = Expiry::<T>::get(queue.head) else {
                return;
            };
            if now < entry.since.saturating_add(T::Retention::get()) {
                return;
            }
            let outcome = Self::evict_cycle(entry.cycle, meter);
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

    /// Removes a finished cycle with the obligations that it settled.
    fn evict_cycle(cycle: CycleId, meter: &mut WeightMeter) -> Eviction {
        let mut obligations = CycleObligations::<T>::drain_prefix(cycle);
        loop {
            if meter.try_consume(T::WeightInfo::evict_step()).is_err() {
                return Eviction::NoRoom;
            }
            let Some((id, ())) = obligations.next() else { break };
            T::Obligations::remove(id);
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

/// How the removal of a cycle went.
#[derive(PartialEq, Eq)]
enum Eviction {
    /// Removed.
    Gone,
    /// Tokens are on hold for it: it waits for another term.
    Held,
    /// The block has no room; the next one goes on.
    NoRoom,
}
