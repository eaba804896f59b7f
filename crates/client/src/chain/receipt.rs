//! A transaction on its way, and what it did once it is final.

use super::{
    error,
    sending::{Listener, News},
    AtBlock, Chain, ChainError, Failure, Hash,
};
use codec::Decode;
use std::time::{Duration, Instant};
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

/// Time after which what stands still is told again.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time between two looks at the newest blocks: within it some come, if any do.
const LOOK: Duration = Duration::from_secs(10);

impl Pending {
    pub(super) fn new(progress: Progress) -> Self {
        Self { progress }
    }

    /// Waits until the transaction is in a final block.
    ///
    /// # Errors
    /// It failed, was dropped, or the connection broke.
    pub async fn finalised(mut self) -> Result<Receipt, ChainError> {
        let mut taken = false;
        while let Some(status) = self.progress.next().await {
            if let Some(included) = included(status.map_err(ChainError::from_progress)?, &mut taken)? {
                return Self::receipt(included).await;
            }
        }
        Err(Self::silent())
    }

    /// As [`Pending::finalised`], telling what happens meanwhile; it can be included up to the block `lapses`.
    pub(super) async fn watched(
        mut self,
        chain: &Chain,
        nonce: u64,
        lapses: u64,
        listener: &mut impl Listener,
    ) -> Result<Receipt, ChainError> {
        let mut block = None;
        let mut taken = false;
        let mut told: Option<Instant> = None;
        loop {
            let status = match tokio::time::timeout(LOOK, self.progress.next()).await {
                Ok(Some(status)) => status.map_err(ChainError::from_progress)?,
                Ok(None) => return Err(Self::silent()),
                Err(_) => {
                    // Only a node that answers can tell that nothing is made, or becomes final.
                    let heads = chain.heads().await?;
                    let at = if chain.best { heads.best } else { heads.final_block };
                    // A node that has lost it says nothing more; who has its nonce is then looked up.
                    if block.is_none() && at > lapses {
                        return Err(ChainError::Dropped("its time is over".into()));
                    }
                    let stands = block.is_none() || heads.finality_stands();
                    if stands && told.is_none_or(|told| told.elapsed() >= PATIENCE) {
                        listener.hear(News::Waits { block, heads });
                        told = Some(Instant::now());
                    }
                    continue;
                }
            };
            match &status {
                TransactionStatus::Validated => listener.hear(News::Ready { nonce }),
                TransactionStatus::InBestBlock(included) => {
                    let number = included
                        .at()
                        .await
                        .map_err(ChainError::disconnected)?
                        .block_number();
                    block = Some(number);
                    listener.hear(News::InBlock { block: number });
                }
                TransactionStatus::NoLongerInBestBlock => block = None,
                _ => {}
            }
            let done = match status {
                TransactionStatus::InBestBlock(included) if chain.best => Some(included),
                status => included(status, &mut taken)?,
            };
            if let Some(included) = done {
                return Self::receipt(included).await;
            }
        }
    }

    fn silent() -> ChainError {
        ChainError::Disconnected("the node stopped reporting on the transaction".into())
    }

    async fn receipt(included: Included) -> Result<Receipt, ChainError> {
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

type Included = TransactionInBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;
type Status = TransactionStatus<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

/// The final block with the transaction, if it is that far. A pool that calls a transaction invalid which it had `taken` has
/// given it up, for whatever reason: that is not the chain's word.
fn included(status: Status, taken: &mut bool) -> Result<Option<Included>, ChainError> {
    match status {
        TransactionStatus::Validated | TransactionStatus::InBestBlock(_) => {
            *taken = true;
            Ok(None)
        }
        TransactionStatus::Invalid { message } if !*taken => Err(ChainError::never_taken(&message)),
        TransactionStatus::InFinalizedBlock(included) => Ok(Some(included)),
        TransactionStatus::Error { message } | TransactionStatus::Dropped { message } => {
            Err(ChainError::Dropped(message))
        }
        TransactionStatus::Invalid { message } => Err(ChainError::Dropped(error::in_words(&message))),
        _ => Ok(None),
    }
}

impl Receipt {
    /// What became of a transaction in a block, if the block has one of these; it may have failed.
    pub(super) async fn find(at: &AtBlock, hashes: &[Hash]) -> Result<Option<Self>, ChainError> {
        let transactions = at.extrinsics().fetch().await.map_err(ChainError::disconnected)?;
        for transaction in transactions.iter() {
            let transaction = transaction.map_err(ChainError::unexpected)?;
            let hash = transaction.hash();
            if !hashes.contains(&hash) {
                continue;
            }
            let events = transaction.events().await.map_err(ChainError::disconnected)?;
            for event in events.iter() {
                let event = event.map_err(ChainError::unexpected)?;
                if (event.pallet_name(), event.event_name()) == ("System", "ExtrinsicFailed") {
                    let failure = error::decode_failure(event.field_bytes(), &at.metadata())?;
                    return Err(ChainError::Failed(failure));
                }
            }
            return Ok(Some(Self {
                block: at.block_hash(),
                number: at.block_number(),
                hash,
                events,
                metadata: at.metadata(),
            }));
        }
        Ok(None)
    }
}
