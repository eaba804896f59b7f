//! Product inventories of fixed-line services (MEF 116, TMF637), as partners send them.
//!
//! Each entry is taken or refused for itself: what is wrong with one does not keep the others from being compared. Ids, days and
//! statuses are read as `interclear-matching` reads them, so that what is taken here can be reported.

use crate::{
    decimal::Decimal,
    fault::{Faults, Reason},
    node::{Cursor, Node},
};
use interclear_matching::{
    normalise::{end_day, identifier, status, Refusal},
    Day, InvalidDay, Status, Text,
};
use interclear_primitives::money::Currency;
use std::collections::BTreeMap;

/// When a price is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Charged {
    /// Over and over, each period of this name, such as `month`.
    Recurring(String),
    /// With the beginning, and never again.
    Once,
    /// By what is used, for each unit of this name, such as `hour`.
    UsageBased(String),
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
    pub start: Day,
    /// The day on which it ends, where that is known and before 2149-06-07.
    pub termination: Option<Day>,
    /// Its start as it is written, with the time.
    pub from: String,
    /// Its end likewise.
    pub until: Option<String>,
    /// What the seller calls the product, where that is told.
    pub offering: Option<String>,
    /// Recurring and other ones, in the order of the file.
    pub prices: Vec<ItemPrice>,
    /// The number of the order by which it came to be.
    pub order: Option<String>,
    /// The account that is billed.
    pub account: Option<String>,
    /// With its unit, where the configuration tells it.
    pub bandwidth: Option<String>,
    /// The agreed duration in months.
    pub months: Option<u32>,
    /// Its sites: the A end first, where roles say which it is, or else in their order.
    pub ends: Vec<Site>,
}

/// A site at which a service ends.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Site {
    /// As it is written.
    pub country: String,
    /// Its name.
    pub site: String,
}

/// What is known of an entry that was refused.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Names {
    /// The seller's name for it.
    pub id: Option<String>,
    /// The buyer's name for it.
    pub external_id: Option<String>,
}

/// What a partner's inventory says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Inventory {
    /// The entries with which nothing is wrong, in their order.
    pub entries: Vec<Entry>,
    /// What is wrong with the others, by entry and field: `[2].startDate`.
    pub faults: Faults,
    /// The entries that were refused, in their order.
    pub refused: Vec<Names>,
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
        let mut seen: BTreeMap<Text<32>, usize> = BTreeMap::new();
        for (index, cursor) in list.iter().enumerate() {
            let mut faults = Faults::default();
            let entry = entry(index, cursor, &mut faults);
            // The first of a name counts, whatever else is wrong with it.
            if let Some((id, normal)) = name(&cursor.member("id"), &mut Faults::default()) {
                let first = *seen.entry(normal).or_insert(index);
                if first != index {
                    let reason = format!("`{id}` is the id of [{first}] already");
                    faults.add(cursor.member("id").path(), Reason::Other(reason));
                }
            }
            match entry.filter(|_| faults.is_empty()) {
                Some(entry) => inventory.entries.push(entry),
                None => {
                    let name = |member| name(&cursor.member(member), &mut Faults::default());
                    inventory.refused.push(Names {
                        id: name("id").map(|(text, _)| text),
                        external_id: name("externalId").map(|(text, _)| text),
                    });
                }
            }
            inventory.faults.extend(&faults);
        }
        Ok(inventory)
    }
}

/// A name as it is written, and as it is compared.
fn name(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<(String, Text<32>)> {
    let text = words(cursor, faults)?;
    let normal = normal(cursor, &text, identifier(&text), faults)?;
    Some((text, normal))
}

/// What is compared of a text, unless it is refused.
fn normal<T>(cursor: &Cursor<'_>, text: &str, read: Result<T, Refusal>, faults: &mut Faults) -> Option<T> {
    read.inspect_err(|refusal| faults.add(cursor.path(), Reason::Other(format!("`{text}` {refusal}"))))
        .ok()
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
fn one_of(cursor: &Cursor<'_>, known: &[&'static str], faults: &mut Faults) -> Option<&'static str> {
    let found = words(cursor, faults)?;
    let word = known.iter().find(|word| word.eq_ignore_ascii_case(&found));
    if word.is_none() {
        let known = known.join(", ");
        faults.add(cursor.path(), Reason::Unknown { found, known });
    }
    word.copied()
}

