//! Exact intermediate amounts, and the one place where they are rounded.

use crate::error::RatingError;
use crate::units::{write_decimal, Amount, Price, Quantity};
use core::fmt;
use primitive_types::{U256, U512};

/// Most decimals of a token: beyond them a minor unit would be finer than an [`Exact`] amount.
pub const MAX_DECIMALS: u8 = 15;

/// Exact amounts of 10^-15 of the currency in one millionth of it.
const PER_MICRO: u64 = 1_000_000_000;

/// An amount counted in 10^-15 of the currency: a [`Price`] times a [`Quantity`] is a whole number of these, so
/// nothing is lost before the end.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Exact(U256);

impl Exact {
    /// An amount of 0.
    pub const ZERO: Self = Self(U256::zero());

    /// `price` for `volume`. Always fits: the product of two `u128`.
    pub fn of(price: Price, volume: Quantity) -> Self {
        // Neither factor exceeds 2^128 - 1, hence the product cannot wrap.
        Self(U256::from(price.0).overflowing_mul(U256::from(volume.0)).0)
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, RatingError> {
        self.0.checked_add(other.0).map(Self).ok_or(RatingError::Overflow)
    }

    /// The exact difference; never negative.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when `other` is greater.
    pub fn minus(self, other: Self) -> Result<Self, RatingError> {
        self.0.checked_sub(other.0).map(Self).ok_or(RatingError::Overflow)
    }

    /// `minor` units of a token with `decimals`.
    ///
    /// # Errors
    /// [`RatingError::MaxDecimalsExceeded`] above [`MAX_DECIMALS`].
    pub fn from_minor(minor: u128, decimals: u8) -> Result<Self, RatingError> {
        U256::from(minor)
            .checked_mul(U256::from(per_minor(decimals)?))
            .map(Self)
            .ok_or(RatingError::Overflow)
    }

    /// Rounds to minor units of a token with `decimals`, half to even: the one rounding rule of the engine.
    ///
    /// # Errors
    /// [`RatingError::MaxDecimalsExceeded`] above [`MAX_DECIMALS`]; [`RatingError::Overflow`] when the result does not
    /// fit.
    pub fn to_minor(self, decimals: u8) -> Result<i128, RatingError> {
        self.ratio_to_minor(1, 1, decimals)
    }

    /// Rounds `numerator / denominator` of the amount to minor units of a token with `decimals`, half to even. The
    /// fraction itself is exact: only its result is rounded.
    ///
    /// # Errors
    /// As [`Exact::to_minor`]; also [`RatingError::ZeroDivisor`].
    pub fn ratio_to_minor(self, numerator: u64, denominator: u64, decimals: u8) -> Result<i128, RatingError> {
        let divisor = u128::from(per_minor(decimals)?)
            .checked_mul(u128::from(denominator))
            .ok_or(RatingError::Overflow)?;
        let rounded = round_half_even(self.0, U256::from(numerator), U256::from(divisor))?;
        i128::try_from(rounded).map_err(|_| RatingError::Overflow)
    }
}

impl From<Amount> for Exact {
    fn from(amount: Amount) -> Self {
        Self::of(Price(u128::from(PER_MICRO)), Quantity(amount.0))
    }
}

impl fmt::Display for Exact {
    /// Writes the amount as an exact decimal of the currency.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, &self.0, usize::from(MAX_DECIMALS))
    }
}

/// `value * numerator / divisor`, rounded half to even.
///
/// # Errors
/// [`RatingError::ZeroDivisor`]; [`RatingError::Overflow`] when the result exceeds a `u128`.
pub(crate) fn round_half_even(value: U256, numerator: U256, divisor: U256) -> Result<u128, RatingError> {
    if divisor.is_zero() {
        return Err(RatingError::ZeroDivisor);
    }
    let (quotient, remainder) = value.full_mul(numerator).div_mod(U512::from(divisor));
    let quotient = u128::try_from(quotient).map_err(|_| RatingError::Overflow)?;
    // The remainder is below the divisor, so it fits; comparing it with what is left avoids doubling it.
    let remainder = U256::try_from(remainder).map_err(|_| RatingError::Overflow)?;
    let left = divisor.checked_sub(remainder).ok_or(RatingError::Overflow)?;
    let up = remainder > left || (remainder == left && quotient % 2 == 1);
    quotient.checked_add(u128::from(up)).ok_or(RatingError::Overflow)
}

/// Exact amounts in one minor unit of a token with `decimals`.
fn per_minor(decimals: u8) -> Result<u64, RatingError> {
    let places = MAX_DECIMALS
        .checked_sub(decimals)
        .ok_or(RatingError::MaxDecimalsExceeded)?;
    10u64
        .checked_pow(u32::from(places))
        .ok_or(RatingError::MaxDecimalsExceeded)
}
