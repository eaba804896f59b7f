//! Weights of `pallet_validators`, to be measured by its benchmarks in the WASM runtime.
//!
//! Not measured yet: estimated from calls of other pallets that do as much.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_validators` weigh.
pub trait WeightInfo {
	/// Weight of `add`.
	fn add() -> Weight;
	/// Weight of `remove`.
	fn remove() -> Weight;
	/// Weight of `reenable`.
	fn reenable() -> Weight;
	/// Weight of `report_two_blocks`.
	fn report_two_blocks() -> Weight;
	/// Weight of `check_proof`.
	fn check_proof() -> Weight;
	/// Weight of `note_stalled`.
	fn note_stalled() -> Weight;
	/// Weight of `set_keys`.
	fn set_keys() -> Weight;
	/// Weight of `set_peers`.
	fn set_peers() -> Weight;
	/// Weight of `note_block`.
	fn note_block() -> Weight;
	/// Weight of `evict_base`.
	fn evict_base() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn add() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn remove() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(312_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn reenable() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn report_two_blocks() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(120_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn check_proof() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	fn note_stalled() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn set_keys() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn set_peers() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(33_u64))
	}
	fn note_block() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn evict_base() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn add() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn remove() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(312_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn reenable() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn report_two_blocks() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(120_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn check_proof() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
	}
	fn note_stalled() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_keys() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_peers() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().writes(33_u64))
	}
	fn note_block() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_base() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
