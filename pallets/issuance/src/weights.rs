//! Weights of `pallet_issuance`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_issuance` weigh.
pub trait WeightInfo {
	/// Weight of `attest`.
	fn attest() -> Weight;
	/// Weight of `redeem`.
	fn redeem() -> Weight;
	/// Weight of `confirm_redemption`.
	fn confirm_redemption() -> Weight;
	/// Weight of `return_redemption`.
	fn return_redemption() -> Weight;
	/// Weight of `freeze`.
	fn freeze() -> Weight;
	/// Weight of `thaw`.
	fn thaw() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Issuance::Attestations` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn attest() -> Weight {
		// At least 58291000 picoseconds.
		Weight::from_parts(61291000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Issuance::Redemptions` (r:0 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	fn redeem() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Issuance::Redemptions` (r:1 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	fn confirm_redemption() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Issuance::Redemptions` (r:1 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	fn return_redemption() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Issuance::Freezes` (r:1 w:1)
	fn freeze() -> Weight {
		// At least 58_291_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Issuance::Freezes` (r:1 w:1)
	fn thaw() -> Weight {
		// At least 58_291_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

impl WeightInfo for () {
	fn attest() -> Weight {
		// At least 58291000 picoseconds.
		Weight::from_parts(61291000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn redeem() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn confirm_redemption() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn return_redemption() -> Weight {
		// At least 168310000 picoseconds.
		Weight::from_parts(171310000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn freeze() -> Weight {
		// At least 58_291_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn thaw() -> Weight {
		// At least 58_291_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
