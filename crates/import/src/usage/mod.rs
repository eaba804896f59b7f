//! Usage of other systems: what was used, by month, networks and service.

mod format;
mod json;
pub(crate) mod number;
pub(crate) mod package;
mod row;
pub(crate) mod separated;
pub(crate) mod table;
mod titles;
pub(crate) mod xlsx;

pub use number::{DecimalMark, InvalidMark};
pub(crate) use row::Field;
pub use row::{Label, Row};

use crate::fault::{Faults, Reason};
use interclear_primitives::service::Service;
use std::{
    borrow::Cow,
    collections::{hash_map::Entry, HashMap},
};

/// The rows of a file, in its order. The same networks, month and service may come several times: they add up. Rows that say the same
/// in everything add up, too, and are warned of.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Usage {
    /// One for each line of the table that states usage.
    pub rows: Vec<Row>,
    /// What was taken and should be looked at, such as a month that is written as the number of a day.
    pub warnings: Faults,
}

/// What the first octets of a zip archive are, which an .xlsx file is.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";
/// What an old .xls file begins with.
pub(crate) const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

impl Usage {
    /// The rows that say what an earlier one has said, in every column that is read: both count, and one was maybe copied by
    /// mistake.
    pub fn repeated(&self) -> Faults {
        let mut repeated = Faults::default();
        let mut seen = HashMap::with_capacity(self.rows.len());
        for row in self.rows.iter().filter(|row| !row.is_nothing()) {
            match seen.entry(row.said()) {
                Entry::Occupied(first) => {
                    let first: &row::At = first.get();
                    repeated.add(row.at.row(), Reason::Repeated(first.row()));
                }
                Entry::Vacant(place) => {
                    place.insert(row.at);
                }
            }
        }
        repeated
    }

    /// The rows that state usage and no charge, by their place, with their service. A missing charge is not one of 0.
    pub fn uncharged(&self) -> Vec<(String, Service)> {
        let rows = self.rows.iter();
        let uncharged = rows.filter(|row| row.charge.is_none() && !row.is_nothing());
        uncharged
            .map(|row| (row.place(Field::Charge), row.service))
            .collect()
    }

    /// Reads JSON with `inbound` and `outbound` rows, or the usage table as .csv or .xlsx. Which of them it is, the
    /// content tells, not the name.
    ///
    /// # Errors
    /// All [`Faults`] with their places. Nothing is left out or guessed.
    pub fn read(octets: &[u8]) -> Result<Self, Faults> {
        Self::read_with(octets, None)
    }

    /// As [`Usage::read`]; `decimal` is the mark before the decimals of a table's numbers, where its writer is known.
    ///
    /// # Errors
    /// As [`Usage::read`]; or a mark is named for JSON, whose numbers have points.
    pub fn read_with(octets: &[u8], decimal: Option<DecimalMark>) -> Result<Self, Faults> {
        if octets.starts_with(ZIP) {
            return xlsx::read(octets, decimal);
        }
        let unreadable = |reason: &str| Err(Faults::one("file", Reason::Unreadable(reason.into())));
        if octets.starts_with(OLE) {
            return unreadable(
                "this is an old .xls workbook, or one with a password: save it as .xlsx without one, or as .csv",
            );
        }
        let text = text(octets)?;
        if !text.trim_start().starts_with(['{', '[']) {
            return table::read(&text, decimal);
        }
        match decimal {
            Some(DecimalMark::Comma) => unreadable("numbers in JSON have points: name no decimal comma"),
            decimal => json::read(&text, decimal),
        }
    }
}

/// The text of a file in UTF-8, or in UTF-16 as spreadsheets write "Unicode text": a byte order mark tells.
pub(crate) fn text(octets: &[u8]) -> Result<Cow<'_, str>, Faults> {
    let unreadable = |place: String, reason: &str| Faults::one(place, Reason::Unreadable(reason.into()));
    let order: fn([u8; 2]) -> u16 = match octets {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ if octets.contains(&0) => {
            let reason = "this is not text, or UTF-16 without a byte order mark: save it as UTF-8";
            return Err(unreadable("file".into(), reason));
        }
        _ => {
            let text = std::str::from_utf8(octets).map_err(|error| {
                let before = octets.get(..error.valid_up_to()).unwrap_or_default();
                let row = before
                    .iter()
                    .filter(|octet| **octet == b'\n')
                    .count()
                    .saturating_add(1);
                unreadable(
                    format!("row {row}"),
                    &format!("this is not UTF-8 text: {error}; save the file as UTF-8"),
                )
            })?;
            return Ok(Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)));
        }
    };
    let (pairs, rest) = octets.get(2..).unwrap_or_default().as_chunks();
    let read = char::decode_utf16(pairs.iter().map(|pair| order(*pair))).collect::<Result<String, _>>();
    match read {
        Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
        _ => Err(unreadable(
            "file".into(),
            "this is damaged UTF-16 text: save it as UTF-8",
        )),
    }
}
