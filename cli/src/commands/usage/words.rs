//! Reports and their comparison in words and figures.

use crate::output::{self, coloured_table, hex, Cell, Color};
use interclear_client::money;
use interclear_primitives::{
    money::{Currency, Value},
    report::{
        ComparedLine, LineMatch, PairMonth, ReportOutcome, ReportSide, ReportedLine, UsageReport,
        UsageReports,
    },
};
use serde::Serialize;
use serde_json::json;
use std::fmt::Display;

/// How a side is called.
pub(super) const fn side(side: ReportSide) -> &'static str {
    match side {
        ReportSide::Visited => "visited",
        ReportSide::Home => "home",
    }
}

/// Every result that a line can have.
pub(super) const RESULTS: [LineMatch; 4] = [
    LineMatch::Agrees,
    LineMatch::Differs,
    LineMatch::MissingAtHome,
    LineMatch::MissingAtVisited,
];

/// A result in words.
pub(super) const fn result(found: LineMatch) -> &'static str {
    match found {
        LineMatch::Agrees => "agrees",
        LineMatch::Differs => "differs",
        LineMatch::MissingAtHome => "missing at home",
        LineMatch::MissingAtVisited => "missing at visited",
    }
}

/// A number of lines with a result, in words.
pub(super) fn counted(lines: impl Display, found: LineMatch) -> String {
    match found {
        LineMatch::Agrees => format!("{lines} agree"),
        LineMatch::Differs => format!("{lines} differ"),
        found => format!("{lines} {}", result(found)),
    }
}

/// The colour of a result.
pub(super) const fn colour(found: LineMatch) -> Color {
    match found {
        LineMatch::Agrees => Color::Green,
        LineMatch::Differs => Color::Red,
        LineMatch::MissingAtHome | LineMatch::MissingAtVisited => Color::Yellow,
    }
}

/// How many lines have each result, in the order of [`RESULTS`].
pub(super) fn count(lines: &[ComparedLine]) -> [usize; 4] {
    RESULTS.map(|result| lines.iter().filter(|line| line.found == result).count())
}

/// How far a figure is from another, in percent of the larger one and rounded down: `+1.25 %`, `<0.01 %`.
pub(super) fn difference(from: u128, to: u128) -> String {
    let (larger, apart) = (from.max(to), from.abs_diff(to));
    if apart == 0 {
        return "0 %".into();
    }
    let sign = if to < from { "-" } else { "+" };
    // Of figures beyond all reason the last digits make no difference.
    let hundredths = match apart.checked_mul(10_000) {
        Some(apart) => apart / larger,
        None => apart / (larger / 10_000).max(1),
    };
    match hundredths {
        0 => format!("{sign}<0.01 %"),
        hundredths => format!("{sign}{}.{:02} %", hundredths / 100, hundredths % 100),
    }
}

/// As [`difference`] of two amounts; nothing where one is not known.
fn apart(from: Option<Value>, to: Option<Value>) -> String {
    let clear = |value: Option<Value>| value.and_then(|value| value.clear_unsigned().ok());
    match (clear(from), clear(to)) {
        (Some(from), Some(to)) => difference(from, to),
        _ => String::new(),
    }
}

fn amount(value: Value) -> String {
    money::grouped_value(&value, money::USAGE_DECIMALS)
}

/// A quantity, with the thousands apart.
pub(super) fn quantity(micro: u128) -> String {
    money::grouped_quantity(i128::try_from(micro).unwrap_or(i128::MAX))
}

/// Lines by result, in the order of [`RESULTS`], for machines.
pub(super) fn counts_json<T: Serialize>(
    name: fn(LineMatch) -> &'static str,
    counts: [T; 4],
) -> serde_json::Value {
    RESULTS
        .into_iter()
        .zip(counts)
        .map(|(found, count)| (name(found).to_owned(), json!(count)))
        .collect()
}

/// The name of a result in JSON.
pub(super) const fn key(found: LineMatch) -> &'static str {
    match found {
        LineMatch::Agrees => "agrees",
        LineMatch::Differs => "differs",
        LineMatch::MissingAtHome => "missing_at_home",
        LineMatch::MissingAtVisited => "missing_at_visited",
    }
}

/// A line for machines.
pub(super) fn line_json(line: &ReportedLine) -> serde_json::Value {
    json!({
        "service": line.service,
        "unit": line.service.unit(),
        "quantity": money::unsigned(line.quantity, money::USAGE_DECIMALS),
        "charge": money::value(&line.charge, money::USAGE_DECIMALS),
        "tax": money::value(&line.tax, money::USAGE_DECIMALS),
    })
}

fn report_json(report: &UsageReport) -> serde_json::Value {
    json!({
        "version": report.version,
        "document": hex(&report.document),
        "reported_at": report.reported_at,
    })
}

