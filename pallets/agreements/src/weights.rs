//! Weights of `pallet_agreements`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_agreements` weigh.
pub trait WeightInfo {
	/// Weight of `propose`.
	fn propose(p: u32, l: u32) -> Weight;
	/// Weight of `counter`.
	fn counter(p: u32, l: u32) -> Weight;
	/// Weight of `sign`.
	fn sign() -> Weight;
	/// Weight of `activate`.
	fn activate(p: u32, l: u32) -> Weight;
	/// Weight of `conclude`.
	fn conclude(p: u32, l: u32) -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `reject`.
	fn reject() -> Weight;
	/// Weight of `amend`.
	fn amend(p: u32, l: u32) -> Weight;
	/// Weight of `terminate`.
	fn terminate() -> Weight;
	/// Weight of `sweep_base`.
	fn sweep_base() -> Weight;
	/// Weight of `sweep_agreement`.
	fn sweep_agreement() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:0 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Proposals` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Netting::Balances` (r:2 w:0)
	// Storage: `Netting::Decimals` (r:2 w:0)
	// Storage: `Netting::ExposureCaps` (r:4 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:0)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:1102 w:0)
	// Storage: `Netting::TokenOf` (r:2 w:0)
	// Storage: `Netting::Totals` (r:2 w:0)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:2 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:70 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 16 to 2048
	// `l` from 2 to 256
	fn propose(p: u32, l: u32) -> Weight {
		// At least 7_139_356_000 picoseconds.
		Weight::from_parts(9_163_281_198, 0)
			// Standard error 2_424_856
			.saturating_add(Weight::from_parts(12_467_430, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(1248_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:2)
	// Storage: `Agreements::TermsOf` (r:0 w:2)
	// Storage: `Anchoring::Periods` (r:120 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:70 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 16 to 2048
	// `l` from 2 to 256
	fn counter(p: u32, l: u32) -> Weight {
		// At least 1_271_306_000 picoseconds.
		Weight::from_parts(1_315_291_000, 0)
			// Standard error 127_841
			.saturating_add(Weight::from_parts(663_295, 0).saturating_mul(p.into()))
			// Standard error 1_023_355
			.saturating_add(Weight::from_parts(12_426_345, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(248_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:2 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sign() -> Weight {
		// At least 2_463_839_000 picoseconds.
		Weight::from_parts(6_655_116_000, 0)
			.saturating_add(T::DbWeight::get().reads(57_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:2 w:1)
	// Storage: `Agreements::Routes` (r:2048 w:2048)
	// Storage: `Agreements::TermsOf` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:120 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:70 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 16 to 2048
	// `l` from 2 to 256
	fn activate(p: u32, l: u32) -> Weight {
		// At least 3_479_072_000 picoseconds.
		Weight::from_parts(3_483_909_000, 0)
			// Standard error 863_885
			.saturating_add(Weight::from_parts(22_950_065, 0).saturating_mul(p.into()))
			// Standard error 6_915_305
			.saturating_add(Weight::from_parts(9_625_369, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(242_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(20_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:2 w:1)
	// Storage: `Agreements::Routes` (r:2048 w:2048)
	// Storage: `Agreements::TermsOf` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:120 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:70 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 16 to 2048
	// `l` from 2 to 256
	fn conclude(p: u32, l: u32) -> Weight {
		// At least 3_645_963_000 picoseconds.
		Weight::from_parts(868_351_240, 0)
			// Standard error 43_206
			.saturating_add(Weight::from_parts(6_320_358, 0).saturating_mul(p.into()))
			// Standard error 345_110
			.saturating_add(Weight::from_parts(10_836_008, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(242_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(20_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Proposals` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn withdraw() -> Weight {
		// At least 59_193_000 picoseconds.
		Weight::from_parts(61_613_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Proposals` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn reject() -> Weight {
		// At least 55_447_000 picoseconds.
		Weight::from_parts(60_459_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Anchoring::Periods` (r:120 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Operators::TadigOwner` (r:70 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:16 w:0)
	// Storage: `Tariffs::Rates` (r:2 w:0)
	// Storage: `Tariffs::Regions` (r:32 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 16 to 2048
	// `l` from 2 to 256
	fn amend(p: u32, l: u32) -> Weight {
		// At least 1_327_577_000 picoseconds.
		Weight::from_parts(2_050_617_947, 0)
			// Standard error 515_536
			.saturating_add(Weight::from_parts(1_552_356, 0).saturating_mul(p.into()))
			// Standard error 4_117_842
			.saturating_add(Weight::from_parts(22_551_715, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(248_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:1 w:32)
	// Storage: `Agreements::TermsOf` (r:0 w:32)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn terminate() -> Weight {
		// At least 237_870_000 picoseconds.
		Weight::from_parts(244_331_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 5_990_000 picoseconds.
		Weight::from_parts(6_446_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Proposals` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_agreement() -> Weight {
		// At least 51_631_000 picoseconds.
		Weight::from_parts(58_084_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32) -> Weight {
		// At least 7_139_356_000 picoseconds.
		Weight::from_parts(9_163_281_198, 0)
			// Standard error 2_424_856
			.saturating_add(Weight::from_parts(12_467_430, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(1248_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn counter(p: u32, l: u32) -> Weight {
		// At least 1_271_306_000 picoseconds.
		Weight::from_parts(1_315_291_000, 0)
			// Standard error 127_841
			.saturating_add(Weight::from_parts(663_295, 0).saturating_mul(p.into()))
			// Standard error 1_023_355
			.saturating_add(Weight::from_parts(12_426_345, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		// At least 2_463_839_000 picoseconds.
		Weight::from_parts(6_655_116_000, 0)
			.saturating_add(ParityDbWeight::get().reads(57_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32) -> Weight {
		// At least 3_479_072_000 picoseconds.
		Weight::from_parts(3_483_909_000, 0)
			// Standard error 863_885
			.saturating_add(Weight::from_parts(22_950_065, 0).saturating_mul(p.into()))
			// Standard error 6_915_305
			.saturating_add(Weight::from_parts(9_625_369, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(242_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn conclude(p: u32, l: u32) -> Weight {
		// At least 3_645_963_000 picoseconds.
		Weight::from_parts(868_351_240, 0)
			// Standard error 43_206
			.saturating_add(Weight::from_parts(6_320_358, 0).saturating_mul(p.into()))
			// Standard error 345_110
			.saturating_add(Weight::from_parts(10_836_008, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(242_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		// At least 59_193_000 picoseconds.
		Weight::from_parts(61_613_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn reject() -> Weight {
		// At least 55_447_000 picoseconds.
		Weight::from_parts(60_459_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn amend(p: u32, l: u32) -> Weight {
		// At least 1_327_577_000 picoseconds.
		Weight::from_parts(2_050_617_947, 0)
			// Standard error 515_536
			.saturating_add(Weight::from_parts(1_552_356, 0).saturating_mul(p.into()))
			// Standard error 4_117_842
			.saturating_add(Weight::from_parts(22_551_715, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		// At least 237_870_000 picoseconds.
		Weight::from_parts(244_331_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		// At least 5_990_000 picoseconds.
		Weight::from_parts(6_446_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		// At least 51_631_000 picoseconds.
		Weight::from_parts(58_084_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
