//! Weights of `pallet_agreements`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
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
	// Storage: `Tariffs::Caps` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn propose(p: u32, l: u32, ) -> Weight {
		// At least 1_796_436_000 picoseconds.
		Weight::from_parts(3_632_582_756, 0)
			// Standard error 102_177
			.saturating_add(Weight::from_parts(527_607, 0).saturating_mul(p.into()))
			// Standard error 816_879
			.saturating_add(Weight::from_parts(14_994_952, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(139_u64))
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
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn counter(p: u32, l: u32, ) -> Weight {
		// At least 2_127_273_000 picoseconds.
		Weight::from_parts(3_259_281_411, 0)
			// Standard error 100_174
			.saturating_add(Weight::from_parts(789_330, 0).saturating_mul(p.into()))
			// Standard error 800_868
			.saturating_add(Weight::from_parts(16_306_196, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(261_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sign() -> Weight {
		// At least 4_615_370_000 picoseconds.
		Weight::from_parts(4_745_924_000, 0)
			.saturating_add(T::DbWeight::get().reads(67_u64))
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
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn activate(p: u32, l: u32, ) -> Weight {
		// At least 5_657_897_000 picoseconds.
		Weight::from_parts(12_769_302_311, 0)
			// Standard error 454_206
			.saturating_add(Weight::from_parts(7_098_503, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(243_u64))
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
		// At least 43_301_000 picoseconds.
		Weight::from_parts(49_913_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn reject() -> Weight {
		// At least 45_374_000 picoseconds.
		Weight::from_parts(53_299_000, 0)
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
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Tariffs::Caps` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Tariffs::Regions` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `p` from 14 to 2048
	// `l` from 2 to 256
	fn amend(p: u32, l: u32, ) -> Weight {
		// At least 2_166_677_000 picoseconds.
		Weight::from_parts(4_610_871_789, 0)
			// Standard error 136_794
			.saturating_add(Weight::from_parts(171_195, 0).saturating_mul(p.into()))
			// Standard error 1_093_630
			.saturating_add(Weight::from_parts(15_160_176, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(261_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:1 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn terminate() -> Weight {
		// At least 254_595_000 picoseconds.
		Weight::from_parts(265_827_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 7_043_000 picoseconds.
		Weight::from_parts(7_654_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_agreement() -> Weight {
		// At least 36_589_000 picoseconds.
		Weight::from_parts(41_066_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(3_632_582_756, 0)
			.saturating_add(Weight::from_parts(527_607, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(14_994_952, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(139_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn counter(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(3_259_281_411, 0)
			.saturating_add(Weight::from_parts(789_330, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(16_306_196, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(261_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		Weight::from_parts(4_745_924_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(12_769_302_311, 0)
			.saturating_add(Weight::from_parts(7_098_503, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(243_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(49_913_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn reject() -> Weight {
		Weight::from_parts(53_299_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn amend(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(4_610_871_789, 0)
			.saturating_add(Weight::from_parts(171_195, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(15_160_176, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(261_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		Weight::from_parts(265_827_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		Weight::from_parts(7_654_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		Weight::from_parts(41_066_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
