//! The chain's storage, as the engine sees it.

use crate::{Config, Groups, Records, Relation, States};
use core::{cell::OnceCell, marker::PhantomData};
use interclear_matching::{Group, Key, Record, RecordId, Side, State, Store};

/// What is kept of one relation. Its state is read once, and written once, by [`Kept::close`], so that of many records each costs only
/// the accesses to its own entries. How many records a side has is for the caller to count.
pub(crate) struct Kept<T> {
    relation: Relation,
    state: OnceCell<State>,
    has_changed: bool,
    runtime: PhantomData<T>,
}

impl<T: Config> Kept<T> {
    pub(crate) fn of(relation: Relation) -> Self {
        Self {
            relation,
            state: OnceCell::new(),
            has_changed: false,
            runtime: PhantomData,
        }
    }

    /// The records behind a place, in the order of sides and ids.
    pub(crate) fn records_behind(
        &self,
        place: Option<(Side, RecordId)>,
    ) -> impl Iterator<Item = (Side, RecordId, Record)> {
        let records = match place {
            None => Records::<T>::iter_prefix(self.relation),
            Some(place) => {
                let from = Records::<T>::hashed_key_for(self.relation, place);
                Records::<T>::iter_prefix_from(self.relation, from)
            }
        };
        records.map(|((side, id), record)| (side, id, record))
    }

    /// Writes the state, if it has changed: without this a change of records would not be counted.
    pub(crate) fn close(self) {
        if self.has_changed {
            States::<T>::insert(self.relation, self.state());
        }
    }
}

impl<T: Config> Store for Kept<T> {
    fn record(&self, side: Side, id: RecordId) -> Option<Record> {
        Records::<T>::get(self.relation, (side, id))
    }

    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&Record>) {
        match record {
            Some(record) => Records::<T>::insert(self.relation, (side, id), record),
            None => Records::<T>::remove(self.relation, (side, id)),
        }
    }

    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, Record)> {
        self.records_behind(after).next()
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
        let read = || States::<T>::get(self.relation).unwrap_or_default();
        *self.state.get_or_init(read)
    }

    fn put_state(&mut self, state: &State) {
        self.state = OnceCell::from(*state);
        self.has_changed = true;
    }
}
