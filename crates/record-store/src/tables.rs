//! What is on the disk: records in chunks, by day and hash, and the files that they were in.

use redb::{ReadableTable, ReadableTableMetadata, Table, TableDefinition, WriteTransaction};
use std::{
    collections::{BTreeSet, HashMap},
    ops::Bound,
};

/// Keyed hash of what makes a record the same one.
pub(crate) type Hash = [u8; 16];
/// Day of the call, and the first hash that a chunk may hold: it ends where the next one of the day begins. The first chunk of a
/// day begins with zeros.
type ChunkKey = (i64, &'static Hash);
/// Which content it is, the number that it had in its series, and the last day of its records.
type FileRow = (u64, u64, i64);

const RECORDS: TableDefinition<'static, ChunkKey, &[u8]> = TableDefinition::new("records");
const FILES: TableDefinition<'static, u32, FileRow> = TableDefinition::new("files");
/// Files by their content.
const NUMBERS: TableDefinition<'static, u64, u32> = TableDefinition::new("numbers of files");
/// Files by their number in their series.
const SLOTS: TableDefinition<'static, u64, u32> = TableDefinition::new("files by their number in a series");
/// Records that were returned after they were noted: file and place.
const RETURNED: TableDefinition<'static, (u32, u32), ()> = TableDefinition::new("returned");
const STATE: TableDefinition<'static, &str, i64> = TableDefinition::new("state");
/// The newest day known.
const HORIZON: &str = "horizon";
/// The number of the next file.
const NEXT: &str = "next file";
/// Records in chunks.
const HELD: &str = "held";

/// Octets of a record in a chunk: hash, file, place.
const WIDTH: usize = 24;
/// Records in a chunk: no more than a page of the database holds. A chunk that has grown beyond is cut into parts that can grow.
const MOST: usize = 160;
const CUT: usize = 120;

/// Where a record was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Seen {
    pub(crate) file: u32,
    pub(crate) place: u32,
}

/// A record that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Candidate {
    pub(crate) day: i64,
    pub(crate) hash: Hash,
    pub(crate) place: u32,
    /// Whether it is noted unless it was seen before.
    pub(crate) note: bool,
}

/// The tables, while one transaction has them open.
pub(crate) struct Tables<'t> {
    records: Table<'t, ChunkKey, &'static [u8]>,
    files: Table<'t, u32, FileRow>,
    numbers: Table<'t, u64, u32>,
    slots: Table<'t, u64, u32>,
    returned: Table<'t, (u32, u32), ()>,
    state: Table<'t, &'static str, i64>,
    /// The file that was looked up last: a file that is sent again has its records in the same one.
    last: Option<(u32, Option<u64>)>,
    any_returned: bool,
    held: i64,
}

impl<'t> Tables<'t> {
    pub(crate) fn open(transaction: &'t WriteTransaction) -> Result<Self, redb::Error> {
        let state = transaction.open_table(STATE)?;
        let held = state.get(HELD)?.map_or(0, |held| held.value());
        let returned = transaction.open_table(RETURNED)?;
        Ok(Self {
            records: transaction.open_table(RECORDS)?,
            files: transaction.open_table(FILES)?,
            numbers: transaction.open_table(NUMBERS)?,
            slots: transaction.open_table(SLOTS)?,
            any_returned: !returned.is_empty()?,
            returned,
            state,
            last: None,
            held,
        })
    }

    pub(crate) fn horizon(&self) -> Result<Option<i64>, redb::Error> {
        Ok(self.state.get(HORIZON)?.map(|day| day.value()))
    }

    /// The number of a file, by its content: that which it has, or the next one and `true`.
    pub(crate) fn number(&self, identity: u64) -> Result<(u32, bool), redb::Error> {
        if let Some(number) = self.numbers.get(identity)? {
            return Ok((number.value(), false));
        }
        let next = self.state.get(NEXT)?.map_or(0, |next| next.value());
        Ok((u32::try_from(next).unwrap_or(u32::MAX), true))
    }

