//! `interclear nrtrde`: near-real-time records, whose delivery the chain timestamps.

mod anchor;
mod show;

use crate::{commands::tap::Acknowledging, error::CommandError, exit::Exit, session::Session};
use clap::{Args, Subcommand};
use interclear_primitives::tadig::Tadig;

/// NRTRDE (fraud) files: near-real-time records, due within four hours; anchor and acknowledge them, see who was late.
#[derive(Args)]
pub struct NrtrdeArgs {
    #[command(subcommand)]
    command: NrtrdeCommand,
}

#[derive(Subcommand)]
enum NrtrdeCommand {
    /// Check files and anchor them on the chain, as their sender (the visited network). A file counts as delivered when it
    /// is anchored. Exits with status 1 if one is refused.
    Anchor(anchor::AnchorArgs),
    /// Acknowledge files, as their recipient (the home network). Exits with status 1 if one differs from its anchor.
    Acknowledge(AcknowledgeArgs),
    /// Show a file: when it was available, anchored and acknowledged, and who is liable for fraud on late records.
    Show {
        /// Its name, such as NRDEUD1FRAF10000042.
        name: String,
    },
    /// Show how punctual a series was month by month, and what is missing of it.
    Report {
        /// TADIG code of the visited network.
        sender: Tadig,
        /// TADIG code of the home network.
        recipient: Tadig,
    },
}

#[derive(Args)]
struct AcknowledgeArgs {
    /// NRTRDE files, or runs of their numbers such as nrtrde/NRDEUD1FRAF10000001-0000380. Everything that their anchors state is worked
    /// out again from them; where a figure differs, nothing is sent. What is acknowledged already is compared, and left alone.
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    how: Acknowledging,
}

impl NrtrdeArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            NrtrdeCommand::Anchor(args) => return args.run(session).await,
            NrtrdeCommand::Acknowledge(args) => {
                return args.how.run_near_real_time(session, &args.files).await
            }
            NrtrdeCommand::Show { name } => show::file(session, &name).await?,
            NrtrdeCommand::Report { sender, recipient } => show::report(session, sender, recipient).await?,
        }
        Ok(Exit::Done)
    }
}
