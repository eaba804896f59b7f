//! How a node stands: what it is, whether it is in step with the others, and where finality stands.

use crate::{
    chain::{Chain, ChainError, FINALITY_PATIENCE},
    time::now,
};
use interclear_primitives::Moment;
use serde::{Deserialize, Serialize};
use subxt::rpcs::rpc_params;

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
