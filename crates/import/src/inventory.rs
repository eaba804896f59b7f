//! Product inventories of fixed-line services (MEF 116, TMF637), as partners send them.
//!
//! Each entry is taken or refused for itself: what is wrong with one does not keep the others from being compared.

use crate::{
    decimal::Decimal,
    fault::{Faults, Reason},
    node::{Cursor, Node},
};
use interclear_primitives::{money::Currency, period::Period, DAY};
use std::collections::BTreeMap;

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// Year and month.
    pub month: Period,
    /// The day of the month, from 1.
    pub day: u8,
}

/// Where a service stands (MEF 116, product status).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// In use.
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
    const ALL: [(Self, &'static str); 7] = [
        (Self::Active, "active"),
        (Self::ActivePendingChange, "active.pendingChange"),
        (Self::Cancelled, "cancelled"),
        (Self::PendingActive, "pendingActive"),
        (Self::PendingTerminate, "pendingTerminate"),
        (Self::Suspended, "suspended"),
        (Self::Terminated, "terminated"),
    ];
}

/// When a price is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Charged {
    /// Over and over, each period of this name, such as `month`.
    Recurring(String),
    /// With the beginning, and never again.
    Once,
    /// By what is used.
    UsageBased,
}

impl Charged {
    const KINDS: [&'static str; 3] = ["recurring", "nonRecurring", "usageBased"];
}

/// A price of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemPrice {
    /// When it is due.
    pub charged: Charged,
    /// ISO 4217 code.
    pub currency: Currency,
    /// The amount without tax.
    pub amount: Decimal,
}

/// A service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its index in the list.
    pub index: usize,
    /// The seller's name for it.
    pub id: String,
    /// The buyer's name for it, where there is one.
    pub external_id: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Its first day.
    pub start: Date,
    /// The day on which it ends, where that is known.
    pub termination: Option<Date>,
    /// What the seller calls the product, where that is told.
    pub offering: Option<String>,
    /// Recurring and other ones, in the order of the file.
    pub prices: Vec<ItemPrice>,
}

/// What a partner's inventory says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Inventory {
    /// The entries with which nothing is wrong, in their order.
    pub entries: Vec<Entry>,
    /// What is wrong with the others, by entry and field: `[2].startDate`.
    pub faults: Faults,
}

impl Inventory {
    /// Reads the JSON list of a partner.
    ///
    /// # Errors
    /// It is no JSON list.
    pub fn read(text: &str) -> Result<Self, Faults> {
        let document = Node::read(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        let mut unreadable = Faults::default();
        let list = Cursor::new(&document).entries(&mut unreadable);
        if !unreadable.is_empty() {
            return Err(unreadable);
        }
        let mut inventory = Self::default();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (index, cursor) in list.iter().enumerate() {
            let mut faults = Faults::default();
            let entry = entry(index, cursor, &mut faults);
            // The first of a name counts, whatever else is wrong with it.
            if let Some(id) = words(&cursor.member("id"), &mut Faults::default()) {
                let first = *seen.entry(normalised(&id)).or_insert(index);
                if first != index {
                    let reason = format!("`{id}` is the id of [{first}] already");
                    faults.add(cursor.member("id").path(), Reason::Other(reason));
                }
            }
            inventory.entries.extend(entry.filter(|_| faults.is_empty()));
            inventory.faults.extend(&faults);
        }
        Ok(inventory)
    }
}

/// A name as it is compared: in capitals, without what separates its parts.
fn normalised(id: &str) -> String {
    let letters = id.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_uppercase).collect()
}

