//! Work in idle time: records are matched by a new profile, a bounded number at a time.

use crate::{store::Kept, Config, Event, Pallet, Rematching, WeightInfo, LOG_TARGET};
use frame_support::weights::WeightMeter;
use interclear_matching::{rematch, Store};
use interclear_ports::unexpected;

impl<T: Config> Pallet<T> {
    /// Goes on with one relation after the other as far as the meter allows.
    pub(crate) fn go_on_rematching(meter: &mut WeightMeter) {
        let idle = T::WeightInfo::rematch(0);
        let each = T::WeightInfo::rematch(1).saturating_sub(idle);
        // Beginning anew for each relation would pass all that this block has removed before it.
        let mut waiting = Rematching::<T>::iter_keys();
        while meter.try_consume(idle).is_ok() {
            let Some(relation) = waiting.next() else {
                return;
            };
            let mut kept = Kept::<T>::of(relation);
            let finished = loop {
                if meter.try_consume(each).is_err() {
                    return;
                }
                match rematch(&mut kept) {
                    Ok(true) => {}
                    Ok(false) => break true,
                    Err(fault) => {
                        unexpected!(LOG_TARGET, "{relation:?} cannot be matched again: {fault}");
                        // It would stop all others.
                        break false;
                    }
                }
            };
            Rematching::<T>::remove(relation);
            if finished {
                Self::deposit_event(Event::Rematched {
                    relation,
                    version: kept.state().profile.version,
                });
            }
        }
    }
}
