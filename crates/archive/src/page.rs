//! All reports on one page, with charts: it needs nothing but itself.

use crate::{
    chart::{Chart, COLOURS},
    database::Database,
    error::ArchiveError,
    report::{known, report, Kind, Known},
    sheet::escaped,
    table::{Cell, Report},
};
use std::collections::BTreeMap;

/// Rows of a table that the page shows; the report itself has all.
const SHOWN: usize = 15;
/// Groups of bars in a chart.
const GROUPS: usize = 10;

const STYLE: &str = ":root{color-scheme:light}*{box-sizing:border-box}\
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;padding:1.5rem;max-width:1280px;color:#1b1f24;background:#f6f7f9}\
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:0 0 .1rem}p{margin:0;color:#57606a}\
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:.8rem;margin:1.2rem 0}\
.tile,section{background:#fff;border:1px solid #dfe3e8;border-radius:8px;padding:.8rem 1rem}\
.tile b{display:block;font-size:1.15rem;font-variant-numeric:tabular-nums;white-space:nowrap}.wide{grid-column:span 2}.tile span{color:#57606a;font-size:.85rem}\
.warn b{color:#a40e26}\
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(340px,100%),1fr));gap:.8rem;margin-bottom:.8rem}\
figure{margin:0}svg{display:block;width:100%;height:auto;max-width:520px}\
.key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;color:#57606a;margin:.3rem 0}\
.key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.4em}\
section{margin-bottom:.8rem}.scroll{overflow-x:auto}table{border-collapse:collapse;margin-top:.5rem;font-size:.82rem;width:100%}\
th,td{padding:.3rem .5rem;border-bottom:1px solid #e6e9ed;text-align:left;vertical-align:top;white-space:nowrap}\
th{color:#57606a;font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
@media(max-width:600px){body{padding:.8rem}.tiles{grid-template-columns:1fr 1fr}}\
@page{size:A4 landscape;margin:12mm}\
@media print{body{padding:0;max-width:none;background:#fff;font-size:11px}.tile,section{break-inside:avoid;border-color:#bbb}\
.charts{grid-template-columns:1fr 1fr 1fr}.scroll{overflow:visible}svg{max-height:36mm}h2{font-size:12px}.key{font-size:9px}th,td{padding:.15rem .4rem;white-space:normal}section.long{break-inside:auto}\
i{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/// The number of a cell as it is drawn; exact figures are in the tables.
fn drawn(cell: Option<&Cell>) -> f64 {
    cell.map_or(0.0, |cell| cell.as_text().parse().unwrap_or_default())
}

/// The words of a row's column.
fn words(report: &Report, row: &[Cell], column: &str) -> String {
    let place = report.columns.iter().position(|name| *name == column);
    place
        .and_then(|place| row.get(place))
        .map_or_else(String::new, Cell::as_text)
}

/// The sum of columns, by what a row is called, in that order.
fn sums(
    report: &Report,
    name: impl Fn(&[Cell]) -> Option<String>,
    columns: &[&'static str],
) -> (Vec<String>, Vec<(&'static str, Vec<f64>)>) {
    let mut groups = BTreeMap::<String, Vec<f64>>::new();
    for row in &report.rows {
        let Some(group) = name(row) else {
            continue;
        };
        let sums = groups.entry(group).or_insert_with(|| vec![0.0; columns.len()]);
        for (sum, column) in sums.iter_mut().zip(columns) {
            let place = report.columns.iter().position(|name| name == column);
            *sum += drawn(place.and_then(|place| row.get(place)));
        }
    }
    let skipped = groups.len().saturating_sub(GROUPS);
    let groups: Vec<_> = groups.into_iter().skip(skipped).collect();
    let series = columns.iter().enumerate().map(|(place, column)| {
        let figures = groups
            .iter()
            .map(|(_, sums)| sums.get(place).copied().unwrap_or_default());
        (*column, figures.collect())
    });
    let series = series.collect();
    (groups.into_iter().map(|(name, _)| name).collect(), series)
}

/// The currencies of a report, the ones with most rows first.
fn currencies(report: &Report) -> Vec<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    for row in &report.rows {
        let count = counts.entry(words(report, row, "Currency")).or_default();
        *count = count.saturating_add(1);
    }
    let mut counts: Vec<_> = counts
        .into_iter()
        .filter(|(currency, _)| !currency.is_empty())
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(currency, _)| currency).collect()
}

/// Charts of money, one for each currency, at most three.
fn of_money(report: &Report, title: &str, by: &'static str, columns: &[&'static str]) -> Vec<Chart> {
    let each = currencies(report).into_iter().take(3).map(|currency| {
        let name =
            |row: &[Cell]| (words(report, row, "Currency") == currency).then(|| words(report, row, by));
        let (labels, series) = sums(report, name, columns);
        Chart {
            title: title.to_owned(),
            unit: currency.clone(),
            labels,
            series,
            lying: false,
        }
    });
    each.collect()
}

/// One chart of counts.
fn of_counts(report: &Report, title: &str, by: &'static str, columns: &[&'static str]) -> Chart {
    let (labels, series) = sums(report, |row| Some(words(report, row, by)), columns);
    Chart {
        title: title.to_owned(),
        unit: "files".into(),
        labels,
        series,
        lying: false,
    }
}

const BUCKETS: [&str; 5] = [
    "Not due",
    "1 to 30 days",
    "31 to 60 days",
    "61 to 90 days",
    "Over 90 days",
];

/// What is owed, by age: the columns are what the bars are called.
fn ageing(report: &Report) -> Vec<Chart> {
    let each = currencies(report).into_iter().take(3).map(|currency| {
        let name = |row: &[Cell]| (words(report, row, "Currency") == currency).then(String::new);
        let (_, series) = sums(report, name, &BUCKETS);
        let figures = series.iter().map(|(_, figures)| figures.iter().sum()).collect();
        Chart {
            title: "Owed and not settled, by days overdue".into(),
            unit: currency.clone(),
            labels: ["not due", "1–30", "31–60", "61–90", "over 90"]
                .map(str::to_owned)
                .into(),
            series: vec![("owed", figures)],
            lying: false,
        }
    });
    each.collect()
}

/// Counts of rows, by what a column says, and whether another begins with something.
fn counted(
    report: &Report,
    title: &str,
    unit: &str,
    by: &'static str,
    [of, begins]: [&str; 2],
    names: [&'static str; 2],
) -> Chart {
    let mut groups = BTreeMap::<String, [f64; 2]>::new();
    for row in &report.rows {
        let [one, other] = groups.entry(words(report, row, by)).or_default();
        match words(report, row, of).starts_with(begins) {
            true => *one += 1.0,
            false => *other += 1.0,
        }
    }
    let skipped = groups.len().saturating_sub(GROUPS);
    let groups: Vec<_> = groups.into_iter().skip(skipped).collect();
    let [first, second] = names;
    Chart {
        title: title.to_owned(),
        unit: unit.to_owned(),
        series: vec![
            (first, groups.iter().map(|(_, [one, _])| *one).collect()),
            (second, groups.iter().map(|(_, [_, other])| *other).collect()),
        ],
        labels: groups.into_iter().map(|(name, _)| name).collect(),
        lying: false,
    }
}

/// The rows with the largest figures, lying.
fn largest(report: &Report, title: &str, unit: &str, name: &[&str], columns: &[&'static str]) -> Chart {
    let place = |column: &str| report.columns.iter().position(|name| *name == column);
    let figure = |row: &[Cell], column: &str| drawn(place(column).and_then(|place| row.get(place)));
    let mut rows: Vec<_> = report.rows.iter().collect();
    let first = columns.first().copied().unwrap_or_default();
    rows.sort_by(|one, other| figure(other, first).total_cmp(&figure(one, first)));
    rows.truncate(GROUPS);
    let label = |row: &[Cell]| {
        name.iter()
            .map(|column| words(report, row, column))
            .collect::<Vec<_>>()
            .join(" ")
    };
    Chart {
        title: title.to_owned(),
        unit: unit.to_owned(),
        labels: rows.iter().map(|row| label(row)).collect(),
        series: columns
            .iter()
            .map(|column| (*column, rows.iter().map(|row| figure(row, column)).collect()))
            .collect(),
        lying: true,
    }
}

fn figure(chart: &Chart) -> String {
    let key = chart
        .series
        .iter()
        .zip(COLOURS.iter().cycle())
        .map(|((name, _), colour)| {
            format!(
                "<span><i style=\"background:rgb({},{},{})\"></i>{}</span>",
                colour.0,
                colour.1,
                colour.2,
                escaped(name)
            )
        });
    let key: String = key.collect();
    format!(
        "<section><figure><h2>{}</h2><p>{}</p><div class=\"key\">{key}</div>{}</figure></section>\n",
        escaped(&chart.title),
        escaped(&chart.unit),
        chart.svg()
    )
}

fn table(report: &Report) -> String {
    let is_number = |place: usize| {
        report
            .rows
            .iter()
            .filter_map(|row| row.get(place))
            .all(|cell| !matches!(cell, Cell::Text(_)))
    };
    let head: String = report
        .columns
        .iter()
        .enumerate()
        .map(|(place, name)| {
            format!(
                "<th{}>{}</th>",
                if is_number(place) { " class=\"n\"" } else { "" },
                escaped(name)
            )
        })
        .collect();
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => format!("<td>{}</td>", escaped(text)),
        number => format!("<td class=\"n\">{}</td>", number.shown()),
    };
    let rows = report.rows.iter().take(SHOWN);
    let rows: String = rows
        .map(|row| format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>()))
        .collect();
    let more = match report.rows.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("<p>{more} more rows are in the report itself.</p>"),
    };
    let body = match report.rows.is_empty() {
        true => "<p>Nothing.</p>".to_owned(),
        false => format!("<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>{more}"),
    };
    format!(
        "<section class=\"long\"><h2>{}</h2>{body}</section>\n",
        escaped(&report.title)
    )
}

