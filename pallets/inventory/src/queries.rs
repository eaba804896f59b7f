//! What clients ask.

use crate::{store::Kept, Config, Pallet, Relation, States};
use alloc::vec::Vec;
use interclear_matching::{class, Class, Record, RecordId, Side, State, Store};

/// Records in one answer, at most.
const PAGE: usize = 1_000;

impl<T: Config> Pallet<T> {
    /// The profile in force, and how many records there are of each class; `None` before the first profile.
    pub fn inventory_state(relation: Relation) -> Option<State> {
        States::<T>::get(relation)
    }

    /// Records and their classes behind a place, a page at a time.
    pub fn inventory_records(
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Vec<(Side, Record, Class)> {
        let kept = Kept::<T>::of(relation);
        let mut found = Vec::new();
        let mut place = after;
        while let Some((side, id, record)) = kept.next_record(place).filter(|_| found.len() < PAGE) {
            found.extend(class(&kept, side, id).map(|class| (side, record, class)));
            place = Some((side, id));
        }
        found
    }
}
