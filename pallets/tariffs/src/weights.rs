//! Weights of `pallet_tariffs`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_tariffs` weigh.
pub trait WeightInfo {
	/// Weight of `set_region`.
	fn set_region(m: u32, ) -> Weight;
	/// Weight of `set_tariff`.
	fn set_tariff() -> Weight;
	/// Weight of `set_cap`.
	fn set_cap() -> Weight;
	/// Weight of `set_rate`.
	fn set_rate() -> Weight;
	/// Weight of `set_feeders`.
	fn set_feeders() -> Weight;
	/// Weight of `feed`.
	fn feed() -> Weight;
	/// Weight of `refuse_rate`.
	fn refuse_rate() -> Weight;
	/// Weight of `evict_base`.
	fn evict_base() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
	/// Weight of `settle_proposed`.
	fn settle_proposed() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Tariffs::Regions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `m` from 1 to 128
	fn set_region(m: u32, ) -> Weight {
		// At least 36_438_000 picoseconds.
		Weight::from_parts(58_634_054, 0)
			// Standard error 21_552
			.saturating_add(Weight::from_parts(138_783, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Tariffs::Tariffs` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_tariff() -> Weight {
		// At least 44_032_000 picoseconds.
		Weight::from_parts(57_337_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Caps` (r:1 w:1)
	// Storage: `Tariffs::NextCapId` (r:1 w:1)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_cap() -> Weight {
		// At least 73_908_000 picoseconds.
		Weight::from_parts(87_032_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_rate() -> Weight {
		// At least 47_038_000 picoseconds.
		Weight::from_parts(58_409_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::FeederSet` (r:0 w:1)
	fn set_feeders() -> Weight {
		// At least 86_652_000 picoseconds.
		Weight::from_parts(160_409_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::FeederSet` (r:1 w:0)
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn feed() -> Weight {
		// At least 62_957_000 picoseconds.
		Weight::from_parts(124_953_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Not measured: as `set_rate`.
	fn refuse_rate() -> Weight {
		Weight::from_parts(58_409_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_base() -> Weight {
		// At least 11_952_000 picoseconds.
		Weight::from_parts(14_868_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 22_061_000 picoseconds.
		Weight::from_parts(44_663_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Not measured: as `set_rate`.
	fn settle_proposed() -> Weight {
		Weight::from_parts(58_409_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_region(m: u32, ) -> Weight {
		Weight::from_parts(58_634_054, 0)
			.saturating_add(Weight::from_parts(138_783, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_tariff() -> Weight {
		Weight::from_parts(57_337_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_cap() -> Weight {
		Weight::from_parts(87_032_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_rate() -> Weight {
		Weight::from_parts(58_409_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_feeders() -> Weight {
		Weight::from_parts(160_409_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn feed() -> Weight {
		Weight::from_parts(124_953_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	// Not measured: as `set_rate`.
	fn refuse_rate() -> Weight {
		Weight::from_parts(58_409_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn evict_base() -> Weight {
		Weight::from_parts(14_868_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(44_663_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	// Not measured: as `set_rate`.
	fn settle_proposed() -> Weight {
		Weight::from_parts(58_409_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
}
