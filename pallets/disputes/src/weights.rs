//! Weights of `pallet_disputes`. Not measured yet: of calls that read and write a statement and book notes, twice the time of
//! `silence_step` of `pallet_statements`, which does both, of the others as much; reads and writes are counted from the code.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast, unused_parens, unused_variables)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// What the calls of `pallet_disputes` weigh.
pub trait WeightInfo {
	/// Weight of `raise`.
	fn raise() -> Weight;
	/// Weight of `note_difference`.
	fn note_difference() -> Weight;
	/// Weight of `answer`.
	fn answer() -> Weight;
	/// Weight of `concede`.
	fn concede() -> Weight;
	/// Weight of `offer`.
	fn offer() -> Weight;
	/// Weight of `accept`.
	fn accept() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `escalate`.
	fn escalate() -> Weight;
	/// Weight of `arbitrate`.
	fn arbitrate() -> Weight;
	/// Weight of `rule`.
	fn rule() -> Weight;
	/// Weight of `lapse`.
	fn lapse() -> Weight;
	/// Weight of `add_evidence`.
	fn add_evidence() -> Weight;
	/// Weight of `lapse_step`.
	fn lapse_step() -> Weight;
	/// Weight of `evict_step`.
	fn evict_step() -> Weight;
}

/// The weights with the database costs of a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agreements::Agreements`
	// Storage: `Agreements::TermsOf`
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::NextDispute`
	// Storage: `Disputes::OnLine`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Disputes::SmallDifferences`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn raise() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	// Storage: `Agreements::Agreements`
	// Storage: `Agreements::TermsOf`
	// Storage: `Disputes::SmallDifferences`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn note_difference() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn answer() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn concede() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Open`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Timestamp::Now`
	fn offer() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn accept() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn withdraw() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Timestamp::Now`
	fn escalate() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn arbitrate() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(26_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn rule() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(26_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn lapse() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Anchoring::Proofs`
	// Storage: `Disputes::Disputes`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Operators::TadigOwner`
	// Storage: `Timestamp::Now`
	fn add_evidence() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Anchoring::Periods`
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::Open`
	// Storage: `Disputes::OpenFor`
	// Storage: `Disputes::SilenceCursor`
	// Storage: `Netting::Balances`
	// Storage: `Netting::Due`
	// Storage: `Netting::FirstDay`
	// Storage: `Netting::LastCut`
	// Storage: `Netting::Mutuals`
	// Storage: `Netting::NextObligation`
	// Storage: `Netting::Obligations`
	// Storage: `Netting::ObligationsIn`
	// Storage: `Netting::ObligationsOf`
	// Storage: `Operators::Desks`
	// Storage: `Operators::Operators`
	// Storage: `Statements::Statements`
	// Storage: `Timestamp::Now`
	fn lapse_step() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	// Storage: `Disputes::Disputes`
	// Storage: `Disputes::Expiry`
	// Storage: `Disputes::ExpiryQueue`
	// Storage: `Disputes::OnLine`
	// Storage: `Statements::Statements`
	fn evict_step() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
}

/// The weights with the database costs of ParityDB, for tests.
impl WeightInfo for () {
	fn raise() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn note_difference() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn answer() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn concede() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn offer() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn accept() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn escalate() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn arbitrate() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().writes(26_u64))
	}
	fn rule() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(26_u64))
	}
	fn lapse() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn add_evidence() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn lapse_step() -> Weight {
		Weight::from_parts(270_204_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn evict_step() -> Weight {
		Weight::from_parts(135_102_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
}
