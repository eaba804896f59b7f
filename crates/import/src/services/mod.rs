//! Inventories of fixed-line services as carriers' systems export them, as records that can be reported: tables (.csv, .xlsx) by
//! a map of their columns, and MEF 116 / TMF637 JSON.
//!
//! Each entry is taken or refused for itself, with its place and the field. What is read of an entry is normalised by
//! `interclear-matching` and by nothing else.

mod guess;
mod map;
mod mef;
mod profile;
mod sheet;

pub use guess::{guess, Guess};
pub use map::{Dates, Map};
pub use profile::{profile_text, read_profile};

use crate::fault::{Faults, Reason};
use interclear_matching::{
    normalise::{identifier, Refusal, Written},
    Field, Record, RecordId, Side, Text,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, fmt};

/// What a column of a table can hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the text of the field of its name")]
pub enum Column {
    BuyerId,
    SellerId,
    Order,
    ACountry,
    ASite,
    ZCountry,
    ZSite,
    Product,
    Account,
    Bandwidth,
    Recurring,
    /// The charge for an hour of use, from start to end.
    Hourly,
    OneOff,
    Currency,
    Start,
    End,
    Since,
    Term,
    Status,
}

impl Column {
    /// All of them, in the order of the fields.
    pub const ALL: [Self; 19] = [
        Self::BuyerId,
        Self::SellerId,
        Self::Order,
        Self::ACountry,
        Self::ASite,
        Self::ZCountry,
        Self::ZSite,
        Self::Product,
        Self::Account,
        Self::Bandwidth,
        Self::Recurring,
        Self::Hourly,
        Self::OneOff,
        Self::Currency,
        Self::Start,
        Self::End,
        Self::Since,
        Self::Term,
        Self::Status,
    ];

