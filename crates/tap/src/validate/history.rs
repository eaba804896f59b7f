//! Records seen before.

use crate::{
    events::{Event, Number},
    time::DAY,
};
use std::collections::{BTreeMap, HashSet};

/// Remembers records across files.
pub trait RecordHistory {
    /// What records are hashed with, to 16 octets: with a key where the hashes are kept, since without one anybody could tell
    /// whether they are those of a record that he guesses.
    fn hasher(&self) -> blake2b_simd::State {
        blake2b_simd::Params::new().hash_length(16).to_state()
    }

    /// Whether a record with this fingerprint was noted before. `start` is the start of the call in UTC, `index` the place
    /// of the record in its file.
    fn known(&mut self, fingerprint: [u8; 16], start: i64, index: u64) -> bool;

    /// Notes a record that was not known and is not returned.
    fn note(&mut self, fingerprint: [u8; 16], start: i64, index: u64);
}

/// A history in memory, by day of call, that forgets calls older than a number of days.
#[derive(Clone, Debug)]
pub struct SeenRecords {
    days: i64,
    by_day: BTreeMap<i64, HashSet<[u8; 16]>>,
}

impl SeenRecords {
    /// Remembers calls of the last `days` days before the latest call seen; 90 is usual.
    pub fn new(days: u32) -> Self {
        Self {
            days: i64::from(days),
            by_day: BTreeMap::new(),
        }
    }

    /// Records remembered.
    pub fn len(&self) -> usize {
        self.by_day.values().map(HashSet::len).sum()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.by_day.is_empty()
    }
}

impl RecordHistory for SeenRecords {
    fn known(&mut self, fingerprint: [u8; 16], start: i64, _: u64) -> bool {
        let day = start.div_euclid(DAY);
        self.by_day
            .get(&day)
            .is_some_and(|known| known.contains(&fingerprint))
    }

    fn note(&mut self, fingerprint: [u8; 16], start: i64, _: u64) {
        let day = start.div_euclid(DAY);
        let last = self
            .by_day
            .last_key_value()
            .map_or(day, |(last, _)| (*last).max(day));
        if day >= last - self.days {
            self.by_day.entry(day).or_default().insert(fingerprint);
            self.by_day = self.by_day.split_off(&(last - self.days));
        }
    }
}

/// What makes two records the same one: kind, subscriber (IMSI, or the identifier of the charged party), device, start in
/// UTC, length, number called and calling, charging id, octets, the network's reference, and which part of a whole it is.
/// A record that is sent again after a correction of its charge differs in none of these.
pub(super) fn fingerprint(event: &Event<'_>, start: i64, hasher: blake2b_simd::State) -> [u8; 16] {
    let mut fields = Fields {
        state: hasher,
        buffer: [0; BUFFER],
        used: 0,
    };
    fields.add(event.kind.name().as_bytes());
    fields.add(event.imsi.unwrap_or_default());
    fields.add(&start.to_le_bytes());
    fields.add(&event.duration.to_le_bytes());
    fields.add(event.imei.unwrap_or_default());
    fields.add(event.called.map(Number::octets).unwrap_or_default());
    fields.add(event.calling.map(Number::octets).unwrap_or_default());
    fields.add(&event.charging_id.unwrap_or(0).to_le_bytes());
    fields.add(&event.volume_in.to_le_bytes());
    fields.add(&event.volume_out.to_le_bytes());
    fields.add(event.party.unwrap_or_default());
    fields.add(event.reference.unwrap_or_default());
    fields.add(event.part.unwrap_or_default());
    fields.finish()
}

/// Octets that are hashed at once: each call of the hash costs as much as some of its work.
const BUFFER: usize = 256;

/// Fields on their way into a hash, each with its length.
struct Fields {
    state: blake2b_simd::State,
    buffer: [u8; BUFFER],
    used: usize,
}

impl Fields {
    #[inline]
    fn add(&mut self, field: &[u8]) {
        match u8::try_from(field.len()) {
            Ok(length) if length < u8::MAX => self.put(&[length]),
            _ => {
                self.put(&[u8::MAX]);
                self.put(&(field.len() as u64).to_le_bytes());
            }
        }
        self.put(field);
    }

    #[inline]
    fn put(&mut self, octets: &[u8]) {
        let end = self.used + octets.len();
        if let Some(free) = self.buffer.get_mut(self.used..end) {
            free.copy_from_slice(octets);
            self.used = end;
            return;
        }
        self.state.update(&self.buffer[..self.used]).update(octets);
        self.used = 0;
    }

    fn finish(mut self) -> [u8; 16] {
        let mut result = [0; 16];
        let hash = self.state.update(&self.buffer[..self.used]).finalize();
        result.copy_from_slice(hash.as_bytes());
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_should_be_remembered_when_it_is_within_the_days_asked_for() {
        let mut seen = SeenRecords::new(90);
        let mut see = |fingerprint, start| {
            let known = seen.known(fingerprint, start, 0);
            seen.note(fingerprint, start, 0);
            (known, seen.len())
        };
        assert_eq!(see([1; 16], 0), (false, 1));
        assert_eq!(see([1; 16], 0), (true, 1));
        assert_eq!(see([2; 16], 90 * DAY), (false, 2));
        assert_eq!(see([1; 16], 0), (true, 2), "the window is 90 days");
        assert_eq!(see([3; 16], 91 * DAY), (false, 2));
        assert_eq!(see([1; 16], 0), (false, 2), "older calls are forgotten");
        assert!(!seen.is_empty());
    }
}
