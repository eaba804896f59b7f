//! The one form of each field, whatever systems write.
//!
//! | field | form |
//! |---|---|
//! | ids, products, accounts | `A` to `Z` and `0` to `9`; blanks, dashes and punctuation are left out |
//! | order numbers | likewise, without zeros in front |
//! | ends | the two letters of the country (ISO 3166-1), then the site as an id |
//! | bandwidth | bit/s |
//! | charges | 10^-6 of the currency |
//! | use by the hour | the one-off charge that an interval comes to, and the days in UTC in which it lies |
//! | currency | ISO 4217; `SDR` is `XDR` |
//! | days | days of the calendar; 9999-12-31 and the like for "without end" is no end |
//! | status | MEF 116 |
//!
//! What has two readings is refused, not guessed: a bandwidth without a unit, `MB` (octets or bits?), a comma in a number,
//! a letter beyond ASCII in an id, a time of use without its offset from UTC.

mod bandwidth;
mod interval;

pub use bandwidth::bandwidth;
pub use interval::{moment, used};

use crate::{
    countries::country,
    day::{Day, InvalidDay},
    field::Field,
    record::{FieldFault, Record, Side, Status, MAX_CHARGE},
    text::Text,
};
use alloc::{string::String, vec::Vec};
use core::fmt;

/// Why text cannot be taken for a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It is empty, or nothing but separators.
    Empty,
    /// It has a letter that is neither a separator nor `A` to `Z` or `0` to `9`.
    ForeignLetter(char),
    /// Its normal form has more octets than this.
    MaxLengthExceeded(usize),
    /// It is not a number; digits with a point are.
    NotANumber,
    /// It is negative.
    Negative,
    /// It has more decimals than can be kept.
    MaxDecimalsExceeded,
    /// It is more than is accepted.
    MaxExceeded,
    /// It is a number without a unit.
    NoUnit,
    /// It has a unit that is not known.
    UnknownUnit,
    /// `B` stands for octets, but who writes it for bandwidth often means bits.
    OctetsOrBits,
    /// It is not a country: neither a code of ISO 3166-1 nor an English name.
    UnknownCountry,
    /// It is not three letters, as a currency has.
    UnknownCurrency,
    /// It is not a day.
    Day(InvalidDay),
    /// It is none of the words for where a service stands.
    UnknownStatus,
    /// It is not a charge for an hour.
    Hourly,
    /// There is a recurring charge beside the one for an hour.
    RecurringToo,
    /// It is not a time with its offset from UTC.
    NotATime,
    /// Use ends when it begins, or before.
    NotAfterStart,
    /// Use goes on for longer than a month.
    LongerThanAMonth,
    /// It can be read, but not in this record.
    Field(FieldFault),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::ForeignLetter(letter) => {
                write!(f, "has the letter `{letter}`; write A to Z and 0 to 9")
            }
            Self::MaxLengthExceeded(most) => {
                write!(f, "has more than {most} letters and digits")
            }
            Self::NotANumber => f.write_str("is not a number; write digits with a point"),
            Self::Negative => f.write_str("is negative"),
            Self::MaxDecimalsExceeded => f.write_str("has more decimals than are kept"),
            Self::MaxExceeded => f.write_str("is more than is accepted"),
            Self::NoUnit => f.write_str("has no unit; write 100 Mbit/s"),
            Self::UnknownUnit => f.write_str("has an unknown unit; write 100 Mbit/s"),
            Self::OctetsOrBits => f.write_str("may be octets or bits; write 100 Mbit/s"),
            Self::UnknownCountry => f.write_str("is an unknown country; write two letters, such as DE"),
            Self::UnknownCurrency => f.write_str("is an unknown currency; write three letters, such as EUR"),
            Self::Day(InvalidDay::NotADate) => f.write_str("is not a date; write 2026-01-31"),
            Self::Day(InvalidDay::NotInCalendar) => f.write_str("is not in the calendar"),
            Self::Day(InvalidDay::OutOfRange) => f.write_str("is before 1970 or after 2149-06-06"),
            Self::UnknownStatus => f.write_str(
                "is an unknown status; the words are active, active.pendingChange, cancelled, pendingActive, \
                 pendingTerminate, suspended and terminated",
            ),
            Self::Hourly => f.write_str("is not a charge for an hour; write digits with a point, such as 2.50"),
            Self::RecurringToo => f.write_str(
                "is a charge for an hour beside a recurring one; leave one of them empty, and report what is charged by the month as a \
                 record of its own",
            ),
            Self::NotATime => f.write_str(
                "is not a time with its offset from UTC, by which use is counted; write 2026-01-31T14:00Z or 2026-01-31T15:00+01:00",
            ),
            Self::NotAfterStart => f.write_str("is not after the start, so that nothing was used"),
            Self::LongerThanAMonth => f.write_str(
                "is more than a month after the start: hours are charged from the one to the other, so report what was used in each month as \
                 an interval of its own",
            ),
            Self::Field(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for Refusal {}

/// What stands between the parts of an id and means nothing: blanks of all kinds, punctuation, and dashes and marks without
/// width as text systems put in.
fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_ascii_punctuation()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}')
}

