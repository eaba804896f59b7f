//! The usage table: a head, and one row each. As text here; the columns are found for the workbook, too.

use super::{
    row::{self, At, Field, Texts},
    separated::{self, Record},
    Usage,
};
use crate::fault::{Faults, Reason};
use std::borrow::Cow;

/// Which column holds which field, in the order of [`Field::ALL`].
pub(super) struct Columns([Option<usize>; Field::ALL.len()]);

impl Columns {
    /// Finds the columns by the head. Charges may be left out, as systems without them do; taxes and currency are extra.
    pub(super) fn find<'a>(head: impl Iterator<Item = Cow<'a, str>>) -> Result<Self, Faults> {
        let head: Vec<String> = head.map(|name| folded(&name)).collect();
        let mut columns = [None; Field::ALL.len()];
        let mut faults = Faults::default();
        for (field, column) in Field::ALL.into_iter().zip(&mut columns) {
            let mut places = head
                .iter()
                .enumerate()
                .filter(|(_, name)| spelled(field, name))
                .map(|(place, _)| place);
            *column = places.next();
            let place = || format!("column {}", field.column());
            if places.next().is_some() {
                faults.add(place(), Reason::Other("is there twice".into()));
            }
            let optional = matches!(field, Field::Charge | Field::Tax | Field::Currency);
            if column.is_none() && !optional {
                faults.add(place(), Reason::Missing);
            }
        }
        faults.unless(Self(columns))
    }

    /// The texts of a row, whose cells `cell` reads.
    pub(super) fn texts<'a>(&self, cell: impl Fn(usize) -> Option<Cow<'a, str>>) -> Texts<'a> {
        self.0.map(|column| column.and_then(&cell))
    }

    /// The column of a field.
    pub(super) fn of(&self, field: Field) -> Option<usize> {
        self.0.get(field as usize).copied().flatten()
    }
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn spelled(field: Field, name: &str) -> bool {
    let others: &[&str] = match field {
        Field::Service => &["servicescategorized", "servicecategorised", "service", "services"],
        Field::Charge => &["charge"],
        Field::Tax => &["tax"],
        Field::Unit => &["unit"],
        _ => &[],
    };
    name == folded(field.column()) || others.contains(&name)
}

pub(super) fn read(text: &str) -> Result<Usage, Faults> {
    let head = text.lines().next().unwrap_or_default();
    // Spreadsheets of some countries separate by semicolons.
    let separator = [',', ';', '\t']
        .into_iter()
        .max_by_key(|separator| head.matches(*separator).count())
        .unwrap_or(',');
    let records = separated::read(text, separator)
        .map_err(|(line, reason)| Faults::one(format!("row {line}"), Reason::Unreadable(reason.into())))?;
    let mut records = records.iter();
    let head = records
        .next()
        .ok_or_else(|| Faults::one("file", Reason::Unreadable("it is empty".into())))?;
    let columns = Columns::find(head.cells.iter().map(|name| Cow::Borrowed(name.as_str())))?;
    let mut faults = Faults::default();
    let mut rows = Vec::new();
    for Record { line, cells } in records {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // A comma within a number would move every cell after it into the next column.
        let width = head.cells.len();
        if cells.len() != width {
            let reason = format!("has {} cells, and the head has {width}", cells.len());
            faults.add(format!("row {line}"), Reason::Other(reason));
            continue;
        }
        let texts = columns.texts(|column| cells.get(column).map(|cell| Cow::Borrowed(cell.as_str())));
        rows.extend(row::read(At::Line(*line), None, &texts, &mut faults));
    }
    faults.unless(Usage { rows })
}
