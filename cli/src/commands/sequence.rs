//! `interclear sequence`: how far a series of files has come, and what is missing of it.

use super::{arguments::series, CommandError, Session};
use crate::{calls, output};
use clap::{Args, Subcommand};
use interclear_primitives::{BatchKey, Gap, SequenceState, SeriesKey, Tadig};
use serde_json::json;

/// Series of files: their newest number and what is missing.
#[derive(Args)]
pub struct SequenceArgs {
    #[command(subcommand)]
    command: SequenceCommand,
}

#[derive(Subcommand)]
enum SequenceCommand {
    /// Show the newest number of a series, and its gaps.
    Show {
        #[command(flatten)]
        series: Series,
    },
    /// Give up missing files, or one that was returned and not sent again: they never bill, and the month may close
    /// without them. The sender may at any time; the recipient once the days to acknowledge have passed.
    Waive {
        #[command(flatten)]
        series: Series,
        /// First missing number of the gap, as `show` prints it, or the number of the returned file.
        first: u32,
    },
    /// Start a series at another number than 1, as its sender, before its first file.
    Begin {
        #[command(flatten)]
        series: Series,
        /// The number of the first file.
        first: u32,
    },
}

#[derive(Args)]
struct Series {
    /// TADIG code of the visited network.
    sender: Tadig,
    /// TADIG code of the home network.
    recipient: Tadig,
    /// The series of test files.
    #[arg(long)]
    test: bool,
}

impl Series {
    fn key(&self) -> SeriesKey {
        series(self.sender, self.recipient, self.test)
    }
}

impl SequenceArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            SequenceCommand::Show { series } => show(session, &series).await,
            SequenceCommand::Waive { series, first } => waive(session, series.key(), first).await,
            SequenceCommand::Begin { series, first } => {
                let done = format!("the series begins with {first:05}");
                session
                    .execute_and_report(&calls::begin_series(series.key(), first), &done)
                    .await
            }
        }
    }
}

async fn waive(session: &Session, series: SeriesKey, first: u32) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let gaps = chain.sequence(series).await?.gaps;
    let (call, what) = if gaps.iter().any(|gap| gap.first == first) {
        (calls::waive_gap(series, first), "the gap that begins at")
    } else {
        let key = BatchKey {
            series,
            sequence: first,
        };
        if chain.batch(key).await?.is_none() {
            return Err(CommandError::NotFound(format!(
                "gap that begins at {first:05} and returned file of that number; `interclear sequence show` tells \
                 what is missing"
            )));
        }
        (calls::waive_file(key), "the returned file")
    };
    let receipt = session.execute(&chain, &call).await?;
    session.report(
        &receipt,
        &format!("{what} {first:05} is given up"),
        json!({ "first": first }),
    )
}

async fn show(session: &Session, series: &Series) -> Result<(), CommandError> {
    let key = series.key();
    let state: SequenceState = session.chain().await?.sequence(key).await?;
    let gap = |gap: &Gap| {
        json!({
            "first": gap.first,
            "last": gap.last,
            "files": gap.count(key.stream),
            "period": gap.period,
            "agreement": gap.agreement,
            "since": gap.since,
        })
    };
    let value = json!({
        "sender": key.sender,
        "recipient": key.recipient,
        "test": key.test,
        "highest": state.highest,
        "next": key.stream.next(state.highest),
        "gaps": state.gaps.iter().map(gap).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let mut text = match state.highest {
            0 => format!("{} has sent {} no file yet.\n", key.sender, key.recipient),
            highest => format!(
                "{} to {}: the newest file is {highest:05}, {:05} comes next.\n",
                key.sender,
                key.recipient,
                key.stream.next(highest)
            ),
        };
        if state.gaps.is_empty() {
            text.push_str("No file is missing.");
            return text;
        }
        let rows = state.gaps.iter().map(|gap| {
            let (first, last) = (format!("{:05}", gap.first), format!("{:05}", gap.last));
            let agreement = gap
                .agreement
                .map_or_else(|| "(test)".into(), |agreement| agreement.to_string());
            let since = output::moment(gap.since);
            [
                first,
                last,
                gap.count(key.stream).to_string(),
                gap.period.to_string(),
                agreement,
                since,
            ]
        });
        let head = [
            "First missing",
            "Last missing",
            "Files",
            "Stops month",
            "Of agreement",
            "Since (UTC)",
        ];
        text.push_str(&output::table(head, &[0, 1, 2, 4], rows));
        text
    })?;
    Ok(())
}
