//! What the chain does by itself when a block has room.
//!
//! Each loop works in steps of constant weight and stops when the meter has no room for another one.

use crate::{
    Config, Disputes, Expiry, ExpiryQueue, OnLine, Open, Pallet, SilenceCursor, WeightInfo, LOG_TARGET,
};
use frame_support::{
    storage::with_storage_layer,
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_ports::{
    idle::{self, Outcome},
    unexpected, Clock, DisputedStatements,
};
use interclear_primitives::{dispute::DisputeSubject, ids::DisputeId};

/// Disputes that one block looks at in search of silent parties: a day at 2 s a block reaches over a million.
const SILENCE_LOOKS: u32 = 32;

impl<T: Config> Pallet<T> {
    /// A look whether there is anything to do.
    fn glance() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Has silence take its result in disputes whose time for the next step is over; each block goes on where the one before
    /// stopped.
    pub(crate) fn lapse_silent(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = SilenceCursor::<T>::get();
        let waiting = match start {
            None => Open::<T>::iter(),
            Some(id) => Open::<T>::iter_from(Open::<T>::hashed_key_for(id)),
        };
        let now = T::Clock::now();
        let step = T::WeightInfo::lapse_step();
        let last = idle::walk_on(start, waiting, SILENCE_LOOKS, step, meter, |id, until, _| {
            if now > until {
                Self::lapse_waiting(id);
            }
        });
        if last != start {
            SilenceCursor::<T>::set(last);
        }
    }

    fn lapse_waiting(id: DisputeId) {
        let Some(dispute) = Disputes::<T>::get(id) else {
            unexpected!(LOG_TARGET, "dispute {} is open, and not there", id.0);
            return;
        };
        if let Err(error) = with_storage_layer(|| Self::lapse_silently(id, dispute)) {
            // Only once the ids of obligations are exhausted, or a sum of debts is too large; the dispute stays as it is.
            unexpected!(LOG_TARGET, "dispute {}: silence has no result: {error:?}", id.0);
        }
    }

    /// Puts an ended dispute in line for its removal.
    pub(crate) fn expire(id: DisputeId) {
        idle::expire::<T::Clock, Expiry<T>, ExpiryQueue<T>, DisputeId>(id);
    }

    /// Removes disputes that have waited long enough and whose statement has gone; the others wait anew.
    pub(crate) fn evict_expired(meter: &mut WeightMeter) {
        idle::evict_expired::<T::Clock, Expiry<T>, ExpiryQueue<T>, DisputeId>(
            T::Retention::get(),
            Self::glance(),
            meter,
            |id, _, meter| match meter.try_consume(T::WeightInfo::evict_step()) {
                Err(()) => Outcome::NoRoom,
                Ok(()) if Self::evict(*id) => Outcome::Gone,
                Ok(()) => Outcome::Held,
            },
        );
    }

    /// Whether a dispute is gone.
    fn evict(id: DisputeId) -> bool {
        let Some(dispute) = Disputes::<T>::get(id) else {
            return true;
        };
        match dispute.subject {
            DisputeSubject::StatementLine {
                agreement,
                period,
                line,
            } => {
                if T::Statements::statement(agreement, period).is_some() {
                    return false;
                }
                let key = (agreement, period);
                if OnLine::<T>::get(key, line) == Some(id) {
                    OnLine::<T>::remove(key, line);
                }
            }
        }
        Disputes::<T>::remove(id);
        true
    }
}
