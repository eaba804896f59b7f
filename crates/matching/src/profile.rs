//! What two sides have agreed to compare, and how.

use crate::{
    field::{Field, FieldSet},
    record::{digest, Content, Record, Reported},
};
use core::fmt;
use interclear_record::record;

/// What a field is for.
#[record(Copy, Default, Ord, snake_case)]
pub enum Rule {
    /// It is shown, and not compared.
    #[default]
    Informative,
    /// Records belong together when all fields of this rule are the same.
    Key,
    /// It must be the same.
    Exact,
    /// It may differ by this much, in the unit of the field.
    Absolute(u64),
    /// It may differ by this part of the larger one, in millionths.
    Percent(u32),
    /// It may differ by this many days.
    Days(u16),
}

/// A match profile, as both sides have signed it.
#[record(Copy, Default)]
pub struct Profile {
    /// Its version; a later one has a greater number.
    pub version: u32,
    /// The rule of each field, in the order of [`Field::ALL`].
    pub rules: [Rule; Field::COUNT],
    /// How many compared fields may differ in a partial match; if more do, it is a mismatch.
    pub partial_up_to: u8,
    /// In a blind relation both sides report tags in place of values, which they make by the key of this epoch of their channel. The chain
    /// has neither the key nor the values.
    pub blind: Option<u32>,
}

/// What is wrong with a profile.
#[record(Copy, snake_case)]
pub enum ProfileFault {
    /// No field is a key.
    NoKey,
    /// Nothing is compared.
    NothingCompared,
    /// The field cannot be a key: only ids, order numbers, ends, products and accounts can.
    NotAKey(Field),
    /// The field does not differ in the way that its rule says.
    RuleDoesNotFit(Field),
    /// The field may differ by nothing, which is the rule `exact`, or by all of it.
    InvalidTolerance(Field),
    /// A partial match may differ in no field, or in more than are compared.
    InvalidPartial,
    /// Tags do not show by which part of a value another one differs.
    PercentOfTags(Field),
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("no field is a key"),
            Self::NothingCompared => f.write_str("nothing is compared"),
            Self::NotAKey(field) => write!(f, "{field} cannot be a key"),
            Self::RuleDoesNotFit(field) => write!(f, "the rule does not fit {field}"),
            Self::InvalidTolerance(field) => {
                write!(f, "{field} may differ by nothing, or by all of it")
            }
            Self::InvalidPartial => {
                f.write_str("a partial match may differ in no field, or in more than are compared")
            }
            Self::PercentOfTags(field) => write!(
                f,
                "{field} may differ by a percentage, which tags do not show; write an amount, or exact"
            ),
        }
    }
}

impl core::error::Error for ProfileFault {}

/// What two fields differ by.
#[record(Copy, snake_case)]
pub enum By {
    /// The seller's number less the buyer's, in the unit of the field.
    Number(i64),
    /// Days from the buyer's to the seller's.
    Days(i32),
    /// One side has a day and the other one has none; or text, a code or a status is another one.
    Other,
}

/// A compared field that differs.
#[record(Copy)]
pub struct Difference {
    /// Which one of the record.
    pub field: Field,
    /// By how much.
    pub by: By,
}

/// By which records are found that belong together: what stands for the version and all key fields.
#[record(Copy, Default, Ord)]
pub struct Key(pub [u8; 16]);

impl Profile {
    /// A first version to start from, by which services bill, too: by the seller's id; all that is billed is compared, prices within
    /// a thousandth and days within two.
    pub fn usual() -> Self {
        let exact = [
            Field::AEnd,
            Field::ZEnd,
            Field::Product,
            Field::Bandwidth,
            Field::OneOff,
            Field::Currency,
            Field::End,
            Field::Status,
        ];
        let profile = Self {
            version: 1,
            partial_up_to: 3,
            ..Self::default()
        };
        exact
            .into_iter()
            .fold(profile, |profile, field| profile.with(field, Rule::Exact))
            .with(Field::SellerId, Rule::Key)
            .with(Field::Recurring, Rule::Percent(1_000))
            .with(Field::Start, Rule::Days(2))
            .with(Field::Since, Rule::Days(2))
    }

    /// The rule of a field.
    pub fn rule(&self, field: Field) -> Rule {
        self.rules.get(field as usize).copied().unwrap_or_default()
    }

    /// This profile with another rule for a field.
    pub fn with(mut self, field: Field, rule: Rule) -> Self {
        if let Some(place) = self.rules.get_mut(field as usize) {
            *place = rule;
        }
        self
    }

