//! What is kept of a relation, and where.

use crate::{
    field::FieldSet,
    profile::{Key, Profile},
    record::{Record, RecordId, Reported, Side},
};
use alloc::collections::BTreeMap;
use core::ops::Bound;
use interclear_record::record;

/// The records of one side that have one key: how many, and of their ids the sum of octets without carry. Where there is one
/// record the sum is its id, so whatever came and went, a group is read and written in one step however large it is.
#[record(Copy, Default)]
pub struct Members {
    /// How many.
    pub count: u32,
    /// The sum of their ids.
    pub ids: RecordId,
}

/// The records of both sides that have one key.
#[record(Copy, Default)]
pub struct Group {
    /// The buyer's.
    pub buyer: Members,
    /// The seller's.
    pub seller: Members,
    /// Where there is one on each side: the compared fields in which they differ.
    pub differs: FieldSet,
}

impl Group {
    /// The records of a side.
    pub fn members(&self, side: Side) -> &Members {
        match side {
            Side::Buyer => &self.buyer,
            Side::Seller => &self.seller,
        }
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.buyer.count == 0 && self.seller.count == 0
    }
}

/// How many there are of each class: pairs, and where there are no pairs, records.
#[record(Copy, Default)]
#[allow(missing_docs, reason = "each is the class of its name")]
pub struct Counts {
    pub matched: u32,
    pub partial: u32,
    pub mismatched: u32,
    pub only_at_buyer: u32,
    pub only_at_seller: u32,
    pub ambiguous_at_buyer: u32,
    pub ambiguous_at_seller: u32,
}

impl Counts {
    /// How many do not match: a pair that differs is one.
    pub fn unmatched(&self) -> u32 {
        [
            self.partial,
            self.mismatched,
            self.only_at_buyer,
            self.only_at_seller,
            self.ambiguous_at_buyer,
            self.ambiguous_at_seller,
        ]
        .into_iter()
        .fold(0, u32::saturating_add)
    }
}

/// A change of profile that is not finished.
#[record(Copy)]
pub struct Rematch {
    /// The profile before.
    pub before: Profile,
    /// The last record that is matched by the new profile, in the order of sides and ids; those behind it are matched by the one
    /// before. `None` at the beginning.
    pub done: Option<(Side, RecordId)>,
}

/// What is kept of a relation besides its records and groups.
#[record(Copy, Default)]
pub struct State {
    /// The profile; while a change of it is not finished, the new one.
    pub profile: Profile,
    /// The change that is not finished.
    pub rematch: Option<Rematch>,
    /// How many there are of each class.
    pub counts: Counts,
}

/// Where records, groups and state of one relation are kept.
pub trait Store {
    /// Records with values, or with tags.
    type Record: Reported;
    /// What a side has reported under an id, if it is kept.
    fn record(&self, side: Side, id: RecordId) -> Option<Self::Record>;
    /// Puts a record in, or takes it out.
    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&Self::Record>);
    /// The first record behind a place, in the order of sides and ids.
    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, Self::Record)>;
    /// A group; an empty one where none is kept.
    fn group(&self, key: Key) -> Group;
    /// Puts a group in; an empty one is not kept.
    fn put_group(&mut self, key: Key, group: &Group);
    /// Profile, unfinished change and counts of the relation.
    fn state(&self) -> State;
    /// Puts the state in.
    fn put_state(&mut self, state: &State);
}

/// A store in memory.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Memory<R = Record> {
    records: BTreeMap<(Side, RecordId), R>,
    groups: BTreeMap<Key, Group>,
    state: State,
}

impl Memory {
    /// Without records, under a profile.
    pub fn new(profile: Profile) -> Self {
        Self {
            state: State {
                profile,
                ..State::default()
            },
            ..Self::default()
        }
    }
}

impl<R> Memory<R> {
    /// All records, in the order of sides and ids.
    pub fn records(&self) -> impl Iterator<Item = (Side, RecordId, &R)> {
        self.records
            .iter()
            .map(|((side, id), record)| (*side, *id, record))
    }
}

impl<R: Reported> Store for Memory<R> {
    type Record = R;

    fn record(&self, side: Side, id: RecordId) -> Option<R> {
        self.records.get(&(side, id)).copied()
    }

    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&R>) {
        match record {
            Some(record) => drop(self.records.insert((side, id), *record)),
            None => drop(self.records.remove(&(side, id))),
        }
    }

    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, R)> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let (place, record) = self.records.range((from, Bound::Unbounded)).next()?;
        Some((place.0, place.1, *record))
    }

    fn group(&self, key: Key) -> Group {
        self.groups.get(&key).copied().unwrap_or_default()
    }

    fn put_group(&mut self, key: Key, group: &Group) {
        match group.is_empty() {
            true => drop(self.groups.remove(&key)),
            false => drop(self.groups.insert(key, *group)),
        }
    }

    fn state(&self) -> State {
        self.state
    }

    fn put_state(&mut self, state: &State) {
        self.state = *state;
    }
}
