//! What the pallet keeps besides the records of `interclear-primitives`, which clients see.

use frame_support::traits::ConstU32;

/// Pauses of netting that are remembered: of years, if it is paused every month.
pub type MaxRemembered = ConstU32<64>;
