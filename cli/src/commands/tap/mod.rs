//! `interclear tap`: files of usage, offline and on the chain.

mod anchor;
mod answer;
mod delivery;
mod generate;
mod inbox;
mod inspect;
mod prove;
mod rap;
mod secrets;
mod validate;
mod watch;

pub(super) use anchor::{exit_code, File, Outgoing};
pub(super) use answer::AcknowledgeArgs;
pub(super) use delivery::{Fate, Reduced};

use super::{CommandError, Session};
use clap::{Args, Subcommand, ValueEnum};
use interclear_tap::{classify::Zones, Options, Rules};
use std::process::ExitCode;

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
    /// Check files. Ends with 0 when every file may be billed (warnings allowed), with 1 when one has fatal or severe
    /// findings, with 2 when one cannot be read or decoded.
    Validate(validate::ValidateArgs),
    /// Make a month of files as a visited network would, for tests and demonstrations.
    Generate(generate::GenerateArgs),
    /// Check files (TAP, NRTRDE) and anchor them on the chain, as their sender.
    Anchor(anchor::AnchorArgs),
    /// Anchor what arrives in a folder, as its sender, until it is stopped; goes on where it was after a crash.
    Watch(watch::WatchArgs),
    /// Returns (RAP): make them from what is wrong with files, look at them.
    Rap(rap::RapArgs),
    /// Prove that a record belongs to a file that was anchored, without showing any other record.
    Prove(prove::ProveArgs),
    /// Check such a proof against the anchor on the chain, or against a root.
    Verify(prove::VerifyArgs),
    /// Accept files, as their recipient.
    Acknowledge(AcknowledgeArgs),
    /// Refuse a whole file, as its recipient (a fatal return).
    Return(answer::ReturnArgs),
    /// Refuse records of a file, as its recipient (a severe return).
    ReturnRecords(answer::ReturnRecordsArgs),
}

impl TapArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        match self.command {
            TapCommand::Inspect(args) => args.run(session),
            TapCommand::Validate(args) => args.run(session),
            TapCommand::Generate(args) => args.run(session),
            TapCommand::Anchor(args) => args.run(session).await,
            TapCommand::Watch(args) => args.run(session).await,
            TapCommand::Rap(args) => args.run(session),
            TapCommand::Prove(args) => args.run(session),
            TapCommand::Verify(args) => args.run(session).await,
            TapCommand::Acknowledge(args) => args.run(session).await,
            TapCommand::Return(args) => args.run(session).await,
            TapCommand::ReturnRecords(args) => args.run(session).await,
        }
    }
}

/// What two networks agreed on about files.
#[derive(Args)]
struct RuleArgs {
    /// Greatest age of a record when its file is made available, in days.
    #[arg(long, default_value_t = 30)]
    max_age_days: u32,
    /// How international calls are split.
    #[arg(long, default_value = "single")]
    zones: ZoneName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ZoneName {
    /// All are MOC International.
    Single,
    /// MOC EU, MOC EEA and MOC RoW.
    European,
}

impl RuleArgs {
    /// Options of a validation by these rules.
    fn options(&self) -> Options {
        let zones = match self.zones {
            ZoneName::Single => Zones::Single,
            ZoneName::European => Zones::European,
        };
        let rules = Rules {
            max_age_days: self.max_age_days,
            zones,
            ..Rules::default()
        };
        Options {
            rules,
            ..Options::default()
        }
    }
}
