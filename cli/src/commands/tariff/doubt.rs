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

/// A rate beside the one that it replaces, and beside the newest one of an earlier month.
pub(in crate::commands) struct Beside {
    /// How they compare, in a sentence or two.
    pub(in crate::commands) words: String,
    /// Whether it looks wrong, as the chain would say of a rate that feeders submit.
    pub(in crate::commands) doubtful: bool,
}

impl Beside {
    /// Looks for the rate of the same month and for the newest one before it, and compares.
    ///
    /// # Errors
    /// The connection broke.
    pub(in crate::commands) async fn of(
        chain: &Chain,
        currency: Currency,
        period: Period,
        rate: SdrRate,
    ) -> Result<Self, CommandError> {
        let mut known = Vec::new();
        let mut month = period;
        for _ in 0..=MONTHS {
            let rates = chain.rates(month).await?;
            if let Some((_, found)) = rates.into_iter().find(|(other, _)| *other == currency) {
                known.push((month, found.rate));
            }
            // The one that it replaces is compared, and never instead of the one before.
            if known.iter().any(|(found, _)| *found != period) {
                break;
            }
            month = month.previous();
        }
        Ok(Self::compared(currency, period, &known, rate))
    }

    /// Compares with what is fixed: for the month itself, and for the newest one before it.
    fn compared(currency: Currency, period: Period, known: &[(Period, SdrRate)], rate: SdrRate) -> Self {
        let mut words = Vec::new();
        let mut doubtful = false;
        for (month, before) in known {
            let (SdrRate(old), SdrRate(new)) = (*before, rate);
            let doubt = looks_wrong(*before, rate);
            doubtful |= doubt.is_some();
            let one = match *month == period {
                true => format!("It replaces {}, fixed for {month}", money::price(old)),
                false => format!(
                    "The newest rate of {currency} before it, of {month}, is {}",
                    money::price(old)
                ),
            };
            words.push(match doubt {
                None => format!("{one}; this one is {} of it.", percent(old, new)),
                Some(doubt) => format!(
                    "It LOOKS WRONG. {one}; this one is {}{}.",
                    times(old, new),
                    match doubt {
                        Doubt::Reciprocal =>
                            ", and near one divided by it: SDR for a unit in place of units for an SDR",
                        Doubt::Jump | Doubt::Zero => "",
                    }
                ),
            });
        }
        if known.is_empty() {
            words.push(format!(
                "It is the first rate of {currency} in two years: there is none to compare it with."
            ));
        }
        Self {
            words: words.join("\n"),
            doubtful,
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
        let month = Period(202_612);
        let before = (month.previous(), SdrRate(1_312_345_000));
        let beside = |rate| Beside::compared(usd, month, &[before], SdrRate(rate));
        let told = |rate: u128| beside(rate).words;
        let newest = "The newest rate of USD before it, of 2026-11, is 1.312345; this one is";
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
    #[test]
    fn a_rate_should_be_compared_with_the_one_that_it_replaces_when_its_month_has_one() {
        let usd = "USD".parse().unwrap();
        let month = Period(202_612);
        let fixed = (month, SdrRate(1_312_345_000));
        let alone = Beside::compared(usd, month, &[fixed], SdrRate(131_200_000_000));
        assert_eq!(
            alone.words,
            "It LOOKS WRONG. It replaces 1.312345, fixed for 2026-12; this one is 99.97 times as high."
        );
        assert!(alone.doubtful);
        // Both are told, and one of them that looks wrong is enough.
        let before = (month.previous(), SdrRate(1_300_000_000));
        let both = Beside::compared(
            usd,
            month,
            &[(month, SdrRate(131_200_000_000)), before],
            SdrRate(1_312_345_000),
        );
        assert!(
            both.doubtful && both.words.contains("replaces 131.2"),
            "{}",
            both.words
        );
        assert!(
            both.words
                .contains("of 2026-11, is 1.3; this one is 100.94 % of it"),
            "{}",
            both.words
        );
        let first = Beside::compared(usd, month, &[], SdrRate(1));
        assert!(
            !first.doubtful && first.words.starts_with("It is the first rate"),
            "{}",
            first.words
        );
    }
}