/// In capitals, without separators.
fn capitals(text: &str) -> Result<String, Refusal> {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_uppercase()),
            letter if is_separator(letter) => {}
            letter => return Err(Refusal::ForeignLetter(letter)),
        }
    }
    Ok(out)
}

fn bounded<const N: usize>(text: &str) -> Result<Text<N>, Refusal> {
    Text::new(text.as_bytes()).ok_or(Refusal::MaxLengthExceeded(N))
}

/// A service id, product or account. Text that is empty or blank is a field that is not given.
///
/// # Errors
/// [`Refusal::ForeignLetter`], [`Refusal::MaxLengthExceeded`]; [`Refusal::Empty`] where there is nothing but separators: `---`
/// is a way to say "none" that could be one to say "not known".
pub fn identifier<const N: usize>(text: &str) -> Result<Text<N>, Refusal> {
    let capitals = capitals(text)?;
    if capitals.is_empty() && !text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    bounded(&capitals)
}

/// An order number: as [`identifier`], without zeros in front.
///
/// # Errors
/// As [`identifier`].
pub fn order<const N: usize>(text: &str) -> Result<Text<N>, Refusal> {
    let all: Text<64> = identifier(text)?;
    let digits = all.as_str().trim_start_matches('0');
    match (digits.is_empty(), all.is_empty()) {
        (true, false) => bounded("0"),
        _ => bounded(digits),
    }
}

/// An end: country and site. Both may be missing, the site alone, but not the country alone.
///
/// # Errors
/// As [`identifier`]; [`Refusal::UnknownCountry`].
pub fn end<const N: usize>(country_of: &str, site: &str) -> Result<Text<N>, Refusal> {
    let site: Text<64> = identifier(site)?;
    if country_of.trim().is_empty() && site.is_empty() {
        return Ok(Text::EMPTY);
    }
    // Names of countries have letters with accents, too; what is not known is a country that is not.
    let written = capitals(country_of).map_err(|_| Refusal::UnknownCountry)?;
    let code = country(&written).ok_or(Refusal::UnknownCountry)?;
    let mut whole = String::new();
    whole.extend(code.iter().copied().map(char::from));
    whole.push_str(site.as_str());
    bounded(&whole)
}

/// A charge, in 10^-6 of the currency: digits, with a point where there are decimals.
///
/// # Errors
/// [`Refusal::NotANumber`], [`Refusal::Negative`], [`Refusal::MaxDecimalsExceeded`], [`Refusal::MaxExceeded`].
pub fn charge(text: &str) -> Result<u64, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    decimal(text, 6).and_then(|micro| match micro <= MAX_CHARGE {
        true => Ok(micro),
        false => Err(Refusal::MaxExceeded),
    })
}

