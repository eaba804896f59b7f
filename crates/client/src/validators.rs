//! What it takes to report a validator that has made two blocks in one slot.

use crate::{
    calls,
    chain::{Call, Chain, ChainError, Hash},
};
use codec::{Compact, Decode, Encode};
use serde::Deserialize;

/// A header as a node writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    parent_hash: String,
    number: String,
    state_root: String,
    extrinsics_root: String,
    digest: WrittenDigest,
}

#[derive(Deserialize)]
struct WrittenDigest {
    logs: Vec<String>,
}

/// The header of a block, with the seal of its author.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SealedHeader {
    /// As the chain decodes it.
    pub encoded: Vec<u8>,
    /// The slot in which the block was made.
    pub slot: u64,
}

/// Kind of an item of a digest that is written before a block is made.
const PRE_RUNTIME: u8 = 6;

fn octets(text: &str) -> Option<Vec<u8>> {
    hex::decode(text.strip_prefix("0x")?).ok()
}

impl Written {
    fn read(&self) -> Option<SealedHeader> {
        let number = u32::from_str_radix(self.number.strip_prefix("0x")?, 16).ok()?;
        let logs: Vec<Vec<u8>> = self
            .digest
            .logs
            .iter()
            .map(|log| octets(log))
            .collect::<Option<_>>()?;
        let slot = logs.iter().find_map(|log| {
            let (kind, engine, slot) = <(u8, [u8; 4], Vec<u8>)>::decode(&mut log.as_slice()).ok()?;
            let slot = u64::decode(&mut slot.as_slice()).ok()?;
            (kind == PRE_RUNTIME && engine == *b"aura").then_some(slot)
        })?;
        let mut encoded = octets(&self.parent_hash)?;
        Compact(number).encode_to(&mut encoded);
        encoded.extend(octets(&self.state_root)?);
        encoded.extend(octets(&self.extrinsics_root)?);
        Compact(u32::try_from(logs.len()).ok()?).encode_to(&mut encoded);
        encoded.extend(logs.concat());
        Some(SealedHeader { encoded, slot })
    }
}

impl Chain {
    /// The sealed header of a block, also of one that others have left behind, as long as the node has it; `None` if it has not.
    ///
    /// # Errors
    /// The connection broke, or the node answers something else.
    pub async fn sealed_header(&self, block: Hash) -> Result<Option<SealedHeader>, ChainError> {
        let params = subxt::rpcs::rpc_params![format!("0x{}", hex::encode(block.0))];
        let written: Option<Written> = self.rpc("chain_getHeader", params).await?;
        let Some(written) = written else { return Ok(None) };
        let unreadable = || ChainError::UnknownAnswer("chain_getHeader");
        written.read().map(Some).ok_or_else(unreadable)
    }

    /// The call that reports two blocks of one slot of the present session.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn report_of(&self, first: &SealedHeader, second: &SealedHeader) -> Result<Call, ChainError> {
        let authors = self.authors().await?;
        let count = u64::try_from(authors.len()).unwrap_or_default();
        let place = first
            .slot
            .checked_rem(count)
            .and_then(|place| usize::try_from(place).ok());
        let author = place.and_then(|place| authors.get(place).copied());
        let author = author.ok_or(ChainError::UnknownAnswer("AuraApi_authorities"))?;
        Ok(calls::report_two_blocks(
            first.encoded.clone(),
            second.encoded.clone(),
            author,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header as a node of version 0.1 has written it, but for its seal, which is shortened.
    fn written() -> Written {
        let text = format!(
            r#"{{"parentHash":"0x{}","number":"0x1f4","stateRoot":"0x{}","extrinsicsRoot":"0x{}",
               "digest":{{"logs":["0x066175726120e803000000000000","0x056175726108abcd"]}}}}"#,
            "11".repeat(32),
            "22".repeat(32),
            "33".repeat(32)
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn header_should_be_as_the_chain_decodes_it_when_a_node_has_written_it() {
        let header = written().read().unwrap();
        assert_eq!(header.slot, 1_000);
        // 500 as a compact, and two items.
        let expected = [
            "11".repeat(32),
            "d107".into(),
            "22".repeat(32),
            "33".repeat(32),
            "08".into(),
            "066175726120e803000000000000".into(),
            "056175726108abcd".into(),
        ];
        assert_eq!(hex::encode(header.encoded), expected.concat());
    }

    #[test]
    fn header_should_be_refused_when_it_states_no_slot() {
        let mut other = written();
        other.digest.logs.remove(0);
        assert_eq!(other.read(), None);
        let mut other = written();
        other.number = "500".into();
        assert_eq!(other.read(), None);
    }
}
