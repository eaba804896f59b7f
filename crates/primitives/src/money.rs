//! Currencies and amounts.

use crate::text::as_text;
use interclear_record::record;

/// An ISO 4217 currency code; `XDR` is the special drawing right (SDR).
#[record(Copy, Ord, no_serde, no_debug)]
pub struct Currency(pub [u8; 3]);

/// The text is not three upper-case letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidCurrency;

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The special drawing right of the International Monetary Fund.
    pub const SDR: Self = Self(*b"XDR");

    /// Whether the code is three upper-case letters. Decoding does not check that.
    pub fn is_valid(&self) -> bool {
        self.0.iter().all(u8::is_ascii_uppercase)
    }
}

impl core::str::FromStr for Currency {
    type Err = InvalidCurrency;
    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        let code = if text == "SDR" { "XDR" } else { text };
        let currency = Self(code.as_bytes().try_into().map_err(|_| InvalidCurrency)?);
        currency.is_valid().then_some(currency).ok_or(InvalidCurrency)
    }
}

impl core::fmt::Display for Currency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(core::str::from_utf8(&self.0).unwrap_or("???"))
    }
}

as_text!(Currency);

impl core::fmt::Display for InvalidCurrency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a currency is an ISO 4217 code, such as EUR")
    }
}

impl core::error::Error for InvalidCurrency {}

/// An amount of money in a batch, a statement, an obligation or a net position.
///
/// Pallets add, subtract, negate and compare amounts for equality only through the checked methods; the few places
/// that must read the number say so with [`Value::clear`]. A sealed form (a commitment) can later answer the same
/// methods.
#[record(Copy, snake_case)]
pub enum Value {
    /// A readable amount; its unit is said where the value is used.
    Clear(#[cfg_attr(feature = "std", serde(with = "crate::decimal"))] i128),
}

/// Why an operation on amounts has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueError {
    /// The result does not fit `i128`, or a counter its integer.
    Overflow,
    /// The number is hidden from the chain.
    Sealed,
    /// A negative amount where only a non-negative one makes sense.
    Negative,
}

impl Value {
    /// An amount of 0.
    pub const ZERO: Self = Self::Clear(0);

    /// A readable amount from an unsigned number.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] above `i128::MAX`.
    pub fn from_unsigned(amount: u128) -> Result<Self, ValueError> {
        i128::try_from(amount)
            .map(Self::Clear)
            .map_err(|_| ValueError::Overflow)
    }

    /// The number, in the unit said where the value is used.
    ///
    /// # Errors
    /// [`ValueError::Sealed`] when it is hidden from the chain.
    pub fn clear(&self) -> Result<i128, ValueError> {
        let Self::Clear(amount) = self;
        Ok(*amount)
    }

    /// The number, where only a non-negative one makes sense.
    ///
    /// # Errors
    /// [`ValueError::Negative`], or [`ValueError::Sealed`].
    pub fn clear_unsigned(&self) -> Result<u128, ValueError> {
        u128::try_from(self.clear()?).map_err(|_| ValueError::Negative)
    }

    /// The sum of two amounts of the same unit.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where the result does not fit `i128`.
    pub fn checked_add(&self, other: &Self) -> Result<Self, ValueError> {
        let (Self::Clear(a), Self::Clear(b)) = (self, other);
        a.checked_add(*b).map(Self::Clear).ok_or(ValueError::Overflow)
    }

    /// The difference of two amounts of the same unit; may be negative.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where the result does not fit `i128`.
    pub fn checked_sub(&self, other: &Self) -> Result<Self, ValueError> {
        let (Self::Clear(a), Self::Clear(b)) = (self, other);
        a.checked_sub(*b).map(Self::Clear).ok_or(ValueError::Overflow)
    }

    /// The same amount with the other sign.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where the result does not fit `i128`.
    pub fn checked_neg(&self) -> Result<Self, ValueError> {
        Self::ZERO.checked_sub(self)
    }
}

impl Default for Value {
    fn default() -> Self {
        Self::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_arithmetic_should_refuse_to_wrap() {
        let most = Value::Clear(i128::MAX);
        assert_eq!(most.checked_add(&Value::Clear(1)), Err(ValueError::Overflow));
        assert_eq!(Value::Clear(i128::MIN).checked_neg(), Err(ValueError::Overflow));
        assert_eq!(Value::from_unsigned(u128::MAX), Err(ValueError::Overflow));
        assert_eq!(Value::Clear(-1).clear_unsigned(), Err(ValueError::Negative));
        assert_eq!(
            Value::Clear(5).checked_sub(&Value::Clear(7)),
            Ok(Value::Clear(-2))
        );
    }

    #[test]
    fn the_sdr_should_be_written_xdr() {
        assert_eq!("SDR".parse(), Ok(Currency::SDR));
        assert_eq!("eur".parse::<Currency>(), Err(InvalidCurrency));
    }
}
