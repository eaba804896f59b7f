//! Weights of `pallet_issuance`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
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
	/// Weight of `mint`.
	fn mint() -> Weight;
	/// Weight of `burn`.
	fn burn() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Issuance::Attestations` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn attest() -> Weight {
		// At least 35_153_000 picoseconds.
		Weight::from_parts(39_533_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Issuance::NextRedemption` (r:1 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	// Storage: `Issuance::Redemptions` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn redeem() -> Weight {
		// At least 115_963_000 picoseconds.
		Weight::from_parts(124_495_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Issuance::BurntLately` (r:1 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	// Storage: `Issuance::Redemptions` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn confirm_redemption() -> Weight {
		// At least 82_860_000 picoseconds.
		Weight::from_parts(90_726_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Issuance::Open` (r:1 w:1)
	// Storage: `Issuance::Redemptions` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn return_redemption() -> Weight {
		// At least 89_751_000 picoseconds.
		Weight::from_parts(93_448_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Issuance::Freezes` (r:0 w:1)
	// Storage: `Netting::Outages` (r:1 w:1)
	// Storage: `Netting::Standings` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn freeze() -> Weight {
		// At least 48_140_000 picoseconds.
		Weight::from_parts(56_155_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Issuance::Freezes` (r:1 w:1)
	// Storage: `Netting::Outages` (r:1 w:1)
	// Storage: `Netting::Standings` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Switches::Pauses` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn thaw() -> Weight {
		// At least 60_532_000 picoseconds.
		Weight::from_parts(77_484_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn mint() -> Weight {
		// At least 73_817_000 picoseconds.
		Weight::from_parts(86_905_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Issuance::BurntLately` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn burn() -> Weight {
		// At least 96_172_000 picoseconds.
		Weight::from_parts(98_848_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn attest() -> Weight {
		// At least 35_153_000 picoseconds.
		Weight::from_parts(39_533_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn redeem() -> Weight {
		// At least 115_963_000 picoseconds.
		Weight::from_parts(124_495_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn confirm_redemption() -> Weight {
		// At least 82_860_000 picoseconds.
		Weight::from_parts(90_726_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn return_redemption() -> Weight {
		// At least 89_751_000 picoseconds.
		Weight::from_parts(93_448_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn freeze() -> Weight {
		// At least 48_140_000 picoseconds.
		Weight::from_parts(56_155_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn thaw() -> Weight {
		// At least 60_532_000 picoseconds.
		Weight::from_parts(77_484_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn mint() -> Weight {
		// At least 73_817_000 picoseconds.
		Weight::from_parts(86_905_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn burn() -> Weight {
		// At least 96_172_000 picoseconds.
		Weight::from_parts(98_848_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
