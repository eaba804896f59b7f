//! The store while one file is read.

use crate::tables::{Candidate, Hash, Seen, Tables};
use interclear_tap::{time::DAY, RecordHistory};

/// Gathers the records of a file, and compares them with the store in the order in which the store has them: one by one they
/// would be at random places. So it is known only afterwards which were seen before; if any was, the file is read again.
pub(crate) struct Session<'t> {
    pub(crate) tables: Tables<'t>,
    /// With what records are hashed.
    pub(crate) hasher: blake2b_simd::State,
    /// The number of the file in the store, and whether it has none yet.
    pub(crate) file: (u32, bool),
    /// The file's number in its series, and whether returns asked for it, so that it takes the place of the first one with it.
    pub(crate) slot: u64,
    pub(crate) resent: bool,
    /// Whether records are noted that are to be returned.
    pub(crate) everything: bool,
    pub(crate) window: i64,
    /// How many records wait to be compared, at most.
    pub(crate) batch: usize,
    pub(crate) today: i64,
    pub(crate) horizon: Option<i64>,
    pub(crate) found: Found,
}

/// What comes of comparing a file with the store.
#[derive(Default)]
pub(crate) struct Found {
    waiting: Vec<Candidate>,
    /// The places of records that were seen before.
    pub(crate) known: Vec<u64>,
    /// The last day of those that were noted.
    pub(crate) noted: Option<i64>,
    /// The first failure; validation goes on without the store and its outcome is thrown away.
    pub(crate) failure: Option<redb::Error>,
}

impl Session<'_> {
    /// The first day that is remembered.
    pub(crate) fn first_day(&self) -> i64 {
        self.horizon
            .map_or(i64::MIN, |horizon| horizon.saturating_sub(self.window))
    }

    /// Compares what waits with the store, and notes what is to be noted.
    pub(crate) fn compare(&mut self) -> Result<(), redb::Error> {
        let mut waiting = std::mem::take(&mut self.found.waiting);
        waiting.sort_unstable();
        let Self { tables, found, .. } = self;
        let (own, slot, resent) = (self.file.0, self.slot, self.resent);
        tables.merge(&waiting, |tables, same, stored| {
            let mut held = None;
            if let Some(seen) = stored {
                if let Some(other) = tables.slot_of(seen)? {
                    let replaced = resent && other == slot && seen.file != own;
                    held = Some((seen, replaced));
                }
            }
            for record in same {
                let this = Seen {
                    file: own,
                    place: record.place,
                };
                match held {
                    Some((seen, false)) if seen != this => found.known.push(record.place.into()),
                    _ if record.note => {
                        tables.count(this)?;
                        held = Some((this, false));
                        found.noted = found.noted.max(Some(record.day));
                    }
                    _ => {}
                }
            }
            Ok(held.map(|(seen, _)| seen))
        })?;
        waiting.clear();
        found.waiting = waiting;
        Ok(())
    }

    fn wait_for(&mut self, hash: Hash, day: i64, place: u64) {
        if self.found.waiting.len() >= self.batch {
            if let Err(error) = self.compare() {
                self.found.failure.get_or_insert(error);
                self.found.waiting.clear();
            }
        }
        self.found.waiting.push(Candidate {
            day,
            hash,
            place: u32::try_from(place).unwrap_or(u32::MAX),
            note: false,
        });
    }
}

impl RecordHistory for Session<'_> {
    fn hasher(&self) -> blake2b_simd::State {
        self.hasher.clone()
    }

    /// Nothing is known yet.
    fn known(&mut self, fingerprint: Hash, start: i64, index: u64) -> bool {
        self.wait_for(fingerprint, start.div_euclid(DAY), index);
        if self.everything {
            self.note(fingerprint, start, index);
        }
        false
    }

    fn note(&mut self, _: Hash, start: i64, _: u64) {
        let day = start.div_euclid(DAY);
        if day < self.first_day() {
            return;
        }
        let newest = day.min(self.today);
        self.horizon = Some(self.horizon.map_or(newest, |horizon| horizon.max(newest)));
        // A record is noted right after it was looked up.
        if let Some(last) = self.found.waiting.last_mut() {
            last.note = true;
        }
    }
}

/// What was found, while the file is read again: the places of records that were seen before, in order.
pub(crate) struct Known<'k>(pub(crate) &'k [u64]);

impl RecordHistory for Known<'_> {
    fn known(&mut self, _: Hash, _: i64, index: u64) -> bool {
        self.0.binary_search(&index).is_ok()
    }

    fn note(&mut self, _: Hash, _: i64, _: u64) {}
}
