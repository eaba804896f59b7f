//! A transaction on its way, and what it did once it is final.

use super::{error, ChainError, Failure, Hash};
use codec::Decode;
use subxt::{
    client::OnlineClientAtBlockImpl,
    extrinsics::ExtrinsicEvents,
    transactions::{TransactionInBlock, TransactionStatus},
    ArcMetadata, PolkadotConfig,
};

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

    /// What became of each call of a `force_batch`, in their order: `None` where it succeeded.
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
    progress: Progress,
}

type Progress =
    subxt::transactions::TransactionProgress<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

impl Pending {
    pub(super) fn new(progress: Progress) -> Self {
        Self { progress }
    }

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
