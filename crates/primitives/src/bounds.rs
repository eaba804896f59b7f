//! The greatest figures that are accepted, so that every month of accepted figures can be rated and closed.
//!
//! Whoever states a figure states it to the chain, and an accepted one stays. Were there one that makes a sum overflow when
//! the month is closed, its author could keep the other side from its money for ever. So each is bounded where it comes in, far
//! above what any operator uses; prices, fees and commitments by the rating engine ([`Price::MAX_AGREED`],
//! [`Amount::MAX_AGREED`], [`Quantity::MAX_AGREED`]), exchange rates by [`SdrRate::MIN`] and [`SdrRate::MAX`].
//!
//! # Why nothing overflows
//!
//! What a month states is in minor units of a token with at most 6 decimals, and is to stay within [`MAX_NET`], 1.6 x 10^32. The
//! most that can come together, all in one direction:
//!
//! | what | at most |
//! |---|---|
//! | reported lines of a month: pairs of networks x services ([`MAX_AGREEMENT_PAIRS`] x 26) | 53,248 |
//! | ... each of [`MAX_QUANTITY`], 10^12 units | 5.3 x 10^16 units |
//! | files of a month: 256 lines, each of [`MAX_MONTH_QUANTITY`], 10^13 units, in time and once more after the closing days, and as much again with each of 7 months that bill late usage | 4.1 x 10^16 units |
//! | what disputes decide of a month: 256 lines of 7 statements, each [`MAX_MONTH_QUANTITY`] | 1.8 x 10^16 units |
//! | months that count: the window of 120 months ([`MAX_TERM_MONTHS`]) in which a month lies, and for late usage of 6 earlier months another one and its months | 247 |
//! | units together | 2.8 x 10^19 |
//! | at 10^6 for a unit, for the volume and once more for the IMSI-months, with as much tax, and a shortfall as if used | 1.4 x 10^26 of the currency |
//! | excess over included volumes, rounded up by 10^15 units a line: 256 lines of 7 windows, with tax | 3.6 x 10^24 of the currency |
//! | charges and shortfalls that disputes decide, each [`MAX_DECIDED_AMOUNT`]: 256 lines of 7 statements of 120 months | 4.2 x 10^30 minor units |
//! | **by the terms, in minor units** | **1.5 x 10^32** |
//! | charge and tax of files and reports of 7 months, each 9.4 x 10^16 of its currency | 1.3 x 10^18 of the currency |
//! | ... converted from the dearest to the cheapest currency, x 10^8 | 1.3 x 10^26 of the currency |
//! | **at TAP charges, in minor units** | **1.3 x 10^32** |
//!
//! A line is charged by the terms or at TAP charges, so the larger of the two holds. Fees (16 of 10^15 a line and window) and
//! commitments (one of 10^15 a direction) are a ten-thousandth of that. Sums on the way are of the same size, and products are taken in
//! 256 and 512 bits; 128 bits and a sign hold 1.7 x 10^38. The months of a window are stated as differences, so that they are within
//! the window's charge either way.

pub use crate::agreement::{MAX_AGREEMENT_PAIRS, MAX_TERM_MONTHS};
pub use interclear_rating::{Amount, Price, Quantity, SdrRate};

/// The most that a file, or a line of a usage report, says was used of a service, in 10^-6 of its unit: 10^12 units.
pub const MAX_QUANTITY: u128 = 1_000_000_000_000_000_000;

/// The most that a file, or a line of a usage report, charges for a service, and likewise the tax, and the discount of a file: in
/// 10^-6 of the currency, 10^12 of it.
pub const MAX_AMOUNT: u128 = 1_000_000_000_000_000_000;

/// The most with which files can fill a line of a month, ten times [`MAX_QUANTITY`]. What the reports of further pairs add is
/// bounded by their number.
pub const MAX_MONTH_QUANTITY: u128 = 10_000_000_000_000_000_000;

/// Likewise the charge, and the tax.
pub const MAX_MONTH_AMOUNT: u128 = 10_000_000_000_000_000_000;

/// Decimals of a token in which statements are paid, at most. No currency has more than four.
pub const MAX_TOKEN_DECIMALS: u8 = 6;

/// The most that a statement can come to, in minor units, either way: a million of them still add up in a cycle, so that two
/// parties cannot agree on debts beside which no other fits.
pub const MAX_NET: u128 = i128::MAX.unsigned_abs() >> 20;

/// The most of a charge, a shortfall or a tax that a dispute moves in a window and a commitment, in minor units; more is paid, and moves
/// nothing there.
pub const MAX_DECIDED_AMOUNT: u128 = MAX_NET >> 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{agreement::MAX_AGREEMENT_LINES, service::Service, usage::MAX_LATE_MONTHS};

    /// The calculation of the module, in whole units; written out in figures that do not come from the engine.
    #[test]
    fn the_greatest_month_should_fit_into_a_statement() {
        let unit = 1_000_000u128;
        let reports = u128::from(MAX_AGREEMENT_PAIRS) * u128::from(Service::COUNT) * (MAX_QUANTITY / unit);
        let billing = u128::from(MAX_LATE_MONTHS) + 1;
        let files = 2 * u128::from(MAX_AGREEMENT_LINES) * (MAX_MONTH_QUANTITY / unit);
        let month = reports + (billing + 1) * files;
        assert_eq!((reports, month), (53_248_000_000_000_000, 94_208_000_000_000_000));
        let months = 2 * u128::from(MAX_TERM_MONTHS) + billing;
        let minor = 10u128.pow(MAX_TOKEN_DECIMALS.into());

        let decided = billing * u128::from(MAX_AGREEMENT_LINES) * (MAX_MONTH_QUANTITY / unit);
        let price = Price::MAX_AGREED.0 / Price::UNIT;
        let used = months * (month + decided) * price;
        let rounded = u128::from(MAX_AGREEMENT_LINES) * billing * (Quantity::MAX_AGREED.0 / unit) * price;
        let by_disputes =
            2 * u128::from(MAX_AGREEMENT_LINES * MAX_TERM_MONTHS) * billing * MAX_DECIDED_AMOUNT;
        let by_terms = (5 * used + 2 * rounded) * minor + by_disputes;
        assert!(by_terms < 148 * 10u128.pow(30), "{by_terms}");

        let ratio = SdrRate::MAX.0 / SdrRate::MIN.0;
        let charged = billing * month * 2 * ratio * minor;
        assert!(charged < 133 * 10u128.pow(30), "{charged}");

        assert!(by_terms < MAX_NET && charged < MAX_NET);
        assert_eq!(MAX_QUANTITY, MAX_AMOUNT, "one calculation stands for both");
        assert_eq!(
            MAX_MONTH_QUANTITY, MAX_MONTH_AMOUNT,
            "one calculation stands for both"
        );
        let fees = u128::from(MAX_AGREEMENT_LINES) * billing * 16 * (Amount::MAX_AGREED.0 / unit) * 2 * minor;
        assert!(fees < MAX_NET / 10_000, "{fees}");
        assert_eq!(MAX_NET.ilog2(), 106);
    }
}
