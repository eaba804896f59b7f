//! Weights of `pallet_inventory`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_inventory` weigh.
pub trait WeightInfo {
	/// Weight of `propose_profile`.
	fn propose_profile() -> Weight;
	/// Weight of `withdraw_profile`.
	fn withdraw_profile() -> Weight;
	/// Weight of `sign_profile`.
	fn sign_profile() -> Weight;
	/// Weight of `report_records`.
	fn report_records(n: u32) -> Weight;
	/// Weight of `report_new_records`.
	fn report_new_records(n: u32) -> Weight;
	/// Weight of `report_blind_records`.
	fn report_blind_records(n: u32) -> Weight;
	/// Weight of `withdraw_records`.
	fn withdraw_records(n: u32) -> Weight;
	/// Weight of `rematch`.
	fn rematch(n: u32) -> Weight;
	/// Weight of `bill_month`.
	fn bill_month() -> Weight;
	/// Weight of `affirm_bill`.
	fn affirm_bill() -> Weight;
	/// Weight of `dispute_bill`.
	fn dispute_bill() -> Weight;
	/// Weight of `go_on_billing`.
	fn go_on_billing(n: u32) -> Weight;
	/// Weight of `finish_bill`.
	fn finish_bill() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Inventory::OpenProposals` (r:2 w:2)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::RelationsOf` (r:0 w:2)
	// Storage: `Inventory::States` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn propose_profile() -> Weight {
		// At least 128_018_000 picoseconds.
		Weight::from_parts(140_063_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::RelationsOf` (r:0 w:2)
	// Storage: `Inventory::States` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn withdraw_profile() -> Weight {
		// At least 39_561_000 picoseconds.
		Weight::from_parts(44_672_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Inventory::BillingOf` (r:0 w:1)
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::Records` (r:2 w:0)
	// Storage: `Inventory::Rematching` (r:0 w:1)
	// Storage: `Inventory::Runs` (r:1 w:0)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn sign_profile() -> Weight {
		// At least 80_020_000 picoseconds.
		Weight::from_parts(101_004_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Inventory::Groups` (r:512 w:512)
	// Storage: `Inventory::Records` (r:1024 w:256)
	// Storage: `Inventory::Runs` (r:1 w:0)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// `n` from 1 to 256
	fn report_records(n: u32) -> Weight {
		// At least 95_788_000 picoseconds.
		Weight::from_parts(97_630_000, 0)
			// Standard error 278_505
			.saturating_add(Weight::from_parts(54_228_126, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::Groups` (r:256 w:256)
	// Storage: `Inventory::Records` (r:512 w:256)
	// Storage: `Inventory::Runs` (r:1 w:0)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// `n` from 1 to 256
	fn report_new_records(n: u32) -> Weight {
		// At least 145_012_000 picoseconds.
		Weight::from_parts(247_244_365, 0)
			// Standard error 487_260
			.saturating_add(Weight::from_parts(26_283_479, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::BlindRecords` (r:1024 w:256)
	// Storage: `Inventory::Groups` (r:512 w:512)
	// Storage: `Inventory::Runs` (r:1 w:0)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// `n` from 1 to 256
	fn report_blind_records(n: u32) -> Weight {
		// At least 78_942_000 picoseconds.
		Weight::from_parts(84_561_000, 0)
			// Standard error 568_453
			.saturating_add(Weight::from_parts(52_831_505, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::BlindRecords` (r:768 w:256)
	// Storage: `Inventory::Groups` (r:256 w:256)
	// Storage: `Inventory::Runs` (r:1 w:0)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// `n` from 1 to 256
	fn withdraw_records(n: u32) -> Weight {
		// At least 64_728_000 picoseconds.
		Weight::from_parts(66_563_000, 0)
			// Standard error 603_272
			.saturating_add(Weight::from_parts(30_012_546, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::BlindRecords` (r:1001 w:0)
	// Storage: `Inventory::Groups` (r:1000 w:1000)
	// Storage: `Inventory::RematchCursor` (r:1 w:1)
	// Storage: `Inventory::Rematching` (r:2 w:0)
	// Storage: `Inventory::States` (r:1 w:1)
	// `n` from 0 to 1000
	fn rematch(n: u32) -> Weight {
		// At least 6_647_000 picoseconds.
		Weight::from_parts(39_882_535, 0)
			// Standard error 783_107
			.saturating_add(Weight::from_parts(30_270_488, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::BillingOf` (r:1 w:0)
	// Storage: `Inventory::Bills` (r:201 w:200)
	// Storage: `Inventory::LastBilled` (r:1 w:0)
	// Storage: `Inventory::Rematching` (r:1 w:0)
	// Storage: `Inventory::Runs` (r:1 w:1)
	// Storage: `Inventory::StatedMonths` (r:33 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn bill_month() -> Weight {
		// At least 1_791_294_000 picoseconds.
		Weight::from_parts(1_838_176_000, 0)
			.saturating_add(T::DbWeight::get().reads(240_u64))
			.saturating_add(T::DbWeight::get().writes(201_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Inventory::BillingOf` (r:1 w:0)
	// Storage: `Inventory::Bills` (r:2 w:1)
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
	// Storage: `Netting::Obligations` (r:0 w:2)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_bill() -> Weight {
		// At least 476_809_000 picoseconds.
		Weight::from_parts(511_365_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Inventory::BillingOf` (r:1 w:0)
	// Storage: `Inventory::Bills` (r:2 w:1)
	// Storage: `Inventory::StatedMonths` (r:1 w:1)
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
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn dispute_bill() -> Weight {
		// At least 308_383_000 picoseconds.
		Weight::from_parts(336_900_000, 0)
			.saturating_add(T::DbWeight::get().reads(36_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Inventory::AgreedServices` (r:2000 w:2000)
	// Storage: `Inventory::BillingOf` (r:1 w:0)
	// Storage: `Inventory::Bought` (r:1000 w:3000)
	// Storage: `Inventory::Groups` (r:1000 w:0)
	// Storage: `Inventory::Newcomers` (r:0 w:1000)
	// Storage: `Inventory::Records` (r:2001 w:0)
	// Storage: `Inventory::RunCursor` (r:1 w:1)
	// Storage: `Inventory::Runs` (r:2 w:1)
	// Storage: `Inventory::States` (r:1 w:0)
	// `n` from 0 to 1000
	fn go_on_billing(n: u32) -> Weight {
		// At least 23_690_000 picoseconds.
		Weight::from_parts(24_741_000, 0)
			// Standard error 2_025_191
			.saturating_add(Weight::from_parts(83_637_993, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::Bills` (r:0 w:8)
	// Storage: `Inventory::LastBilled` (r:0 w:1)
	// Storage: `Inventory::StatedMonths` (r:65 w:64)
	// Storage: `Netting::Decimals` (r:8 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn finish_bill() -> Weight {
		// At least 804_649_000 picoseconds.
		Weight::from_parts(942_372_000, 0)
			.saturating_add(T::DbWeight::get().reads(74_u64))
			.saturating_add(T::DbWeight::get().writes(73_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose_profile() -> Weight {
		// At least 128_018_000 picoseconds.
		Weight::from_parts(140_063_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn withdraw_profile() -> Weight {
		// At least 39_561_000 picoseconds.
		Weight::from_parts(44_672_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn sign_profile() -> Weight {
		// At least 80_020_000 picoseconds.
		Weight::from_parts(101_004_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn report_records(n: u32) -> Weight {
		// At least 95_788_000 picoseconds.
		Weight::from_parts(97_630_000, 0)
			// Standard error 278_505
			.saturating_add(Weight::from_parts(54_228_126, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	fn report_new_records(n: u32) -> Weight {
		// At least 145_012_000 picoseconds.
		Weight::from_parts(247_244_365, 0)
			// Standard error 487_260
			.saturating_add(Weight::from_parts(26_283_479, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn report_blind_records(n: u32) -> Weight {
		// At least 78_942_000 picoseconds.
		Weight::from_parts(84_561_000, 0)
			// Standard error 568_453
			.saturating_add(Weight::from_parts(52_831_505, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	fn withdraw_records(n: u32) -> Weight {
		// At least 64_728_000 picoseconds.
		Weight::from_parts(66_563_000, 0)
			// Standard error 603_272
			.saturating_add(Weight::from_parts(30_012_546, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn rematch(n: u32) -> Weight {
		// At least 6_647_000 picoseconds.
		Weight::from_parts(39_882_535, 0)
			// Standard error 783_107
			.saturating_add(Weight::from_parts(30_270_488, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn bill_month() -> Weight {
		// At least 1_791_294_000 picoseconds.
		Weight::from_parts(1_838_176_000, 0)
			.saturating_add(ParityDbWeight::get().reads(240_u64))
			.saturating_add(ParityDbWeight::get().writes(201_u64))
	}
	fn affirm_bill() -> Weight {
		// At least 476_809_000 picoseconds.
		Weight::from_parts(511_365_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn dispute_bill() -> Weight {
		// At least 308_383_000 picoseconds.
		Weight::from_parts(336_900_000, 0)
			.saturating_add(ParityDbWeight::get().reads(36_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn go_on_billing(n: u32) -> Weight {
		// At least 23_690_000 picoseconds.
		Weight::from_parts(24_741_000, 0)
			// Standard error 2_025_191
			.saturating_add(Weight::from_parts(83_637_993, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64.saturating_mul(n.into())))
	}
	fn finish_bill() -> Weight {
		// At least 804_649_000 picoseconds.
		Weight::from_parts(942_372_000, 0)
			.saturating_add(ParityDbWeight::get().reads(74_u64))
			.saturating_add(ParityDbWeight::get().writes(73_u64))
	}
}
