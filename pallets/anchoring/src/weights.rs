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
		// At least 194_482_000 picoseconds.
		Weight::from_parts(235_123_528, 0)
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
		// At least 3_485_538_000 picoseconds.
		Weight::from_parts(3_536_598_000, 0)
			// Standard error 5_215_097
			.saturating_add(Weight::from_parts(97_602_627, 0).saturating_mul(r.into()))
			// Standard error 200_228
			.saturating_add(Weight::from_parts(1_587_950, 0).saturating_mul(s.into()))
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
		// At least 54_657_000 picoseconds.
		Weight::from_parts(56_532_000, 0)
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
		// At least 1_099_646_000 picoseconds.
		Weight::from_parts(380_264_278, 0)
			// Standard error 846_386
			.saturating_add(Weight::from_parts(5_969_615, 0).saturating_mul(n.into()))
			// Standard error 853_930
			.saturating_add(Weight::from_parts(49_941_864, 0).saturating_mul(r.into()))
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
		// At least 57_962_000 picoseconds.
		Weight::from_parts(84_197_000, 0)
			// Standard error 1_705_945
			.saturating_add(Weight::from_parts(2_225_363, 0).saturating_mul(d.into()))
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
		// At least 125_577_000 picoseconds.
		Weight::from_parts(149_477_000, 0)
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
		// At least 163_234_000 picoseconds.
		Weight::from_parts(165_344_000, 0)
			// Standard error 319_604
			.saturating_add(Weight::from_parts(76_986_456, 0).saturating_mul(n.into()))
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
		// At least 189_525_000 picoseconds.
		Weight::from_parts(255_938_000, 0)
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
		// At least 142_372_000 picoseconds.
		Weight::from_parts(196_809_211, 0)
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
		// At least 132_437_000 picoseconds.
		Weight::from_parts(146_009_000, 0)
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
		// At least 153_856_000 picoseconds.
		Weight::from_parts(173_814_000, 0)
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
		// At least 109_054_000 picoseconds.
		Weight::from_parts(124_265_000, 0)
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
		// At least 60_741_000 picoseconds.
		Weight::from_parts(45_069_275, 0)
			// Standard error 281_726
			.saturating_add(Weight::from_parts(30_630_067, 0).saturating_mul(n.into()))
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
		// At least 47_123_000 picoseconds.
		Weight::from_parts(54_144_466, 0)
			// Standard error 32_501
			.saturating_add(Weight::from_parts(1_635_588, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn anchor(s: u32) -> Weight {
		// At least 194_482_000 picoseconds.
		Weight::from_parts(235_123_528, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn anchor_many(n: u32, r: u32, s: u32) -> Weight {
		// At least 3_485_538_000 picoseconds.
		Weight::from_parts(3_536_598_000, 0)
			// Standard error 5_215_097
			.saturating_add(Weight::from_parts(97_602_627, 0).saturating_mul(r.into()))
			// Standard error 200_228
			.saturating_add(Weight::from_parts(1_587_950, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(r.into())))
	}
	fn cover() -> Weight {
		// At least 54_657_000 picoseconds.
		Weight::from_parts(56_532_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn anchor_nrtrde(n: u32, r: u32) -> Weight {
		// At least 1_099_646_000 picoseconds.
		Weight::from_parts(380_264_278, 0)
			// Standard error 846_386
			.saturating_add(Weight::from_parts(5_969_615, 0).saturating_mul(n.into()))
			// Standard error 853_930
			.saturating_add(Weight::from_parts(49_941_864, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(r.into())))
	}
	fn prove_record(d: u32) -> Weight {
		// At least 57_962_000 picoseconds.
		Weight::from_parts(84_197_000, 0)
			// Standard error 1_705_945
			.saturating_add(Weight::from_parts(2_225_363, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn acknowledge() -> Weight {
		// At least 125_577_000 picoseconds.
		Weight::from_parts(149_477_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn acknowledge_many(n: u32) -> Weight {
		// At least 163_234_000 picoseconds.
		Weight::from_parts(165_344_000, 0)
			// Standard error 319_604
			.saturating_add(Weight::from_parts(76_986_456, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(52_u64))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn return_file() -> Weight {
		// At least 189_525_000 picoseconds.
		Weight::from_parts(255_938_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn return_records(s: u32) -> Weight {
		// At least 142_372_000 picoseconds.
		Weight::from_parts(196_809_211, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn waive_gap() -> Weight {
		// At least 132_437_000 picoseconds.
		Weight::from_parts(146_009_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn waive_file() -> Weight {
		// At least 153_856_000 picoseconds.
		Weight::from_parts(173_814_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn begin_series() -> Weight {
		// At least 109_054_000 picoseconds.
		Weight::from_parts(124_265_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict(n: u32) -> Weight {
		// At least 60_741_000 picoseconds.
		Weight::from_parts(45_069_275, 0)
			// Standard error 281_726
			.saturating_add(Weight::from_parts(30_630_067, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn evict_proofs(n: u32) -> Weight {
		// At least 47_123_000 picoseconds.
		Weight::from_parts(54_144_466, 0)
			// Standard error 32_501
			.saturating_add(Weight::from_parts(1_635_588, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}
