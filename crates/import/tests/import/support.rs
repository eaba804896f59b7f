//! Contracts and tables that tests change.

use interclear_import::{rate, Agreement, Faults, Label, Rated, Rates, Scope, Usage};
use interclear_primitives::service::Service;
use serde_json::{json, Value};
use std::io::Write;

pub const HOME: &str = "DEUA1";
pub const VISITED: &str = "FRAB1";

/// A contract whose second party grants `services` under `condition`; the first party's subscribers roam.
pub fn contract(services: Value, condition: Value) -> Value {
    json!({
        "version": "gsma-bwr-roaming-v1",
        "metadata": { "name": "test" },
        "framework": {
            "contractParties": ["ONE", "TWO"],
            "term": { "start": "2026-01-01T00:00:00.000Z", "end": "2026-12-31T00:00:00.000Z" },
            "payment": { "taxesIncluded": false },
            "partyInformation": {
                "ONE": { "contractCurrency": "EUR", "defaultTadigCodes": [HOME, "DEUA2"] },
                "TWO": { "contractCurrency": "EUR", "defaultTadigCodes": [VISITED] },
            },
        },
        "discounts": {
            "ONE": {
                "condition": { "kind": "Unconditional" },
                "serviceGroups": [{
                    "homeTadigs": [VISITED], "visitorTadigs": [HOME, "DEUA2"],
                    "services": [service("VoLTE", json!({ "kind": "Linear rate", "rate": { "linearPrice": 1 } }))],
                }],
            },
            "TWO": {
                "condition": condition,
                "serviceGroups": [{ "homeTadigs": [HOME, "DEUA2"], "visitorTadigs": [VISITED], "services": services }],
            },
        },
    })
}

pub fn unconditional() -> Value {
    json!({ "kind": "Unconditional" })
}

pub fn service(name: &str, plan: Value) -> Value {
    json!({ "service": name, "includedInCommitment": true, "usagePricing": { "ratingPlan": plan } })
}

pub fn linear(name: &str, price: &str) -> Value {
    service(
        name,
        json!({ "kind": "Linear rate", "rate": { "linearPrice": price } }),
    )
}

pub fn agreement(contract: &Value) -> Agreement {
    Agreement::read(&contract.to_string()).unwrap_or_else(|faults| panic!("{faults}"))
}

pub fn row(service: &str, usage: &str) -> Value {
    json!({ "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": service, "usage": usage })
}

/// A file of outbound rows.
pub fn usage(rows: &[Value]) -> Vec<u8> {
    json!({ "outbound": rows }).to_string().into_bytes()
}

pub fn rated(contract: &Value, file: &[u8], scope: Scope) -> Result<Rated, Faults> {
    let assigned = Agreement::read(&contract.to_string())?.assign(&Usage::read(file)?)?;
    rate(&assigned, scope, &Rates::new(), 2)
}

/// Charge and shortfall of a line of the outbound direction, in cents.
pub fn charged(rated: &Rated, service: Service) -> (i128, i128) {
    let line = rated
        .lines
        .iter()
        .find(|line| line.label == Label::Outbound && line.service() == service);
    let line = line.unwrap_or_else(|| panic!("no line of {service}"));
    (line.charge, line.shortfall)
}

/// What is wrong, one text each.
pub fn faults<T>(result: Result<T, Faults>) -> Vec<String> {
    let faults = result.err().expect("this should be refused");
    faults.list.iter().map(ToString::to_string).collect()
}

pub const HEAD: [&str; 8] = [
    "Year_Month",
    "HPMN",
    "VPMN",
    "Services Categorised",
    "Usage",
    "Units",
    "Charges",
    "Direction",
];

/// A table as text.
pub fn separated(rows: &[[String; 8]], separator: &str) -> Vec<u8> {
    let mut text = HEAD.join(separator);
    for row in rows {
        text.push_str("\r\n");
        text.push_str(&row.join(separator));
    }
    text.into_bytes()
}

/// A workbook with one sheet. What looks like a number becomes one, as when a person types it.
pub fn workbook(rows: &[[String; 8]]) -> Vec<u8> {
    let cell = |(column, text): (u8, &String), row: usize| {
        let place = format!("{}{row}", char::from(b'A' + column));
        match (text.is_empty(), text.parse::<f64>().is_ok_and(f64::is_finite)) {
            (true, _) => String::new(),
            (_, true) => format!("<c r=\"{place}\"><v>{text}</v></c>"),
            _ => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let head = HEAD.map(str::to_owned);
    let lines = [&head].into_iter().chain(rows).zip(1..).map(|(cells, row)| {
        let cells: String = (0u8..).zip(cells).map(|entry| cell(entry, row)).collect();
        format!("<row r=\"{row}\">{cells}</row>")
    });
    sheet(&lines.collect::<String>(), "")
}

/// A workbook whose sheet has the given rows, and whose cells may refer to the given formats.
pub fn sheet(rows: &str, formats: &str) -> Vec<u8> {
    book(
        &[Sheet {
            rows,
            ..Sheet::default()
        }],
        "",
        formats,
    )
}

/// A sheet of a workbook.
#[derive(Default)]
pub struct Sheet<'a> {
    /// `Usage` unless given.
    pub name: &'a str,
    /// As XML, the first one with the names of the columns.
    pub rows: &'a str,
    /// `hidden`, `veryHidden`, or nothing.
    pub state: &'a str,
    /// What comes behind the rows.
    pub after: &'a str,
}

/// A workbook with the given sheets, properties, and formats that cells may refer to.
pub fn book(sheets: &[Sheet<'_>], properties: &str, formats: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inside: String| format!("<Relationships xmlns=\"{package}\">{inside}</Relationships>");
    let (before, after) = match properties.starts_with("<workbookPr") {
        true => (properties, ""),
        false => ("", properties),
    };
    // Formats of one's own come first.
    let (named, formats) = formats
        .find("<xf")
        .map_or(("", formats), |start| formats.split_at(start));
    let mut entries = String::new();
    let mut related = relation("styles", "styles", "styles.xml");
    let mut files = Vec::new();
    for (sheet, number) in sheets.iter().zip(1..) {
        let name = if sheet.name.is_empty() {
            "Usage"
        } else {
            sheet.name
        };
        let state = match sheet.state {
            "" => String::new(),
            state => format!(" state=\"{state}\""),
        };
        entries.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"r{number}\"/>"
        ));
        let target = format!("worksheets/sheet{number}.xml");
        related.push_str(&relation(&format!("r{number}"), "worksheet", &target));
        let (rows, after) = (sheet.rows, sheet.after);
        files.push((
            format!("xl/{target}"),
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{after}</worksheet>"),
        ));
    }
    files.extend([
        (
            "_rels/.rels".into(),
            relations(relation("r1", "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/workbook.xml".into(),
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{before}<sheets>{entries}</sheets>{after}</workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels".into(), relations(related)),
        (
            "xl/styles.xml".into(),
            format!("<styleSheet xmlns=\"{main}\">{named}<cellXfs>{formats}</cellXfs></styleSheet>"),
        ),
    ]);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A file of the folder of shared samples; says so when it is not at hand.
pub fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let octets = std::fs::read(folder.join(name)).ok();
    if octets.is_none() {
        println!("skipped: {name} is not at hand");
    }
    octets
}
