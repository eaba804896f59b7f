//! Weights of `pallet_anchoring`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_anchoring` weigh.
pub trait WeightInfo {
	/// Weight of `anchor`.
	fn anchor(s: u32, ) -> Weight;
	/// Weight of `anchor_many`.
	fn anchor_many(n: u32, r: u32, ) -> Weight;
	/// Weight of `anchor_nrtrde`.
	fn anchor_nrtrde(n: u32, r: u32, ) -> Weight;
	/// Weight of `prove_record`.
	fn prove_record(d: u32, ) -> Weight;
	/// Weight of `report_usage`.
	fn report_usage() -> Weight;
	/// Weight of `affirm_usage`.
	fn affirm_usage() -> Weight;
	/// Weight of `conclude_usage`.
	fn conclude_usage() -> Weight;
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
	// `s` from 0 to 26
	fn anchor(s: u32, ) -> Weight {
		// At least 114_714_000 picoseconds.
		Weight::from_parts(126_878_688, 0)
			// Standard error 197_995
			.saturating_add(Weight::from_parts(11_807_421, 0).saturating_mul(s.into()))
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
	fn prove_record(d: u32, ) -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64)).saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn report_usage() -> Weight {
		Weight::from_parts(500_000_000, 0).saturating_add(T::DbWeight::get().reads(20_u64)).saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn affirm_usage() -> Weight {
		Weight::from_parts(300_000_000, 0).saturating_add(T::DbWeight::get().reads(16_u64)).saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn conclude_usage() -> Weight {
		Weight::from_parts(500_000_000, 0).saturating_add(T::DbWeight::get().reads(20_u64)).saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn anchor_nrtrde(n: u32, r: u32, ) -> Weight {
		Self::anchor_many(n, r)
	}
	fn anchor_many(n: u32, r: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 0).saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64).saturating_mul(r.into())).saturating_add(T::DbWeight::get().writes(4_u64).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(20_309_702, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(n.into())).saturating_add(T::DbWeight::get().writes(n.into()))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn acknowledge() -> Weight {
		// At least 44_924_000 picoseconds.
		Weight::from_parts(46_337_000, 0)
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
		// At least 48_190_000 picoseconds.
		Weight::from_parts(48_441_000, 0)
			// Standard error 79_509
			.saturating_add(Weight::from_parts(20_165_551, 0).saturating_mul(n.into()))
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
		// At least 254_486_000 picoseconds.
		Weight::from_parts(259_245_000, 0)
			.saturating_add(T::DbWeight::get().reads(33_u64))
			.saturating_add(T::DbWeight::get().writes(28_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 1 to 26
	fn return_records(s: u32, ) -> Weight {
		// At least 62_156_000 picoseconds.
		Weight::from_parts(58_190_851, 0)
			// Standard error 58_079
			.saturating_add(Weight::from_parts(7_668_985, 0).saturating_mul(s.into()))
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
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_gap() -> Weight {
		// At least 59_822_000 picoseconds.
		Weight::from_parts(61_345_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_file() -> Weight {
		// At least 64_480_000 picoseconds.
		Weight::from_parts(68_669_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn begin_series() -> Weight {
		// At least 42_710_000 picoseconds.
		Weight::from_parts(72_867_000, 0)
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
		// At least 39_043_000 picoseconds.
		Weight::from_parts(144_174_960, 0)
			// Standard error 396_756
			.saturating_add(Weight::from_parts(11_959_313, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn anchor(s: u32, ) -> Weight {
		Weight::from_parts(126_878_688, 0)
			.saturating_add(Weight::from_parts(11_807_421, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	fn prove_record(d: u32, ) -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64)).saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn report_usage() -> Weight {
		Weight::from_parts(500_000_000, 0).saturating_add(ParityDbWeight::get().reads(20_u64)).saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn affirm_usage() -> Weight {
		Weight::from_parts(300_000_000, 0).saturating_add(ParityDbWeight::get().reads(16_u64)).saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn conclude_usage() -> Weight {
		Weight::from_parts(500_000_000, 0).saturating_add(ParityDbWeight::get().reads(20_u64)).saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn anchor_nrtrde(n: u32, r: u32, ) -> Weight {
		Self::anchor_many(n, r)
	}
	fn anchor_many(n: u32, r: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 0).saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64).saturating_mul(r.into())).saturating_add(ParityDbWeight::get().writes(4_u64).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(20_309_702, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(n.into())).saturating_add(ParityDbWeight::get().writes(n.into()))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(46_337_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn acknowledge_many(n: u32, ) -> Weight {
		Weight::from_parts(48_441_000, 0)
			.saturating_add(Weight::from_parts(20_165_551, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn return_file() -> Weight {
		Weight::from_parts(259_245_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33_u64))
			.saturating_add(ParityDbWeight::get().writes(28_u64))
	}
	fn return_records(s: u32, ) -> Weight {
		Weight::from_parts(58_190_851, 0)
			.saturating_add(Weight::from_parts(7_668_985, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
	}
	fn waive_gap() -> Weight {
		Weight::from_parts(61_345_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn waive_file() -> Weight {
		Weight::from_parts(68_669_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn begin_series() -> Weight {
		Weight::from_parts(72_867_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict(n: u32, ) -> Weight {
		Weight::from_parts(144_174_960, 0)
			.saturating_add(Weight::from_parts(11_959_313, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}
