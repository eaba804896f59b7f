//! `interclear trace`: where money comes from.

use crate::{
    commands::{index::MaybeBooks, report::put},
    error::CommandError,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_archive::{
    database::Database,
    error::ArchiveError,
    journal,
    live::Live,
    report, sheet,
    source::Node,
    step::Step,
    trace::{self, Tracer},
};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId},
    period::Period,
};
use serde_json::json;
use std::path::PathBuf;

/// Where money comes from: a payment, its cycle, the obligations in it, the lines behind them, the terms, the files and the usage reports.
///
/// It is taken from the state of the node; or from a database that `interclear index` has filled, which knows what the chain has
/// forgotten, too, and proves that no file or report of a month is missing.
#[derive(Args)]
pub struct TraceArgs {
    #[command(subcommand)]
    command: TraceCommand,
    /// Write a page instead of a tree of lines; a file that is there is replaced.
    #[arg(long, global = true, value_name = "FILE.html")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum TraceCommand {
    /// Trace what was paid in a cycle.
    Payment {
        /// The cycle with which it was paid.
        cycle: CycleId,
        /// The operator that paid: its number or one of its TADIG codes; all who paid unless given.
        #[arg(long, value_name = "OPERATOR")]
        payer: Option<String>,
        #[command(flatten)]
        books: MaybeBooks,
    },
    /// Trace an obligation.
    Obligation {
        /// The obligation's number.
        obligation: ObligationId,
        #[command(flatten)]
        books: MaybeBooks,
    },
    /// Trace a line of a statement, or all of them.
    Statement {
        /// The agreement under which the statement was issued.
        agreement: AgreementId,
        /// The month, such as 2026-10.
        period: Period,
        /// The line, by its number in `statement show`.
        #[arg(long)]
        line: Option<u32>,
        #[command(flatten)]
        books: MaybeBooks,
    },
}

impl TraceArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let (books, mut what) = self.command.asks();
        let found = match &books.database {
            Some(url) => {
                let mut database = Database::to_read(url).await?;
                let mut tracer = Tracer::new(&mut database).await?;
                let found = self.command.find(&mut tracer).await?;
                if found.is_none() {
                    // What was before its first block it does not know.
                    let known = report::known(&mut database).await?;
                    what.push_str(&format!(" in {}: {}", database.name(), known.note));
                }
                found
            }
            None => {
                let node = Node::connect(session.chain().await?.url()).await?;
                let mut live = Live::read(&node).await?;
                // Which files count is known once it is known which agreements are asked about.
                let agreements = self.command.agreements(&mut live.database).await?;
                let series = journal::series(&mut live.database, &agreements).await?;
                live.with_files(&series).await?;
                let mut tracer = Tracer::new(&mut live.database).await?;
                let found = self.command.find(&mut tracer).await?;
                if found.is_none() {
                    what.push_str(
                        " in the state of the node; a database of `interclear index` knows what the chain has forgotten: --database",
                    );
                }
                found
            }
        };
        let step = found.ok_or(CommandError::NotFound(what))?;
        let Some(path) = self.out else {
            session
                .output()
                .print(&step, |step| step.as_text(output::wide()))?;
            return Ok(());
        };
        put(&path, sheet::trace_page(&step).as_bytes())?;
        let value = json!({ "file": output::path_value(&path) });
        session.output().print(&value, |_| {
            format!("{} is written", interclear_client::text::path(&path))
        })?;
        Ok(())
    }
}

impl TraceCommand {
    /// Where it looks, and what it looks for, in words.
    fn asks(&self) -> (&MaybeBooks, String) {
        match self {
            Self::Payment { books, cycle, .. } => (books, format!("payment of cycle {cycle}")),
            Self::Obligation { books, obligation } => (books, format!("obligation {obligation}")),
            Self::Statement {
                books,
                agreement,
                period,
                line,
            } => {
                let line = line.map_or_else(String::new, |line| format!(" with a line {line}"));
                (
                    books,
                    format!("statement of {period} under agreement {agreement}{line}"),
                )
            }
        }
    }

    /// The agreements from which it comes.
    async fn agreements(&self, database: &mut Database) -> Result<Vec<i64>, ArchiveError> {
        match self {
            Self::Statement { agreement, .. } => Ok(vec![i64::from(agreement.0)]),
            Self::Obligation { obligation, .. } => {
                let number = i64::try_from(obligation.0).unwrap_or(i64::MAX);
                trace::agreements(database, |debt| debt.obligation == number).await
            }
            Self::Payment { cycle, .. } => {
                let cycle = Some(i64::from(cycle.0));
                trace::agreements(database, |debt| debt.cycle == cycle).await
            }
        }
    }

    async fn find(&self, tracer: &mut Tracer<'_>) -> Result<Option<Step>, ArchiveError> {
        match self {
            Self::Payment { cycle, payer, .. } => {
                let payer = match payer {
                    Some(payer) => match tracer.operator(payer).await? {
                        Some(payer) => Some(payer),
                        None => return Ok(None),
                    },
                    None => None,
                };
                tracer.payment(i64::from(cycle.0), payer).await
            }
            Self::Obligation { obligation, .. } => {
                let number = i64::try_from(obligation.0).unwrap_or(i64::MAX);
                tracer.obligation(number).await
            }
            Self::Statement {
                agreement,
                period,
                line,
                ..
            } => {
                let line = line.map(i64::from);
                tracer
                    .statement(i64::from(agreement.0), &period.to_string(), line)
                    .await
            }
        }
    }
}
