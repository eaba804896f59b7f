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
		// At least 2_346_312_000 picoseconds.
		Weight::from_parts(3_022_178_108, 0)
			// Standard error 429_454
			.saturating_add(Weight::from_parts(174_184, 0).saturating_mul(p.into()))
			// Standard error 3_430_261
			.saturating_add(Weight::from_parts(26_561_128, 0).saturating_mul(l.into()))
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
		// At least 1_396_873_000 picoseconds.
		Weight::from_parts(4_357_770_159, 0)
			// Standard error 1_544_508
			.saturating_add(Weight::from_parts(14_274_869, 0).saturating_mul(l.into()))
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
		// At least 2_657_484_000 picoseconds.
		Weight::from_parts(3_090_374_000, 0)
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
		// At least 3_688_210_000 picoseconds.
		Weight::from_parts(799_223_565, 0)
			// Standard error 408_356
			.saturating_add(Weight::from_parts(6_531_986, 0).saturating_mul(p.into()))
			// Standard error 3_261_747
			.saturating_add(Weight::from_parts(19_506_866, 0).saturating_mul(l.into()))
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
		// At least 4_814_480_000 picoseconds.
		Weight::from_parts(701_933_504, 0)
			// Standard error 234_614
			.saturating_add(Weight::from_parts(4_038_933, 0).saturating_mul(p.into()))
			// Standard error 1_873_980
			.saturating_add(Weight::from_parts(15_775_872, 0).saturating_mul(l.into()))
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
		// At least 59_280_000 picoseconds.
		Weight::from_parts(63_044_000, 0)
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
		// At least 57_480_000 picoseconds.
		Weight::from_parts(59_417_000, 0)
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
		// At least 1_391_071_000 picoseconds.
		Weight::from_parts(1_079_801_930, 0)
			// Standard error 45_318
			.saturating_add(Weight::from_parts(443_736, 0).saturating_mul(p.into()))
			// Standard error 361_977
			.saturating_add(Weight::from_parts(13_312_535, 0).saturating_mul(l.into()))
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
		// At least 227_149_000 picoseconds.
		Weight::from_parts(244_688_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 7_132_000 picoseconds.
		Weight::from_parts(7_358_000, 0)
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
		// At least 55_799_000 picoseconds.
		Weight::from_parts(60_351_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32) -> Weight {
		// At least 2_346_312_000 picoseconds.
		Weight::from_parts(3_022_178_108, 0)
			// Standard error 429_454
			.saturating_add(Weight::from_parts(174_184, 0).saturating_mul(p.into()))
			// Standard error 3_430_261
			.saturating_add(Weight::from_parts(26_561_128, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(320_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn counter(p: u32, l: u32) -> Weight {
		// At least 1_396_873_000 picoseconds.
		Weight::from_parts(4_357_770_159, 0)
			// Standard error 1_544_508
			.saturating_add(Weight::from_parts(14_274_869, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		// At least 2_657_484_000 picoseconds.
		Weight::from_parts(3_090_374_000, 0)
			.saturating_add(ParityDbWeight::get().reads(57_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32) -> Weight {
		// At least 3_688_210_000 picoseconds.
		Weight::from_parts(799_223_565, 0)
			// Standard error 408_356
			.saturating_add(Weight::from_parts(6_531_986, 0).saturating_mul(p.into()))
			// Standard error 3_261_747
			.saturating_add(Weight::from_parts(19_506_866, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(242_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn conclude(p: u32, l: u32) -> Weight {
		// At least 4_814_480_000 picoseconds.
		Weight::from_parts(701_933_504, 0)
			// Standard error 234_614
			.saturating_add(Weight::from_parts(4_038_933, 0).saturating_mul(p.into()))
			// Standard error 1_873_980
			.saturating_add(Weight::from_parts(15_775_872, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(311_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		// At least 59_280_000 picoseconds.
		Weight::from_parts(63_044_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn reject() -> Weight {
		// At least 57_480_000 picoseconds.
		Weight::from_parts(59_417_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn amend(p: u32, l: u32) -> Weight {
		// At least 1_391_071_000 picoseconds.
		Weight::from_parts(1_079_801_930, 0)
			// Standard error 45_318
			.saturating_add(Weight::from_parts(443_736, 0).saturating_mul(p.into()))
			// Standard error 361_977
			.saturating_add(Weight::from_parts(13_312_535, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		// At least 227_149_000 picoseconds.
		Weight::from_parts(244_688_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		// At least 7_132_000 picoseconds.
		Weight::from_parts(7_358_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		// At least 55_799_000 picoseconds.
		Weight::from_parts(60_351_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
