//! Reports over an archive: rows of cells that know what they are, so that every form of them shows the same.

use crate::{database::Database, error::ArchiveError, trace};
use interclear_client::{
    money::{money, USAGE_DECIMALS},
    time,
};
use sqlx::Row;
use std::collections::BTreeMap;

/// What stands in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A decimal number: this many 10^-`1`.
    Decimal(i128, u8),
}

impl Cell {
    /// As text, a decimal number with a point.
    pub fn as_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(number) => number.to_string(),
            Self::Decimal(number, decimals) => money(*number, *decimals),
        }
    }
}

/// A report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// From where it knows.
    pub note: String,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Which one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// All lines of a month's statements.
    Month,
    /// What is owed, by how long it has been due.
    Ageing,
    /// Files by series and month: received, answered, returned, missing.
    Files,
    /// Credit and debit notes, fees of disputes, and what was carried forward.
    Notes,
    /// Tax by month, country of the supplier, and rate.
    Tax,
}

type Rows = Vec<BTreeMap<String, String>>;

async fn rows(
    database: &mut Database,
    query: &'static str,
    period: Option<&str>,
) -> Result<Rows, ArchiveError> {
    let mut asked = sqlx::query(query);
    if let Some(period) = period {
        asked = asked.bind(period.to_owned());
    }
    let mut all = Vec::new();
    for row in asked.fetch_all(database.connection()).await? {
        let mut cells = BTreeMap::new();
        for column in row.columns() {
            use sqlx::Column;
            let value: Option<String> = row.try_get(column.ordinal())?;
            cells.insert(column.name().to_owned(), value.unwrap_or_default());
        }
        all.push(cells);
    }
    Ok(all)
}

fn text(row: &BTreeMap<String, String>, name: &str) -> String {
    row.get(name).cloned().unwrap_or_default()
}

fn number<T: std::str::FromStr + Default>(row: &BTreeMap<String, String>, name: &str) -> T {
    row.get(name)
        .and_then(|cell| cell.parse().ok())
        .unwrap_or_default()
}

/// Makes a report; `period` is a month such as `2026-10`, and all of them unless given.
///
/// # Errors
/// The archive is empty, or what the database says.
pub async fn report(
    database: &mut Database,
    kind: Kind,
    period: Option<&str>,
) -> Result<Report, ArchiveError> {
    let position = crate::archive::position(database)
        .await?
        .ok_or(ArchiveError::Empty)?;
    let newest = rows(database, "SELECT CAST(MAX(time) AS TEXT) AS t FROM blocks", None).await?;
    let now: u64 = newest.first().map_or(0, |row| number::<u64>(row, "t")) / 1_000;
    let known = match position.first {
        0 => "complete from genesis on".to_owned(),
        first => format!("complete from block {first} on"),
    };
    let note = format!(
        "{}, as of block {} ({} UTC), {known}",
        position.chain,
        position.newest,
        time::moment(now)
    );
    let of = period.map_or_else(String::new, |period| format!(" of {period}"));
    let (title, columns, rows) = match kind {
        Kind::Month => (
            format!("Settlement{of}"),
            MONTH.to_vec(),
            month(database, period).await?,
        ),
        Kind::Ageing => (
            "Ageing of what is owed".into(),
            AGEING.to_vec(),
            ageing(database, now).await?,
        ),
        Kind::Files => (
            format!("Files{of}"),
            FILES.to_vec(),
            files(database, period).await?,
        ),
        Kind::Notes => (
            "Credit and debit notes, fees, and amounts carried forward".into(),
            NOTES.to_vec(),
            notes(database).await?,
        ),
        Kind::Tax => (format!("Tax{of}"), TAX.to_vec(), tax(database, period).await?),
    };
    Ok(Report {
        title,
        note,
        columns,
        rows,
    })
}

/// Lines of statements with the names of who owes and who is owed.
const LINES: &str = "SELECT l.period AS period, CAST(l.agreement AS TEXT) AS agreement, d.name AS debtor, c.name AS creditor, \
    CAST(c.tadigs AS TEXT) AS tadigs, CAST(l.line AS TEXT) AS line, l.service AS service, l.late AS late, \
    CAST(l.quantity AS TEXT) AS quantity, CAST(l.charge AS TEXT) AS charge, CAST(l.shortfall AS TEXT) AS shortfall, \
    CAST(l.tax AS TEXT) AS tax, l.currency AS currency, CAST(l.decimals AS TEXT) AS decimals \
    FROM statement_lines l JOIN statements s ON s.agreement = l.agreement AND s.period = l.period \
    LEFT JOIN operators d ON d.operator = CASE WHEN l.direction = 'FirstHome' THEN s.first_party ELSE s.second_party END \
    LEFT JOIN operators c ON c.operator = CASE WHEN l.direction = 'FirstHome' THEN s.second_party ELSE s.first_party END \
    WHERE l.period = $1 ORDER BY l.period, l.agreement, l.line";

