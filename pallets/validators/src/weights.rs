//! Weights of `pallet_validators`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_validators` weigh.
pub trait WeightInfo {
	/// Weight of `add`.
	fn add() -> Weight;
	/// Weight of `remove`.
	fn remove() -> Weight;
	/// Weight of `reenable`.
	fn reenable() -> Weight;
	/// Weight of `report_two_blocks`.
	fn report_two_blocks() -> Weight;
	/// Weight of `check_proof`.
	fn check_proof() -> Weight;
	/// Weight of `note_stalled`.
	fn note_stalled() -> Weight;
	/// Weight of `set_keys`.
	fn set_keys() -> Weight;
	/// Weight of `set_peers`.
	fn set_peers() -> Weight;
	/// Weight of `note_block`.
	fn note_block() -> Weight;
	/// Weight of `evict_base`.
	fn evict_base() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Validators::CounterForRegistered` (r:1 w:1)
	// Storage: `Validators::Former` (r:1 w:1)
	// Storage: `Validators::Registered` (r:1 w:1)
	fn add() -> Weight {
		// At least 86_485_000 picoseconds.
		Weight::from_parts(92_510_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `Operators::Operators` (r:100 w:0)
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Session::ExternallySetKeys` (r:1 w:0)
	// Storage: `Session::KeyOwner` (r:0 w:2)
	// Storage: `Session::NextKeys` (r:100 w:1)
	// Storage: `Session::QueuedKeys` (r:1 w:0)
	// Storage: `Session::Validators` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Validators::CounterForRegistered` (r:1 w:1)
	// Storage: `Validators::Former` (r:0 w:1)
	// Storage: `Validators::History` (r:0 w:1)
	// Storage: `Validators::KeysSetIn` (r:0 w:1)
	// Storage: `Validators::Registered` (r:101 w:1)
	fn remove() -> Weight {
		// At least 2_110_259_000 picoseconds.
		Weight::from_parts(2_327_661_000, 0)
			.saturating_add(T::DbWeight::get().reads(308_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Validators::KeysSetIn` (r:0 w:1)
	// Storage: `Validators::Registered` (r:1 w:1)
	fn reenable() -> Weight {
		// At least 56_874_000 picoseconds.
		Weight::from_parts(70_744_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Session::DisabledValidators` (r:1 w:1)
	// Storage: `Session::Validators` (r:1 w:0)
	// Storage: `Validators::FirstSlots` (r:2 w:0)
	// Storage: `Validators::Former` (r:1 w:0)
	// Storage: `Validators::KeysInUse` (r:1 w:0)
	// Storage: `Validators::KeysSetIn` (r:0 w:1)
	// Storage: `Validators::OffencesOf` (r:1 w:1)
	// Storage: `Validators::Registered` (r:100 w:1)
	fn report_two_blocks() -> Weight {
		// At least 926_424_000 picoseconds.
		Weight::from_parts(1_030_125_000, 0)
			.saturating_add(T::DbWeight::get().reads(108_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Historical::HistoricalSessions` (r:1 w:0)
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	fn check_proof() -> Weight {
		// At least 60_137_000 picoseconds.
		Weight::from_parts(61_376_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	// Storage: `Grandpa::NextForced` (r:1 w:0)
	// Storage: `Grandpa::PendingChange` (r:1 w:0)
	// Storage: `Grandpa::Stalled` (r:1 w:0)
	// Storage: `Validators::Stalled` (r:1 w:1)
	fn note_stalled() -> Weight {
		// At least 33_658_000 picoseconds.
		Weight::from_parts(36_549_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Storage: `Validators::KeysSetIn` (r:1 w:1)
	// Storage: `Validators::Registered` (r:1 w:0)
	fn set_keys() -> Weight {
		// At least 37_661_000 picoseconds.
		Weight::from_parts(53_437_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Validators::OwnerOfPeer` (r:16 w:32)
	// Storage: `Validators::PeersOf` (r:1 w:1)
	fn set_peers() -> Weight {
		// At least 219_422_000 picoseconds.
		Weight::from_parts(231_980_000, 0)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(33_u64))
	}
	// Storage: `Session::Validators` (r:1 w:0)
	// Storage: `Validators::LastSlot` (r:1 w:1)
	// Storage: `Validators::Slots` (r:1 w:1)
	fn note_block() -> Weight {
		// At least 23_344_000 picoseconds.
		Weight::from_parts(30_602_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Validators::EvictedIn` (r:1 w:1)
	// Storage: `Validators::OffencesOf` (r:1 w:0)
	fn evict_base() -> Weight {
		// At least 8_955_000 picoseconds.
		Weight::from_parts(11_916_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Validators::EvictedIn` (r:1 w:1)
	// Storage: `Validators::OffencesOf` (r:2 w:1)
	fn evict_step() -> Weight {
		// At least 34_814_000 picoseconds.
		Weight::from_parts(38_616_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn add() -> Weight {
		// At least 86_485_000 picoseconds.
		Weight::from_parts(92_510_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn remove() -> Weight {
		// At least 2_110_259_000 picoseconds.
		Weight::from_parts(2_327_661_000, 0)
			.saturating_add(ParityDbWeight::get().reads(308_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn reenable() -> Weight {
		// At least 56_874_000 picoseconds.
		Weight::from_parts(70_744_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn report_two_blocks() -> Weight {
		// At least 926_424_000 picoseconds.
		Weight::from_parts(1_030_125_000, 0)
			.saturating_add(ParityDbWeight::get().reads(108_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn check_proof() -> Weight {
		// At least 60_137_000 picoseconds.
		Weight::from_parts(61_376_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn note_stalled() -> Weight {
		// At least 33_658_000 picoseconds.
		Weight::from_parts(36_549_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_keys() -> Weight {
		// At least 37_661_000 picoseconds.
		Weight::from_parts(53_437_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_peers() -> Weight {
		// At least 219_422_000 picoseconds.
		Weight::from_parts(231_980_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().writes(33_u64))
	}
	fn note_block() -> Weight {
		// At least 23_344_000 picoseconds.
		Weight::from_parts(30_602_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn evict_base() -> Weight {
		// At least 8_955_000 picoseconds.
		Weight::from_parts(11_916_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn evict_step() -> Weight {
		// At least 34_814_000 picoseconds.
		Weight::from_parts(38_616_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