    /// Whether two sides can agree on it.
    ///
    /// # Errors
    /// The first fault, that of a field before those of all.
    pub fn check(&self) -> Result<(), ProfileFault> {
        let mut keys = 0u8;
        let mut compared = 0u8;
        for field in Field::ALL {
            let rule = self.rule(field);
            match rule {
                Rule::Informative => {}
                Rule::Key => keys = keys.saturating_add(1),
                _ => compared = compared.saturating_add(1),
            }
            check_rule(field, rule)?;
            if self.blind.is_some() && matches!(rule, Rule::Percent(_)) {
                return Err(ProfileFault::PercentOfTags(field));
            }
        }
        match (keys, compared) {
            (0, _) => Err(ProfileFault::NoKey),
            (_, 0) => Err(ProfileFault::NothingCompared),
            _ if !(1..=compared).contains(&self.partial_up_to) => Err(ProfileFault::InvalidPartial),
            _ => Ok(()),
        }
    }

    /// By which a record is found; `None` where one of its key fields is not given, so that nothing belongs to it.
    pub fn key<R: Reported>(&self, record: &R) -> Option<Key> {
        let keys = || {
            Field::ALL
                .into_iter()
                .filter(|field| self.rule(*field) == Rule::Key)
        };
        let text = |field| match record.content(field) {
            Content::Text(text) => text,
            _ => &[],
        };
        if keys().any(|field| text(field).is_empty()) {
            return None;
        }
        Some(Key(digest(|state| {
            state.update(&self.version.to_le_bytes());
            for field in keys() {
                let text = text(field);
                // With its length, so that no octet of one field stands for one of the next.
                state.update(&text.len().to_le_bytes()).update(text);
            }
        })))
    }

    /// The compared fields in which two records of one key differ.
    pub fn compare<R: Reported>(&self, buyer: &R, seller: &R) -> FieldSet {
        Field::ALL
            .into_iter()
            .filter(|field| !agrees(self.rule(*field), buyer.content(*field), seller.content(*field)))
            .collect()
    }

    /// These, and by how much.
    pub fn differences<'a>(
        &self,
        buyer: &'a Record,
        seller: &'a Record,
    ) -> impl Iterator<Item = Difference> + use<'a> {
        self.compare(buyer, seller).iter().map(|field| Difference {
            field,
            by: difference(buyer.content(field), seller.content(field)),
        })
    }
}

fn check_rule(field: Field, rule: Rule) -> Result<(), ProfileFault> {
    use Field::*;
    let fits = match rule {
        Rule::Informative | Rule::Exact => true,
        Rule::Key => match field {
            BuyerId | SellerId | Order | AEnd | ZEnd | Product | Account => true,
            _ => return Err(ProfileFault::NotAKey(field)),
        },
        Rule::Absolute(_) | Rule::Percent(_) => matches!(field, Bandwidth | Recurring | OneOff | Term),
        Rule::Days(_) => matches!(field, Start | End | Since),
    };
    if !fits {
        return Err(ProfileFault::RuleDoesNotFit(field));
    }
    match rule {
        Rule::Absolute(0) | Rule::Percent(0 | 1_000_000..) | Rule::Days(0) => {
            Err(ProfileFault::InvalidTolerance(field))
        }
        _ => Ok(()),
    }
}

fn agrees(rule: Rule, buyer: Content<'_>, seller: Content<'_>) -> bool {
    match (rule, buyer, seller) {
        (Rule::Informative, ..) => true,
        (Rule::Absolute(most), Content::Number(x), Content::Number(y)) => x.abs_diff(y) <= most,
        (Rule::Percent(ppm), Content::Number(x), Content::Number(y)) => {
            // Two factors of at most 2^64 and 2^32.
            let scaled = |value: u64, by: u32| u128::from(value).saturating_mul(u128::from(by));
            scaled(x.abs_diff(y), 1_000_000) <= scaled(x.max(y), ppm)
        }
        (Rule::Days(most), Content::Day(Some(x)), Content::Day(Some(y))) => x.0.abs_diff(y.0) <= most,
        // No text may differ by an amount: these are tags.
        (Rule::Absolute(_) | Rule::Days(_), Content::Text(x), Content::Text(y)) => {
            x == y || share_a_bucket(x, y)
        }
        (_, x, y) => x == y,
    }
}

/// Whether two tags share one of their two buckets.
fn share_a_bucket(one: &[u8], other: &[u8]) -> bool {
    one.chunks(8)
        .zip(other.chunks(8))
        .any(|(one, other)| one == other)
}

fn difference(buyer: Content<'_>, seller: Content<'_>) -> By {
    match (buyer, seller) {
        (Content::Number(x), Content::Number(y)) => {
            let by = i128::from(y).saturating_sub(i128::from(x));
            let most = if by < 0 { i64::MIN } else { i64::MAX };
            By::Number(i64::try_from(by).unwrap_or(most))
        }
        (Content::Day(Some(x)), Content::Day(Some(y))) => {
            By::Days(i32::from(y.0).saturating_sub(i32::from(x.0)))
        }
        _ => By::Other,
    }
}
