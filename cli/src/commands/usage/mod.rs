//! `interclear usage`: each side's totals of a month (BCE), compared line by line, corrected, and settled.

mod answer;
mod behind;
mod compare;
mod report;
mod show;
mod words;

use crate::{arguments::Month, error::CommandError, exit::Exit, session::Session};
use clap::{Args, Subcommand};
use interclear_primitives::{period::Period, report::PairMonth, tadig::Tadig};

/// Usage reports (BCE): both sides' totals of a month, compared line by line; report, affirm and conclude them.
#[derive(Args)]
pub struct UsageArgs {
    #[command(subcommand)]
    command: UsageCommand,
}

#[derive(Subcommand)]
enum UsageCommand {
    /// Report your totals of a month that is over, per pair of networks and service, from a usage table; or correct
    /// them, until they are final. Exits with status 1 if a pair is refused.
    Report(report::ReportArgs),
    /// Show what both sides have reported for a month, and how it compares: all pairs, or the lines of one.
    Show(show::ShowArgs),
    /// Affirm the other side's figures for a pair's month: they are final and bill. Exits with status 1 if they are not what
    /// the other side's table adds up to.
    Affirm(answer::AffirmArgs),
    /// Bill what nobody disputes of a pair's month: at once if all lines agree, otherwise once the other side has had its
    /// time to answer.
    Conclude(Pair),
    /// Bill all pairs of a month whose lines all agree. Exits with status 1 if one is refused.
    ConcludeAgreed(Month),
    /// Compare two sides' usage tables by terms or a contract, here, without a node. Exits with status 1 if a line
    /// does not agree.
    Compare(compare::CompareArgs),
}

/// A pair of networks in a month.
#[derive(Args, Clone, Copy)]
struct Pair {
    /// TADIG code of the visited network.
    visited: Tadig,
    /// TADIG code of the home network.
    home: Tadig,
    /// The month, such as 2026-10.
    period: Period,
}

impl From<Pair> for PairMonth {
    fn from(pair: Pair) -> Self {
        let Pair {
            visited,
            home,
            period,
        } = pair;
        Self {
            visited,
            home,
            period,
        }
    }
}

impl UsageArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            UsageCommand::Report(args) => return args.run(session).await,
            UsageCommand::Show(args) => args.run(session).await?,
            UsageCommand::Affirm(args) => return args.run(session).await,
            UsageCommand::Conclude(pair) => answer::conclude(session, pair.into()).await?,
            UsageCommand::ConcludeAgreed(month) => return answer::conclude_agreed(session, &month).await,
            UsageCommand::Compare(args) => return args.run(session),
        }
        Ok(Exit::Done)
    }
}
