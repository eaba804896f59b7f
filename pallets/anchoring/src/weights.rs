//! Weights of `pallet_anchoring`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_anchoring` weigh.
pub trait WeightInfo {
	/// Weight of `anchor`.
	fn anchor(s: u32) -> Weight;
	/// Weight of `anchor_many`.
	fn anchor_many(n: u32, r: u32, s: u32) -> Weight;
	/// Weight of `cover`.
	fn cover() -> Weight;
	/// Weight of `anchor_nrtrde`.
	fn anchor_nrtrde(n: u32, r: u32) -> Weight;
	/// Weight of `prove_record`.
	fn prove_record(d: u32) -> Weight;
	/// Weight of `acknowledge`.
	fn acknowledge() -> Weight;
	/// Weight of `acknowledge_many`.
	fn acknowledge_many(n: u32) -> Weight;
	/// Weight of `return_file`.
	fn return_file() -> Weight;
	/// Weight of `return_records`.
	fn return_records(s: u32) -> Weight;
	/// Weight of `waive_gap`.
	fn waive_gap() -> Weight;
	/// Weight of `waive_file`.
	fn waive_file() -> Weight;
	/// Weight of `begin_series`.
	fn begin_series() -> Weight;
	/// Weight of `evict`.
	fn evict(n: u32) -> Weight;
	/// Weight of `evict_proofs`.
	fn evict_proofs(n: u32) -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::EntriesOf` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:1)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Months` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Reports::Reports` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `s` from 0 to 26
	fn anchor(s: u32) -> Weight {
		// At least 165_304_000 picoseconds.
		Weight::from_parts(263_434_271, 0)
			// Standard error 890_925
			.saturating_add(Weight::from_parts(1_737_107, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Agreements::Agreements` (r:125 w:0)
	// Storage: `Agreements::Outlines` (r:125 w:0)
	// Storage: `Agreements::Routes` (r:125 w:0)
	// Storage: `Anchoring::Batches` (r:250 w:250)
	// Storage: `Anchoring::EntriesOf` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:3)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:250 w:250)
	// Storage: `Anchoring::Sequences` (r:125 w:125)
	// Storage: `Anchoring::Totals` (r:125 w:125)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:126 w:0)
	// Storage: `Reports::Reports` (r:125 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 0 to 125
	// `r` from 1 to 125
	// `s` from 0 to 3250
	fn anchor_many(n: u32, r: u32, s: u32) -> Weight {
		// At least 2_544_476_000 picoseconds.
		Weight::from_parts(2_605_617_000, 0)
			// Standard error 3_398_300
			.saturating_add(Weight::from_parts(97_346_546, 0).saturating_mul(r.into()))
			// Standard error 130_474
			.saturating_add(Weight::from_parts(719_022, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64.saturating_mul(r.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Months` (r:1 w:1)
	fn cover() -> Weight {
		// At least 57_094_000 picoseconds.
		Weight::from_parts(59_937_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:125 w:0)
	// Storage: `Agreements::Outlines` (r:125 w:0)
	// Storage: `Agreements::Routes` (r:125 w:0)
	// Storage: `Anchoring::EntriesOf` (r:1 w:1)
	// Storage: `Anchoring::EvictionPages` (r:1 w:1)
	// Storage: `Anchoring::EvictionQueue` (r:1 w:3)
	// Storage: `Anchoring::NextEviction` (r:1 w:0)
	// Storage: `Anchoring::NrtrdeFiles` (r:250 w:250)
	// Storage: `Anchoring::NrtrdeMonthsOf` (r:125 w:125)
	// Storage: `Anchoring::Sequences` (r:125 w:125)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:126 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 0 to 125
	// `r` from 1 to 125
	fn anchor_nrtrde(n: u32, r: u32) -> Weight {
		// At least 1_144_696_000 picoseconds.
		Weight::from_parts(1_197_644_000, 0)
			// Standard error 2_002_329
			.saturating_add(Weight::from_parts(5_109_770, 0).saturating_mul(n.into()))
			// Standard error 2_000_728
			.saturating_add(Weight::from_parts(56_416_965, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(r.into())))
	}
	// Storage: `Anchoring::Batches` (r:1 w:0)
	// Storage: `Anchoring::EntriesOf` (r:1 w:1)
	// Storage: `Anchoring::ProofBooks` (r:1 w:1)
	// Storage: `Anchoring::Proofs` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `d` from 0 to 10
	fn prove_record(d: u32) -> Weight {
		// At least 66_242_000 picoseconds.
		Weight::from_parts(81_796_166, 0)
			// Standard error 631_972
			.saturating_add(Weight::from_parts(1_033_196, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn acknowledge() -> Weight {
		// At least 84_858_000 picoseconds.
		Weight::from_parts(102_143_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Anchoring::Batches` (r:250 w:250)
	// Storage: `Anchoring::Periods` (r:250 w:250)
	// Storage: `Anchoring::Totals` (r:500 w:500)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:50 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 1 to 250
	fn acknowledge_many(n: u32) -> Weight {
		// At least 103_954_000 picoseconds.
		Weight::from_parts(109_158_000, 0)
			// Standard error 622_357
			.saturating_add(Weight::from_parts(61_595_692, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(52_u64))
			.saturating_add(T::DbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::SentAgainUntil` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Months` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn return_file() -> Weight {
		// At least 160_476_000 picoseconds.
		Weight::from_parts(208_976_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
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
	fn return_records(s: u32) -> Weight {
		// At least 110_377_000 picoseconds.
		Weight::from_parts(153_215_610, 0)
			// Standard error 517_730
			.saturating_add(Weight::from_parts(2_976_036, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_gap() -> Weight {
		// At least 139_635_000 picoseconds.
		Weight::from_parts(156_417_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Batches` (r:1 w:1)
	// Storage: `Anchoring::LastClosed` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn waive_file() -> Weight {
		// At least 143_496_000 picoseconds.
		Weight::from_parts(157_349_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Sequences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn begin_series() -> Weight {
		// At least 103_714_000 picoseconds.
		Weight::from_parts(131_138_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Anchoring::Batches` (r:128 w:127)
	// Storage: `Anchoring::EvictionPages` (r:2 w:2)
	// Storage: `Anchoring::EvictionQueue` (r:2 w:2)
	// Storage: `Anchoring::NextEviction` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:128 w:0)
	// Storage: `Anchoring::TestFiles` (r:127 w:127)
	// `n` from 0 to 127
	fn evict(n: u32) -> Weight {
		// At least 65_913_000 picoseconds.
		Weight::from_parts(26_811_572, 0)
			// Standard error 383_992
			.saturating_add(Weight::from_parts(34_477_238, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	// Storage: `Anchoring::ProofBooks` (r:2 w:1)
	// Storage: `Anchoring::ProofCursor` (r:1 w:0)
	// Storage: `Anchoring::Proofs` (r:127 w:127)
	// `n` from 0 to 127
	fn evict_proofs(n: u32) -> Weight {
		// At least 35_517_000 picoseconds.
		Weight::from_parts(49_443_731, 0)
			// Standard error 58_244
			.saturating_add(Weight::from_parts(1_919_155, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn anchor(s: u32) -> Weight {
		// At least 165_304_000 picoseconds.
		Weight::from_parts(263_434_271, 0)
			// Standard error 890_925
			.saturating_add(Weight::from_parts(1_737_107, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn anchor_many(n: u32, r: u32, s: u32) -> Weight {
		// At least 2_544_476_000 picoseconds.
		Weight::from_parts(2_605_617_000, 0)
			// Standard error 3_398_300
			.saturating_add(Weight::from_parts(97_346_546, 0).saturating_mul(r.into()))
			// Standard error 130_474
			.saturating_add(Weight::from_parts(719_022, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(r.into())))
	}
	fn cover() -> Weight {
		// At least 57_094_000 picoseconds.
		Weight::from_parts(59_937_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn anchor_nrtrde(n: u32, r: u32) -> Weight {
		// At least 1_144_696_000 picoseconds.
		Weight::from_parts(1_197_644_000, 0)
			// Standard error 2_002_329
			.saturating_add(Weight::from_parts(5_109_770, 0).saturating_mul(n.into()))
			// Standard error 2_000_728
			.saturating_add(Weight::from_parts(56_416_965, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(r.into())))
	}
	fn prove_record(d: u32) -> Weight {
		// At least 66_242_000 picoseconds.
		Weight::from_parts(81_796_166, 0)
			// Standard error 631_972
			.saturating_add(Weight::from_parts(1_033_196, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn acknowledge() -> Weight {
		// At least 84_858_000 picoseconds.
		Weight::from_parts(102_143_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn acknowledge_many(n: u32) -> Weight {
		// At least 103_954_000 picoseconds.
		Weight::from_parts(109_158_000, 0)
			// Standard error 622_357
			.saturating_add(Weight::from_parts(61_595_692, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(52_u64))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn return_file() -> Weight {
		// At least 160_476_000 picoseconds.
		Weight::from_parts(208_976_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn return_records(s: u32) -> Weight {
		// At least 110_377_000 picoseconds.
		Weight::from_parts(153_215_610, 0)
			// Standard error 517_730
			.saturating_add(Weight::from_parts(2_976_036, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn waive_gap() -> Weight {
		// At least 139_635_000 picoseconds.
		Weight::from_parts(156_417_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn waive_file() -> Weight {
		// At least 143_496_000 picoseconds.
		Weight::from_parts(157_349_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn begin_series() -> Weight {
		// At least 103_714_000 picoseconds.
		Weight::from_parts(131_138_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict(n: u32) -> Weight {
		// At least 65_913_000 picoseconds.
		Weight::from_parts(26_811_572, 0)
			// Standard error 383_992
			.saturating_add(Weight::from_parts(34_477_238, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn evict_proofs(n: u32) -> Weight {
		// At least 35_517_000 picoseconds.
		Weight::from_parts(49_443_731, 0)
			// Standard error 58_244
			.saturating_add(Weight::from_parts(1_919_155, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}
