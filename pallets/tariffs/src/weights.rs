//! Weights of `pallet_tariffs`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 1 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_tariffs` weigh.
pub trait WeightInfo {
	/// Weight of `set_region`.
	fn set_region(m: u32) -> Weight;
	/// Weight of `set_tariff`.
	fn set_tariff() -> Weight;
	/// Weight of `set_cap`.
	fn set_cap() -> Weight;
	/// Weight of `set_rate`.
	fn set_rate() -> Weight;
	/// Weight of `set_feeders`.
	fn set_feeders() -> Weight;
	/// Weight of `refuse_rate`.
	fn refuse_rate() -> Weight;
	/// Weight of `feed`.
	fn feed() -> Weight;
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
	fn set_region(m: u32) -> Weight {
		// At least 26_336_000 picoseconds.
		Weight::from_parts(28_505_335, 0)
			// Standard error 3_113
			.saturating_add(Weight::from_parts(8_592, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Tariffs::Tariffs` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_tariff() -> Weight {
		// At least 24_284_000 picoseconds.
		Weight::from_parts(26_416_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Caps` (r:1 w:1)
	// Storage: `Tariffs::NextCapId` (r:1 w:1)
	// Storage: `Tariffs::Regions` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_cap() -> Weight {
		// At least 38_041_000 picoseconds.
		Weight::from_parts(39_406_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::Proposed` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_rate() -> Weight {
		// At least 29_586_000 picoseconds.
		Weight::from_parts(31_753_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Operators` (r:16 w:0)
	// Storage: `Tariffs::FeederSet` (r:0 w:1)
	fn set_feeders() -> Weight {
		// At least 77_189_000 picoseconds.
		Weight::from_parts(78_435_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Proposed` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn refuse_rate() -> Weight {
		// At least 22_069_000 picoseconds.
		Weight::from_parts(24_861_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::FeederSet` (r:1 w:0)
	// Storage: `Tariffs::NewestRate` (r:1 w:0)
	// Storage: `Tariffs::OldestProposed` (r:1 w:1)
	// Storage: `Tariffs::Proposed` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Submissions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn feed() -> Weight {
		// At least 65_725_000 picoseconds.
		Weight::from_parts(70_562_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Tariffs::OldestProposed` (r:1 w:0)
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_base() -> Weight {
		// At least 9_768_000 picoseconds.
		Weight::from_parts(10_704_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestProposed` (r:1 w:0)
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 19_466_000 picoseconds.
		Weight::from_parts(20_992_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestProposed` (r:1 w:0)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Tariffs::Proposed` (r:2 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn settle_proposed() -> Weight {
		// At least 35_616_000 picoseconds.
		Weight::from_parts(36_603_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_region(m: u32) -> Weight {
		// At least 26_336_000 picoseconds.
		Weight::from_parts(28_505_335, 0)
			// Standard error 3_113
			.saturating_add(Weight::from_parts(8_592, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_tariff() -> Weight {
		// At least 24_284_000 picoseconds.
		Weight::from_parts(26_416_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_cap() -> Weight {
		// At least 38_041_000 picoseconds.
		Weight::from_parts(39_406_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_rate() -> Weight {
		// At least 29_586_000 picoseconds.
		Weight::from_parts(31_753_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_feeders() -> Weight {
		// At least 77_189_000 picoseconds.
		Weight::from_parts(78_435_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn refuse_rate() -> Weight {
		// At least 22_069_000 picoseconds.
		Weight::from_parts(24_861_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn feed() -> Weight {
		// At least 65_725_000 picoseconds.
		Weight::from_parts(70_562_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn evict_base() -> Weight {
		// At least 9_768_000 picoseconds.
		Weight::from_parts(10_704_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
	}
	fn evict_step() -> Weight {
		// At least 19_466_000 picoseconds.
		Weight::from_parts(20_992_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn settle_proposed() -> Weight {
		// At least 35_616_000 picoseconds.
		Weight::from_parts(36_603_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
}
