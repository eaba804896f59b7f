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
		// At least 144_975_000 picoseconds.
		Weight::from_parts(155_567_000, 0)
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
		// At least 70_351_000 picoseconds.
		Weight::from_parts(96_200_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Netting::Schedules` (r:1 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_schedule() -> Weight {
		// At least 42_128_000 picoseconds.
		Weight::from_parts(46_408_000, 0)
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
		// At least 379_873_000 picoseconds.
		Weight::from_parts(554_991_035, 0)
			// Standard error 11_810_440
			.saturating_add(Weight::from_parts(226_372_440, 0).saturating_mul(n.into()))
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
		// At least 135_286_000 picoseconds.
		Weight::from_parts(144_955_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Netting::GeneralCaps` (r:0 w:1)
	fn set_general_cap() -> Weight {
		// At least 36_289_000 picoseconds.
		Weight::from_parts(37_667_000, 0)
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
		// At least 102_176_000 picoseconds.
		Weight::from_parts(124_978_000, 0)
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
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn confirm_payment() -> Weight {
		// At least 266_087_000 picoseconds.
		Weight::from_parts(282_163_000, 0)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:240 w:0)
	// Storage: `Netting::Obligations` (r:1 w:0)
	// Storage: `Netting::Positions` (r:480 w:0)
	// `c` from 1 to 240
	fn stand(c: u32) -> Weight {
		// At least 30_526_000 picoseconds.
		Weight::from_parts(33_144_000, 0)
			// Standard error 420_391
			.saturating_add(Weight::from_parts(14_449_560, 0).saturating_mul(c.into()))
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
		// At least 32_567_000 picoseconds.
		Weight::from_parts(36_642_000, 0)
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
		// At least 128_953_000 picoseconds.
		Weight::from_parts(192_737_000, 0)
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
		// At least 2_329_759_000 picoseconds.
		Weight::from_parts(4_933_859_363, 0)
			// Standard error 1_016_064
			.saturating_add(Weight::from_parts(22_434_553, 0).saturating_mul(p.into()))
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
		// At least 122_563_000 picoseconds.
		Weight::from_parts(132_206_000, 0)
			// Standard error 2_438_370
			.saturating_add(Weight::from_parts(104_294_375, 0).saturating_mul(n.into()))
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
	// Storage: `Netting::Standings` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn conclude(p: u32) -> Weight {
		// At least 127_756_000 picoseconds.
		Weight::from_parts(131_842_000, 0)
			// Standard error 2_366_816
			.saturating_add(Weight::from_parts(94_761_142, 0).saturating_mul(p.into()))
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
		// At least 384_291_000 picoseconds.
		Weight::from_parts(387_716_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:999 w:999)
	// Storage: `AssetsHolder::Holds` (r:999 w:999)
	// Storage: `Netting::Balances` (r:1000 w:1000)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:999 w:1000)
	// Storage: `Netting::Paid` (r:0 w:1)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Shares` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:1000 w:1000)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle(p: u32) -> Weight {
		// At least 337_118_000 picoseconds.
		Weight::from_parts(347_535_000, 0)
			// Standard error 2_168_793
			.saturating_add(Weight::from_parts(142_654_187, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
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
	// Storage: `Netting::Paid` (r:0 w:1)
	// Storage: `Netting::Pairs` (r:1998 w:1998)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Shares` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:1000 w:1000)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle_carried(p: u32) -> Weight {
		// At least 406_996_000 picoseconds.
		Weight::from_parts(14_906_751_721, 0)
			// Standard error 8_235_929
			.saturating_add(Weight::from_parts(172_310_174, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64.saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Exclusions` (r:0 w:999)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Standings` (r:1 w:0)
	// Storage: `Netting::TakenIn` (r:1 w:0)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 101_697_000 picoseconds.
		Weight::from_parts(17_342_506, 0)
			// Standard error 811_854
			.saturating_add(Weight::from_parts(16_747_168, 0).saturating_mul(p.into()))
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
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `c` from 1 to 240
	fn charge_interest(c: u32) -> Weight {
		// At least 270_157_000 picoseconds.
		Weight::from_parts(537_734_163, 0)
			// Standard error 706_844
			.saturating_add(Weight::from_parts(10_351_635, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(33_u64))
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
		// At least 268_105_000 picoseconds.
		Weight::from_parts(339_516_000, 0)
			.saturating_add(T::DbWeight::get().reads(25_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Assets::Account` (r:1 w:0)
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
		// At least 195_149_000 picoseconds.
		Weight::from_parts(201_902_000, 0)
			.saturating_add(T::DbWeight::get().reads(21_u64))
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
		// At least 109_056_000 picoseconds.
		Weight::from_parts(145_411_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::TenderCursor` (r:1 w:1)
	// Storage: `Netting::Tendered` (r:2 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn forget_tendered() -> Weight {
		// At least 19_931_000 picoseconds.
		Weight::from_parts(20_762_000, 0)
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
		// At least 66_992_000 picoseconds.
		Weight::from_parts(73_215_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		// At least 144_975_000 picoseconds.
		Weight::from_parts(155_567_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn open_cycle() -> Weight {
		// At least 70_351_000 picoseconds.
		Weight::from_parts(96_200_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn set_schedule() -> Weight {
		// At least 42_128_000 picoseconds.
		Weight::from_parts(46_408_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn name_token(n: u32) -> Weight {
		// At least 379_873_000 picoseconds.
		Weight::from_parts(554_991_035, 0)
			// Standard error 11_810_440
			.saturating_add(Weight::from_parts(226_372_440, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64.saturating_mul(n.into())))
	}
	fn set_exposure_cap() -> Weight {
		// At least 135_286_000 picoseconds.
		Weight::from_parts(144_955_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_general_cap() -> Weight {
		// At least 36_289_000 picoseconds.
		Weight::from_parts(37_667_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim_payment() -> Weight {
		// At least 102_176_000 picoseconds.
		Weight::from_parts(124_978_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn confirm_payment() -> Weight {
		// At least 266_087_000 picoseconds.
		Weight::from_parts(282_163_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn stand(c: u32) -> Weight {
		// At least 30_526_000 picoseconds.
		Weight::from_parts(33_144_000, 0)
			// Standard error 420_391
			.saturating_add(Weight::from_parts(14_449_560, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
	}
	fn cancel_cycle() -> Weight {
		// At least 32_567_000 picoseconds.
		Weight::from_parts(36_642_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn collect() -> Weight {
		// At least 128_953_000 picoseconds.
		Weight::from_parts(192_737_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 2_329_759_000 picoseconds.
		Weight::from_parts(4_933_859_363, 0)
			// Standard error 1_016_064
			.saturating_add(Weight::from_parts(22_434_553, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn exclude(n: u32) -> Weight {
		// At least 122_563_000 picoseconds.
		Weight::from_parts(132_206_000, 0)
			// Standard error 2_438_370
			.saturating_add(Weight::from_parts(104_294_375, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	fn conclude(p: u32) -> Weight {
		// At least 127_756_000 picoseconds.
		Weight::from_parts(131_842_000, 0)
			// Standard error 2_366_816
			.saturating_add(Weight::from_parts(94_761_142, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		// At least 384_291_000 picoseconds.
		Weight::from_parts(387_716_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn settle(p: u32) -> Weight {
		// At least 337_118_000 picoseconds.
		Weight::from_parts(347_535_000, 0)
			// Standard error 2_168_793
			.saturating_add(Weight::from_parts(142_654_187, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(p.into())))
	}
	fn settle_carried(p: u32) -> Weight {
		// At least 406_996_000 picoseconds.
		Weight::from_parts(14_906_751_721, 0)
			// Standard error 8_235_929
			.saturating_add(Weight::from_parts(172_310_174, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64.saturating_mul(p.into())))
	}
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 101_697_000 picoseconds.
		Weight::from_parts(17_342_506, 0)
			// Standard error 811_854
			.saturating_add(Weight::from_parts(16_747_168, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn charge_interest(c: u32) -> Weight {
		// At least 270_157_000 picoseconds.
		Weight::from_parts(537_734_163, 0)
			// Standard error 706_844
			.saturating_add(Weight::from_parts(10_351_635, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(33_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn pay() -> Weight {
		// At least 268_105_000 picoseconds.
		Weight::from_parts(339_516_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn tender() -> Weight {
		// At least 195_149_000 picoseconds.
		Weight::from_parts(201_902_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn release() -> Weight {
		// At least 109_056_000 picoseconds.
		Weight::from_parts(145_411_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn forget_tendered() -> Weight {
		// At least 19_931_000 picoseconds.
		Weight::from_parts(20_762_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_step() -> Weight {
		// At least 66_992_000 picoseconds.
		Weight::from_parts(73_215_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
}
