//! Weights of `pallet_disputes`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
	// Storage: `Anchoring::Batches` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:0 w:1)
	// Storage: `Disputes::NextDispute` (r:1 w:1)
	// Storage: `Disputes::OnLine` (r:1 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:2)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Disputes::SmallDifferences` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:6 w:6)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:2)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:4 w:2)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn raise() -> Weight {
		// At least 1_787_347_000 picoseconds.
		Weight::from_parts(1_900_185_000, 0)
			.saturating_add(T::DbWeight::get().reads(84_u64))
			.saturating_add(T::DbWeight::get().writes(82_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Disputes::SmallDifferences` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn mark_difference() -> Weight {
		// At least 309_797_000 picoseconds.
		Weight::from_parts(428_778_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:8 w:8)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:4 w:4)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:4 w:4)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:3)
	// Storage: `Netting::ObligationsOf` (r:0 w:6)
	// Storage: `Netting::Obligations` (r:5 w:3)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::Decisions` (r:0 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:3)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn answer() -> Weight {
		// At least 1_754_772_000 picoseconds.
		Weight::from_parts(1_997_283_000, 0)
			.saturating_add(T::DbWeight::get().reads(89_u64))
			.saturating_add(T::DbWeight::get().writes(95_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:8 w:8)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:4 w:4)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:4 w:4)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:3)
	// Storage: `Netting::ObligationsOf` (r:0 w:6)
	// Storage: `Netting::Obligations` (r:5 w:3)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::Decisions` (r:0 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:3)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn concede() -> Weight {
		// At least 1_979_599_000 picoseconds.
		Weight::from_parts(2_460_732_000, 0)
			.saturating_add(T::DbWeight::get().reads(89_u64))
			.saturating_add(T::DbWeight::get().writes(95_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn offer() -> Weight {
		// At least 54_193_000 picoseconds.
		Weight::from_parts(58_785_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:8 w:8)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:4 w:4)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:4 w:4)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:3)
	// Storage: `Netting::ObligationsOf` (r:0 w:6)
	// Storage: `Netting::Obligations` (r:5 w:3)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::Decisions` (r:0 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:3)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn accept() -> Weight {
		// At least 1_637_577_000 picoseconds.
		Weight::from_parts(1_739_593_000, 0)
			.saturating_add(T::DbWeight::get().reads(89_u64))
			.saturating_add(T::DbWeight::get().writes(95_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:3 w:3)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:2 w:1)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn withdraw() -> Weight {
		// At least 1_593_023_000 picoseconds.
		Weight::from_parts(1_610_934_000, 0)
			.saturating_add(T::DbWeight::get().reads(51_u64))
			.saturating_add(T::DbWeight::get().writes(49_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:3)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn escalate() -> Weight {
		// At least 57_163_000 picoseconds.
		Weight::from_parts(66_828_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:8 w:8)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:4 w:4)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:4 w:4)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:4)
	// Storage: `Netting::ObligationsOf` (r:0 w:8)
	// Storage: `Netting::Obligations` (r:5 w:4)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::Decisions` (r:0 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:4)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn arbitrate() -> Weight {
		// At least 1_944_221_000 picoseconds.
		Weight::from_parts(2_077_305_000, 0)
			.saturating_add(T::DbWeight::get().reads(89_u64))
			.saturating_add(T::DbWeight::get().writes(100_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:8 w:8)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:4 w:4)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:4 w:4)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:4)
	// Storage: `Netting::ObligationsOf` (r:0 w:8)
	// Storage: `Netting::Obligations` (r:5 w:4)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::Decisions` (r:0 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:4)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn rule() -> Weight {
		// At least 1_843_608_000 picoseconds.
		Weight::from_parts(1_943_440_000, 0)
			.saturating_add(T::DbWeight::get().reads(88_u64))
			.saturating_add(T::DbWeight::get().writes(100_u64))
	}
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:0 w:1)
	// Storage: `Disputes::OpenFor` (r:0 w:5)
	// Storage: `Disputes::Open` (r:0 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn lapse() -> Weight {
		// At least 420_280_000 picoseconds.
		Weight::from_parts(430_582_000, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(22_u64))
	}
	// Storage: `Anchoring::Proofs` (r:1 w:0)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn add_evidence() -> Weight {
		// At least 62_309_000 picoseconds.
		Weight::from_parts(68_600_000, 0)
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
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Undecided` (r:7 w:7)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn lapse_step() -> Weight {
		// At least 425_958_000 picoseconds.
		Weight::from_parts(561_199_000, 0)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(23_u64))
	}
	// Storage: `Disputes::Disputes` (r:1 w:0)
	// Storage: `Disputes::ExpiryQueue` (r:1 w:1)
	// Storage: `Disputes::Expiry` (r:1 w:2)
	// Storage: `Statements::Statements` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 211_291_000 picoseconds.
		Weight::from_parts(214_693_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn raise() -> Weight {
		// At least 1_787_347_000 picoseconds.
		Weight::from_parts(1_900_185_000, 0)
			.saturating_add(ParityDbWeight::get().reads(84_u64))
			.saturating_add(ParityDbWeight::get().writes(82_u64))
	}
	fn mark_difference() -> Weight {
		// At least 309_797_000 picoseconds.
		Weight::from_parts(428_778_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn answer() -> Weight {
		// At least 1_754_772_000 picoseconds.
		Weight::from_parts(1_997_283_000, 0)
			.saturating_add(ParityDbWeight::get().reads(89_u64))
			.saturating_add(ParityDbWeight::get().writes(95_u64))
	}
	fn concede() -> Weight {
		// At least 1_979_599_000 picoseconds.
		Weight::from_parts(2_460_732_000, 0)
			.saturating_add(ParityDbWeight::get().reads(89_u64))
			.saturating_add(ParityDbWeight::get().writes(95_u64))
	}
	fn offer() -> Weight {
		// At least 54_193_000 picoseconds.
		Weight::from_parts(58_785_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn accept() -> Weight {
		// At least 1_637_577_000 picoseconds.
		Weight::from_parts(1_739_593_000, 0)
			.saturating_add(ParityDbWeight::get().reads(89_u64))
			.saturating_add(ParityDbWeight::get().writes(95_u64))
	}
	fn withdraw() -> Weight {
		// At least 1_593_023_000 picoseconds.
		Weight::from_parts(1_610_934_000, 0)
			.saturating_add(ParityDbWeight::get().reads(51_u64))
			.saturating_add(ParityDbWeight::get().writes(49_u64))
	}
	fn escalate() -> Weight {
		// At least 57_163_000 picoseconds.
		Weight::from_parts(66_828_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn arbitrate() -> Weight {
		// At least 1_944_221_000 picoseconds.
		Weight::from_parts(2_077_305_000, 0)
			.saturating_add(ParityDbWeight::get().reads(89_u64))
			.saturating_add(ParityDbWeight::get().writes(100_u64))
	}
	fn rule() -> Weight {
		// At least 1_843_608_000 picoseconds.
		Weight::from_parts(1_943_440_000, 0)
			.saturating_add(ParityDbWeight::get().reads(88_u64))
			.saturating_add(ParityDbWeight::get().writes(100_u64))
	}
	fn lapse() -> Weight {
		// At least 420_280_000 picoseconds.
		Weight::from_parts(430_582_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(22_u64))
	}
	fn add_evidence() -> Weight {
		// At least 62_309_000 picoseconds.
		Weight::from_parts(68_600_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn lapse_step() -> Weight {
		// At least 425_958_000 picoseconds.
		Weight::from_parts(561_199_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19_u64))
			.saturating_add(ParityDbWeight::get().writes(23_u64))
	}
	fn evict_step() -> Weight {
		// At least 211_291_000 picoseconds.
		Weight::from_parts(214_693_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
