//! Weights of `pallet_escrow`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
	// Storage: `Assets::Account` (r:2 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:2 w:2)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Unpaid` (r:16 w:0)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Obligations` (r:16 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn deposit() -> Weight {
		// At least 929_486_000 picoseconds.
		Weight::from_parts(982_709_000, 0)
			.saturating_add(T::DbWeight::get().reads(49_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn release() -> Weight {
		// At least 101_566_000 picoseconds.
		Weight::from_parts(107_454_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:25 w:0)
	// Storage: `Anchoring::SentAgainUntil` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Months` (r:1 w:0)
	// Storage: `Escrow::Unpaid` (r:17 w:16)
	// Storage: `Netting::Obligations` (r:16 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Undecided` (r:1 w:0)
	// Storage: `Switches::Pauses` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn refund() -> Weight {
		// At least 355_515_000 picoseconds.
		Weight::from_parts(365_171_000, 0)
			.saturating_add(T::DbWeight::get().reads(72_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Escrow::Offers` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn publish_offer() -> Weight {
		// At least 1_007_307_000 picoseconds.
		Weight::from_parts(1_051_526_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn withdraw_offer() -> Weight {
		// At least 272_186_000 picoseconds.
		Weight::from_parts(274_779_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:0 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Routes` (r:2 w:2)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Offers` (r:1 w:1)
	// Storage: `Escrow::OwedBefore` (r:1 w:0)
	// Storage: `Netting::Decimals` (r:2 w:0)
	// Storage: `Netting::ExposureCaps` (r:4 w:0)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:2 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn accept_offer() -> Weight {
		// At least 550_249_000 picoseconds.
		Weight::from_parts(593_466_000, 0)
			.saturating_add(T::DbWeight::get().reads(32_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Months` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn redeem() -> Weight {
		// At least 601_808_000 picoseconds.
		Weight::from_parts(632_113_000, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:1 w:1)
	// Storage: `Escrow::Unpaid` (r:1 w:1)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::PaidOutside` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn pay_debt() -> Weight {
		// At least 340_866_000 picoseconds.
		Weight::from_parts(347_469_000, 0)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(22_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn deposit() -> Weight {
		// At least 929_486_000 picoseconds.
		Weight::from_parts(982_709_000, 0)
			.saturating_add(ParityDbWeight::get().reads(49_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn release() -> Weight {
		// At least 101_566_000 picoseconds.
		Weight::from_parts(107_454_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn refund() -> Weight {
		// At least 355_515_000 picoseconds.
		Weight::from_parts(365_171_000, 0)
			.saturating_add(ParityDbWeight::get().reads(72_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn publish_offer() -> Weight {
		// At least 1_007_307_000 picoseconds.
		Weight::from_parts(1_051_526_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn withdraw_offer() -> Weight {
		// At least 272_186_000 picoseconds.
		Weight::from_parts(274_779_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn accept_offer() -> Weight {
		// At least 550_249_000 picoseconds.
		Weight::from_parts(593_466_000, 0)
			.saturating_add(ParityDbWeight::get().reads(32_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn redeem() -> Weight {
		// At least 601_808_000 picoseconds.
		Weight::from_parts(632_113_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn pay_debt() -> Weight {
		// At least 340_866_000 picoseconds.
		Weight::from_parts(347_469_000, 0)
			.saturating_add(ParityDbWeight::get().reads(30_u64))
			.saturating_add(ParityDbWeight::get().writes(22_u64))
	}
}
