//! The integers everything is counted in.
//!
//! Four scales, and no others: a [`Quantity`] in millionths of the service's unit, an [`Amount`] in millionths of the
//! currency, a [`Price`] in billionths of the currency per whole unit, and minor units of the token (a plain
//! integer) on everything that leaves the engine.

use core::fmt;
use interclear_record::record;

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident($int:ty)) => {
        $(#[$doc])*
        #[record(Copy, Default, Ord)]
        pub struct $name(pub $int);
    };
}

unit! {
    /// Volume of a service in millionths of its unit (minute, message, MB, event, IMSI-month).
    Quantity(u128)
}

unit! {
    /// Money in millionths of the agreement's currency.
    Amount(u128)
}

unit! {
    /// Price per whole unit, in billionths of the agreement's currency.
    Price(u128)
}

unit! {
    /// Part of a whole, in millionths: [`Share::WHOLE`] is all of it.
    Share(u32)
}

unit! {
    /// Tax rate in hundred-thousandths of a percent, the scale of a TAP tax rate: 1_900_000 is 19 %.
    TaxRate(u32)
}

impl Quantity {
    /// One whole unit.
    pub const UNIT: u128 = 1_000_000;

    /// The most that terms may name, committed, included or as the start of a tier: 10^15 units.
    pub const MAX_AGREED: Self = Self(1_000_000_000_000_000 * Self::UNIT);

    /// `whole` units; `None` when that does not fit.
    pub const fn from_units(whole: u128) -> Option<Self> {
        match whole.checked_mul(Self::UNIT) {
            Some(micro) => Some(Self(micro)),
            None => None,
        }
    }
}

impl Amount {
    /// One whole unit of the currency.
    pub const UNIT: u128 = 1_000_000;

    /// The most that terms may name, as a fee or as a commitment: 10^15 of the currency.
    pub const MAX_AGREED: Self = Self(1_000_000_000_000_000 * Self::UNIT);

    /// `whole` units of the currency; `None` when that does not fit.
    pub const fn from_units(whole: u128) -> Option<Self> {
        match whole.checked_mul(Self::UNIT) {
            Some(micro) => Some(Self(micro)),
            None => None,
        }
    }
}

impl Price {
    /// One whole unit of the currency per unit.
    pub const UNIT: u128 = 1_000_000_000;

    /// The most that terms may name: 10^6 of the currency per unit.
    pub const MAX_AGREED: Self = Self(1_000_000 * Self::UNIT);
}

impl Share {
    /// All of it.
    pub const WHOLE: u32 = 1_000_000;
}

impl TaxRate {
    /// 100 %.
    pub const WHOLE: u32 = 10_000_000;
}

/// Writes `value` divided by 10^`decimals` as an exact decimal without trailing zeros.
pub(crate) fn write_decimal(
    f: &mut fmt::Formatter<'_>,
    value: &dyn fmt::Display,
    decimals: usize,
) -> fmt::Result {
    let digits = alloc::format!(
        "{value:0>width$}",
        value = alloc::format!("{value}"),
        width = decimals.saturating_add(1)
    );
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
    let fraction = fraction.trim_end_matches('0');
    f.write_str(whole)?;
    if fraction.is_empty() {
        Ok(())
    } else {
        write!(f, ".{fraction}")
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, &self.0, 6)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, &self.0, 6)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, &self.0, 9)
    }
}