fn entry(index: usize, cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Entry> {
    if !cursor.is_object() {
        faults.add(cursor.path(), Reason::NotA("an object"));
        return None;
    }
    let id = name(&cursor.member("id"), faults);
    let external_id = optional(&cursor.member("externalId"), faults);
    let stands = cursor.member("status");
    let stands = words(&stands, faults).and_then(|text| normal(&stands, &text, status(&text), faults));
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
    if let (Some(start), Some(Some(end))) = (&start, &termination) {
        // Whether or not both are days that there are.
        if end.text < start.text {
            let reason = format!("ends on {}, before it starts on {}", end.text, start.text);
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
    let order = match first(&cursor.member("productOrderItem")) {
        Some(item) => optional(&item.member("productOrderId"), faults),
        None => Some(None),
    };
    let account = cursor.member("billingAccount");
    let account = match account.is_object() {
        true => optional(&account.member("id"), faults),
        false => match first(&account) {
            Some(account) => optional(&account.member("id"), faults),
            None => Some(None),
        },
    };
    let bandwidth = bandwidth(&cursor.member("productConfiguration").member("bandwidth"), faults);
    let months = months(&cursor.member("productTerm"), faults);
    let sites = sites(&cursor.member("relatedSite"), faults);
    let (start, termination) = (start?, termination?);
    Some(Entry {
        index,
        id: id?.0,
        external_id: external_id?,
        status: stands?,
        start: start.day??,
        termination: match &termination {
            Some(end) => end.day?,
            None => None,
        },
        from: start.whole,
        until: termination.map(|end| end.whole),
        offering: offering?,
        prices: prices.into_iter().collect::<Option<_>>()?,
        order: order?,
        account: account?,
        bandwidth: bandwidth?,
        months: months?,
        ends: sites?,
    })
}

/// The first entry of a list; the cursor itself where it is not a list of entries.
fn first<'a>(cursor: &Cursor<'a>) -> Option<Cursor<'a>> {
    let list = cursor.is_there() && !cursor.is_object();
    list.then(|| cursor.entries(&mut Faults::default()).into_iter().next())
        .flatten()
}

/// `{ "amount": 100, "unit": "MBPS" }`, or text.
fn bandwidth(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Option<String>> {
    if !cursor.is_object() {
        return optional(cursor, faults);
    }
    let amount = cursor.member("amount").decimal(faults)?;
    let unit = ["unit", "units"].map(|name| cursor.member(name));
    let unit = unit
        .iter()
        .find(|unit| unit.is_there())
        .map_or(cursor, |unit| unit);
    let unit = words(unit, faults)?;
    let Ok(micro) = amount.exact(6) else {
        faults.add(cursor.path(), Reason::NotA("a bandwidth"));
        return None;
    };
    Some(Some(format!(
        "{}.{:06} {unit}",
        micro / 1_000_000,
        micro % 1_000_000
    )))
}

/// `{ "amount": 3, "units": "calendarYears" }` in months.
fn months(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Option<u32>> {
    let duration = match first(cursor) {
        Some(term) => term.member("duration"),
        None => return Some(None),
    };
    if !duration.is_there() {
        return Some(None);
    }
    let amount = duration.member("amount").decimal(faults)?;
    let unit = duration.member("units");
    let factor = match one_of(&unit, &["calendarMonths", "calendarYears"], faults)? {
        "calendarYears" => 12u32,
        _ => 1,
    };
    let amount = amount.exact(0).ok().and_then(|amount| u32::try_from(amount).ok());
    let found = amount.and_then(|amount| amount.checked_mul(factor));
    if found.is_none() {
        faults.add(duration.path(), Reason::NotA("a number of months"));
    }
    found.map(Some)
}

/// The sites whose country is told; without one an end is not known.
fn sites(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Vec<Site>> {
    if !cursor.is_there() {
        return Some(Vec::new());
    }
    let mut found: Vec<(bool, Site)> = Vec::new();
    for site in cursor.entries(faults) {
        let country = optional(&site.member("country"), faults)?;
        let name = optional(&site.member("id"), faults)?;
        let role = optional(&site.member("role"), faults)?.unwrap_or_default();
        let is_z = role.trim().to_ascii_uppercase().starts_with(['Z', 'B']);
        if let Some(country) = country {
            let site = Site {
                country,
                site: name.unwrap_or_default(),
            };
            found.push((is_z, site));
        }
    }
    found.sort_by_key(|(is_z, _)| *is_z);
    Some(found.into_iter().map(|(_, site)| site).collect())
}

fn price(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<ItemPrice> {
    let charged = match one_of(&cursor.member("priceType"), &Charged::KINDS, faults) {
        Some("recurring") => words(&cursor.member("recurringChargePeriod"), faults).map(Charged::Recurring),
        Some("usageBased") => words(&cursor.member("unitOfMeasure"), faults).map(Charged::UsageBased),
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
struct Written {
    /// Year, month and day, without the time behind them.
    text: String,
    /// With it.
    whole: String,
    /// `None` for one that the calendar does not have; within, `None` for one so late that it stands for no end.
    day: Option<Option<Day>>,
}

impl Written {
    /// Reads `2026-01-31`, alone or with a time behind it; `None` for what is not a date at all.
    fn read(cursor: &Cursor<'_>, faults: &mut Faults) -> Option<Self> {
        let text = words(cursor, faults)?;
        let day = end_day(&text);
        let is_date = !matches!(day, Err(Refusal::Day(InvalidDay::NotADate)));
        let date = text.get(..10).filter(|_| is_date).map(str::to_owned);
        let day = normal(cursor, date.as_deref().unwrap_or(&text), day, faults);
        Some(Self {
            text: date?,
            whole: text,
            day,
        })
    }
}