async fn lines(database: &mut Database, period: Option<&str>) -> Result<Rows, ArchiveError> {
    match period {
        Some(_) => rows(database, LINES, period).await,
        None => {
            // Every month there is, one after the other.
            let months = rows(
                database,
                "SELECT DISTINCT period FROM statements ORDER BY 1",
                None,
            )
            .await?;
            let mut every = Vec::new();
            for month in months {
                every.extend(rows(database, LINES, month.get("period").map(String::as_str)).await?);
            }
            Ok(every)
        }
    }
}

const MONTH: [&str; 12] = [
    "Month",
    "Agreement",
    "Debtor",
    "Creditor",
    "Line",
    "Service",
    "Late, of",
    "Quantity",
    "Charge",
    "Shortfall",
    "Tax",
    "Currency",
];

async fn month(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let found = lines(database, period).await?;
    let each = found.iter().map(|row| {
        let decimals = number(row, "decimals");
        vec![
            Cell::Text(text(row, "period")),
            Cell::Count(number(row, "agreement")),
            Cell::Text(text(row, "debtor")),
            Cell::Text(text(row, "creditor")),
            Cell::Count(number::<i64>(row, "line").saturating_add(1)),
            Cell::Text(text(row, "service")),
            Cell::Text(text(row, "late")),
            Cell::Decimal(number(row, "quantity"), USAGE_DECIMALS),
            Cell::Decimal(number(row, "charge"), decimals),
            Cell::Decimal(number(row, "shortfall"), decimals),
            Cell::Decimal(number(row, "tax"), decimals),
            Cell::Text(text(row, "currency")),
        ]
    });
    Ok(each.collect())
}

const AGEING: [&str; 9] = [
    "Debtor",
    "Creditor",
    "Currency",
    "Not due",
    "1 to 30 days",
    "31 to 60 days",
    "61 to 90 days",
    "Over 90 days",
    "Total",
];

async fn ageing(database: &mut Database, now: u64) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let names = trace::names(database).await?;
    let decimals = trace::decimals(database).await?;
    let mut sums: BTreeMap<(i64, i64, String), [i128; 5]> = BTreeMap::new();
    for debt in trace::debts(database).await? {
        if debt.settled {
            continue;
        }
        let days = now.saturating_sub(debt.due).div_ceil(86_400);
        let place = match days {
            0 => 0,
            1..=30 => 1,
            31..=60 => 2,
            61..=90 => 3,
            _ => 4,
        };
        let sums = sums
            .entry((debt.debtor, debt.creditor, debt.currency))
            .or_default();
        if let Some(sum) = sums.get_mut(place) {
            *sum = sum.saturating_add(debt.amount);
        }
    }
    let name = |operator: i64| {
        Cell::Text(
            names
                .get(&operator)
                .cloned()
                .unwrap_or_else(|| operator.to_string()),
        )
    };
    let each = sums.into_iter().map(|((debtor, creditor, currency), sums)| {
        let places = decimals.get(&currency).copied().unwrap_or_default();
        let mut row = vec![name(debtor), name(creditor), Cell::Text(currency)];
        row.extend(sums.iter().map(|sum| Cell::Decimal(*sum, places)));
        row.push(Cell::Decimal(
            sums.iter().fold(0, |all, sum| all.saturating_add(*sum)),
            places,
        ));
        row
    });
    Ok(each.collect())
}

const FILES: [&str; 9] = [
    "Month",
    "Sender",
    "Recipient",
    "Received",
    "Acknowledged",
    "Returned",
    "Waived",
    "Not answered",
    "Billed late",
];

