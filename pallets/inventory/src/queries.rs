//! What clients ask.

use crate::{store::Kept, Config, Pallet, Proposals, ProposedProfile, Relation, States};
use alloc::vec::Vec;
use interclear_matching::{class, Class, Record, RecordId, Side, State, Store};
use interclear_primitives::{api::MAX_PAGE, ids::OperatorId};

impl<T: Config> Pallet<T> {
    /// The profile in force, and how many records there are of each class; `None` before the first profile.
    pub fn inventory(relation: Relation) -> Option<State> {
        States::<T>::get(relation)
    }

    /// The profile that one side has proposed.
    pub fn proposed_profile(relation: Relation) -> Option<ProposedProfile> {
        Proposals::<T>::get(relation)
    }

    /// The relations to which an operator is a party, and which have a profile.
    pub fn relations(operator: OperatorId) -> Vec<Relation> {
        let of = |relation: &Relation| relation.side_of(operator).is_some();
        States::<T>::iter_keys().filter(of).collect()
    }

    /// Records and their classes behind a place, a page at a time.
    pub fn inventory_records(
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Vec<(Side, Record, Class)> {
        let kept = Kept::<T>::of(relation);
        let mut found = Vec::new();
        let mut place = after;
        while let Some((side, id, record)) = kept
            .next_record(place)
            .filter(|_| found.len() < MAX_PAGE as usize)
        {
            found.extend(class(&kept, side, id).map(|class| (side, record, class)));
            place = Some((side, id));
        }
        found
    }
}
