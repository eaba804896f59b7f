//! Records seen before.

use crate::{events::Event, time::DAY};
use std::collections::{BTreeMap, HashSet};

/// Remembers records across files.
pub trait RecordHistory {
    /// Whether a record with this fingerprint was noted before; notes it otherwise. `start` is the start of the
    /// call in UTC.
    fn seen(&mut self, fingerprint: [u8; 16], start: i64) -> bool;
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
    fn seen(&mut self, fingerprint: [u8; 16], start: i64) -> bool {
        let day = start.div_euclid(DAY);
        if let Some((last, _)) = self.by_day.last_key_value() {
            if day < last - self.days {
                return false;
            }
        }
        let known = !self.by_day.entry(day).or_default().insert(fingerprint);
        while let (Some((first, _)), Some((last, _))) =
            (self.by_day.first_key_value(), self.by_day.last_key_value())
        {
            if *first >= last - self.days {
                break;
            }
            self.by_day.pop_first();
        }
        known
    }
}

/// What makes two records the same one: kind, subscriber, start, length, other party, charging id and volume. A record
/// that is sent again after a correction differs in none of these.
pub(super) fn fingerprint(event: &Event<'_>, start: i64) -> [u8; 16] {
    let mut state = blake2b_simd::Params::new().hash_length(16).to_state();
    let mut field = |octets: &[u8]| {
        state.update(&(octets.len() as u64).to_le_bytes()).update(octets);
    };
    field(event.kind.name().as_bytes());
    field(event.imsi.unwrap_or_default());
    field(&start.to_le_bytes());
    field(&event.duration.to_le_bytes());
    field(event.called.unwrap_or_default());
    field(event.calling.unwrap_or_default());
    field(&event.charging_id.unwrap_or(0).to_le_bytes());
    field(&event.volume.to_le_bytes());
    let mut result = [0; 16];
    result.copy_from_slice(state.finalize().as_bytes());
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_remembered_for_as_long_as_asked() {
        let mut seen = SeenRecords::new(90);
        assert!(!seen.seen([1; 16], 0));
        assert!(seen.seen([1; 16], 0));
        assert!(!seen.seen([2; 16], 90 * DAY));
        assert!(seen.seen([1; 16], 0), "the window is 90 days");
        assert!(!seen.seen([3; 16], 91 * DAY));
        assert!(!seen.seen([1; 16], 0), "older calls are forgotten");
        assert_eq!(seen.len(), 2);
        assert!(!seen.is_empty());
    }
}
