//! What one side reports of a service.

use crate::{
    countries::begins_with_country,
    day::Day,
    field::Field,
    text::{is_code, Text},
};
use blake2b_simd::Params;
use core::fmt;
use interclear_record::record;

/// A side of the relation in which services are sold.
#[record(Copy, Ord, snake_case)]
pub enum Side {
    /// It buys, and pays.
    Buyer,
    /// It sells, and bills.
    Seller,
}

impl Side {
    /// Both sides.
    pub const BOTH: [Self; 2] = [Self::Buyer, Self::Seller];

    /// The other side.
    pub fn other(self) -> Self {
        match self {
            Self::Buyer => Self::Seller,
            Self::Seller => Self::Buyer,
        }
    }

    /// The field that is this side's own name for a service.
    pub fn id_field(self) -> Field {
        match self {
            Self::Buyer => Field::BuyerId,
            Self::Seller => Field::SellerId,
        }
    }
}

/// Where a service stands (MEF 116, product status).
#[record(Copy, Default, Ord, snake_case)]
pub enum Status {
    /// In use.
    #[default]
    Active,
    /// In use, and to be changed.
    ActivePendingChange,
    /// Never came into use.
    Cancelled,
    /// Not in use yet.
    PendingActive,
    /// In use, and to be ended.
    PendingTerminate,
    /// Out of use for a time.
    Suspended,
    /// Ended.
    Terminated,
}

impl Status {
    /// The word of MEF for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::ActivePendingChange => "active.pendingChange",
            Self::Cancelled => "cancelled",
            Self::PendingActive => "pendingActive",
            Self::PendingTerminate => "pendingTerminate",
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
        }
    }

    /// Whether a service bills at all that stands here: one that was never accepted does not. What is ended bills up to its
    /// end, and what is suspended goes on.
    pub fn bills(self) -> bool {
        !matches!(self, Self::Cancelled | Self::PendingActive)
    }
}

/// A service as one side reports it, normalised. What is not given is empty, or 0.
///
/// Two sides' records compare field by field because each has one form only: `normalise` makes it, and
/// [`Record::check`] refuses any other.
#[record(Copy, Default, Ord)]
pub struct Record {
    /// The buyer's service id.
    pub buyer_id: Text<32>,
    /// The seller's service id.
    pub seller_id: Text<32>,
    /// Order number.
    pub order: Text<20>,
    /// A end: the country's two letters, then the site.
    pub a_end: Text<20>,
    /// Z end: the country's two letters, then the site.
    pub z_end: Text<20>,
    /// What is sold, by the code that the two sides use.
    pub product: Text<24>,
    /// Billing account.
    pub account: Text<16>,
    /// Bandwidth in bit/s.
    pub bandwidth: u64,
    /// Recurring charge without tax, in 10^-6 of the currency.
    pub recurring: u64,
    /// One-off charge without tax, in 10^-6 of the currency; of an interval of use, what its hours come to.
    pub one_off: u64,
    /// Currency, as ISO 4217 has it; three zeros where nothing is charged.
    pub currency: [u8; 3],
    /// First day.
    pub start: Day,
    /// The first day on which the service is not there any more.
    pub end: Option<Day>,
    /// The day since which bandwidth and recurring charge are what they are: the start, or that of the latest change.
    pub since: Day,
    /// Term in months.
    pub term: u16,
    /// Where it stands.
    pub status: Status,
}

/// The most that a record charges: 10^12 of the currency, in 10^-6 of it.
pub const MAX_CHARGE: u64 = 1_000_000_000_000_000_000;

/// The greatest bandwidth of a record: 10^14 bit/s.
pub const MAX_BANDWIDTH: u64 = 100_000_000_000_000;

/// The longest term of a record, in months.
pub const MAX_TERM: u16 = 1_200;

/// By which the records of a side are kept: what stands for its own name for the service.
#[record(Copy, Default, Ord)]
pub struct RecordId(pub [u8; 16]);

/// What a field holds, for comparing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content<'a> {
    /// Text or a code; empty where it is not given.
    Text(&'a [u8]),
    /// An amount, a bandwidth or a number of months.
    Number(u64),
    /// A day, if there is one.
    Day(Option<Day>),
    /// Where the service stands; there always is one.
    Status(Status),
}

/// What is wrong with a record, and where.
#[record(Copy)]
pub struct RecordFault {
    /// Which one of the record.
    pub field: Field,
    /// What is wrong with it.
    pub fault: FieldFault,
}

/// What is wrong with a field.
#[record(Copy, snake_case)]
pub enum FieldFault {
    /// It must be given.
    Missing,
    /// It is not in its normal form.
    NotNormal,
    /// It is more than is accepted.
    MaxExceeded,
    /// It is a day before the start.
    BeforeStart,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::NotNormal => "is not in its normal form",
            Self::MaxExceeded => "is more than is accepted",
            Self::BeforeStart => "is before the start",
        })
    }
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.fault)
    }
}

impl core::error::Error for RecordFault {}

