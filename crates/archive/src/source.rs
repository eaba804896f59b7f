//! Where blocks come from: a node, or in tests a chain without one.

use crate::{error::SourceError, trie::Hash};
use codec::Encode;
use interclear_client::chain::ChainError;
use sp_crypto_hashing::blake2_256;
use std::future::Future;
use subxt::{
    config::RpcConfigFor,
    rpcs::{methods::legacy::NumberOrHex, LegacyRpcMethods, RpcClient},
    PolkadotConfig,
};

/// A final block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Counted from the genesis, which is 0.
    pub number: u64,
    /// Blake2b-256 of the header.
    pub hash: Hash,
    /// The hash of the one before.
    pub parent: Hash,
    /// The root of the state after it.
    pub state_root: Hash,
    /// Its transactions, as they are encoded.
    pub extrinsics: Vec<Vec<u8>>,
}

type Answer<T> = Result<T, SourceError>;

/// What is asked of a chain.
pub trait Source: Sync {
    /// The hash of the first block.
    fn genesis(&self) -> impl Future<Output = Answer<Hash>> + Send;
    /// The name of the chain.
    fn name(&self) -> impl Future<Output = Answer<String>> + Send;
    /// The number of the newest final block.
    fn newest(&self) -> impl Future<Output = Answer<u64>> + Send;
    /// A final block.
    fn block(&self, number: u64) -> impl Future<Output = Answer<Block>> + Send;
    /// The parts of the state's tree on the way to some keys.
    fn proof(&self, keys: Vec<Vec<u8>>, at: Hash) -> impl Future<Output = Answer<Vec<Vec<u8>>>> + Send;
    /// The version of the runtime that is in the state of a block.
    fn version(&self, at: Hash) -> impl Future<Output = Answer<u32>> + Send;
    /// The metadata of the runtime that is in the state of a block.
    fn metadata(&self, at: Hash) -> impl Future<Output = Answer<Vec<u8>>> + Send;
    /// Keys that begin with a prefix, after another one.
    fn keys(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        at: Hash,
    ) -> impl Future<Output = Answer<Vec<Vec<u8>>>> + Send;
    /// The values of keys that have one, unproven.
    fn values(
        &self,
        keys: Vec<Vec<u8>>,
        at: Hash,
    ) -> impl Future<Output = Answer<Vec<(Vec<u8>, Vec<u8>)>>> + Send;
}

/// A node, over JSON-RPC. Only methods that every node offers are called.
pub struct Node {
    methods: LegacyRpcMethods<RpcConfigFor<PolkadotConfig>>,
}

/// Keys that come with one answer.
const PAGE: u32 = 1_000;

/// Nodes say these of a block whose state they have dropped.
const DROPPED: [&str; 3] = ["State already discarded", "UnknownBlock", "unknown block"];

impl Node {
    /// Connects to a node.
    ///
    /// # Errors
    /// No node answers there.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let client = RpcClient::from_insecure_url(url).await;
        let client = client.map_err(|error| ChainError::Unreachable {
            url: url.into(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            methods: LegacyRpcMethods::new(client),
        })
    }
}

fn refused(error: subxt::rpcs::Error) -> SourceError {
    match error {
        subxt::rpcs::Error::User(answer) => {
            let more = answer.data.as_ref().map_or("", |data| data.get());
            let words = format!("{} {more}", answer.message);
            match DROPPED.iter().any(|dropped| words.contains(dropped)) {
                true => SourceError::Pruned,
                false => ChainError::Answer(words).into(),
            }
        }
        other => ChainError::Disconnected(other.to_string()).into(),
    }
}

impl Source for Node {
    async fn genesis(&self) -> Answer<Hash> {
        Ok(self.methods.genesis_hash().await.map_err(refused)?.0)
    }

    async fn name(&self) -> Answer<String> {
        self.methods.system_chain().await.map_err(refused)
    }

    async fn newest(&self) -> Answer<u64> {
        let head = self.methods.chain_get_finalized_head().await.map_err(refused)?;
        let header = self.methods.chain_get_header(Some(head)).await.map_err(refused)?;
        header.map(|header| header.number).ok_or_else(|| {
            ChainError::Unexpected("the node has no header of its newest final block".into()).into()
        })
    }

    async fn block(&self, number: u64) -> Answer<Block> {
        let missing = || ChainError::Unexpected(format!("the node does not have block {number}"));
        let hash = self
            .methods
            .chain_get_block_hash(Some(NumberOrHex::Number(number)))
            .await;
        let hash = hash.map_err(refused)?.ok_or_else(missing)?;
        let block = self.methods.chain_get_block(Some(hash)).await.map_err(refused)?;
        let block = block.ok_or_else(missing)?.block;
        if blake2_256(&block.header.encode()) != hash.0 || block.header.number != number {
            return Err(ChainError::Unexpected(format!(
                "the node's header of block {number} is not that block's"
            ))
            .into());
        }
        Ok(Block {
            number,
            hash: hash.0,
            parent: block.header.parent_hash.0,
            state_root: block.header.state_root.0,
            extrinsics: block.extrinsics.into_iter().map(|octets| octets.0).collect(),
        })
    }

    async fn proof(&self, keys: Vec<Vec<u8>>, at: Hash) -> Answer<Vec<Vec<u8>>> {
        let keys = keys.iter().map(Vec::as_slice);
        let proof = self.methods.state_get_read_proof(keys, Some(at.into())).await;
        Ok(proof
            .map_err(refused)?
            .proof
            .into_iter()
            .map(|part| part.0)
            .collect())
    }

    async fn version(&self, at: Hash) -> Answer<u32> {
        let version = self.methods.state_get_runtime_version(Some(at.into())).await;
        Ok(version.map_err(refused)?.spec_version)
    }

    async fn metadata(&self, at: Hash) -> Answer<Vec<u8>> {
        let metadata = self.methods.state_get_metadata(Some(at.into())).await;
        Ok(metadata.map_err(refused)?.into_raw())
    }

    async fn keys(&self, prefix: Vec<u8>, after: Option<Vec<u8>>, at: Hash) -> Answer<Vec<Vec<u8>>> {
        let page = self
            .methods
            .state_get_keys_paged(&prefix, PAGE, after.as_deref(), Some(at.into()));
        page.await.map_err(refused)
    }

    async fn values(&self, keys: Vec<Vec<u8>>, at: Hash) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
        let keys = keys.iter().map(Vec::as_slice);
        let sets = self.methods.state_query_storage_at(keys, Some(at.into())).await;
        let pairs = sets.map_err(refused)?.into_iter().flat_map(|set| set.changes);
        Ok(pairs.filter_map(|(key, value)| Some((key.0, value?.0))).collect())
    }
}
