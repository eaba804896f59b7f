//! Weights of `pallet_statements`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-27, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
//! most that any run did; proofs are not measured.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_statements` weigh.
pub trait WeightInfo {
	/// Weight of `close_period`.
	fn close_period(l: u32) -> Weight;
	/// Weight of `close_with_late`.
	fn close_with_late(m: u32) -> Weight;
	/// Weight of `request_close`.
	fn request_close() -> Weight;
	/// Weight of `affirm`.
	fn affirm() -> Weight;
	/// Weight of `affirm_by_silence`.
	fn affirm_by_silence() -> Weight;
	/// Weight of `silence_step`.
	fn silence_step() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::LastClosed` (r:0 w:1)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Anchoring::Totals` (r:31 w:20)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Accounts` (r:1 w:1)
	// Storage: `Statements::CloseRequests` (r:0 w:1)
	// Storage: `Statements::EndedWindows` (r:3 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256
	fn close_period(l: u32) -> Weight {
		// At least 218_993_000 picoseconds.
		Weight::from_parts(280_148_623, 0)
			// Standard error 84_794
			.saturating_add(Weight::from_parts(6_223_343, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(29_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::LastClosed` (r:0 w:1)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Anchoring::Totals` (r:211 w:140)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Accounts` (r:1 w:1)
	// Storage: `Statements::CloseRequests` (r:0 w:1)
	// Storage: `Statements::EndedWindows` (r:8 w:7)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:7 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `m` from 1 to 6
	fn close_with_late(m: u32) -> Weight {
		// At least 5_369_442_000 picoseconds.
		Weight::from_parts(2_538_709_111, 0)
			// Standard error 109_852_407
			.saturating_add(Weight::from_parts(2_732_993_190, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(50_u64))
			.saturating_add(T::DbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(35_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64.saturating_mul(m.into())))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Anchoring::Totals` (r:21 w:0)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::CloseRequests` (r:1 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn request_close() -> Weight {
		// At least 428_538_000 picoseconds.
		Weight::from_parts(449_261_000, 0)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 267_184_000 picoseconds.
		Weight::from_parts(293_191_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 265_900_000 picoseconds.
		Weight::from_parts(286_689_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::SilenceCursor` (r:1 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:2 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 223_546_000 picoseconds.
		Weight::from_parts(283_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	// Storage: `Anchoring::Periods` (r:2 w:0)
	// Storage: `Netting::Obligations` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:2 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 77_961_000 picoseconds.
		Weight::from_parts(90_542_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn close_period(l: u32) -> Weight {
		// At least 218_993_000 picoseconds.
		Weight::from_parts(280_148_623, 0)
			// Standard error 84_794
			.saturating_add(Weight::from_parts(6_223_343, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(45_u64))
			.saturating_add(ParityDbWeight::get().writes(29_u64))
	}
	fn close_with_late(m: u32) -> Weight {
		// At least 5_369_442_000 picoseconds.
		Weight::from_parts(2_538_709_111, 0)
			// Standard error 109_852_407
			.saturating_add(Weight::from_parts(2_732_993_190, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(50_u64))
			.saturating_add(ParityDbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(35_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64.saturating_mul(m.into())))
	}
	fn request_close() -> Weight {
		// At least 428_538_000 picoseconds.
		Weight::from_parts(449_261_000, 0)
			.saturating_add(ParityDbWeight::get().reads(30_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		// At least 267_184_000 picoseconds.
		Weight::from_parts(293_191_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn affirm_by_silence() -> Weight {
		// At least 265_900_000 picoseconds.
		Weight::from_parts(286_689_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
	fn silence_step() -> Weight {
		// At least 223_546_000 picoseconds.
		Weight::from_parts(283_973_000, 0)
			.saturating_add(ParityDbWeight::get().reads(26_u64))
			.saturating_add(ParityDbWeight::get().writes(17_u64))
	}
	fn evict_step() -> Weight {
		// At least 77_961_000 picoseconds.
		Weight::from_parts(90_542_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
