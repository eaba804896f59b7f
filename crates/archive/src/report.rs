//! Reports over an archive.

pub use crate::table::{Cell, Report};
use crate::{
    accruals, bills,
    books::Books,
    commitments,
    database::{bound, Bind, Database},
    discrepancies, disputed,
    error::ArchiveError,
    notes,
    table::named,
    trace, typed,
};
use interclear_client::{money::USAGE_DECIMALS, time};
use interclear_primitives::{
    nrtrde::NRTRDE_DELIVERY_LIMIT,
    period::Period,
    series::{Gap, SequenceState, SeriesKey},
};
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

/// Which one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// All lines of a month's statements.
    Month,
    /// What is owed, by how long it has been due.
    Ageing,
    /// What months that are not closed will come to, by best-estimate volumes.
    Accruals,
    /// What both sides say where they do not say the same.
    Discrepancies,
    /// Commitments, and what they come to if usage goes on as it does.
    Commitments,
    /// Files by series and month: received, missing, answered, returned, late.
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
    let with: Vec<Bind<'_>> = period.map(Bind::Text).into_iter().collect();
    rows_with(database, query, &with).await
}

async fn rows_with(
    database: &mut Database,
    query: &'static str,
    with: &[Bind<'_>],
) -> Result<Rows, ArchiveError> {
    let mut all = Vec::new();
    for row in bound(query, with).fetch_all(database.connection()).await? {
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

/// From when on the archive knows, and until when.
pub struct Known {
    /// In words.
    pub note: String,
    /// The time of its newest block, in seconds.
    pub now: u64,
}

/// How far an archive goes.
///
/// # Errors
/// The archive is empty, or what the database says.
pub async fn known(database: &mut Database) -> Result<Known, ArchiveError> {
    let position = crate::archive::position(database)
        .await?
        .ok_or(ArchiveError::Empty)?;
    let newest = "SELECT CAST(time AS TEXT) AS t FROM blocks ORDER BY blocks.number DESC LIMIT 1";
    let newest = rows(database, newest, None).await?;
    let now: u64 = newest.first().map_or(0, |row| number::<u64>(row, "t")) / 1_000;
    let from = match position.first {
        0 => "complete from genesis on".to_owned(),
        first => format!("complete from block {first} on"),
    };
    let note = format!(
        "{}, as of block {} ({} UTC), {from}",
        position.chain,
        position.newest,
        time::moment(now)
    );
    Ok(Known { note, now })
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
    let Known { mut note, now } = known(database).await?;
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
        Kind::Accruals => {
            let (names, decimals) = (trace::names(database).await?, trace::decimals(database).await?);
            let rows = accruals::rows(&Books::new(database), &names, &decimals, period, now).await?;
            note.push_str("; without fixed-line services, which are billed by what matches");
            (format!("Accruals{of}"), accruals::COLUMNS.to_vec(), rows)
        }
        Kind::Discrepancies => (
            format!("Discrepancies{of}"),
            discrepancies::COLUMNS.to_vec(),
            discrepancies::rows(database, period).await?,
        ),
        Kind::Commitments => {
            let names = trace::names(database).await?;
            let rows = commitments::rows(&Books::new(database), &names, now).await?;
            ("Commitments".into(), commitments::COLUMNS.to_vec(), rows)
        }
        Kind::Files => (
            format!("Files{of}"),
            FILES.to_vec(),
            files(database, period).await?,
        ),
        Kind::Notes => (
            "Credit and debit notes, fees, and amounts carried forward".into(),
            notes::COLUMNS.to_vec(),
            notes::rows(database).await?,
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

/// Lines of statements with the numbers of who owes and who is owed.
const LINES: &str = "SELECT l.period AS period, CAST(l.agreement AS TEXT) AS agreement, \
    CAST(CASE WHEN l.direction = 'FirstHome' THEN s.first_party ELSE s.second_party END AS TEXT) AS debtor, \
    CAST(CASE WHEN l.direction = 'FirstHome' THEN s.second_party ELSE s.first_party END AS TEXT) AS creditor, \
    CAST(l.line AS TEXT) AS line, l.service AS service, l.late AS late, \
    l.direction AS direction, CAST(l.service_group AS TEXT) AS service_group, CAST(s.terms_version AS TEXT) AS version, \
    CAST(l.quantity AS TEXT) AS quantity, CAST(l.charge AS TEXT) AS charge, CAST(l.shortfall AS TEXT) AS shortfall, \
    CAST(l.tax AS TEXT) AS tax, l.currency AS currency, CAST(l.decimals AS TEXT) AS decimals \
    FROM statement_lines l JOIN statements s ON s.agreement = l.agreement AND s.period = l.period \
    WHERE l.period = $1 ORDER BY l.period, l.agreement, l.line";

/// Lines with the names of who owes and who is owed, and the country of the latter.
async fn lines(database: &mut Database, period: Option<&str>) -> Result<Rows, ArchiveError> {
    let mut found = match period {
        Some(_) => rows(database, LINES, period).await?,
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
            every
        }
    };
    // Not joined: SQLite would go through all operators for each line.
    let operators = trace::operators(database).await?;
    for row in &mut found {
        let [debtor, creditor] = ["debtor", "creditor"].map(|side| operators.get(&number::<i64>(row, side)));
        let name = |operator: Option<&trace::Operator>| {
            operator.map_or_else(String::new, |operator| operator.name.clone())
        };
        let country = creditor.map_or_else(String::new, |creditor| country(&creditor.tadigs));
        for (column, text) in [
            ("debtor", name(debtor)),
            ("creditor", name(creditor)),
            ("country", country),
        ] {
            row.insert(column.to_owned(), text);
        }
    }
    Ok(found)
}

const MONTH: [&str; 13] = [
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
    "Document",
];

/// Lines as they were stated, and below each what a dispute has changed of it; then the lines of bills of fixed-line services.
async fn month(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let found = lines(database, period).await?;
    let disputes = disputed::all(database).await?;
    let disputes = disputed::by_line(&disputes);
    let mut all = Vec::new();
    for row in &found {
        let decimals = number(row, "decimals");
        let cells = |[quantity, charge, shortfall, tax]: [i128; 4], document: String| {
            vec![
                Cell::Text(text(row, "period")),
                Cell::Count(number(row, "agreement")),
                Cell::Text(text(row, "debtor")),
                Cell::Text(text(row, "creditor")),
                Cell::Count(number::<i64>(row, "line").saturating_add(1)),
                Cell::Text(service(row)),
                Cell::Text(text(row, "late")),
                Cell::Decimal(quantity, USAGE_DECIMALS),
                Cell::Decimal(charge, decimals),
                Cell::Decimal(shortfall, decimals),
                Cell::Decimal(tax, decimals),
                Cell::Text(text(row, "currency")),
                Cell::Text(document),
            ]
        };
        let of_line = disputes.get(&key(row)).map(Vec::as_slice).unwrap_or_default();
        let mut document = "statement".to_owned();
        for open in of_line.iter().filter(|one| one.ended.is_none()) {
            document.push_str(&format!("; dispute {} is open", open.number));
        }
        let stated = ["quantity", "charge", "shortfall", "tax"].map(|name| number(row, name));
        all.push(cells(stated, document));
        for one in of_line {
            if let Some((change, document)) = one.change() {
                all.push(cells(change, document));
            }
        }
    }
    let names = trace::names(database).await?;
    let places = trace::decimals(database).await?;
    for billed in bills::all(database, period).await? {
        let decimals = places.get(&billed.currency).copied().unwrap_or_default();
        all.extend(billed.month(|operator| named(&names, operator), decimals));
    }
    Ok(all)
}

/// The line of a statement that a row is.
fn key(row: &BTreeMap<String, String>) -> disputed::Line {
    disputed::Line {
        agreement: number(row, "agreement"),
        period: text(row, "period"),
        direction: text(row, "direction"),
        group: number(row, "service_group"),
        service: text(row, "service"),
        late: text(row, "late"),
    }
}

fn service(row: &BTreeMap<String, String>) -> String {
    typed::service(&text(row, "service"))
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
        if debt.is_paid() {
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
    let name = |operator| named(&names, operator);
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

const FILES: [&str; 10] = [
    "Month",
    "Sender",
    "Recipient",
    "Received",
    "Missing",
    "Acknowledged",
    "Returned",
    "Waived",
    "Not answered",
    "Billed late",
];

/// How files were answered, by month and series; of one month, or of all.
macro_rules! answers {
    ($of:literal) => {
        concat!(
            "SELECT period, sender, recipient, CAST(COUNT(*) AS TEXT) AS received, \
             CAST(SUM(CASE WHEN status = 'Acknowledged' THEN 1 ELSE 0 END) AS TEXT) AS acknowledged, \
             CAST(SUM(CASE WHEN status LIKE '%Returned%' THEN 1 ELSE 0 END) AS TEXT) AS returned, \
             CAST(SUM(CASE WHEN status LIKE '%Waived%' THEN 1 ELSE 0 END) AS TEXT) AS waived, \
             CAST(SUM(CASE WHEN status = 'Anchored' THEN 1 ELSE 0 END) AS TEXT) AS open, \
             CAST(SUM(CASE WHEN late IS NULL THEN 0 ELSE 1 END) AS TEXT) AS late \
             FROM batches WHERE stream = 'Tap' AND CAST(test AS TEXT) IN ('0', 'false') ",
            $of,
            " GROUP BY period, sender, recipient ORDER BY period, sender, recipient"
        )
    };
}

async fn files(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let query = match period {
        Some(_) => answers!("AND period = $1"),
        None => answers!(""),
    };
    let mut counts = BTreeMap::<[String; 3], [i64; 7]>::new();
    for row in rows(database, query, period).await? {
        let series = ["period", "sender", "recipient"].map(|name| text(&row, name));
        let [received, acknowledged, returned, waived, open, late] =
            ["received", "acknowledged", "returned", "waived", "open", "late"].map(|name| number(&row, name));
        counts.insert(series, [received, 0, acknowledged, returned, waived, open, late]);
    }
    for (series, gap) in gaps(database).await? {
        let of = [
            gap.period.to_string(),
            series.sender.to_string(),
            series.recipient.to_string(),
        ];
        let [_, missing, ..] = counts.entry(of).or_default();
        *missing = missing.saturating_add(gap.count(series.stream).into());
    }
    let wanted = counts
        .into_iter()
        .filter(|([month, ..], _)| period.is_none_or(|period| period == month));
    let each = wanted.map(|(series, counts)| {
        let series = series.into_iter().map(Cell::Text);
        series.chain(counts.map(Cell::Count)).collect()
    });
    Ok(each.collect())
}

/// Numbers of series that bill which have not come, by the month that waits for them.
async fn gaps(database: &mut Database) -> Result<Vec<(SeriesKey, Gap)>, ArchiveError> {
    let query = "SELECT CAST(key -> 0 AS TEXT) AS series, CAST(value AS TEXT) AS state FROM state \
                 WHERE pallet = 'Anchoring' AND item = 'Sequences' AND to_block IS NULL";
    let mut gaps = Vec::new();
    for row in rows(database, query, None).await? {
        let series: SeriesKey = typed::text(&text(&row, "series"))?;
        if series.bills() {
            let state: SequenceState = typed::text(&text(&row, "state"))?;
            gaps.extend(state.gaps.iter().map(|gap| (series, *gap)));
        }
    }
    Ok(gaps)
}

const TAX: [&str; 9] = [
    "Month",
    "Country",
    "Supplier",
    "Customer",
    "Currency",
    "Document",
    "Rate, percent",
    "Net",
    "Tax",
];

/// Month, country, supplier, customer, currency, document, rate, decimals.
type TaxKey = (String, String, String, String, String, String, disputed::Rate, u8);

/// The country of an operator: the first three letters of a network's code.
fn country(codes: &[String]) -> String {
    codes
        .first()
        .map_or_else(String::new, |code| code.chars().take(3).collect())
}

/// Bills of fixed-line services, of which no tax is known.
async fn taxed_bills(
    database: &mut Database,
    period: Option<&str>,
    sums: &mut BTreeMap<TaxKey, (i128, i128)>,
) -> Result<(), ArchiveError> {
    let places = trace::decimals(database).await?;
    let names = trace::names(database).await?;
    let operators = trace::operators(database).await?;
    for billed in bills::all(database, period).await? {
        let seller = operators.get(&billed.seller);
        let key = (
            billed.period.to_string(),
            seller.map_or_else(String::new, |seller| country(&seller.tadigs)),
            named(&names, billed.seller).as_text(),
            named(&names, billed.buyer).as_text(),
            billed.currency.clone(),
            billed.document(),
            disputed::Rate::Agreed(0),
            places.get(&billed.currency).copied().unwrap_or_default(),
        );
        let (net, _) = sums.entry(key).or_default();
        *net = net.saturating_add(billed.comes_to());
    }
    Ok(())
}

/// What was stated, and what disputes have changed of it: each a document of its own.
async fn tax(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let mut sums: BTreeMap<TaxKey, (i128, i128)> = BTreeMap::new();
    let found = lines(database, period).await?;
    let disputes = disputed::all(database).await?;
    let disputes = disputed::by_line(&disputes);
    taxed_bills(database, period, &mut sums).await?;
    let books = Books::new(database);
    let mut rates = disputed::Rates::new(&books);
    for row in found {
        let line = key(&row);
        let rate = rates.of(&line, number(&row, "version")).await?;
        let stated = ["quantity", "charge", "shortfall", "tax"].map(|name| number(&row, name));
        let changes = disputes.get(&line).into_iter().flatten();
        let changes = changes.filter_map(|one| one.change());
        for ([_, charge, shortfall, tax], document) in
            std::iter::once((stated, "statement".to_owned())).chain(changes)
        {
            let key = (
                text(&row, "period"),
                text(&row, "country"),
                text(&row, "creditor"),
                text(&row, "debtor"),
                text(&row, "currency"),
                document,
                rate,
                number(&row, "decimals"),
            );
            let (net, taxes) = sums.entry(key).or_default();
            *net = net.saturating_add(charge).saturating_add(shortfall);
            *taxes = taxes.saturating_add(tax);
        }
    }
    let each = sums.into_iter().map(
        |((period, country, supplier, customer, currency, document, rate, decimals), (net, tax))| {
            vec![
                Cell::Text(period),
                Cell::Text(country),
                Cell::Text(supplier),
                Cell::Text(customer),
                Cell::Text(currency),
                Cell::Text(document),
                rate.cell(),
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

/// Test files, which are under no agreement, are left out: nobody is liable for what they tell of. Nor is anybody by a file without records.
async fn nrtrde(database: &mut Database, period: Option<&str>) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let span = match period.map(str::parse::<Period>) {
        None => [0, u64::MAX],
        Some(Ok(month)) => [month.start(), month.end()],
        // No month has such a name, so no file is of it.
        Some(Err(_)) => return Ok(Vec::new()),
    };
    let query = "SELECT sender, recipient, CAST(sequence AS TEXT) AS sequence, CAST(records AS TEXT) AS records, \
                 CAST(earliest_end AS TEXT) AS ended, CAST(anchored_at AS TEXT) AS anchored FROM nrtrde_files \
                 WHERE anchored_at >= $1 AND anchored_at < $2 AND agreement IS NOT NULL \
                 ORDER BY nrtrde_files.sender, nrtrde_files.recipient, nrtrde_files.anchored_at, nrtrde_files.sequence";
    let with = span.map(|at: u64| Bind::Int(i64::try_from(at).unwrap_or(i64::MAX)));
    let mut all = Vec::new();
    for row in rows_with(database, query, &with).await? {
        let anchored: u64 = number(&row, "anchored");
        let month = Period::containing(anchored).to_string();
        let [first_end, hours, liable] = match text(&row, "ended").parse::<u64>() {
            Ok(ended) => {
                let delay = anchored.saturating_sub(ended);
                // In hundredths of an hour, rounded down.
                let hours = i128::from(delay.saturating_mul(100) / 3_600);
                let liable = if delay > NRTRDE_DELIVERY_LIMIT {
                    "sender"
                } else {
                    "recipient"
                };
                [
                    Cell::Text(time::moment(ended)),
                    Cell::Decimal(hours, 2),
                    Cell::Text(liable.into()),
                ]
            }
            // No call has ended.
            Err(_) => ["", "", "nobody"].map(|words| Cell::Text(words.into())),
        };
        all.push(vec![
            Cell::Text(month),
            Cell::Text(text(&row, "sender")),
            Cell::Text(text(&row, "recipient")),
            Cell::Count(number(&row, "sequence")),
            Cell::Count(number(&row, "records")),
            first_end,
            hours,
            liable,
        ]);
    }
    Ok(all)
}

const DISPUTES: [&str; 16] = [
    "Dispute",
    "Agreement",
    "Month",
    "Line",
    "Service",
    "Debtor",
    "Creditor",
    "Kind",
    "Phase",
    "Age, days",
    "Stated",
    "Debtor says",
    "Creditor says",
    "Ended at",
    "Settled",
    "Currency",
];

/// Lines of one statement, by which a dispute finds the number of its own.
const NUMBERS: &str =
    "SELECT period, CAST(agreement AS TEXT) AS agreement, CAST(line AS TEXT) AS line, service, late, direction, \
    CAST(service_group AS TEXT) AS service_group FROM statement_lines WHERE agreement = $1 AND period = $2";

async fn disputes(
    database: &mut Database,
    period: Option<&str>,
    now: u64,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let names = trace::names(database).await?;
    let mut found = disputed::all(database).await?;
    found.retain(|one| period.is_none_or(|period| period == one.line.period));
    let statements: BTreeSet<(i64, &str)> = found
        .iter()
        .map(|one| (one.line.agreement, one.line.period.as_str()))
        .collect();
    let mut numbers = BTreeMap::new();
    for (agreement, month) in statements {
        for row in rows_with(database, NUMBERS, &[Bind::Int(agreement), Bind::Text(month)]).await? {
            numbers.insert(key(&row), number::<i64>(&row, "line").saturating_add(1));
        }
    }
    let mut all = Vec::new();
    for one in &found {
        let worth = |[_, charge, shortfall, tax]: [i128; 4]| {
            let worth = charge.saturating_add(shortfall).saturating_add(tax);
            Cell::Decimal(worth, one.decimals)
        };
        let line = numbers.get(&one.line);
        let [debtor, creditor] = one.parties.map(|party| named(&names, party));
        let [debtor_says, creditor_says] = one.said.map(worth);
        // One that has ended has waited no longer.
        let ended_at = one
            .ended
            .and(Some(one.until))
            .filter(|until| *until >= one.raised_at);
        let days = ended_at.unwrap_or(now).saturating_sub(one.raised_at) / 86_400;
        let service = match one.line.late.as_str() {
            "" => typed::service(&one.line.service),
            late => format!("{}, late of {late}", typed::service(&one.line.service)),
        };
        all.push(vec![
            Cell::Count(one.number),
            Cell::Count(one.line.agreement),
            Cell::Text(one.line.period.clone()),
            line.map_or_else(|| Cell::Text(String::new()), |number| Cell::Count(*number)),
            Cell::Text(service),
            debtor,
            creditor,
            Cell::Text(one.kind.clone()),
            Cell::Text(one.phase.clone()),
            Cell::Count(i64::try_from(days).unwrap_or(i64::MAX)),
            worth(one.stated),
            debtor_says,
            creditor_says,
            one.ended.map_or_else(|| Cell::Text(String::new()), worth),
            Cell::Decimal(one.settled, one.decimals),
            Cell::Text(one.currency.clone()),
        ]);
    }
    // By cause, what has waited longest first.
    all.sort_by_key(|cells| match cells.get(7..10) {
        Some([kind, _, Cell::Count(days)]) => (kind.as_text(), days.saturating_neg()),
        _ => Default::default(),
    });
    Ok(all)
}
