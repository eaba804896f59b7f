//! What other pallets ask.

use crate::{Config, Pallet};
use interclear_primitives::{ports::Caps, Period, Terms};
use sp_runtime::DispatchResult;

impl<T: Config> Caps for Pallet<T> {
    fn ensure_within(terms: &Terms, from: Period) -> DispatchResult {
        Ok(Self::do_ensure_within(terms, from)?)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(terms: &Terms) {
        crate::benchmarking::fill::<T>(terms)
    }
}
