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
/// Octets that a text takes at least among the shared ones: `<si/>`.
const LEAST_TEXT: u64 = 5;
/// Octets of all parts together.
const MAX_ALL: u64 = 1 << 30;

/// What is to be known of a workbook before its cells are read.
#[derive(Default)]
pub(crate) struct Package {
    /// Whether stored results of formulas may be out of date.
    pub(crate) stale: bool,
    /// Sheets, by the name of their part, with the first row or column of theirs that is hidden.
    pub(crate) hidden: Vec<(String, String)>,
}

/// Unpacks every part once, and keeps nothing: what an archive says of its sizes need not be true.
///
/// # Errors
/// It is damaged, or comes to more than a workbook of usage does.
pub(crate) fn check(octets: &[u8]) -> Result<Package, Faults> {
    let unreadable = |reason: String| Faults::one("file", Reason::Unreadable(reason));
    let damaged =
        |error: &dyn std::fmt::Display| unreadable(format!("this is not an .xlsx workbook: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(octets)).map_err(|error| damaged(&error))?;
    let mut package = Package::default();
    let mut left = MAX_ALL;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        let mut part = part.take(MAX_SHEET.saturating_add(1));
        // Where a part lies says nothing: its first element does. Of shared texts the list counts, whatever is before it.
        let texts = name.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let told = Told::read(BufReader::new((&mut part).take(MAX_HELD)), texts);
        package.stale |= told.stale;
        package
            .hidden
            .extend(told.hidden.map(|what| (name.clone(), what)));
        let limit = if told.sheet { MAX_SHEET } else { MAX_HELD }.min(left);
        io::copy(&mut part, &mut io::sink()).map_err(|error| damaged(&error))?;
        let size = MAX_SHEET.saturating_add(1).saturating_sub(part.limit());
        if size > limit {
            let reason = format!("unpacked, `{name}` comes to more than {} MiB", limit >> 20);
            return Err(unreadable(reason));
        }
        // Whoever reads the texts sets aside room for as many as are said to come.
        if told.texts.is_some_and(|texts| texts > size / LEAST_TEXT) {
            let reason = format!("`{name}` says that it has more texts than it can hold");
            return Err(unreadable(reason));
        }
        left = left.saturating_sub(size);
    }
    Ok(package)
}

/// What a part says before its content is read.
#[derive(Default)]
struct Told {
    /// It is the workbook, and its formulas have yet to be calculated.
    stale: bool,
    /// It is a sheet.
    sheet: bool,
    /// The first row or column that is hidden.
    hidden: Option<String>,
    /// How many shared texts it says it has; more than any where that is no number.
    texts: Option<u64>,
}

impl Told {
    /// `texts` tells that it is where shared texts are looked for.
    fn read(part: impl BufRead, texts: bool) -> Self {
        let mut xml = Reader::from_reader(part);
        // As the library that reads the content.
        let config = xml.config_mut();
        config.check_end_names = false;
        config.trim_text(false);
        config.check_comments = false;
        config.expand_empty_elements = true;
        let mut told = Self::default();
        let mut buffer = Vec::new();
        let mut workbook = false;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer) {
                Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                    "workbook" => workbook = true,
                    "worksheet" if !texts => told.sheet = true,
                    name @ ("row" | "col") if told.sheet => {
                        if says(&element, "hidden", YES) {
                            let number = if name == "row" { "r" } else { "min" };
                            let number = element.try_get_attribute(number).ok().flatten();
                            let number = number.map(|number| number.value.to_string()).unwrap_or_default();
                            let word = if name == "row" { "row" } else { "column" };
                            told.hidden = Some(format!("{word} {number}"));
                            return told;
                        }
                    }
                    _ if told.sheet => {}
                    "calcPr" if workbook && out_of_date(&element) => {
                        told.stale = true;
                        return told;
                    }
                    "sst" => {
                        told.texts = match element.try_get_attribute("uniqueCount") {
                            Ok(count) => count.map(|count| count.value.trim().parse().unwrap_or(u64::MAX)),
                            Err(_) => Some(u64::MAX),
                        };
                        return told;
                    }
                    _ if workbook || texts => {}
                    _ => return told,
                },
                // Damage is told by who reads the part.
                Ok(Event::Eof) | Err(_) => return told,
                Ok(_) => {}
            }
        }
    }
}

/// Whether results are to be calculated when the workbook is opened, were not all calculated when it was saved, or only
/// when somebody asked for it.
fn out_of_date(properties: &BytesStart<'_>) -> bool {
    let no = ["0", "false"];
    says(properties, "fullCalcOnLoad", YES)
        || says(properties, "calcCompleted", no)
        || (says(properties, "calcMode", ["manual", "manual"]) && says(properties, "calcOnSave", no))
}

/// What stands for yes.
const YES: [&str; 2] = ["1", "true"];

/// Whether an attribute has one of these values.
fn says(element: &BytesStart<'_>, name: &str, values: [&str; 2]) -> bool {
    let attribute = element.try_get_attribute(name).ok().flatten();
    attribute.is_some_and(|attribute| values.contains(&attribute.value.as_ref()))
}
