//! The tree in which a chain keeps its state, as its nodes are encoded: enough to walk it by nodes that a node proves.
//!
//! The state root of a header is the hash of the tree's first node, and each node has the hashes of those below it. Whoever walks
//! from the root of one block and from that of the block before, and goes down only where the hashes differ, finds every key that
//! has changed, and knows that there is no other.

use codec::{Compact, Decode};
use sp_crypto_hashing::blake2_256;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// The hash of a node.
pub type Hash = [u8; 32];

/// What is not a node of a tree of this kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a part of the state's tree cannot be read")]
pub struct Malformed;

/// Where a node is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Link {
    /// By its hash.
    Hash(Hash),
    /// In the node above, since it is short.
    Inline(Arc<[u8]>),
}

/// What a node has under its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Held {
    /// There is no node at this place.
    Nothing,
    /// A short value.
    Value(Vec<u8>),
    /// The hash of a longer one.
    Hash(Hash),
}

/// A node; keys are in half octets, one to an octet here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The half octets that all keys below have in common, after those of the nodes above.
    pub partial: Vec<u8>,
    /// What is under the key that ends here.
    pub held: Held,
    /// The nodes below, by the next half octet.
    pub below: Vec<(u8, Link)>,
}

/// What the first bits of a node say: a leaf or a branch, and how its value is held.
#[derive(Clone, Copy)]
struct Kind {
    bits: u32,
    branch: bool,
    valued: bool,
    hashed: bool,
}

fn kind(first: u8) -> Option<Kind> {
    let (bits, branch, valued, hashed) = match first {
        0b1100_0000.. => (2, true, true, false),
        0b1000_0000.. => (2, true, false, false),
        0b0100_0000.. => (2, false, true, false),
        0b0010_0000.. => (3, false, true, true),
        0b0001_0000.. => (4, true, true, true),
        _ => return None,
    };
    Some(Kind {
        bits,
        branch,
        valued,
        hashed,
    })
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> Result<&'a [u8], Malformed> {
    let (taken, rest) = input.split_at_checked(length).ok_or(Malformed)?;
    *input = rest;
    Ok(taken)
}

fn octet(input: &mut &[u8]) -> Result<u8, Malformed> {
    take(input, 1)?.first().copied().ok_or(Malformed)
}

fn hash(input: &mut &[u8]) -> Result<Hash, Malformed> {
    take(input, 32)?.try_into().map_err(|_| Malformed)
}

fn counted<'a>(input: &mut &'a [u8]) -> Result<&'a [u8], Malformed> {
    let length = Compact::<u32>::decode(input).map_err(|_| Malformed)?.0;
    take(input, usize::try_from(length).map_err(|_| Malformed)?)
}

/// The number of half octets of a partial key: what fits into the first octet, and then in octets as long as they are full.
fn length(first: u8, bits: u32, input: &mut &[u8]) -> Result<usize, Malformed> {
    let most = usize::from(u8::MAX >> bits);
    let mut length = usize::from(first) & most;
    if length < most {
        return Ok(length);
    }
    loop {
        let more = octet(input)?;
        length = length.checked_add(usize::from(more)).ok_or(Malformed)?;
        if more < u8::MAX {
            return Ok(length);
        }
    }
}

/// Octets as half octets.
pub fn halves(octets: &[u8]) -> Vec<u8> {
    octets.iter().flat_map(|octet| [octet >> 4, octet & 15]).collect()
}

/// Half octets as octets; a last one without its second half gets zero for it.
pub fn octets(halves: &[u8]) -> Vec<u8> {
    let pair = |pair: &[u8]| match pair {
        [high, low, ..] => (high << 4) | low,
        [high] => high << 4,
        [] => 0,
    };
    halves.chunks(2).map(pair).collect()
}

