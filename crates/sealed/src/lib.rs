#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

// Only its feature is needed.
use clear_on_drop as _;

pub mod commit;
pub mod proof;
pub mod statement;
pub mod suite;

#[cfg(feature = "client")]
pub mod channel;
#[cfg(feature = "client")]
pub mod closing;
#[cfg(feature = "client")]
pub mod derive;
#[cfg(feature = "client")]
pub mod document;
#[cfg(feature = "client")]
pub mod prove;
#[cfg(feature = "client")]
mod secret;
#[cfg(feature = "client")]
pub mod usage;

/// A digest: Blake2b with 256 bits.
pub type Digest = [u8; 32];

/// The number of an operator on the chain.
pub type OperatorId = u32;

/// Blake2b with 256 bits of parts, one after the other.
pub(crate) fn blake2b(parts: &[&[u8]]) -> Digest {
    let mut state = blake2b_simd::Params::new().hash_length(32).to_state();
    for part in parts {
        state.update(part);
    }
    let mut digest = [0; 32];
    digest.copy_from_slice(state.finalize().as_bytes());
    digest
}
