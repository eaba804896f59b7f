//! Weights of `pallet_tariffs`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
		// At least 28_530_000 picoseconds.
		Weight::from_parts(58_993_111, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Tariffs::Tariffs` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_tariff() -> Weight {
		// At least 28_113_000 picoseconds.
		Weight::from_parts(32_334_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Caps` (r:1 w:1)
	// Storage: `Tariffs::NextCapId` (r:1 w:1)
	// Storage: `Tariffs::Regions` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_cap() -> Weight {
		// At least 42_124_000 picoseconds.
		Weight::from_parts(59_080_000, 0)
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
		// At least 29_651_000 picoseconds.
		Weight::from_parts(31_239_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Operators` (r:16 w:0)
	// Storage: `Tariffs::FeederSet` (r:0 w:1)
	fn set_feeders() -> Weight {
		// At least 82_223_000 picoseconds.
		Weight::from_parts(114_039_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Proposed` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn refuse_rate() -> Weight {
		// At least 23_637_000 picoseconds.
		Weight::from_parts(30_425_000, 0)
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
		// At least 71_841_000 picoseconds.
		Weight::from_parts(77_723_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Tariffs::OldestProposed` (r:1 w:0)
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_base() -> Weight {
		// At least 10_437_000 picoseconds.
		Weight::from_parts(10_877_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestProposed` (r:1 w:0)
	// Storage: `Tariffs::OldestRates` (r:1 w:0)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 20_189_000 picoseconds.
		Weight::from_parts(21_657_000, 0)
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
		// At least 41_180_000 picoseconds.
		Weight::from_parts(43_018_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_region(m: u32) -> Weight {
		// At least 28_530_000 picoseconds.
		Weight::from_parts(58_993_111, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_tariff() -> Weight {
		// At least 28_113_000 picoseconds.
		Weight::from_parts(32_334_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_cap() -> Weight {
		// At least 42_124_000 picoseconds.
		Weight::from_parts(59_080_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_rate() -> Weight {
		// At least 29_651_000 picoseconds.
		Weight::from_parts(31_239_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_feeders() -> Weight {
		// At least 82_223_000 picoseconds.
		Weight::from_parts(114_039_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn refuse_rate() -> Weight {
		// At least 23_637_000 picoseconds.
		Weight::from_parts(30_425_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn feed() -> Weight {
		// At least 71_841_000 picoseconds.
		Weight::from_parts(77_723_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn evict_base() -> Weight {
		// At least 10_437_000 picoseconds.
		Weight::from_parts(10_877_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
	}
	fn evict_step() -> Weight {
		// At least 20_189_000 picoseconds.
		Weight::from_parts(21_657_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn settle_proposed() -> Weight {
		// At least 41_180_000 picoseconds.
		Weight::from_parts(43_018_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
}
