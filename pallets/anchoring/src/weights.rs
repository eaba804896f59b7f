//! Weights of `pallet_anchoring`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 10 steps, 5 repeats (15 where nothing varies), host vm, AMD EPYC, while the host did other work: the times
//! are rather too high. Reads and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_anchoring` weigh.
pub trait WeightInfo {
	/// Weight of `anchor`.
	fn anchor(s: u32, ) -> Weight;
	/// Weight of `anchor_many`.
	fn anchor_many(n: u32, ) -> Weight;
	/// Weight of `acknowledge`.
	fn acknowledge() -> Weight;
	/// Weight of `acknowledge_many`.
	fn acknowledge_many(n: u32, ) -> Weight;
	/// Weight of `return_file`.
	fn return_file() -> Weight;
	/// Weight of `return_records`.
	fn return_records(s: u32, ) -> Weight;
	/// Weight of `waive_gap`.
	fn waive_gap() -> Weight;
	/// Weight of `waive_file`.
	fn waive_file() -> Weight;
	/// Weight of `begin_series`.
	fn begin_series() -> Weight;
	/// Weight of `evict`.
	fn evict(n: u32, ) -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 0 to 21
	fn anchor(s: u32, ) -> Weight {
		// At least 115_696_000 picoseconds.
		Weight::from_parts(110_847_356, 0)
			// Standard error 23_980_959
			.saturating_add(Weight::from_parts(37_637_442, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 1 to 250
	fn anchor_many(n: u32, ) -> Weight {
		// At least 360_283_000 picoseconds.
		Weight::from_parts(598_198_000, 0)
			// Standard error 3_433_610
			.saturating_add(Weight::from_parts(65_984_418, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(34_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(27_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn acknowledge() -> Weight {
		// At least 47_088_000 picoseconds.
		Weight::from_parts(73_067_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 1 to 250
	fn acknowledge_many(n: u32, ) -> Weight {
		// At least 80_580_000 picoseconds.
		Weight::from_parts(83_256_000, 0)
			// Standard error 7_756_242
			.saturating_add(Weight::from_parts(72_375_547, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn return_file() -> Weight {
		// At least 221_674_000 picoseconds.
		Weight::from_parts(234_618_000, 0)
			.saturating_add(T::DbWeight::get().reads(28_u64))
			.saturating_add(T::DbWeight::get().writes(23_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 1 to 21
	fn return_records(s: u32, ) -> Weight {
		// At least 73_166_000 picoseconds.
		Weight::from_parts(79_410_216, 0)
			// Standard error 435_856
			.saturating_add(Weight::from_parts(7_330_627, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_gap() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_file() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn begin_series() -> Weight {
		// At least 41_638_000 picoseconds.
		Weight::from_parts(43_471_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// `n` from 0 to 127
	fn evict(n: u32, ) -> Weight {
		// At least 42_309_000 picoseconds.
		Weight::from_parts(110_578_544, 0)
			// Standard error 11_390_582
			.saturating_add(Weight::from_parts(27_604_363, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn anchor(s: u32, ) -> Weight {
		Weight::from_parts(110_847_356, 0)
			.saturating_add(Weight::from_parts(37_637_442, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	fn anchor_many(n: u32, ) -> Weight {
		Weight::from_parts(598_198_000, 0)
			.saturating_add(Weight::from_parts(65_984_418, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(34_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(27_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(73_067_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn acknowledge_many(n: u32, ) -> Weight {
		Weight::from_parts(83_256_000, 0)
			.saturating_add(Weight::from_parts(72_375_547, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn return_file() -> Weight {
		Weight::from_parts(234_618_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28_u64))
			.saturating_add(ParityDbWeight::get().writes(23_u64))
	}
	fn return_records(s: u32, ) -> Weight {
		Weight::from_parts(79_410_216, 0)
			.saturating_add(Weight::from_parts(7_330_627, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	fn waive_gap() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn waive_file() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn begin_series() -> Weight {
		Weight::from_parts(43_471_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict(n: u32, ) -> Weight {
		Weight::from_parts(110_578_544, 0)
			.saturating_add(Weight::from_parts(27_604_363, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}
