//! Weights of `pallet_statements`, measured by its benchmarks in the WASM runtime.
//!
//! Date 2026-11-21, 20 steps, 10 repeats (30 where nothing varies), host vm, 2 cores of an AMD EPYC. Reads
//! and writes are at least the most that any run did; proofs are not measured. Measured before some worst cases
//! became worse.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_statements` weigh.
pub trait WeightInfo {
	/// Weight of `close_period`.
	fn close_period(l: u32, ) -> Weight;
	/// Weight of closing a month of the most lines that bills late usage of `m` months.
	fn close_with_late(m: u32, ) -> Weight;
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
	// Storage: `Anchoring::Periods` (r:1 w:1)
	// Storage: `Anchoring::Totals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Accounts` (r:1 w:1)
	// Storage: `Statements::CloseRequests` (r:0 w:1)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256; with reads and writes of late usage added, not measured
	fn close_period(l: u32, ) -> Weight {
		// At least 125_234_000 picoseconds.
		Weight::from_parts(118_014_370, 0)
			// Standard error 46_505
			.saturating_add(Weight::from_parts(8_510_719, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	fn close_with_late(m: u32, ) -> Weight {
		// Not measured: for each month, the lines of a month are read, rated twice and kept.
		let month = Self::close_period(256);
		month
			.saturating_add(month.saturating_mul(u64::from(m).saturating_mul(2)))
			.saturating_add(T::DbWeight::get().reads_writes(10_u64, u64::from(m).saturating_add(2)))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::CloseRequests` (r:1 w:1)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn request_close() -> Weight {
		// At least 158_797_000 picoseconds.
		Weight::from_parts(165_179_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::NextObligation` (r:1 w:1)
	// Storage: `Statements::Obligations` (r:0 w:1)
	// Storage: `Statements::ObligationsOf` (r:0 w:1)
	// Storage: `Statements::OpenObligations` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Statements::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 68_228_000 picoseconds.
		Weight::from_parts(69_641_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::NextObligation` (r:1 w:1)
	// Storage: `Statements::Obligations` (r:0 w:1)
	// Storage: `Statements::ObligationsOf` (r:0 w:1)
	// Storage: `Statements::OpenObligations` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Statements::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 65_592_000 picoseconds.
		Weight::from_parts(67_456_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::NextObligation` (r:1 w:1)
	// Storage: `Statements::Obligations` (r:0 w:1)
	// Storage: `Statements::ObligationsOf` (r:0 w:1)
	// Storage: `Statements::OpenObligations` (r:0 w:1)
	// Storage: `Statements::SilenceCursor` (r:1 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:1 w:1)
	// Storage: `Statements::UnsettledOf` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 107_781_000 picoseconds.
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Netting::CycleObligations` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:0)
	// Storage: `Statements::Obligations` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// With those of ended windows added, not measured.
	fn evict_step() -> Weight {
		// At least 27_511_000 picoseconds.
		Weight::from_parts(56_485_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn close_period(l: u32, ) -> Weight {
		Weight::from_parts(118_014_370, 0)
			.saturating_add(Weight::from_parts(8_510_719, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn close_with_late(m: u32, ) -> Weight {
		// Not measured: for each month, the lines of a month are read, rated twice and kept.
		let month = <() as WeightInfo>::close_period(256);
		month
			.saturating_add(month.saturating_mul(u64::from(m).saturating_mul(2)))
			.saturating_add(ParityDbWeight::get().reads_writes(10_u64, u64::from(m).saturating_add(2)))
	}
	fn request_close() -> Weight {
		Weight::from_parts(165_179_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		Weight::from_parts(69_641_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn affirm_by_silence() -> Weight {
		Weight::from_parts(67_456_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn silence_step() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(56_485_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
