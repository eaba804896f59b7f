//! The chain's storage, as the engine sees it.

use crate::{Config, Groups, Records, Relation, Sizes, States};
use core::marker::PhantomData;
use interclear_matching::{Group, Key, Record, RecordId, Side, State, Store};

/// What is kept of one relation.
pub(crate) struct Kept<T> {
    relation: Relation,
    runtime: PhantomData<T>,
}

impl<T: Config> Kept<T> {
    pub(crate) fn of(relation: Relation) -> Self {
        Self {
            relation,
            runtime: PhantomData,
        }
    }
}

impl<T: Config> Store for Kept<T> {
    fn record(&self, side: Side, id: RecordId) -> Option<Record> {
        Records::<T>::get(self.relation, (side, id))
    }

    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&Record>) {
        let place = (side, id);
        let was = Records::<T>::contains_key(self.relation, place);
        match record {
            Some(record) => Records::<T>::insert(self.relation, place, record),
            None => Records::<T>::remove(self.relation, place),
        }
        Sizes::<T>::mutate((self.relation, side), |size| match (was, record.is_some()) {
            (false, true) => *size = size.saturating_add(1),
            (true, false) => *size = size.saturating_sub(1),
            _ => {}
        });
    }

    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, Record)> {
        let mut records = match after {
            None => Records::<T>::iter_prefix(self.relation),
            Some(place) => {
                let from = Records::<T>::hashed_key_for(self.relation, place);
                Records::<T>::iter_prefix_from(self.relation, from)
            }
        };
        let ((side, id), record) = records.next()?;
        Some((side, id, record))
    }

    fn group(&self, key: Key) -> Group {
        Groups::<T>::get(self.relation, key)
    }

    fn put_group(&mut self, key: Key, group: &Group) {
        match group.is_empty() {
            true => Groups::<T>::remove(self.relation, key),
            false => Groups::<T>::insert(self.relation, key, group),
        }
    }

    fn state(&self) -> State {
        States::<T>::get(self.relation).unwrap_or_default()
    }

    fn put_state(&mut self, state: &State) {
        States::<T>::insert(self.relation, state);
    }
}
