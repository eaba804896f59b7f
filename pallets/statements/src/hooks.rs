//! What the chain does by itself when a block has room.
//!
//! Each loop works in steps of constant weight and stops when the meter has no room for another one.

use crate::{
    Affirmed, Carried, CarriedNet, Config, Expiry, ExpiryQueue, LastClosed, Notes, Pallet, SilenceCursor,
    Statements, TakenOver, Unaffirmed, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{
    storage::with_storage_layer,
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_ports::{
    idle::{self, Outcome},
    unexpected, Clock, Obligations, Usage,
};
use interclear_primitives::{
    ids::AgreementId,
    money::Value,
    period::Period,
    usage::{taken_until, MAX_LATE_MONTHS},
    Moment,
};

/// Statements that one block looks at in search of silent parties: a day at 2 s a block reaches over a million.
const SILENCE_LOOKS: u32 = 32;

/// Notes and fees of a statement that one look goes through; more of them, all gone, take as many looks.
pub(crate) const NOTE_LOOKS: usize = 16;

/// Whether notes or fees of a statement are kept.
enum Kept {
    /// One is.
    Some,
    /// None that one look has gone through; it has forgotten these, and there may be more.
    NoneSoFar,
    /// All that there were are gone.
    None,
}

impl<T: Config> Pallet<T> {
    /// A look whether there is anything to do.
    fn glance() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Affirms statements whose affirmation date has passed; each block goes on where the one before stopped.
    pub(crate) fn affirm_silent(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = SilenceCursor::<T>::get();
        let waiting = match start {
            None => Unaffirmed::<T>::iter(),
            Some((agreement, period)) => {
                Unaffirmed::<T>::iter_from(Unaffirmed::<T>::hashed_key_for(agreement, period))
            }
        }
        .map(|(agreement, period, affirm_by)| ((agreement, period), affirm_by));
        let now = T::Clock::now();
        let step = T::WeightInfo::silence_step();
        let last = idle::walk_on(
            start,
            waiting,
            SILENCE_LOOKS,
            step,
            meter,
            |month, affirm_by, _| {
                if now > affirm_by {
                    Self::affirm_waiting(month);
                }
            },
        );
        if last != start {
            SilenceCursor::<T>::set(last);
        }
    }

    fn affirm_waiting((agreement, period): (AgreementId, Period)) {
        let Some(statement) = Statements::<T>::get(agreement, period) else {
            unexpected!(
                LOG_TARGET,
                "agreement {}, {period}: a statement waits to be affirmed, and is not there",
                agreement.0
            );
            return;
        };
        if let Err(error) = with_storage_layer(|| Self::affirm_silently(agreement, period, statement)) {
            // Only once the ids of obligations are exhausted, or a sum of debts is too large; the statement stays as it is.
            unexpected!(
                LOG_TARGET,
                "agreement {}, {period}: silence cannot affirm: {error:?}",
                agreement.0
            );
        }
    }

    /// Puts an affirmed statement in line for its removal.
    pub(crate) fn expire(affirmed: Affirmed) {
        idle::expire::<T::Clock, Expiry<T>, ExpiryQueue<T>, Affirmed>(affirmed);
    }

    /// Whether no version takes late usage of a month any more, whatever it says.
    pub(crate) fn is_past_late_usage(period: Period, now: Moment) -> bool {
        now >= taken_until(period)
    }

    /// Remembers what a statement that is removed has carried forward, and taken over.
    fn forget_carried(agreement: AgreementId, period: Period, of_statement: &Value) {
        let mut carried = Carried::<T>::get(agreement);
        carried.of.retain(|month| *month != period);
        let removed = match carried.removed.checked_add(of_statement) {
            Ok(removed) => removed,
            Err(error) => {
                unexpected!(
                    LOG_TARGET,
                    "agreement {}: what was carried forward does not add up: {error:?}",
                    agreement.0
                );
                return;
            }
        };
        match (carried.net, removed) {
            (Value::ZERO, Value::ZERO) => Carried::<T>::remove(agreement),
            _ => Carried::<T>::insert(agreement, CarriedNet { removed, ..carried }),
        }
    }

    /// Whether neither late usage nor a dispute changes any more what a month came to: the last statement that can bill late usage
    /// of it, of those up to a month, is beyond dispute.
    pub(crate) fn is_done(agreement: AgreementId, period: Period, closed: Period, now: Moment) -> bool {
        let last = period.plus(MAX_LATE_MONTHS).min(closed);
        Self::is_past_late_usage(period, now) && !Self::is_disputable(agreement, last, now)
    }

    /// Whether lines of a closed month can be disputed, or are.
    fn is_disputable(agreement: AgreementId, period: Period, now: Moment) -> bool {
        let month = T::Usage::period_usage(agreement, period);
        month.closed && !month.is_beyond_dispute(now)
    }

    /// Removes what windows that ended with a month or earlier have come to, and late usage of these months, unless something can still
    /// correct it: late usage is taken, or has come while it was, and the month that bills it is open; or a dispute can decide
    /// something. What stays goes with the closing of that month. Answers whether there may be more to remove.
    fn forget_windows(agreement: AgreementId, until: Period) -> bool {
        let Some(closed) = LastClosed::<T>::get(agreement) else {
            return false;
        };
        if T::Usage::period_usage(agreement, closed.next()).in_use() {
            return false;
        }
        let now = T::Clock::now();
        Self::forget_months(agreement, |month| {
            *month <= until && Self::is_done(agreement, *month, closed, now)
        })
    }

    /// Whether something still refers to an affirmed statement, beside notes and fees: its debt is kept, or its lines are disputed or can
    /// be.
    fn is_referred_to(entry: &Affirmed, now: Moment) -> bool {
        let disputable = Self::is_disputable(entry.agreement, entry.period, now);
        let statement = Statements::<T>::get(entry.agreement, entry.period);
        let carried = Carried::<T>::get(entry.agreement);
        let carries = carried.net != Value::ZERO && carried.latest == Some(entry.period);
        disputable
            || carries
            || statement.is_some_and(|statement| {
                statement.is_disputed() || statement.obligation.is_some_and(T::Obligations::is_kept)
            })
    }

    /// Looks at some notes and fees of a statement, and forgets those that are gone.
    fn look_at_notes(entry: &Affirmed) -> Kept {
        let month = (entry.agreement, entry.period);
        let notes: Vec<_> = Notes::<T>::iter_key_prefix(month).take(NOTE_LOOKS).collect();
        for note in &notes {
            if T::Obligations::is_kept(*note) {
                return Kept::Some;
            }
            Notes::<T>::remove(month, note);
        }
        match notes.len() == NOTE_LOOKS {
            true => Kept::NoneSoFar,
            false => Kept::None,
        }
    }

    /// Removes statements that have waited long enough; what something refers to then waits anew.
    pub(crate) fn evict_expired(meter: &mut WeightMeter) {
        idle::evict_expired::<T::Clock, Expiry<T>, ExpiryQueue<T>, Affirmed>(
            T::Retention::get(),
            Self::glance(),
            meter,
            |entry, now, meter| {
                let step = T::WeightInfo::evict_step();
                if meter.try_consume(step).is_err() {
                    return Outcome::NoRoom;
                }
                if Self::is_referred_to(entry, now) {
                    return Outcome::Held;
                }
                // However many notes it has had, it does not wait for another term when all are gone.
                loop {
                    match Self::look_at_notes(entry) {
                        Kept::Some => return Outcome::Held,
                        Kept::NoneSoFar if meter.try_consume(step).is_err() => return Outcome::NoRoom,
                        Kept::NoneSoFar => {}
                        Kept::None => break,
                    }
                }
                while Self::forget_windows(entry.agreement, entry.period) {
                    if meter.try_consume(step).is_err() {
                        return Outcome::NoRoom;
                    }
                }
                TakenOver::<T>::remove(entry.agreement, entry.period);
                let statement = Statements::<T>::take(entry.agreement, entry.period);
                if let Some(statement) = statement {
                    Self::forget_carried(entry.agreement, entry.period, &statement.carried);
                    if let Some(obligation) = statement.obligation {
                        T::Obligations::forget_interest(obligation);
                    }
                }
                Outcome::Gone
            },
        );
    }
}
