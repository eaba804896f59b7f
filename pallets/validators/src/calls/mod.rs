//! The rules behind the calls.

mod blocks;
mod finality;
mod keys;
mod membership;
mod offences;
mod peers;

#[cfg(feature = "runtime-benchmarks")]
pub(crate) use blocks::MAX_HEADER;
