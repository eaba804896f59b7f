//! Weights of `pallet_disputes`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 1 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_disputes` weigh.
pub trait WeightInfo {
	/// Weight of `raise`.
	fn raise() -> Weight;
	/// Weight of `mark_difference`.
	fn mark_difference() -> Weight;
	/// Weight of `answer`.
	fn answer() -> Weight;
	/// Weight of `concede`.
	fn concede() -> Weight;
	/// Weight of `offer`.
	fn offer() -> Weight;
	/// Weight of `accept`.
	fn accept() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `escalate`.
	fn escalate() -> Weight;
	/// Weight of `arbitrate`.
	fn arbitrate() -> Weight;
	/// Weight of `rule`.
	fn rule() -> Weight;
	/// Weight of `lapse`.
	fn lapse() -> Weight;
	/// Weight of `add_evidence`.
	fn add_evidence() -> Weight;
	/// Weight of `lapse_step`.
	fn lapse_step() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:0 w:1)
	// Storage: `Disputes::NextDispute` (r:1 w:1)
	// Storage: `Disputes::OnLine` (r:1 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:2)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn raise() -> Weight {
		// At least 740_615_000 picoseconds.
		Weight::from_parts(752_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Disputes::SmallDifferences` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn mark_difference() -> Weight {
		// At least 215_726_000 picoseconds.
		Weight::from_parts(222_211_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn answer() -> Weight {
		// At least 585_841_000 picoseconds.
		Weight::from_parts(591_731_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:0 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn concede() -> Weight {
		// At least 587_344_000 picoseconds.
		Weight::from_parts(601_294_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn offer() -> Weight {
		// At least 36_194_000 picoseconds.
		Weight::from_parts(40_242_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:0 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn accept() -> Weight {
		// At least 468_166_000 picoseconds.
		Weight::from_parts(476_469_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn withdraw() -> Weight {
		// At least 449_565_000 picoseconds.
		Weight::from_parts(459_043_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:3)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn escalate() -> Weight {
		// At least 43_454_000 picoseconds.
		Weight::from_parts(47_316_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:6)
	// Storage: `Netting::Obligations` (r:0 w:3)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn arbitrate() -> Weight {
		// At least 608_660_000 picoseconds.
		Weight::from_parts(623_472_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:6)
	// Storage: `Netting::Obligations` (r:0 w:3)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn rule() -> Weight {
		// At least 602_084_000 picoseconds.
		Weight::from_parts(606_709_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn lapse() -> Weight {
		// At least 249_343_000 picoseconds.
		Weight::from_parts(252_383_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Anchoring::Proofs` (r:1 w:0)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn add_evidence() -> Weight {
		// At least 50_440_000 picoseconds.
		Weight::from_parts(54_530_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:2 w:1)
	// Storage: `Disputes::SilenceCursor` (r:1 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn lapse_step() -> Weight {
		// At least 250_225_000 picoseconds.
		Weight::from_parts(258_745_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:0)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:1 w:2)
	// Storage: `Statements::Statements` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 164_435_000 picoseconds.
		Weight::from_parts(165_482_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn raise() -> Weight {
		// At least 740_615_000 picoseconds.
		Weight::from_parts(752_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn mark_difference() -> Weight {
		// At least 215_726_000 picoseconds.
		Weight::from_parts(222_211_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
	}
	fn answer() -> Weight {
		// At least 585_841_000 picoseconds.
		Weight::from_parts(591_731_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn concede() -> Weight {
		// At least 587_344_000 picoseconds.
		Weight::from_parts(601_294_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn offer() -> Weight {
		// At least 36_194_000 picoseconds.
		Weight::from_parts(40_242_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn accept() -> Weight {
		// At least 468_166_000 picoseconds.
		Weight::from_parts(476_469_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn withdraw() -> Weight {
		// At least 449_565_000 picoseconds.
		Weight::from_parts(459_043_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn escalate() -> Weight {
		// At least 43_454_000 picoseconds.
		Weight::from_parts(47_316_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn arbitrate() -> Weight {
		// At least 608_660_000 picoseconds.
		Weight::from_parts(623_472_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn rule() -> Weight {
		// At least 602_084_000 picoseconds.
		Weight::from_parts(606_709_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn lapse() -> Weight {
		// At least 249_343_000 picoseconds.
		Weight::from_parts(252_383_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn add_evidence() -> Weight {
		// At least 50_440_000 picoseconds.
		Weight::from_parts(54_530_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn lapse_step() -> Weight {
		// At least 250_225_000 picoseconds.
		Weight::from_parts(258_745_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn evict_step() -> Weight {
		// At least 164_435_000 picoseconds.
		Weight::from_parts(165_482_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
