//! One row, from whatever source: the one place where its fields are read.

use super::Usage;
use crate::{
    decimal::Decimal,
    fault::{Faults, Reason, MAX_FAULTS},
};
use interclear_primitives::{
    money::Currency,
    period::Period,
    service::{Service, Unit},
    tadig::Tadig,
    DAY,
};
use std::{borrow::Cow, collections::BTreeSet};

/// The direction as a usage file writes it, from the view of the side that made the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// `inbound`.
    Inbound,
    /// `outbound`.
    Outbound,
}

impl Label {
    /// Both, in the order of files.
    pub const BOTH: [Self; 2] = [Self::Inbound, Self::Outbound];

    /// As files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }

    /// The other one.
    pub const fn reverse(self) -> Self {
        match self {
            Self::Inbound => Self::Outbound,
            Self::Outbound => Self::Inbound,
        }
    }
}

/// Where a row stands in its file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum At {
    /// Index in the list of its direction.
    Entry(Label, usize),
    /// Row of a table, counted from 1 with the head.
    Line(u64),
}

/// A field of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Field {
    Period,
    Home,
    Visited,
    Service,
    Quantity,
    Unit,
    Charge,
    Direction,
    Tax,
    Currency,
}

impl Field {
    /// All, those of the 8-column table first and in its order.
    pub(crate) const ALL: [Self; 10] = [
        Self::Period,
        Self::Home,
        Self::Visited,
        Self::Service,
        Self::Quantity,
        Self::Unit,
        Self::Charge,
        Self::Direction,
        Self::Tax,
        Self::Currency,
    ];

    /// The head of its column.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Period => "Year_Month",
            Self::Home => "HPMN",
            Self::Visited => "VPMN",
            Self::Service => "Services Categorised",
            Self::Quantity => "Usage",
            Self::Unit => "Units",
            Self::Charge => "Charges",
            Self::Direction => "Direction",
            Self::Tax => "Taxes",
            Self::Currency => "Currency",
        }
    }

    /// Its name in JSON.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Period => "yearMonth",
            Self::Home => "homeTadig",
            Self::Visited => "visitorTadig",
            Self::Service => "service",
            Self::Quantity => "usage",
            Self::Unit => "units",
            Self::Charge => "charges",
            Self::Direction => "direction",
            Self::Tax => "taxes",
            Self::Currency => "currency",
        }
    }
}

/// Letters and digits of a name, small.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether a column or an item has a name of a field, however it is spaced or capitalised.
pub(super) fn spelled(field: Field, name: &str) -> bool {
    let others: &[&str] = match field {
        Field::Service => &["servicescategorized", "service", "services"],
        Field::Charge => &["charge", "tapcharge", "tapcharges"],
        Field::Tax => &["tax", "taxamount", "taptax", "taptaxes", "vat", "vatamount"],
        Field::Unit => &["unit"],
        Field::Currency => &["ccy", "curr", "currencycode"],
        _ => &[],
    };
    let name = folded(name);
    name == folded(field.column()) || name == folded(field.key()) || others.contains(&name.as_str())
}

/// The small words of a name: `Net amount`, `netAmount`, `Cr/Dr`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (small && letter.is_uppercase()) {
            words.push(String::new());
        }
        small = letter.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words of names that change what a row counts for.
const ALTERING: &[&str] = &[
    "sign",
    "vorzeichen",
    "signe",
    "signo",
    "segno",
    "cr",
    "dr",
    "dc",
    "soll",
    "haben",
    "net",
    "netto",
    "neto",
    "gross",
    "lordo",
    "status",
    "stato",
    "void",
    "scale",
    "multiplier",
    "factor",
    "faktor",
    "facteur",
    "correction",
    "valor",
    "bedrag",
];
/// How words begin that do: in English, German, French, Spanish, Portuguese, Italian and some others.
const ALTERING_STEMS: &[&str] = &[
    "correct",
    "corrig",
    "korrekt",
    "correc",
    "corre\u{e7}",
    "adjust",
    "ajust",
    "anpass",
    "revers",
    "storn",
    "storno",
    "cancel",
    "annul",
    "anul",
    "annull",
    "discount",
    "rabat",
    "remise",
    "descuent",
    "descont",
    "scont",
    "rebate",
    "refund",
    "credit",
    "cr\u{e9}dit",
    "kredit",
    "debit",
    "d\u{e9}bit",
    "d\u{e9}bito",
    "brut",
    "amount",
    "betrag",
    "betr\u{e4}g",
    "montant",
    "importe",
    "importo",
    "belopp",
    "bel\u{f8}",
    "kwota",
    "\u{441}\u{443}\u{43c}\u{43c}",
    "estado",
    "\u{e9}tat",
    "writeoff",
    "waive",
];