/// Text that must be there, and not be empty.
fn words(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<String> {
    let text = cursor.text(faults)?.trim();
    if text.is_empty() {
        faults.add(cursor.path(), Reason::Missing);
        return None;
    }
    Some(text.to_owned())
}

/// As [`words`], of text that may be left out; `None` after a fault.
fn optional(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Option<String>> {
    match cursor.is_there() {
        true => words(cursor, faults).map(Some),
        false => Some(None),
    }
}

/// One of the words that there are, in whatever letters.
fn one_of<T: Copy>(
    cursor: &Cursor<'_>,
    known: impl Iterator<Item = (T, &'static str)> + Clone,
    faults: &mut Faults,
) -> Option<T> {
    let found = words(cursor, faults)?;
    let value = known.clone().find(|(_, word)| word.eq_ignore_ascii_case(&found));
    if value.is_none() {
        let known: Vec<&str> = known.map(|(_, word)| word).collect();
        let known = known.join(", ");
        faults.add(cursor.path(), Reason::Unknown { found, known });
    }
    value.map(|(value, _)| value)
}

fn entry(index: usize, cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Entry> {
    if !cursor.is_object() {
        faults.add(cursor.path(), Reason::NotA("an object"));
        return None;
    }
    let id = words(&cursor.member("id"), faults);
    let external_id = optional(&cursor.member("externalId"), faults);
    let status = one_of(&cursor.member("status"), Status::ALL.into_iter(), faults);
    let start = Written::read(&cursor.member("startDate"), faults);
    let ends = cursor.member("terminationDate");
    let termination = match ends.is_there() {
        true => Written::read(&ends, faults).map(Some),
        false => Some(None),
    };
    let updated = cursor.member("lastUpdateDate");
    if updated.is_there() {
        Written::read(&updated, faults);
    }
    if let (Some(start), Some(Some(end))) = (start, termination) {
        // Whether or not both are days that there are.
        if end.digits < start.digits {
            let reason = format!("ends on {end}, before it starts on {start}");
            faults.add(ends.path(), Reason::Other(reason));
        }
    }
    let offering = cursor.member("productOffering");
    let offering = match offering.is_there() {
        true => optional(&offering.member("id"), faults),
        false => Some(None),
    };
    let prices = cursor.member("productPrice");
    let prices: Vec<Option<ItemPrice>> = match prices.is_there() {
        true => prices
            .entries(faults)
            .iter()
            .map(|one| price(one, faults))
            .collect(),
        false => Vec::new(),
    };
    Some(Entry {
        index,
        id: id?,
        external_id: external_id?,
        status: status?,
        start: start?.date?,
        termination: match termination? {
            Some(end) => Some(end.date?),
            None => None,
        },
        offering: offering?,
        prices: prices.into_iter().collect::<Option<_>>()?,
    })
}

fn price(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<ItemPrice> {
    let kinds = Charged::KINDS.iter().map(|kind| (*kind, *kind));
    let charged = match one_of(&cursor.member("priceType"), kinds, faults) {
        Some("recurring") => words(&cursor.member("recurringChargePeriod"), faults).map(Charged::Recurring),
        Some("usageBased") => Some(Charged::UsageBased),
        Some(_) => Some(Charged::Once),
        None => None,
    };
    let amount = cursor.member("price").member("dutyFreeAmount");
    let unit = amount.member("unit");
    let currency = words(&unit, faults).and_then(|text| {
        let read = text.parse().ok();
        if read.is_none() {
            faults.add(unit.path(), Reason::Currency(text));
        }
        read
    });
    let amount = amount.member("value").decimal(faults);
    Some(ItemPrice {
        charged: charged?,
        currency: currency?,
        amount: amount?,
    })
}

/// A date as it is written, and the day that it is.
#[derive(Clone, Copy)]
struct Written {
    /// Year, month and day.
    digits: [u32; 3],
    /// `None` for one that the calendar does not have.
    date: Option<Date>,
}

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [year, month, day] = self.digits;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Written {
    /// Reads `2026-01-31`, alone or with a time behind a `T`.
    fn read(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Self> {
        let text = words(cursor, faults)?;
        let date = text.split_once('T').map_or(text.as_str(), |(date, _)| date);
        let number = |part: Option<&str>, length: usize| {
            let part = part.filter(|part| part.len() == length)?;
            let plain = part.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten()
        };
        let mut parts = date.split('-');
        let read = [4, 2, 2].map(|length| number(parts.next(), length));
        let ([Some(year), Some(month), Some(day)], None) = (read, parts.next()) else {
            let reason = format!("`{text}` is not a date; write 2026-01-31");
            faults.add(cursor.path(), Reason::Other(reason));
            return None;
        };
        let date = Period::new(year, month).ok().and_then(|month| {
            let days = month.end().saturating_sub(month.start()) / DAY;
            let within = (1..=days).contains(&u64::from(day));
            let day = u8::try_from(day).ok().filter(|_| within)?;
            Some(Date { month, day })
        });
        let written = Self {
            digits: [year, month, day],
            date,
        };
        if date.is_none() {
            let reason = format!("the calendar has no {written}");
            faults.add(cursor.path(), Reason::Other(reason));
        }
        Some(written)
    }
}
