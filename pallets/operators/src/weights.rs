//! Weights of `pallet_operators`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 1 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_operators` weigh.
pub trait WeightInfo {
	/// Weight of `admit`.
	fn admit(t: u32) -> Weight;
	/// Weight of `suspend`.
	fn suspend() -> Weight;
	/// Weight of `readmit`.
	fn readmit() -> Weight;
	/// Weight of `set_networks`.
	fn set_networks(t: u32) -> Weight;
	/// Weight of `replace_admin`.
	fn replace_admin(d: u32) -> Weight;
	/// Weight of `add_desk`.
	fn add_desk() -> Weight;
	/// Weight of `set_roles`.
	fn set_roles() -> Weight;
	/// Weight of `remove_desk`.
	fn remove_desk() -> Weight;
	/// Weight of `set_payout_account`.
	fn set_payout_account() -> Weight;
	/// Weight of `set_sealing_key`.
	fn set_sealing_key() -> Weight;
	/// Weight of `check_access`.
	fn check_access() -> Weight;
	/// Weight of `look_up_desk`.
	fn look_up_desk() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:1)
	// Storage: `Operators::NextOperatorId` (r:1 w:1)
	// Storage: `Operators::Operators` (r:0 w:1)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:64 w:64)
	// Storage: `System::Account` (r:1 w:1)
	// `t` from 0 to 64
	fn admit(t: u32) -> Weight {
		// At least 42_791_000 picoseconds.
		Weight::from_parts(44_423_415, 0)
			// Standard error 67_231
			.saturating_add(Weight::from_parts(4_405_844, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn suspend() -> Weight {
		// At least 16_637_000 picoseconds.
		Weight::from_parts(17_257_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn readmit() -> Weight {
		// At least 15_427_000 picoseconds.
		Weight::from_parts(15_836_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::TadigOwner` (r:64 w:128)
	// `t` from 0 to 64
	fn set_networks(t: u32) -> Weight {
		// At least 148_324_000 picoseconds.
		Weight::from_parts(163_021_364, 0)
			// Standard error 63_821
			.saturating_add(Weight::from_parts(5_207_935, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(65_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:64 w:64)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `System::Account` (r:63 w:63)
	// Storage: `Validators::Registered` (r:62 w:0)
	// `d` from 2 to 64
	fn replace_admin(d: u32) -> Weight {
		// At least 57_302_000 picoseconds.
		Weight::from_parts(11_005_409, 0)
			// Standard error 129_556
			.saturating_add(Weight::from_parts(24_118_662, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Consented` (r:1 w:1)
	// Storage: `Operators::DesksAdded` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn add_desk() -> Weight {
		// At least 208_029_000 picoseconds.
		Weight::from_parts(214_380_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_roles() -> Weight {
		// At least 34_763_000 picoseconds.
		Weight::from_parts(37_946_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:63 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::Retired` (r:0 w:1)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Validators::Registered` (r:1 w:0)
	fn remove_desk() -> Weight {
		// At least 322_277_000 picoseconds.
		Weight::from_parts(324_988_000, 0)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_payout_account() -> Weight {
		// At least 25_432_000 picoseconds.
		Weight::from_parts(26_251_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::FormerSealingKeys` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_sealing_key() -> Weight {
		// At least 28_843_000 picoseconds.
		Weight::from_parts(32_651_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Council::Members` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::QuotaUsage` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Validators::Registered` (r:1 w:0)
	fn check_access() -> Weight {
		// At least 55_053_000 picoseconds.
		Weight::from_parts(56_087_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	fn look_up_desk() -> Weight {
		// At least 5_671_000 picoseconds.
		Weight::from_parts(6_009_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn admit(t: u32) -> Weight {
		// At least 42_791_000 picoseconds.
		Weight::from_parts(44_423_415, 0)
			// Standard error 67_231
			.saturating_add(Weight::from_parts(4_405_844, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn suspend() -> Weight {
		// At least 16_637_000 picoseconds.
		Weight::from_parts(17_257_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn readmit() -> Weight {
		// At least 15_427_000 picoseconds.
		Weight::from_parts(15_836_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_networks(t: u32) -> Weight {
		// At least 148_324_000 picoseconds.
		Weight::from_parts(163_021_364, 0)
			// Standard error 63_821
			.saturating_add(Weight::from_parts(5_207_935, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn replace_admin(d: u32) -> Weight {
		// At least 57_302_000 picoseconds.
		Weight::from_parts(11_005_409, 0)
			// Standard error 129_556
			.saturating_add(Weight::from_parts(24_118_662, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn add_desk() -> Weight {
		// At least 208_029_000 picoseconds.
		Weight::from_parts(214_380_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn set_roles() -> Weight {
		// At least 34_763_000 picoseconds.
		Weight::from_parts(37_946_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_desk() -> Weight {
		// At least 322_277_000 picoseconds.
		Weight::from_parts(324_988_000, 0)
			.saturating_add(ParityDbWeight::get().reads(68_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_payout_account() -> Weight {
		// At least 25_432_000 picoseconds.
		Weight::from_parts(26_251_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_sealing_key() -> Weight {
		// At least 28_843_000 picoseconds.
		Weight::from_parts(32_651_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn check_access() -> Weight {
		// At least 55_053_000 picoseconds.
		Weight::from_parts(56_087_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn look_up_desk() -> Weight {
		// At least 5_671_000 picoseconds.
		Weight::from_parts(6_009_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
}
