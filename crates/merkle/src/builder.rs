//! The root from a stream of leaves.

use crate::{
    hashing::{node_hash, node_hashes, root_hash, Hash},
    MAX_DEPTH, MAX_LEAVES,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// What a usage file is anchored with.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Root {
    /// Binds every leaf, its position and `count`.
    pub hash: Hash,
    /// Number of leaves, at most [`MAX_LEAVES`].
    pub count: u64,
}

/// The tree is full: it holds [`MAX_LEAVES`] leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxLeavesExceeded;

impl fmt::Display for MaxLeavesExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tree holds at most {MAX_LEAVES} leaves")
    }
}

impl core::error::Error for MaxLeavesExceeded {}

/// Computes a root from leaves pushed one at a time, in the order of the records.
///
/// Takes about 1.3 kB, whatever the number of leaves, and at most one inner hash per leaf and level closed:
/// fewer than one inner hash per leaf on average.
///
/// ```
/// use interclear_merkle::{derive_salt, leaf_hash, FileSecret, RootBuilder};
///
/// let secret = FileSecret::from([7; 32]);
/// let mut builder = RootBuilder::new();
/// for record in [b"first".as_slice(), b"second", b"third"] {
///     let index = builder.count();
///     builder.push(leaf_hash(&derive_salt(&secret, index), index, record))?;
/// }
/// let root = builder.finish();
/// assert_eq!(root.count, 3);
/// # Ok::<(), interclear_merkle::MaxLeavesExceeded>(())
/// ```
#[derive(Clone, Debug)]
pub struct RootBuilder {
    /// At level `i` the top of a complete subtree of 2^i leaves, meaningful only if bit `i` of `count` is
    /// set.
    peaks: [Hash; MAX_DEPTH as usize + 1],
    count: u64,
}

impl Default for RootBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl RootBuilder {
    /// A tree without leaves.
    pub const fn new() -> Self {
        Self {
            peaks: [[0; 32]; MAX_DEPTH as usize + 1],
            count: 0,
        }
    }

    /// Number of leaves pushed so far, which is the position of the next one.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Appends `leaf`.
    ///
    /// # Errors
    /// [`MaxLeavesExceeded`] if the tree already holds [`MAX_LEAVES`] leaves; it stays as it is.
    pub fn push(&mut self, leaf: Hash) -> Result<(), MaxLeavesExceeded> {
        if self.count >= MAX_LEAVES {
            return Err(MaxLeavesExceeded);
        }
        // Like adding one to a binary counter: equal subtrees merge until a free level is found.
        let mut carry = leaf;
        for (peak, taken) in self.peaks.iter_mut().zip(taken_levels(self.count)) {
            if !taken {
                *peak = carry;
                break;
            }
            carry = node_hash(peak, &carry);
        }
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    /// Appends `leaves` in their order, as [`push`](Self::push) does one at a time, hashing the inner nodes of each
    /// level together. Takes 65 bytes of memory per leaf.
    ///
    /// # Errors
    /// [`MaxLeavesExceeded`] if the tree would hold more than [`MAX_LEAVES`] leaves; it stays as it is.
    pub fn extend(&mut self, leaves: &[Hash]) -> Result<(), MaxLeavesExceeded> {
        let count = u64::try_from(leaves.len())
            .ok()
            .and_then(|added| self.count.checked_add(added))
            .filter(|count| *count <= MAX_LEAVES)
            .ok_or(MaxLeavesExceeded)?;
        let mut nodes = leaves.to_vec();
        for (peak, taken) in self.peaks.iter_mut().zip(taken_levels(self.count)) {
            if nodes.is_empty() {
                break;
            }
            // What stands alone at this level comes before all that is new.
            if taken {
                nodes.insert(0, *peak);
            }
            if let (1, Some(last)) = (nodes.len() % 2, nodes.last()) {
                *peak = *last;
            }
            nodes = node_hashes(&nodes);
        }
        self.count = count;
        Ok(())
    }

    /// The root over all leaves pushed. Without leaves it is a defined value that no other tree has.
    pub fn finish(self) -> Root {
        let top = self
            .peaks
            .iter()
            .zip(taken_levels(self.count))
            .filter(|(_, taken)| *taken)
            .fold(None, |right, (peak, _)| {
                Some(match right {
                    // The smallest subtree moves up unchanged; it is never paired with itself.
                    None => *peak,
                    Some(right) => node_hash(peak, &right),
                })
            });
        Root {
            hash: root_hash(self.count, top),
            count: self.count,
        }
    }
}

/// For each level, from the leaves up, whether a tree of `count` leaves has a complete subtree there that waits for its
/// sibling: the bits of `count`.
fn taken_levels(count: u64) -> impl Iterator<Item = bool> {
    core::iter::successors(Some(count), |rest| Some(rest >> 1)).map(|rest| rest & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pushing_should_fail_and_change_nothing_when_the_tree_is_full() {
        let mut builder = RootBuilder {
            count: MAX_LEAVES - 1,
            ..RootBuilder::new()
        };
        assert_eq!(builder.extend(&[[1; 32]; 2]), Err(MaxLeavesExceeded));
        assert_eq!(builder.count(), MAX_LEAVES - 1);
        assert_eq!(builder.extend(&[[1; 32]]), Ok(()));
        assert_eq!(builder.push([1; 32]), Err(MaxLeavesExceeded));
        assert_eq!(builder.extend(&[[1; 32]]), Err(MaxLeavesExceeded));
        assert_eq!(builder.extend(&[]), Ok(()));
        assert_eq!(builder.finish().count, MAX_LEAVES);
    }
}
