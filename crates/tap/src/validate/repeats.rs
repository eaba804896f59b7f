//! Records that come twice in one file.
//!
//! To hash and remember all that makes each record what it is takes longer than to read it, and memory that grows with the
//! file. So the first reading keeps eight octets of each, its key; records that are the same have the same. Only when a key
//! comes twice is the file read again, and the records with such keys are compared by a [`SeenRecords`]. A sender who makes
//! keys meet thus gains nothing but a second reading, which any record that does come twice costs as well.

use super::history::{Digits, RecordHistory, SeenRecords};
use crate::{
    digits::{behind, filled, word, WORD},
    events::{Event, EventKind, Number},
};
use foldhash::quality::RandomState;
use std::{
    collections::HashSet,
    hash::{BuildHasher, Hasher},
};

/// Keys that are held at most, 64 MiB, which are those of a file of 1.9 GB with records of 224 octets. Of a larger one half
/// of the keys are left to another reading, as often as it takes.
pub(super) const MOST: usize = 1 << 23;
/// Keys are kept apart by their first octet, so that one part after the other is looked through within the caches.
const PARTS: usize = 1 << 8;
/// Days over which calls of one file are remembered: all of them.
pub(super) const ALL_DAYS: u32 = u32::MAX;

/// How records are looked for.
pub(super) enum Search<'h> {
    /// All of them in a history.
    All(&'h mut dyn RecordHistory),
    /// Their keys are noted, by which it is known afterwards where to look.
    Keys(&'h mut Keys),
    /// Those of which the keys came twice, among each other.
    Repeated(&'h mut Repeated),
}

impl Search<'_> {
    /// Whether a record is to be looked for; its key is noted where keys are.
    #[inline]
    pub(super) fn wants(&mut self, event: &Event<'_>, start: i64) -> bool {
        match self {
            Self::All(_) => true,
            Self::Keys(keys) => {
                keys.see(event, start);
                false
            }
            Self::Repeated(repeated) => repeated.has(event, start),
        }
    }

    /// Where a record is looked for.
    pub(super) fn history(&mut self, event: &Event<'_>, start: i64) -> Option<&mut dyn RecordHistory> {
        match self {
            Self::All(history) => Some(*history),
            Self::Keys(_) => None,
            Self::Repeated(repeated) => match repeated.has(event, start) {
                true => Some(&mut repeated.seen),
                false => None,
            },
        }
    }
}

/// Keys by their last bits: those that are what is wanted under the mask.
#[derive(Clone, Copy, Default)]
struct Share {
    mask: u64,
    wanted: u64,
}

/// The keys of a file.
pub(super) struct Keys {
    hasher: RandomState,
    most: usize,
    parts: Vec<Vec<u64>>,
    held: usize,
    twice: HashSet<u64>,
    /// The keys that this reading is about, and those that others will be.
    share: Share,
    left: Vec<Share>,
}

impl Keys {
    pub(super) fn new(most: usize) -> Self {
        Self {
            hasher: RandomState::default(),
            most,
            parts: vec![Vec::new(); PARTS],
            held: 0,
            twice: HashSet::new(),
            share: Share::default(),
            left: Vec::new(),
        }
    }

    // Where records are read, there is no room for more.
    #[inline(never)]
    fn see(&mut self, event: &Event<'_>, start: i64) {
        self.add(key(&self.hasher, event, start));
    }

    #[inline]
    fn add(&mut self, key: u64) {
        if key & self.share.mask != self.share.wanted {
            return;
        }
        if let Some(part) = self.parts.get_mut((key >> 56) as usize) {
            part.push(key);
        }
        self.held += 1;
        if self.held >= self.most {
            self.make_room();
        }
    }

    /// Finds the keys that came twice, and holds each once.
    fn settle(&mut self) {
        let Self { parts, twice, .. } = self;
        let mut table = Vec::new();
        for part in &mut *parts {
            // At most half full, and within the caches.
            table.clear();
            table.resize((2 * part.len()).next_power_of_two(), 0);
            part.retain(|key| {
                let fresh = is_fresh(&mut table, *key);
                if !fresh {
                    twice.insert(*key);
                }
                fresh
            });
        }
        self.held = parts.iter().map(Vec::len).sum();
    }

    #[cold]
    fn make_room(&mut self) {
        self.settle();
        while self.held > self.most / 2 {
            let Share { mask, wanted } = self.share;
            let next = mask + 1;
            self.share.mask |= next;
            self.left.push(Share {
                mask: self.share.mask,
                wanted: wanted | next,
            });
            let share = self.share;
            for part in &mut self.parts {
                part.retain(|key| key & share.mask == share.wanted);
            }
            self.held = self.parts.iter().map(Vec::len).sum();
        }
    }

    /// Ends a reading; whether another one is needed for the keys that were left out.
    pub(super) fn end_reading(&mut self) -> bool {
        self.settle();
        self.parts.iter_mut().for_each(Vec::clear);
        self.held = 0;
        let next = self.left.pop();
        self.share = next.unwrap_or_default();
        next.is_some()
    }

    /// The records that may come twice; `None` when no key did.
    pub(super) fn repeated(self) -> Option<Repeated> {
        (!self.twice.is_empty()).then(|| Repeated {
            hasher: self.hasher,
            keys: self.twice,
            seen: SeenRecords::new(ALL_DAYS),
        })
    }
}

/// Puts a key into a table that has room, and says whether it was not there.
#[inline]
fn is_fresh(table: &mut [u64], key: u64) -> bool {
    let last = table.len() - 1;
    // Neither the bits that all of a part have nor those that all of a share have.
    let mut place = (key >> 24) as usize & last;
    loop {
        match table[place] {
            0 => {
                table[place] = key;
                return true;
            }
            held if held == key => return false,
            _ => place = (place + 1) & last,
        }
    }
}

/// Records of which the keys came twice.
pub(super) struct Repeated {
    hasher: RandomState,
    keys: HashSet<u64>,
    seen: SeenRecords,
}

impl Repeated {
    fn has(&self, event: &Event<'_>, start: i64) -> bool {
        self.keys.contains(&key(&self.hasher, event, start))
    }
}

/// A short hash of the most telling part of what makes two records the same one (`history::fingerprint`): it never differs where
/// that does not.
#[inline]
fn key(hasher: &RandomState, event: &Event<'_>, start: i64) -> u64 {
    let mut hasher = hasher.build_hasher();
    hasher.write_u64(start as u64);
    hasher.write_u64(packed(event.imsi.map(Number::Bcd)));
    hasher.write_u64(packed(event.called.or(event.calling)));
    hasher.write_u64(event.duration << 8 | number(event.kind));
    if event.kind == EventKind::Gprs {
        hasher.write_u64(event.charging_id.unwrap_or(0));
        hasher.write_u64(event.volume_in as u64);
        hasher.write_u64(event.volume_out as u64);
    }
    if let Some((marks, refunded)) = event.told_apart_by() {
        hasher.write_u8(refunded.into());
        marks.iter().for_each(|mark| hasher.write(mark));
    }
    let texts = [event.reference, event.part, event.party];
    for text in texts.into_iter().flatten().filter(|text| !text.is_empty()) {
        hasher.write(text);
    }
    // Nothing is no key.
    hasher.finish().max(1)
}

/// A number of a kind; one for all that have no name.
const fn number(kind: EventKind) -> u64 {
    match kind {
        EventKind::MobileOriginated => 1,
        EventKind::MobileTerminated => 2,
        EventKind::SupplementaryService => 3,
        EventKind::ServiceCentre => 4,
        EventKind::ValueAdded => 5,
        EventKind::Gprs => 6,
        EventKind::Content => 7,
        EventKind::Location => 8,
        EventKind::Messaging => 9,
        EventKind::MobileSession => 10,
        EventKind::Aggregated => 11,
        EventKind::Unknown(_) => 12,
    }
}

/// The first 16 digits of a number, four bits each, and ones behind them.
#[inline]
fn packed(number: Option<Number<'_>>) -> u64 {
    match number {
        None => u64::MAX,
        Some(Number::Bcd(octets)) if octets.len() <= WORD / 2 => {
            let word = word(octets);
            word | behind(word)
        }
        Some(Number::Text(text)) => match digits(text) {
            Some(word) => word,
            None => packed_slowly(Number::Text(text)),
        },
        Some(number) => packed_slowly(number),
    }
}

/// By the definition: the digits as a [`SeenRecords`] knows them.
#[cold]
fn packed_slowly(number: Number<'_>) -> u64 {
    let mut digits = Digits::default();
    let digits = digits.of(Some(number));
    let first = digits.get(..WORD).unwrap_or(digits);
    let word = first
        .iter()
        .fold(0, |word, digit| word << 4 | u64::from(digit & 0xf));
    filled(word, first.len())
}

/// Text that has digits only, not more than a word holds, but for a sign before them.
#[inline]
fn digits(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    if digits.is_empty() || digits.len() > WORD {
        return None;
    }
    let (mut word, mut good) = (0, true);
    for octet in digits {
        let digit = octet.wrapping_sub(b'0');
        good &= digit < 10;
        word = word << 4 | u64::from(digit & 0xf);
    }
    good.then(|| filled(word, digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Octets of which numbers are likely made.
    fn octets() -> impl Strategy<Value = Vec<u8>> {
        let likely = prop_oneof![
            Just(0xff),
            Just(0x0f),
            Just(0x1f),
            Just(b'+'),
            Just(b' '),
            b'0'..=b'9',
            any::<u8>()
        ];
        prop_oneof![
            prop::collection::vec(likely, 0..12),
            prop::collection::vec(any::<u8>(), 0..80),
            "\\+?[0-9]{0,20}".prop_map(String::into_bytes),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn quick_way_should_pack_as_the_definition_does(octets in octets()) {
            for number in [Number::Bcd(&octets), Number::Text(&octets)] {
                prop_assert_eq!(packed(Some(number)), packed_slowly(number));
            }
        }

        /// The number of readings changes nothing about what is found.
        #[test]
        fn keys_that_come_twice_should_be_found_when_few_are_held_at_once(
            keys in prop::collection::vec(prop_oneof![1u64..40, (1u64..40).prop_map(|n| n << 58), 1u64..], 0..200),
            most in 2usize..50,
        ) {
            let mut found = Keys::new(most);
            loop {
                for key in &keys {
                    found.add(*key);
                    prop_assert!(found.held < most);
                }
                if !found.end_reading() {
                    break;
                }
            }
            let wanted: HashSet<u64> = keys.iter().copied()
                .filter(|key| keys.iter().filter(|other| *other == key).count() > 1)
                .collect();
            prop_assert_eq!(found.twice, wanted);
        }
    }
}
