//! Weights of `pallet_reports`, measured by its benchmarks in the WASM runtime, while `pallet_anchoring`
//! held the calls. The execution time of `evict` is the one measured there per evicted file; its reads and writes are
//! counted from the code.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_reports` weigh.
pub trait WeightInfo {
	/// Weight of `report_usage`.
	fn report_usage() -> Weight;
	/// Weight of `first_report`.
	fn first_report() -> Weight;
	/// Weight of `affirm_usage`.
	fn affirm_usage() -> Weight;
	/// Weight of `conclude_usage`.
	fn conclude_usage() -> Weight;
	/// Weight of `evict`.
	fn evict(n: u32, ) -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn report_usage() -> Weight {
		// At least 195_255_000 picoseconds.
		Weight::from_parts(198_190_000, 0)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// As `report_usage` until it is measured, with the writes of a first report.
	fn first_report() -> Weight {
		// At least 195_255_000 picoseconds.
		Weight::from_parts(198_190_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_usage() -> Weight {
		// At least 81_282_000 picoseconds.
		Weight::from_parts(84_577_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn conclude_usage() -> Weight {
		// At least 202_107_000 picoseconds.
		Weight::from_parts(210_794_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Reports::EvictionQueue` (r:1 w:1)
	// Storage: `Reports::NextEviction` (r:1 w:1)
	// Storage: `Reports::Reports` (r:1 w:1)
	// `n` from 0 to 127
	fn evict(n: u32, ) -> Weight {
		// At least 36_929_000 picoseconds.
		Weight::from_parts(37_765_473, 0)
			// Standard error 80_365
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn report_usage() -> Weight {
		Weight::from_parts(198_190_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn first_report() -> Weight {
		Weight::from_parts(198_190_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn affirm_usage() -> Weight {
		Weight::from_parts(84_577_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn conclude_usage() -> Weight {
		Weight::from_parts(210_794_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn evict(n: u32, ) -> Weight {
		Weight::from_parts(37_765_473, 0)
			.saturating_add(Weight::from_parts(11_797_439, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
}
