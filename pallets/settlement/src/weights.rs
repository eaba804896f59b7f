//! Weights of `pallet_settlement`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_settlement` weigh.
pub trait WeightInfo {
	/// Weight of `create_token`.
	fn create_token() -> Weight;
	/// Weight of `close_period`.
	fn close_period(l: u32, ) -> Weight;
	/// Weight of `request_close`.
	fn request_close() -> Weight;
	/// Weight of `affirm`.
	fn affirm() -> Weight;
	/// Weight of `affirm_by_silence`.
	fn affirm_by_silence() -> Weight;
	/// Weight of `open_cycle`.
	fn open_cycle() -> Weight;
	/// Weight of `cancel_cycle`.
	fn cancel_cycle() -> Weight;
	/// Weight of `freeze`.
	fn freeze() -> Weight;
	/// Weight of `take_in`.
	fn take_in(n: u32, ) -> Weight;
	/// Weight of `take_out`.
	fn take_out(n: u32, ) -> Weight;
	/// Weight of `conclude`.
	fn conclude(p: u32, ) -> Weight;
	/// Weight of `fund`.
	fn fund() -> Weight;
	/// Weight of `settle`.
	fn settle(p: u32, ) -> Weight;
	/// Weight of `unwind`.
	fn unwind(p: u32, ) -> Weight;
	/// Weight of `release`.
	fn release() -> Weight;
	/// Weight of `resolve_step`.
	fn resolve_step() -> Weight;
	/// Weight of `silence_step`.
	fn silence_step() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Metadata` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Settlement::Decimals` (r:1 w:1)
	// Storage: `Settlement::TokenOf` (r:1 w:1)
	// Storage: `Settlement::Tokens` (r:0 w:1)
	fn create_token() -> Weight {
		// At least 54_702_000 picoseconds.
		Weight::from_parts(55_694_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Accounts` (r:1 w:1)
	// Storage: `Settlement::CloseRequests` (r:0 w:1)
	// Storage: `Settlement::Decimals` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:1)
	// Storage: `Settlement::Statements` (r:0 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256
	fn close_period(l: u32, ) -> Weight {
		// At least 125_234_000 picoseconds.
		Weight::from_parts(118_014_370, 0)
			// Standard error 46_505
			.saturating_add(Weight::from_parts(8_510_719, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::CloseRequests` (r:1 w:1)
	// Storage: `Settlement::Decimals` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn request_close() -> Weight {
		// At least 158_797_000 picoseconds.
		Weight::from_parts(165_179_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Settlement::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 68_228_000 picoseconds.
		Weight::from_parts(69_641_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Settlement::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 65_592_000 picoseconds.
		Weight::from_parts(67_456_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:0 w:1)
	// Storage: `Settlement::NextCycle` (r:1 w:1)
	// Storage: `Settlement::Tokens` (r:1 w:0)
	// Storage: `Settlement::Unfinished` (r:1 w:1)
	// Storage: `Settlement::UnsettledOf` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn open_cycle() -> Weight {
		// At least 46_738_000 picoseconds.
		Weight::from_parts(48_280_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Settlement::Unfinished` (r:0 w:1)
	// Storage: `Settlement::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		// At least 28_474_000 picoseconds.
		Weight::from_parts(29_215_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn freeze() -> Weight {
		// At least 32_661_000 picoseconds.
		Weight::from_parts(34_785_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Settlement::CycleObligations` (r:0 w:1)
	// Storage: `Settlement::Cycles` (r:0 w:1)
	// Storage: `Settlement::Mutuals` (r:1 w:1)
	// Storage: `Settlement::Obligations` (r:1 w:1)
	// Storage: `Settlement::OpenObligations` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// `n` from 1 to 400
	fn take_in(n: u32, ) -> Weight {
		// At least 67_075_000 picoseconds.
		Weight::from_parts(68_007_000, 0)
			// Standard error 144_799
			.saturating_add(Weight::from_parts(57_279_894, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((7_u64).saturating_mul(n.into())))
	}
	// Storage: `Settlement::Cycles` (r:0 w:1)
	// Storage: `Settlement::Leaving` (r:1 w:1)
	// Storage: `Settlement::Mutuals` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// `n` from 1 to 400
	fn take_out(n: u32, ) -> Weight {
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
	// Storage: `Settlement::Cycles` (r:0 w:1)
	// Storage: `Settlement::FundedFrom` (r:1 w:0)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
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
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::FundedFrom` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
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
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::FundedFrom` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Settlement::Unfinished` (r:0 w:1)
	// Storage: `Settlement::Unresolved` (r:0 w:1)
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
	// Storage: `Assets::Account` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:0 w:1)
	// Storage: `Settlement::Leaving` (r:0 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// `p` from 2 to 800
	fn unwind(p: u32, ) -> Weight {
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
	// Storage: `Settlement::Cycles` (r:1 w:0)
	// Storage: `Settlement::FundedFrom` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	fn release() -> Weight {
		// At least 152_614_000 picoseconds.
		Weight::from_parts(180_156_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Settlement::CycleObligations` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:1 w:0)
	// Storage: `Settlement::Obligations` (r:1 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::Positions` (r:1 w:0)
	// Storage: `Settlement::Unresolved` (r:1 w:1)
	// Storage: `Settlement::UnsettledOf` (r:1 w:1)
	fn resolve_step() -> Weight {
		// At least 60_744_000 picoseconds.
		Weight::from_parts(100_348_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::SilenceCursor` (r:1 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:1 w:1)
	// Storage: `Settlement::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 107_781_000 picoseconds.
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Settlement::CycleObligations` (r:1 w:1)
	// Storage: `Settlement::Expiry` (r:1 w:0)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:0)
	// Storage: `Settlement::Obligations` (r:1 w:1)
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
	fn close_period(l: u32, ) -> Weight {
		Weight::from_parts(118_014_370, 0)
			.saturating_add(Weight::from_parts(8_510_719, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn request_close() -> Weight {
		Weight::from_parts(165_179_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		Weight::from_parts(69_641_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn affirm_by_silence() -> Weight {
		Weight::from_parts(67_456_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
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
	fn freeze() -> Weight {
		Weight::from_parts(34_785_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn take_in(n: u32, ) -> Weight {
		Weight::from_parts(68_007_000, 0)
			.saturating_add(Weight::from_parts(57_279_894, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((7_u64).saturating_mul(n.into())))
	}
	fn take_out(n: u32, ) -> Weight {
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
	fn unwind(p: u32, ) -> Weight {
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
	fn resolve_step() -> Weight {
		Weight::from_parts(100_348_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn silence_step() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(56_485_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
