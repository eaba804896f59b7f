//! The fields of a record, and sets of them.

use core::fmt;
use interclear_record::record;

/// A field of a record.
#[record(Copy, Ord, snake_case)]
pub enum Field {
    /// The buyer's service id.
    BuyerId,
    /// The seller's service id.
    SellerId,
    /// The number of the order by which the service came to be.
    Order,
    /// One end: country and site.
    AEnd,
    /// The other end: country and site.
    ZEnd,
    /// What is sold, by the code that the two sides use.
    Product,
    /// The account that is billed.
    Account,
    /// In bit/s.
    Bandwidth,
    /// What is charged over and over, for a month.
    Recurring,
    /// What is charged once, with the start; of an interval of use, what its hours come to.
    OneOff,
    /// The currency of both charges.
    Currency,
    /// The first day.
    Start,
    /// The day on which the service is not there any more.
    End,
    /// The day since which bandwidth and recurring charge are what they are.
    Since,
    /// The duration that was agreed.
    Term,
    /// Where the service stands.
    Status,
}

impl Field {
    /// All fields, in their order.
    pub const ALL: [Self; 16] = [
        Self::BuyerId,
        Self::SellerId,
        Self::Order,
        Self::AEnd,
        Self::ZEnd,
        Self::Product,
        Self::Account,
        Self::Bandwidth,
        Self::Recurring,
        Self::OneOff,
        Self::Currency,
        Self::Start,
        Self::End,
        Self::Since,
        Self::Term,
        Self::Status,
    ];

    /// Number of fields.
    pub const COUNT: usize = Self::ALL.len();

    /// The name that tables and profiles have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BuyerId => "buyer_id",
            Self::SellerId => "seller_id",
            Self::Order => "order",
            Self::AEnd => "a_end",
            Self::ZEnd => "z_end",
            Self::Product => "product",
            Self::Account => "account",
            Self::Bandwidth => "bandwidth",
            Self::Recurring => "recurring",
            Self::OneOff => "one_off",
            Self::Currency => "currency",
            Self::Start => "start",
            Self::End => "end",
            Self::Since => "since",
            Self::Term => "term",
            Self::Status => "status",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of fields, one bit for each.
#[record(Copy, Default, Ord)]
pub struct FieldSet(pub u16);

impl FieldSet {
    /// No field.
    pub const NONE: Self = Self(0);

    /// This set and the field.
    pub fn with(self, field: Field) -> Self {
        Self(self.0 | bit(field))
    }

    /// Whether the field is in it.
    pub fn contains(self, field: Field) -> bool {
        self.0 & bit(field) != 0
    }

    /// Whether no field is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Number of its fields.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its fields, in their order.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |field| self.contains(*field))
    }
}

impl FromIterator<Field> for FieldSet {
    fn from_iter<T: IntoIterator<Item = Field>>(fields: T) -> Self {
        fields.into_iter().fold(Self::NONE, Self::with)
    }
}

fn bit(field: Field) -> u16 {
    1u16.checked_shl(field as u32).unwrap_or_default()
}
