//! Weights of `pallet_netting`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured. Measured before some worst cases
//! became worse; `settle_carried` has the figures of `settle` until it is measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_netting` weigh.
pub trait WeightInfo {
	/// Weight of `create_token`.
	fn create_token() -> Weight;
	/// Weight of `open_cycle`.
	fn open_cycle() -> Weight;
	/// Weight of `cancel_cycle`.
	fn cancel_cycle() -> Weight;
	/// Weight of `collect`.
	fn collect() -> Weight;
	/// Weight of `set_schedule`.
	fn set_schedule() -> Weight;
	/// Weight of `name_token`.
	fn name_token(n: u32, ) -> Weight;
	/// Weight of `add_up`.
	fn add_up(n: u32, ) -> Weight;
	/// Weight of `exclude`.
	fn exclude(n: u32, ) -> Weight;
	/// Weight of `conclude`.
	fn conclude(p: u32, ) -> Weight;
	/// Weight of `fund`.
	fn fund() -> Weight;
	/// Weight of `settle`.
	fn settle(p: u32, ) -> Weight;
	/// Weight of `settle_carried`.
	fn settle_carried(p: u32, ) -> Weight;
	/// Weight of `exclude_defaulters`.
	fn exclude_defaulters(p: u32, ) -> Weight;
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
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Netting::Decimals` (r:1 w:1)
	// Storage: `Netting::TokenOf` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:0 w:1)
	fn create_token() -> Weight {
		// At least 54_702_000 picoseconds.
		Weight::from_parts(55_694_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::NextCycle` (r:1 w:1)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:1)
	// Storage: `Statements::UnsettledOf` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn open_cycle() -> Weight {
		// At least 46_738_000 picoseconds.
		Weight::from_parts(48_280_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Netting::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		// At least 28_474_000 picoseconds.
		Weight::from_parts(29_215_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn set_schedule() -> Weight {
		// Not measured: as `cancel_cycle`.
		Weight::from_parts(29_215_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn name_token(n: u32, ) -> Weight {
		// Not measured: reads and writes are counted.
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(120_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((40_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((18_u64).saturating_mul(n.into())))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn collect() -> Weight {
		// At least 32_661_000 picoseconds.
		Weight::from_parts(34_785_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Netting::CycleObligations` (r:0 w:1)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Mutuals` (r:1 w:1)
	// Storage: `Statements::Obligations` (r:1 w:1)
	// Storage: `Statements::OpenObligations` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// `n` from 1 to 400
	fn add_up(n: u32, ) -> Weight {
		// At least 67_075_000 picoseconds.
		Weight::from_parts(68_007_000, 0)
			// Standard error 144_799
			.saturating_add(Weight::from_parts(57_279_894, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((7_u64).saturating_mul(n.into())))
	}
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Exclusions` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// `n` from 1 to 400
	fn exclude(n: u32, ) -> Weight {
		// At least 65_884_000 picoseconds.
		Weight::from_parts(67_867_000, 0)
			// Standard error 447_012
			.saturating_add(Weight::from_parts(32_713_181, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(99_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(n.into())))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::FundedFrom` (r:1 w:0)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// `p` from 2 to 800
	fn conclude(p: u32, ) -> Weight {
		// At least 103_404_000 picoseconds.
		Weight::from_parts(104_235_000, 0)
			// Standard error 248_524
			.saturating_add(Weight::from_parts(40_084_230, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn fund() -> Weight {
		// At least 182_731_000 picoseconds.
		Weight::from_parts(190_425_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Netting::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn settle(p: u32, ) -> Weight {
		// At least 168_976_000 picoseconds.
		Weight::from_parts(169_987_000, 0)
			// Standard error 1_650_050
			.saturating_add(Weight::from_parts(94_084_982, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:1)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// Storage: `Netting::Unfinished` (r:0 w:1)
	// Storage: `Netting::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn settle_carried(p: u32, ) -> Weight {
		// At least 168_976_000 picoseconds.
		Weight::from_parts(169_987_000, 0)
			// Standard error 1_650_050
			.saturating_add(Weight::from_parts(94_084_982, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:0 w:1)
	// Storage: `Netting::Exclusions` (r:0 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	// Storage: `Netting::Stages` (r:0 w:1)
	// `p` from 2 to 800
	fn exclude_defaulters(p: u32, ) -> Weight {
		// At least 61_825_000 picoseconds.
		Weight::from_parts(62_377_000, 0)
			// Standard error 520_628
			.saturating_add(Weight::from_parts(23_368_716, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
	}
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Netting::FundedFrom` (r:1 w:1)
	// Storage: `Netting::Positions` (r:1 w:1)
	fn release() -> Weight {
		// At least 152_614_000 picoseconds.
		Weight::from_parts(180_156_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Netting::CycleObligations` (r:1 w:0)
	// Storage: `Netting::Cycles` (r:1 w:0)
	// Storage: `Statements::Obligations` (r:1 w:1)
	// Storage: `Statements::ObligationsOf` (r:0 w:1)
	// Storage: `Netting::Positions` (r:1 w:0)
	// Storage: `Netting::Unresolved` (r:1 w:1)
	// Storage: `Statements::UnsettledOf` (r:1 w:1)
	// Storage: `Netting::CycleObligations` (r:1 w:1)
	// Storage: `Netting::Expiry` (r:1 w:0)
	// Storage: `Netting::ExpiryQueue` (r:1 w:0)
	// Storage: `Statements::Obligations` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 27_511_000 picoseconds.
		Weight::from_parts(56_485_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		Weight::from_parts(55_694_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn open_cycle() -> Weight {
		Weight::from_parts(48_280_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn cancel_cycle() -> Weight {
		Weight::from_parts(29_215_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_schedule() -> Weight {
		// Not measured: as `cancel_cycle`.
		Weight::from_parts(29_215_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn name_token(n: u32, ) -> Weight {
		// Not measured: reads and writes are counted.
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(120_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((40_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes((18_u64).saturating_mul(n.into())))
	}
	fn collect() -> Weight {
		Weight::from_parts(34_785_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn add_up(n: u32, ) -> Weight {
		Weight::from_parts(68_007_000, 0)
			.saturating_add(Weight::from_parts(57_279_894, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((7_u64).saturating_mul(n.into())))
	}
	fn exclude(n: u32, ) -> Weight {
		Weight::from_parts(67_867_000, 0)
			.saturating_add(Weight::from_parts(32_713_181, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(99_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((3_u64).saturating_mul(n.into())))
	}
	fn conclude(p: u32, ) -> Weight {
		Weight::from_parts(104_235_000, 0)
			.saturating_add(Weight::from_parts(40_084_230, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		Weight::from_parts(190_425_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn settle(p: u32, ) -> Weight {
		Weight::from_parts(169_987_000, 0)
			.saturating_add(Weight::from_parts(94_084_982, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((4_u64).saturating_mul(p.into())))
	}
	fn settle_carried(p: u32, ) -> Weight {
		Weight::from_parts(169_987_000, 0)
			.saturating_add(Weight::from_parts(94_084_982, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((4_u64).saturating_mul(p.into())))
	}
	fn exclude_defaulters(p: u32, ) -> Weight {
		Weight::from_parts(62_377_000, 0)
			.saturating_add(Weight::from_parts(23_368_716, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
	}
	fn release() -> Weight {
		Weight::from_parts(180_156_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(56_485_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
