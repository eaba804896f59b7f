//! Work in idle time: records are matched by a new profile, a bounded number at a time.

use crate::{
    billing::STEPS_IN_TURN, store::Kept, Config, Event, Pallet, Relation, RematchCursor, Rematching,
    WeightInfo, LOG_TARGET,
};
use frame_support::weights::WeightMeter;
use interclear_matching::{rematch, Store};
use interclear_ports::unexpected;

impl<T: Config> Pallet<T> {
    /// Goes on with all relations in turn, some records of each, as far as the meter allows: no large one has others wait for its end.
    pub(crate) fn go_on_rematching(meter: &mut WeightMeter) {
        let idle = T::WeightInfo::rematch(0);
        let each = T::WeightInfo::rematch(1).saturating_sub(idle);
        while meter.try_consume(idle).is_ok() {
            let Some(relation) = Self::next_rematch() else {
                return;
            };
            RematchCursor::<T>::put(relation);
            let mut kept = Kept::<T>::of(relation);
            let mut left = STEPS_IN_TURN;
            let finished = loop {
                if left == 0 {
                    break None;
                }
                if meter.try_consume(each).is_err() {
                    kept.close();
                    return;
                }
                left = left.saturating_sub(1);
                match rematch(&mut kept) {
                    Ok(true) => {}
                    Ok(false) => break Some(true),
                    Err(fault) => {
                        unexpected!(LOG_TARGET, "{relation:?} cannot be matched again: {fault}");
                        // It would never end.
                        break Some(false);
                    }
                }
            };
            let version = kept.state().profile.version;
            kept.close();
            let Some(finished) = finished else { continue };
            Rematching::<T>::remove(relation);
            if finished {
                Self::deposit_event(Event::Rematched { relation, version });
            }
        }
    }

    /// The relation whose turn it is: the one behind that of the last turn, or the first.
    fn next_rematch() -> Option<Relation> {
        let after = RematchCursor::<T>::get()
            .and_then(|last| Rematching::<T>::iter_keys_from(Rematching::<T>::hashed_key_for(last)).next());
        after.or_else(|| Rematching::<T>::iter_keys().next())
    }
}
