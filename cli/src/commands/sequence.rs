//! `interclear sequence`: how far a series of files has come, and what is missing of it.

use crate::{error::CommandError, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::calls;
use interclear_primitives::{
    series::{BatchKey, Gap, SequenceState, SeriesKey, Stream},
    tadig::Tadig,
};
use interclear_tap::Scheme;
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
    /// Waive missing files, or one that was returned and not sent again: they never bill, and the month may close
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
    /// The series of NRTRDE files.
    #[arg(long, conflicts_with = "test")]
    nrtrde: bool,
}

impl Series {
    fn key(&self) -> SeriesKey {
        SeriesKey {
            sender: self.sender,
            recipient: self.recipient,
            stream: if self.nrtrde { Stream::Nrtrde } else { Stream::Tap },
            test: self.test,
        }
    }
}

/// A number of a stream, with all its digits.
fn digits(stream: Stream, number: u32) -> String {
    let scheme = match stream {
        Stream::Tap => Scheme::Tap,
        Stream::Nrtrde => Scheme::Nrtrde,
    };
    format!("{number:0width$}", width = scheme.digits())
}

impl SequenceArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            SequenceCommand::Show { series } => show(session, &series).await,
            SequenceCommand::Waive { series, first } => waive(session, series.key(), first).await,
            SequenceCommand::Begin { series, first } => {
                let key = series.key();
                let done = format!("the series begins with {}", digits(key.stream, first));
                session
                    .execute_and_report(&calls::begin_series(key, first), &done)
                    .await
            }
        }
    }
}

async fn waive(session: &Session, series: SeriesKey, first: u32) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let gaps = chain.sequence(series).await?.gaps;
    let number = digits(series.stream, first);
    let (call, what) = if let Some(gap) = gaps.iter().find(|gap| gap.first == first) {
        (calls::waive_gap(series, first), missing(series.stream, gap))
    } else {
        let key = BatchKey {
            series,
            sequence: first,
        };
        if chain.batch(key).await?.is_none() {
            return Err(CommandError::NotFound(format!(
                "gap that begins at {number}, nor a returned file of that number; `interclear sequence show {} {}{}` tells what \
                 is missing",
                series.sender,
                series.recipient,
                match (series.stream, series.test) {
                    (Stream::Nrtrde, _) => " --nrtrde",
                    (Stream::Tap, true) => " --test",
                    (Stream::Tap, false) => "",
                }
            )));
        }
        (calls::waive_file(key), format!("the returned file {number}"))
    };
    session.confirm(&waiving(&series, &what))?;
    let receipt = session.execute(&chain, &call).await?;
    session.report(&receipt, &format!("waived: {what}"), json!({ "first": first }))
}

/// The files that are missing in a gap, all of which are waived with it.
fn missing(stream: Stream, gap: &Gap) -> String {
    let number = |number| digits(stream, number);
    match gap.count(stream) {
        1 => format!("the missing file {}", number(gap.first)),
        many => format!(
            "the {} from {} to {}",
            output::count(many, "missing file", "missing files"),
            number(gap.first),
            number(gap.last)
        ),
    }
}

/// What a person is asked about before something is waived.
fn waiving(series: &SeriesKey, what: &str) -> String {
    format!(
        "From {} to {}, {what} will never bill, and cannot be sent any more.",
        series.sender, series.recipient
    )
}

/// How far a series has come, for machines.
pub(super) fn as_json(key: &SeriesKey, state: &SequenceState) -> serde_json::Value {
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
    json!({
        "sender": key.sender,
        "recipient": key.recipient,
        "stream": key.stream,
        "test": key.test,
        "highest": state.highest,
        "next": key.stream.next(state.highest),
        "gaps": state.gaps.iter().map(gap).collect::<Vec<_>>(),
    })
}

/// How far a series has come, and what is missing, for people.
pub(super) fn as_text(key: &SeriesKey, state: &SequenceState) -> String {
    let number = |number| digits(key.stream, number);
    let mut text = match state.highest {
        0 => format!("{} has sent {} no file yet.\n", key.sender, key.recipient),
        highest => format!(
            "{} to {}: the newest file is {}, {} comes next.\n",
            key.sender,
            key.recipient,
            number(highest),
            number(key.stream.next(highest))
        ),
    };
    if state.gaps.is_empty() {
        text.push_str("No file is missing.");
        return text;
    }
    let rows = state.gaps.iter().map(|gap| {
        let (month, agreement) = match gap.agreement {
            Some(agreement) => (gap.period.to_string(), agreement.to_string()),
            None => ("none".into(), String::new()),
        };
        [
            number(gap.first),
            number(gap.last),
            gap.count(key.stream).to_string(),
            month,
            agreement,
            output::moment(gap.since),
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
}

async fn show(session: &Session, series: &Series) -> Result<(), CommandError> {
    let key = series.key();
    let chain = session.chain().await?;
    let state: SequenceState = chain.sequence(key).await?;
    if state == SequenceState::default() {
        // Nothing has come of it, which is no news where there is nobody to send or to receive.
        for code in [key.sender, key.recipient] {
            chain.find_operator(&code.to_string()).await?;
        }
    }
    session
        .output()
        .print(&as_json(&key, &state), |_| as_text(&key, &state))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::period::Period;

    /// The command itself asks only after the chain was read.
    #[test]
    fn a_person_should_be_asked_with_both_networks_and_every_file_when_something_is_waived() {
        let series = SeriesKey {
            sender: "DEUD1".parse().unwrap(),
            recipient: "FRAF1".parse().unwrap(),
            stream: Stream::Tap,
            test: false,
        };
        let gap = |last| Gap {
            first: 42,
            last,
            period: Period(202_610),
            agreement: None,
            since: 0,
        };
        assert_eq!(
            waiving(&series, &missing(Stream::Tap, &gap(42))),
            "From DEUD1 to FRAF1, the missing file 00042 will never bill, and cannot be sent any more."
        );
        assert_eq!(
            missing(Stream::Tap, &gap(45)),
            "the 4 missing files from 00042 to 00045"
        );
        assert_eq!(
            missing(Stream::Nrtrde, &gap(43)),
            "the 2 missing files from 0000042 to 0000043"
        );
    }
}
