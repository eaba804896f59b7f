//! How a node stands: what it is, whether it is in step with the others, and where finality stands.

use crate::{
    chain::{Chain, ChainError},
    time::{duration, now},
};
use interclear_primitives::Moment;
use serde::{Deserialize, Serialize};
use subxt::rpcs::rpc_params;

/// How long finality may stand before that is worth a look, in seconds: half a minute of blocks.
pub const FINALITY_PATIENCE: Moment = 60;
/// How long no block may come before that is worth a look, in seconds: ten blocks.
pub const BLOCK_PATIENCE: Moment = 20;

/// The newest block and the newest final one, as a node knows them, and how many seconds ago they were made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Heads {
    /// The newest block.
    pub best: u64,
    /// Seconds since it was made.
    pub best_age: Moment,
    /// The newest final block.
    pub final_block: u64,
    /// Seconds since that was made.
    pub final_age: Moment,
}

impl Heads {
    /// Whether no blocks are made any more, as far as the node knows.
    pub fn blocks_stand(&self) -> bool {
        self.best_age > BLOCK_PATIENCE
    }

    /// Whether no blocks become final any more.
    pub fn finality_stands(&self) -> bool {
        self.final_age > FINALITY_PATIENCE
    }

    /// How the newest block stands, in words.
    pub fn blocks(&self) -> String {
        let age = duration(self.best_age);
        match (self.best, self.blocks_stand()) {
            // The first block has no time of its own.
            (0, _) => "no block has been made yet".into(),
            (best, true) => format!("no block has come after {best} for {age}"),
            (best, false) => format!("block {best} was made {age} ago"),
        }
    }

    /// How finality stands, in words.
    pub fn finality(&self) -> String {
        match (self.final_block, self.finality_stands()) {
            (0, _) => "no block is final yet".into(),
            (at, true) => format!("finality has stood at {at} for {}", duration(self.final_age)),
            (at, false) => format!("block {at} is final"),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    peers: u32,
    is_syncing: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SyncState {
    current_block: u64,
    highest_block: u64,
}

/// A node, and the chain as it knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NodeState {
    /// The chain's name.
    pub chain: String,
    /// The program.
    pub name: String,
    /// The program's release and commit.
    pub version: String,
    /// The node's identity among its peers.
    pub peer_id: String,
    /// Whether it makes blocks and votes: `Authority`; else `Full`.
    pub roles: Vec<String>,
    /// The version of the rules that the chain follows.
    pub runtime: u32,
    /// Nodes that it is connected to.
    pub peers: u32,
    /// Whether it is still fetching blocks that others have.
    pub syncing: bool,
    /// Its best block.
    pub best: u64,
    /// The highest block that it has heard of.
    pub highest: u64,
    /// The newest final block.
    pub final_block: u64,
    /// When that was made, in seconds since the Unix epoch.
    pub final_at: Moment,
    /// Seconds since then.
    pub final_age: Moment,
}

impl NodeState {
    /// Whether finality stands still: the newest final block is older than any should be.
    pub fn stands_still(&self) -> bool {
        self.final_age > FINALITY_PATIENCE
    }
}

impl Chain {
    /// The newest block and the newest final one.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn heads(&self) -> Result<Heads, ChainError> {
        let of = async |best| -> Result<(u64, Moment), ChainError> {
            let chain = self.clone().by_best(best);
            let number = chain.at_final().await?.block_number();
            Ok((number, now().saturating_sub(chain.time().await?)))
        };
        let ((best, best_age), (final_block, final_age)) = (of(true).await?, of(false).await?);
        Ok(Heads {
            best,
            best_age,
            final_block,
            final_age,
        })
    }

    /// How the node stands that this is a connection to.
    ///
    /// # Errors
    /// The connection broke, or the node answers something else.
    pub async fn node_state(&self) -> Result<NodeState, ChainError> {
        let health: Health = self.rpc("system_health", rpc_params![]).await?;
        let sync: SyncState = self.rpc("system_syncState", rpc_params![]).await?;
        let chain = self.clone().by_best(false);
        let at = chain.at_final().await?;
        let final_at = chain.time().await?;
        Ok(NodeState {
            chain: self.rpc("system_chain", rpc_params![]).await?,
            name: self.rpc("system_name", rpc_params![]).await?,
            version: self.rpc("system_version", rpc_params![]).await?,
            peer_id: self.rpc("system_localPeerId", rpc_params![]).await?,
            roles: self.rpc("system_nodeRoles", rpc_params![]).await?,
            runtime: at.spec_version(),
            peers: health.peers,
            syncing: health.is_syncing,
            best: sync.current_block,
            highest: sync.highest_block.max(sync.current_block),
            final_block: at.block_number(),
            final_at,
            final_age: now().saturating_sub(final_at),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_still_should_be_told_in_figures_when_a_block_or_finality_does() {
        let heads = |best_age, final_age| Heads {
            best: 812,
            best_age,
            final_block: 790,
            final_age,
        };
        let told = |heads: Heads| (heads.blocks(), heads.finality());
        assert_eq!(
            told(heads(2, 6)),
            ("block 812 was made 2 s ago".into(), "block 790 is final".into())
        );
        assert_eq!(
            told(heads(BLOCK_PATIENCE + 10, 180)),
            (
                "no block has come after 812 for 30 s".into(),
                "finality has stood at 790 for 3 min 00 s".into()
            )
        );
        // The first block says no time, and is as old as the clock.
        let begun = Heads {
            best: 0,
            final_block: 0,
            ..heads(1_795_819_998, 1_795_819_998)
        };
        assert_eq!(
            told(begun),
            (
                "no block has been made yet".into(),
                "no block is final yet".into()
            )
        );
    }

    #[test]
    fn finality_should_stand_still_when_the_final_block_is_older_than_any_should_be() {
        let state = |final_age| NodeState {
            chain: String::new(),
            name: String::new(),
            version: String::new(),
            peer_id: String::new(),
            roles: Vec::new(),
            runtime: 1,
            peers: 0,
            syncing: false,
            best: 9,
            highest: 9,
            final_block: 7,
            final_at: 0,
            final_age,
        };
        assert!(!state(FINALITY_PATIENCE).stands_still());
        assert!(state(FINALITY_PATIENCE + 1).stands_still());
    }
}
