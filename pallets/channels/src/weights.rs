//! Weights of `pallet_channels`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_channels` weigh.
pub trait WeightInfo {
	/// Weight of `set_sealing_key`.
	fn set_sealing_key() -> Weight;
	/// Weight of `revoke_sealing_key`.
	fn revoke_sealing_key() -> Weight;
	/// Weight of `set_suite`.
	fn set_suite() -> Weight;
	/// Weight of `offer_channel`.
	fn offer_channel() -> Weight;
	/// Weight of `accept_channel`.
	fn accept_channel() -> Weight;
	/// Weight of `close_channel`.
	fn close_channel() -> Weight;
	/// Weight of `resend_channel`.
	fn resend_channel() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Channels::Keyrings` (r:1 w:1)
	// Storage: `Channels::PublicKeys` (r:0 w:2)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Channels::Taken` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_sealing_key() -> Weight {
		// At least 51_560_000 picoseconds.
		Weight::from_parts(56_115_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Channels::Keyrings` (r:1 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn revoke_sealing_key() -> Weight {
		// At least 35_597_000 picoseconds.
		Weight::from_parts(44_972_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Channels::Suites` (r:0 w:1)
	fn set_suite() -> Weight {
		// At least 8_791_000 picoseconds.
		Weight::from_parts(12_331_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:0 w:2)
	// Storage: `Channels::Keyrings` (r:2 w:0)
	// Storage: `Channels::Partners` (r:0 w:2)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn offer_channel() -> Weight {
		// At least 95_290_000 picoseconds.
		Weight::from_parts(149_612_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:1 w:2)
	// Storage: `Channels::Keyrings` (r:2 w:0)
	// Storage: `Channels::Suites` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:2 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn accept_channel() -> Weight {
		// At least 99_577_000 picoseconds.
		Weight::from_parts(116_193_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:1)
	// Storage: `Channels::Epochs` (r:32 w:1)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn close_channel() -> Weight {
		// At least 162_125_000 picoseconds.
		Weight::from_parts(166_608_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Channels::Channels` (r:1 w:0)
	// Storage: `Channels::Epochs` (r:1 w:1)
	// Storage: `Channels::Keyrings` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn resend_channel() -> Weight {
		// At least 60_560_000 picoseconds.
		Weight::from_parts(61_748_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn set_sealing_key() -> Weight {
		// At least 51_560_000 picoseconds.
		Weight::from_parts(56_115_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn revoke_sealing_key() -> Weight {
		// At least 35_597_000 picoseconds.
		Weight::from_parts(44_972_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_suite() -> Weight {
		// At least 8_791_000 picoseconds.
		Weight::from_parts(12_331_000, 0)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn offer_channel() -> Weight {
		// At least 95_290_000 picoseconds.
		Weight::from_parts(149_612_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn accept_channel() -> Weight {
		// At least 99_577_000 picoseconds.
		Weight::from_parts(116_193_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn close_channel() -> Weight {
		// At least 162_125_000 picoseconds.
		Weight::from_parts(166_608_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn resend_channel() -> Weight {
		// At least 60_560_000 picoseconds.
		Weight::from_parts(61_748_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
