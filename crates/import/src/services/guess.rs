//! What the columns of a table seem to hold: a map to start from, and what is to be looked at in it.

use super::{
    map::{day, day_and_time, lacks_offset, number, Dates, Map},
    sheet::{self, Content, Sheet},
    Column,
};
use crate::{
    fault::{Faults, Reason},
    usage::{table::HEAD_ROWS, DecimalMark},
};
use interclear_matching::{
    normalise::{self, Refusal},
    Side,
};
use interclear_primitives::money::Currency;
use std::collections::BTreeMap;

/// A map, as far as it can be guessed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Guess {
    /// What was found.
    pub map: Map,
    /// What must be decided before the map can be used.
    pub open: Vec<String>,
    /// The heads of columns that are not read.
    pub unread: Vec<String>,
}

/// Heads of columns, in capitals and without separators, by what they mean.
const HEADS: [(Column, &[&str]); 19] = [
    (
        Column::BuyerId,
        &[
            "BUYERID",
            "BUYERSERVICEID",
            "BUYERREFERENCE",
            "BUYERREF",
            "BUYERCIRCUITID",
            "CUSTOMERSERVICEID",
            "CUSTOMERCIRCUITID",
            "CUSTOMERREFERENCE",
            "CUSTOMERREF",
            "EXTERNALID",
            "CUSTOMERID",
        ],
    ),
    (
        Column::SellerId,
        &[
            "SELLERID",
            "SELLERSERVICEID",
            "SELLERREFERENCE",
            "SELLERREF",
            "SELLERCIRCUITID",
            "SUPPLIERID",
            "SUPPLIERSERVICEID",
            "SUPPLIERCIRCUITID",
            "SUPPLIERREFERENCE",
            "SUPPLIERREF",
            "VENDORCIRCUITID",
            "VENDORID",
            "VENDORREF",
            "PROVIDERCIRCUITID",
            "PROVIDERID",
            "CARRIERCIRCUITID",
            "CARRIERID",
        ],
    ),
    (
        Column::Order,
        &[
            "ORDER",
            "ORDERNUMBER",
            "ORDERNO",
            "ORDERID",
            "PO",
            "PON",
            "PONUMBER",
            "PURCHASEORDER",
            "PURCHASEORDERNUMBER",
            "ORDERREFERENCE",
        ],
    ),
    (
        Column::ACountry,
        &[
            "ACOUNTRY",
            "AENDCOUNTRY",
            "COUNTRYA",
            "SITEACOUNTRY",
            "COUNTRYAEND",
        ],
    ),
    (
        Column::ASite,
        &[
            "ASITE",
            "AEND",
            "AENDSITE",
            "SITEA",
            "LOCATIONA",
            "ALOCATION",
            "AENDLOCATION",
            "AENDSITEID",
        ],
    ),
    (
        Column::ZCountry,
        &[
            "ZCOUNTRY",
            "ZENDCOUNTRY",
            "COUNTRYZ",
            "SITEZCOUNTRY",
            "COUNTRYZEND",
            "BCOUNTRY",
            "BENDCOUNTRY",
            "COUNTRYB",
            "SITEBCOUNTRY",
        ],
    ),
    (
        Column::ZSite,
        &[
            "ZSITE",
            "ZEND",
            "ZENDSITE",
            "SITEZ",
            "LOCATIONZ",
            "ZLOCATION",
            "ZENDLOCATION",
            "ZENDSITEID",
            "BSITE",
            "BEND",
            "BENDSITE",
            "SITEB",
            "LOCATIONB",
        ],
    ),
    (
        Column::Product,
        &[
            "PRODUCT",
            "PRODUCTCODE",
            "PRODUCTOFFERING",
            "PRODUCTNAME",
            "SERVICETYPE",
            "SERVICE",
            "SERVICENAME",
        ],
    ),
    (
        Column::Account,
        &[
            "ACCOUNT",
            "BILLINGACCOUNT",
            "BILLINGACCOUNTNUMBER",
            "BAN",
            "ACCOUNTNUMBER",
            "ACCOUNTNO",
        ],
    ),
    (
        Column::Bandwidth,
        &["BANDWIDTH", "SPEED", "CAPACITY", "CIR", "BW"],
    ),
    (
        Column::Recurring,
        &[
            "RECURRING",
            "RECURRINGCHARGE",
            "MRC",
            "MONTHLYCHARGE",
            "MONTHLYRECURRINGCHARGE",
            "MONTHLYRENTAL",
            "RENTAL",
            "MONTHLYPRICE",
            "MONTHLYFEE",
        ],
    ),
    (
        Column::Hourly,
        &[
            "HOURLY",
            "HOURLYCHARGE",
            "HOURLYRATE",
            "HOURLYPRICE",
            "CHARGEPERHOUR",
            "RATEPERHOUR",
            "PRICEPERHOUR",
        ],
    ),
    (
        Column::OneOff,
        &[
            "ONEOFF",
            "ONEOFFCHARGE",
            "NRC",
            "ONETIMECHARGE",
            "NONRECURRINGCHARGE",
            "OTC",
            "SETUPFEE",
            "SETUPCHARGE",
            "INSTALLATIONCHARGE",
            "INSTALL",
        ],
    ),
    (Column::Currency, &["CURRENCY", "CCY", "CUR", "CURRENCYCODE"]),
    (
        Column::Start,
        &[
            "START",
            "STARTDATE",
            "ACTIVATIONDATE",
            "SERVICESTART",
            "SERVICESTARTDATE",
            "INSERVICEDATE",
            "RFSDATE",
            "BILLINGSTART",
            "BILLSTARTDATE",
            "BILLINGSTARTDATE",
            "ACCEPTANCEDATE",
            "LIVEDATE",
        ],
    ),
    (
        Column::End,
        &[
            "END",
            "ENDDATE",
            "TERMINATIONDATE",
            "CEASEDATE",
            "CEASEDDATE",
            "DISCONNECTDATE",
            "DISCONNECTIONDATE",
            "SERVICEEND",
            "SERVICEENDDATE",
            "BILLINGEND",
        ],
    ),
    (
        Column::Since,
        &[
            "SINCE",
            "PRICESINCE",
            "PRICEDATE",
            "PRICEEFFECTIVEDATE",
            "EFFECTIVEDATE",
            "LASTPRICECHANGE",
            "CHANGEDATE",
        ],
    ),
    (
        Column::Term,
        &[
            "TERM",
            "TERMMONTHS",
            "CONTRACTTERM",
            "CONTRACTTERMMONTHS",
            "MINIMUMTERM",
        ],
    ),
    (
        Column::Status,
        &[
            "STATUS",
            "STATE",
            "SERVICESTATUS",
            "CIRCUITSTATUS",
            "LIFECYCLESTATUS",
        ],
    ),
];

