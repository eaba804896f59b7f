//! Weights of `pallet_switches`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_switches` weigh.
pub trait WeightInfo {
	/// Weight of `pause`.
	fn pause() -> Weight;
	/// Weight of `resume`.
	fn resume() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Switches::Pauses` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn pause() -> Weight {
		// At least 17_183_000 picoseconds.
		Weight::from_parts(20_139_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Switches::NettingPaused` (r:1 w:1)
	// Storage: `Switches::Pauses` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn resume() -> Weight {
		// At least 25_466_000 picoseconds.
		Weight::from_parts(27_703_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn pause() -> Weight {
		// At least 17_183_000 picoseconds.
		Weight::from_parts(20_139_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn resume() -> Weight {
		// At least 25_466_000 picoseconds.
		Weight::from_parts(27_703_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