impl Node {
    /// Reads a node; `None` of the tree that holds nothing.
    ///
    /// # Errors
    /// It is not a node.
    pub fn read(mut input: &[u8]) -> Result<Option<Self>, Malformed> {
        let input = &mut input;
        let first = octet(input)?;
        if first == 0 {
            return Ok(None);
        }
        let kind = kind(first).ok_or(Malformed)?;
        let length = length(first, kind.bits, input)?;
        let mut partial = halves(take(input, length.div_ceil(2))?);
        if length % 2 == 1 {
            // The half octet that fills up stands in front.
            partial.remove(0);
        }
        let map = match kind.branch {
            true => u16::from_le_bytes(take(input, 2)?.try_into().map_err(|_| Malformed)?),
            false => 0,
        };
        let held = match (kind.valued, kind.hashed) {
            (false, _) => Held::Nothing,
            (true, true) => Held::Hash(hash(input)?),
            (true, false) => Held::Value(counted(input)?.to_vec()),
        };
        let mut below = Vec::new();
        for next in (0..16).filter(|next| map >> next & 1 == 1) {
            let link = counted(input)?;
            let link = <Hash>::try_from(link).map_or_else(|_| Link::Inline(link.into()), Link::Hash);
            below.push((next, link));
        }
        Ok(Some(Self { partial, held, below }))
    }

    /// Where the keys go on that have this half octet next.
    pub fn link(&self, next: u8) -> Option<&Link> {
        let found = self.below.iter().find(|(at, _)| *at == next);
        found.map(|(_, link)| link)
    }
}

/// Nodes that are remembered for the next blocks; a few hundred octets each.
const MOST: usize = 400_000;

/// Nodes and values by their hashes, as nodes of the network have proven them: what a hash finds here is what was hashed.
#[derive(Default)]
pub struct Proven(Mutex<HashMap<Hash, Arc<[u8]>>>);

impl Proven {
    /// Remembers what a proof consists of.
    pub fn learn(&self, parts: Vec<Vec<u8>>) {
        let mut known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.extend(parts.into_iter().map(|part| (blake2_256(&part), part.into())));
    }

    /// Forgets all of it when it has become much; for when nobody is on the way.
    pub fn forget(&self) {
        let mut known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() > MOST {
            known.clear();
        }
    }

    /// What has this hash.
    pub fn get(&self, hash: &Hash) -> Option<Arc<[u8]>> {
        let known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.get(hash).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_should_be_read_as_published_when_its_key_is_odd() {
        // Leaf, three half octets 1 2 3, value of two octets: 01 000011, 01, 23, compact length 2.
        let node = Node::read(&[0x43, 0x01, 0x23, 0x08, 0xaa, 0xbb])
            .unwrap()
            .unwrap();
        assert_eq!(node.partial, [1, 2, 3]);
        assert_eq!(node.held, Held::Value(vec![0xaa, 0xbb]));
        assert_eq!(node.below, []);
    }

    #[test]
    fn a_branch_should_be_read_as_published_when_a_node_below_is_short() {
        // Branch without value and without partial key, nodes below at 0 and 15: a hash, and a leaf of three octets.
        let mut octets = vec![0x80, 0x01, 0x80, 0x80];
        octets.extend([7; 32]);
        octets.extend([0x0c, 0x40, 0x04, 0xcc]);
        let node = Node::read(&octets).unwrap().unwrap();
        assert_eq!(node.link(0), Some(&Link::Hash([7; 32])));
        let Some(Link::Inline(leaf)) = node.link(15) else {
            panic!("it is inline");
        };
        let leaf = Node::read(leaf).unwrap().unwrap();
        assert_eq!((leaf.partial, leaf.held), (vec![], Held::Value(vec![0xcc])));
        assert_eq!(node.link(1), None);
    }

    #[test]
    fn a_long_key_should_have_its_length_in_several_octets_when_it_does_not_fit_the_first() {
        // 63 + 1 = 64 half octets.
        let mut octets = vec![0x7f, 0x01];
        octets.extend([0x5a; 32]);
        octets.extend([0x04, 0x01]);
        let node = Node::read(&octets).unwrap().unwrap();
        assert_eq!(node.partial, halves(&[0x5a; 32]));
    }

    #[test]
    fn a_node_should_be_refused_when_it_ends_early() {
        let whole = [0x43, 0x01, 0x23, 0x08, 0xaa, 0xbb];
        for end in 0..whole.len() {
            assert_eq!(Node::read(&whole[..end]), Err(Malformed), "{end}");
        }
        assert_eq!(Node::read(&[0x02]), Err(Malformed));
        assert_eq!(Node::read(&[0]), Ok(None));
    }
}