    /// The name that maps have for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BuyerId => "buyer_id",
            Self::SellerId => "seller_id",
            Self::Order => "order",
            Self::ACountry => "a_country",
            Self::ASite => "a_site",
            Self::ZCountry => "z_country",
            Self::ZSite => "z_site",
            Self::Product => "product",
            Self::Account => "account",
            Self::Bandwidth => "bandwidth",
            Self::Recurring => "recurring",
            Self::Hourly => "hourly",
            Self::OneOff => "one_off",
            Self::Currency => "currency",
            Self::Start => "start",
            Self::End => "end",
            Self::Since => "since",
            Self::Term => "term",
            Self::Status => "status",
        }
    }

    /// The column in which a side's own name for a service is.
    const fn own(side: Side) -> Self {
        match side {
            Side::Buyer => Self::BuyerId,
            Side::Seller => Self::SellerId,
        }
    }

    /// Whether a field of a record is made of it.
    fn makes(self, field: Field) -> bool {
        match field {
            Field::AEnd => matches!(self, Self::ACountry | Self::ASite),
            Field::ZEnd => matches!(self, Self::ZCountry | Self::ZSite),
            _ => self.name() == field.name(),
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What an inventory says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Services {
    /// The entries with which nothing is wrong, in their order.
    pub records: Vec<Record>,
    /// What is wrong with the others, by entry and field: `row 7, start`, `[2].startDate`.
    pub faults: Faults,
    /// The entries that were refused, by their ids as far as these could be read.
    pub refused: Vec<Option<RecordId>>,
    /// What was taken and should be looked at.
    pub warnings: Faults,
}

/// Reads an inventory of `side`. JSON needs no map; of a table without one the columns are guessed.
///
/// # Errors
/// The file cannot be read, the map does not fit it, or no map can be guessed.
pub fn read(octets: &[u8], side: Side, map: Option<&Map>) -> Result<Services, Faults> {
    match sheet::read(octets)? {
        sheet::Content::Json(text) => mef::read(&text, side),
        sheet::Content::Table(sheet) => {
            let guessed;
            let map = match map {
                Some(map) => map,
                None => {
                    let guess = guess::of_sheet(&sheet, side);
                    if !guess.open.is_empty() {
                        return Err(open(&guess));
                    }
                    guessed = guess.map;
                    &guessed
                }
            };
            table(sheet, side, map)
        }
    }
}

/// What a guess could not find out.
fn open(guess: &Guess) -> Faults {
    let mut faults = Faults::default();
    for question in &guess.open {
        faults.add("columns", Reason::Other(question.clone()));
    }
    let reason = "write the map of the columns to a file with `interclear inventory map`, complete it, and name it with --map";
    faults.add("columns", Reason::Other(reason.into()));
    faults
}

/// The longest text of a cell that is looked at: no field takes as much.
const MAX_CELL: usize = 1_000;

fn table(sheet: sheet::Sheet, side: Side, map: &Map) -> Result<Services, Faults> {
    let (head, columns) = map.find(&sheet)?;
    let width = sheet.rows.get(head).map_or(0, |row| row.cells.len());
    let mut collected = Collected::new(side);
    collected.services.warnings.extend(&sheet.warnings);
    let is_by_hour = columns.place(Column::Hourly).is_some() || map.fixed.contains_key(&Column::Hourly);
    for row in sheet.rows.into_iter().skip(head.saturating_add(1)) {
        if row
            .cells
            .iter()
            .all(|cell| cell.text.trim().is_empty() && cell.wrong.is_none())
        {
            continue;
        }
        let place = format!("row {}", row.line);
        // A separator within a text would move every cell after it into the next column.
        let counts = row.cells.len() == width || (sheet.ragged && row.cells.len() <= width);
        if !counts {
            let reason = format!("has {} cells, and the head has {width}", row.cells.len());
            collected.refuse(None, &[(place, Reason::Other(reason))]);
            continue;
        }
        let at = |column: Column| format!("{place}, {}", columns.said(column));
        let mut texts: HashMap<Column, String> = HashMap::new();
        let mut wrong = Vec::new();
        for column in Column::ALL {
            let cell = columns.place(column).and_then(|place| row.cells.get(place));
            match cell {
                Some(cell) if cell.wrong.is_some() => {
                    let reason = cell.wrong.clone().unwrap_or_default();
                    wrong.push((at(column), Reason::Other(reason)));
                }
                Some(cell) if cell.text.len() > MAX_CELL => {
                    let reason = format!("has {} octets, and no field has as many", cell.text.len());
                    wrong.push((at(column), Reason::Other(reason)));
                }
                cell => {
                    let text = cell.map_or("", |cell| cell.text.trim());
                    // Of days nobody wants to read a time that nobody has written.
                    let text = match is_by_hour && matches!(column, Column::Start | Column::End) {
                        true => text,
                        false => text.strip_suffix(sheet::MIDNIGHT).unwrap_or(text),
                    };
                    texts.insert(column, map.said(column, text));
                }
            }
        }
        collected.take(&texts, wrong, at);
    }
    Ok(collected.services)
}

/// Entries one after the other, each with a name of its own.
struct Collected {
    side: Side,
    services: Services,
    seen: HashMap<Text<32>, String>,
}

impl Collected {
    fn new(side: Side) -> Self {
        Self {
            side,
            services: Services::default(),
            seen: HashMap::new(),
        }
    }

    fn refuse(&mut self, id: Option<RecordId>, reasons: &[(String, Reason)]) {
        for (place, reason) in reasons {
            self.services.faults.add(place.clone(), reason.clone());
        }
        self.services.refused.push(id);
    }

    /// Takes an entry, whose fields are at the places `at`, unless something is wrong with it.
    fn take(
        &mut self,
        texts: &HashMap<Column, String>,
        mut wrong: Vec<(String, Reason)>,
        at: impl Fn(Column) -> String,
    ) {
        let text = |column| texts.get(&column).map_or("", String::as_str);
        let written = Written {
            buyer_id: text(Column::BuyerId),
            seller_id: text(Column::SellerId),
            order: text(Column::Order),
            a_country: text(Column::ACountry),
            a_site: text(Column::ASite),
            z_country: text(Column::ZCountry),
            z_site: text(Column::ZSite),
            product: text(Column::Product),
            account: text(Column::Account),
            bandwidth: text(Column::Bandwidth),
            recurring: text(Column::Recurring),
            hourly: text(Column::Hourly),
            one_off: text(Column::OneOff),
            currency: text(Column::Currency),
            start: text(Column::Start),
            end: text(Column::End),
            since: text(Column::Since),
            term: text(Column::Term),
            status: text(Column::Status),
        };
        let read = written.record(self.side);
        for (field, refusal) in read.as_ref().err().into_iter().flatten() {
            let of_field = || Column::ALL.into_iter().filter(|column| column.makes(*field));
            // What was refused as a cell is not refused again as a field that is missing.
            if of_field().any(|column| wrong.iter().any(|(place, _)| *place == at(column))) {
                continue;
            }
            // Of an end the country is what cannot be read, or the site is.
            let column = match refusal {
                Refusal::UnknownCountry => of_field().next(),
                Refusal::Hourly | Refusal::RecurringToo => Some(Column::Hourly),
                _ => of_field().next_back(),
            };
            let written = column.map_or("", text);
            let reason = match written.is_empty() {
                true if *refusal == Refusal::UnknownCountry => {
                    "is missing, and the site beside it is not; write two letters, such as DE".into()
                }
                true => refusal.to_string(),
                false => format!("`{written}` {refusal}"),
            };
            wrong.push((
                column.map_or_else(|| field.to_string(), &at),
                Reason::Other(reason),
            ));
        }
        let own: Option<Text<32>> = identifier(text(Column::own(self.side))).ok();
        let own = own.filter(|own| !own.is_empty());
        if let Some(own) = own {
            let here = at(Column::own(self.side));
            let first = self.seen.entry(own).or_insert_with(|| here.clone());
            // The first of a name counts, whatever else is wrong with it.
            if *first != here {
                let reason = format!("`{}` is in {first} already", text(Column::own(self.side)));
                wrong.push((here, Reason::Other(reason)));
            }
        }
        match (read, wrong.is_empty()) {
            (Ok(record), true) => self.services.records.push(record),
            _ => self.refuse(own.map(|own| RecordId::of(own.as_bytes())), &wrong),
        }
    }
}
