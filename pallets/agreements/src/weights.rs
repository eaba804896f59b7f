//! Weights of `pallet_agreements`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 10 steps, 5 repeats (15 where nothing varies), host vm, AMD EPYC, while the host did other work: the times
//! are rather too high. Reads and writes are at least the most that any run did; proofs are not measured.
//! What the check against price caps adds is estimated.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_agreements` weigh.
pub trait WeightInfo {
	/// Weight of `propose`.
	fn propose(p: u32, l: u32, ) -> Weight;
	/// Weight of `counter`.
	fn counter(p: u32, l: u32, ) -> Weight;
	/// Weight of `sign`.
	fn sign() -> Weight;
	/// Weight of `activate`.
	fn activate(p: u32, l: u32, ) -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `reject`.
	fn reject() -> Weight;
	/// Weight of `amend`.
	fn amend(p: u32, l: u32, ) -> Weight;
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
	// Storage: `Agreements::Agreements` (r:0 w:1)
	// Storage: `Agreements::AgreementsOf` (r:0 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextAgreementId` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn propose(p: u32, l: u32, ) -> Weight {
		// At least 789_464_000 picoseconds.
		Weight::from_parts(10_797_500_000, 0)
			// Standard error 2_568_726
			.saturating_add(Weight::from_parts(37_211_191, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(145_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn counter(p: u32, l: u32, ) -> Weight {
		// At least 1_094_885_000 picoseconds.
		Weight::from_parts(13_661_349_880, 0)
			// Standard error 6_474_349
			.saturating_add(Weight::from_parts(25_748_774, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(267_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sign() -> Weight {
		// At least 100_588_000 picoseconds.
		Weight::from_parts(10_116_217_000, 0)
			.saturating_add(T::DbWeight::get().reads(69_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:1)
	// Storage: `Agreements::Routes` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn activate(p: u32, l: u32, ) -> Weight {
		// At least 2_017_879_000 picoseconds.
		Weight::from_parts(12_021_706_000, 0)
			// Standard error 1_985_304
			.saturating_add(Weight::from_parts(23_058_842, 0).saturating_mul(p.into()))
			// Standard error 15_891_257
			.saturating_add(Weight::from_parts(36_263_906, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(257_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn withdraw() -> Weight {
		// At least 58_670_000 picoseconds.
		Weight::from_parts(100_197_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn reject() -> Weight {
		// At least 56_977_000 picoseconds.
		Weight::from_parts(94_407_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:0 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn amend(p: u32, l: u32, ) -> Weight {
		// At least 857_151_000 picoseconds.
		Weight::from_parts(11_090_013_207, 0)
			// Standard error 515_869
			.saturating_add(Weight::from_parts(454_186, 0).saturating_mul(p.into()))
			// Standard error 4_125_104
			.saturating_add(Weight::from_parts(30_244_035, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(267_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Settlement::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn terminate() -> Weight {
		// At least 239_166_000 picoseconds.
		Weight::from_parts(375_982_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 5_531_000 picoseconds.
		Weight::from_parts(5_882_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_agreement() -> Weight {
		// At least 45_846_000 picoseconds.
		Weight::from_parts(53_480_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(10_797_500_000, 0)
			.saturating_add(Weight::from_parts(37_211_191, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(145_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn counter(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(13_661_349_880, 0)
			.saturating_add(Weight::from_parts(25_748_774, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(267_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		Weight::from_parts(10_116_217_000, 0)
			.saturating_add(ParityDbWeight::get().reads(69_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(12_021_706_000, 0)
			.saturating_add(Weight::from_parts(23_058_842, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(36_263_906, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(257_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(100_197_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn reject() -> Weight {
		Weight::from_parts(94_407_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn amend(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(11_090_013_207, 0)
			.saturating_add(Weight::from_parts(454_186, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(30_244_035, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(267_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		Weight::from_parts(375_982_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		Weight::from_parts(5_882_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		Weight::from_parts(53_480_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