    /// Keeps what is known of a file of which records were noted, the last of them on `day`.
    pub(crate) fn keep(
        &mut self,
        number: u32,
        identity: u64,
        slot: u64,
        day: i64,
    ) -> Result<(), redb::Error> {
        let before = self.files.get(number)?.map(|row| row.value().2);
        let day = before.map_or(day, |before| before.max(day));
        self.files.insert(number, (identity, slot, day))?;
        self.slots.insert(slot, number)?;
        if self.numbers.insert(identity, number)?.is_none() {
            self.state.insert(NEXT, i64::from(number) + 1)?;
        }
        Ok(())
    }

    /// Whether the file that was kept with this number in its series has other content.
    pub(crate) fn is_other(&self, slot: u64, identity: u64) -> Result<bool, redb::Error> {
        let Some(number) = self.slots.get(slot)?.map(|number| number.value()) else {
            return Ok(false);
        };
        // What was forgotten since may be sent again.
        let kept = self.files.get(number)?.map(|row| row.value());
        Ok(kept.is_some_and(|(other, its, _)| its == slot && other != identity))
    }

    /// Writes what is true of the whole.
    pub(crate) fn finish(&mut self, horizon: Option<i64>) -> Result<(), redb::Error> {
        self.state.insert(HELD, self.held)?;
        if let Some(horizon) = horizon {
            self.state.insert(HORIZON, horizon)?;
        }
        Ok(())
    }

    /// The slot of a file; `None` when it was forgotten.
    fn slot(&mut self, file: u32) -> Result<Option<u64>, redb::Error> {
        match self.last {
            Some((last, slot)) if last == file => Ok(slot),
            _ => {
                let slot = self.files.get(file)?.map(|row| row.value().1);
                self.last = Some((file, slot));
                Ok(slot)
            }
        }
    }

    /// Whether a record still counts that was seen there.
    pub(crate) fn slot_of(&mut self, seen: Seen) -> Result<Option<u64>, redb::Error> {
        if self.any_returned && self.returned.get((seen.file, seen.place))?.is_some() {
            return Ok(None);
        }
        self.slot(seen.file)
    }

    /// Says that a record counts from now on, also if it was returned once.
    pub(crate) fn count(&mut self, seen: Seen) -> Result<(), redb::Error> {
        if self.any_returned {
            self.returned.remove((seen.file, seen.place))?;
        }
        Ok(())
    }

    /// Goes through records in order, by the chunks in which they are or would be. `judge` is told of those with the same hash,
    /// and where the store has it, and says where it has it from now on.
    pub(crate) fn merge(
        &mut self,
        mut records: &[Candidate],
        mut judge: impl FnMut(&mut Self, &[Candidate], Option<Seen>) -> Result<Option<Seen>, redb::Error>,
    ) -> Result<(), redb::Error> {
        let mut merged = Vec::new();
        while let Some(first) = records.first() {
            let day = first.day;
            let mut before = self.records.range((day, &[0; 16])..=(day, &first.hash))?;
            let (start, chunk) = match before.next_back().transpose()? {
                Some((key, chunk)) => (*key.value().1, chunk.value().to_vec()),
                None => ([0; 16], Vec::new()),
            };
            drop(before);
            let after = (
                Bound::Excluded((day, &first.hash)),
                Bound::Included((day, &[0xff; 16])),
            );
            let end = self.records.range(after)?.next().transpose()?;
            let end = end.map(|(key, _)| *key.value().1);
            let within = |record: &Candidate| record.day == day && end.is_none_or(|end| record.hash < end);
            let (here, rest) = records.split_at(records.partition_point(within));
            records = rest;
            merged.clear();
            if self.merge_chunk(&chunk, here, &mut merged, &mut judge)? {
                self.held += (merged.len() / WIDTH) as i64 - (chunk.len() / WIDTH) as i64;
                self.write(day, start, &merged)?;
            }
        }
        Ok(())
    }