/// Heads of the column with a side's own name for a service, where no other says it.
const OWN: &[&str] = &[
    "ID",
    "SERVICEID",
    "CIRCUITID",
    "CIRCUIT",
    "CIRCUITREFERENCE",
    "SERVICEREFERENCE",
    "CIRCUITREF",
];

/// Rows that are looked at to find out how numbers and days are written.
const SAMPLE: usize = 10_000;

/// Guesses what the columns of a table hold.
///
/// # Errors
/// It cannot be read, is empty, or is JSON, which needs no map.
pub fn guess(octets: &[u8], side: Side) -> Result<Guess, Faults> {
    match sheet::read(octets)? {
        Content::Table(sheet) if !sheet.rows.is_empty() => Ok(of_sheet(&sheet, side)),
        Content::Table(_) => Err(Faults::one("file", Reason::Unreadable("it is empty".into()))),
        Content::Json(_) => {
            let reason = "this is JSON, whose members have their own names (MEF 116): it needs no map";
            Err(Faults::one("file", Reason::Unreadable(reason.into())))
        }
    }
}

/// Letters and digits, in capitals.
fn plain(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_uppercase()
}

/// Whether the head of a column is the very name of what it holds, rather than one of its other names.
fn is_own_name(head: &str, column: Column) -> bool {
    let head = plain(head);
    let mut all = HEADS.iter();
    all.any(|(of, heads)| *of == column && heads.first() == Some(&head.as_str()))
}

