//! Weights of `pallet_channels`, estimated after calls of `pallet_inventory` with as many reads and writes; `scripts/weights` measures
//! them.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_channels` weigh.
pub trait WeightInfo {
	/// Weight of `set_sealing_key`.
	fn set_sealing_key() -> Weight;
	/// Weight of `revoke_sealing_key`.
	fn revoke_sealing_key() -> Weight;
	/// Weight of `set_suite`.
	fn set_suite() -> Weight;
	/// Weight of `offer_channel`.
	fn offer_channel() -> Weight;
	/// Weight of `accept_channel`.
	fn accept_channel() -> Weight;
	/// Weight of `close_channel`.
	fn close_channel() -> Weight;
	/// Weight of `resend_channel`.
	fn resend_channel() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Channels::Keyrings` (r:1 w:1)
	// Storage: `Channels::PublicKeys` (r:0 w:2)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Channels::Taken` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn set_sealing_key() -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Channels::Keyrings` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn revoke_sealing_key() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Channels::Suites` (r:0 w:1)
	fn set_suite() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:0 w:2)
	// Storage: `Channels::Keyrings` (r:2 w:0)
	// Storage: `Channels::Partners` (r:0 w:2)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	fn offer_channel() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:33 w:2)
	// Storage: `Channels::Keyrings` (r:2 w:0)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	fn accept_channel() -> Weight {
		Weight::from_parts(90_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(40_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:33 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn close_channel() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:0)
	// Storage: `Channels::Epochs` (r:1 w:1)
	// Storage: `Channels::Keyrings` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn resend_channel() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_sealing_key() -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn revoke_sealing_key() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_suite() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn offer_channel() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn accept_channel() -> Weight {
		Weight::from_parts(90_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(40_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn close_channel() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn resend_channel() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
