//! Weights of `pallet_reports`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

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
	fn evict(n: u32) -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn report_usage() -> Weight {
		// At least 231_491_000 picoseconds.
		Weight::from_parts(264_598_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Reports::EvictionQueue` (r:0 w:1)
	// Storage: `Reports::NextEviction` (r:1 w:1)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn first_report() -> Weight {
		// At least 131_676_000 picoseconds.
		Weight::from_parts(137_555_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_usage() -> Weight {
		// At least 106_103_000 picoseconds.
		Weight::from_parts(122_101_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::Routes` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Sequences` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Reports::Reports` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn conclude_usage() -> Weight {
		// At least 226_210_000 picoseconds.
		Weight::from_parts(244_806_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Reports::EvictionQueue` (r:192 w:100)
	// Storage: `Reports::NextEviction` (r:1 w:1)
	// Storage: `Reports::Reports` (r:100 w:100)
	// `n` from 0 to 100
	fn evict(n: u32) -> Weight {
		// At least 2_596_000 picoseconds.
		Weight::from_parts(360_557_390, 0)
			// Standard error 571_721
			.saturating_add(Weight::from_parts(32_639_202, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(94_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn report_usage() -> Weight {
		// At least 231_491_000 picoseconds.
		Weight::from_parts(264_598_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn first_report() -> Weight {
		// At least 131_676_000 picoseconds.
		Weight::from_parts(137_555_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn affirm_usage() -> Weight {
		// At least 106_103_000 picoseconds.
		Weight::from_parts(122_101_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn conclude_usage() -> Weight {
		// At least 226_210_000 picoseconds.
		Weight::from_parts(244_806_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn evict(n: u32) -> Weight {
		// At least 2_596_000 picoseconds.
		Weight::from_parts(360_557_390, 0)
			// Standard error 571_721
			.saturating_add(Weight::from_parts(32_639_202, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(94_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
}
