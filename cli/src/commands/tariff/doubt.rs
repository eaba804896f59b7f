//! An exchange rate beside the newest one before it: a slip in a decimal point converts a month of everybody's charges.

use crate::{error::CommandError, output};
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    money::Currency,
    period::Period,
    rating::{looks_wrong, Doubt, SdrRate},
};

/// Months before a rate in which another one is looked for: as the tariffs keep them at least.
const MONTHS: usize = 24;

/// A rate beside the newest one of an earlier month.
pub(in crate::commands) struct Beside {
    /// How the two compare, in a sentence.
    pub(in crate::commands) words: String,
    /// Whether it looks wrong, as the chain would say of a rate that feeders submit.
    pub(in crate::commands) doubtful: bool,
}

impl Beside {
    /// Looks for the newest rate before a month, and compares.
    ///
    /// # Errors
    /// The connection broke.
    pub(in crate::commands) async fn of(
        chain: &Chain,
        currency: Currency,
        period: Period,
        rate: SdrRate,
    ) -> Result<Self, CommandError> {
        let mut month = period;
        for _ in 0..MONTHS {
            month = month.previous();
            let rates = chain.rates(month).await?;
            if let Some((_, found)) = rates.into_iter().find(|(other, _)| *other == currency) {
                return Ok(Self::compared(currency, (month, found.rate), rate));
            }
        }
        Ok(Self {
            words: format!(
                "It is the first rate of {currency} in two years: there is none to compare it with."
            ),
            doubtful: false,
        })
    }

    fn compared(currency: Currency, (month, before): (Period, SdrRate), rate: SdrRate) -> Self {
        let (SdrRate(old), SdrRate(new)) = (before, rate);
        let doubt = looks_wrong(before, rate);
        let newest = format!(
            "The newest rate of {currency}, of {month}, is {}",
            money::price(old)
        );
        let words = match doubt {
            None => format!("{newest}; this one is {} of it.", percent(old, new)),
            Some(doubt) => format!(
                "It LOOKS WRONG. {newest}; this one is {}{}.",
                times(old, new),
                match doubt {
                    Doubt::Reciprocal =>
                        ", and near one divided by it: SDR for a unit in place of units for an SDR",
                    Doubt::Jump | Doubt::Zero => "",
                }
            ),
        };
        Self {
            words,
            doubtful: doubt.is_some(),
        }
    }
}

/// A rate in parts of another.
fn percent(old: u128, new: u128) -> String {
    let parts = new.saturating_mul(10_000).checked_div(old).unwrap_or(u128::MAX);
    format!("{} %", money::unsigned(parts, 2))
}

/// How many times as high, or as low.
fn times(old: u128, new: u128) -> String {
    let (low, high, way) = match old < new {
        true => (old, new, "high"),
        false => (new, old, "low"),
    };
    let factor = high.saturating_mul(100).checked_div(low);
    factor.map_or_else(
        || output::quantity(0),
        |factor| format!("{} times as {way}", money::grouped_unsigned(factor, 2)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_should_be_said_to_look_wrong_when_it_is_far_from_the_newest() {
        let usd = "USD".parse().unwrap();
        let beside = |rate| Beside::compared(usd, (Period(202_611), SdrRate(1_312_345_000)), SdrRate(rate));
        let told = |rate: u128| beside(rate).words;
        let newest = "The newest rate of USD, of 2026-11, is 1.312345; this one is";
        assert_eq!(told(1_320_000_000), format!("{newest} 100.58 % of it."));
        assert_eq!(
            told(131_200_000_000),
            format!("It LOOKS WRONG. {newest} 99.97 times as high.")
        );
        assert_eq!(
            told(13_123_450),
            format!("It LOOKS WRONG. {newest} 100.00 times as low.")
        );
        assert_eq!(
            told(761_994_750),
            format!(
                "It LOOKS WRONG. {newest} 1.72 times as low, and near one divided by it: SDR for a unit in place of units for \
                 an SDR."
            )
        );
        assert!(beside(131_200_000_000).doubtful && !beside(1_320_000_000).doubtful);
    }
}
