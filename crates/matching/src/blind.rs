//! Records of a blind relation: keyed tags in place of values, so that equal values match and nobody else reads them.

use crate::{
    field::Field,
    profile::{Profile, Rule},
    record::{Content, FieldFault, Record, RecordFault, Reported, Side},
};
use alloc::vec::Vec;
use interclear_record::record;

/// What stands for a value: who has not the key can neither read it nor try values.
#[record(Copy, Ord)]
pub struct Tag(pub [u8; 16]);

/// A service as one side of a blind relation reports it.
#[record(Copy, Default)]
pub struct BlindRecord {
    /// Tags, in the order of [`Field::ALL`]; none of a field that is not compared, or of a key that is not given.
    pub tags: [Option<Tag>; Field::COUNT],
}

impl Reported for BlindRecord {
    fn content(&self, field: Field) -> Content<'_> {
        let tag = self.tags.get(field as usize).and_then(Option::as_ref);
        Content::Text(tag.map(|tag| tag.0.as_slice()).unwrap_or_default())
    }

    fn check(&self, side: Side) -> Result<(), RecordFault> {
        let field = side.id_field();
        match self.content(field) == Content::Text(&[]) {
            false => Ok(()),
            true => Err(RecordFault {
                field,
                fault: FieldFault::Missing,
            }),
        }
    }
}

/// What a tag stands for, besides the field: all of a value, or one of the two buckets in which it is.
mod of {
    pub const VALUE: u8 = 0;
    pub const FIRST_BUCKET: u8 = 1;
    pub const SECOND_BUCKET: u8 = 2;
    pub const KEYS: u8 = 3;
    pub const OWN_ID: u8 = 4;
}

impl BlindRecord {
    /// What `side` reports of a record by a profile. `keyed` makes of octets what nobody makes without the secret that the two share.
    ///
    /// A value is tagged together with the keys of its record, so that services of the same price do not have the same tag; ids by themselves,
    /// since no two services have the same.
    pub fn new(record: &Record, side: Side, profile: &Profile, keyed: impl Fn(&[u8]) -> [u8; 16]) -> Self {
        let service = service(record, side, profile, &keyed);
        let mut blind = Self::default();
        for (field, place) in Field::ALL.into_iter().zip(&mut blind.tags) {
            let content = record.content(field);
            let within: &[u8] = match (field, content) {
                (Field::BuyerId | Field::SellerId, Content::Text([_, ..])) => &[],
                _ => &service,
            };
            let tag = |what: u8, value: &[u8]| keyed(&message(what, field, within, value));
            let near = |value: u64, most: u64| {
                let [first, second] = buckets(value, most);
                joined(tag(of::FIRST_BUCKET, &first), tag(of::SECOND_BUCKET, &second))
            };
            let rule = match profile.rule(field) {
                // By its own name for a service a side keeps its record.
                Rule::Informative if field == side.id_field() => Rule::Key,
                rule => rule,
            };
            *place = match (rule, content) {
                (Rule::Informative, _) | (Rule::Key, Content::Text([])) => None,
                (Rule::Absolute(most), Content::Number(number)) => Some(near(number, most)),
                (Rule::Days(most), Content::Day(Some(day))) => Some(near(day.0.into(), most.into())),
                (_, content) => Some(Tag(tag(of::VALUE, &octets(content)))),
            };
        }
        blind
    }
}

/// What stands for the service: its keys, which are the same at both sides; or the side's own name for it, where one is not given, so that
/// it matches nothing.
fn service(record: &Record, side: Side, profile: &Profile, keyed: &impl Fn(&[u8]) -> [u8; 16]) -> [u8; 16] {
    let rules = |field: &Field| profile.rule(*field) == Rule::Key;
    let keys: Vec<Field> = Field::ALL.into_iter().filter(rules).collect();
    let lacks = |field: &Field| octets(record.content(*field)).is_empty();
    let (what, fields) = match keys.iter().any(lacks) {
        false => (of::KEYS, keys),
        true => (of::OWN_ID, Vec::from([side.id_field()])),
    };
    let mut whole = Vec::from([what]);
    for field in fields {
        let value = octets(record.content(field));
        // Texts have fewer than 256 octets; with its length none runs into the next.
        whole.push(field as u8);
        whole.push(u8::try_from(value.len()).unwrap_or(u8::MAX));
        whole.extend(value);
    }
    keyed(&whole)
}

/// What is tagged: no two uses have the same octets.
fn message(what: u8, field: Field, within: &[u8], value: &[u8]) -> Vec<u8> {
    let mut message = Vec::from([what, field as u8]);
    message.extend(within);
    message.extend(value);
    message
}

/// The octets of a value. A day that is not given is none, so that no day stands for it.
fn octets(content: Content<'_>) -> Vec<u8> {
    match content {
        Content::Text(text) => Vec::from(text),
        Content::Number(number) => Vec::from(number.to_le_bytes()),
        Content::Day(day) => day.map_or_else(Vec::new, |day| Vec::from(day.0.to_le_bytes())),
        Content::Status(status) => Vec::from(status.word().as_bytes()),
    }
}

/// In which bucket a value is, twice as wide as what it may differ by; of two rows, the edges of one in the middle of the other's. Values that
/// differ by no more than that have one edge between them at most, and share a bucket of the other row; those in one bucket differ by
/// less than twice as much. Its number comes with its width: that of another width is another bucket.
fn buckets(value: u64, most: u64) -> [[u8; 32]; 2] {
    let (value, most) = (u128::from(value), u128::from(most));
    let width = most.saturating_mul(2);
    [value, value.saturating_add(most)].map(|value| {
        let number = value.checked_div(width).unwrap_or(value);
        let mut bucket = [0; 32];
        let both = width.to_le_bytes().into_iter().chain(number.to_le_bytes());
        for (octet, said) in bucket.iter_mut().zip(both) {
            *octet = said;
        }
        bucket
    })
}

/// Half of each: whether two records share a bucket of either row is seen by the halves of their tags.
fn joined(first: [u8; 16], second: [u8; 16]) -> Tag {
    let mut halves = [0; 16];
    let both = first.into_iter().take(8).chain(second.into_iter().take(8));
    for (octet, half) in halves.iter_mut().zip(both) {
        *octet = half;
    }
    Tag(halves)
}
