//! Weights of `pallet_inventory`. Not measured yet: figures of calls with as many reads and writes.
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
	/// Weight of `withdraw_records`.
	fn withdraw_records(n: u32) -> Weight;
	/// Weight of `rematch`.
	fn rematch(n: u32) -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::OpenProposals` (r:2 w:2)
	// Storage: `Inventory::States` (r:1 w:0)
	fn propose_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	fn withdraw_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Inventory::Proposals` (r:1 w:1)
	// Storage: `Inventory::OpenProposals` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Inventory::Records` (r:1 w:0)
	// Storage: `Inventory::Rematching` (r:0 w:1)
	fn sign_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::Records` (r:4n w:n)
	// Storage: `Inventory::Groups` (r:2n w:2n)
	fn report_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Inventory::Sizes` (r:1 w:1)
	// Storage: `Inventory::Records` (r:3n w:n)
	// Storage: `Inventory::Groups` (r:n w:n)
	fn withdraw_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
	// Storage: `Inventory::Rematching` (r:1 w:1)
	// Storage: `Inventory::States` (r:1 w:1)
	// Storage: `Inventory::Records` (r:3n w:0)
	// Storage: `Inventory::Groups` (r:2n w:2n)
	fn rematch(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn propose_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn withdraw_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sign_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn report_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
	fn withdraw_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
	fn rematch(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
}
