//! Weights of `pallet_settlement`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 10 steps, 5 repeats (15 where nothing varies), host vm, AMD EPYC, while the host did other work: the times
//! are rather too high. Reads and writes are at least the most that any run did; proofs are not measured.
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
	/// Weight of `cancel_cycle`.
	fn cancel_cycle() -> Weight;
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
		// At least 56_445_000 picoseconds.
		Weight::from_parts(61_444_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Accounts` (r:1 w:1)
	// Storage: `Settlement::CloseRequests` (r:1 w:1)
	// Storage: `Settlement::Decimals` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:1)
	// Storage: `Settlement::Statements` (r:0 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256
	fn close_period(l: u32, ) -> Weight {
		// At least 110_987_000 picoseconds.
		Weight::from_parts(294_015_836, 0)
			// Standard error 3_053_174
			.saturating_add(Weight::from_parts(14_218_438, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::CloseRequests` (r:1 w:1)
	// Storage: `Settlement::Decimals` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn request_close() -> Weight {
		Weight::from_parts(260_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Settlement::UnsettledOf` (r:2 w:2)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 108_042_000 picoseconds.
		Weight::from_parts(123_060_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:0 w:1)
	// Storage: `Settlement::UnsettledOf` (r:2 w:2)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 100_929_000 picoseconds.
		Weight::from_parts(117_800_000, 0)
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
		// At least 41_137_000 picoseconds.
		Weight::from_parts(71_143_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn freeze() -> Weight {
		// At least 34_274_000 picoseconds.
		Weight::from_parts(59_902_000, 0)
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
		// At least 68_738_000 picoseconds.
		Weight::from_parts(69_720_000, 0)
			// Standard error 8_545_062
			.saturating_add(Weight::from_parts(182_155_286, 0).saturating_mul(n.into()))
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
		// At least 68_237_000 picoseconds.
		Weight::from_parts(71_975_000, 0)
			// Standard error 7_406_239
			.saturating_add(Weight::from_parts(113_775_377, 0).saturating_mul(n.into()))
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
		// At least 115_866_000 picoseconds.
		Weight::from_parts(2_570_080_807, 0)
			// Standard error 13_895_237
			.saturating_add(Weight::from_parts(154_534_622, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(403_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
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
		// At least 184_385_000 picoseconds.
		Weight::from_parts(205_344_000, 0)
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
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::Positions` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Settlement::Unfinished` (r:0 w:1)
	// Storage: `Settlement::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 2 to 800
	fn settle(p: u32, ) -> Weight {
		// At least 192_149_000 picoseconds.
		Weight::from_parts(199_172_000, 0)
			// Standard error 6_300_324
			.saturating_add(Weight::from_parts(185_595_750, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
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
		// At least 74_529_000 picoseconds.
		Weight::from_parts(105_207_000, 0)
			// Standard error 5_524_280
			.saturating_add(Weight::from_parts(52_360_962, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(402_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
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
		// At least 96_280_000 picoseconds.
		Weight::from_parts(98_955_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Settlement::Cycles` (r:1 w:1)
	// Storage: `Settlement::Stages` (r:0 w:1)
	// Storage: `Settlement::Unfinished` (r:0 w:1)
	// Storage: `Settlement::Unresolved` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn cancel_cycle() -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Settlement::CycleObligations` (r:1 w:0)
	// Storage: `Settlement::Cycles` (r:1 w:0)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::Obligations` (r:1 w:1)
	// Storage: `Settlement::Positions` (r:1 w:0)
	// Storage: `Settlement::Unresolved` (r:1 w:1)
	// Storage: `Settlement::UnsettledOf` (r:2 w:2)
	fn resolve_step() -> Weight {
		// At least 43_892_000 picoseconds.
		Weight::from_parts(46_076_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Settlement::ExpiryQueue` (r:1 w:1)
	// Storage: `Settlement::Expiry` (r:0 w:1)
	// Storage: `Settlement::NextObligation` (r:1 w:1)
	// Storage: `Settlement::ObligationsOf` (r:0 w:1)
	// Storage: `Settlement::Obligations` (r:0 w:1)
	// Storage: `Settlement::OpenObligations` (r:0 w:1)
	// Storage: `Settlement::SilenceCursor` (r:1 w:1)
	// Storage: `Settlement::Statements` (r:1 w:1)
	// Storage: `Settlement::Unaffirmed` (r:1 w:1)
	// Storage: `Settlement::UnsettledOf` (r:2 w:2)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 58_539_000 picoseconds.
		Weight::from_parts(59_842_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Settlement::CycleObligations` (r:1 w:1)
	// Storage: `Settlement::Expiry` (r:1 w:0)
	// Storage: `Settlement::ExpiryQueue` (r:1 w:0)
	// Storage: `Settlement::Obligations` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 27_061_000 picoseconds.
		Weight::from_parts(28_273_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn create_token() -> Weight {
		Weight::from_parts(61_444_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn close_period(l: u32, ) -> Weight {
		Weight::from_parts(294_015_836, 0)
			.saturating_add(Weight::from_parts(14_218_438, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn request_close() -> Weight {
		Weight::from_parts(260_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		Weight::from_parts(123_060_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn affirm_by_silence() -> Weight {
		Weight::from_parts(117_800_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn open_cycle() -> Weight {
		Weight::from_parts(71_143_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn freeze() -> Weight {
		Weight::from_parts(59_902_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn take_in(n: u32, ) -> Weight {
		Weight::from_parts(69_720_000, 0)
			.saturating_add(Weight::from_parts(182_155_286, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((7_u64).saturating_mul(n.into())))
	}
	fn take_out(n: u32, ) -> Weight {
		Weight::from_parts(71_975_000, 0)
			.saturating_add(Weight::from_parts(113_775_377, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(99_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((3_u64).saturating_mul(n.into())))
	}
	fn conclude(p: u32, ) -> Weight {
		Weight::from_parts(2_570_080_807, 0)
			.saturating_add(Weight::from_parts(154_534_622, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(403_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
	}
	fn fund() -> Weight {
		Weight::from_parts(205_344_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn settle(p: u32, ) -> Weight {
		Weight::from_parts(199_172_000, 0)
			.saturating_add(Weight::from_parts(185_595_750, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((4_u64).saturating_mul(p.into())))
	}
	fn unwind(p: u32, ) -> Weight {
		Weight::from_parts(105_207_000, 0)
			.saturating_add(Weight::from_parts(52_360_962, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(402_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn release() -> Weight {
		Weight::from_parts(98_955_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn cancel_cycle() -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn resolve_step() -> Weight {
		Weight::from_parts(46_076_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn silence_step() -> Weight {
		Weight::from_parts(59_842_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(28_273_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
