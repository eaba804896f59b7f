//! `interclear report`: what a clearing team shows, from a database of its own.

mod invoice;

use crate::{commands::index::Books, error::CommandError, output, session::Session, table};
use clap::{Args, Subcommand};
use interclear_archive::{
    database::Database,
    page::page,
    report::{report, Cell, Kind, Report},
    sheet,
};
use interclear_client::disk::{self, Existing, Readers};
use interclear_primitives::period::Period;
use invoice::{BillArgs, InvoiceArgs};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Reports from a database that `interclear index` has filled, as tables, files or pages; and invoices.
#[derive(Args)]
pub struct ReportArgs {
    #[command(subcommand)]
    kind: ReportKind,
}

/// Of what, and where it goes.
#[derive(Args)]
struct ReportOptions {
    #[command(flatten)]
    books: Books,
    /// A month, such as 2026-10; all months unless given. Ageing, notes and commitments cover all months.
    #[arg(long, value_name = "MONTH")]
    period: Option<Period>,
    /// Write a file instead of a table; its name ends with .csv, .xlsx, .json or .html. A file that is there is replaced.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum ReportKind {
    /// All of them on one page, with charts.
    Page(ReportOptions),
    /// All lines of a month's statements.
    Month(ReportOptions),
    /// What is owed, by how long it has been due.
    Ageing(ReportOptions),
    /// What months that are not closed will come to, by best-estimate volumes.
    Accruals(ReportOptions),
    /// Where the two sides differ in usage reports and disputes: what each says, and by how much, also in percent.
    Discrepancies(ReportOptions),
    /// Commitments, and what they come to if usage goes on as it does.
    Commitments(ReportOptions),
    /// TAP files by series and month: received, missing, answered, returned, billed late.
    Files(ReportOptions),
    /// Credit and debit notes, fees of disputes, and amounts carried forward.
    Notes(ReportOptions),
    /// Tax by month, country of the supplier, and rate.
    Tax(ReportOptions),
    /// NRTRDE files, and who is liable for fraud on their records.
    Nrtrde(ReportOptions),
    /// Disputes on lines of statements, with both sides' figures.
    Disputes(ReportOptions),
    /// Invoices, credit notes and debit notes of a month, of its disputes and of late interest: pages made for print, and UBL 2.1 after EN 16931.
    Invoice(InvoiceArgs),
    /// Invoices and credit notes of the bills of a month of fixed-line services: pages made for print, and UBL 2.1 after EN 16931.
    Bill(BillArgs),
}

impl ReportArgs {
    pub(in crate::commands) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let (kind, options) = match self.kind {
            ReportKind::Page(options) => return on_a_page(session, options).await,
            ReportKind::Invoice(args) => return args.run(session).await,
            ReportKind::Bill(args) => return args.run(session).await,
            ReportKind::Month(options) => (Kind::Month, options),
            ReportKind::Ageing(options) => (Kind::Ageing, options),
            ReportKind::Accruals(options) => (Kind::Accruals, options),
            ReportKind::Discrepancies(options) => (Kind::Discrepancies, options),
            ReportKind::Commitments(options) => (Kind::Commitments, options),
            ReportKind::Files(options) => (Kind::Files, options),
            ReportKind::Notes(options) => (Kind::Notes, options),
            ReportKind::Tax(options) => (Kind::Tax, options),
            ReportKind::Nrtrde(options) => (Kind::Nrtrde, options),
            ReportKind::Disputes(options) => (Kind::Disputes, options),
        };
        let mut database = Database::to_read(&options.books.database).await?;
        let period = options.period.map(|period| period.to_string());
        let made = report(&mut database, kind, period.as_deref()).await?;
        let Some(path) = options.out else {
            session.output().print(&sheet::json(&made), |_| drawn(&made))?;
            return Ok(());
        };
        write(&path, &made, || sheet::html(&made))?;
        let value = json!({ "file": output::path_value(&path), "rows": made.rows.len() });
        session.output().print(&value, |_| {
            let rows = output::count(u64::try_from(made.rows.len()).unwrap_or_default(), "row", "rows");
            format!("{}: {rows}", made.title)
        })?;
        Ok(())
    }
}

/// Writes a report into a file, in the form that its name ends with.
pub(in crate::commands) fn write(
    path: &Path,
    made: &Report,
    page: impl FnOnce() -> String,
) -> Result<(), CommandError> {
    let failed = |reason: String| CommandError::File {
        path: path.into(),
        reason,
    };
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let octets = match ending.to_ascii_lowercase().as_str() {
        "csv" => sheet::csv(made).into_bytes(),
        "json" => format!("{:#}\n", sheet::json(made)).into_bytes(),
        "html" => page().into_bytes(),
        "xlsx" => sheet::xlsx(made).map_err(|error| failed(error.to_string()))?,
        _ => {
            return Err(failed(
                "its name ends with none of .csv, .xlsx, .json and .html".into(),
            ))
        }
    };
    put(path, &octets)
}

/// Writes a file, in the place of one that is there.
pub(in crate::commands) fn put(path: &Path, octets: &[u8]) -> Result<(), CommandError> {
    disk::write(path, octets, Existing::Replace, Readers::Usual).map_err(|error| CommandError::File {
        path: path.into(),
        reason: interclear_client::text::reason(&error),
    })
}

/// Writes all reports as a page.
async fn on_a_page(session: &Session, options: ReportOptions) -> Result<(), CommandError> {
    let mut database = Database::to_read(&options.books.database).await?;
    let period = options.period.map(|period| period.to_string());
    let is_page = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("html"))
    };
    let path = options.out.filter(is_page).ok_or_else(|| {
        CommandError::Configuration("name the page with --out; its name ends with .html".into())
    })?;
    let page = page(&mut database, period.as_deref()).await?;
    put(&path, page.as_bytes())?;
    let value = json!({ "file": output::path_value(&path) });
    session.output().print(&value, |_| {
        format!("{} is written", interclear_client::text::path(&path))
    })?;
    Ok(())
}

/// A report as a table.
fn drawn(report: &Report) -> String {
    let head = format!("{}\n{}\n", report.title, report.note);
    if report.rows.is_empty() {
        return format!("{head}\nNothing.");
    }
    let number = |column: &usize| {
        let cells = report.rows.iter().filter_map(|row| row.get(*column));
        cells.clone().all(|cell| !matches!(cell, Cell::Text(_))) && cells.count() > 0
    };
    let numbers: Vec<usize> = (0..report.columns.len()).filter(number).collect();
    let rows = report
        .rows
        .iter()
        .map(|row| row.iter().map(Cell::shown).collect());
    format!("{head}\n{}", table::table_of(&report.columns, &numbers, rows))
}
