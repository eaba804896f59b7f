//! Weights of the calls of `pallet_anchoring`: placeholders, to be replaced by measured ones.

#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, Weight},
};

/// Weight functions needed for `pallet_anchoring`.
pub trait WeightInfo {
    fn anchor(s: u32) -> Weight;
    fn anchor_many(n: u32) -> Weight;
    fn acknowledge() -> Weight;
    fn acknowledge_many(n: u32) -> Weight;
    fn return_file() -> Weight;
    fn return_records(s: u32) -> Weight;
    fn waive_gap() -> Weight;
    fn begin_series() -> Weight;
    fn evict(n: u32) -> Weight;
}

/// Weights for `pallet_anchoring`, with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn anchor(s: u32) -> Weight {
        Weight::from_parts(70_000_000, 0)
            .saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(s.into()))
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
            .saturating_add(T::DbWeight::get().writes(7_u64))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(s.into())))
    }
    fn anchor_many(n: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(5_u64))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
    }
    fn acknowledge() -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
    }
    fn acknowledge_many(n: u32) -> Weight {
        Weight::from_parts(30_000_000, 0)
            .saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(1_u64))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
    }
    fn return_file() -> Weight {
        Weight::from_parts(80_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(32_u64))
            .saturating_add(T::DbWeight::get().writes(28_u64))
    }
    fn return_records(s: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(s.into()))
            .saturating_add(T::DbWeight::get().reads(6_u64))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
            .saturating_add(T::DbWeight::get().writes(3_u64))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(s.into())))
    }
    fn waive_gap() -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(6_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
    }
    fn begin_series() -> Weight {
        Weight::from_parts(30_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(1_u64))
    }
    fn evict(n: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(6_u64))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(4_u64))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
    }
}

// For tests.
impl WeightInfo for () {
    fn anchor(s: u32) -> Weight {
        Weight::from_parts(70_000_000, 0)
            .saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(s.into()))
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
            .saturating_add(ParityDbWeight::get().writes(7_u64))
            .saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
    }
    fn anchor_many(n: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(n.into()))
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
            .saturating_add(ParityDbWeight::get().writes(5_u64))
            .saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
    }
    fn acknowledge() -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
    }
    fn acknowledge_many(n: u32) -> Weight {
        Weight::from_parts(30_000_000, 0)
            .saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(n.into()))
            .saturating_add(ParityDbWeight::get().reads(3_u64))
            .saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
            .saturating_add(ParityDbWeight::get().writes(1_u64))
            .saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
    }
    fn return_file() -> Weight {
        Weight::from_parts(80_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(32_u64))
            .saturating_add(ParityDbWeight::get().writes(28_u64))
    }
    fn return_records(s: u32) -> Weight {
        Weight::from_parts(50_000_000, 0)
            .saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(s.into()))
            .saturating_add(ParityDbWeight::get().reads(6_u64))
            .saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
            .saturating_add(ParityDbWeight::get().writes(3_u64))
            .saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(s.into())))
    }
    fn waive_gap() -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(6_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
    }
    fn begin_series() -> Weight {
        Weight::from_parts(30_000_000, 0)
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(1_u64))
    }
    fn evict(n: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(n.into()))
            .saturating_add(ParityDbWeight::get().reads(6_u64))
            .saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
            .saturating_add(ParityDbWeight::get().writes(4_u64))
            .saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
    }
}