/// A number that matters, and whether it is a bad one.
fn tile(figure: &str, of: &str, bad: bool) -> String {
    let wide = if figure.len() > 8 { " wide" } else { "" };
    let class = format!("tile{wide}{}", if bad { " warn" } else { "" });
    format!(
        "<div class=\"{class}\"><b>{}</b><span>{}</span></div>",
        escaped(figure),
        escaped(of)
    )
}

fn tiles(reports: &BTreeMap<&'static str, Report>) -> String {
    let mut out = String::new();
    let count = |name: &str, fits: &dyn Fn(&Report, &[Cell]) -> bool| {
        let report = reports.get(name);
        report.map_or(0, |report| {
            report.rows.iter().filter(|row| fits(report, row)).count()
        })
    };
    let total = |name: &str, column: &str| {
        let Some(report) = reports.get(name) else {
            return 0;
        };
        let each = report
            .rows
            .iter()
            .filter_map(|row| words(report, row, column).parse::<i64>().ok());
        each.fold(0i64, i64::saturating_add)
    };
    if let Some(report) = reports.get("ageing") {
        for currency in currencies(report).iter().take(3) {
            // Exact: summed as the cells have them.
            let mut sums = [0i128; 2];
            let mut places = 0;
            for row in report
                .rows
                .iter()
                .filter(|row| words(report, row, "Currency") == *currency)
            {
                for (name, cell) in report.columns.iter().zip(row) {
                    if let (true, Cell::Decimal(figure, decimals)) = (BUCKETS.contains(name), cell) {
                        places = *decimals;
                        let [all, late] = &mut sums;
                        *all = all.saturating_add(*figure);
                        if *name != "Not due" {
                            *late = late.saturating_add(*figure);
                        }
                    }
                }
            }
            let [all, late] =
                sums.map(|sum| format!("{} {currency}", interclear_client::money::grouped(sum, places)));
            out.push_str(&tile(&all, "owed and not settled", false));
            out.push_str(&tile(&late, "of it overdue", sums[1] > 0));
        }
    }
    let open = count("disputes", &|report, row| {
        !words(report, row, "Phase").starts_with("ended")
    });
    out.push_str(&tile(&open.to_string(), "open disputes", open > 0));
    for (column, of) in [
        ("Missing", "files missing"),
        ("Not answered", "files not answered"),
    ] {
        let files = total("files", column);
        out.push_str(&tile(&files.to_string(), of, files > 0));
    }
    let late = count("nrtrde", &|report, row| words(report, row, "Liable") == "sender");
    out.push_str(&tile(&late.to_string(), "NRTRDE files too late", late > 0));
    out
}

