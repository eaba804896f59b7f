//! Tables as they are, before anybody knows what their columns hold.

use crate::{
    fault::{Faults, Reason},
    usage::{
        self, package, separated, table,
        xlsx::{self, Lines},
    },
};
use calamine::{Data, Reader, SheetType, SheetVisible, Xlsx};
use interclear_matching::Day;
use std::io::Cursor;

/// A cell, as text.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Why what is in it cannot be taken.
    pub(super) wrong: Option<String>,
}

/// A row that is not empty.
pub(super) struct Row {
    /// Its number in the file, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<Cell>,
}

/// A table.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    /// Whether cells at the end of a row may be left out when they are empty.
    pub(super) ragged: bool,
    pub(super) warnings: Faults,
}

/// What a file holds.
pub(super) enum Content {
    Json(String),
    Table(Sheet),
}

fn unreadable(reason: impl Into<String>) -> Faults {
    Faults::one("file", Reason::Unreadable(reason.into()))
}

/// Reads a file. What it is, the content tells, not the name.
pub(super) fn read(octets: &[u8]) -> Result<Content, Faults> {
    if octets.starts_with(usage::ZIP) {
        return workbook(octets).map(Content::Table);
    }
    if octets.starts_with(usage::OLE) {
        return Err(unreadable(
            "this is an old .xls workbook, or one with a password: save it as .xlsx without one, or as .csv",
        ));
    }
    let text = usage::text(octets)?;
    if text.trim_start().starts_with(['{', '[']) {
        return Ok(Content::Json(text.into_owned()));
    }
    let (separator, text, first) = table::separator(&text);
    let records = separated::read(text, separator, first)
        .map_err(|(line, reason)| Faults::one(format!("row {line}"), Reason::Unreadable(reason.into())))?;
    let plain = |text| Cell { text, wrong: None };
    let rows = records.into_iter().map(|record| Row {
        line: record.line,
        cells: record.cells.into_iter().map(plain).collect(),
    });
    Ok(Content::Table(Sheet {
        rows: rows.collect(),
        ..Sheet::default()
    }))
}

/// The one visible sheet of a workbook that is not empty.
fn workbook(octets: &[u8]) -> Result<Sheet, Faults> {
    let package = package::check(octets)?;
    let mut book: xlsx::Book<'_> =
        Xlsx::new(Cursor::new(octets)).map_err(|error| xlsx::unreadable(&error))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let from_1904 = book.has_1904_epoch();
    let mut found: Option<(String, Sheet)> = None;
    for name in names {
        let mut lines = Lines::of(&mut book, &name)?;
        let mut rows = Vec::new();
        while let Some(line) = lines.line()? {
            let last = line.cells.keys().next_back().copied().unwrap_or_default();
            let cell = |column| {
                line.cells
                    .get(&column)
                    .map(|cell| said(cell, package.stale, from_1904))
                    .unwrap_or_default()
            };
            rows.push(Row {
                line: line.number(),
                cells: (0..=last).map(cell).collect(),
            });
        }
        match &found {
            _ if rows.is_empty() => {}
            Some((first, _)) => {
                let reason = format!("there are tables on several sheets, `{first}` and `{name}`: leave one");
                return Err(unreadable(reason));
            }
            None => {
                let sheet = Sheet {
                    rows,
                    ragged: true,
                    ..Sheet::default()
                };
                found = Some((name, sheet));
            }
        }
    }
    let (_, mut sheet) = found.ok_or_else(|| unreadable("the workbook has no visible sheet with a table"))?;
    for (part, first) in package.hidden {
        let reason = format!("{first} is hidden, and maybe others: what is hidden is read as any other");
        sheet
            .warnings
            .add(format!("sheet in {part}"), Reason::Other(reason));
    }
    Ok(sheet)
}

/// The number of 1970-01-01 among the days of a spreadsheet that count from 1900.
const EPOCH: f64 = 25_569.0;

/// What is behind the days of a workbook that have no time, and behind those that begin with one.
pub(super) const MIDNIGHT: &str = " 00:00:00";

/// What a cell of a workbook says.
fn said(cell: &xlsx::Cell, stale: bool, from_1904: bool) -> Cell {
    let wrong = |reason: &str| Cell {
        text: String::new(),
        wrong: Some(reason.into()),
    };
    match &cell.value {
        Data::Empty if cell.formula => {
            wrong("is a formula without a stored result: let a spreadsheet calculate and save it")
        }
        _ if cell.formula && stale => wrong(
            "is a formula whose stored result may be out of date: let a spreadsheet calculate and save it",
        ),
        Data::Error(error) => wrong(&format!("is an error of the spreadsheet: {error}")),
        Data::Bool(_) => wrong("is a truth value"),
        Data::DurationIso(_) => wrong("is a duration"),
        Data::Float(number) if number.abs() >= xlsx::EXACT => {
            wrong("is larger than a workbook keeps exactly: write text")
        }
        Data::DateTime(date) if !date.is_datetime() => wrong("is a duration"),
        Data::DateTime(date) => {
            let shift = if from_1904 { xlsx::EPOCHS_APART } else { 0.0 };
            let day = date.as_f64().floor() + shift - EPOCH;
            if (0.0..=f64::from(u16::MAX)).contains(&day) {
                let seconds = ((date.as_f64().fract() * 86_400.0).round() as u32).min(86_399);
                let day = Day(day as u16);
                let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
                return Cell {
                    text: format!("{day} {hours:02}:{minutes:02}:{seconds:02}"),
                    wrong: None,
                };
            }
            // A day so late that it stands for no end.
            match day > 0.0 {
                true => Cell {
                    text: "9999-12-31".into(),
                    wrong: None,
                },
                false => wrong("is a day before 1970"),
            }
        }
        value => Cell {
            text: xlsx::said(value).into_owned(),
            wrong: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn day_of_a_workbook_should_have_its_time_behind_it() {
        // 46,326 is 2026-10-31.
        for (number, text) in [
            (46_326.0, "2026-10-31 00:00:00"),
            (46_326.5, "2026-10-31 12:00:00"),
            (46_326.0 + 81_059.0 / 86_400.0, "2026-10-31 22:30:59"),
            // A day is never the next one, however close it is.
            (46_326.999_999_9, "2026-10-31 23:59:59"),
        ] {
            let cell = xlsx::Cell {
                value: Data::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false)),
                formula: false,
            };
            let read = said(&cell, false, false);
            assert_eq!((read.text.as_str(), read.wrong), (text, None));
        }
    }
}
