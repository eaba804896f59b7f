//! Weights of `pallet_operators`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
		// At least 41_922_000 picoseconds.
		Weight::from_parts(69_201_174, 0)
			// Standard error 457_799
			.saturating_add(Weight::from_parts(6_130_588, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn suspend() -> Weight {
		// At least 15_717_000 picoseconds.
		Weight::from_parts(19_109_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn readmit() -> Weight {
		// At least 31_146_000 picoseconds.
		Weight::from_parts(39_652_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::TadigOwner` (r:64 w:128)
	// `t` from 0 to 64
	fn set_networks(t: u32) -> Weight {
		// At least 143_790_000 picoseconds.
		Weight::from_parts(209_411_030, 0)
			// Standard error 814_994
			.saturating_add(Weight::from_parts(8_801_831, 0).saturating_mul(t.into()))
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
		// At least 98_985_000 picoseconds.
		Weight::from_parts(234_943_711, 0)
			// Standard error 1_812_407
			.saturating_add(Weight::from_parts(26_985_657, 0).saturating_mul(d.into()))
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
		// At least 217_828_000 picoseconds.
		Weight::from_parts(221_422_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_roles() -> Weight {
		// At least 41_770_000 picoseconds.
		Weight::from_parts(64_559_000, 0)
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
		// At least 333_065_000 picoseconds.
		Weight::from_parts(393_753_000, 0)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_payout_account() -> Weight {
		// At least 25_925_000 picoseconds.
		Weight::from_parts(30_315_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Council::Members` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::QuotaUsage` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Validators::Registered` (r:1 w:0)
	fn check_access() -> Weight {
		// At least 59_506_000 picoseconds.
		Weight::from_parts(70_565_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	fn look_up_desk() -> Weight {
		// At least 6_378_000 picoseconds.
		Weight::from_parts(7_133_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn admit(t: u32) -> Weight {
		// At least 41_922_000 picoseconds.
		Weight::from_parts(69_201_174, 0)
			// Standard error 457_799
			.saturating_add(Weight::from_parts(6_130_588, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn suspend() -> Weight {
		// At least 15_717_000 picoseconds.
		Weight::from_parts(19_109_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn readmit() -> Weight {
		// At least 31_146_000 picoseconds.
		Weight::from_parts(39_652_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_networks(t: u32) -> Weight {
		// At least 143_790_000 picoseconds.
		Weight::from_parts(209_411_030, 0)
			// Standard error 814_994
			.saturating_add(Weight::from_parts(8_801_831, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn replace_admin(d: u32) -> Weight {
		// At least 98_985_000 picoseconds.
		Weight::from_parts(234_943_711, 0)
			// Standard error 1_812_407
			.saturating_add(Weight::from_parts(26_985_657, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn add_desk() -> Weight {
		// At least 217_828_000 picoseconds.
		Weight::from_parts(221_422_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn set_roles() -> Weight {
		// At least 41_770_000 picoseconds.
		Weight::from_parts(64_559_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_desk() -> Weight {
		// At least 333_065_000 picoseconds.
		Weight::from_parts(393_753_000, 0)
			.saturating_add(ParityDbWeight::get().reads(68_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_payout_account() -> Weight {
		// At least 25_925_000 picoseconds.
		Weight::from_parts(30_315_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn check_access() -> Weight {
		// At least 59_506_000 picoseconds.
		Weight::from_parts(70_565_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn look_up_desk() -> Weight {
		// At least 6_378_000 picoseconds.
		Weight::from_parts(7_133_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
}
