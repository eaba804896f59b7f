//! Weights of `pallet_escrow`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_escrow` weigh.
pub trait WeightInfo {
	/// Weight of `deposit`.
	fn deposit() -> Weight;
	/// Weight of `release`.
	fn release() -> Weight;
	/// Weight of `refund`.
	fn refund() -> Weight;
	/// Weight of `publish_offer`.
	fn publish_offer() -> Weight;
	/// Weight of `withdraw_offer`.
	fn withdraw_offer() -> Weight;
	/// Weight of `accept_offer`.
	fn accept_offer() -> Weight;
	/// Weight of `redeem`.
	fn redeem() -> Weight;
	/// Weight of `pay_debt`.
	fn pay_debt() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:2 w:2)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn deposit() -> Weight {
		// At least 167_946_000 picoseconds.
		Weight::from_parts(171_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn release() -> Weight {
		// At least 90_776_000 picoseconds.
		Weight::from_parts(94_199_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:32 w:0)
	// Storage: `Anchoring::Periods` (r:24 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Netting::Obligations` (r:16 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn refund() -> Weight {
		// At least 190_776_000 picoseconds.
		Weight::from_parts(294_199_000, 0)
			.saturating_add(T::DbWeight::get().reads(90_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Escrow::Offers` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn publish_offer() -> Weight {
		// At least 400_000_000 picoseconds.
		Weight::from_parts(400_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn withdraw_offer() -> Weight {
		// At least 200_000_000 picoseconds.
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Routes` (r:2 w:2)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:2 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	fn accept_offer() -> Weight {
		// At least 1_000_000_000 picoseconds.
		Weight::from_parts(1_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	fn redeem() -> Weight {
		// At least 167_946_000 picoseconds.
		Weight::from_parts(171_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	fn pay_debt() -> Weight {
		Weight::from_parts(171_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
}

impl WeightInfo for () {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:2 w:2)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn deposit() -> Weight {
		Weight::from_parts(171_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn release() -> Weight {
		Weight::from_parts(94_199_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:32 w:0)
	// Storage: `Anchoring::Periods` (r:24 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Netting::Obligations` (r:16 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn refund() -> Weight {
		Weight::from_parts(294_199_000, 0)
			.saturating_add(ParityDbWeight::get().reads(90_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Escrow::Offers` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn publish_offer() -> Weight {
		// At least 400_000_000 picoseconds.
		Weight::from_parts(400_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn withdraw_offer() -> Weight {
		// At least 200_000_000 picoseconds.
		Weight::from_parts(200_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Routes` (r:2 w:2)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:2 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	fn accept_offer() -> Weight {
		// At least 1_000_000_000 picoseconds.
		Weight::from_parts(1_000_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(30_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn redeem() -> Weight {
		Weight::from_parts(171_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn pay_debt() -> Weight {
		Weight::from_parts(171_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
}
