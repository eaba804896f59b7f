//! Transactions that are signed beforehand and handed to a node as fast as its pool is emptied.

use crate::setup::Stage;
use codec::{Decode, Encode};
use interclear_client::{
    calls,
    chain::{account_of, AccountId, Chain, ChainError},
    files::hex,
};
use interclear_e2e::story::StoryError;
use interclear_primitives::batch::Anchor;
use std::time::{Duration, Instant};
use subxt::{
    config::DefaultExtrinsicParamsBuilder,
    rpcs::{rpc_params, RpcClient},
};

/// Blocks for which the signed transactions stay valid.
const MORTALITY: u64 = 1_024;
/// Bytes that one operator has waiting for a block: what the chain lets one of four desks.
const BYTES_WAITING: usize = 2_000_000;
/// Transactions of these, likewise.
const COUNT_WAITING: usize = 1_000;
/// Files of one series before the next is begun.
const SERIES_LENGTH: u32 = 90_000;
/// How often a node is asked what is final.
const LOOK: Duration = Duration::from_millis(100);
/// How long nothing of what a node has accepted may become final.
const PATIENCE: Duration = Duration::from_secs(45);

/// How calls are filled.
#[derive(Clone, Copy)]
pub struct Mode {
    /// Anchors per call.
    pub size: u32,
    /// How many series the files of a call are of, in turn; with 1, of the next only when the first is full.
    pub mixed: u32,
    /// The first series that is used.
    pub first_series: u32,
    /// Calls of each operator that are in these series already.
    pub before: [u32; 2],
}

/// One operator's transactions.
pub struct Feed {
    chain: Chain,
    account: AccountId,
    first_nonce: u64,
    signed: Vec<Vec<u8>>,
}

/// What was handed over.
pub struct Fed {
    /// Transactions that the node accepted.
    pub accepted: usize,
    /// Why the node refused the next one, if it did.
    pub refusal: Option<String>,
    /// When each was handed over.
    handed: Vec<Instant>,
    /// From then until it was seen to be final, in seconds; of those that are.
    pub seconds: Vec<f64>,
}

impl Fed {
    /// So many are final by now.
    fn final_by_now(&mut self, done: usize) {
        let news = self.handed.iter().take(done).skip(self.seconds.len());
        let news: Vec<f64> = news.map(|handed| handed.elapsed().as_secs_f64()).collect();
        self.seconds.extend(news);
    }
}

impl Feed {
    /// Signs `count` calls of an operator (0 or 1).
    pub async fn sign(stage: &Stage, operator: usize, mode: Mode, count: u32) -> Result<Self, StoryError> {
        let party = stage.actors.mobile()[operator];
        let account = account_of(&party.clearing);
        let first_nonce = party.chain.nonce(&account).await?;
        let at = party.chain.at_final().await?;
        let mut transactions = at.transactions();
        let mut signed = Vec::new();
        for (number, nonce) in (mode.before[operator]..).take(count as usize).zip(first_nonce..) {
            let call = calls::anchor_many(&anchors(stage, operator, mode, number));
            let payload = transactions
                .from_call_data_bytes(&call.encode(at.metadata_ref())?)
                .map_err(unexpected)?;
            let params = DefaultExtrinsicParamsBuilder::new()
                .mortal(MORTALITY)
                .nonce(nonce)
                .build();
            let transaction = transactions
                .create_signed(&payload, &party.clearing, params)
                .await
                .map_err(unexpected)?;
            signed.push(transaction.into_encoded());
        }
        Ok(Self {
            chain: party.chain.clone(),
            account,
            first_nonce,
            signed,
        })
    }

