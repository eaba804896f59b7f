//! The connection to a node: queries through the runtime API, transactions awaited until they are final.

mod call;
mod error;
mod heads;
mod queries;
mod receipt;
mod sending;

pub use call::Call;
pub use error::{ChainError, Failure};
pub use heads::{Heads, BLOCK_PATIENCE, FINALITY_PATIENCE};
pub use receipt::{Pending, Receipt};
pub use sending::{Listener, News};

use codec::Decode;
use interclear_primitives::{ids::TokenId, Moment};
use std::{sync::Arc, time::Duration};
use subxt::{
    backend::LegacyBackend,
    client::{ClientAtBlock, OnlineClientAtBlockImpl},
    config::DefaultExtrinsicParamsBuilder,
    dynamic::{At, Value},
    events::Events,
    ext::frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
    transactions::SubmittableTransaction,
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

/// Blocks by which finality may be behind the best block for the newer JSON-RPC methods to be taken: a node stops answering those
/// (`chainHead`) when it is 128 behind, just when somebody has to look.
const MOST_BEHIND: u64 = 64;

/// How far finality is behind the best block.
async fn behind(rpc: &subxt::rpcs::RpcClient) -> Result<u64, ChainError> {
    #[derive(serde::Deserialize)]
    struct Numbered {
        number: String,
    }
    let at = async |params| -> Result<u64, ChainError> {
        let header: Numbered = rpc
            .request("chain_getHeader", params)
            .await
            .map_err(ChainError::from_rpc)?;
        let digits = header.number.trim_start_matches("0x");
        u64::from_str_radix(digits, 16).map_err(|_| ChainError::UnknownAnswer("chain_getHeader"))
    };
    let newest: String = rpc
        .request("chain_getFinalizedHead", subxt::rpcs::rpc_params![])
        .await
        .map_err(ChainError::from_rpc)?;
    let best = at(subxt::rpcs::rpc_params![]).await?;
    Ok(best.saturating_sub(at(subxt::rpcs::rpc_params![newest]).await?))
}

/// The time of a block.
const BLOCK: Duration = Duration::from_secs(2);
/// Longest time between two tries to reach a node.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A node and the chain behind it.
#[derive(Clone)]
pub struct Chain {
    client: OnlineClient<PolkadotConfig>,
    url: String,
    best: bool,
}

impl Chain {
    /// Connects to a node, for instance at `ws://127.0.0.1:9944`.
    ///
    /// # Errors
    /// No node answers there.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let rpc = subxt::rpcs::RpcClient::from_insecure_url(url)
            .await
            .map_err(|error| ChainError::unreachable(url, error))?;
        let client = match behind(&rpc).await? > MOST_BEHIND {
            true => {
                let older = LegacyBackend::<PolkadotConfig>::builder().build(rpc);
                OnlineClient::from_backend(Arc::new(older)).await
            }
            false => OnlineClient::from_rpc_client(rpc).await,
        };
        let client = client.map_err(|error| ChainError::unreachable(url, error))?;
        Ok(Self {
            client,
            url: url.into(),
            best: false,
        })
    }

    /// Goes by the best block in place of the newest final one: asks there, signs from there on, and takes a transaction for done
    /// that is in a block. What is not final may still be undone: it is for acting while finality stands still.
    pub fn by_best(self, best: bool) -> Self {
        Self { best, ..self }
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

    /// The state at the newest final block, or at the best one of a chain [`Chain::by_best`].
    ///
    /// # Errors
    /// The connection broke.
    pub async fn at_final(&self) -> Result<AtBlock, ChainError> {
        let at = match self.best {
            true => {
                let best: Hash = self.rpc("chain_getBlockHash", subxt::rpcs::rpc_params![]).await?;
                self.client.at_block(best).await
            }
            false => self.client.at_current_block().await,
        };
        at.map_err(ChainError::disconnected)
    }

    /// Signs a call, with an era that begins now, and hands it to the node's pool. For many transactions of one key in a row,
    /// whose nonces the caller counts; [`Chain::execute`] does everything else by itself.
    ///
    /// # Errors
    /// The call does not fit the chain's metadata, the pool refuses it, or the connection broke.
    pub async fn submit_with(&self, key: &Keypair, call: &Call, nonce: u64) -> Result<Pending, ChainError> {
        self.sign(key, call, nonce).await?.submit().await
    }

    async fn sign(&self, key: &Keypair, call: &Call, nonce: u64) -> Result<Attempt, ChainError> {
        let at = self.at_final().await?;
        let mut transactions = at.transactions();
        let payload = transactions
            .from_call_data_bytes(&call.encode(at.metadata_ref())?)
            .map_err(|_| ChainError::UnknownCall(call.title()))?;
        let params = DefaultExtrinsicParamsBuilder::new()
            .mortal(MORTALITY)
            .nonce(nonce)
            .build();
        let signed = transactions
            .create_signed(&payload, key, params)
            .await
            .map_err(ChainError::from_submission)?;
        Ok(Attempt {
            born: at.block_number(),
            signed,
        })
    }

    /// Signs and submits a call and waits until it is final. What breaks, is dropped or called invalid on the way is looked
    /// up and, if it has not landed, sent again.
    ///
    /// # Errors
    /// The chain or the pool refused, or the connection could not be mended.
    pub async fn execute(&self, key: &Keypair, call: &Call) -> Result<Receipt, ChainError> {
        self.execute_within(key, call, None, &mut ()).await
    }

    /// As [`Chain::execute`], telling what happens, and for a limited time.
    ///
    /// # Errors
    /// As [`Chain::execute`], and [`ChainError::TimedOut`]: the transaction may land later.
    pub async fn execute_within(
        &self,
        key: &Keypair,
        call: &Call,
        limit: Option<Duration>,
        listener: &mut impl Listener,
    ) -> Result<Receipt, ChainError> {
        let mut sender = Sender {
            chain: self.clone(),
            key,
            call,
        };
        let Some(after) = limit else {
            return sending::send(&mut sender, listener).await;
        };
        let mut newest = None;
        let mut told = |news: News| {
            newest = Some(news.to_string());
            listener.hear(news);
        };
        let sent = tokio::time::timeout(after, sending::send(&mut sender, &mut told)).await;
        sent.unwrap_or_else(|_| {
            let stands = newest.unwrap_or_else(|| NOT_TAKEN.into());
            Err(ChainError::TimedOut { after, stands })
        })
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
            .map_err(|error| ChainError::unreachable(&self.url, error))?;
        client.request(method, params).await.map_err(ChainError::from_rpc)
    }

    /// A new connection to the same node, which goes by the same blocks.
    ///
    /// # Errors
    /// The node cannot be reached, or is of another chain or version.
    pub async fn reconnected(&self) -> Result<Self, ChainError> {
        Ok(Self::connect(&self.url).await?.by_best(self.best))
    }

    /// The time of the newest final block.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn time(&self) -> Result<Moment, ChainError> {
        let milliseconds: Option<u64> = self.stored("Timestamp", "Now").await?;
        Ok(milliseconds.unwrap_or_default() / 1_000)
    }

    /// The transactions of a block, as they came; `None` where the node does not have the block any more.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn transactions_in(&self, block: u32) -> Result<Option<Vec<Vec<u8>>>, ChainError> {
        let Ok(at) = self.client.at_block(u64::from(block)).await else {
            // That it is gone is not told from other reasons; a connection that is broken says so here.
            self.at_final().await?;
            return Ok(None);
        };
        let Ok(transactions) = at.extrinsics().fetch().await else {
            self.at_final().await?;
            return Ok(None);
        };
        let octets = transactions.iter().filter_map(Result::ok);
        Ok(Some(octets.map(|one| one.bytes().to_vec()).collect()))
    }

    /// What a storage item keeps under keys, its leading octets decoded as `T`; `None` where there is nothing.
    async fn kept<K, T>(
        &self,
        pallet: &'static str,
        item: &'static str,
        keys: K,
    ) -> Result<Option<T>, ChainError>
    where
        K: IntoEncodableValues + IntoDecodableValues,
        T: Decode,
    {
        let at = self.at_final().await?;
        let entry = at
            .storage()
            .entry(subxt::storage::dynamic::<K, Value>(pallet, item))
            .map_err(ChainError::unexpected)?;
        let value = entry.try_fetch(keys).await.map_err(ChainError::disconnected)?;
        value
            .map(|value| T::decode(&mut value.bytes()).map_err(|_| ChainError::UnknownAnswer(item)))
            .transpose()
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
        self.kept(pallet, item, ()).await
    }

    /// The value of a storage map under a key, `None` where there is none.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn stored_under<T: Decode>(
        &self,
        pallet: &'static str,
        item: &'static str,
        key: Hash,
    ) -> Result<Option<T>, ChainError> {
        self.kept(pallet, item, (key,)).await
    }

    /// The value of a storage map under a key, as the metadata describes it; `None` where there is none.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn described_under(
        &self,
        pallet: &'static str,
        item: &'static str,
        key: Hash,
    ) -> Result<Option<Value>, ChainError> {
        let at = self.at_final().await?;
        let entry = at
            .storage()
            .entry(subxt::storage::dynamic::<(Hash,), Value>(pallet, item))
            .map_err(ChainError::unexpected)?;
        let value = entry.try_fetch((key,)).await.map_err(ChainError::disconnected)?;
        value
            .map(|value| value.decode().map_err(|_| ChainError::UnknownAnswer(item)))
            .transpose()
    }

    /// A constant of a pallet.
    ///
    /// # Errors
    /// The connection broke, or there is no such constant.
    pub async fn constant<T: Decode>(
        &self,
        pallet: &'static str,
        name: &'static str,
    ) -> Result<T, ChainError> {
        let at = self.at_final().await?;
        let constant = at
            .metadata_ref()
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.constant_by_name(name));
        let value = constant.and_then(|constant| T::decode(&mut constant.value()).ok());
        value.ok_or(ChainError::UnknownAnswer(name))
    }

    /// How much of a token is in circulation, in its minor unit; 0 where there is none.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn supply_of(&self, token: TokenId) -> Result<u128, ChainError> {
        let at = self.at_final().await?;
        let entry = at
            .storage()
            .entry(subxt::storage::dynamic::<(TokenId,), Value>("Assets", "Asset"))
            .map_err(ChainError::unexpected)?;
        let found = entry
            .try_fetch((token,))
            .await
            .map_err(ChainError::disconnected)?;
        let Some(found) = found else { return Ok(0) };
        let kept = found.decode().map_err(ChainError::unexpected)?;
        kept.at("supply")
            .and_then(Value::as_u128)
            .ok_or(ChainError::UnknownAnswer("Asset"))
    }

    /// What was burnt of a token lately: when last on each day, and how much, in its minor unit.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn burnt_lately(&self, token: TokenId) -> Result<Vec<(Moment, u128)>, ChainError> {
        let days = self.kept("Issuance", "BurntLately", (token,)).await?;
        Ok(days.unwrap_or_default())
    }

    /// All tokens of an account, also those that it cannot spend.
    ///
    /// # Errors
    /// The connection broke, or the value has another form.
    pub async fn tokens_of(&self, token: TokenId, who: &AccountId) -> Result<u128, ChainError> {
        // The balance is the first of what is kept of an account.
        let balance = self.kept("Assets", "Account", (token, *who)).await?;
        Ok(balance.unwrap_or_default())
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

/// How far a transaction has come of which no news has come.
pub const NOT_TAKEN: &str = "no node has taken it yet";

/// A signed transaction.
struct Attempt {
    /// The final block in which its era begins.
    born: u64,
    signed: SubmittableTransaction<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>,
}

impl Attempt {
    async fn submit(&self) -> Result<Pending, ChainError> {
        let progress = self.signed.submit_and_watch().await;
        Ok(Pending::new(progress.map_err(ChainError::from_submission)?))
    }
}

/// A call that one key signs, at a node.
struct Sender<'a> {
    chain: Chain,
    key: &'a Keypair,
    call: &'a Call,
}