    /// Merges records of the range of a chunk with it, and answers whether that changes it.
    fn merge_chunk(
        &mut self,
        chunk: &[u8],
        records: &[Candidate],
        merged: &mut Vec<u8>,
        judge: &mut impl FnMut(&mut Self, &[Candidate], Option<Seen>) -> Result<Option<Seen>, redb::Error>,
    ) -> Result<bool, redb::Error> {
        let mut changed = false;
        let mut stored = chunk.chunks_exact(WIDTH).peekable();
        for same in records.chunk_by(|a, b| a.hash == b.hash) {
            let Some(hash) = same.first().map(|record| record.hash) else {
                continue;
            };
            while let Some(entry) = stored.next_if(|entry| entry[..16] < hash[..]) {
                merged.extend_from_slice(entry);
            }
            let found = stored.next_if(|entry| entry[..16] == hash[..]).map(seen);
            let seen = judge(self, same, found)?;
            changed |= seen != found;
            if let Some(seen) = seen {
                merged.extend_from_slice(&hash);
                merged.extend_from_slice(&seen.file.to_le_bytes());
                merged.extend_from_slice(&seen.place.to_le_bytes());
            }
        }
        stored.for_each(|entry| merged.extend_from_slice(entry));
        Ok(changed)
    }

    /// Writes a chunk, in parts where it has become too long.
    fn write(&mut self, day: i64, start: Hash, chunk: &[u8]) -> Result<(), redb::Error> {
        let records = chunk.len() / WIDTH;
        if records <= MOST {
            self.records.insert((day, &start), chunk)?;
            return Ok(());
        }
        let part = records.div_ceil(records.div_ceil(CUT)) * WIDTH;
        let mut start = start;
        for (place, part) in chunk.chunks(part).enumerate() {
            if place > 0 {
                start.copy_from_slice(&part[..16]);
            }
            self.records.insert((day, &start), part)?;
        }
        Ok(())
    }

    /// Forgets a whole file: what the chunks have of it counts for nothing, until its day is forgotten.
    pub(crate) fn forget(&mut self, identity: u64) -> Result<(), redb::Error> {
        let Some(number) = self.numbers.remove(identity)?.map(|number| number.value()) else {
            return Ok(());
        };
        self.files.remove(number)?;
        self.returned
            .retain_in((number, 0)..=(number, u32::MAX), |_, ()| false)?;
        Ok(())
    }

    /// Forgets records of a file, by their places.
    pub(crate) fn forget_records(
        &mut self,
        identity: u64,
        places: &BTreeSet<u64>,
    ) -> Result<(), redb::Error> {
        let Some(number) = self.numbers.get(identity)?.map(|number| number.value()) else {
            return Ok(());
        };
        for place in places.iter().filter_map(|place| u32::try_from(*place).ok()) {
            self.returned.insert((number, place), ())?;
        }
        Ok(())
    }

    /// Forgets what is before the first day, and the oldest days while more is held than `limit`.
    pub(crate) fn evict(&mut self, mut first: i64, limit: u64) -> Result<(), redb::Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let oldest = |tables: &Self| -> Result<Option<i64>, redb::Error> {
            Ok(tables.records.first()?.map(|(key, _)| key.value().0))
        };
        let mut evicted = false;
        while let Some(day) = oldest(self)?.filter(|day| *day < first || self.held > limit) {
            first = first.max(day.saturating_add(1));
            evicted = true;
            let mut dropped = 0;
            self.records.retain_in(..(first, &[0; 16]), |_, chunk| {
                dropped += (chunk.len() / WIDTH) as i64;
                false
            })?;
            self.held -= dropped;
        }
        if !evicted {
            return Ok(());
        }
        let mut gone = HashMap::new();
        self.files.retain(|number, (identity, _, last)| {
            if last < first {
                gone.insert(number, identity);
            }
            last >= first
        })?;
        for identity in gone.values() {
            self.numbers.remove(identity)?;
        }
        self.slots.retain(|_, file| !gone.contains_key(&file))?;
        self.returned.retain(|(file, _), ()| !gone.contains_key(&file))?;
        Ok(())
    }

    /// Records that count; goes through all of them.
    pub(crate) fn len(&mut self) -> Result<u64, redb::Error> {
        let mut all = Vec::new();
        for chunk in self.records.iter()? {
            all.extend(chunk?.1.value().chunks_exact(WIDTH).map(seen));
        }
        let mut count = 0;
        for seen in all {
            count += u64::from(self.slot_of(seen)?.is_some());
        }
        Ok(count)
    }
}

/// Where the record of an entry was seen.
fn seen(entry: &[u8]) -> Seen {
    let number = |octets: &[u8]| {
        let mut number = [0; 4];
        number.copy_from_slice(octets);
        u32::from_le_bytes(number)
    };
    Seen {
        file: number(&entry[16..20]),
        place: number(&entry[20..24]),
    }
}
