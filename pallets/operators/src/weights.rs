//! Weights of `pallet_operators`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_operators` weigh.
pub trait WeightInfo {
	/// Weight of `admit`.
	fn admit(t: u32, ) -> Weight;
	/// Weight of `suspend`.
	fn suspend() -> Weight;
	/// Weight of `readmit`.
	fn readmit() -> Weight;
	/// Weight of `set_networks`.
	fn set_networks(t: u32, ) -> Weight;
	/// Weight of `replace_admin`.
	fn replace_admin(d: u32, ) -> Weight;
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
	// Storage: `Operators::Desks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::NextOperatorId` (r:1 w:1)
	// Storage: `Operators::Operators` (r:0 w:1)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `Operators::TadigOwner` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `t` from 0 to 64
	fn admit(t: u32, ) -> Weight {
		// At least 46_647_000 picoseconds.
		Weight::from_parts(49_770_094, 0)
			// Standard error 56_007
			.saturating_add(Weight::from_parts(5_062_024, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn suspend() -> Weight {
		// At least 18_905_000 picoseconds.
		Weight::from_parts(20_318_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn readmit() -> Weight {
		// At least 19_206_000 picoseconds.
		Weight::from_parts(21_651_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::TadigOwner` (r:1 w:1)
	// `t` from 0 to 64
	fn set_networks(t: u32, ) -> Weight {
		// At least 168_084_000 picoseconds.
		Weight::from_parts(187_353_325, 0)
			// Standard error 98_362
			.saturating_add(Weight::from_parts(6_170_326, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(65_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(t.into())))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// `d` from 2 to 64
	fn replace_admin(d: u32, ) -> Weight {
		// At least 60_292_000 picoseconds.
		Weight::from_parts(61_144_000, 0)
			// Standard error 287_014
			.saturating_add(Weight::from_parts(25_845_781, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `Operators::Consented` (r:1 w:1)
	// Storage: `Operators::DesksAdded` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	fn add_desk() -> Weight {
		// At least 68_308_000 picoseconds, and two signatures to check.
		Weight::from_parts(325_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_roles() -> Weight {
		// At least 37_189_000 picoseconds.
		Weight::from_parts(38_452_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:63 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::Retired` (r:0 w:1)
	// Storage: `System::Account` (r:1 w:0)
	fn remove_desk() -> Weight {
		// At least 62_737_000 picoseconds.
		Weight::from_parts(168_027_000, 0)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_payout_account() -> Weight {
		// At least 29_164_000 picoseconds.
		Weight::from_parts(32_712_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::FormerSealingKeys` (r:1 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_sealing_key() -> Weight {
		// At least 23_975_000 picoseconds.
		Weight::from_parts(27_382_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Council::Members` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::DesksOf` (r:1 w:0)
	// Storage: `Operators::QuotaUsage` (r:1 w:1)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Storage: `Session::Validators` (r:1 w:0)
	fn check_access() -> Weight {
		// At least 31_158_000 picoseconds.
		Weight::from_parts(34_865_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	fn look_up_desk() -> Weight {
		Weight::from_parts(4_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn admit(t: u32, ) -> Weight {
		Weight::from_parts(49_770_094, 0)
			.saturating_add(Weight::from_parts(5_062_024, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(t.into())))
	}
	fn suspend() -> Weight {
		Weight::from_parts(20_318_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn readmit() -> Weight {
		Weight::from_parts(21_651_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_networks(t: u32, ) -> Weight {
		Weight::from_parts(187_353_325, 0)
			.saturating_add(Weight::from_parts(6_170_326, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(t.into())))
	}
	fn replace_admin(d: u32, ) -> Weight {
		Weight::from_parts(61_144_000, 0)
			.saturating_add(Weight::from_parts(25_845_781, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
	fn add_desk() -> Weight {
		Weight::from_parts(325_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn set_roles() -> Weight {
		Weight::from_parts(38_452_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_desk() -> Weight {
		Weight::from_parts(168_027_000, 0)
			.saturating_add(ParityDbWeight::get().reads(68_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_payout_account() -> Weight {
		Weight::from_parts(32_712_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_sealing_key() -> Weight {
		Weight::from_parts(27_382_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn check_access() -> Weight {
		Weight::from_parts(34_865_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn look_up_desk() -> Weight {
		Weight::from_parts(4_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
}
