//! What is in the final blocks, and what their author logged about making them.

use crate::feed::unexpected;
use codec::{Compact, Decode};
use interclear_client::chain::{Chain, Hash};
use interclear_e2e::{network::Node, story::StoryError};
use serde_json::{json, Value};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::task::JoinHandle;

/// Milliseconds since the epoch.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}

/// A block that has become final.
#[derive(Clone, Copy)]
pub struct Seen {
    number: u64,
    hash: Hash,
    /// When, in milliseconds since the epoch.
    pub at: u64,
}

/// Notes when blocks become final, until it is dropped.
pub struct Watch {
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Begins with the newest final block.
    pub async fn start(chain: &Chain) -> Result<Self, StoryError> {
        let mut blocks = chain.client().stream_blocks().await.map_err(unexpected)?;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = seen.clone();
        let task = tokio::spawn(async move {
            while let Some(Ok(block)) = blocks.next().await {
                let block = Seen {
                    number: block.number(),
                    hash: block.hash(),
                    at: now(),
                };
                noted.lock().unwrap_or_else(PoisonError::into_inner).push(block);
            }
        });
        Ok(Self { seen, task })
    }

    /// The blocks so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What a block may hold of ordinary transactions.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Execution time, in picoseconds.
    pub weight: u64,
    /// Length, in bytes.
    pub length: u32,
}

type Weight = (Compact<u64>, Compact<u64>);

impl Limits {
    /// As the runtime states them.
    pub async fn read(chain: &Chain) -> Result<Self, StoryError> {
        let at = chain.at_final().await?;
        let constant = |name: &'static str| {
            at.constants()
                .entry_bytes(subxt::constants::dynamic::<subxt::dynamic::Value>("System", name))
                .map_err(unexpected)
        };
        // Base block, most of a block; of ordinary transactions: base, most of one, most of all.
        type Start = (Weight, Weight, Weight, Option<Weight>, Option<Weight>);
        let (_, block, _, _, normal) =
            Start::decode(&mut constant("BlockWeights")?.as_slice()).map_err(unexpected)?;
        let length = u32::decode(&mut constant("BlockLength")?.as_slice()).map_err(unexpected)?;
        Ok(Self {
            weight: normal.unwrap_or(block).0 .0,
            length,
        })
    }
}

/// What is in a block.
pub struct Block {
    /// Counted from the genesis, which is 0.
    pub number: u64,
    /// Its time, in milliseconds since the epoch.
    pub time: u64,
    /// When the client saw that it is final, in milliseconds since the epoch.
    pub finalised: u64,
    /// Transactions, inherents included.
    pub transactions: usize,
    /// Length of the transactions, in bytes.
    pub length: usize,
    /// Declared execution time of the ordinary transactions, in picoseconds.
    pub weight: u64,
    /// Files anchored.
    pub anchors: u32,
    /// Files refused.
    pub refused: u32,
    /// How many milliseconds its author took to make it, and why the author stopped.
    pub made: Option<(u64, String)>,
}

impl Block {
    async fn read(
        chain: &Chain,
        seen: Seen,
        made: &HashMap<String, (u64, String)>,
    ) -> Result<Self, StoryError> {
        let at = chain.client().at_block(seen.hash).await.map_err(unexpected)?;
        let extrinsics = at.extrinsics().fetch().await.map_err(unexpected)?;
        let mut length = 0;
        for extrinsic in extrinsics.iter() {
            length += extrinsic.map_err(unexpected)?.bytes().len();
        }
        let (mut anchors, mut refused) = (0, 0);
        let events = at.events().fetch().await.map_err(unexpected)?;
        for event in events.iter() {
            let event = event.map_err(unexpected)?;
            if (event.pallet_name(), event.event_name()) == ("Anchoring", "ManyAnchored") {
                let (new, _, bad) =
                    <(u32, u32, u32)>::decode(&mut event.field_bytes()).map_err(unexpected)?;
                anchors += new;
                refused += bad;
            }
        }
        let weights: [Weight; 3] = stored(chain, seen.hash, "System", "BlockWeight").await?;
        Ok(Self {
            number: seen.number,
            time: stored(chain, seen.hash, "Timestamp", "Now").await?,
            finalised: seen.at,
            transactions: extrinsics.len(),
            length,
            weight: weights[0].0 .0,
            anchors,
            refused,
            made: made.get(&format!("{:?}", seen.hash)).cloned(),
        })
    }

