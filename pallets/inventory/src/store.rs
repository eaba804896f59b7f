//! The chain's storage, as the engine sees it.

use crate::{BlindRecords, Config, Groups, Records, Relation, States};
use codec::FullCodec;
use core::{cell::OnceCell, marker::PhantomData};
use frame_support::storage::{IterableStorageDoubleMap, StorageDoubleMap};
use interclear_matching::{BlindRecord, Group, Key, Record, RecordId, Reported, Side, State, Store};

/// What records of a relation hold: values, or in a blind one, tags.
pub(crate) trait Form<T: Config>: Reported + FullCodec {
    /// Whether it is tags.
    const BLIND: bool;

    /// Where such records are kept.
    type Kept: IterableStorageDoubleMap<Relation, (Side, RecordId), Self, Query = Option<Self>>;
}

impl<T: Config> Form<T> for Record {
    const BLIND: bool = false;
    type Kept = Records<T>;
}

impl<T: Config> Form<T> for BlindRecord {
    const BLIND: bool = true;
    type Kept = BlindRecords<T>;
}

/// What is kept of one relation. Its state is read once, and written once, by [`Kept::close`], so that of many records each costs only
/// the accesses to its own entries. How many records a side has is for the caller to count.
pub(crate) struct Kept<T, R = Record> {
    relation: Relation,
    state: OnceCell<State>,
    has_changed: bool,
    form: PhantomData<(T, R)>,
}

impl<T: Config> Kept<T, Record> {
    pub(crate) fn of(relation: Relation) -> Self {
        Self::new(relation)
    }
}

impl<T: Config, R: Form<T>> Kept<T, R> {
    pub(crate) fn new(relation: Relation) -> Self {
        Self {
            relation,
            state: OnceCell::new(),
            has_changed: false,
            form: PhantomData,
        }
    }

    /// The records behind a place, in the order of sides and ids.
    pub(crate) fn records_behind(
        &self,
        place: Option<(Side, RecordId)>,
    ) -> impl Iterator<Item = (Side, RecordId, R)> {
        let records = match place {
            None => <R as Form<T>>::Kept::iter_prefix(self.relation),
            Some(place) => {
                let from = <R as Form<T>>::Kept::hashed_key_for(self.relation, place);
                <R as Form<T>>::Kept::iter_prefix_from(self.relation, from)
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

impl<T: Config, R: Form<T>> Store for Kept<T, R> {
    type Record = R;

    fn record(&self, side: Side, id: RecordId) -> Option<R> {
        <R as Form<T>>::Kept::get(self.relation, (side, id))
    }

    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&R>) {
        match record {
            Some(record) => <R as Form<T>>::Kept::insert(self.relation, (side, id), record),
            None => <R as Form<T>>::Kept::remove(self.relation, (side, id)),
        }
    }

    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, R)> {
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
