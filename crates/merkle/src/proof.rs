//! Showing that one leaf belongs to a root, without showing any other record.

use crate::{
    builder::Root,
    hashing::{node_hash, root_hash, Hash},
    MAX_DEPTH, MAX_LEAVES,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// The siblings on the way from a leaf to the top of the tree, nearest to the leaf first.
///
/// Levels at which the leaf's subtree has no sibling are left out, so that for a given position and number
/// of leaves exactly one length is right.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Proof {
    /// At most [`MAX_DEPTH`] hashes.
    pub siblings: BoundedVec<Hash, ConstU32<MAX_DEPTH>>,
}

/// Why a proof does not show what it claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofInvalid {
    /// The position is not below the number of leaves.
    IndexOutOfRange,
    /// The proof is too short or too long for this position in a tree of this many leaves.
    WrongLength,
    /// The leaf, its position, the number of leaves or a sibling is not the one that the root binds.
    RootMismatch,
}

impl fmt::Display for ProofInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IndexOutOfRange => "the position is not below the number of leaves",
            Self::WrongLength => "the proof has the wrong length for this position and number of leaves",
            Self::RootMismatch => "the proof does not lead to the root",
        })
    }
}

impl core::error::Error for ProofInvalid {}

/// The proof for the leaf at `index`. `None` if there is no such leaf, or more leaves than a tree can hold.
///
/// Hashes the whole tree: time and memory grow with the number of leaves.
pub fn prove(leaves: &[Hash], index: u64) -> Option<Proof> {
    if u64::try_from(leaves.len()).ok()? > MAX_LEAVES {
        return None;
    }
    let mut position = usize::try_from(index).ok()?;
    leaves.get(position)?;

    let mut siblings = BoundedVec::new();
    let mut level: Vec<Hash> = leaves.to_vec();
    while level.len() > 1 {
        if let Some(sibling) = level.get(position ^ 1) {
            siblings.try_push(*sibling).ok()?;
        }
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node_hash(left, right),
                // `chunks` yields no empty slice, so this is the odd node at the end, moved up unchanged.
                rest => rest.first().copied().unwrap_or_default(),
            })
            .collect();
        position >>= 1;
    }
    Some(Proof { siblings })
}

/// Checks that `leaf` is the leaf at position `index` of the tree with this root.
///
/// `root.count` must be the count that was anchored together with `root.hash`: a wrong one fails. At most
/// [`MAX_DEPTH`] + 1 hashes.
///
/// # Errors
/// [`ProofInvalid`]: a leaf, a position, a count, a sibling or a root other than the one that was anchored is refused.
pub fn verify(root: &Root, proof: &Proof, leaf: &Hash, index: u64) -> Result<(), ProofInvalid> {
    if index >= root.count {
        return Err(ProofInvalid::IndexOutOfRange);
    }
    // Position of the subtree that holds the leaf, and of the last subtree, at the level reached. `count`
    // is above `index`, hence not zero.
    let mut position = index;
    let mut last = root.count.saturating_sub(1);
    let mut hash = *leaf;
    let mut siblings = proof.siblings.iter();
    while last > 0 {
        let is_right = position & 1 == 1;
        // The last subtree, when it is a left one, has no sibling at this level and moves up.
        if is_right || position < last {
            let sibling = siblings.next().ok_or(ProofInvalid::WrongLength)?;
            hash = if is_right {
                node_hash(sibling, &hash)
            } else {
                node_hash(&hash, sibling)
            };
        }
        position >>= 1;
        last >>= 1;
    }
    if siblings.next().is_some() {
        return Err(ProofInvalid::WrongLength);
    }
    if root_hash(root.count, Some(hash)) != root.hash {
        return Err(ProofInvalid::RootMismatch);
    }
    Ok(())
}
