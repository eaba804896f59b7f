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
        let oldest = last - self.days;
        if day < oldest {
            return;
        }
        self.by_day.entry(day).or_default().insert(fingerprint);
        while self
            .by_day
            .first_key_value()
            .is_some_and(|(day, _)| *day < oldest)
        {
            self.by_day.pop_first();
        }
    }
}

/// What makes two records the same one: kind, subscriber (IMSI, or the identifier of the charged party), start in UTC,
/// length, device, number called and calling, charging id, octets, the network's reference, which part of a whole it is; of
/// supplementary services and content also which was used, and whether it is paid back.
/// Numbers count by their digits, however they are written. A record that is sent again after a correction of its charge
/// differs in none of these; nor does one that writes the device with its check digit or its software version.
pub(super) fn fingerprint(event: &Event<'_>, start: i64, hasher: blake2b_simd::State) -> [u8; 16] {
    let mut fields = Fields {
        state: hasher,
        buffer: [0; BUFFER],
        used: 0,
    };
    let mut digits = Digits::default();
    fields.add(event.kind.name().as_bytes());
    fields.add(digits.of(event.imsi.map(Number::Bcd)));
    let device = digits.of(event.imei.map(Number::Bcd));
    fields.add(device.get(..IMEI).unwrap_or(device));
    fields.add(&start.to_le_bytes());
    fields.add(&event.duration.to_le_bytes());
    fields.add(digits.of(event.called));
    fields.add(digits.of(event.calling));
    fields.add(&event.charging_id.unwrap_or(0).to_le_bytes());
    fields.add(&event.volume_in.to_le_bytes());
    fields.add(&event.volume_out.to_le_bytes());
    fields.add(event.party.unwrap_or_default());
    fields.add(event.reference.unwrap_or_default());
    fields.add(event.part.unwrap_or_default());
    if let Some((marks, refunded)) = event.told_apart_by() {
        marks.into_iter().for_each(|mark| fields.add(mark));
        fields.add(&[refunded.into()]);
    }
    fields.finish()
}

/// Digits of an IMEI that name the device: type and serial number (3GPP TS 23.003); a check digit or a software version follows.
const IMEI: usize = 14;

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

/// The digits of a number, one an octet.
pub(super) struct Digits([u8; Self::MAX]);

impl Default for Digits {
    fn default() -> Self {
        Self([0; Self::MAX])
    }
}

impl Digits {
    /// More than any number has (ITU-T E.164: 15; text may hold more).
    const MAX: usize = 64;

    /// Without a `+`, spaces and fillers. What is longer, or text that is no number, stands for itself.
    pub(super) fn of<'n>(&'n mut self, number: Option<Number<'n>>) -> &'n [u8] {
        let mut count = 0;
        let mut push = |digit: u8| {
            if let Some(place) = self.0.get_mut(count) {
                *place = digit;
            }
            count += 1;
        };
        match number {
            None => {}
            Some(Number::Bcd(octets)) => {
                let nibbles = octets.iter().flat_map(|octet| [octet >> 4, octet & 0xf]);
                nibbles.take_while(|digit| *digit != 0xf).for_each(&mut push);
            }
            Some(Number::Text(text)) => {
                let text = text.trim_ascii();
                let digits = text.strip_prefix(b"+").unwrap_or(text);
                if !digits.iter().all(|c| c.is_ascii_digit() || *c == b' ') {
                    return text;
                }
                let digits = digits.iter().filter(|c| c.is_ascii_digit());
                digits.for_each(|c| push(c - b'0'));
            }
        }
        match number {
            Some(number) if count > Self::MAX => number.octets(),
            _ => &self.0[..count],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::EventKind;

    fn fingerprint(event: &Event<'_>, start: i64) -> [u8; 16] {
        super::fingerprint(
            event,
            start,
            blake2b_simd::Params::new().hash_length(16).to_state(),
        )
    }

    /// A call of one subscriber.
    fn call<'a>(imsi: &'a [u8], imei: Option<&'a [u8]>, called: Number<'a>) -> Event<'a> {
        let mut event = Event::new(EventKind::MobileOriginated);
        (event.imsi, event.imei, event.called) = (Some(imsi), imei, Some(called));
        event
    }