/// The page; of one month if one is named, as far as a report is of months.
///
/// # Errors
/// The archive is empty, or what the database says.
pub async fn page(database: &mut Database, period: Option<&str>) -> Result<String, ArchiveError> {
    let Known { note, .. } = known(database).await?;
    let kinds = [
        ("month", Kind::Month),
        ("ageing", Kind::Ageing),
        ("accruals", Kind::Accruals),
        ("discrepancies", Kind::Discrepancies),
        ("commitments", Kind::Commitments),
        ("files", Kind::Files),
        ("notes", Kind::Notes),
        ("tax", Kind::Tax),
        ("nrtrde", Kind::Nrtrde),
        ("disputes", Kind::Disputes),
    ];
    let mut reports = BTreeMap::new();
    for (name, kind) in kinds {
        reports.insert(name, report(database, kind, period).await?);
    }
    let title = period.map_or_else(|| "Clearing".into(), |period| format!("Clearing, {period}"));
    Ok(written(&title, &note, &kinds.map(|(name, _)| name), &reports))
}

fn written(
    title: &str,
    note: &str,
    order: &[&'static str],
    reports: &BTreeMap<&'static str, Report>,
) -> String {
    let of = |name: &str| reports.get(name);
    let mut charts = Vec::new();
    if let Some(report) = of("month") {
        charts.extend(of_money(
            report,
            "Settlement by month",
            "Month",
            &["Charge", "Shortfall", "Tax"],
        ));
    }
    if let Some(report) = of("ageing") {
        charts.extend(ageing(report));
    }
    if let Some(report) = of("accruals") {
        charts.extend(of_money(
            report,
            "Accruals of months that are not closed",
            "Month",
            &["Charge", "Shortfall", "Tax"],
        ));
    }
    if let Some(report) = of("files") {
        charts.push(of_counts(
            report,
            "Files by month",
            "Month",
            &["Received", "Missing", "Returned", "Billed late"],
        ));
    }
    if let Some(report) = of("nrtrde") {
        charts.push(counted(
            report,
            "NRTRDE files by month",
            "files",
            "Month",
            ["Liable", "sender"],
            ["too late", "in time"],
        ));
    }
    if let Some(report) = of("disputes") {
        let chart = counted(
            report,
            "Disputes by cause",
            "disputes",
            "Kind",
            ["Phase", "ended"],
            ["ended", "open"],
        );
        charts.push(Chart { lying: true, ..chart });
    }
    if let Some(report) = of("discrepancies") {
        charts.push(largest(
            report,
            "Largest discrepancies",
            "percent of the larger figure",
            &["Debtor", "Service"],
            &["Percent"],
        ));
    }
    if let Some(report) = of("commitments") {
        charts.push(largest(
            report,
            "Commitments: forecast at the end of the span",
            "percent of what is committed",
            &["Debtor", "From"],
            &["Percent"],
        ));
    }
    let charts: String = charts
        .iter()
        .filter(|chart| !chart.is_empty())
        .map(figure)
        .collect();
    let tables: String = order
        .iter()
        .filter_map(|name| reports.get(name))
        .map(table)
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1><p>{note}</p>\n<div class=\"tiles\">{tiles}</div>\n\
         <div class=\"charts\">\n{charts}</div>\n{tables}</body></html>\n",
        title = escaped(title),
        note = escaped(note),
        tiles = tiles(reports),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_should_need_nothing_but_itself_when_names_are_of_marks() {
        let ageing = Report {
            title: "Ageing".into(),
            note: String::new(),
            columns: vec![
                "Debtor",
                "Creditor",
                "Currency",
                "Not due",
                "1 to 30 days",
                "31 to 60 days",
                "61 to 90 days",
                "Over 90 days",
                "Total",
            ],
            rows: vec![vec![
                Cell::Text("<script>alert(1)</script>".into()),
                Cell::Text("\"'&".into()),
                Cell::Text("E<R".into()),
                Cell::Decimal(123, 2),
                Cell::Decimal(7, 2),
                Cell::Decimal(0, 2),
                Cell::Decimal(0, 2),
                Cell::Decimal(i128::from(u64::MAX), 2),
                Cell::Decimal(1, 2),
            ]],
        };
        let page = written(
            "A & B",
            "as of <b>",
            &["ageing"],
            &BTreeMap::from([("ageing", ageing)]),
        );
        for mark in ["<script", "E<R", "of <b>", "src=", "href=", "@import", "url("] {
            assert!(!page.contains(mark), "{mark}");
        }
        let addresses = page.matches("//").count();
        assert_eq!(
            addresses,
            page.matches("http://www.w3.org/2000/svg").count(),
            "the names of SVG alone"
        );
        // 0.07 + 184467440737095516.15, exactly.
        let owed = "184 467 440 737 095 516.22 E&lt;R".replace(' ', "\u{202f}");
        assert!(page.contains(&owed.replace("\u{202f}E", " E")), "{page}");
        assert_eq!(page.matches("<svg").count(), 1);
    }
}
