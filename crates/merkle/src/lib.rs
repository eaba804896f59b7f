#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

mod batch;
mod builder;
mod hashing;
mod proof;

pub use batch::LeafBatch;
pub use builder::{MaxLeavesExceeded, Root, RootBuilder};
pub use hashing::{derive_salt, file_digest, leaf_hash, FileSecret, Hash, Salt};
pub use proof::{prove, verify, Proof, ProofInvalid};

/// Greatest number of siblings in a proof, which is the greatest depth of a tree.
pub const MAX_DEPTH: u32 = 40;

/// Greatest number of leaves in a tree: 2 to the power of [`MAX_DEPTH`], about 10^12.
pub const MAX_LEAVES: u64 = 1 << MAX_DEPTH;
