//! The rules above the engines, which the chain and its clients share: what is billed for a month and why, which terms are
//! sound, how two sides' reports compare, what a line can charge at most.
//!
//! Pure functions over the records of `interclear-primitives`; a rule stands here once, and pallets and command line call it.
//! Amounts and quantities are in the units of those records.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub mod caps;
pub mod explain;
pub mod rate;
pub mod reports;
pub mod stretch;
pub mod terms;
