//! `interclear council`: motions by which operators govern.

use super::{CommandError, Session};
use crate::{
    chain::{Call, Chain, Hash, Receipt},
    output,
};
use clap::{Args, Subcommand};
use codec::Compact;
use subxt_signer::sr25519::Keypair;

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

/// A motion that has been put to the council.
#[derive(Clone, Copy, Debug)]
pub struct Motion {
    /// Counts the motions.
    pub index: u32,
    /// By which it is voted on.
    pub hash: Hash,
}

/// Most execution time that closing a motion may take: a fifth of a block.
const WEIGHT_BOUND: (Compact<u64>, Compact<u64>) = (Compact(200_000_000_000), Compact(1_000_000));
/// Longest motion, in bytes.
const LENGTH_BOUND: Compact<u32> = Compact(65_536);

/// How many of `members` must vote for a motion of two thirds.
pub fn two_thirds(members: usize) -> u32 {
    u32::try_from(members.saturating_mul(2).div_ceil(3)).unwrap_or(u32::MAX)
}

/// Puts a call to the council. With one member it is carried out at once and there is no motion to vote on.
///
/// # Errors
/// The key is not a member's, or the connection broke.
pub async fn propose(
    chain: &Chain,
    key: &Keypair,
    call: Call,
) -> Result<(Receipt, Option<Motion>), CommandError> {
    let threshold = two_thirds(chain.council().await?.len());
    let propose = Call::new("Council", "propose")
        .arg(Compact(threshold))
        .call(call)
        .arg(LENGTH_BOUND);
    let receipt = chain.execute(key, &propose).await?;
    // Proposed { account, proposal_index, proposal_hash, threshold }
    let proposed: Vec<([u8; 32], u32, [u8; 32])> = receipt.all("Council", "Proposed")?;
    let motion = proposed.first().map(|(_, index, hash)| Motion {
        index: *index,
        hash: Hash::from(*hash),
    });
    Ok((receipt, motion))
}

/// The call that votes on a motion.
pub fn vote(motion: Motion, approve: bool) -> Call {
    Call::new("Council", "vote")
        .arg(motion.hash)
        .arg(Compact(motion.index))
        .arg(approve)
}

/// The call that closes a motion.
pub fn close(motion: Motion) -> Call {
    Call::new("Council", "close")
        .arg(motion.hash)
        .arg(Compact(motion.index))
        .arg(WEIGHT_BOUND)
        .arg(LENGTH_BOUND)
}

/// Has a motion proposed by the first key, voted for by all, and closed: for tests and demonstrations in which one
/// person holds the keys of several members.
///
/// # Errors
/// Any step failed, or the motion was carried out and its call failed.
pub async fn carry(chain: &Chain, members: &[Keypair], call: Call) -> Result<Receipt, CommandError> {
    let Some(first) = members.first() else {
        return Err(CommandError::Invalid("a motion needs a member".into()));
    };
    let (receipt, motion) = propose(chain, first, call).await?;
    let Some(motion) = motion else { return Ok(receipt) };
    let votes = futures::future::join_all(
        members
            .iter()
            .map(|member| async move { chain.execute(member, &vote(motion, true)).await }),
    );
    for voted in votes.await {
        voted?;
    }
    let receipt = chain.execute(first, &close(motion)).await?;
    ensure_carried_out(&receipt, motion.hash)?;
    Ok(receipt)
}

/// Fails unless the receipt tells that a motion was carried out and that its call succeeded.
fn ensure_carried_out(receipt: &Receipt, hash: Hash) -> Result<(), CommandError> {
    // Executed { proposal_hash, result }: the result's first byte is 0 for success.
    let executed: Vec<([u8; 32], u8)> = receipt.all("Council", "Executed")?;
    match executed.iter().find(|(executed, _)| *executed == hash.0) {
        Some((_, 0)) => Ok(()),
        Some(_) => {
            let failures = receipt.refusals::<([u8; 32], u8)>("Council", "Executed")?;
            let why = failures
                .iter()
                .find(|((failed, _), _)| *failed == hash.0)
                .map(|(_, why)| why.to_string());
            let why = why.unwrap_or_else(|| "for no reason that was given".into());
            Err(CommandError::Invalid(format!(
                "the motion was carried, but its call failed: {why}"
            )))
        }
        None => Err(CommandError::Invalid(
            "the motion was closed without enough votes".into(),
        )),
    }
}

impl Session {
    /// Puts a call to the council and tells how to vote.
    ///
    /// # Errors
    /// As [`propose`].
    pub async fn put_to_council(&self, call: Call) -> Result<(), CommandError> {
        let title = call.title();
        let chain = self.chain().await?;
        let (receipt, motion) = propose(&chain, &self.key()?, call).await?;
        match motion {
            None => self.report(&receipt, &format!("{title}: carried out"), serde_json::json!({})),
            Some(motion) => {
                let hash = output::hex(&motion.hash.0);
                let done = format!(
                    "{title}: motion {} is with the council.\nMembers vote with: interclear council vote {hash} {}\n\
                     Then close it with: interclear council close {hash} {}\n",
                    motion.index, motion.index, motion.index,
                );
                self.report(
                    &receipt,
                    &done,
                    serde_json::json!({ "motion": motion.index, "hash": hash }),
                )
            }
        }
    }
}

impl CouncilArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            CouncilCommand::Vote { hash, index, nay } => {
                let call = vote(Motion { index, hash }, !nay);
                session
                    .execute_and_report(&call, &format!("voted on motion {index}"))
                    .await
            }
            CouncilCommand::Close { hash, index } => {
                let chain = session.chain().await?;
                let receipt = session.execute(&chain, &close(Motion { index, hash })).await?;
                ensure_carried_out(&receipt, hash)?;
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

impl Chain {
    /// Members of the operators' council.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn council(&self) -> Result<Vec<crate::chain::AccountId>, CommandError> {
        Ok(self.stored("Council", "Members").await?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_thirds_are_rounded_up() {
        assert_eq!([1, 2, 3, 4, 6].map(two_thirds), [1, 2, 2, 3, 4]);
    }
}
