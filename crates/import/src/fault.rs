//! What is wrong with a file, and where.

use crate::decimal::InvalidDecimal;
use interclear_primitives::{
    money::Currency,
    period::Period,
    service::{Service, Unit},
    tadig::Tadig,
};

/// Faults that are kept; of more only the number is told.
pub const MAX_FAULTS: usize = 100;

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reason {
    /// The file is not what it seems to be.
    #[error("{0}")]
    Unreadable(String),
    /// Something that must be there is not.
    #[error("is missing")]
    Missing,
    /// Something is of another kind, such as a list where there should be text.
    #[error("is not {0}")]
    NotA(&'static str),
    /// A number cannot be taken.
    #[error("`{text}` {why}")]
    Number {
        /// As written.
        text: String,
        /// Why not.
        why: InvalidDecimal,
    },
    /// A number whose point or comma may be decimal, or group its digits.
    #[error(
        "`{text}` may be {decimal} or {grouped}: name the decimal mark (`--decimal ,` or `--decimal .`)"
    )]
    Ambiguous {
        /// As written.
        text: String,
        /// With a decimal mark.
        decimal: String,
        /// With digits in groups.
        grouped: String,
    },
    /// A month written as a day of a spreadsheet. A warning: the month is taken.
    #[error("`{text}` is a day of a spreadsheet, taken as the month {period}")]
    DayNumber {
        /// As written.
        text: String,
        /// The month in which the day lies.
        period: Period,
    },
    /// A row that says what another one has said, in every column that is read. A warning: both count.
    #[error("is the same as {0} in every column, and both count: take one out if it was copied by mistake")]
    Repeated(String),
    /// No TAP charge where the contract states no rate either. A warning: the row comes to nothing.
    #[error("the contract states no rate for {0} and the file no charge: it comes to 0")]
    NeitherRateNorCharge(Service),
    /// Not a calendar month.
    #[error("`{0}` is not a calendar month; write 2026-11 or 202611")]
    Period(String),
    /// A month without an agreement.
    #[error("{period} is not within the term, {first} to {last}")]
    OutsideTerm {
        /// The month.
        period: Period,
        /// First month of the term.
        first: Period,
        /// Last month of the term.
        last: Period,
    },
    /// A date at which no calendar month begins or ends.
    #[error("`{0}` is not the first or last day of a month")]
    NotMonthEnd(String),
    /// Not a TADIG code.
    #[error("`{0}` is not a TADIG code: five characters, A-Z and 0-9")]
    Tadig(String),
    /// A TADIG code that the agreement does not know on this side.
    #[error("the agreement does not have {0} here")]
    UnknownTadig(Tadig),
    /// Both networks are known, but not together.
    #[error("no service group has subscribers of {home} in {visited}")]
    UnknownPair {
        /// Home network.
        home: Tadig,
        /// Visited network.
        visited: Tadig,
    },
    /// No spelling of a known service.
    #[error("`{0}` is not a known service")]
    Service(String),
    /// A service that nobody has agreed on.
    #[error("no line of the agreement prices {0}")]
    NoLine(Service),
    /// No spelling of a known unit.
    #[error("`{0}` is not a known unit")]
    Unit(String),
    /// The unit is that of another service.
    #[error("{service} is counted in {expected}, not in {found}")]
    UnitOfService {
        /// Of the row.
        service: Service,
        /// Its unit.
        expected: Unit,
        /// What is written.
        found: Unit,
    },
    /// IMSI-months of a service where they are counted for the group.
    #[error("access is priced for several services of the group: count IMSI-months under Network Access")]
    AccessOfSeveral,
    /// Not a currency code.
    #[error("`{0}` is not a currency: write an ISO 4217 code, such as EUR")]
    Currency(String),
    /// Another currency than the agreed one.
    #[error("is in {found}, not in {expected}")]
    OtherCurrency {
        /// Agreed.
        expected: Currency,
        /// Written.
        found: Currency,
    },
    /// The line settles at the TAP charge, and there is none.
    #[error("{0} settles at the TAP charge, and no charge is written")]
    NoCharge(Service),
    /// Not `inbound` or `outbound`.
    #[error("`{0}` is not a direction: write inbound or outbound")]
    Direction(String),
    /// The networks are those of the other direction.
    #[error("subscribers of {home} in {visited} are {other} in an earlier row")]
    DirectionChanges {
        /// Home network.
        home: Tadig,
        /// Visited network.
        visited: Tadig,
        /// What the earlier row says.
        other: &'static str,
    },
    /// The direction is how the other side sees it.
    #[error(
        "subscribers of {home} in {visited} are {other} for the operator of {network}, whose table this is"
    )]
    DirectionOfOther {
        /// Home network.
        home: Tadig,
        /// Visited network.
        visited: Tadig,
        /// What they are for the operator that has made the file.
        other: &'static str,
        /// A network of that operator.
        network: Tadig,
    },
    /// A word that is not among those that the format knows.
    #[error("`{found}` is none of: {known}")]
    Unknown {
        /// As written.
        found: String,
        /// What there is.
        known: String,
    },
    /// More entries than an agreement can hold.
    #[error("there are more than {0}")]
    MaxExceeded(u32),
    /// A column or an item that seems to hold what is read under another name only.
    #[error("is not read: call it {0} if it is that, or take it out")]
    Unread(&'static str),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

/// Something that is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    /// A path such as `inbound[3].usage`, or `row 17, column Usage`.
    pub place: String,
    /// What is wrong.
    pub reason: Reason,
}

/// Everything that is wrong with a file: the first [`MAX_FAULTS`], and how many more.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Faults {
    /// In the order of the file.
    pub list: Vec<Fault>,
    /// How many are left out.
    pub more: usize,
}

impl Faults {
    /// Just one.
    pub fn one(place: impl Into<String>, reason: Reason) -> Self {
        let mut faults = Self::default();
        faults.add(place, reason);
        faults
    }

    /// Takes a fault down.
    pub fn add(&mut self, place: impl Into<String>, reason: Reason) {
        if self.list.len() < MAX_FAULTS {
            self.list.push(Fault {
                place: place.into(),
                reason,
            });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Takes the faults of another list down, too.
    pub fn extend(&mut self, other: &Self) {
        for fault in &other.list {
            self.add(fault.place.clone(), fault.reason.clone());
        }
        self.more = self.more.saturating_add(other.more);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// `value`, unless something is wrong.
    ///
    /// # Errors
    /// The faults, if there are any.
    pub fn unless<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, fault) in self.list.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Faults {}