/// What the head of a column means, and what it says beside: a currency or a unit, as `MRC (EUR)`.
fn meaning(head: &str, side: Side) -> Option<(Column, Option<String>)> {
    let known = |text: &str| {
        let text = plain(text);
        let column = HEADS.iter().find(|(_, heads)| heads.contains(&text.as_str()));
        column
            .map(|(column, _)| *column)
            .or_else(|| OWN.contains(&text.as_str()).then(|| Column::own(side)))
    };
    if let Some(column) = known(head) {
        return Some((column, None));
    }
    let head = head.trim().trim_end_matches([')', ']']);
    let (before, beside) = head.rsplit_once(['(', '[', ' ', '_'])?;
    let before = before.trim().trim_end_matches(" in");
    Some((known(before)?, Some(beside.trim().to_owned())))
}

pub(super) fn of_sheet(sheet: &Sheet, side: Side) -> Guess {
    let meanings = |row: &sheet::Row| -> BTreeMap<Column, (String, Option<String>)> {
        let mut found: BTreeMap<Column, (String, Option<String>)> = BTreeMap::new();
        for cell in &row.cells {
            let Some((column, beside)) = meaning(&cell.text, side) else {
                continue;
            };
            // Of `Service` and `Product` the second is the product, wherever it stands.
            let better = match found.get(&column) {
                Some((before, _)) => is_own_name(&cell.text, column) && !is_own_name(before, column),
                None => true,
            };
            if better {
                found.insert(column, (cell.text.trim().to_owned(), beside));
            }
        }
        found
    };
    let rows = sheet.rows.iter().take(HEAD_ROWS).map(meanings).enumerate();
    let Some((head, found)) = rows.max_by_key(|(row, found)| (found.len(), std::cmp::Reverse(*row))) else {
        return Guess::default();
    };
    let mut guess = Guess::default();
    for (column, (name, beside)) in &found {
        guess.map.columns.insert(*column, name.clone());
        let Some(beside) = beside else { continue };
        match column {
            Column::Recurring | Column::Hourly | Column::OneOff if beside.parse::<Currency>().is_ok() => {
                guess.map.fixed.insert(Column::Currency, beside.clone());
            }
            Column::Bandwidth if normalise::bandwidth(&format!("1 {beside}")).is_ok() => {
                guess.map.bandwidth_unit = Some(beside.clone());
            }
            _ => {}
        }
    }
    if found.contains_key(&Column::Currency) {
        guess.map.fixed.remove(&Column::Currency);
    }
    let names = sheet.rows.get(head).into_iter().flat_map(|row| &row.cells);
    guess.unread = names
        .map(|cell| cell.text.trim().to_owned())
        .filter(|name| !name.is_empty() && !guess.map.columns.values().any(|read| read == name))
        .collect();
    let Ok((head, columns)) = guess.map.find(sheet) else {
        guess
            .open
            .push("two columns have the same head: rename one".into());
        return guess;
    };
    for column in [Column::own(side), Column::Product, Column::Start, Column::Status] {
        if !guess.map.columns.contains_key(&column) {
            let other = match column {
                Column::Product | Column::Status => ", or a value for all rows under [fixed]",
                _ => "",
            };
            guess.open.push(format!(
                "no column seems to hold {column}: name it under [columns]{other}"
            ));
        }
    }
    let charged = [Column::Recurring, Column::Hourly, Column::OneOff];
    let has = |column: &Column| guess.map.columns.contains_key(column);
    if charged.iter().any(has) && !has(&Column::Currency) && !guess.map.fixed.contains_key(&Column::Currency)
    {
        guess
            .open
            .push("no column seems to hold the currency: name it under [columns], or [fixed]".into());
    }
    let texts = |of: &[Column]| -> Vec<&str> {
        let places: Vec<usize> = of.iter().filter_map(|column| columns.place(*column)).collect();
        let rows = sheet.rows.iter().skip(head.saturating_add(1)).take(SAMPLE);
        rows.flat_map(|row| places.iter().filter_map(|place| row.cells.get(*place)))
            .map(|cell| cell.text.trim())
            .filter(|text| !text.is_empty())
            .collect()
    };
    for (country, site) in [
        (Column::ACountry, Column::ASite),
        (Column::ZCountry, Column::ZSite),
    ] {
        if !texts(&[site]).is_empty() && !guess.map.columns.contains_key(&country) {
            guess.open.push(format!(
                "no column seems to hold {country}, without which {site} is refused: name it under [columns], or a value for all rows \
                 under [fixed]"
            ));
        }
    }
    let times = texts(&[Column::Start, Column::End]);
    let is_by_hour = guess.map.columns.contains_key(&Column::Hourly);
    if is_by_hour && times.iter().any(|text| lacks_offset(day_and_time(text).1)) {
        let question =
            "times of use do not say how far they are from UTC: write utc_offset = \"+01:00\", or what it is";
        guess.open.push(question.into());
    }
    dates(&texts(&[Column::Start, Column::End, Column::Since]), &mut guess);
    decimal(&texts(&charged), &mut guess);
    let bare = |text: &&str| normalise::bandwidth(text) == Err(Refusal::NoUnit);
    if guess.map.bandwidth_unit.is_none() && texts(&[Column::Bandwidth]).iter().any(bare) {
        guess
            .open
            .push("bandwidths have no unit: write bandwidth_unit = \"Mbit/s\", or what it is".into());
    }
    guess
}

