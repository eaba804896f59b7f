//! Price caps and exchange rates.

use super::*;
use interclear_billing::caps::HighestPrices;

/// Answers [`Caps`]; one cap for every service, in the currency of the terms.
pub struct MockCaps;

impl MockCaps {
    /// Publishes the cap.
    pub fn set(price: Price) {
        with(|tables| tables.cap = Some(price));
    }
}

impl Caps for MockCaps {
    fn ensure_within(terms: &Terms, _from: Period) -> DispatchResult {
        let cap = with(|tables| tables.cap);
        let mut lines = terms.directions.iter().flat_map(|direction| direction.lines());
        let above =
            lines.any(|(_, line)| HighestPrices::of(&line.terms).usage > cap.or(Some(Price(u128::MAX))));
        if above {
            return Err(ABOVE_CAP);
        }
        Ok(())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(_terms: &Terms) {}
}

/// Answers [`Rates`].
pub struct MockRates;

impl MockRates {
    /// Fixes a rate.
    pub fn set(currency: Currency, period: Period, rate: SdrRate) {
        with(|tables| tables.rates.insert((currency, period), rate));
    }
}

impl Rates for MockRates {
    fn sdr_rate(currency: Currency, period: Period) -> Option<SdrRate> {
        with(|tables| tables.rates.get(&(currency, period)).copied())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_rate(currency: Currency, period: Period, rate: SdrRate) {
        Self::set(currency, period, rate);
    }
}
