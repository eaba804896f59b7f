//! Benchmarks: each call with the longest reason, of the function of which most is kept. What cycles weigh is added by their port.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::traits::EnsureOrigin;
use interclear_ports::{Clock, Switches as _};
use interclear_primitives::{
    switch::{Function, PauseReason},
    DAY,
};

const FUNCTION: Function = Function::Anchoring;

fn reason() -> PauseReason {
    PauseReason(vec![b'x'; 128].try_into().unwrap())
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn pause() -> Result<(), BenchmarkError> {
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
        T::Clock::benchmark_set_now(2_000_000_000);
        // What was waited for since the last pause is added.
        Pallet::<T>::do_pause(FUNCTION, reason()).unwrap();
        T::Clock::benchmark_set_now(2_000_000_000 + DAY);
        Pallet::<T>::do_resume(FUNCTION).unwrap();
        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, FUNCTION, reason());
        assert!(Pallet::<T>::is_paused(FUNCTION));
        Ok(())
    }

    /// Of netting, whose days are remembered, in the place of the oldest.
    #[benchmark]
    fn resume() -> Result<(), BenchmarkError> {
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
        Pallet::<T>::benchmark_remember();
        T::Clock::benchmark_set_now(2_000_000_000);
        Pallet::<T>::do_pause(Function::Netting, reason()).unwrap();
        T::Clock::benchmark_set_now(2_000_000_000 + DAY);
        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, Function::Netting);
        assert!(!Pallet::<T>::is_paused(Function::Netting));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::build(), crate::mock::Test);
}
