//! What the pallet keeps besides the records of `interclear-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::traits::{ConstU32, Get};
use interclear_netting::NettingError;
use interclear_primitives::{
    ids::{CycleId, ObligationId},
    money::{Value, ValueError},
    Moment,
};
use scale_info::TypeInfo;

/// Longest name of a token, in bytes.
pub type MaxTokenName = ConstU32<32>;
/// Longest symbol of a token, in bytes.
pub type MaxTokenSymbol = ConstU32<12>;

/// What two operators have between them in a cycle, seen from one of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Mutual {
    /// Positive: the one receives from the other.
    pub net: Value,
    /// Sum of the obligations in both directions.
    pub gross: Value,
    /// Number of obligations in both directions.
    pub obligations: u32,
}

/// What is being done with a collecting cycle, in bounded steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Stage {
    /// Due obligations are taken in.
    TakingIn {
        /// The last obligation that was looked at.
        after: Option<ObligationId>,
    },
    /// What the others have with excluded operators is taken out of the positions.
    Excluding,
}

/// How far the obligations of a finished cycle have been marked settled or opened again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Resolution {
    /// The last obligation that was looked at.
    pub after: Option<ObligationId>,
}

/// A finished cycle that waits for its removal, with its positions and the obligations that it settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Expiring {
    /// The cycle.
    pub cycle: CycleId,
    /// When its obligations had all been marked, in seconds since the epoch.
    pub since: Moment,
}

/// First and next free place of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Queue {
    /// The oldest entry, unless the queue is empty.
    pub head: u64,
    /// Where the next entry goes.
    pub tail: u64,
}

/// A failure of the netting arithmetic, as a failure of an amount.
pub(crate) fn netting_fault(_: NettingError) -> ValueError {
    // Positions that the pallet keeps sum to zero and name no party twice, so only a sum that does not fit is left.
    ValueError::Overflow
}

/// Whether a bound leaves room for one more.
pub(crate) fn has_room<Bound: Get<u32>>(used: u32, more: u32) -> bool {
    used.checked_add(more)
        .is_some_and(|wanted| wanted <= Bound::get())
}
