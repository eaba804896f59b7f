//! What the pallet answers to others: price caps and exchange rates.

use crate::{Config, Pallet};
use interclear_ports::{Caps, Rates};
use interclear_primitives::{agreement::Terms, money::Currency, period::Period, rating::SdrRate};
use sp_runtime::DispatchResult;

impl<T: Config> Rates for Pallet<T> {
    fn sdr_rate(currency: Currency, period: Period) -> Option<SdrRate> {
        Self::fixed_rate(currency, period)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_rate(currency: Currency, period: Period, rate: SdrRate) {
        crate::benchmarking::fix::<T>(currency, period, rate)
    }
}

impl<T: Config> Caps for Pallet<T> {
    fn ensure_within(terms: &Terms, from: Period) -> DispatchResult {
        Ok(Self::do_ensure_within(terms, from)?)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(terms: &Terms) {
        crate::benchmarking::fill::<T>(terms)
    }
}
