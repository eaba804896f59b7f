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
	fn propose_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn withdraw_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn sign_profile() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn report_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
	fn withdraw_records(n: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5_u64, 2_u64))
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6_u64.saturating_mul(n.into()), 3_u64.saturating_mul(n.into())))
	}
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
