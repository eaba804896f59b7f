//! Slots with and without blocks.

use crate::{Config, Event, History, LastSlot, Pallet, Registered, SlotCount, Slots};
use frame_support::traits::{DisabledValidators as _, Get};
use interclear_primitives::validator::{SessionIndex, SessionSlots};
use pallet_session::Validators;

impl<T: Config> Pallet<T> {
    /// Notes the slot of the block that is made. To be called before the session turns, so that the set is the one whose block it
    /// is.
    ///
    /// The slots since the newest block are counted as missed by those whose they were, however many there are.
    pub fn note_block(slot: u64) {
        let last = LastSlot::<T>::get();
        LastSlot::<T>::put(slot);
        let validators = Validators::<T>::decode_len().unwrap_or_default();
        let Ok(count) = u64::try_from(validators) else {
            return;
        };
        let Some(author) = slot.checked_rem(count) else {
            return;
        };
        let first = last.map_or(slot, |last| last.saturating_add(1));
        let empty = slot.saturating_sub(first);
        let rounds = empty.checked_div(count).unwrap_or_default();
        let rest = empty.checked_rem(count).unwrap_or_default();
        let begin = first.checked_rem(count).unwrap_or_default();
        Slots::<T>::mutate(|slots| {
            slots.bounded_resize(validators, SlotCount::default());
            for (place, counted) in (0u64..).zip(slots.iter_mut()) {
                // How many places it comes after the one whose slot was the first without a block.
                let behind = place.saturating_add(count).saturating_sub(begin);
                let once_more = u64::from(behind.checked_rem(count).unwrap_or_default() < rest);
                let missed = u32::try_from(rounds.saturating_add(once_more)).unwrap_or(u32::MAX);
                counted.missed = counted.missed.saturating_add(missed);
                if place == author {
                    counted.made = counted.made.saturating_add(1);
                }
            }
        });
    }

    /// Keeps the slots of the session that ends, and tells who has missed too many.
    pub(crate) fn count_session(session: SessionIndex) {
        let counted = Slots::<T>::take();
        for (place, (who, SlotCount { made, missed })) in
            (0u32..).zip(Validators::<T>::get().into_iter().zip(counted))
        {
            if !Registered::<T>::contains_key(&who) {
                continue;
            }
            let slots = SessionSlots {
                session,
                made,
                missed,
            };
            History::<T>::mutate(&who, |history| {
                if history.is_full() {
                    history.remove(0);
                }
                let _kept = history.try_push(slots).is_ok();
            });
            let all = slots.all();
            // Of one that may make none, everybody knows.
            if missed > T::MissedShare::get().mul_floor(all)
                && !pallet_session::Pallet::<T>::is_disabled(place)
            {
                Self::deposit_event(Event::SlotsMissed {
                    validator: who,
                    session,
                    missed,
                    slots: all,
                });
            }
        }
    }
}
