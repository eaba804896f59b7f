//! All octets that a chain has taken in, as a node hands them out.

use super::{Leak, Scanner};
use interclear_client::chain::{Chain, ChainError};
use serde_json::Value;
use sp_crypto_hashing::twox_128;
use subxt::rpcs::rpc_params;

/// Keys that are asked for at once.
const PAGE: u32 = 500;
/// The key under which the runtime's code is.
const CODE: &[u8] = b":code";

/// Pieces of octets, each with where it was.
pub type Pieces = Vec<(String, Vec<u8>)>;

/// The state, the events and the blocks of a chain up to its newest final block.
pub struct Dump {
    /// Number of that block.
    pub head: u64,
    /// Keys and values of its state. The runtime's code is left out while it is that of the genesis block, which was
    /// before anybody sent anything.
    pub state: Pieces,
    /// The events of each block, encoded.
    pub events: Pieces,
    /// Every text and every list of octets in each block from the first one on: header, extrinsics, justifications.
    pub blocks: Pieces,
}

impl Dump {
    /// Fetches everything.
    ///
    /// # Errors
    /// The connection broke, or the node does not keep the state of every block since the genesis block.
    pub async fn fetch(chain: &Chain) -> Result<Self, ChainError> {
        let head = chain.at_final().await?.block_number();
        let mut dump = Self {
            head,
            state: state(chain, head).await?,
            events: Vec::new(),
            blocks: Vec::new(),
        };
        let key = hexadecimal(&[twox_128(b"System"), twox_128(b"Events")].concat());
        for number in 1..=head {
            let hash = hash_of(chain, number).await?;
            let events: Option<String> = chain
                .rpc("state_getStorage", rpc_params![key.clone(), hash.clone()])
                .await?;
            let events = events
                .and_then(|text| octets(&text))
                .ok_or_else(|| missing(format!("the events of block {number}")))?;
            dump.events.push((format!("events of block {number}"), events));
            let block: Value = chain.rpc("chain_getBlock", rpc_params![hash]).await?;
            pieces(&block, &format!("block {number}"), &mut dump.blocks);
        }
        Ok(dump)
    }

    /// Every number that is found anywhere.
    pub fn scan(&self, scanner: &Scanner) -> Vec<Leak> {
        [&self.state, &self.events, &self.blocks]
            .into_iter()
            .flatten()
            .flat_map(|(place, octets)| scanner.scan(place, octets))
            .collect()
    }

    /// How many octets there are.
    pub fn size(&self) -> usize {
        [&self.state, &self.events, &self.blocks]
            .into_iter()
            .flatten()
            .map(|(_, octets)| octets.len())
            .sum()
    }
}

/// Whether any of the pieces contains the octets.
pub fn contain(pieces: &Pieces, wanted: &[u8]) -> bool {
    pieces
        .iter()
        .any(|(_, octets)| octets.windows(wanted.len()).any(|window| window == wanted))
}

fn missing(what: String) -> ChainError {
    ChainError::Answer(format!("the node does not have {what}"))
}

fn hexadecimal(octets: &[u8]) -> String {
    format!("0x{}", hex::encode(octets))
}

/// The octets of hexadecimal text; numbers may have an odd count of digits.
fn octets(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?;
    let even = match digits.len() % 2 {
        0 => digits.to_owned(),
        _ => format!("0{digits}"),
    };
    hex::decode(even).ok()
}

async fn hash_of(chain: &Chain, number: u64) -> Result<String, ChainError> {
    let hash: Option<String> = chain.rpc("chain_getBlockHash", rpc_params![number]).await?;
    hash.ok_or_else(|| missing(format!("block {number}")))
}

/// A storage change set, of which the block does not matter.
#[derive(serde::Deserialize)]
struct Changes {
    changes: Vec<(String, Option<String>)>,
}

async fn state(chain: &Chain, head: u64) -> Result<Pieces, ChainError> {
    let (genesis, at) = (hash_of(chain, 0).await?, hash_of(chain, head).await?);
    let code = hexadecimal(CODE);
    let mut hashes = Vec::new();
    for block in [&genesis, &at] {
        let hash: Option<String> = chain
            .rpc("state_getStorageHash", rpc_params![code.clone(), block.clone()])
            .await?;
        hashes.push(hash.ok_or_else(|| missing("the runtime's code".into()))?);
    }
    let same_code = hashes[0] == hashes[1];

    let mut pieces = Vec::new();
    let mut last: Option<String> = None;
    loop {
        let keys: Vec<String> = chain
            .rpc(
                "state_getKeysPaged",
                rpc_params!["0x", PAGE, last.clone(), at.clone()],
            )
            .await?;
        let Some(end) = keys.last() else { break };
        last = Some(end.clone());
        let wanted: Vec<&String> = keys.iter().filter(|key| !same_code || **key != code).collect();
        let answers: Vec<Changes> = chain
            .rpc("state_queryStorageAt", rpc_params![wanted, at.clone()])
            .await?;
        for (key, value) in answers.into_iter().flat_map(|answer| answer.changes) {
            let read = |text: Option<&str>| {
                text.and_then(octets)
                    .ok_or_else(|| missing(format!("the value of {key}")))
            };
            // In one piece: what begins in a key could go on in the value.
            let mut both = read(Some(&key))?;
            both.extend(read(value.as_deref())?);
            pieces.push((format!("state, key {key}"), both));
        }
    }
    Ok(pieces)
}

/// Every text and every list of octets in an answer.
fn pieces(value: &Value, place: &str, found: &mut Pieces) {
    match value {
        Value::String(text) => {
            found.push((
                place.into(),
                octets(text).unwrap_or_else(|| text.clone().into_bytes()),
            ));
        }
        Value::Array(items) => {
            let list: Option<Vec<u8>> = items
                .iter()
                .map(|item| item.as_u64().and_then(|octet| octet.try_into().ok()))
                .collect();
            match list {
                Some(list) => found.push((place.into(), list)),
                None => items.iter().for_each(|item| pieces(item, place, found)),
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pieces(field, &format!("{place}, {name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
