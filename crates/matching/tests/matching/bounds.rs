//! How much is kept of a record, and how much a report reads.

use crate::support::{profile, record};
use codec::{Decode, Encode, MaxEncodedLen};
use interclear_matching::{
    adopt, rematch, report, BlindRecord, Field, Group, Key, Memory, Profile, Record, RecordId, Rule, Side,
    State, Store,
};
use std::cell::Cell;

#[test]
fn record_should_take_250_octets_at_most_when_it_is_kept_with_its_group() {
    // A group that only one record has is the worst case.
    assert_eq!((Record::max_encoded_len(), Group::max_encoded_len()), (208, 42));
    assert!(Record::max_encoded_len() + Group::max_encoded_len() <= 250);
    let usual = record("CIRCUIT00012345", "SVC00012345");
    assert_eq!(usual.encode().len(), 100);
    assert_eq!(Record::decode(&mut usual.encode().as_slice()), Ok(usual));
    // Tags take more room than values.
    assert_eq!(BlindRecord::max_encoded_len(), 272);
}

/// Counts what is read and written.
#[derive(Default)]
struct Counting {
    memory: Memory,
    read: Cell<u32>,
    written: u32,
}

impl Counting {
    fn reads(&self) {
        self.read.set(self.read.get() + 1);
    }

    /// What was read and written since the last time.
    fn taken(&mut self) -> (u32, u32) {
        (self.read.take(), std::mem::take(&mut self.written))
    }
}

impl Store for Counting {
    type Record = Record;

    fn record(&self, side: Side, id: RecordId) -> Option<Record> {
        self.reads();
        self.memory.record(side, id)
    }
    fn put_record(&mut self, side: Side, id: RecordId, record: Option<&Record>) {
        self.written += 1;
        self.memory.put_record(side, id, record);
    }
    fn next_record(&self, after: Option<(Side, RecordId)>) -> Option<(Side, RecordId, Record)> {
        self.reads();
        self.memory.next_record(after)
    }
    fn group(&self, key: Key) -> Group {
        self.reads();
        self.memory.group(key)
    }
    fn put_group(&mut self, key: Key, group: &Group) {
        self.written += 1;
        self.memory.put_group(key, group);
    }
    fn state(&self) -> State {
        self.reads();
        self.memory.state()
    }
    fn put_state(&mut self, state: &State) {
        self.written += 1;
        self.memory.put_state(state);
    }
}

#[test]
fn report_should_read_no_more_when_the_inventory_is_large() {
    // By the end a key is common to many records, and others are alone.
    let by_end = Profile {
        version: 2,
        ..profile()
    }
    .with(Field::SellerId, Rule::Informative)
    .with(Field::AEnd, Rule::Key);
    let mut store = Counting {
        memory: Memory::new(profile()),
        ..Counting::default()
    };
    let mut most = (0, 0);
    let mut note = |store: &mut Counting| {
        let taken = store.taken();
        most = (most.0.max(taken.0), most.1.max(taken.1));
    };
    for number in 0..3_000 {
        let (buyer, seller) = (format!("B{number}"), format!("S{}", number % 2_000));
        report(&mut store, Side::Buyer, &record(&buyer, &seller)).unwrap();
        note(&mut store);
        report(&mut store, Side::Seller, &record(&buyer, &format!("S{number}"))).unwrap();
        note(&mut store);
    }
    // Every second one moves from one group to another, in which it makes or breaks a pair.
    for number in (0..3_000).step_by(2) {
        let seller = format!("S{}", 2_999 - number);
        report(&mut store, Side::Buyer, &record(&format!("B{number}"), &seller)).unwrap();
        note(&mut store);
    }
    assert_eq!(
        most,
        (7, 4),
        "state, own record, two groups, three further records"
    );
    adopt(&mut store, &by_end).unwrap();
    store.taken();
    let (mut most, mut steps) = ((0, 0), 0);
    while rematch(&mut store).unwrap() {
        let taken = store.taken();
        most = (most.0.max(taken.0), most.1.max(taken.1));
        steps += 1;
    }
    assert_eq!(steps, 6_000);
    assert!(most.0 <= 7 && most.1 <= 3, "{most:?}");
}
