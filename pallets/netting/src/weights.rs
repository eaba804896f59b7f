//! Weights of `pallet_netting`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
	/// Weight of `pay`.
	fn pay() -> Weight;
	/// Weight of `tender`.
	fn tender() -> Weight;
	/// Weight of `settle`.
	fn settle(p: u32) -> Weight;
	/// Weight of `settle_carried`.
	fn settle_carried(p: u32) -> Weight;
	/// Weight of `exclude_defaulters`.
	fn exclude_defaulters(p: u32) -> Weight;
	/// Weight of `charge_interest`.
	fn charge_interest(c: u32) -> Weight;
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
	// Storage: `Netting::Tokens` (r:0 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn create_token() -> Weight {
		// At least 46_588_000 picoseconds.
		Weight::from_parts(50_890_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
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
		// At least 61_679_000 picoseconds.
		Weight::from_parts(63_608_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Netting::Schedules` (r:1 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_schedule() -> Weight {
		// At least 19_141_000 picoseconds.
		Weight::from_parts(19_875_000, 0)
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
		// At least 210_884_000 picoseconds.
		Weight::from_parts(34_657_715, 0)
			// Standard error 9_770_176
			.saturating_add(Weight::from_parts(182_710_998, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64.saturating_mul(n.into())))
	}
	// Storage: `Netting::Balances` (r:2 w:0)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::Exceeded` (r:0 w:1)
	// Storage: `Netting::ExposureCaps` (r:0 w:1)
	// Storage: `Netting::FirstDay` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:552 w:0)
	// Storage: `Netting::TokenOf` (r:2 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn set_exposure_cap() -> Weight {
		// At least 3_108_107_000 picoseconds.
		Weight::from_parts(3_227_393_000, 0)
			.saturating_add(T::DbWeight::get().reads(564_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::GeneralCaps` (r:0 w:1)
	fn set_general_cap() -> Weight {
		// At least 15_562_000 picoseconds.
		Weight::from_parts(18_249_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::Obligations` (r:1 w:0)
	// Storage: `Netting::PaidOutside` (r:1 w:1)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn claim_payment() -> Weight {
		// At least 43_843_000 picoseconds.
		Weight::from_parts(52_088_000, 0)
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
	// Storage: `Netting::PaidOutside` (r:0 w:1)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn confirm_payment() -> Weight {
		// At least 146_884_000 picoseconds.
		Weight::from_parts(152_169_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	fn stand(c: u32) -> Weight {
		// At least 220_575_000 picoseconds.
		Weight::from_parts(20_000_000, 0)
			// Standard error 88_254
			.saturating_add(Weight::from_parts(8_996_110, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(c.into())))
	}
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		// At least 29_171_000 picoseconds.
		Weight::from_parts(31_081_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Netting::Cuts` (r:1 w:1)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:0 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn collect() -> Weight {
		// At least 52_854_000 picoseconds.
		Weight::from_parts(53_897_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Due` (r:1404 w:0)
	// Storage: `Netting::Positions` (r:1000 w:1000)
	// Storage: `Netting::Shares` (r:1000 w:1000)
	// `n` from 0 to 400
	// `p` from 2 to 1000
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 2_068_944_000 picoseconds.
		Weight::from_parts(911_501_210, 0)
			// Standard error 1_982_386
			.saturating_add(Weight::from_parts(4_241_552, 0).saturating_mul(n.into()))
			// Standard error 794_649
			.saturating_add(Weight::from_parts(15_708_396, 0).saturating_mul(p.into()))
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
		// At least 116_720_000 picoseconds.
		Weight::from_parts(116_897_000, 0)
			// Standard error 3_052_292
			.saturating_add(Weight::from_parts(93_781_435, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	// Storage: `Assets::Account` (r:999 w:999)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:999 w:999)
	// Storage: `AssetsHolder::Holds` (r:999 w:999)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:999 w:999)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// `p` from 2 to 1000
	fn conclude(p: u32) -> Weight {
		// At least 95_192_000 picoseconds.
		Weight::from_parts(100_557_000, 0)
			// Standard error 4_267_243
			.saturating_add(Weight::from_parts(83_174_800, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:2 w:2)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn fund() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	fn pay() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	fn tender() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	// Storage: `Assets::Account` (r:1000 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:999 w:999)
	// Storage: `AssetsHolder::Holds` (r:999 w:999)
	// Storage: `Netting::Balances` (r:1000 w:1000)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:999 w:1000)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Shares` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:1000 w:1000)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle(p: u32) -> Weight {
		// At least 195_793_000 picoseconds.
		Weight::from_parts(1_993_300_732, 0)
			// Standard error 3_237_001
			.saturating_add(Weight::from_parts(96_384_361, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(8_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64.saturating_mul(p.into())))
	}
	// Storage: `Netting::Balances` (r:1000 w:1000)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::Due` (r:1000 w:1000)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:0 w:1000)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:1998 w:1998)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:999)
	// Storage: `Netting::ObligationsOf` (r:0 w:1998)
	// Storage: `Netting::Obligations` (r:0 w:999)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Shares` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:1000 w:1000)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle_carried(p: u32) -> Weight {
		// At least 198_849_000 picoseconds.
		Weight::from_parts(203_601_000, 0)
			// Standard error 487_538
			.saturating_add(Weight::from_parts(119_519_806, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Exclusions` (r:0 w:999)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// `p` from 2 to 1000
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 56_524_000 picoseconds.
		Weight::from_parts(59_372_000, 0)
			// Standard error 26_233
			.saturating_add(Weight::from_parts(11_603_197, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
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
	// Storage: `Netting::Positions` (r:480 w:0)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `c` from 1 to 240
	fn charge_interest(c: u32) -> Weight {
		// At least 220_575_000 picoseconds.
		Weight::from_parts(202_812_602, 0)
			// Standard error 88_254
			.saturating_add(Weight::from_parts(8_996_110, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(18_u64))
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
		// At least 93_455_000 picoseconds.
		Weight::from_parts(96_010_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn forget_tendered() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
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
		// At least 58_628_000 picoseconds.
		Weight::from_parts(60_652_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		// At least 46_588_000 picoseconds.
		Weight::from_parts(50_890_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn open_cycle() -> Weight {
		// At least 61_679_000 picoseconds.
		Weight::from_parts(63_608_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn set_schedule() -> Weight {
		// At least 19_141_000 picoseconds.
		Weight::from_parts(19_875_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn name_token(n: u32) -> Weight {
		// At least 210_884_000 picoseconds.
		Weight::from_parts(34_657_715, 0)
			// Standard error 9_770_176
			.saturating_add(Weight::from_parts(182_710_998, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64.saturating_mul(n.into())))
	}
	fn set_exposure_cap() -> Weight {
		// At least 3_108_107_000 picoseconds.
		Weight::from_parts(3_227_393_000, 0)
			.saturating_add(ParityDbWeight::get().reads(564_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_general_cap() -> Weight {
		// At least 15_562_000 picoseconds.
		Weight::from_parts(18_249_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim_payment() -> Weight {
		// At least 43_843_000 picoseconds.
		Weight::from_parts(52_088_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn confirm_payment() -> Weight {
		// At least 146_884_000 picoseconds.
		Weight::from_parts(152_169_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn stand(c: u32) -> Weight {
		// At least 220_575_000 picoseconds.
		Weight::from_parts(20_000_000, 0)
			// Standard error 88_254
			.saturating_add(Weight::from_parts(8_996_110, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
	}
	fn cancel_cycle() -> Weight {
		// At least 29_171_000 picoseconds.
		Weight::from_parts(31_081_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn collect() -> Weight {
		// At least 52_854_000 picoseconds.
		Weight::from_parts(53_897_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 2_068_944_000 picoseconds.
		Weight::from_parts(911_501_210, 0)
			// Standard error 1_982_386
			.saturating_add(Weight::from_parts(4_241_552, 0).saturating_mul(n.into()))
			// Standard error 794_649
			.saturating_add(Weight::from_parts(15_708_396, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn exclude(n: u32) -> Weight {
		// At least 116_720_000 picoseconds.
		Weight::from_parts(116_897_000, 0)
			// Standard error 3_052_292
			.saturating_add(Weight::from_parts(93_781_435, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	fn conclude(p: u32) -> Weight {
		// At least 95_192_000 picoseconds.
		Weight::from_parts(100_557_000, 0)
			// Standard error 4_267_243
			.saturating_add(Weight::from_parts(83_174_800, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn pay() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn tender() -> Weight {
		// At least 156_161_000 picoseconds.
		Weight::from_parts(162_259_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn settle(p: u32) -> Weight {
		// At least 195_793_000 picoseconds.
		Weight::from_parts(1_993_300_732, 0)
			// Standard error 3_237_001
			.saturating_add(Weight::from_parts(96_384_361, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(8_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(p.into())))
	}
	fn settle_carried(p: u32) -> Weight {
		// At least 198_849_000 picoseconds.
		Weight::from_parts(203_601_000, 0)
			// Standard error 487_538
			.saturating_add(Weight::from_parts(119_519_806, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64.saturating_mul(p.into())))
	}
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 56_524_000 picoseconds.
		Weight::from_parts(59_372_000, 0)
			// Standard error 26_233
			.saturating_add(Weight::from_parts(11_603_197, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn charge_interest(c: u32) -> Weight {
		// At least 220_575_000 picoseconds.
		Weight::from_parts(202_812_602, 0)
			// Standard error 88_254
			.saturating_add(Weight::from_parts(8_996_110, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(31_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn release() -> Weight {
		// At least 93_455_000 picoseconds.
		Weight::from_parts(96_010_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn forget_tendered() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_step() -> Weight {
		// At least 58_628_000 picoseconds.
		Weight::from_parts(60_652_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
}
