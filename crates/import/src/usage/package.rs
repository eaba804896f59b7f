//! The archive that a workbook is: whether it may be opened, and what it says of its formulas.

use crate::fault::{Faults, Reason};
use quick_xml::{
    events::{BytesStart, Event},
    Reader,
};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;

/// Octets of a part that is held in memory, unpacked: texts, formats, relations.
const MAX_HELD: u64 = 64 << 20;
/// Octets of a sheet, which is read cell by cell.
const MAX_SHEET: u64 = 512 << 20;
/// Octets of all parts together.
const MAX_ALL: u64 = 1 << 30;

/// Unpacks every part once, and keeps nothing: what an archive says of its sizes need not be true. Tells whether stored
/// results of formulas may be out of date.
///
/// # Errors
/// It is damaged, or comes to more than a workbook of usage does.
pub(super) fn check(octets: &[u8]) -> Result<bool, Faults> {
    let unreadable = |reason: String| Faults::one("file", Reason::Unreadable(reason));
    let damaged =
        |error: &dyn std::fmt::Display| unreadable(format!("this is not an .xlsx workbook: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(octets)).map_err(|error| damaged(&error))?;
    let mut stale = false;
    let mut left = MAX_ALL;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        let is_sheet = name.contains("worksheets/");
        let limit = if is_sheet { MAX_SHEET } else { MAX_HELD }.min(left);
        let mut part = part.take(limit.saturating_add(1));
        if !is_sheet && name.ends_with(".xml") {
            stale |= recalculates(BufReader::new(&mut part));
        }
        io::copy(&mut part, &mut io::sink()).map_err(|error| damaged(&error))?;
        if part.limit() == 0 {
            let reason = format!("unpacked, `{name}` comes to more than {} MiB", limit >> 20);
            return Err(unreadable(reason));
        }
        left = left.saturating_sub(limit.saturating_add(1).saturating_sub(part.limit()));
    }
    Ok(stale)
}

/// Whether a part is the workbook, and says that its formulas have yet to be calculated.
fn recalculates(part: impl BufRead) -> bool {
    let mut xml = Reader::from_reader(part);
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut root = true;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if root && element.local_name().as_ref() != "workbook" {
                    return false;
                }
                root = false;
                if element.local_name().as_ref() == "calcPr" && out_of_date(&element) {
                    return true;
                }
            }
            // Damage is told by who reads the part.
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// Whether results are to be calculated when the workbook is opened, were not all calculated when it was saved, or only
/// when somebody asked for it.
fn out_of_date(properties: &BytesStart<'_>) -> bool {
    let says = |name: &str, values: [&str; 2]| {
        let attribute = properties.try_get_attribute(name).ok().flatten();
        attribute.is_some_and(|attribute| values.contains(&attribute.value.as_ref()))
    };
    let (yes, no) = (["1", "true"], ["0", "false"]);
    says("fullCalcOnLoad", yes)
        || says("calcCompleted", no)
        || (says("calcMode", ["manual", "manual"]) && says("calcOnSave", no))
}