impl Record {
    /// What a field holds.
    pub fn content(&self, field: Field) -> Content<'_> {
        match field {
            Field::BuyerId => Content::Text(self.buyer_id.as_bytes()),
            Field::SellerId => Content::Text(self.seller_id.as_bytes()),
            Field::Order => Content::Text(self.order.as_bytes()),
            Field::AEnd => Content::Text(self.a_end.as_bytes()),
            Field::ZEnd => Content::Text(self.z_end.as_bytes()),
            Field::Product => Content::Text(self.product.as_bytes()),
            Field::Account => Content::Text(self.account.as_bytes()),
            Field::Bandwidth => Content::Number(self.bandwidth),
            Field::Recurring => Content::Number(self.recurring),
            Field::OneOff => Content::Number(self.one_off),
            Field::Currency => Content::Text(&self.currency),
            Field::Start => Content::Day(Some(self.start)),
            Field::End => Content::Day(self.end),
            Field::Since => Content::Day(Some(self.since)),
            Field::Term => Content::Number(u64::from(self.term)),
            Field::Status => Content::Status(self.status),
        }
    }

    /// This record with another one's value in a field.
    pub fn with_field_of(mut self, other: &Self, field: Field) -> Self {
        match field {
            Field::BuyerId => self.buyer_id = other.buyer_id,
            Field::SellerId => self.seller_id = other.seller_id,
            Field::Order => self.order = other.order,
            Field::AEnd => self.a_end = other.a_end,
            Field::ZEnd => self.z_end = other.z_end,
            Field::Product => self.product = other.product,
            Field::Account => self.account = other.account,
            Field::Bandwidth => self.bandwidth = other.bandwidth,
            Field::Recurring => self.recurring = other.recurring,
            Field::OneOff => self.one_off = other.one_off,
            Field::Currency => self.currency = other.currency,
            Field::Start => self.start = other.start,
            Field::End => self.end = other.end,
            Field::Since => self.since = other.since,
            Field::Term => self.term = other.term,
            Field::Status => self.status = other.status,
        }
        self
    }

    /// By which `side` keeps the record.
    pub fn id(&self, side: Side) -> RecordId {
        Reported::id(self, side)
    }

    /// Whether the record can be taken from `side`.
    ///
    /// # Errors
    /// The first fault, in the order of the fields.
    pub fn check(&self, side: Side) -> Result<(), RecordFault> {
        match self.faults(side).next() {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    /// All that is wrong with the record, one fault a field at most, in the order of the fields.
    pub fn faults(&self, side: Side) -> impl Iterator<Item = RecordFault> + '_ {
        Field::ALL.into_iter().filter_map(move |field| {
            let fault = self.fault(field, side)?;
            Some(RecordFault { field, fault })
        })
    }

    fn fault(&self, field: Field, side: Side) -> Option<FieldFault> {
        let too_large = |exceeds: bool| exceeds.then_some(FieldFault::MaxExceeded);
        match field {
            Field::BuyerId | Field::SellerId | Field::Order | Field::Product | Field::Account => {
                let Content::Text(text) = self.content(field) else {
                    return None;
                };
                let padded = field == Field::Order && text.len() > 1 && text.starts_with(b"0");
                if text.is_empty() && (field == side.id_field() || field == Field::Product) {
                    return Some(FieldFault::Missing);
                }
                (!is_code(text) || padded).then_some(FieldFault::NotNormal)
            }
            Field::AEnd | Field::ZEnd => {
                let Content::Text(text) = self.content(field) else {
                    return None;
                };
                let normal = text.is_empty() || (is_code(text) && begins_with_country(text));
                (!normal).then_some(FieldFault::NotNormal)
            }
            Field::Bandwidth => too_large(self.bandwidth > MAX_BANDWIDTH),
            Field::Recurring => too_large(self.recurring > MAX_CHARGE),
            Field::OneOff => too_large(self.one_off > MAX_CHARGE),
            Field::Currency => {
                let charged = self.recurring > 0 || self.one_off > 0;
                match self.currency {
                    [0, 0, 0] => charged.then_some(FieldFault::Missing),
                    code => (!code.iter().all(u8::is_ascii_uppercase)).then_some(FieldFault::NotNormal),
                }
            }
            Field::Start => None,
            Field::End => match self.end {
                Some(end) => (end < self.start).then_some(FieldFault::BeforeStart),
                None => (self.status == Status::Terminated).then_some(FieldFault::Missing),
            },
            Field::Since => (self.since < self.start).then_some(FieldFault::BeforeStart),
            Field::Term => too_large(self.term > MAX_TERM),
            Field::Status => None,
        }
    }
}

/// What the engine needs of a record, whether it holds values or tags.
pub trait Reported: Copy + Default + PartialEq {
    /// What a field holds.
    fn content(&self, field: Field) -> Content<'_>;

    /// Whether the record can be taken from `side`.
    ///
    /// # Errors
    /// The first fault, in the order of the fields.
    fn check(&self, side: Side) -> Result<(), RecordFault>;

    /// By which `side` keeps the record.
    fn id(&self, side: Side) -> RecordId {
        match self.content(side.id_field()) {
            Content::Text(own) => RecordId::of(own),
            _ => RecordId::default(),
        }
    }
}

impl Reported for Record {
    fn content(&self, field: Field) -> Content<'_> {
        Record::content(self, field)
    }

    fn check(&self, side: Side) -> Result<(), RecordFault> {
        Record::check(self, side)
    }
}

impl RecordId {
    /// What stands for a side's own name for a service, which is normalised.
    pub fn of(own: &[u8]) -> Self {
        Self(digest(|state| {
            state.update(own);
        }))
    }

    /// All octets of one and the other: of a sum so made each member can be taken out again.
    pub(crate) fn toggled(mut self, other: Self) -> Self {
        for (octet, toggled) in self.0.iter_mut().zip(other.0) {
            *octet ^= toggled;
        }
        self
    }
}

/// The first 128 bits of Blake2b, as of `Blake2_128` in storage keys.
pub(crate) fn digest(update: impl FnOnce(&mut blake2b_simd::State)) -> [u8; 16] {
    let mut state = Params::new().hash_length(16).to_state();
    update(&mut state);
    let mut octets = [0; 16];
    for (octet, digested) in octets.iter_mut().zip(state.finalize().as_bytes()) {
        *octet = *digested;
    }
    octets
}
