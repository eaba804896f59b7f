//! Reports as files: comma-separated values, a workbook, JSON, a page.

use crate::{
    step::Step,
    table::{Cell, Report},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde_json::{json, Map, Value};

/// Text as a cell of comma-separated values. What a spreadsheet would take for a formula gets a quote in front, so that it stays text.
fn csv_cell(cell: &Cell) -> String {
    let text = match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        other => other.as_text(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// Comma-separated values, as RFC 4180 has them.
pub fn csv(report: &Report) -> String {
    let head = report
        .columns
        .iter()
        .map(|name| csv_cell(&Cell::Text((*name).to_owned())));
    let mut lines = vec![head.collect::<Vec<_>>().join(",")];
    lines.extend(
        report
            .rows
            .iter()
            .map(|row| row.iter().map(csv_cell).collect::<Vec<_>>().join(",")),
    );
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text
}

/// JSON: amounts as decimal text, by the names of the columns.
pub fn json(report: &Report) -> Value {
    let row = |row: &Vec<Cell>| {
        let cells = report.columns.iter().zip(row).map(|(name, cell)| {
            let value = match cell {
                Cell::Count(number) => json!(number),
                other => json!(other.as_text()),
            };
            (
                name.to_lowercase().replace([',', '.'], "").replace(' ', "_"),
                value,
            )
        });
        Value::Object(cells.collect::<Map<_, _>>())
    };
    json!({
        "title": report.title,
        "note": report.note,
        "rows": report.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

/// Digits that a spreadsheet keeps exactly.
const EXACT: i128 = 999_999_999_999_999;

/// A workbook. Numbers are numbers as far as a spreadsheet keeps them exactly, text is text whatever it begins with.
///
/// # Errors
/// There are more rows than a workbook takes.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, &report.title, &bold)?;
    sheet.write_string(1, 0, &report.note)?;
    for (column, name) in (0u16..).zip(&report.columns) {
        sheet.write_string_with_format(3, column, *name, &bold)?;
    }
    for (line, row) in (4u32..).zip(&report.rows) {
        for (column, cell) in (0u16..).zip(row) {
            let decimals = match cell {
                Cell::Decimal(number, decimals) if number.abs() <= EXACT => usize::from(*decimals),
                Cell::Count(_) => 0,
                _ => {
                    sheet.write_string(line, column, cell.as_text())?;
                    continue;
                }
            };
            let form = match decimals {
                0 => "0".to_owned(),
                decimals => format!("#,##0.{}", "0".repeat(decimals)),
            };
            // As text it is exact, and so is what is read from it up to 15 digits.
            let number: f64 = cell.as_text().parse().unwrap_or(f64::NAN);
            sheet.write_number_with_format(line, column, number, &Format::new().set_num_format(form))?;
        }
    }
    sheet.set_freeze_panes(4, 0)?;
    sheet.autofit();
    // Title and note may reach over the columns beside.
    sheet.set_column_width(0, 16)?;
    book.save_to_buffer()
}

/// Text within a page.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#1a1a1a}table{border-collapse:collapse;margin-top:1rem}\
th,td{padding:.3rem .7rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}th{background:#f4f4f4;position:sticky;top:0}\
td.n{text-align:right;font-variant-numeric:tabular-nums}p{color:#555}@media print{body{margin:0}th{position:static}}";

/// A page that needs nothing but itself.
pub fn html(report: &Report) -> String {
    html_with(report, &[])
}

/// A bar of a chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// How long it is, beside the others of its chart.
    pub length: u128,
    /// Its length in words.
    pub words: String,
}

/// Bars below each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// What is compared.
    pub title: String,
    /// The longest first, or in an order of their own.
    pub bars: Vec<Bar>,
}

/// Columns of a chart for names and bars, and the height of a bar, in pixels.
const NAMES: u32 = 260;
const BARS: u32 = 380;
const BAR: u32 = 26;

/// A chart as a drawing within a page.
fn drawn(chart: &Chart) -> String {
    let longest = chart.bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(1);
    let bars: String = (0u32..)
        .zip(&chart.bars)
        .map(|(place, bar)| {
            let top = place.saturating_mul(BAR);
            // At most as wide as there is room.
            let width = bar.length.saturating_mul(u128::from(BARS)) / longest;
            format!(
                "<text x=\"{names}\" y=\"{line}\" text-anchor=\"end\">{name}</text><rect x=\"{left}\" y=\"{top}\" \
                 width=\"{width}\" height=\"18\" fill=\"#3b6ea5\"/><text x=\"{right}\" y=\"{line}\">{words}</text>\n",
                names = NAMES.saturating_sub(10),
                line = top.saturating_add(14),
                name = escaped(&bar.name),
                left = NAMES,
                right = u128::from(NAMES).saturating_add(width).saturating_add(8),
                words = escaped(&bar.words),
            )
        })
        .collect();
    let height = u32::try_from(chart.bars.len())
        .unwrap_or(u32::MAX)
        .saturating_mul(BAR);
    format!(
        "<h2>{title}</h2><svg role=\"img\" aria-label=\"{title}\" width=\"820\" height=\"{height}\" \
         font-size=\"13\" font-family=\"system-ui,sans-serif\">\n{bars}</svg>\n",
        title = escaped(&chart.title)
    )
}

/// As [`html`], with charts above the table.
pub fn html_with(report: &Report, charts: &[Chart]) -> String {
    let charts: String = charts
        .iter()
        .filter(|chart| !chart.bars.is_empty())
        .map(drawn)
        .collect();
    let head: String = report
        .columns
        .iter()
        .map(|name| format!("<th>{}</th>", escaped(name)))
        .collect();
    let row = |row: &Vec<Cell>| {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => format!("<td>{}</td>", escaped(text)),
            number => format!("<td class=\"n\">{}</td>", number.shown()),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = report.rows.iter().map(row).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><h1>{title}</h1><p>{note}</p>\n{charts}<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n",
        title = escaped(&report.title),
        note = escaped(&report.note),
    )
}

/// A trace as a page: a tree whose parts fold.
pub fn trace_page(step: &Step) -> String {
    fn part(step: &Step, out: &mut String) {
        let facts: Vec<String> = step
            .facts
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let title = format!(
            "{} <small>{}</small>",
            escaped(&step.title),
            escaped(&facts.join(" · "))
        );
        if step.from.is_empty() {
            out.push_str(&format!("<li>{title}</li>\n"));
            return;
        }
        out.push_str(&format!("<li><details open><summary>{title}</summary><ul>\n"));
        for below in &step.from {
            part(below, out);
        }
        out.push_str("</ul></details></li>\n");
    }
    let mut tree = String::new();
    part(step, &mut tree);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{STYLE}\
         ul{{list-style:none;border-left:1px solid #ddd;margin:.2rem 0 .2rem .4rem;padding-left:1rem}}small{{color:#555;word-break:break-all}}\
         </style></head>\n<body><h1>{title}</h1>\n<ul>\n{tree}</ul></body></html>\n",
        title = escaped(&step.title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    fn report() -> Report {
        Report {
            title: "A & B".into(),
            note: "block 7".into(),
            columns: vec!["Name", "Late, of", "Amount"],
            rows: vec![
                vec![
                    Cell::Text("=1+1".into()),
                    Cell::Text("a \"b\", c".into()),
                    Cell::Decimal(-5, 2),
                ],
                vec![
                    Cell::Text("<b>".into()),
                    Cell::Count(3),
                    Cell::Decimal(1_234_567, 2),
                ],
            ],
        }
    }

    #[test]
    fn text_should_stay_text_when_it_begins_like_a_formula() {
        assert_eq!(
            csv(&report()),
            "Name,\"Late, of\",Amount\r\n'=1+1,\"a \"\"b\"\", c\",-0.05\r\n<b>,3,12345.67\r\n"
        );
        // Read by another library than has written it.
        let octets = std::io::Cursor::new(xlsx(&report()).unwrap());
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(octets).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        for (place, cell) in [
            ((0, 0), Data::String("A & B".into())),
            ((4, 0), Data::String("=1+1".into())),
            ((4, 2), Data::Float(-0.05)),
            ((5, 1), Data::Float(3.0)),
            ((5, 2), Data::Float(12_345.67)),
        ] {
            assert_eq!(sheet.get_value(place), Some(&cell), "{place:?}");
        }
        let name = book.sheet_names().first().cloned().unwrap();
        let formulas = book.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), 0, "no cell is computed");
    }

    #[test]
    fn amounts_should_be_text_in_json_and_names_harmless_in_a_page() {
        let json = json(&report());
        assert_eq!(json["rows"][0]["amount"], "-0.05");
        assert_eq!(json["rows"][1]["late_of"], 3);
        let page = html(&report());
        assert!(page.contains("<h1>A &amp; B</h1>") && page.contains("<td>&lt;b&gt;</td>"));
        assert!(page.contains("<td class=\"n\">12\u{202f}345.67</td>"));
        assert!(!page.contains("http"), "nothing is fetched");
    }
}
