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
	/// Weight of `evict_proofs`.
	fn evict_proofs(n: u32, ) -> Weight;
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
	// Storage: `Reports::Reports` (r:1 w:0)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 0 to 26
	fn anchor(s: u32, ) -> Weight {
		// At least 132_899_000 picoseconds.
		Weight::from_parts(142_760_433, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Reports::Reports` (r:1 w:0)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 0 to 125
	// `r` from 1 to 125
	fn anchor_many(n: u32, r: u32, ) -> Weight {
		// At least 2_050_990_000 picoseconds.
		Weight::from_parts(395_436_856, 0)
			// Standard error 1_562_640
			.saturating_add(Weight::from_parts(18_480_933, 0).saturating_mul(n.into()))
			// Standard error 1_576_588
			.saturating_add(Weight::from_parts(80_174_997, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads((10_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(r.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::NrtrdeFiles` (r:1 w:1)
	// Storage: `Anchoring::NrtrdeMonthsOf` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 0 to 125
	// `r` from 1 to 125
	fn anchor_nrtrde(n: u32, r: u32, ) -> Weight {
		// At least 1_242_881_000 picoseconds.
		Weight::from_parts(1_243_793_000, 0)
			// Standard error 415_647
			.saturating_add(Weight::from_parts(3_322_489, 0).saturating_mul(n.into()))
			// Standard error 415_301
			.saturating_add(Weight::from_parts(51_077_696, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(r.into())))
	}
	// Storage: `Anchoring::Batches` (r:1 w:0)
	// Storage: `Anchoring::ProofBooks` (r:1 w:1)
	// Storage: `Anchoring::Proofs` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `d` from 0 to 10
	fn prove_record(d: u32, ) -> Weight {
		// At least 53_089_000 picoseconds.
		Weight::from_parts(56_120_886, 0)
			// Standard error 128_916
			.saturating_add(Weight::from_parts(1_327_134, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn acknowledge() -> Weight {
		// At least 45_775_000 picoseconds.
		Weight::from_parts(66_985_000, 0)
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
		// At least 60_193_000 picoseconds.
		Weight::from_parts(240_311_355, 0)
			// Standard error 291_741
			.saturating_add(Weight::from_parts(19_566_841, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(52_u64))
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
		// At least 76_292_000 picoseconds.
		Weight::from_parts(78_607_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 1 to 26
	fn return_records(s: u32, ) -> Weight {
		// At least 61_284_000 picoseconds.
		Weight::from_parts(62_477_472, 0)
			// Standard error 85_898
			.saturating_add(Weight::from_parts(328_412, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_gap() -> Weight {
		// At least 58_650_000 picoseconds.
		Weight::from_parts(60_724_000, 0)
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
		// At least 61_465_000 picoseconds.
		Weight::from_parts(63_408_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn begin_series() -> Weight {
		// At least 39_964_000 picoseconds.
		Weight::from_parts(42_239_000, 0)
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
		// At least 36_929_000 picoseconds.
		Weight::from_parts(37_765_473, 0)
			// Standard error 80_365
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	// Storage: `Anchoring::ProofBooks` (r:2 w:1)
	// Storage: `Anchoring::ProofCursor` (r:1 w:1)
	// Storage: `Anchoring::Proofs` (r:127 w:127)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_proofs(n: u32, ) -> Weight {
		// Not measured: as `evict`.
		Weight::from_parts(37_765_473, 0)
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn anchor(s: u32, ) -> Weight {
		Weight::from_parts(142_760_433, 0)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn anchor_many(n: u32, r: u32, ) -> Weight {
		Weight::from_parts(395_436_856, 0)
			.saturating_add(Weight::from_parts(18_480_933, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(80_174_997, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads((10_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((5_u64).saturating_mul(r.into())))
	}
	fn anchor_nrtrde(n: u32, r: u32, ) -> Weight {
		Weight::from_parts(1_243_793_000, 0)
			.saturating_add(Weight::from_parts(3_322_489, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(51_077_696, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads((7_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((3_u64).saturating_mul(r.into())))
	}
	fn prove_record(d: u32, ) -> Weight {
		Weight::from_parts(56_120_886, 0)
			.saturating_add(Weight::from_parts(1_327_134, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(66_985_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn acknowledge_many(n: u32, ) -> Weight {
		Weight::from_parts(240_311_355, 0)
			.saturating_add(Weight::from_parts(19_566_841, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(52_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn return_file() -> Weight {
		Weight::from_parts(78_607_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn return_records(s: u32, ) -> Weight {
		Weight::from_parts(62_477_472, 0)
			.saturating_add(Weight::from_parts(328_412, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn waive_gap() -> Weight {
		Weight::from_parts(60_724_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn waive_file() -> Weight {
		Weight::from_parts(63_408_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn begin_series() -> Weight {
		Weight::from_parts(42_239_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict(n: u32, ) -> Weight {
		Weight::from_parts(37_765_473, 0)
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn evict_proofs(n: u32, ) -> Weight {
		Weight::from_parts(37_765_473, 0)
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}
