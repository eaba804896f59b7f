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
		// At least 1_853_334_000 picoseconds.
		Weight::from_parts(1_853_334_000, 0)
			// Standard error 427_175
			.saturating_add(Weight::from_parts(458_798, 0).saturating_mul(p.into()))
			// Standard error 3_417_401
			.saturating_add(Weight::from_parts(23_946_712, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(126_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
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
		// At least 2_394_007_000 picoseconds.
		Weight::from_parts(3_550_495_248, 0)
			// Standard error 1_514_511
			.saturating_add(Weight::from_parts(27_656_222, 0).saturating_mul(l.into()))
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
		// At least 5_567_916_000 picoseconds.
		Weight::from_parts(5_567_916_000, 0)
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
		// At least 6_820_522_000 picoseconds.
		Weight::from_parts(6_820_522_000, 0)
			// Standard error 1_850_427
			.saturating_add(Weight::from_parts(9_323_226, 0).saturating_mul(p.into()))
			// Standard error 14_803_422
			.saturating_add(Weight::from_parts(13_883_335, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(213_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(55_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn withdraw() -> Weight {
		// At least 112_583_000 picoseconds.
		Weight::from_parts(112_583_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn reject() -> Weight {
		// At least 114_671_000 picoseconds.
		Weight::from_parts(114_671_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
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
		// At least 2_344_822_000 picoseconds.
		Weight::from_parts(2_344_822_000, 0)
			// Standard error 460_530
			.saturating_add(Weight::from_parts(445_856, 0).saturating_mul(p.into()))
			// Standard error 3_684_240
			.saturating_add(Weight::from_parts(25_762_220, 0).saturating_mul(l.into()))
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
		// At least 376_003_000 picoseconds.
		Weight::from_parts(376_003_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_base() -> Weight {
		// At least 18_310_000 picoseconds.
		Weight::from_parts(18_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:1)
	// Storage: `Agreements::Deadlines` (r:1 w:1)
	// Storage: `Agreements::NextSlot` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:0 w:1)
	// Storage: `Agreements::TermsOf` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn sweep_agreement() -> Weight {
		// At least 108_388_000 picoseconds.
		Weight::from_parts(108_388_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose(p: u32, l: u32) -> Weight {
		// At least 1_853_334_000 picoseconds.
		Weight::from_parts(1_853_334_000, 0)
			// Standard error 427_175
			.saturating_add(Weight::from_parts(458_798, 0).saturating_mul(p.into()))
			// Standard error 3_417_401
			.saturating_add(Weight::from_parts(23_946_712, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(126_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn counter(p: u32, l: u32) -> Weight {
		// At least 2_394_007_000 picoseconds.
		Weight::from_parts(3_550_495_248, 0)
			// Standard error 1_514_511
			.saturating_add(Weight::from_parts(27_656_222, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sign() -> Weight {
		// At least 5_567_916_000 picoseconds.
		Weight::from_parts(5_567_916_000, 0)
			.saturating_add(ParityDbWeight::get().reads(57_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn activate(p: u32, l: u32) -> Weight {
		// At least 6_820_522_000 picoseconds.
		Weight::from_parts(6_820_522_000, 0)
			// Standard error 1_850_427
			.saturating_add(Weight::from_parts(9_323_226, 0).saturating_mul(p.into()))
			// Standard error 14_803_422
			.saturating_add(Weight::from_parts(13_883_335, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(213_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(55_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
	fn withdraw() -> Weight {
		// At least 112_583_000 picoseconds.
		Weight::from_parts(112_583_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn reject() -> Weight {
		// At least 114_671_000 picoseconds.
		Weight::from_parts(114_671_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn amend(p: u32, l: u32) -> Weight {
		// At least 2_344_822_000 picoseconds.
		Weight::from_parts(2_344_822_000, 0)
			// Standard error 460_530
			.saturating_add(Weight::from_parts(445_856, 0).saturating_mul(p.into()))
			// Standard error 3_684_240
			.saturating_add(Weight::from_parts(25_762_220, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(248_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn terminate() -> Weight {
		// At least 376_003_000 picoseconds.
		Weight::from_parts(376_003_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
	}
	fn sweep_base() -> Weight {
		// At least 18_310_000 picoseconds.
		Weight::from_parts(18_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn sweep_agreement() -> Weight {
		// At least 108_388_000 picoseconds.
		Weight::from_parts(108_388_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
