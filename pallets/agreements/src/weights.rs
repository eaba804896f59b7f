//! Weights of the calls; placeholders in the shape of the benchmark template.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, Weight},
};

/// Weight functions needed for `pallet_agreements`.
pub trait WeightInfo {
    /// A proposal of `p` pairs of networks and `l` lines.
    fn propose(p: u32, l: u32) -> Weight;
    /// A counter-offer of `p` pairs of networks and `l` lines.
    fn counter(p: u32, l: u32) -> Weight;
    /// An amendment of `p` pairs of networks and `l` lines.
    fn amend(p: u32, l: u32) -> Weight;
    /// A signature that is not the last.
    fn sign() -> Weight;
    /// The last signature, under `p` pairs of networks and `l` lines.
    fn activate(p: u32, l: u32) -> Weight;
    /// A withdrawal.
    fn withdraw() -> Weight;
    /// A rejection.
    fn reject() -> Weight;
    /// A termination.
    fn terminate() -> Weight;
    /// A sweep that finds nothing.
    fn sweep_base() -> Weight;
    /// One agreement, or one empty slot, of a sweep.
    fn sweep_agreement() -> Weight;
}

/// Weights for `pallet_agreements` by the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn propose(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(9_u64))
    }
    fn counter(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(7_u64))
    }
    fn amend(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(T::DbWeight::get().reads(125_u64))
            .saturating_add(T::DbWeight::get().writes(7_u64))
    }
    fn sign() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
    }
    fn activate(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(T::DbWeight::get().reads(125_u64))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(8_u64))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
    }
    fn withdraw() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().writes(4_u64))
    }
    fn reject() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().writes(4_u64))
    }
    fn terminate() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(66_u64))
    }
    fn sweep_base() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().writes(1_u64))
    }
    fn sweep_agreement() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().writes(5_u64))
    }
}

// For backwards compatibility and tests.
impl WeightInfo for () {
    fn propose(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(9_u64))
    }
    fn counter(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(7_u64))
    }
    fn amend(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(ParityDbWeight::get().reads(125_u64))
            .saturating_add(ParityDbWeight::get().writes(7_u64))
    }
    fn sign() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
    }
    fn activate(p: u32, l: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(p.into()))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
            .saturating_add(ParityDbWeight::get().reads(125_u64))
            .saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
            .saturating_add(ParityDbWeight::get().writes(8_u64))
            .saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(p.into())))
    }
    fn withdraw() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().writes(4_u64))
    }
    fn reject() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().writes(4_u64))
    }
    fn terminate() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(66_u64))
    }
    fn sweep_base() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().writes(1_u64))
    }
    fn sweep_agreement() -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().writes(5_u64))
    }
}