    /// Milliseconds from the block's time to its finality.
    pub fn lag(&self) -> u64 {
        self.finalised.saturating_sub(self.time)
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "number": self.number,
            "anchors": self.anchors,
            "refused": self.refused,
            "transactions": self.transactions,
            "bytes": self.length,
            "weight_ms": self.weight / 1_000_000_000,
            "made_in_ms": self.made.as_ref().map(|made| made.0),
            "end": self.made.as_ref().map(|made| made.1.as_str()),
            "final_after_ms": self.lag(),
        })
    }
}

/// All blocks that were seen.
pub async fn all(chain: &Chain, seen: &[Seen], nodes: &[Node]) -> Result<Vec<Block>, StoryError> {
    let mut made = HashMap::new();
    for node in nodes {
        made.extend(made_blocks(&std::fs::read_to_string(node.log())?));
    }
    let mut blocks = Vec::new();
    for block in seen {
        blocks.push(Block::read(chain, *block, &made).await?);
    }
    Ok(blocks)
}

/// The blocks from the first to the last that has anchors.
pub async fn with_anchors(chain: &Chain, seen: &[Seen], nodes: &[Node]) -> Result<Vec<Block>, StoryError> {
    let mut blocks = all(chain, seen, nodes).await?;
    let has_anchors = |block: &Block| block.anchors + block.refused > 0;
    let first = blocks.iter().position(has_anchors).unwrap_or(blocks.len());
    let last = blocks
        .iter()
        .rposition(has_anchors)
        .map_or(first, |last| last + 1);
    Ok(blocks.drain(first..last).collect())
}

/// How long the blocks in a node's log took to make, and why their author stopped, by hash. The line that tells it has
/// the hash without the author's seal:
/// `Prepared block for proposing at 7 (2 ms) hash: 0x..; parent_hash: 0x..; end: NoMoreTransactions; ..`,
/// and a later one has both: `Pre-sealed block for proposal at 7. Hash now 0x.., previously 0x...`.
fn made_blocks(log: &str) -> HashMap<String, (u64, String)> {
    let mut bare: HashMap<&str, (u64, String)> = HashMap::new();
    let mut made = HashMap::new();
    for line in log.lines() {
        bare.extend(prepared(line));
        let sealed = line
            .split_once("Hash now ")
            .and_then(|(_, rest)| rest.split_once(", previously "));
        if let Some((hash, before)) = sealed {
            let before = before.trim_end().trim_end_matches('.');
            made.extend(bare.remove(before).map(|how| (hash.to_owned(), how)));
        }
    }
    made
}

/// The hash without seal, the time, and the reason of the end.
fn prepared(line: &str) -> Option<(&str, (u64, String))> {
    let rest = line.split_once("Prepared block for proposing at ")?.1;
    let time = rest.split_once('(')?.1.split_once(" ms)")?.0.parse().ok()?;
    let hash = rest.split_once("hash: ")?.1.split_once(';')?.0;
    let end = rest.split_once("end: ")?.1.split_once(';')?.0;
    Some((hash, (time, end.into())))
}

async fn stored<T: Decode>(
    chain: &Chain,
    block: Hash,
    pallet: &'static str,
    item: &'static str,
) -> Result<T, StoryError> {
    let at = chain.client().at_block(block).await.map_err(unexpected)?;
    let entry = at
        .storage()
        .entry(subxt::storage::dynamic::<(), subxt::dynamic::Value>(pallet, item));
    let value = entry.map_err(unexpected)?.fetch(()).await.map_err(unexpected)?;
    T::decode(&mut value.bytes()).map_err(unexpected)
}
