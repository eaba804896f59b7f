//! Weights of `pallet_statements`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.
//!
//! Date 2026-11-28, 20 steps, 5 repeats, 2 cores of Intel(R) Xeon(R) Processor. Reads and writes are at least the
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
	// Storage: `Anchoring::LastClosed` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:2 w:2)
	// Storage: `Anchoring::Totals` (r:31 w:20)
	// Storage: `Escrow::Escrows` (r:2 w:0)
	// Storage: `Escrow::Months` (r:4 w:4)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Accounts` (r:1 w:1)
	// Storage: `Statements::CloseRequests` (r:0 w:1)
	// Storage: `Statements::Decisions` (r:1 w:0)
	// Storage: `Statements::EndedWindows` (r:3 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::LateLines` (r:1 w:0)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Statements::Undecided` (r:1 w:0)
	// Storage: `Tariffs::Rates` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `l` from 1 to 256
	fn close_period(l: u32) -> Weight {
		// At least 338_174_000 picoseconds.
		Weight::from_parts(433_018_609, 0)
			// Standard error 209_948
			.saturating_add(Weight::from_parts(7_850_547, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(55_u64))
			.saturating_add(T::DbWeight::get().writes(33_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::LastClosed` (r:1 w:1)
	// Storage: `Anchoring::Periods` (r:82 w:2)
	// Storage: `Anchoring::Totals` (r:211 w:140)
	// Storage: `Escrow::Escrows` (r:2 w:0)
	// Storage: `Escrow::Months` (r:4 w:4)
	// Storage: `Netting::Decimals` (r:1 w:0)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Statements::Accounts` (r:1 w:1)
	// Storage: `Statements::CloseRequests` (r:0 w:1)
	// Storage: `Statements::Decisions` (r:65 w:64)
	// Storage: `Statements::EndedWindows` (r:101 w:99)
	// Storage: `Statements::LastClosed` (r:1 w:1)
	// Storage: `Statements::LateLines` (r:87 w:24)
	// Storage: `Statements::Statements` (r:0 w:1)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Statements::Undecided` (r:81 w:1)
	// Storage: `Tariffs::Rates` (r:7 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// `m` from 1 to 6
	fn close_with_late(m: u32) -> Weight {
		// At least 67_798_156_000 picoseconds.
		Weight::from_parts(73_022_417_511, 0)
			// Standard error 2_102_965_163
			.saturating_add(Weight::from_parts(6_337_292_980, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(463_u64))
			.saturating_add(T::DbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(214_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64.saturating_mul(m.into())))
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
		// At least 614_442_000 picoseconds.
		Weight::from_parts(620_250_000, 0)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:5 w:5)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:2)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:3 w:2)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm() -> Weight {
		// At least 1_487_297_000 picoseconds.
		Weight::from_parts(1_564_785_000, 0)
			.saturating_add(T::DbWeight::get().reads(75_u64))
			.saturating_add(T::DbWeight::get().writes(66_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:5 w:5)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:2)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:3 w:2)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Unaffirmed` (r:0 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn affirm_by_silence() -> Weight {
		// At least 1_391_992_000 picoseconds.
		Weight::from_parts(1_600_863_000, 0)
			.saturating_add(T::DbWeight::get().reads(75_u64))
			.saturating_add(T::DbWeight::get().writes(66_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::Outlines` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:0)
	// Storage: `Escrow::Escrows` (r:2 w:1)
	// Storage: `Escrow::Unpaid` (r:3 w:2)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:1)
	// Storage: `Netting::ObligationsOf` (r:0 w:2)
	// Storage: `Netting::Obligations` (r:2 w:1)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Desks` (r:1 w:0)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn book_carried() -> Weight {
		// At least 870_727_000 picoseconds.
		Weight::from_parts(969_405_000, 0)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(49_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Escrow::Escrows` (r:2 w:2)
	// Storage: `Escrow::Months` (r:2 w:2)
	// Storage: `Escrow::Unpaid` (r:5 w:5)
	// Storage: `Netting::Balances` (r:2 w:2)
	// Storage: `Netting::Due` (r:2 w:2)
	// Storage: `Netting::Exceeded` (r:0 w:2)
	// Storage: `Netting::ExposureCaps` (r:2 w:0)
	// Storage: `Netting::FirstDay` (r:1 w:1)
	// Storage: `Netting::GeneralCaps` (r:1 w:0)
	// Storage: `Netting::LastCut` (r:1 w:0)
	// Storage: `Netting::LastDay` (r:1 w:1)
	// Storage: `Netting::Mutuals` (r:2 w:2)
	// Storage: `Netting::NextObligation` (r:1 w:1)
	// Storage: `Netting::ObligationsIn` (r:0 w:2)
	// Storage: `Netting::ObligationsOf` (r:0 w:4)
	// Storage: `Netting::Obligations` (r:3 w:2)
	// Storage: `Netting::OwedGross` (r:2 w:0)
	// Storage: `Netting::Pairs` (r:2 w:2)
	// Storage: `Netting::TokenOf` (r:8 w:0)
	// Storage: `Netting::Tokens` (r:1 w:0)
	// Storage: `Netting::Totals` (r:2 w:2)
	// Storage: `Operators::Operators` (r:1 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:0 w:1)
	// Storage: `Statements::Notes` (r:0 w:1)
	// Storage: `Statements::SilenceCursor` (r:1 w:1)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:24 w:24)
	// Storage: `Statements::Unaffirmed` (r:2 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn silence_step() -> Weight {
		// At least 1_497_223_000 picoseconds.
		Weight::from_parts(1_659_023_000, 0)
			.saturating_add(T::DbWeight::get().reads(77_u64))
			.saturating_add(T::DbWeight::get().writes(67_u64))
	}
	// Storage: `Agreements::Agreements` (r:1 w:0)
	// Storage: `Agreements::TermsOf` (r:1 w:0)
	// Storage: `Anchoring::Periods` (r:22 w:0)
	// Storage: `Netting::Charges` (r:0 w:1)
	// Storage: `Netting::Obligations` (r:16 w:0)
	// Storage: `Statements::Carried` (r:1 w:1)
	// Storage: `Statements::EndedWindows` (r:21 w:20)
	// Storage: `Statements::ExpiryQueue` (r:1 w:1)
	// Storage: `Statements::Expiry` (r:2 w:1)
	// Storage: `Statements::LastClosed` (r:1 w:0)
	// Storage: `Statements::LateLines` (r:20 w:19)
	// Storage: `Statements::Notes` (r:16 w:15)
	// Storage: `Statements::Statements` (r:1 w:1)
	// Storage: `Statements::TakenOver` (r:0 w:1)
	// Storage: `Statements::Undecided` (r:81 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	fn evict_step() -> Weight {
		// At least 884_111_000 picoseconds.
		Weight::from_parts(926_986_000, 0)
			.saturating_add(T::DbWeight::get().reads(185_u64))
			.saturating_add(T::DbWeight::get().writes(60_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn close_period(l: u32) -> Weight {
		// At least 338_174_000 picoseconds.
		Weight::from_parts(433_018_609, 0)
			// Standard error 209_948
			.saturating_add(Weight::from_parts(7_850_547, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(55_u64))
			.saturating_add(ParityDbWeight::get().writes(33_u64))
	}
	fn close_with_late(m: u32) -> Weight {
		// At least 67_798_156_000 picoseconds.
		Weight::from_parts(73_022_417_511, 0)
			// Standard error 2_102_965_163
			.saturating_add(Weight::from_parts(6_337_292_980, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(463_u64))
			.saturating_add(ParityDbWeight::get().reads(31_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(214_u64))
			.saturating_add(ParityDbWeight::get().writes(21_u64.saturating_mul(m.into())))
	}
	fn request_close() -> Weight {
		// At least 614_442_000 picoseconds.
		Weight::from_parts(620_250_000, 0)
			.saturating_add(ParityDbWeight::get().reads(31_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn affirm() -> Weight {
		// At least 1_487_297_000 picoseconds.
		Weight::from_parts(1_564_785_000, 0)
			.saturating_add(ParityDbWeight::get().reads(75_u64))
			.saturating_add(ParityDbWeight::get().writes(66_u64))
	}
	fn affirm_by_silence() -> Weight {
		// At least 1_391_992_000 picoseconds.
		Weight::from_parts(1_600_863_000, 0)
			.saturating_add(ParityDbWeight::get().reads(75_u64))
			.saturating_add(ParityDbWeight::get().writes(66_u64))
	}
	fn book_carried() -> Weight {
		// At least 870_727_000 picoseconds.
		Weight::from_parts(969_405_000, 0)
			.saturating_add(ParityDbWeight::get().reads(68_u64))
			.saturating_add(ParityDbWeight::get().writes(49_u64))
	}
	fn silence_step() -> Weight {
		// At least 1_497_223_000 picoseconds.
		Weight::from_parts(1_659_023_000, 0)
			.saturating_add(ParityDbWeight::get().reads(77_u64))
			.saturating_add(ParityDbWeight::get().writes(67_u64))
	}
	fn evict_step() -> Weight {
		// At least 884_111_000 picoseconds.
		Weight::from_parts(926_986_000, 0)
			.saturating_add(ParityDbWeight::get().reads(185_u64))
			.saturating_add(ParityDbWeight::get().writes(60_u64))
	}
}