    /// Hands the transactions to the node for some time, or until there are no more or one is refused, and waits until
    /// all that were accepted are final. With a pace, one after each such time; else as fast as the pool is emptied.
    pub async fn run(&self, time: Duration, pace: Option<Duration>) -> Result<Fed, StoryError> {
        let client = RpcClient::from_insecure_url(self.chain.url())
            .await
            .map_err(unexpected)?;
        let started = Instant::now();
        let mut fed = Fed {
            accepted: 0,
            refusal: None,
            handed: Vec::new(),
            seconds: Vec::new(),
        };
        let is_due = |number: usize| pace.is_none_or(|pace| started.elapsed() >= pace * number as u32);
        let mut included = 0;
        'feeding: while started.elapsed() < time && fed.accepted < self.signed.len() {
            while fed.accepted < self.signed.len()
                && self.fits(included, fed.accepted)
                && is_due(fed.accepted)
            {
                fed.handed.push(Instant::now());
                match submit(&client, &self.signed[fed.accepted]).await {
                    Ok(()) => fed.accepted += 1,
                    Err(refusal) => {
                        fed.refusal = Some(refusal.to_string());
                        break 'feeding;
                    }
                }
                if started.elapsed() >= time {
                    break 'feeding;
                }
            }
            tokio::time::sleep(LOOK).await;
            included = self.included(&client).await?;
            fed.final_by_now(self.done().await?);
        }
        self.all_final(&client, &mut fed).await?;
        Ok(fed)
    }

    /// Waits until all that were accepted are final.
    async fn all_final(&self, client: &RpcClient, fed: &mut Fed) -> Result<(), StoryError> {
        let accepted = fed.accepted;
        let (mut done, mut progress) = (0, Instant::now());
        loop {
            let now = self.done().await?;
            fed.final_by_now(now.min(accepted));
            if now >= accepted {
                return Ok(());
            }
            if now > done {
                (done, progress) = (now, Instant::now());
            }
            if progress.elapsed() > PATIENCE {
                let answer = submit(client, &self.signed[now]).await;
                let answer = answer.map_or_else(|refusal| refusal.to_string(), |()| "accepted".into());
                let lost = accepted - now;
                let what = format!(
                    "{lost} of {accepted} accepted transactions do not land; the first again: {answer}"
                );
                return Err(StoryError::Unexpected(what));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// How many of the transactions are in blocks up to the node's best. The others wait.
    async fn included(&self, client: &RpcClient) -> Result<usize, StoryError> {
        let account = hex(&self.account.encode());
        let params = rpc_params!["AccountNonceApi_account_nonce", account];
        let nonce: String = client.request("state_call", params).await.map_err(unexpected)?;
        let nonce = hex::decode(nonce.trim_start_matches("0x")).map_err(unexpected)?;
        let nonce = u32::decode(&mut &nonce[..]).map_err(unexpected)?;
        Ok(u64::from(nonce).saturating_sub(self.first_nonce) as usize)
    }

    /// How many of the transactions are final.
    async fn done(&self) -> Result<usize, StoryError> {
        Ok(self
            .chain
            .final_nonce(&self.account)
            .await?
            .saturating_sub(self.first_nonce) as usize)
    }

    fn fits(&self, included: usize, accepted: usize) -> bool {
        let waiting = &self.signed[included.min(accepted)..accepted];
        waiting.len() < COUNT_WAITING && waiting.iter().map(Vec::len).sum::<usize>() < BYTES_WAITING
    }

    /// Bytes of a transaction.
    pub fn transaction_length(&self) -> usize {
        self.signed.first().map_or(0, Vec::len)
    }

    /// What the operator has used of its quota, and all of it, in picoseconds.
    pub async fn quota(&self) -> Result<(u64, u64), ChainError> {
        Ok(self
            .chain
            .quota(self.account)
            .await?
            .map_or((0, 0), |quota| (quota.used, quota.limit)))
    }
}

async fn submit(client: &RpcClient, transaction: &[u8]) -> Result<(), subxt::rpcs::Error> {
    client
        .request::<String>("author_submitExtrinsic", rpc_params![hex(transaction)])
        .await
        .map(drop)
}

/// The anchors of a call.
fn anchors(stage: &Stage, operator: usize, mode: Mode, call: u32) -> Vec<Anchor> {
    (call * mode.size..(call + 1) * mode.size)
        .map(|file| {
            let (series, sequence) = match mode.mixed {
                1 => (file / SERIES_LENGTH, file % SERIES_LENGTH),
                series => (file % series, file / series),
            };
            stage.anchor(stage.series(operator, mode.first_series + series), sequence + 1)
        })
        .collect()
}

pub fn unexpected(what: impl std::fmt::Display) -> StoryError {
    StoryError::Unexpected(what.to_string())
}
