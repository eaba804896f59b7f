//! Identities of nodes in the network, as people write them and as the chain keeps them.

use core::{fmt, str::FromStr};

/// What comes before the key in the identity of a node with an ed25519 key: the key itself in place of a hash, of 36 octets.
const BEFORE: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

/// The identity of a node, by its public key (ed25519); written in base 58, as nodes print it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PeerId(pub [u8; 32]);

/// The text is not the identity of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the identity of a node begins with 12D3KooW; the node prints it, and `interclear-node key inspect-node-key` tells it")]
pub struct InvalidPeerId;

impl FromStr for PeerId {
    type Err = InvalidPeerId;

    fn from_str(text: &str) -> Result<Self, InvalidPeerId> {
        let octets = bs58::decode(text).into_vec().map_err(|_| InvalidPeerId)?;
        let key = octets.strip_prefix(&BEFORE).ok_or(InvalidPeerId)?;
        key.try_into().map(Self).map_err(|_| InvalidPeerId)
    }
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&bs58::encode([&BEFORE[..], &self.0].concat()).into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the node whose secret key is the number 1, as every Substrate node prints it.
    const ONE: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    const KEY: &str = "4cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29";

    #[test]
    fn identity_should_be_its_key_when_it_is_read_and_written() {
        let id: PeerId = ONE.parse().unwrap();
        assert_eq!(hex::encode(id.0), KEY);
        assert_eq!(id.to_string(), ONE);
    }

    #[test]
    fn text_should_be_refused_when_it_is_no_identity_of_a_node() {
        for wrong in [
            "",
            "Alice",
            &ONE[1..],
            KEY,
            "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
        ] {
            assert_eq!(wrong.parse::<PeerId>(), Err(InvalidPeerId), "{wrong}");
        }
    }
}