impl sending::Pool for Sender<'_> {
    type Attempt = Attempt;
    type Done = Receipt;

    async fn reconnect(&mut self) -> Result<(), ChainError> {
        self.chain = self.chain.reconnected().await?;
        Ok(())
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        self.chain.nonce(&account_of(self.key)).await
    }

    async fn final_nonce(&self) -> Result<u64, ChainError> {
        self.chain.final_nonce(&account_of(self.key)).await
    }

    async fn sign(&self, nonce: u64) -> Result<Attempt, ChainError> {
        self.chain.sign(self.key, self.call, nonce).await
    }

    async fn send(
        &self,
        attempt: &Attempt,
        nonce: u64,
        listener: &mut impl Listener,
    ) -> Result<Receipt, ChainError> {
        let pending = attempt.submit().await?;
        let lapses = attempt.born.saturating_add(MORTALITY);
        pending.watched(&self.chain, nonce, lapses, listener).await
    }

    async fn find(&self, attempts: &[Attempt]) -> Result<Option<Receipt>, ChainError> {
        let hashes: Vec<Hash> = attempts.iter().map(|attempt| attempt.signed.hash()).collect();
        let born = |attempt: &Attempt| attempt.born;
        let (Some(first), Some(last)) = (attempts.iter().map(born).min(), attempts.iter().map(born).max())
        else {
            return Ok(None);
        };
        let end = self.chain.at_final().await?.block_number();
        for number in first..=end.min(last.saturating_add(MORTALITY)) {
            let at = self.chain.client.at_block(number).await;
            let at = at.map_err(ChainError::disconnected)?;
            if let Some(receipt) = Receipt::find(&at, &hashes).await? {
                return Ok(Some(receipt));
            }
        }
        Ok(None)
    }

    async fn pause(&self, failures: u32) {
        let time = BLOCK.saturating_mul(1 << failures.min(4)).min(LONGEST_PAUSE);
        tokio::time::sleep(time).await;
    }
}
