//! Weights of the calls, and of the steps in which long work is done.

#![cfg_attr(rustfmt, rustfmt_skip)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{Weight, constants::ParityDbWeight}};

/// Weight functions needed for `pallet_settlement`.
pub trait WeightInfo {
    /// `create_token`.
    fn create_token() -> Weight;
    /// `close_period` with `l` lines.
    fn close_period(l: u32, ) -> Weight;
    /// `affirm`.
    fn affirm() -> Weight;
    /// `affirm_by_silence`.
    fn affirm_by_silence() -> Weight;
    /// `open_cycle`.
    fn open_cycle() -> Weight;
    /// `freeze`.
    fn freeze() -> Weight;
    /// Taking in `n` obligations.
    fn take_in(n: u32, ) -> Weight;
    /// Taking out what `n` pairs have with each other.
    fn take_out(n: u32, ) -> Weight;
    /// Opening the funding for `p` positions.
    fn conclude(p: u32, ) -> Weight;
    /// `fund`.
    fn fund() -> Weight;
    /// `settle` with `p` positions.
    fn settle(p: u32, ) -> Weight;
    /// Finding and marking the defaulters among `p` positions.
    fn unwind(p: u32, ) -> Weight;
    /// `release`.
    fn release() -> Weight;
    /// Marking one obligation of a finished cycle.
    fn resolve_step() -> Weight;
    /// Affirming one statement by silence.
    fn silence_step() -> Weight;
    /// Removing one record.
    fn evict_step() -> Weight;
}

/// Weights for `pallet_settlement` on the machine that ran the benchmarks.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn create_token() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(7_u64))
            .saturating_add(T::DbWeight::get().writes(6_u64))
    }
    fn close_period(l: u32, ) -> Weight {
        Weight::from_parts(80_000_000, 8_000)
            .saturating_add(Weight::from_parts(600_000, 1_000).saturating_mul(l.into()))
            .saturating_add(T::DbWeight::get().reads(12_u64))
            .saturating_add(T::DbWeight::get().writes(7_u64))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
    }
    fn affirm() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(9_u64))
    }
    fn affirm_by_silence() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(9_u64))
    }
    fn open_cycle() -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(3_u64))
    }
    fn freeze() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(2_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
    }
    fn take_in(n: u32, ) -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(Weight::from_parts(25_000_000, 1_000).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
            .saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes((7_u64).saturating_mul(n.into())))
    }
    fn take_out(n: u32, ) -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(Weight::from_parts(20_000_000, 1_000).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(n.into())))
    }
    fn conclude(p: u32, ) -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(Weight::from_parts(20_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64))
            .saturating_add(T::DbWeight::get().writes(3_u64))
            .saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(p.into())))
    }
    fn fund() -> Weight {
        Weight::from_parts(80_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(9_u64))
            .saturating_add(T::DbWeight::get().writes(7_u64))
    }
    fn settle(p: u32, ) -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(Weight::from_parts(50_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(5_u64))
            .saturating_add(T::DbWeight::get().reads((11_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes((9_u64).saturating_mul(p.into())))
    }
    fn unwind(p: u32, ) -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(Weight::from_parts(15_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
            .saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
    }
    fn release() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(8_u64))
            .saturating_add(T::DbWeight::get().writes(6_u64))
    }
    fn resolve_step() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(5_u64))
            .saturating_add(T::DbWeight::get().writes(4_u64))
    }
    fn silence_step() -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(4_u64))
            .saturating_add(T::DbWeight::get().writes(9_u64))
    }
    fn evict_step() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(T::DbWeight::get().reads(3_u64))
            .saturating_add(T::DbWeight::get().writes(2_u64))
    }
}

// For tests.
impl WeightInfo for () {
    fn create_token() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(7_u64))
            .saturating_add(ParityDbWeight::get().writes(6_u64))
    }
    fn close_period(l: u32, ) -> Weight {
        Weight::from_parts(80_000_000, 8_000)
            .saturating_add(Weight::from_parts(600_000, 1_000).saturating_mul(l.into()))
            .saturating_add(ParityDbWeight::get().reads(12_u64))
            .saturating_add(ParityDbWeight::get().writes(7_u64))
            .saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(l.into())))
    }
    fn affirm() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(9_u64))
    }
    fn affirm_by_silence() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(9_u64))
    }
    fn open_cycle() -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(3_u64))
    }
    fn freeze() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(2_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
    }
    fn take_in(n: u32, ) -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(Weight::from_parts(25_000_000, 1_000).saturating_mul(n.into()))
            .saturating_add(ParityDbWeight::get().reads(3_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
            .saturating_add(ParityDbWeight::get().reads((7_u64).saturating_mul(n.into())))
            .saturating_add(ParityDbWeight::get().writes((7_u64).saturating_mul(n.into())))
    }
    fn take_out(n: u32, ) -> Weight {
        Weight::from_parts(30_000_000, 8_000)
            .saturating_add(Weight::from_parts(20_000_000, 1_000).saturating_mul(n.into()))
            .saturating_add(ParityDbWeight::get().reads(3_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
            .saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(n.into())))
            .saturating_add(ParityDbWeight::get().writes((4_u64).saturating_mul(n.into())))
    }
    fn conclude(p: u32, ) -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(Weight::from_parts(20_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(ParityDbWeight::get().reads(3_u64))
            .saturating_add(ParityDbWeight::get().writes(3_u64))
            .saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(ParityDbWeight::get().writes((5_u64).saturating_mul(p.into())))
    }
    fn fund() -> Weight {
        Weight::from_parts(80_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(9_u64))
            .saturating_add(ParityDbWeight::get().writes(7_u64))
    }
    fn settle(p: u32, ) -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(Weight::from_parts(50_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(5_u64))
            .saturating_add(ParityDbWeight::get().reads((11_u64).saturating_mul(p.into())))
            .saturating_add(ParityDbWeight::get().writes((9_u64).saturating_mul(p.into())))
    }
    fn unwind(p: u32, ) -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(Weight::from_parts(15_000_000, 1_000).saturating_mul(p.into()))
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
            .saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
    }
    fn release() -> Weight {
        Weight::from_parts(60_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(8_u64))
            .saturating_add(ParityDbWeight::get().writes(6_u64))
    }
    fn resolve_step() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(5_u64))
            .saturating_add(ParityDbWeight::get().writes(4_u64))
    }
    fn silence_step() -> Weight {
        Weight::from_parts(40_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(4_u64))
            .saturating_add(ParityDbWeight::get().writes(9_u64))
    }
    fn evict_step() -> Weight {
        Weight::from_parts(20_000_000, 8_000)
            .saturating_add(ParityDbWeight::get().reads(3_u64))
            .saturating_add(ParityDbWeight::get().writes(2_u64))
    }
}
