//! The connection to a node: queries through the runtime API, transactions awaited until they are final.

mod call;
mod error;
mod queries;
mod receipt;

pub use call::Call;
pub use error::{ChainError, Failure};
pub use receipt::{Pending, Receipt};

use codec::Decode;
use subxt::{
    client::{ClientAtBlock, OnlineClientAtBlockImpl},
    config::DefaultExtrinsicParamsBuilder,
    events::Events,
    OnlineClient, PolkadotConfig,
};
use subxt_signer::sr25519::Keypair;

/// An account, as the chain knows it.
pub type AccountId = subxt::utils::AccountId32;
/// The hash of a block or of a transaction.
pub type Hash = subxt::config::substrate::H256;

/// The chain as it is at a block.
pub type AtBlock = ClientAtBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

/// The account that a key signs for.
pub fn account_of(key: &Keypair) -> AccountId {
    AccountId::from(key.public_key().0)
}

/// Blocks within which a transaction must be included, else it lapses.
const MORTALITY: u64 = 64;

/// A node and the chain behind it.
#[derive(Clone)]
pub struct Chain {
    client: OnlineClient<PolkadotConfig>,
    url: String,
}

impl Chain {
    /// Connects to a node, for instance at `ws://127.0.0.1:9944`.
    ///
    /// # Errors
    /// No node answers there.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let client = OnlineClient::from_insecure_url(url)
            .await
            .map_err(|error| ChainError::Unreachable {
                url: url.into(),
                reason: error.to_string(),
            })?;
        Ok(Self {
            client,
            url: url.into(),
        })
    }

    /// The address that was connected to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The hash of the chain's first block.
    pub fn genesis(&self) -> Hash {
        self.client.genesis_hash()
    }

    /// The client underneath.
    pub fn client(&self) -> &OnlineClient<PolkadotConfig> {
        &self.client
    }

    /// The state at the newest final block.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn at_final(&self) -> Result<AtBlock, ChainError> {
        self.client
            .at_current_block()
            .await
            .map_err(ChainError::disconnected)
    }

    /// Signs a call and hands it to the node's pool.
    ///
    /// # Errors
    /// The call does not fit the chain's metadata, the pool refuses it, or the connection broke.
    pub async fn submit(&self, key: &Keypair, call: &Call) -> Result<Pending, ChainError> {
        self.submit_with(key, call, None).await
    }

    /// As [`Chain::submit`], with a nonce counted by the caller: for many transactions of one key in a row.
    ///
    /// # Errors
    /// As [`Chain::submit`].
    pub async fn submit_with(
        &self,
        key: &Keypair,
        call: &Call,
        nonce: Option<u64>,
    ) -> Result<Pending, ChainError> {
        let at = self.at_final().await?;
        let mut transactions = at.transactions();
        let payload = transactions
            .from_call_data_bytes(&call.encode(at.metadata_ref())?)
            .map_err(ChainError::unexpected)?;
        let nonce = match nonce {
            Some(nonce) => nonce,
            None => self.nonce(&account_of(key)).await?,
        };
        let params = DefaultExtrinsicParamsBuilder::new()
            .mortal(MORTALITY)
            .nonce(nonce)
            .build();
        let progress = transactions
            .sign_and_submit_then_watch(&payload, key, params)
            .await
            .map_err(ChainError::from_submission)?;
        Ok(Pending::new(progress))
    }

    /// Signs and submits a call and waits until it is final.
    ///
    /// # Errors
    /// As [`Chain::submit`] and [`Pending::finalised`].
    pub async fn execute(&self, key: &Keypair, call: &Call) -> Result<Receipt, ChainError> {
        self.submit(key, call).await?.finalised().await
    }

    /// The next nonce of an account, transactions in the pool included.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn nonce(&self, who: &AccountId) -> Result<u64, ChainError> {
        self.rpc(
            "system_accountNextIndex",
            subxt::rpcs::rpc_params![who.to_string()],
        )
        .await
    }

    /// Calls a JSON-RPC method of the node.
    ///
    /// # Errors
    /// The node refuses, or the connection broke.
    pub async fn rpc<T: serde::de::DeserializeOwned>(
        &self,
        method: &str,
        params: subxt::rpcs::client::RpcParams,
    ) -> Result<T, ChainError> {
        let client = subxt::rpcs::RpcClient::from_insecure_url(&self.url)
            .await
            .map_err(|error| ChainError::Unreachable {
                url: self.url.clone(),
                reason: error.to_string(),
            })?;
        client.request(method, params).await.map_err(ChainError::from_rpc)
    }

    /// A plain storage value, `None` where it was never set.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn stored<T: Decode>(
        &self,
        pallet: &'static str,
        item: &'static str,
    ) -> Result<Option<T>, ChainError> {
        let at = self.at_final().await?;
        let entry = at
            .storage()
            .entry(subxt::storage::dynamic::<(), subxt::dynamic::Value>(pallet, item));
        let value = entry
            .map_err(ChainError::unexpected)?
            .try_fetch(())
            .await
            .map_err(ChainError::disconnected)?;
        value
            .map(|value| T::decode(&mut value.bytes()).map_err(|_| ChainError::UnknownAnswer(item)))
            .transpose()
    }

    /// The events of a block.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn events_at(&self, block: Hash) -> Result<Events<PolkadotConfig>, ChainError> {
        let at = self
            .client
            .at_block(block)
            .await
            .map_err(ChainError::disconnected)?;
        at.events().fetch().await.map_err(ChainError::disconnected)
    }
}