async fn files(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let query = "SELECT period, sender, recipient, CAST(COUNT(*) AS TEXT) AS received, \
                 CAST(SUM(CASE WHEN status = 'Acknowledged' THEN 1 ELSE 0 END) AS TEXT) AS acknowledged, \
                 CAST(SUM(CASE WHEN status LIKE '%Returned%' THEN 1 ELSE 0 END) AS TEXT) AS returned, \
                 CAST(SUM(CASE WHEN status LIKE '%Waived%' THEN 1 ELSE 0 END) AS TEXT) AS waived, \
                 CAST(SUM(CASE WHEN status = 'Anchored' THEN 1 ELSE 0 END) AS TEXT) AS open, \
                 CAST(SUM(CASE WHEN late IS NULL THEN 0 ELSE 1 END) AS TEXT) AS late \
                 FROM batches WHERE stream = 'Tap' AND CAST(test AS TEXT) IN ('0', 'false') GROUP BY period, sender, recipient \
                 ORDER BY period, sender, recipient";
    let found = rows(database, query, None).await?;
    let wanted = found
        .iter()
        .filter(|row| period.is_none_or(|period| text(row, "period") == period));
    let each = wanted.map(|row| {
        let mut cells: Vec<Cell> = ["period", "sender", "recipient"]
            .map(|name| Cell::Text(text(row, name)))
            .into();
        let counts = ["received", "acknowledged", "returned", "waived", "open", "late"];
        cells.extend(counts.map(|name| Cell::Count(number(row, name))));
        cells
    });
    Ok(each.collect())
}

const NOTES: [&str; 9] = [
    "Obligation",
    "Kind",
    "Agreement",
    "Month",
    "Debtor",
    "Creditor",
    "Amount",
    "Currency",
    "Due",
];

async fn notes(database: &mut Database) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let names = trace::names(database).await?;
    let decimals = trace::decimals(database).await?;
    let name = |operator: i64| {
        Cell::Text(
            names
                .get(&operator)
                .cloned()
                .unwrap_or_else(|| operator.to_string()),
        )
    };
    let debts = trace::debts(database).await?;
    let others = debts
        .into_iter()
        .filter(|debt| debt.source.get("Statement").is_none());
    let each = others.map(|debt| {
        let (kind, of) = match debt.source.as_object().and_then(|source| source.iter().next()) {
            Some((kind, of)) => (kind.clone(), of.clone()),
            None => (debt.source.to_string(), serde_json::Value::Null),
        };
        let places = decimals.get(&debt.currency).copied().unwrap_or_default();
        vec![
            Cell::Count(debt.obligation),
            Cell::Text(kind),
            Cell::Text(
                of["agreement"]
                    .as_i64()
                    .map_or_else(String::new, |agreement| agreement.to_string()),
            ),
            Cell::Text(of["period"].as_str().unwrap_or_default().to_owned()),
            name(debt.debtor),
            name(debt.creditor),
            Cell::Decimal(debt.amount, places),
            Cell::Text(debt.currency),
            Cell::Text(time::moment(debt.due)),
        ]
    });
    Ok(each.collect())
}

const TAX: [&str; 8] = [
    "Month",
    "Country",
    "Supplier",
    "Customer",
    "Currency",
    "Rate, percent",
    "Net",
    "Tax",
];

/// Month, country, supplier, customer, currency, rate in hundredths of a percent, decimals.
type TaxKey = (String, String, String, String, String, i128, u8);

async fn tax(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let mut sums: BTreeMap<TaxKey, (i128, i128)> = BTreeMap::new();
    for row in lines(database, period).await? {
        let net = number::<i128>(&row, "charge").saturating_add(number(&row, "shortfall"));
        let tax: i128 = number(&row, "tax");
        // In hundredths of a percent, as it comes out after rounding.
        let rate = tax
            .saturating_mul(10_000)
            .saturating_add(net / 2)
            .checked_div(net)
            .unwrap_or_default();
        // The first three letters of a network's code are its country.
        let codes: Vec<String> = serde_json::from_str(&text(&row, "tadigs")).unwrap_or_default();
        let country = codes
            .first()
            .map_or_else(String::new, |code| code.chars().take(3).collect());
        let key = (
            text(&row, "period"),
            country,
            text(&row, "creditor"),
            text(&row, "debtor"),
            text(&row, "currency"),
            rate,
            number(&row, "decimals"),
        );
        let sum = sums.entry(key).or_default();
        *sum = (sum.0.saturating_add(net), sum.1.saturating_add(tax));
    }
    let each = sums.into_iter().map(
        |((period, country, supplier, customer, currency, rate, decimals), (net, tax))| {
            vec![
                Cell::Text(period),
                Cell::Text(country),
                Cell::Text(supplier),
                Cell::Text(customer),
                Cell::Text(currency),
                Cell::Decimal(rate, 2),
                Cell::Decimal(net, decimals),
                Cell::Decimal(tax, decimals),
            ]
        },
    );
    Ok(each.collect())
}
