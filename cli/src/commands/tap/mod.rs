//! `interclear tap`: files of usage, offline and on the chain.

mod acknowledge;
mod anchor;
mod answer;
mod doubts;
mod generate;
mod inspect;
mod list;
mod named;
mod prices;
mod prove;
mod rap;
mod rules;
pub(super) mod series;
mod validate;
mod watch;

pub(super) use acknowledge::Acknowledging;

use crate::{error::CommandError, exit::Exit, session::Session};
use clap::{Args, Subcommand};

/// TAP files: look at them, check them, anchor and answer them.
#[derive(Args)]
pub struct TapArgs {
    #[command(subcommand)]
    command: TapCommand,
}

#[derive(Subcommand)]
enum TapCommand {
    /// Show what is in a file.
    Inspect(inspect::InspectArgs),
    /// Check files. Exits with status 0 when every file may be billed (warnings allowed), with 1 when one has fatal or
    /// severe findings, with 2 when one cannot be read or decoded.
    Validate(validate::ValidateArgs),
    /// Make a month of files as a visited network would, for tests and demonstrations.
    Generate(generate::GenerateArgs),
    /// Check files (TAP, NRTRDE) and anchor them on the chain, as their sender.
    Anchor(anchor::AnchorArgs),
    /// List files by partner, direction and month: which wait, who is next, until when.
    List(list::ListArgs),
    /// Anchor what arrives in a folder, as its sender, until it is stopped; goes on where it was after a crash.
    Watch(watch::WatchArgs),
    /// RAP files, which return usage: make them from the findings of a file, look at them.
    Rap(rap::RapArgs),
    /// Prove that a record belongs to a file that was anchored, without showing any other record.
    Prove(prove::ProveArgs),
    /// Check the proof of a record against the anchor on the chain, or against a root.
    Verify(prove::VerifyArgs),
    /// Acknowledge files, as their recipient, once they are found to be what was anchored. Exits with status 1 if one is not.
    Acknowledge(acknowledge::AcknowledgeArgs),
    /// Refuse a whole file, as its recipient (a fatal return).
    Return(answer::ReturnArgs),
    /// Refuse records of a file, as its recipient (a severe return).
    ReturnRecords(answer::ReturnRecordsArgs),
}

impl TapArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            TapCommand::List(args) => args.run(session).await.map(|()| Exit::Done),
            TapCommand::Inspect(args) => args.run(session),
            TapCommand::Validate(args) => args.run(session).await,
            TapCommand::Generate(args) => args.run(session),
            TapCommand::Anchor(args) => args.run(session).await,
            TapCommand::Watch(args) => args.run(session).await,
            TapCommand::Rap(args) => args.run(session).await,
            TapCommand::Prove(args) => args.run(session),
            TapCommand::Verify(args) => args.run(session).await,
            TapCommand::Acknowledge(args) => args.run(session).await,
            TapCommand::Return(args) => args.run(session).await,
            TapCommand::ReturnRecords(args) => args.run(session).await,
        }
    }
}
