//! Weights of `pallet_netting`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_netting` weigh.
pub trait WeightInfo {
	/// Weight of `create_token`.
	fn create_token() -> Weight;
	/// Weight of `open_cycle`.
	fn open_cycle() -> Weight;
	/// Weight of `set_schedule`.
	fn set_schedule() -> Weight;
	/// Weight of `name_token`.
	fn name_token(n: u32) -> Weight;
	/// Weight of `set_exposure_cap`.
	fn set_exposure_cap() -> Weight;
	/// Weight of `set_general_cap`.
	fn set_general_cap() -> Weight;
	/// Weight of `claim_payment`.
	fn claim_payment() -> Weight;
	/// Weight of `confirm_payment`.
	fn confirm_payment() -> Weight;
	/// Weight of `stand`.
	fn stand(c: u32) -> Weight;
	/// Weight of `cancel_cycle`.
	fn cancel_cycle() -> Weight;
	/// Weight of `collect`.
	fn collect() -> Weight;
	/// Weight of `add_up`.
	fn add_up(n: u32, p: u32) -> Weight;
	/// Weight of `exclude`.
	fn exclude(n: u32) -> Weight;
	/// Weight of `conclude`.
	fn conclude(p: u32) -> Weight;
	/// Weight of `fund`.
	fn fund() -> Weight;
	/// Weight of `settle`.
	fn settle(p: u32) -> Weight;
	/// Weight of `settle_carried`.
	fn settle_carried(p: u32) -> Weight;
	/// Weight of `exclude_defaulters`.
	fn exclude_defaulters(p: u32) -> Weight;
	/// Weight of `charge_interest`.
	fn charge_interest(c: u32) -> Weight;
	/// Weight of `pay`.
	fn pay() -> Weight;
	/// Weight of `tender`.
	fn tender() -> Weight;
	/// Weight of `release`.
	fn release() -> Weight;
	/// Weight of `forget_tendered`.
	fn forget_tendered() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Metadata` (r:1 w:1)
	// Storage: `Netting::Decimals` (r:1 w:1)
	// Storage: `Netting::TokenOf` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:16 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn create_token() -> Weight {
		// At least 124_178_000 picoseconds.
		Weight::from_parts(141_270_000, 0)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:1 w:0)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::NextCycle` (r:1 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn open_cycle() -> Weight {
		// At least 114_591_000 picoseconds.
		Weight::from_parts(125_122_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Netting::Schedules` (r:1 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_schedule() -> Weight {
		// At least 40_236_000 picoseconds.
		Weight::from_parts(43_158_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:130 w:130)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Due` (r:130 w:130)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:2 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:256 w:256)
	// Storage: `Netting::Named` (r:64 w:64)
	// Storage: `Netting::ObligationsIn` (r:0 w:128)
	// Storage: `Netting::Obligations` (r:64 w:64)
	// Storage: `Netting::Tokens` (r:2 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `n` from 1 to 64
	fn name_token(n: u32) -> Weight {
		// At least 339_822_000 picoseconds.
		Weight::from_parts(364_045_000, 0)
			// Standard error 4_110_631
			.saturating_add(Weight::from_parts(254_397_331, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64.saturating_mul(n.into())))
	}
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::Exceeded` (r:0 w:1)
	// Storage: `Netting::ExposureCaps` (r:0 w:1)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn set_exposure_cap() -> Weight {
		// At least 113_513_000 picoseconds.
		Weight::from_parts(129_279_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::GeneralCaps` (r:0 w:1)
	fn set_general_cap() -> Weight {
		// At least 27_206_000 picoseconds.
		Weight::from_parts(31_360_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::PaidOutside` (r:1 w:1)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn claim_payment() -> Weight {
		// At least 98_467_000 picoseconds.
		Weight::from_parts(117_002_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::PaidOutside` (r:1 w:1)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Switches::NettingPaused` (r:1 w:0)
	// Storage: `Switches::Pauses` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn confirm_payment() -> Weight {
		// At least 276_815_000 picoseconds.
		Weight::from_parts(306_330_000, 0)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:240 w:0)
	// Storage: `Netting::Obligations` (r:1 w:0)
	// Storage: `Netting::Positions` (r:480 w:0)
	// Storage: `Switches::NettingPaused` (r:1 w:0)
	// Storage: `Switches::Pauses` (r:1 w:0)
	// `c` from 1 to 240
	fn stand(c: u32) -> Weight {
		// At least 60_775_000 picoseconds.
		Weight::from_parts(253_794_720, 0)
			// Standard error 705_722
			.saturating_add(Weight::from_parts(17_472_652, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(c.into())))
	}
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		// At least 56_074_000 picoseconds.
		Weight::from_parts(62_641_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Cuts` (r:1 w:1)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:0 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn collect() -> Weight {
		// At least 142_748_000 picoseconds.
		Weight::from_parts(150_548_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Due` (r:1204 w:0)
	// Storage: `Netting::Positions` (r:800 w:800)
	// Storage: `Netting::Shares` (r:800 w:800)
	// `n` from 0 to 400
	// `p` from 2 to 800
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 2_138_802_000 picoseconds.
		Weight::from_parts(8_222_453_585, 0)
			// Standard error 1_095_855
			.saturating_add(Weight::from_parts(14_942_115, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Due` (r:401 w:401)
	// Storage: `Netting::Exclusions` (r:2 w:1)
	// Storage: `Netting::Mutuals` (r:1601 w:1600)
	// Storage: `Netting::Positions` (r:401 w:401)
	// Storage: `Netting::Shares` (r:401 w:401)
	// `n` from 1 to 400
	fn exclude(n: u32) -> Weight {
		// At least 112_425_000 picoseconds.
		Weight::from_parts(335_669_276, 0)
			// Standard error 2_400_551
			.saturating_add(Weight::from_parts(88_057_713, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	// Storage: `Assets::Account` (r:799 w:799)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:799 w:799)
	// Storage: `AssetsHolder::Holds` (r:799 w:799)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:799 w:799)
	// Storage: `Netting::Positions` (r:801 w:800)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Standings` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn conclude(p: u32) -> Weight {
		// At least 124_553_000 picoseconds.
		Weight::from_parts(135_372_000, 0)
			// Standard error 1_435_978
			.saturating_add(Weight::from_parts(73_938_788, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:2 w:2)
	// Storage: `Netting::Cycles` (r:2 w:1)
	// Storage: `Netting::FundedFrom` (r:2 w:2)
	// Storage: `Netting::Positions` (r:2 w:2)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn fund() -> Weight {
		// At least 228_951_000 picoseconds.
		Weight::from_parts(248_891_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:799 w:799)
	// Storage: `AssetsHolder::Holds` (r:799 w:799)
	// Storage: `Netting::Balances` (r:800 w:800)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:799 w:800)
	// Storage: `Netting::Paid` (r:0 w:1)
	// Storage: `Netting::Positions` (r:801 w:800)
	// Storage: `Netting::Shares` (r:801 w:800)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:800 w:800)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn settle(p: u32) -> Weight {
		// At least 206_600_000 picoseconds.
		Weight::from_parts(207_089_000, 0)
			// Standard error 1_981_643
			.saturating_add(Weight::from_parts(91_362_604, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64.saturating_mul(p.into())))
	}
	// Storage: `Netting::Balances` (r:800 w:800)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::Due` (r:800 w:800)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:0 w:800)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:1598 w:1598)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:799)
	// Storage: `Netting::ObligationsOf` (r:0 w:1598)
	// Storage: `Netting::Obligations` (r:0 w:799)
	// Storage: `Netting::Paid` (r:0 w:1)
	// Storage: `Netting::Pairs` (r:1598 w:1598)
	// Storage: `Netting::Positions` (r:801 w:800)
	// Storage: `Netting::Shares` (r:801 w:800)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:800 w:800)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn settle_carried(p: u32) -> Weight {
		// At least 238_905_000 picoseconds.
		Weight::from_parts(243_749_000, 0)
			// Standard error 1_168_867
			.saturating_add(Weight::from_parts(162_995_536, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Exclusions` (r:0 w:799)
	// Storage: `Netting::Positions` (r:801 w:800)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Standings` (r:1 w:0)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 100_901_000 picoseconds.
		Weight::from_parts(101_113_000, 0)
			// Standard error 306_790
			.saturating_add(Weight::from_parts(13_079_766, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Charges` (r:1 w:1)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:240 w:0)
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
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::Positions` (r:480 w:0)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Switches::NettingPaused` (r:1 w:0)
	// Storage: `Switches::Pauses` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `c` from 1 to 240
	fn charge_interest(c: u32) -> Weight {
		// At least 276_890_000 picoseconds.
		Weight::from_parts(278_746_840, 0)
			// Standard error 82_205
			.saturating_add(Weight::from_parts(12_798_326, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::Named` (r:1 w:0)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::OwedGross` (r:1 w:1)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn pay() -> Weight {
		// At least 221_880_000 picoseconds.
		Weight::from_parts(234_644_000, 0)
			.saturating_add(T::DbWeight::get().reads(25_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Assets::Account` (r:2 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Escrow::Escrows` (r:1 w:0)
	// Storage: `Escrow::Unpaid` (r:2 w:0)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::Outages` (r:1 w:0)
	// Storage: `Netting::Tendered` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn tender() -> Weight {
		// At least 212_187_000 picoseconds.
		Weight::from_parts(214_395_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn release() -> Weight {
		// At least 145_794_000 picoseconds.
		Weight::from_parts(159_751_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::TenderCursor` (r:1 w:1)
	// Storage: `Netting::Tendered` (r:2 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn forget_tendered() -> Weight {
		// At least 26_919_000 picoseconds.
		Weight::from_parts(29_939_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::ExpiryQueue` (r:1 w:0)
	// Storage: `Netting::Expiry` (r:1 w:0)
	// Storage: `Netting::ObligationsIn` (r:2 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::PaidOutside` (r:0 w:1)
	// Storage: `Netting::Positions` (r:2 w:0)
	// Storage: `Netting::TakenIn` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 99_295_000 picoseconds.
		Weight::from_parts(102_061_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		// At least 124_178_000 picoseconds.
		Weight::from_parts(141_270_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn open_cycle() -> Weight {
		// At least 114_591_000 picoseconds.
		Weight::from_parts(125_122_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn set_schedule() -> Weight {
		// At least 40_236_000 picoseconds.
		Weight::from_parts(43_158_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn name_token(n: u32) -> Weight {
		// At least 339_822_000 picoseconds.
		Weight::from_parts(364_045_000, 0)
			// Standard error 4_110_631
			.saturating_add(Weight::from_parts(254_397_331, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64.saturating_mul(n.into())))
	}
	fn set_exposure_cap() -> Weight {
		// At least 113_513_000 picoseconds.
		Weight::from_parts(129_279_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_general_cap() -> Weight {
		// At least 27_206_000 picoseconds.
		Weight::from_parts(31_360_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim_payment() -> Weight {
		// At least 98_467_000 picoseconds.
		Weight::from_parts(117_002_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn confirm_payment() -> Weight {
		// At least 276_815_000 picoseconds.
		Weight::from_parts(306_330_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn stand(c: u32) -> Weight {
		// At least 60_775_000 picoseconds.
		Weight::from_parts(253_794_720, 0)
			// Standard error 705_722
			.saturating_add(Weight::from_parts(17_472_652, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
	}
	fn cancel_cycle() -> Weight {
		// At least 56_074_000 picoseconds.
		Weight::from_parts(62_641_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn collect() -> Weight {
		// At least 142_748_000 picoseconds.
		Weight::from_parts(150_548_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 2_138_802_000 picoseconds.
		Weight::from_parts(8_222_453_585, 0)
			// Standard error 1_095_855
			.saturating_add(Weight::from_parts(14_942_115, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn exclude(n: u32) -> Weight {
		// At least 112_425_000 picoseconds.
		Weight::from_parts(335_669_276, 0)
			// Standard error 2_400_551
			.saturating_add(Weight::from_parts(88_057_713, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	fn conclude(p: u32) -> Weight {
		// At least 124_553_000 picoseconds.
		Weight::from_parts(135_372_000, 0)
			// Standard error 1_435_978
			.saturating_add(Weight::from_parts(73_938_788, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		// At least 228_951_000 picoseconds.
		Weight::from_parts(248_891_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn settle(p: u32) -> Weight {
		// At least 206_600_000 picoseconds.
		Weight::from_parts(207_089_000, 0)
			// Standard error 1_981_643
			.saturating_add(Weight::from_parts(91_362_604, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(p.into())))
	}
	fn settle_carried(p: u32) -> Weight {
		// At least 238_905_000 picoseconds.
		Weight::from_parts(243_749_000, 0)
			// Standard error 1_168_867
			.saturating_add(Weight::from_parts(162_995_536, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64.saturating_mul(p.into())))
	}
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 100_901_000 picoseconds.
		Weight::from_parts(101_113_000, 0)
			// Standard error 306_790
			.saturating_add(Weight::from_parts(13_079_766, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn charge_interest(c: u32) -> Weight {
		// At least 276_890_000 picoseconds.
		Weight::from_parts(278_746_840, 0)
			// Standard error 82_205
			.saturating_add(Weight::from_parts(12_798_326, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn pay() -> Weight {
		// At least 221_880_000 picoseconds.
		Weight::from_parts(234_644_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn tender() -> Weight {
		// At least 212_187_000 picoseconds.
		Weight::from_parts(214_395_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn release() -> Weight {
		// At least 145_794_000 picoseconds.
		Weight::from_parts(159_751_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn forget_tendered() -> Weight {
		// At least 26_919_000 picoseconds.
		Weight::from_parts(29_939_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_step() -> Weight {
		// At least 99_295_000 picoseconds.
		Weight::from_parts(102_061_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
}