/// Whether what stands under a name may change what a row counts for: a correction, a sign, a status, another amount.
pub(super) fn alters(name: &str) -> bool {
    words(name).iter().any(|word| {
        ALTERING.contains(&word.as_str()) || ALTERING_STEMS.iter().any(|stem| word.starts_with(stem))
    })
}

/// Whether what stands beside all rows of a file under a name may change what they count for.
pub(super) fn alters_all(name: &str) -> bool {
    let of_all = [Field::Unit, Field::Currency];
    let counted = of_all.into_iter().any(|field| spelled(field, name));
    counted || alters(name) || seems(name) == Some(Field::Currency)
}

/// The field that a name which is none of a field's seems to stand for.
pub(super) fn seems(name: &str) -> Option<Field> {
    let name = folded(name);
    [
        (Field::Tax, &["tax", "vat", "gst"][..]),
        (Field::Currency, &["currency", "ccy", "curr"]),
        (
            Field::Charge,
            &[
                "charge", "amount", "cost", "price", "revenue", "fee", "betrag", "montant", "importe",
                "importo", "entgelt", "kosten", "preis",
            ],
        ),
        (Field::Direction, &["direction", "inbound", "outbound"]),
        (
            Field::Quantity,
            &["usage", "quantity", "volume", "minutes", "duration"],
        ),
    ]
    .into_iter()
    .find(|(_, words)| words.iter().any(|word| name.contains(word)))
    .map(|(field, _)| field)
}

/// What one service was used for in a month by the subscribers of one network in another.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Row {
    pub(crate) at: At,
    /// The direction as written.
    pub label: Label,
    /// The month.
    pub period: Period,
    /// Home network.
    pub home: Tadig,
    /// Visited network.
    pub visited: Tadig,
    /// By whatever name the file has for it.
    pub service: Service,
    /// What was used, in `unit`.
    pub quantity: Decimal,
    /// The unit; `None` where the file leaves it open, which means that of the service.
    pub unit: Option<Unit>,
    /// TAP charge without tax, where there is one.
    pub charge: Option<Decimal>,
    /// TAP tax, where there is one.
    pub tax: Option<Decimal>,
    /// Currency of both, where it is written.
    pub currency: Option<Currency>,
}

impl Row {
    /// Where a field of the row stands in its file.
    pub(crate) fn place(&self, field: Field) -> String {
        self.at.place(field)
    }

    /// Whether it counts for nothing, however often it comes.
    pub(super) fn is_nothing(&self) -> bool {
        let nothing = Decimal::default();
        let amounts = [Some(self.quantity), self.charge, self.tax];
        amounts.into_iter().flatten().all(|amount| amount == nothing)
    }

    /// All that it says, wherever it stands: the row as it would be at the head of a table.
    pub(super) fn said(&self) -> Self {
        Self {
            at: At::Line(0),
            ..self.clone()
        }
    }
}

impl At {
    /// Where the row stands in its file.
    pub(super) fn row(self) -> String {
        match self {
            Self::Entry(label, index) => format!("{}[{index}]", label.name()),
            Self::Line(line) => format!("row {line}"),
        }
    }

    /// Where a field stands in its file.
    pub(super) fn place(self, field: Field) -> String {
        match self {
            Self::Entry(label, index) => format!("{}[{index}].{}", label.name(), field.key()),
            Self::Line(line) => format!("row {line}, column {}", field.column()),
        }
    }
}

/// What a file says besides its rows.
#[derive(Default)]
pub(super) struct Found {
    /// What is wrong.
    pub(super) faults: Faults,
    /// What was taken, and should be looked at.
    pub(super) warnings: Faults,
    /// Months that have been warned of.
    warned: BTreeSet<String>,
}

impl Found {
    /// The rows of a table, which has some: one that is cut off below its head looks like a month without usage.
    pub(super) fn table(mut self, rows: Vec<Row>) -> Result<Usage, Faults> {
        if rows.is_empty() && self.faults.is_empty() {
            let reason = "it has a head and no rows; a month without usage is a row with a usage of 0";
            self.faults.add("file", Reason::Unreadable(reason.into()));
        }
        let without = rows.iter().filter(|row| row.unit.is_none()).count();
        if without > 0 {
            let rows = if without == 1 { "row has" } else { "rows have" };
            let reason = format!("{without} {rows} none: that of the service is taken");
            let place = format!("column {}", Field::Unit.column());
            self.warnings.add(place, Reason::Other(reason));
        }
        self.usage(rows)
    }

    /// The rows, unless something is wrong.
    pub(super) fn usage(self, rows: Vec<Row>) -> Result<Usage, Faults> {
        let mut usage = Usage {
            rows,
            warnings: self.warnings,
        };
        let repeated = usage.repeated();
        usage.warnings.extend(&repeated);
        self.faults.unless(usage)
    }

