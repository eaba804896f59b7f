//! Which validators are in a session's set.

use crate::{
    Config, Event, Finality, FirstSlots, Former, History, KeysInUse, KeysSetIn, LastSlot, Pallet, Registered,
    Stalled,
};
use alloc::vec::Vec;
use frame_support::traits::{DisabledValidators as _, Get};
use frame_system::RawOrigin;
use interclear_primitives::validator::SessionIndex;
use pallet_session::{historical, NextKeys, QueuedKeys, SessionManager};

type Session<T> = pallet_session::Pallet<T>;

impl<T: Config> Pallet<T> {
    /// The set of the session after the next one, if it is another.
    ///
    /// Naming the same set again would begin a new set of voters in each session, which light clients and warp sync have to
    /// prove one by one.
    fn plan() -> Option<Vec<T::AccountId>> {
        match Stalled::<T>::get() {
            Some(stall) => {
                let set = Self::changed().filter(|_| !stall.queued);
                if set.is_some() {
                    Stalled::<T>::put(crate::Stall {
                        queued: true,
                        ..stall
                    });
                    return set;
                }
                // The set that begins is the one that is to go on.
                Stalled::<T>::kill();
                T::Finality::note_stalled(stall.delay, stall.best_finalized);
                Self::deposit_event(Event::VotersForced {
                    delay: stall.delay,
                    best_finalized: stall.best_finalized,
                });
                None
            }
            // Finality would not hear of a change before the forced one is in force.
            None if T::Finality::is_changing() => None,
            None => Self::changed(),
        }
    }

    /// Who should be queued, if it is not who is, with the same keys.
    fn changed() -> Option<Vec<T::AccountId>> {
        let chosen = Self::chosen_of(Registered::<T>::iter());
        let mut queued = QueuedKeys::<T>::get();
        queued.sort_by(|(a, _), (b, _)| a.cmp(b));
        let same = chosen.len() == queued.len()
            && chosen
                .iter()
                .zip(&queued)
                .all(|(who, (other, keys))| who == other && NextKeys::<T>::get(who).as_ref() == Some(keys));
        // A chain without validators would end.
        (!same && !chosen.is_empty()).then_some(chosen)
    }

    /// Notes the keys and the first slot of the session that begins, and forgets what cannot be proven any more.
    fn begin(session: SessionIndex) {
        let keys = QueuedKeys::<T>::get();
        if KeysInUse::<T>::get() != keys {
            KeysInUse::<T>::put(keys);
        }
        let first = LastSlot::<T>::get().map_or(0, |last| last.saturating_add(1));
        FirstSlots::<T>::insert(session, first);
        if let Some(oldest) = session.checked_sub(T::ProvableSessions::get()) {
            historical::Pallet::<T>::prune_up_to(oldest);
            if let Some(gone) = oldest.checked_sub(1) {
                FirstSlots::<T>::remove(gone);
            }
        }
        let past = Former::<T>::iter()
            .filter(|(_, (_, left))| session.saturating_sub(*left) > T::ProvableSessions::get());
        let past: Vec<_> = past.map(|(who, _)| who).collect();
        past.into_iter().for_each(Former::<T>::remove);
        let leaving = Registered::<T>::iter().filter(|(_, record)| record.leaving);
        let leaving: Vec<_> = leaving.map(|(who, _)| who).collect();
        leaving.into_iter().for_each(Self::let_go_if_out);
        for (place, who) in (0u32..).zip(Session::<T>::validators()) {
            if Session::<T>::is_disabled(place) && !is_disabled::<T>(&who) {
                Session::<T>::reenable_index(place);
            }
        }
        Self::enforce();
    }

    /// Makes the session pallet disable whom this one has disabled: it forgets them whenever the set or a key changes. One that
    /// can make blocks is left, even if it should not: a chain without blocks could never re-enable anybody.
    pub(crate) fn enforce() {
        let set = Session::<T>::validators();
        let mut able = set
            .len()
            .saturating_sub(Session::<T>::disabled_validators().len());
        for (place, who) in (0u32..).zip(&set) {
            if able > 1 && !Session::<T>::is_disabled(place) && is_disabled::<T>(who) {
                Session::<T>::disable_index(place);
                able = able.saturating_sub(1);
            }
        }
    }

    /// Forgets a removed validator if it is in no set any more, and frees its keys.
    pub(crate) fn let_go_if_out(who: T::AccountId) {
        let queued = QueuedKeys::<T>::get().iter().any(|(other, _)| *other == who);
        if queued || Session::<T>::validators().contains(&who) {
            return;
        }
        // There may be none to free.
        let _freed = Session::<T>::purge_keys(RawOrigin::Signed(who.clone()).into());
        if let Some(record) = Registered::<T>::take(&who) {
            // What it did while it took part can be proven still, and is shown if it comes again.
            let left = (record, Session::<T>::current_index());
            Former::<T>::insert(&who, left);
        }
        KeysSetIn::<T>::remove(&who);
        History::<T>::remove(&who);
        Self::deposit_event(Event::ValidatorLeft { validator: who });
    }

    /// Whoever has keys.
    fn founders() -> Vec<T::AccountId> {
        let mut founders: Vec<_> = NextKeys::<T>::iter_keys().collect();
        founders.sort();
        founders
    }
}

fn is_disabled<T: Config>(who: &T::AccountId) -> bool {
    Registered::<T>::get(who).is_some_and(|record| record.disabled)
}

impl<T: Config> SessionManager<T::AccountId> for Pallet<T> {
    fn new_session(_: SessionIndex) -> Option<Vec<T::AccountId>> {
        Self::plan()
    }

    fn new_session_genesis(_: SessionIndex) -> Option<Vec<T::AccountId>> {
        Some(Self::founders())
    }

    fn start_session(start: SessionIndex) {
        Self::begin(start)
    }

    fn end_session(end: SessionIndex) {
        Self::count_session(end)
    }
}

impl<T: Config> historical::SessionManager<T::AccountId, ()> for Pallet<T> {
    fn new_session(index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
        identified(<Self as SessionManager<_>>::new_session(index))
    }

    fn new_session_genesis(index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
        identified(<Self as SessionManager<_>>::new_session_genesis(index))
    }

    fn start_session(start: SessionIndex) {
        <Self as SessionManager<_>>::start_session(start)
    }

    fn end_session(end: SessionIndex) {
        <Self as SessionManager<_>>::end_session(end)
    }
}

fn identified<AccountId>(validators: Option<Vec<AccountId>>) -> Option<Vec<(AccountId, ())>> {
    validators.map(|validators| validators.into_iter().map(|who| (who, ())).collect())
}
