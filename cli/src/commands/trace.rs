//! `interclear trace`: where money comes from.

use crate::{commands::index::Books, error::CommandError, output, session::Session};
use clap::{Args, Subcommand};
use interclear_archive::{database::Database, sheet, trace::Tracer};
use interclear_client::disk::{self, Existing, Readers};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    period::Period,
};
use serde_json::json;
use std::path::PathBuf;

/// Where money comes from: a payment, its cycle, the debts in it, the lines behind them, the terms and the files.
///
/// All of it is taken from a database that `interclear index` has filled, also what the chain has forgotten.
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
    /// What was paid in a cycle.
    Payment {
        /// With which it was paid.
        cycle: CycleId,
        /// The number of the operator that paid; all who paid unless given.
        #[arg(long, value_name = "OPERATOR")]
        payer: Option<OperatorId>,
        #[command(flatten)]
        books: Books,
    },
    /// A debt.
    Obligation {
        /// Its number.
        obligation: ObligationId,
        #[command(flatten)]
        books: Books,
    },
    /// A line of a statement, or all of them.
    Statement {
        /// Under which the statement was issued.
        agreement: AgreementId,
        /// The month, such as 2026-10.
        period: Period,
        /// The line, by its number in `statement show`.
        #[arg(long)]
        line: Option<u32>,
        #[command(flatten)]
        books: Books,
    },
}

impl TraceArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let (books, what) = match &self.command {
            TraceCommand::Payment { books, cycle, .. } => {
                (books, format!("payment of cycle {cycle} in the database"))
            }
            TraceCommand::Obligation { books, obligation } => {
                (books, format!("obligation {obligation} in the database"))
            }
            TraceCommand::Statement {
                books,
                agreement,
                period,
                line,
            } => {
                let of = format!("statement of {period} under agreement {agreement}");
                let line = line.map_or_else(String::new, |line| format!(" with a line {line}"));
                (books, format!("{of}{line} in the database"))
            }
        };
        let mut database = Database::to_read(&books.database).await?;
        let mut tracer = Tracer::new(&mut database).await?;
        let found = match self.command {
            TraceCommand::Payment { cycle, payer, .. } => {
                tracer
                    .payment(i64::from(cycle.0), payer.map(|payer| i64::from(payer.0)))
                    .await?
            }
            TraceCommand::Obligation { obligation, .. } => {
                let number = i64::try_from(obligation.0).unwrap_or(i64::MAX);
                tracer.obligation(number).await?
            }
            TraceCommand::Statement {
                agreement,
                period,
                line,
                ..
            } => {
                let line = line.map(i64::from);
                tracer
                    .statement(i64::from(agreement.0), &period.to_string(), line)
                    .await?
            }
        };
        let step = found.ok_or(CommandError::NotFound(what))?;
        let Some(path) = self.out else {
            session.output().print(&step, |step| step.as_text())?;
            return Ok(());
        };
        let written = disk::write(
            &path,
            sheet::trace_page(&step).as_bytes(),
            Existing::Replace,
            Readers::Usual,
        );
        written.map_err(|error| CommandError::File {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let value = json!({ "file": output::path_value(&path) });
        session
            .output()
            .print(&value, |_| format!("{} is written", output::path_value(&path)))?;
        Ok(())
    }
}
