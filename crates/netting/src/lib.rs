#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

mod exclusion;
mod minimum;
mod payments;
mod positions;

pub use exclusion::{exclude, Exclusion, Obligation};
pub use minimum::{carry_forward, CarriedForward};
pub use payments::{transfers, Transfer};
pub use positions::{is_zero_sum, net_positions, Position, Positions};

use core::fmt;
use interclear_record::record;

/// Why a set of obligations or positions cannot be netted. Nothing is changed in any of these cases.
#[record(Copy, no_serde)]
pub enum NettingError {
    /// What one party is to receive or to pay in all exceeds `u128`, or its net position exceeds `i128`.
    Overflow,
    /// An obligation names the same party as debtor and as creditor.
    SelfObligation,
    /// An obligation was to be removed that had not been added.
    NotIncluded,
    /// The positions do not sum to zero.
    Unbalanced,
}

impl fmt::Display for NettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "an amount, or a sum of amounts, is too large",
            Self::SelfObligation => "an obligation names the same party as debtor and as creditor",
            Self::NotIncluded => "the obligation to remove was never added",
            Self::Unbalanced => "the positions do not sum to zero",
        })
    }
}

impl core::error::Error for NettingError {}