/// Digits with a point, in 10^-`places`.
fn decimal(text: &str, places: usize) -> Result<u64, Refusal> {
    if let Some(positive) = text.strip_prefix('-') {
        return match decimal(positive, places) {
            Err(Refusal::NotANumber) => Err(Refusal::NotANumber),
            _ => Err(Refusal::Negative),
        };
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return Err(Refusal::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(Refusal::MaxDecimalsExceeded);
    }
    let zeros = core::iter::repeat_n(b'0', places.saturating_sub(fraction.len()));
    let mut digits = whole.bytes().chain(fraction.bytes()).chain(zeros);
    digits
        .try_fold(0u64, |number, digit| {
            number
                .checked_mul(10)?
                .checked_add(u64::from(digit.saturating_sub(b'0')))
        })
        .ok_or(Refusal::MaxExceeded)
}

/// A currency.
///
/// # Errors
/// [`Refusal::UnknownCurrency`] for what is not three letters.
pub fn currency(text: &str) -> Result<[u8; 3], Refusal> {
    let written = text.trim();
    if written.is_empty() {
        return Ok([0; 3]);
    }
    let code: [u8; 3] = written
        .as_bytes()
        .try_into()
        .map_err(|_| Refusal::UnknownCurrency)?;
    let code = code.map(|letter| letter.to_ascii_uppercase());
    match &code {
        b"SDR" => Ok(*b"XDR"),
        letters if letters.iter().all(u8::is_ascii_uppercase) => Ok(code),
        _ => Err(Refusal::UnknownCurrency),
    }
}

/// A day.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::Day`].
pub fn day(text: &str) -> Result<Day, Refusal> {
    match text.trim() {
        "" => Err(Refusal::Empty),
        text => text.parse().map_err(Refusal::Day),
    }
}

/// The day of an end; `None` where there is no end: no text, or a day so late that it stands for none.
///
/// # Errors
/// [`Refusal::Day`].
pub fn end_day(text: &str) -> Result<Option<Day>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(day) => Ok(Some(day)),
            Err(InvalidDay::OutOfRange) if text > "2149" => Ok(None),
            Err(invalid) => Err(Refusal::Day(invalid)),
        },
    }
}

/// A number of months.
///
/// # Errors
/// [`Refusal::NotANumber`], [`Refusal::Negative`], [`Refusal::MaxExceeded`].
pub fn term(text: &str) -> Result<u16, Refusal> {
    match text.trim() {
        "" => Ok(0),
        text => decimal(text, 0)
            .map_err(|refusal| match refusal {
                Refusal::MaxDecimalsExceeded => Refusal::NotANumber,
                other => other,
            })
            .and_then(|months| u16::try_from(months).map_err(|_| Refusal::MaxExceeded)),
    }
}

/// Words for where a service stands, in capitals and without separators: those of MEF 116, then those of other systems.
const STATUSES: [(&str, Status); 20] = [
    ("ACTIVE", Status::Active),
    ("ACTIVEPENDINGCHANGE", Status::ActivePendingChange),
    ("CANCELLED", Status::Cancelled),
    ("PENDINGACTIVE", Status::PendingActive),
    ("PENDINGTERMINATE", Status::PendingTerminate),
    ("SUSPENDED", Status::Suspended),
    ("TERMINATED", Status::Terminated),
    ("CANCELED", Status::Cancelled),
    ("CEASED", Status::Terminated),
    ("DISCONNECTED", Status::Terminated),
    ("ENDED", Status::Terminated),
    ("INSERVICE", Status::Active),
    ("LIVE", Status::Active),
    ("ONORDER", Status::PendingActive),
    ("ORDERED", Status::PendingActive),
    ("PENDING", Status::PendingActive),
    ("PENDINGCEASE", Status::PendingTerminate),
    ("PENDINGDISCONNECT", Status::PendingTerminate),
    ("PENDINGCHANGE", Status::ActivePendingChange),
    ("UNDERCHANGE", Status::ActivePendingChange),
];

/// Where a service stands.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::UnknownStatus`].
pub fn status(text: &str) -> Result<Status, Refusal> {
    let written = capitals(text).map_err(|_| Refusal::UnknownStatus)?;
    if written.is_empty() {
        return Err(Refusal::Empty);
    }
    STATUSES
        .iter()
        .find(|(word, _)| *word == written)
        .map(|(_, status)| *status)
        .ok_or(Refusal::UnknownStatus)
}

/// A record as a table or a document has it: text, empty where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[allow(missing_docs, reason = "each is the text of the field of its name")]
pub struct Written<'a> {
    pub buyer_id: &'a str,
    pub seller_id: &'a str,
    pub order: &'a str,
    pub a_country: &'a str,
    pub a_site: &'a str,
    pub z_country: &'a str,
    pub z_site: &'a str,
    pub product: &'a str,
    pub account: &'a str,
    pub bandwidth: &'a str,
    pub recurring: &'a str,
    /// The charge for an hour of use, from `start` to `end`, which then are times; it is in place of `recurring` and `since`.
    pub hourly: &'a str,
    pub one_off: &'a str,
    pub currency: &'a str,
    pub start: &'a str,
    pub end: &'a str,
    /// The start where it is empty.
    pub since: &'a str,
    pub term: &'a str,
    pub status: &'a str,
}

