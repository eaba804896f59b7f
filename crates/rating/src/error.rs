//! Why rating fails.

use core::fmt;
use interclear_record::record;

/// Why a direction cannot be rated. Nothing is charged then, not even in part.
#[record(Copy)]
pub enum RatingError {
    /// An amount or a quantity exceeds its integer: 128 bits, of which results use 127 and a sign.
    Overflow,
    /// Terms, usage and history do not have the same number of lines.
    LinesDiffer,
    /// The token has more decimals than the engine supports: [`MAX_DECIMALS`](crate::MAX_DECIMALS).
    MaxDecimalsExceeded,
    /// The terms are not well formed: [`validate_direction`](crate::validate_direction) refuses them.
    BadTerms,
    /// A divisor (an exchange rate, an elapsed time, an increment, the raw units of a unit) is zero.
    ZeroDivisor,
}

impl fmt::Display for RatingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "an amount is too large",
            Self::LinesDiffer => "terms, usage and history do not have the same number of lines",
            Self::MaxDecimalsExceeded => "the token has more decimals than the rating engine supports",
            Self::BadTerms => "the terms are not well formed",
            Self::ZeroDivisor => "an exchange rate, an elapsed time, an increment or a unit is zero",
        })
    }
}

impl core::error::Error for RatingError {}
