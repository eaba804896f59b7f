//! The usage table in a workbook: its first sheet.
//!
//! A workbook stores a number as a binary fraction and writes it down in decimal. The library hands out the fraction;
//! what is taken is its shortest decimal, which is what a spreadsheet shows when all its digits are asked for.

use super::{
    row::{self, At, Field},
    table::Columns,
    Usage,
};
use crate::fault::{Faults, Reason};
use calamine::{Data, Reader, Xlsx};
use std::{borrow::Cow, io::Cursor};

/// What a cell says; `None` for an empty one.
fn said(cell: &Data) -> Option<Cow<'_, str>> {
    Some(match cell {
        Data::Empty => return None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        Data::Float(number) => Cow::Owned(number.to_string()),
        Data::Int(number) => Cow::Owned(number.to_string()),
        Data::Bool(yes) => Cow::Owned(yes.to_string()),
        other => Cow::Owned(other.to_string()),
    })
}

pub(super) fn read(octets: &[u8]) -> Result<Usage, Faults> {
    let unreadable = |error: calamine::XlsxError| {
        Faults::one(
            "file",
            Reason::Unreadable(format!("this is no .xlsx workbook: {error}")),
        )
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(octets)).map_err(unreadable)?;
    let sheet = book.worksheet_range_at(0);
    let sheet = sheet
        .ok_or_else(|| Faults::one("file", Reason::Unreadable("the workbook has no sheet".into())))?
        .map_err(unreadable)?;
    let first = sheet.start().map_or(0, |(row, _)| u64::from(row));
    let mut lines = sheet.rows().zip(first.saturating_add(1)..);
    let (head, _) = lines
        .next()
        .ok_or_else(|| Faults::one("file", Reason::Unreadable("the first sheet is empty".into())))?;
    let columns = Columns::find(head.iter().map(|cell| said(cell).unwrap_or_default()))?;
    let mut faults = Faults::default();
    let mut rows = Vec::with_capacity(sheet.height());
    for (cells, line) in lines {
        if cells
            .iter()
            .all(|cell| said(cell).is_none_or(|text| text.trim().is_empty()))
        {
            continue;
        }
        // A date is stored as the number of a day, and an error or a truth value is none of ours.
        let mut sound = true;
        for field in Field::ALL {
            let cell = columns.of(field).and_then(|column| cells.get(column));
            let wrong = match cell {
                Some(Data::DateTime(_)) => {
                    "is a date of the spreadsheet: write a month as text, such as 2026-11".into()
                }
                Some(Data::Error(error)) => format!("is an error of the spreadsheet: {error}"),
                Some(Data::Bool(_)) => "is a truth value".to_owned(),
                _ => continue,
            };
            sound = false;
            faults.add(
                format!("row {line}, column {}", field.column()),
                Reason::Other(wrong),
            );
        }
        if sound {
            let texts = columns.texts(|column| cells.get(column).and_then(said));
            rows.extend(row::read(At::Line(line), None, &texts, &mut faults));
        }
    }
    faults.unless(Usage { rows })
}
