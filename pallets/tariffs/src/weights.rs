//! Weights of `pallet_tariffs`: first estimates, by the calls of other pallets that do as much, until they are measured.
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
	/// Weight of `evict_base`.
	fn evict_base() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Tariffs::CounterForRegions` (r:1 w:1)
	// Storage: `Tariffs::Regions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `m` from 1 to 128
	fn set_region(m: u32, ) -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(Weight::from_parts(400_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Tariffs::Tariffs` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_tariff() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Tariffs::Caps` (r:1 w:1)
	// Storage: `Tariffs::NextCapId` (r:1 w:1)
	// Storage: `Tariffs::Regions` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_cap() -> Weight {
		Weight::from_parts(160_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_rate() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Operators::Operators` (r:16 w:0)
	// Storage: `Tariffs::FeederSet` (r:0 w:1)
	fn set_feeders() -> Weight {
		Weight::from_parts(110_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::FeederSet` (r:1 w:0)
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	// Storage: `Tariffs::Submissions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn feed() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Tariffs::OldestRates` (r:1 w:1)
	// Storage: `Tariffs::OldestSubmissions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_base() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Tariffs::NewestRate` (r:1 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:1)
	fn evict_step() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_region(m: u32, ) -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(Weight::from_parts(400_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_tariff() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_cap() -> Weight {
		Weight::from_parts(160_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_rate() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_feeders() -> Weight {
		Weight::from_parts(110_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn feed() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn evict_base() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
