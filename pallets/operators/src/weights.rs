//! Weights of `pallet_operators`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 5 steps, 2 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
		// At least 47_598_000 picoseconds.
		Weight::from_parts(78_265_400, 0)
			// Standard error 481_115
			.saturating_add(Weight::from_parts(4_774_059, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn suspend() -> Weight {
		// At least 17_740_000 picoseconds.
		Weight::from_parts(43_153_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	fn readmit() -> Weight {
		// At least 20_416_000 picoseconds.
		Weight::from_parts(41_847_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::TadigOwner` (r:64 w:128)
	// `t` from 0 to 64
	fn set_networks(t: u32) -> Weight {
		// At least 145_281_000 picoseconds.
		Weight::from_parts(166_898_700, 0)
			// Standard error 270_105
			.saturating_add(Weight::from_parts(5_262_687, 0).saturating_mul(t.into()))
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
	// `d` from 2 to 64
	fn replace_admin(d: u32) -> Weight {
		// At least 60_057_000 picoseconds.
		Weight::from_parts(5_320_645, 0)
			// Standard error 603_468
			.saturating_add(Weight::from_parts(22_545_538, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	// Storage: `Operators::Retired` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	fn add_desk() -> Weight {
		// At least 68_325_000 picoseconds.
		Weight::from_parts(101_977_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_roles() -> Weight {
		// At least 36_143_000 picoseconds.
		Weight::from_parts(66_964_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Operators::AdminDesks` (r:1 w:1)
	// Storage: `Operators::DesksOf` (r:1 w:1)
	// Storage: `Operators::Desks` (r:2 w:1)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Operators::Retired` (r:0 w:1)
	// Storage: `System::Account` (r:1 w:0)
	fn remove_desk() -> Weight {
		// At least 66_973_000 picoseconds.
		Weight::from_parts(86_111_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Operators::Desks` (r:2 w:0)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_payout_account() -> Weight {
		// At least 29_431_000 picoseconds.
		Weight::from_parts(103_063_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:1)
	fn set_sealing_key() -> Weight {
		// At least 22_504_000 picoseconds.
		Weight::from_parts(89_629_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Council::Members` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::QuotaUsage` (r:1 w:1)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Storage: `Session::Validators` (r:1 w:0)
	fn check_access() -> Weight {
		// At least 31_563_000 picoseconds.
		Weight::from_parts(50_405_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn admit(t: u32) -> Weight {
		// At least 47_598_000 picoseconds.
		Weight::from_parts(78_265_400, 0)
			// Standard error 481_115
			.saturating_add(Weight::from_parts(4_774_059, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn suspend() -> Weight {
		// At least 17_740_000 picoseconds.
		Weight::from_parts(43_153_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn readmit() -> Weight {
		// At least 20_416_000 picoseconds.
		Weight::from_parts(41_847_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_networks(t: u32) -> Weight {
		// At least 145_281_000 picoseconds.
		Weight::from_parts(166_898_700, 0)
			// Standard error 270_105
			.saturating_add(Weight::from_parts(5_262_687, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(65_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(t.into())))
	}
	fn replace_admin(d: u32) -> Weight {
		// At least 60_057_000 picoseconds.
		Weight::from_parts(5_320_645, 0)
			// Standard error 603_468
			.saturating_add(Weight::from_parts(22_545_538, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn add_desk() -> Weight {
		// At least 68_325_000 picoseconds.
		Weight::from_parts(101_977_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_roles() -> Weight {
		// At least 36_143_000 picoseconds.
		Weight::from_parts(66_964_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove_desk() -> Weight {
		// At least 66_973_000 picoseconds.
		Weight::from_parts(86_111_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_payout_account() -> Weight {
		// At least 29_431_000 picoseconds.
		Weight::from_parts(103_063_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_sealing_key() -> Weight {
		// At least 22_504_000 picoseconds.
		Weight::from_parts(89_629_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn check_access() -> Weight {
		// At least 31_563_000 picoseconds.
		Weight::from_parts(50_405_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
