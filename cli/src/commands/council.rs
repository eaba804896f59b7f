//! `interclear council`: motions by which operators govern.

use crate::{error::CommandError, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{chain::Hash, council::Motion};

/// Motions of the operators' council.
#[derive(Args)]
pub struct CouncilArgs {
    #[command(subcommand)]
    command: CouncilCommand,
}

#[derive(Subcommand)]
enum CouncilCommand {
    /// Vote on a motion.
    Vote {
        /// The motion's hash, as `operator admit` and other proposals print it.
        hash: Hash,
        /// The motion's number.
        index: u32,
        /// Vote against it.
        #[arg(long)]
        nay: bool,
    },
    /// Close a motion: carry it out if enough have voted for it.
    Close {
        /// The motion's hash.
        hash: Hash,
        /// The motion's number.
        index: u32,
    },
    /// Members of the council.
    Members,
}

impl CouncilArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            CouncilCommand::Vote { hash, index, nay } => {
                let call = Motion { index, hash }.vote(!nay);
                session
                    .execute_and_report(&call, &format!("voted on motion {index}"))
                    .await
            }
            CouncilCommand::Close { hash, index } => {
                let motion = Motion { index, hash };
                let chain = session.chain().await?;
                let receipt = session.execute(&chain, &motion.close()).await?;
                motion.ensure_carried_out(&receipt)?;
                session.report(
                    &receipt,
                    &format!("motion {index} is carried out"),
                    serde_json::json!({}),
                )
            }
            CouncilCommand::Members => {
                let members = session.chain().await?.council().await?;
                let members: Vec<String> = members.iter().map(ToString::to_string).collect();
                session.output().print(&members, |members| members.join("\n"))?;
                Ok(())
            }
        }
    }
}
