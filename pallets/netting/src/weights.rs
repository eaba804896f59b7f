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
	/// Weight of `charge_interest`.
	fn charge_interest(c: u32) -> Weight;
	/// Weight of `set_exposure_cap`.
	fn set_exposure_cap() -> Weight;
	/// Weight of `set_general_cap`.
	fn set_general_cap() -> Weight;
	/// Weight of `claim_payment`.
	fn claim_payment() -> Weight;
	/// Weight of `confirm_payment`.
	fn confirm_payment() -> Weight;
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
	/// Weight of `release`.
	fn release() -> Weight;
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
		// At least 51_134_000 picoseconds.
		Weight::from_parts(52_746_000, 0)
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
		// At least 58_450_000 picoseconds.
		Weight::from_parts(61_580_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Netting::Schedules` (r:1 w:1)
	// Storage: `Netting::TestNetwork` (r:1 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_schedule() -> Weight {
		// At least 20_806_000 picoseconds.
		Weight::from_parts(21_919_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:130 w:130)
	// Storage: `Netting::Cuts` (r:1 w:0)
	// Storage: `Netting::Due` (r:130 w:130)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:2 w:0)
	// Storage: `Netting::Mutuals` (r:256 w:256)
	// Storage: `Netting::ObligationsIn` (r:0 w:128)
	// Storage: `Netting::Obligations` (r:64 w:64)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:2 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// `n` from 1 to 64
	fn name_token(n: u32) -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(79_301_187, 0)
			// Standard error 327_225
			.saturating_add(Weight::from_parts(169_248_840, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64.saturating_mul(n.into())))
	}
	fn charge_interest(c: u32) -> Weight {
		Weight::from_parts(121_258_000, 0)
			.saturating_add(Weight::from_parts(14_292_442, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	fn set_exposure_cap() -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(570_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn set_general_cap() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(31_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn claim_payment() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn confirm_payment() -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(248_542_027, 0)
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(31_291_000, 0)
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
		// At least 50_637_000 picoseconds.
		Weight::from_parts(54_541_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Due` (r:401 w:0)
	// Storage: `Netting::Positions` (r:400 w:400)
	// Storage: `Netting::Shares` (r:400 w:400)
	// Storage: `Netting::Stages` (r:0 w:1)
	// `n` from 0 to 400
	// `p` from 2 to 1000
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 45_882_000 picoseconds.
		Weight::from_parts(46_589_000, 0)
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(n.into()))
			// Standard error 70_814
			.saturating_add(Weight::from_parts(14_292_442, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
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
		// At least 121_060_000 picoseconds.
		Weight::from_parts(121_258_000, 0)
			// Standard error 255_328
			.saturating_add(Weight::from_parts(84_071_386, 0).saturating_mul(n.into()))
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
		// At least 102_268_000 picoseconds.
		Weight::from_parts(102_454_000, 0)
			// Standard error 385_706
			.saturating_add(Weight::from_parts(66_419_806, 0).saturating_mul(p.into()))
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
		// At least 167_946_000 picoseconds.
		Weight::from_parts(171_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
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
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle(p: u32) -> Weight {
		// At least 194_313_000 picoseconds.
		Weight::from_parts(197_893_000, 0)
			// Standard error 463_004
			.saturating_add(Weight::from_parts(92_925_367, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64.saturating_mul(p.into())))
	}
	// Storage: `Netting::Balances` (r:1000 w:1000)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::Due` (r:1000 w:1000)
	// Storage: `Netting::ExpiryQueue` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:0 w:1000)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:1998 w:1998)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:999)
	// Storage: `Netting::ObligationsOf` (r:0 w:1998)
	// Storage: `Netting::Obligations` (r:0 w:999)
	// Storage: `Netting::Positions` (r:1001 w:1000)
	// Storage: `Netting::Shares` (r:1001 w:1000)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 1000
	fn settle_carried(p: u32) -> Weight {
		// At least 186_898_000 picoseconds.
		Weight::from_parts(187_857_000, 0)
			// Standard error 856_439
			.saturating_add(Weight::from_parts(105_651_680, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(11_u64.saturating_mul(p.into())))
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
		// At least 63_502_000 picoseconds.
		Weight::from_parts(84_515_000, 0)
			// Standard error 48_758
			.saturating_add(Weight::from_parts(12_266_277, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(p.into())))
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
		// At least 90_776_000 picoseconds.
		Weight::from_parts(94_199_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::ExpiryQueue` (r:1 w:0)
	// Storage: `Netting::Expiry` (r:1 w:0)
	// Storage: `Netting::ObligationsIn` (r:2 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:1 w:1)
	// Storage: `Netting::Positions` (r:2 w:0)
	// Storage: `Netting::TakenIn` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 57_621_000 picoseconds.
		Weight::from_parts(58_056_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		// At least 51_134_000 picoseconds.
		Weight::from_parts(52_746_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn open_cycle() -> Weight {
		// At least 58_450_000 picoseconds.
		Weight::from_parts(61_580_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn set_schedule() -> Weight {
		// At least 20_806_000 picoseconds.
		Weight::from_parts(21_919_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn name_token(n: u32) -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(79_301_187, 0)
			// Standard error 327_225
			.saturating_add(Weight::from_parts(169_248_840, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(23_u64))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64.saturating_mul(n.into())))
	}
	fn charge_interest(c: u32) -> Weight {
		Weight::from_parts(121_258_000, 0)
			.saturating_add(Weight::from_parts(14_292_442, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn set_exposure_cap() -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(900_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(570_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn set_general_cap() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(31_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim_payment() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(61_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn confirm_payment() -> Weight {
		// At least 225_191_000 picoseconds.
		Weight::from_parts(248_542_027, 0)
			.saturating_add(ParityDbWeight::get().reads(23_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64))
	}
	fn cancel_cycle() -> Weight {
		// At least 30_565_000 picoseconds.
		Weight::from_parts(31_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn collect() -> Weight {
		// At least 50_637_000 picoseconds.
		Weight::from_parts(54_541_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn add_up(n: u32, p: u32) -> Weight {
		// At least 45_882_000 picoseconds.
		Weight::from_parts(46_589_000, 0)
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(n.into()))
			// Standard error 70_814
			.saturating_add(Weight::from_parts(14_292_442, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn exclude(n: u32) -> Weight {
		// At least 121_060_000 picoseconds.
		Weight::from_parts(121_258_000, 0)
			// Standard error 255_328
			.saturating_add(Weight::from_parts(84_071_386, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64.saturating_mul(n.into())))
	}
	fn conclude(p: u32) -> Weight {
		// At least 102_268_000 picoseconds.
		Weight::from_parts(102_454_000, 0)
			// Standard error 385_706
			.saturating_add(Weight::from_parts(66_419_806, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads(5_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		// At least 167_946_000 picoseconds.
		Weight::from_parts(171_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn settle(p: u32) -> Weight {
		// At least 194_313_000 picoseconds.
		Weight::from_parts(197_893_000, 0)
			// Standard error 463_004
			.saturating_add(Weight::from_parts(92_925_367, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(7_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64.saturating_mul(p.into())))
	}
	fn settle_carried(p: u32) -> Weight {
		// At least 186_898_000 picoseconds.
		Weight::from_parts(187_857_000, 0)
			// Standard error 856_439
			.saturating_add(Weight::from_parts(105_651_680, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(11_u64.saturating_mul(p.into())))
	}
	fn exclude_defaulters(p: u32) -> Weight {
		// At least 63_502_000 picoseconds.
		Weight::from_parts(84_515_000, 0)
			// Standard error 48_758
			.saturating_add(Weight::from_parts(12_266_277, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn release() -> Weight {
		// At least 90_776_000 picoseconds.
		Weight::from_parts(94_199_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn evict_step() -> Weight {
		// At least 57_621_000 picoseconds.
		Weight::from_parts(58_056_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
}