/// Both sides' reports with their comparison, for machines.
pub(super) fn as_json(
    pair: &PairMonth,
    reports: &UsageReports,
    compared: &[ComparedLine],
) -> serde_json::Value {
    let lines: Vec<_> = compared
        .iter()
        .map(|line| {
            json!({
                "service": line.service,
                "visited": line.visited.as_ref().map(line_json),
                "home": line.home.as_ref().map(line_json),
                "result": line.found,
            })
        })
        .collect();
    json!({
        "visited": pair.visited,
        "home": pair.home,
        "period": pair.period,
        "agreement": reports.route.agreement,
        "reports": {
            "visited": reports.visited.as_ref().map(report_json),
            "home": reports.home.as_ref().map(report_json),
        },
        "results": counts_json(key, count(compared)),
        "lines": lines,
        "outcome": reports.outcome,
        "billed": reports.billed.iter().map(line_json).collect::<Vec<_>>(),
    })
}

/// Where a pair's month stands, and what comes next.
pub(super) fn state(pair: &PairMonth, reports: &UsageReports, compared: &[ComparedLine]) -> (String, Color) {
    let PairMonth {
        visited,
        home,
        period,
    } = pair;
    match (reports.outcome, &reports.visited, &reports.home) {
        (Some(ReportOutcome::Affirmed(of)), ..) => (
            format!("final: the {} network's figures are affirmed", side(of)),
            Color::Green,
        ),
        (Some(ReportOutcome::Concluded { disputed: 0 }), ..) => ("final: concluded".into(), Color::Green),
        (Some(ReportOutcome::Concluded { disputed }), ..) => (
            format!(
                "final: concluded, {} disputed",
                output::count(disputed, "line", "lines")
            ),
            Color::Yellow,
        ),
        (None, Some(_), None) => ("open: the home network has not reported".into(), Color::Blue),
        (None, None, _) => ("open: the visited network has not reported".into(), Color::Blue),
        (None, Some(_), Some(_)) if compared.iter().all(|line| line.found == LineMatch::Agrees) => (
            format!("open: all lines agree; `usage conclude {visited} {home} {period}` bills them"),
            Color::Blue,
        ),
        (None, Some(_), Some(_)) => ("open: to be corrected, affirmed or concluded".into(), Color::Red),
    }
}

/// The lines of both sides with how far they are apart.
pub(super) fn comparison(reports: &UsageReports, compared: &[ComparedLine], currency: Currency) -> String {
    if compared.is_empty() {
        return "What is reported has no lines: there was no traffic".into();
    }
    let billed = |line: &ComparedLine| {
        reports
            .billed
            .iter()
            .find(|billed| billed.service == line.service)
    };
    let rows = compared.iter().map(|line| {
        let figures = |side: &Option<ReportedLine>| {
            side.map_or_else(
                || [String::new(), String::new()],
                |line| [quantity(line.quantity), amount(line.charge)],
            )
        };
        let ([visited, visited_charge], [home, home_charge]) = (figures(&line.visited), figures(&line.home));
        let quantities = line.visited.zip(line.home);
        let quantities = quantities.map(|(a, b)| difference(a.quantity, b.quantity));
        let charges = apart(
            line.visited.map(|line| line.charge),
            line.home.map(|line| line.charge),
        );
        [
            Cell::new(line.service),
            Cell::new(line.service.unit()),
            Cell::new(visited),
            Cell::new(home),
            Cell::new(quantities.unwrap_or_default()),
            Cell::new(visited_charge),
            Cell::new(home_charge),
            Cell::new(charges),
            Cell::new(billed(line).map_or_else(String::new, |line| amount(line.charge))),
            Cell::new(result(line.found)).fg(colour(line.found)),
        ]
    });
    let head = [
        "Service",
        "Unit",
        "Visited",
        "Home",
        "Apart",
        "Visited charge",
        "Home charge",
        "Charges apart",
        "Bills",
        "Result",
    ];
    let mut text = coloured_table(head, &[2, 3, 4, 5, 6, 7, 8], rows);
    text.push_str(&format!("\nCharges are in {currency}, before tax."));
    for line in compared {
        let taxes = [line.visited, line.home].map(|side| side.map(|line| line.tax));
        if taxes
            .into_iter()
            .flatten()
            .all(|tax| matches!(tax, Value::Clear(0)))
        {
            continue;
        }
        let [visited, home] = taxes.map(|tax| tax.map_or_else(|| "nothing".into(), amount));
        let (service, found) = (line.service, apart(taxes[0], taxes[1]));
        text.push_str(&format!(
            "\nTax on {service}: visited {visited}, home {home} {currency} {found}"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_should_be_percent_of_the_larger_figure_when_told() {
        for (from, to, text) in [
            (0, 0, "0 %"),
            (100, 100, "0 %"),
            (1_000_000, 990_000, "-1.00 %"),
            (990_000, 1_000_000, "+1.00 %"),
            (0, 5, "+100.00 %"),
            (1_000_000, 999_999, "-<0.01 %"),
            (u128::MAX, u128::MAX / 2, "-50.00 %"),
        ] {
            assert_eq!(difference(from, to), text);
        }
    }
}
