//! Weights of `pallet_agreements`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
	// Storage: `Netting::Decimals` (r:17 w:0)
	// Storage: `Netting::ExposureCaps` (r:64 w:0)
	// Storage: `Netting::GeneralCaps` (r:16 w:0)
	// Storage: `Netting::OwedGross` (r:32 w:0)
	// Storage: `Netting::Pairs` (r:32 w:0)
	// Storage: `Netting::Totals` (r:32 w:0)
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
		// At least 2_832_863_000 picoseconds.
		Weight::from_parts(8_171_424_559, 0)
			// Standard error 1_889_088
			.saturating_add(Weight::from_parts(9_361_419, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(320_u64))
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
		// At least 1_469_025_000 picoseconds.
		Weight::from_parts(1_526_563_000, 0)
			// Standard error 83_964
			.saturating_add(Weight::from_parts(478_908, 0).saturating_mul(p.into()))
			// Standard error 672_129
			.saturating_add(Weight::from_parts(13_537_354, 0).saturating_mul(l.into()))
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
		// At least 4_677_807_000 picoseconds.
		Weight::from_parts(5_043_861_000, 0)
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
		// At least 5_682_857_000 picoseconds.
		Weight::from_parts(6_612_339_000, 0)
			// Standard error 342_585
			.saturating_add(Weight::from_parts(7_000_299, 0).saturating_mul(p.into()))
			// Standard error 2_742_359
			.saturating_add(Weight::from_parts(2_934_910, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(242_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(20_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	// Storage: `Agreements::AgreementsOf` (r:0 w:2)
	// Storage: `Agreements::Agreements` (r:0 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::Routes` (r:2048 w:2048)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Netting::Decimals` (r:17 w:0)
	// Storage: `Netting::ExposureCaps` (r:64 w:0)
	// Storage: `Netting::GeneralCaps` (r:16 w:0)
	// Storage: `Netting::OwedGross` (r:32 w:0)
	// Storage: `Netting::Pairs` (r:32 w:0)
	// Storage: `Netting::Totals` (r:32 w:0)
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
		// At least 5_863_135_000 picoseconds.
		Weight::from_parts(5_516_888_367, 0)
			// Standard error 338_403
			.saturating_add(Weight::from_parts(6_058_912, 0).saturating_mul(p.into()))
			// Standard error 2_702_997
			.saturating_add(Weight::from_parts(11_540_348, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(311_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(24_u64))
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
		// At least 96_219_000 picoseconds.
		Weight::from_parts(99_746_000, 0)
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
		// At least 103_570_000 picoseconds.
		Weight::from_parts(119_301_000, 0)
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
		// At least 2_194_343_000 picoseconds.
		Weight::from_parts(2_631_960_897, 0)
			// Standard error 167_827
			.saturating_add(Weight::from_parts(274_741, 0).saturating_mul(p.into()))
			// Standard error 1_340_518
			.saturating_add(Weight::from_parts(22_370_892, 0).saturating_mul(l.into()))
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
		// At least 390_591_000 picoseconds.
		Weight::from_parts(414_733_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 10_896_000 picoseconds.
		Weight::from_parts(12_220_000, 0)
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
		// At least 77_418_000 picoseconds.
		Weight::from_parts(80_782_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32) -> Weight {
		// At least 2_832_863_000 picoseconds.
		Weight::from_parts(8_171_424_559, 0)
			// Standard error 1_889_088
			.saturating_add(Weight::from_parts(9_361_419, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(320_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn counter(p: u32, l: u32) -> Weight {
		// At least 1_469_025_000 picoseconds.
		Weight::from_parts(1_526_563_000, 0)
			// Standard error 83_964
			.saturating_add(Weight::from_parts(478_908, 0).saturating_mul(p.into()))
			// Standard error 672_129
			.saturating_add(Weight::from_parts(13_537_354, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		// At least 4_677_807_000 picoseconds.
		Weight::from_parts(5_043_861_000, 0)
			.saturating_add(ParityDbWeight::get().reads(57_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32) -> Weight {
		// At least 5_682_857_000 picoseconds.
		Weight::from_parts(6_612_339_000, 0)
			// Standard error 342_585
			.saturating_add(Weight::from_parts(7_000_299, 0).saturating_mul(p.into()))
			// Standard error 2_742_359
			.saturating_add(Weight::from_parts(2_934_910, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(242_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn conclude(p: u32, l: u32) -> Weight {
		// At least 5_863_135_000 picoseconds.
		Weight::from_parts(5_516_888_367, 0)
			// Standard error 338_403
			.saturating_add(Weight::from_parts(6_058_912, 0).saturating_mul(p.into()))
			// Standard error 2_702_997
			.saturating_add(Weight::from_parts(11_540_348, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(311_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		// At least 96_219_000 picoseconds.
		Weight::from_parts(99_746_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn reject() -> Weight {
		// At least 103_570_000 picoseconds.
		Weight::from_parts(119_301_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn amend(p: u32, l: u32) -> Weight {
		// At least 2_194_343_000 picoseconds.
		Weight::from_parts(2_631_960_897, 0)
			// Standard error 167_827
			.saturating_add(Weight::from_parts(274_741, 0).saturating_mul(p.into()))
			// Standard error 1_340_518
			.saturating_add(Weight::from_parts(22_370_892, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		// At least 390_591_000 picoseconds.
		Weight::from_parts(414_733_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		// At least 10_896_000 picoseconds.
		Weight::from_parts(12_220_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		// At least 77_418_000 picoseconds.
		Weight::from_parts(80_782_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
