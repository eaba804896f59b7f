//! Weights of `pallet_agreements`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 2 steps, 1 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
		// At least 1_358_987_000 picoseconds.
		Weight::from_parts(1_358_987_000, 0)
			// Standard error 974_118
			.saturating_add(Weight::from_parts(630_465, 0).saturating_mul(p.into()))
			// Standard error 7_792_946
			.saturating_add(Weight::from_parts(17_733_906, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(127_u64))
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
		// At least 1_602_137_000 picoseconds.
		Weight::from_parts(72_901_547, 0)
			// Standard error 96_130
			.saturating_add(Weight::from_parts(729_833, 0).saturating_mul(p.into()))
			// Standard error 769_040
			.saturating_add(Weight::from_parts(17_267_805, 0).saturating_mul(l.into()))
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
		// At least 3_156_717_000 picoseconds.
		Weight::from_parts(3_156_717_000, 0)
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
		// At least 4_091_443_000 picoseconds.
		Weight::from_parts(4_091_443_000, 0)
			// Standard error 866_737
			.saturating_add(Weight::from_parts(5_858_700, 0).saturating_mul(p.into()))
			// Standard error 6_933_901
			.saturating_add(Weight::from_parts(7_359_194, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(213_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(55_u64))
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
		// At least 80_832_000 picoseconds.
		Weight::from_parts(80_832_000, 0)
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
		// At least 80_660_000 picoseconds.
		Weight::from_parts(80_660_000, 0)
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
		// At least 1_683_688_000 picoseconds.
		Weight::from_parts(261_368_027, 0)
			// Standard error 481
			.saturating_add(Weight::from_parts(677_610, 0).saturating_mul(p.into()))
			// Standard error 3_849
			.saturating_add(Weight::from_parts(17_286_348, 0).saturating_mul(l.into()))
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
		// At least 237_559_000 picoseconds.
		Weight::from_parts(237_559_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 11_421_000 picoseconds.
		Weight::from_parts(11_421_000, 0)
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
		// At least 85_509_000 picoseconds.
		Weight::from_parts(85_509_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32) -> Weight {
		// At least 1_358_987_000 picoseconds.
		Weight::from_parts(1_358_987_000, 0)
			// Standard error 974_118
			.saturating_add(Weight::from_parts(630_465, 0).saturating_mul(p.into()))
			// Standard error 7_792_946
			.saturating_add(Weight::from_parts(17_733_906, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(127_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn counter(p: u32, l: u32) -> Weight {
		// At least 1_602_137_000 picoseconds.
		Weight::from_parts(72_901_547, 0)
			// Standard error 96_130
			.saturating_add(Weight::from_parts(729_833, 0).saturating_mul(p.into()))
			// Standard error 769_040
			.saturating_add(Weight::from_parts(17_267_805, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		// At least 3_156_717_000 picoseconds.
		Weight::from_parts(3_156_717_000, 0)
			.saturating_add(ParityDbWeight::get().reads(57_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32) -> Weight {
		// At least 4_091_443_000 picoseconds.
		Weight::from_parts(4_091_443_000, 0)
			// Standard error 866_737
			.saturating_add(Weight::from_parts(5_858_700, 0).saturating_mul(p.into()))
			// Standard error 6_933_901
			.saturating_add(Weight::from_parts(7_359_194, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(213_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(55_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		// At least 80_832_000 picoseconds.
		Weight::from_parts(80_832_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn reject() -> Weight {
		// At least 80_660_000 picoseconds.
		Weight::from_parts(80_660_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn amend(p: u32, l: u32) -> Weight {
		// At least 1_683_688_000 picoseconds.
		Weight::from_parts(261_368_027, 0)
			// Standard error 481
			.saturating_add(Weight::from_parts(677_610, 0).saturating_mul(p.into()))
			// Standard error 3_849
			.saturating_add(Weight::from_parts(17_286_348, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		// At least 237_559_000 picoseconds.
		Weight::from_parts(237_559_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		// At least 11_421_000 picoseconds.
		Weight::from_parts(11_421_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		// At least 85_509_000 picoseconds.
		Weight::from_parts(85_509_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
