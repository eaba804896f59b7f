//! `interclear sequence`: how far a series of files has come, and what is missing of it.

use super::{arguments::series, CommandError, Session};
use crate::{calls, output};
use clap::{Args, Subcommand};
use interclear_primitives::{Gap, SequenceState, SeriesKey, Tadig};
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
    /// Give up missing files, as their sender: they never bill, and the month may close without them.
    Waive {
        #[command(flatten)]
        series: Series,
        /// First missing number of the gap, as `show` prints it.
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
            SequenceCommand::Waive { series, first } => {
                let done = format!("the gap that begins at {first:05} is given up");
                session
                    .execute_and_report(&calls::waive_gap(series.key(), first), &done)
                    .await
            }
            SequenceCommand::Begin { series, first } => {
                let done = format!("the series begins with {first:05}");
                session
                    .execute_and_report(&calls::begin_series(series.key(), first), &done)
                    .await
            }
        }
    }
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
