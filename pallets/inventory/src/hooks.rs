//! Work in idle time: records are matched by a new profile, a bounded number at a time.

use crate::{
    billing::STEPS_IN_TURN,
    store::{Form, Kept},
    Config, Event, Pallet, Relation, RematchCursor, Rematching, WeightInfo, LOG_TARGET,
};
use frame_support::weights::{Weight, WeightMeter};
use interclear_matching::{rematch, BlindRecord, Store};
use interclear_ports::unexpected;

/// What became of a relation whose turn it was.
enum Turn {
    /// The idle time is used up.
    OutOfTime,
    /// Others have theirs before it goes on.
    Over,
    /// All of its records are matched by this version of the profile; by none where they cannot be.
    Done { version: Option<u32> },
}

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
            let turn = match Self::is_blind(&relation).unwrap_or_default() {
                false => Self::rematch_some(Kept::<T>::of(relation), relation, meter, each),
                true => Self::rematch_some(Kept::<T, BlindRecord>::new(relation), relation, meter, each),
            };
            match turn {
                Turn::OutOfTime => return,
                Turn::Over => {}
                Turn::Done { version } => {
                    Rematching::<T>::remove(relation);
                    if let Some(version) = version {
                        Self::deposit_event(Event::Rematched { relation, version });
                    }
                }
            }
        }
    }

    /// Goes on with some records of a relation.
    fn rematch_some<R: Form<T>>(
        mut kept: Kept<T, R>,
        relation: Relation,
        meter: &mut WeightMeter,
        each: Weight,
    ) -> Turn {
        let mut left = STEPS_IN_TURN;
        let turn = loop {
            if left == 0 {
                break Turn::Over;
            }
            if meter.try_consume(each).is_err() {
                break Turn::OutOfTime;
            }
            left = left.saturating_sub(1);
            match rematch(&mut kept) {
                Ok(true) => {}
                Ok(false) => {
                    let version = Some(kept.state().profile.version);
                    break Turn::Done { version };
                }
                Err(fault) => {
                    unexpected!(LOG_TARGET, "{relation:?} cannot be matched again: {fault}");
                    // It would never end.
                    break Turn::Done { version: None };
                }
            }
        };
        kept.close();
        turn
    }

    /// The relation whose turn it is: the one behind that of the last turn, or the first.
    fn next_rematch() -> Option<Relation> {
        let after = RematchCursor::<T>::get()
            .and_then(|last| Rematching::<T>::iter_keys_from(Rematching::<T>::hashed_key_for(last)).next());
        after.or_else(|| Rematching::<T>::iter_keys().next())
    }
}
