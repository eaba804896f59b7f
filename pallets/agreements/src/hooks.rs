//! Work in idle time: brings records up to date once time has overtaken them.
//!
//! Nothing waits for it: every rule asks the clock. It frees the terms of lapsed offers and tells clients by an event.

use crate::{Agreements, Config, Deadlines, Event, NextSlot, Pallet, WeightInfo, DEADLINE_SLOT};
use frame_support::weights::{Weight, WeightMeter};
use interclear_ports::Clock;
use interclear_primitives::{agreement::AgreementStatus, ids::AgreementId, Moment};

impl<T: Config> Pallet<T> {
    /// Looks at the agreements whose time has come, oldest first, as far as the weight reaches; returns what it used.
    pub(crate) fn sweep(remaining: Weight) -> Weight {
        let mut meter = WeightMeter::with_limit(remaining);
        if meter.try_consume(T::WeightInfo::sweep_base()).is_err() {
            return meter.consumed();
        }
        let now = T::Clock::now();
        let newest = now.checked_div(DEADLINE_SLOT).unwrap_or_default();
        // Nothing has been queued yet.
        let Some(start) = NextSlot::<T>::get() else {
            return meter.consumed();
        };
        let mut slot = start;
        // Beginning anew for each agreement would pass all that this block has removed from the slot before.
        let mut waiting = Deadlines::<T>::iter_key_prefix(slot);
        while slot <= newest && meter.try_consume(T::WeightInfo::sweep_agreement()).is_ok() {
            match waiting.next() {
                Some(id) => {
                    Deadlines::<T>::remove(slot, id);
                    Self::bring_up_to_date(id, now);
                }
                None => {
                    slot = slot.saturating_add(1);
                    waiting = Deadlines::<T>::iter_key_prefix(slot);
                }
            }
        }
        if slot != start {
            NextSlot::<T>::put(slot);
        }
        meter.consumed()
    }

    fn bring_up_to_date(id: AgreementId, now: Moment) {
        let Some(mut agreement) = Agreements::<T>::get(id) else {
            // It was withdrawn or rejected.
            return;
        };
        let ended = agreement.status == AgreementStatus::Active
            && agreement.status_at(now) == AgreementStatus::Expired;
        let lapsed = agreement.offer.as_ref().is_some_and(|offer| offer.lapsed(now));
        if !ended && !lapsed {
            return;
        }
        if let Some(version) = Self::clear_table(id, &mut agreement) {
            Self::deposit_event(Event::OfferLapsed {
                agreement: id,
                version,
            });
        }
        if ended {
            agreement.status = AgreementStatus::Expired;
            Self::deposit_event(Event::Expired {
                agreement: id,
                last: agreement.last,
            });
        }
        Self::keep_or_forget(id, agreement);
    }
}