    /// The month in which a day of a spreadsheet lies; a warning names it, once for each day.
    fn day(&mut self, at: At, text: &str) -> Option<Period> {
        let period = month_of_day(text)?;
        if self.warned.len() < MAX_FAULTS && self.warned.insert(text.to_owned()) {
            let text = text.to_owned();
            self.warnings
                .add(at.place(Field::Period), Reason::DayNumber { text, period });
        }
        Some(period)
    }
}

/// The first and the last day, 1990-01-01 and 2099-12-31, that is taken for one: none of them looks like a month.
const DAYS: std::ops::RangeInclusive<u64> = 32_874..=73_050;
/// Number of the first of January 1970.
const EPOCH: u64 = 25_569;

/// The month of a day, counted as spreadsheets do.
fn month_of_day(text: &str) -> Option<Period> {
    let day: u64 = text.parse().ok().filter(|day| DAYS.contains(day))?;
    let moment = day.checked_sub(EPOCH)?.checked_mul(DAY)?;
    Some(Period::containing(moment))
}

/// The month that a text names, or in which the day of a spreadsheet lies.
pub(super) fn month(text: &str) -> Option<Period> {
    text.parse().ok().or_else(|| month_of_day(text))
}

/// The texts of a row's fields; `None` where a field is absent or empty.
pub(crate) type Texts<'a> = [Option<Cow<'a, str>>; Field::ALL.len()];

/// Reads a row. `label` is its direction where the file does not write it into the row.
pub(super) fn read(at: At, label: Option<Label>, texts: &Texts<'_>, found: &mut Found) -> Option<Row> {
    let day = texts
        .first()
        .and_then(Option::as_deref)
        .and_then(|text| found.day(at, text.trim()));
    let faults = &mut found.faults;
    let mut fields = Fields { at, texts, faults };
    let period = match day {
        Some(period) => Some(period),
        None => fields.required(Field::Period, |text| {
            text.parse().map_err(|_| Reason::Period(text.into()))
        }),
    };
    let home = fields.required(Field::Home, tadig);
    let visited = fields.required(Field::Visited, tadig);
    let service = fields.required(Field::Service, |text| {
        text.parse().map_err(|_| Reason::Service(text.into()))
    });
    let quantity = fields.required(Field::Quantity, decimal);
    let unit = fields.optional(Field::Unit, |text| {
        text.parse().map_err(|_| Reason::Unit(text.into()))
    });
    let charge = fields.optional(Field::Charge, decimal);
    let tax = fields.optional(Field::Tax, decimal);
    let currency = fields.optional(Field::Currency, |text| {
        text.parse().map_err(|_| Reason::Currency(text.into()))
    });
    let label = match label {
        Some(label) => Some(label),
        None => fields.required(Field::Direction, direction),
    };
    Some(Row {
        at,
        label: label?,
        period: period?,
        home: home?,
        visited: visited?,
        service: service?,
        quantity: quantity?,
        unit: unit?,
        charge: charge?,
        tax: tax?,
        currency: currency?,
    })
}

fn tadig(text: &str) -> Result<Tadig, Reason> {
    text.parse().map_err(|_| Reason::Tadig(text.into()))
}

fn decimal(text: &str) -> Result<Decimal, Reason> {
    text.parse().map_err(|why| Reason::Number {
        text: text.into(),
        why,
    })
}

fn direction(text: &str) -> Result<Label, Reason> {
    Label::BOTH
        .into_iter()
        .find(|label| text.eq_ignore_ascii_case(label.name()))
        .ok_or_else(|| Reason::Direction(text.into()))
}

/// The fields of a row while it is read.
struct Fields<'a, 'b> {
    at: At,
    texts: &'a Texts<'b>,
    faults: &'a mut Faults,
}

impl Fields<'_, '_> {
    fn text(&self, field: Field) -> Option<&str> {
        self.texts
            .get(field as usize)
            .and_then(Option::as_deref)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The value of a field that must be there; `None` when that has become a fault.
    fn required<T>(&mut self, field: Field, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        match self.optional(field, read)? {
            Some(value) => Some(value),
            None => {
                self.faults.add(self.at.place(field), Reason::Missing);
                None
            }
        }
    }

    /// The value of a field that may be left open; `None` when it has become a fault.
    fn optional<T>(&mut self, field: Field, read: impl Fn(&str) -> Result<T, Reason>) -> Option<Option<T>> {
        let Some(text) = self.text(field) else {
            return Some(None);
        };
        match read(text) {
            Ok(value) => Some(Some(value)),
            Err(reason) => {
                self.faults.add(self.at.place(field), reason);
                None
            }
        }
    }
}