/// In which order days are written, if one order alone reads them all.
fn dates(texts: &[&str], guess: &mut Guess) {
    if texts.iter().all(|text| normalise::end_day(text).is_ok()) {
        return;
    }
    let reads = |dates: Dates| {
        let read = |text: &&str| day(text, dates).is_some_and(|day| normalise::end_day(&day).is_ok());
        texts.iter().filter(|text| read(text)).count()
    };
    // Days such as 2026-01-31 are read whatever the order; a few faults are those of rows, not of the order.
    let plain = texts
        .iter()
        .filter(|text| normalise::end_day(text).is_ok())
        .count();
    let counted = [Dates::Dmy, Dates::Mdy, Dates::Ymd].map(|dates| (reads(dates), dates));
    let most = counted.iter().map(|(count, _)| *count).max().unwrap_or_default();
    let mut best = counted.iter().filter(|(count, _)| *count == most);
    match (best.next(), best.next()) {
        (Some((_, dates)), None) => guess.map.dates = Some(*dates),
        _ if most > plain => {
            guess
                .open
                .push("days such as 01/02/2026 have two readings: write dates = \"DMY\" or \"MDY\"".into());
        }
        _ if plain == 0 => {
            guess
                .open
                .push("days are written in no known way: write 2026-01-31, 31.01.2026 or 01/31/2026".into());
        }
        _ => {}
    }
}

/// Which mark is before decimals, if one alone reads all numbers.
fn decimal(texts: &[&str], guess: &mut Guess) {
    if texts.iter().all(|text| normalise::charge(text).is_ok()) {
        return;
    }
    let reads = |mark: DecimalMark| {
        let read = |text: &&str| number(text, mark).is_some_and(|number| normalise::charge(&number).is_ok());
        texts.iter().filter(|text| read(text)).count()
    };
    match (reads(DecimalMark::Comma), reads(DecimalMark::Point)) {
        (comma, point) if comma > point => guess.map.decimal = Some(",".into()),
        (comma, point) if point > comma => guess.map.decimal = Some(".".into()),
        (0, 0) => {}
        _ => guess
            .open
            .push("numbers such as 4.000 have two readings: write decimal = \",\" or \".\"".into()),
    }
}
