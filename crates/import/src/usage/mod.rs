//! Usage of other systems: what was used, by month, networks and service.

mod json;
mod row;
mod separated;
mod table;
mod xlsx;

pub(crate) use row::Field;
pub use row::{Label, Row};

use crate::fault::{Faults, Reason};

/// The rows of a file, in its order. The same networks, month and service may come several times: they add up.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Usage {
    /// The rows.
    pub rows: Vec<Row>,
}

/// What the first octets of a zip archive are, which an .xlsx file is.
const ZIP: &[u8] = b"PK\x03\x04";
/// What an old .xls file begins with.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

impl Usage {
    /// Reads JSON with `inbound` and `outbound` rows, or the usage table as .csv or .xlsx. Which of them it is, the
    /// content tells, not the name.
    ///
    /// # Errors
    /// All [`Faults`] with their places. Nothing is left out or guessed.
    pub fn read(octets: &[u8]) -> Result<Self, Faults> {
        if octets.starts_with(ZIP) {
            return xlsx::read(octets);
        }
        if octets.starts_with(OLE) {
            let reason = "this is an old .xls workbook: save it as .xlsx or .csv";
            return Err(Faults::one("file", Reason::Unreadable(reason.into())));
        }
        let text = std::str::from_utf8(octets).map_err(|error| {
            Faults::one(
                "file",
                Reason::Unreadable(format!("this is no UTF-8 text: {error}")),
            )
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with(['{', '[']) {
            json::read(text)
        } else {
            table::read(text)
        }
    }
}
