//! Reports over an archive: rows of cells that know what they are, so that every form of them shows the same.

use crate::{database::Database, error::ArchiveError, trace};
use interclear_client::{
    money::{money, USAGE_DECIMALS},
    time,
};
use interclear_primitives::{nrtrde::NRTRDE_DELIVERY_LIMIT, period::Period};
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

/// What a clearing team shows, ready to be written in any form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// From where it knows.
    pub note: String,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// One for each line, as many cells as the head has.
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
    /// NRTRDE files, and who is liable for fraud on their records.
    Nrtrde,
    /// Disputes on lines of statements, with both sides' figures.
    Disputes,
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
        Kind::Nrtrde => (
            format!("NRTRDE liability{of}"),
            NRTRDE.to_vec(),
            nrtrde(database, period).await?,
        ),
        Kind::Disputes => (
            format!("Disputes{of}"),
            DISPUTES.to_vec(),
            disputes(database, period, now).await?,
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

const NRTRDE: [&str; 8] = [
    "Month",
    "Sender",
    "Recipient",
    "Number",
    "Records",
    "First call ended",
    "Delivered after, hours",
    "Liable",
];

async fn nrtrde(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let query = "SELECT sender, recipient, CAST(sequence AS TEXT) AS sequence, CAST(records AS TEXT) AS records, \
                 CAST(earliest_end AS TEXT) AS ended, CAST(anchored_at AS TEXT) AS anchored FROM nrtrde_files \
                 ORDER BY nrtrde_files.sender, nrtrde_files.recipient, nrtrde_files.anchored_at, nrtrde_files.sequence";
    let mut all = Vec::new();
    for row in rows(database, query, None).await? {
        let (ended, anchored): (u64, u64) = (number(&row, "ended"), number(&row, "anchored"));
        let month = Period::containing(anchored).to_string();
        if period.is_some_and(|period| period != month) {
            continue;
        }
        let delay = anchored.saturating_sub(ended);
        // In hundredths of an hour, rounded down.
        let hours = i128::from(delay.saturating_mul(100) / 3_600);
        let liable = if delay > NRTRDE_DELIVERY_LIMIT {
            "sender"
        } else {
            "recipient"
        };
        all.push(vec![
            Cell::Text(month),
            Cell::Text(text(&row, "sender")),
            Cell::Text(text(&row, "recipient")),
            Cell::Count(number(&row, "sequence")),
            Cell::Count(number(&row, "records")),
            Cell::Text(time::moment(ended)),
            Cell::Decimal(hours, 2),
            Cell::Text(liable.into()),
        ]);
    }
    Ok(all)
}

const DISPUTES: [&str; 11] = [
    "Dispute",
    "Agreement",
    "Month",
    "Kind",
    "Phase",
    "Age, days",
    "Stated",
    "Debtor says",
    "Creditor says",
    "Settled",
    "Currency",
];

async fn disputes(
    database: &mut Database,
    period: Option<&str>,
    now: u64,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let query = "SELECT CAST(dispute AS TEXT) AS dispute, CAST(agreement AS TEXT) AS agreement, period, kind, phase, \
                 CAST(raised_at AS TEXT) AS raised, CAST(stated AS TEXT) AS stated, CAST(claims AS TEXT) AS claims, \
                 CAST(settled AS TEXT) AS settled, currency, CAST(decimals AS TEXT) AS decimals FROM disputes ORDER BY disputes.dispute";
    let mut all = Vec::new();
    for row in rows(database, query, None).await? {
        if period.is_some_and(|period| period != text(&row, "period")) {
            continue;
        }
        let parsed = |name| serde_json::from_str::<serde_json::Value>(&text(&row, name)).unwrap_or_default();
        let decimals = number(&row, "decimals");
        let worth = |figures: &serde_json::Value| {
            let part = |name| {
                figures[name]
                    .as_str()
                    .and_then(|part| part.parse::<i128>().ok())
                    .unwrap_or_default()
            };
            let parts = ["charge", "shortfall", "tax"].map(part);
            Cell::Decimal(
                parts.iter().fold(0, |sum, part| sum.saturating_add(*part)),
                decimals,
            )
        };
        let claims = parsed("claims");
        let mut cells = vec![
            Cell::Count(number(&row, "dispute")),
            Cell::Count(number(&row, "agreement")),
        ];
        cells.extend(["period", "kind", "phase"].map(|name| Cell::Text(text(&row, name))));
        let days = now.saturating_sub(number(&row, "raised")) / 86_400;
        cells.extend([
            Cell::Count(i64::try_from(days).unwrap_or(i64::MAX)),
            worth(&parsed("stated")),
            worth(&claims[0]),
            worth(&claims[1]),
            Cell::Decimal(number(&row, "settled"), decimals),
            Cell::Text(text(&row, "currency")),
        ]);
        all.push(cells);
    }
    Ok(all)
}
