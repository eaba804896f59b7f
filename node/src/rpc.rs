//! JSON-RPC beyond what every node offers.

use crate::{
    client::{Client, Pool},
    interclear_rpc::{InterclearRpc, InterclearServer},
};
use interclear_runtime::{opaque::Block, BlockNumber, Hash};
use jsonrpsee::{server::RegisterMethodError, RpcModule};
use sc_consensus_grandpa::{
    FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_service::TFullBackend;
use std::sync::Arc;
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods need.
#[derive(Clone)]
pub struct Deps {
    /// Answers from the runtime.
    pub client: Arc<Client>,
    /// Transactions that wait.
    pub pool: Arc<Pool>,
    /// What is known of finality.
    pub finality: Finality,
}

/// What is known of finality.
#[derive(Clone)]
pub struct Finality {
    /// The validators that vote on what is final.
    pub voters: SharedAuthoritySet<Hash, BlockNumber>,
    /// The round they are in.
    pub round: SharedVoterState,
    /// Proofs as they come.
    pub justifications: GrandpaJustificationStream<Block>,
    /// Proofs of the past.
    pub proofs: Arc<FinalityProofProvider<TFullBackend<Block>, Block>>,
}

/// The methods: the next nonce of an account, finality, and what clearing teams ask.
pub fn methods(deps: Deps, executor: SubscriptionTaskExecutor) -> Result<RpcModule<()>, RegisterMethodError> {
    let Deps {
        client,
        pool,
        finality,
    } = deps;
    let mut module = RpcModule::new(());
    module.merge(System::new(client.clone(), pool).into_rpc())?;
    module.merge(InterclearRpc::new(client).into_rpc())?;
    module.merge(
        Grandpa::new(
            executor,
            finality.voters,
            finality.round,
            finality.justifications,
            finality.proofs,
        )
        .into_rpc(),
    )?;
    Ok(module)
}