/// Days of a record, and what was used in them.
#[derive(Default)]
struct Days {
    start: Day,
    end: Option<Day>,
    since: Day,
    used: u64,
}

impl Written<'_> {
    /// The record that `side` reports.
    ///
    /// # Errors
    /// All refusals, by field.
    pub fn record(&self, side: Side) -> Result<Record, Vec<(Field, Refusal)>> {
        let mut refused = Vec::new();
        let recurring = take(Field::Recurring, charge(self.recurring), &mut refused);
        let hourly = charge(self.hourly).map_err(|_| Refusal::Hourly);
        let hourly = take(Field::Recurring, hourly, &mut refused);
        let days = match hourly {
            0 => self.days(&mut refused),
            _ => self.interval(hourly, &mut refused),
        };
        if hourly > 0 && recurring > 0 {
            refused.push((Field::Recurring, Refusal::RecurringToo));
        }
        let one_off = take(Field::OneOff, charge(self.one_off), &mut refused);
        let record = Record {
            buyer_id: take(Field::BuyerId, identifier(self.buyer_id), &mut refused),
            seller_id: take(Field::SellerId, identifier(self.seller_id), &mut refused),
            order: take(Field::Order, order(self.order), &mut refused),
            a_end: take(Field::AEnd, end(self.a_country, self.a_site), &mut refused),
            z_end: take(Field::ZEnd, end(self.z_country, self.z_site), &mut refused),
            product: take(Field::Product, identifier(self.product), &mut refused),
            account: take(Field::Account, identifier(self.account), &mut refused),
            bandwidth: take(Field::Bandwidth, bandwidth(self.bandwidth), &mut refused),
            recurring,
            one_off: one_off.saturating_add(days.used),
            currency: take(Field::Currency, currency(self.currency), &mut refused),
            start: days.start,
            end: days.end,
            since: days.since,
            term: take(Field::Term, term(self.term), &mut refused),
            status: take(Field::Status, status(self.status), &mut refused),
        };
        // A day that cannot be read is not before another one.
        let unread = |field| refused.iter().any(|(refused, _)| *refused == field);
        let further: Vec<_> = record
            .faults(side)
            .filter(|found| !unread(found.field))
            .filter(|found| found.fault != FieldFault::BeforeStart || !unread(Field::Start))
            .map(|found| (found.field, Refusal::Field(found.fault)))
            .collect();
        refused.extend(further);
        refused.sort_by_key(|(field, _)| *field);
        match refused.is_empty() {
            true => Ok(record),
            false => Err(refused),
        }
    }

    fn days(&self, refused: &mut Vec<(Field, Refusal)>) -> Days {
        Days {
            start: take(Field::Start, day(self.start), refused),
            end: take(Field::End, end_day(self.end), refused),
            since: match self.since.trim() {
                "" => day(self.start).unwrap_or_default(),
                since => take(Field::Since, day(since), refused),
            },
            used: 0,
        }
    }

    /// The same of an interval of use. Whatever was charged before it, its price is one of its own.
    fn interval(&self, hourly: u64, refused: &mut Vec<(Field, Refusal)>) -> Days {
        let from = take(Field::Start, moment(self.start).map(Some), refused);
        let until = take(Field::End, moment(self.end).map(Some), refused);
        let start = from.map(interval::day_of).unwrap_or_default();
        let charged = match from.zip(until) {
            Some((from, until)) if until <= from => Err((Field::End, Refusal::NotAfterStart)),
            Some((from, until)) if until.saturating_sub(from) > interval::LONGEST => {
                Err((Field::End, Refusal::LongerThanAMonth))
            }
            Some((from, until)) => {
                used(hourly, until.saturating_sub(from)).map_err(|refusal| (Field::OneOff, refusal))
            }
            None => Ok(0),
        };
        Days {
            start,
            end: until.map(interval::end_of),
            since: start,
            used: charged.unwrap_or_else(|fault| {
                refused.push(fault);
                0
            }),
        }
    }
}

/// What was read, or nothing and the refusal noted.
fn take<T: Default>(field: Field, read: Result<T, Refusal>, refused: &mut Vec<(Field, Refusal)>) -> T {
    read.unwrap_or_else(|refusal| {
        refused.push((field, refusal));
        T::default()
    })
}
