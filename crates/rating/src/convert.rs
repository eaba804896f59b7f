//! Conversions around rating: charging increments of single events, and currencies.

use crate::error::RatingError;
use crate::exact::round_half_even;
use crate::plans::round_up;
use crate::units::Quantity;
use interclear_record::record;
use primitive_types::U256;

/// What one event is charged for when usage counts in increments: `raw` (seconds, bytes) rounded up to a multiple of
/// `increment`. Usual ones are 1, 30 and 60 s, and 1, 10 and 100 kB.
///
/// # Errors
/// [`RatingError::ZeroDivisor`] for an increment of 0; [`RatingError::Overflow`] when the result does not fit.
pub fn charged_units(raw: u128, increment: u128) -> Result<u128, RatingError> {
    round_up(raw, increment)
}

/// The quantity of `raw` (seconds, bytes), of which `per_unit` make a unit, rounded half to even to a millionth.
///
/// Add up the raw units of all events first: a second has no exact place among millionths of a minute.
///
/// # Errors
/// [`RatingError::ZeroDivisor`] when `per_unit` is 0; [`RatingError::Overflow`] when the result does not fit.
pub fn quantity_from_raw(raw: u128, per_unit: u128) -> Result<Quantity, RatingError> {
    round_half_even(U256::from(raw), U256::from(Quantity::UNIT), U256::from(per_unit)).map(Quantity)
}

/// `part / whole` of `value`, rounded once, half to even: what a value comes to in another length of time.
///
/// # Errors
/// [`RatingError::ZeroDivisor`] when `whole` is 0; [`RatingError::Overflow`] when the result does not fit.
pub fn prorate(value: u128, part: u64, whole: u64) -> Result<u128, RatingError> {
    round_half_even(U256::from(value), U256::from(part), U256::from(whole))
}

/// Exchange rate: billionths of a currency for one special drawing right (SDR), fixed for a month from a quotation of
/// the International Monetary Fund.
#[record(Copy)]
pub struct SdrRate(pub u128);

impl SdrRate {
    /// The rate of the SDR itself: 1.
    pub const SDR: Self = Self(1_000_000_000);

    /// The least that a rate may be: 0.1 of the currency for an SDR. The dearest currency there is has four times as many.
    pub const MIN: Self = Self(100_000_000);

    /// The most that a rate may be: 10^7 of the currency for an SDR, some times as many as the cheapest currency has.
    pub const MAX: Self = Self(10_000_000_000_000_000);

    /// Whether a currency can have the rate.
    pub fn is_in_range(self) -> bool {
        (Self::MIN.0..=Self::MAX.0).contains(&self.0)
    }
}

/// `amount` of the currency with rate `from` in the currency with rate `to`, in the same scale, rounded once, half to
/// even. Against [`SdrRate::SDR`] it converts from or to SDR.
///
/// # Errors
/// [`RatingError::ZeroDivisor`] when `from` is 0; [`RatingError::Overflow`] when the result does not fit.
pub fn convert(amount: u128, from: SdrRate, to: SdrRate) -> Result<u128, RatingError> {
    round_half_even(U256::from(amount), U256::from(to.0), U256::from(from.0))
}
