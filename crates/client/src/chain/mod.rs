//! The connection to a node: queries through the runtime API, transactions awaited until they are final.

mod call;
mod error;
mod query;

pub use call::Call;
pub use error::{ChainError, Failure};

use codec::Decode;
use subxt::{
    client::{ClientAtBlock, OnlineClientAtBlockImpl},
    config::DefaultExtrinsicParamsBuilder,
    events::Events,
    extrinsics::ExtrinsicEvents,
    transactions::{TransactionInBlock, TransactionStatus},
    ArcMetadata, OnlineClient, PolkadotConfig,
};
use subxt_signer::sr25519::Keypair;

/// An account, as the chain knows it.
pub type AccountId = subxt::utils::AccountId32;
/// The hash of a block or of a transaction.
pub type Hash = subxt::config::substrate::H256;

type AtBlock = ClientAtBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

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

/// What became of a transaction that is final and succeeded.
pub struct Receipt {
    /// The block that includes it.
    pub block: Hash,
    /// That block's number.
    pub number: u64,
    /// The transaction's hash.
    pub hash: Hash,
    events: ExtrinsicEvents<PolkadotConfig>,
    metadata: ArcMetadata,
}

impl Receipt {
    /// The first event of a name, its leading fields decoded as `T`.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn event<T: Decode>(&self, pallet: &'static str, name: &'static str) -> Result<T, ChainError> {
        self.all(pallet, name)?
            .into_iter()
            .next()
            .ok_or(ChainError::MissingEvent { pallet, name })
    }

    /// Every event of a name, the leading fields of each decoded as `T`.
    ///
    /// # Errors
    /// An event has another form.
    pub fn all<T: Decode>(&self, pallet: &'static str, name: &'static str) -> Result<Vec<T>, ChainError> {
        self.events
            .iter()
            .filter_map(|event| match event {
                Ok(event) if event.pallet_name() == pallet && event.event_name() == name => Some(
                    T::decode(&mut event.field_bytes())
                        .map_err(|_| ChainError::MissingEvent { pallet, name }),
                ),
                Ok(_) => None,
                Err(error) => Some(Err(ChainError::unexpected(error))),
            })
            .collect()
    }

    /// For every event of a name that tells of a refusal: its leading fields decoded as `T`, and the dispatch error that
    /// follows them, in words.
    ///
    /// # Errors
    /// An event has another form.
    pub fn refusals<T: Decode>(
        &self,
        pallet: &'static str,
        name: &'static str,
    ) -> Result<Vec<(T, Failure)>, ChainError> {
        let mut refusals = Vec::new();
        for event in self.events.iter() {
            let event = event.map_err(ChainError::unexpected)?;
            if event.pallet_name() != pallet || event.event_name() != name {
                continue;
            }
            let mut rest = event.field_bytes();
            let head = T::decode(&mut rest).map_err(|_| ChainError::MissingEvent { pallet, name })?;
            refusals.push((head, error::decode_failure(rest, &self.metadata)?));
        }
        Ok(refusals)
    }

    /// What became of each call of a [`Call::force_batch`], in their order: `None` where it succeeded.
    ///
    /// # Errors
    /// An event has another form.
    pub fn items(&self) -> Result<Vec<Option<Failure>>, ChainError> {
        let mut items = Vec::new();
        for event in self.events.iter() {
            let event = event.map_err(ChainError::unexpected)?;
            match (event.pallet_name(), event.event_name()) {
                ("Utility", "ItemCompleted") => items.push(None),
                ("Utility", "ItemFailed") => {
                    items.push(Some(error::decode_failure(event.field_bytes(), &self.metadata)?));
                }
                _ => {}
            }
        }
        Ok(items)
    }

    /// Names of all events, as `Pallet.Event`.
    pub fn event_names(&self) -> Vec<String> {
        self.events
            .iter()
            .filter_map(Result::ok)
            .map(|event| format!("{}.{}", event.pallet_name(), event.event_name()))
            .collect()
    }
}

/// A transaction that a node has accepted into its pool.
pub struct Pending {
    progress:
        subxt::transactions::TransactionProgress<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>,
}

impl Pending {
    /// Waits until the transaction is in a final block.
    ///
    /// # Errors
    /// It failed, was dropped, or the connection broke.
    pub async fn finalised(mut self) -> Result<Receipt, ChainError> {
        while let Some(status) = self.progress.next().await {
            match status.map_err(ChainError::from_progress)? {
                TransactionStatus::InFinalizedBlock(included) => return Self::receipt(included).await,
                TransactionStatus::Error { message } | TransactionStatus::Dropped { message } => {
                    return Err(ChainError::Dropped(message))
                }
                TransactionStatus::Invalid { message } => {
                    return Err(ChainError::Refused(error::in_words(&message)))
                }
                _ => {}
            }
        }
        Err(ChainError::Disconnected(
            "the node stopped reporting on the transaction".into(),
        ))
    }

    async fn receipt(
        included: TransactionInBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>,
    ) -> Result<Receipt, ChainError> {
        let events = included
            .wait_for_success()
            .await
            .map_err(ChainError::from_events)?;
        let at = included.at().await.map_err(ChainError::disconnected)?;
        Ok(Receipt {
            block: included.block_hash(),
            number: at.block_number(),
            hash: included.extrinsic_hash(),
            events,
            metadata: at.metadata(),
        })
    }
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
        Ok(Pending { progress })
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
