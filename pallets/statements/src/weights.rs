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
	/// Weight of `book_carried`.
	fn book_carried() -> Weight;
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
	// Storage: `Statements::Decisions` (r:1 w:0)
	// Storage: `Statements::EndedWindows` (r:3 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256
	fn close_period(l: u32) -> Weight {
		// At least 214_230_000 picoseconds.
		Weight::from_parts(52_761_181, 0)
			// Standard error 1_789_968
			.saturating_add(Weight::from_parts(11_789_452, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(46_u64))
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
	// Storage: `Statements::Decisions` (r:65 w:64)
	// Storage: `Statements::EndedWindows` (r:8 w:7)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::LateLines` (r:1 w:0)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Tariffs::Rates` (r:7 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `m` from 1 to 6
	fn close_with_late(m: u32) -> Weight {
		// At least 72_292_971_000 picoseconds.
		Weight::from_parts(71_375_294_777, 0)
			// Standard error 314_287_652
			.saturating_add(Weight::from_parts(4_063_156_333, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(116_u64))
			.saturating_add(T::DbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(99_u64))
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
	// Storage: `Statements::Decisions` (r:1 w:0)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn request_close() -> Weight {
		// At least 384_106_000 picoseconds.
		Weight::from_parts(415_032_000, 0)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:552 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:9 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 3_543_217_000 picoseconds.
		Weight::from_parts(3_564_953_000, 0)
			.saturating_add(T::DbWeight::get().reads(583_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:552 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:9 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 3_357_602_000 picoseconds.
		Weight::from_parts(7_482_336_000, 0)
			.saturating_add(T::DbWeight::get().reads(583_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	fn book_carried() -> Weight {
		// At least 3_357_602_000 picoseconds.
		Weight::from_parts(7_482_336_000, 0)
			.saturating_add(T::DbWeight::get().reads(583_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:552 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:0 w:1)
	// Storage: `Netting::TokenOf` (r:9 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Netting::Unfinished` (r:1 w:0)
	// Storage: `Netting::Pairs` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::SilenceCursor` (r:1 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::Unaffirmed` (r:2 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 3_307_876_000 picoseconds.
		Weight::from_parts(3_551_977_000, 0)
			.saturating_add(T::DbWeight::get().reads(585_u64))
			.saturating_add(T::DbWeight::get().writes(22_u64))
	}
	// Storage: `Anchoring::Periods` (r:2 w:0)
	// Storage: `Netting::Charges` (r:0 w:1)
	// Storage: `Netting::Obligations` (r:1 w:0)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:2 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 96_035_000 picoseconds.
		Weight::from_parts(103_620_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn close_period(l: u32) -> Weight {
		// At least 214_230_000 picoseconds.
		Weight::from_parts(52_761_181, 0)
			// Standard error 1_789_968
			.saturating_add(Weight::from_parts(11_789_452, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(46_u64))
			.saturating_add(ParityDbWeight::get().writes(29_u64))
	}
	fn close_with_late(m: u32) -> Weight {
		// At least 72_292_971_000 picoseconds.
		Weight::from_parts(71_375_294_777, 0)
			// Standard error 314_287_652
			.saturating_add(Weight::from_parts(4_063_156_333, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(116_u64))
			.saturating_add(ParityDbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(99_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64.saturating_mul(m.into())))
	}
	fn request_close() -> Weight {
		// At least 384_106_000 picoseconds.
		Weight::from_parts(415_032_000, 0)
			.saturating_add(ParityDbWeight::get().reads(31_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		// At least 3_543_217_000 picoseconds.
		Weight::from_parts(3_564_953_000, 0)
			.saturating_add(ParityDbWeight::get().reads(583_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn affirm_by_silence() -> Weight {
		// At least 3_357_602_000 picoseconds.
		Weight::from_parts(7_482_336_000, 0)
			.saturating_add(ParityDbWeight::get().reads(583_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn book_carried() -> Weight {
		// At least 3_357_602_000 picoseconds.
		Weight::from_parts(7_482_336_000, 0)
			.saturating_add(ParityDbWeight::get().reads(583_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64))
	}
	fn silence_step() -> Weight {
		// At least 3_307_876_000 picoseconds.
		Weight::from_parts(3_551_977_000, 0)
			.saturating_add(ParityDbWeight::get().reads(585_u64))
			.saturating_add(ParityDbWeight::get().writes(22_u64))
	}
	fn evict_step() -> Weight {
		// At least 96_035_000 picoseconds.
		Weight::from_parts(103_620_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
