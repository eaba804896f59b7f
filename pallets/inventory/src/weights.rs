//! Weights of `pallet_inventory`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_inventory` weigh.
pub trait WeightInfo {
	/// Weight of `propose_profile`.
	fn propose_profile() -> Weight;
	/// Weight of `withdraw_profile`.
	fn withdraw_profile() -> Weight;
	/// Weight of `sign_profile`.
	fn sign_profile() -> Weight;
	/// Weight of `report_records`.
	fn report_records(n: u32) -> Weight;
	/// Weight of `report_new_records`.
	fn report_new_records(n: u32) -> Weight;
	/// Weight of `withdraw_records`.
	fn withdraw_records(n: u32) -> Weight;
	/// Weight of `rematch`.
	fn rematch(n: u32) -> Weight;
	/// Weight of `bill_month`.
	fn bill_month() -> Weight;
	/// Weight of `affirm_bill`.
	fn affirm_bill() -> Weight;
	/// Weight of `dispute_bill`.
	fn dispute_bill() -> Weight;
	/// Weight of `go_on_billing`.
	fn go_on_billing(n: u32) -> Weight;
	/// Weight of `finish_bill`.
	fn finish_bill() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Inventory::OpenProposals` (r:2 w:2)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	fn propose_profile() -> Weight {
		// At least 56_244_000 picoseconds.
		Weight::from_parts(63_350_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	fn withdraw_profile() -> Weight {
		// At least 30_898_000 picoseconds.
		Weight::from_parts(31_232_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::Records` (r:2 w:0)
	// Storage: `Inventory::Rematching` (r:0 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	fn sign_profile() -> Weight {
		// At least 64_665_000 picoseconds.
		Weight::from_parts(65_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Inventory::Groups` (r:512 w:512)
	// Storage: `Inventory::Records` (r:1024 w:256)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// `n` from 1 to 256
	fn report_records(n: u32) -> Weight {
		// At least 81_227_000 picoseconds.
		Weight::from_parts(84_851_000, 0)
			// Standard error 4_744_612
			.saturating_add(Weight::from_parts(112_889_248, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	// `n` from 1 to 256
	fn report_new_records(n: u32) -> Weight {
		Weight::from_parts(84_851_000, 0)
			.saturating_add(Weight::from_parts(75_877_763, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::Groups` (r:256 w:256)
	// Storage: `Inventory::Records` (r:768 w:256)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// `n` from 1 to 256
	fn withdraw_records(n: u32) -> Weight {
		// At least 65_931_000 picoseconds.
		Weight::from_parts(67_381_000, 0)
			// Standard error 2_481_488
			.saturating_add(Weight::from_parts(75_877_763, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::Groups` (r:1000 w:1000)
	// Storage: `Inventory::Records` (r:1001 w:0)
	// Storage: `Inventory::Rematching` (r:1 w:0)
	// Storage: `Inventory::States` (r:1 w:1)
	// `n` from 0 to 1000
	fn rematch(n: u32) -> Weight {
		// At least 3_978_000 picoseconds.
		Weight::from_parts(4_396_000, 0)
			// Standard error 1_354_078
			.saturating_add(Weight::from_parts(45_469_289, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn bill_month() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(120_u64))
			.saturating_add(T::DbWeight::get().writes(110_u64))
	}
	fn affirm_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn dispute_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	// `n` from 0 to 1000
	fn go_on_billing(n: u32) -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(Weight::from_parts(90_938_578, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64.saturating_mul(n.into())))
	}
	fn finish_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(60_u64))
			.saturating_add(T::DbWeight::get().writes(80_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn propose_profile() -> Weight {
		// At least 56_244_000 picoseconds.
		Weight::from_parts(63_350_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn withdraw_profile() -> Weight {
		// At least 30_898_000 picoseconds.
		Weight::from_parts(31_232_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sign_profile() -> Weight {
		// At least 64_665_000 picoseconds.
		Weight::from_parts(65_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn report_records(n: u32) -> Weight {
		// At least 81_227_000 picoseconds.
		Weight::from_parts(84_851_000, 0)
			// Standard error 4_744_612
			.saturating_add(Weight::from_parts(112_889_248, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(n.into())))
	}
	// `n` from 1 to 256
	fn report_new_records(n: u32) -> Weight {
		Weight::from_parts(84_851_000, 0)
			.saturating_add(Weight::from_parts(75_877_763, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn withdraw_records(n: u32) -> Weight {
		// At least 65_931_000 picoseconds.
		Weight::from_parts(67_381_000, 0)
			// Standard error 2_481_488
			.saturating_add(Weight::from_parts(75_877_763, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn rematch(n: u32) -> Weight {
		// At least 3_978_000 picoseconds.
		Weight::from_parts(4_396_000, 0)
			// Standard error 1_354_078
			.saturating_add(Weight::from_parts(45_469_289, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn bill_month() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(120_u64))
			.saturating_add(ParityDbWeight::get().writes(110_u64))
	}
	fn affirm_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn dispute_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	// `n` from 0 to 1000
	fn go_on_billing(n: u32) -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(Weight::from_parts(90_938_578, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(n.into())))
	}
	fn finish_bill() -> Weight {
		Weight::from_parts(165_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(60_u64))
			.saturating_add(ParityDbWeight::get().writes(80_u64))
	}
}