    #[test]
    fn records_should_be_the_same_when_their_numbers_are_only_written_otherwise() {
        let imsi: &[u8] = &[0x00, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x1f];
        let filled: &[u8] = &[0x00, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x1f, 0xff];
        let imei: &[u8] = &[0x35, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12];
        let version: &[u8] = &[0x35, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x01];
        let number = Number::Bcd(&[0x49, 0x15, 0x11, 0x23, 0x4f]);
        let first = fingerprint(&call(imsi, Some(imei), number), 0);
        for same in [
            call(filled, Some(imei), number),
            call(imsi, Some(version), number),
            call(
                imsi,
                Some(imei),
                Number::Bcd(&[0x49, 0x15, 0x11, 0x23, 0x4f, 0xff]),
            ),
            call(imsi, Some(imei), Number::Text(b"491511234")),
            call(imsi, Some(imei), Number::Text(b"+491511234")),
            call(imsi, Some(imei), Number::Text(b" +49 1511234 ")),
        ] {
            assert_eq!(fingerprint(&same, 0), first);
        }
        for other in [
            call(&imsi[..7], Some(imei), number),
            call(imsi, Some(&[0x35, 0x12, 0x34, 0x56, 0x78, 0x90, 0x13]), number),
            call(imsi, None, number),
            call(imsi, Some(imei), Number::Bcd(&[0x49, 0x15, 0x11, 0x23, 0x5f])),
            call(imsi, Some(imei), Number::Text(b"4915112340")),
            call(imsi, Some(imei), Number::Text(b"FRIENDS")),
        ] {
            assert_ne!(fingerprint(&other, 0), first);
        }
        assert_ne!(fingerprint(&call(imsi, Some(imei), number), 1), first);
    }

    #[test]
    fn records_should_be_others_when_only_their_reference_or_part_differs() {
        let imsi: &[u8] = &[0x00, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x1f];
        let record = |kind: EventKind, reference: Option<&[u8]>, part: Option<&[u8]>| {
            let mut event = Event::new(kind);
            (event.imsi, event.reference, event.part) = (Some(imsi), reference, part);
            fingerprint(&event, 0)
        };
        let (a, b): (&[u8], &[u8]) = (b"1", b"2");
        // The call reference of a call, the partial type of packet data, the number of a message at a service centre.
        for (kind, one, other) in [
            (EventKind::MobileOriginated, (Some(a), None), (Some(b), None)),
            (EventKind::Gprs, (None, Some(a)), (None, Some(b))),
            (EventKind::ServiceCentre, (None, Some(a)), (None, Some(b))),
        ] {
            let [one, other] = [one, other].map(|(reference, part)| record(kind, reference, part));
            assert_ne!(one, other, "{}", kind.name());
            assert_ne!(one, record(kind, None, None), "{}", kind.name());
        }
        // What is the reference of one record is no part of another.
        let part = record(EventKind::Gprs, None, Some(a));
        assert_ne!(part, record(EventKind::Gprs, Some(a), None));
    }

    /// Stores keep what records are known by, which therefore may not change. Figures by Python's `hashlib.blake2b` over the fields,
    /// each behind its length.
    #[test]
    fn fingerprint_should_stay_what_it_was_when_records_of_other_kinds_are_told_apart_by_more() {
        let imsi: &[u8] = &[0x00, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x1f];
        let mut event = call(imsi, None, Number::Bcd(&[0x49, 0x15, 0x11, 0x23, 0x4f]));
        let of = |event: &Event<'_>| u128::from_be_bytes(fingerprint(event, 0));
        let known = 0xd767_976e_c600_dcda_6bc6_d13c_0c16_8a06;
        assert_eq!(of(&event), known);
        // Of a call nothing else is asked; of content it is what was bought, and whether it is paid back.
        event.marks = [&[1], &[]];
        event.refunded = true;
        assert_eq!(of(&event), known);
        event.kind = EventKind::Content;
        assert_eq!(of(&event), 0x6102_e2a3_3be7_0c67_52e4_a696_fea5_6f64);
        event.refunded = false;
        assert_ne!(of(&event), 0x6102_e2a3_3be7_0c67_52e4_a696_fea5_6f64);
    }

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
