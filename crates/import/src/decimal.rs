//! Decimal numbers of files, read from their text and added up exactly.

/// Decimals that are kept.
const DECIMALS: i32 = 36;
/// Decimals of a millionth.
const MICRO: i32 = 6;
/// One millionth, in units of [`Decimal::rest`].
const WHOLE_REST: u128 = 10u128.pow((DECIMALS - MICRO) as u32);

/// A number that is not negative, with up to 36 decimals. Sums are exact; what leaves is rounded once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Decimal {
    /// Whole millionths.
    micro: u128,
    /// What is above them, in 10^-36; below [`WHOLE_REST`].
    rest: u128,
}

/// Why text is not a number that can be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidDecimal {
    /// Not a decimal number at all; a comma or a blank between digits is none either.
    #[error("is not a number; write digits with a point")]
    NotANumber,
    /// Below 0.
    #[error("is negative")]
    Negative,
    /// NaN or infinity.
    #[error("is not finite")]
    NotFinite,
    /// It has more decimals than can be kept.
    #[error("has more than {0} decimals")]
    MaxDecimalsExceeded(u8),
    /// It does not fit.
    #[error("is too large")]
    TooLarge,
    /// It has an exponent, as a spreadsheet writes a number for which a column is too narrow.
    #[error("is rounded by the spreadsheet that wrote it so: write all its digits")]
    Rounded,
    /// It is a part of something that is not there.
    #[error("is a percentage, where an amount should be")]
    Percentage,
    /// Its decimal mark is not the one that was named.
    #[error("does not fit: a decimal {0} was named")]
    OtherMark(&'static str),
}

impl Decimal {
    /// The sum; `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // Both rests are below the whole, so their sum cannot wrap.
        let rest = self.rest + other.rest;
        let (carry, rest) = (rest / WHOLE_REST, rest % WHOLE_REST);
        let micro = self.micro.checked_add(other.micro)?.checked_add(carry)?;
        Some(Self { micro, rest })
    }

    /// In millionths, rounded half to even; `None` when it does not fit.
    pub fn rounded(self) -> Option<u128> {
        let half = WHOLE_REST / 2;
        let up = self.rest > half || (self.rest == half && self.micro % 2 == 1);
        self.micro.checked_add(u128::from(up))
    }

    /// In 10^-`decimals`, at most 36, without rounding.
    ///
    /// # Errors
    /// [`InvalidDecimal::MaxDecimalsExceeded`] where something would be lost, or [`InvalidDecimal::TooLarge`].
    pub fn exact(self, decimals: u8) -> Result<u128, InvalidDecimal> {
        let lost = InvalidDecimal::MaxDecimalsExceeded(decimals);
        let kept = i32::from(decimals) - MICRO;
        if kept < 0 {
            let step = 10u128.pow(kept.unsigned_abs());
            let whole = self.rest == 0 && self.micro.is_multiple_of(step);
            return if whole { Ok(self.micro / step) } else { Err(lost) };
        }
        let below = u32::try_from(DECIMALS - MICRO - kept).map_err(|_| lost)?;
        let step = 10u128.pow(below);
        if !self.rest.is_multiple_of(step) {
            return Err(lost);
        }
        10u128
            .checked_pow(kept.unsigned_abs())
            .and_then(|scale| self.micro.checked_mul(scale))
            .and_then(|micro| micro.checked_add(self.rest / step))
            .ok_or(InvalidDecimal::TooLarge)
    }
}

impl std::str::FromStr for Decimal {
    type Err = InvalidDecimal;

    /// Reads digits, with or without a point and an exponent, as JSON and spreadsheets write numbers.
    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        let unsigned = text.strip_prefix('-');
        let body = unsigned.unwrap_or(text);
        if ["nan", "inf", "infinity"]
            .iter()
            .any(|word| body.eq_ignore_ascii_case(word))
        {
            return Err(InvalidDecimal::NotFinite);
        }
        let (digits, exponent) = match body.split_once(['e', 'E']) {
            None => (body, 0),
            Some((digits, exponent)) => (digits, read_exponent(exponent)?),
        };
        let value = read_digits(digits, exponent);
        match unsigned {
            Some(_) if !matches!(value, Err(InvalidDecimal::NotANumber)) => Err(InvalidDecimal::Negative),
            _ => value,
        }
    }
}

/// The power of ten after an `e`; one beyond all reason stands for the largest that makes a difference.
fn read_exponent(text: &str) -> Result<i32, InvalidDecimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(InvalidDecimal::NotANumber);
    }
    let size = digits.parse().map_or(9_999, |size: i32| size.min(9_999));
    Ok(if negative { -size } else { size })
}

fn read_digits(text: &str, exponent: i32) -> Result<Decimal, InvalidDecimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return Err(InvalidDecimal::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let (mut number, mut power) = (0u128, exponent);
    for digit in whole.bytes().chain(fraction.bytes()) {
        number = number
            .checked_mul(10)
            .and_then(|number| number.checked_add(u128::from(digit - b'0')))
            .ok_or(InvalidDecimal::TooLarge)?;
    }
    power = power.saturating_sub(i32::try_from(fraction.len()).map_err(|_| InvalidDecimal::TooLarge)?);
    if number == 0 {
        return Ok(Decimal::default());
    }
    while number % 10 == 0 && power < -DECIMALS {
        number /= 10;
        power += 1;
    }
    if power < -DECIMALS {
        return Err(InvalidDecimal::MaxDecimalsExceeded(DECIMALS.unsigned_abs() as u8));
    }
    let above = power + MICRO;
    if above >= 0 {
        let micro = 10u128
            .checked_pow(above.unsigned_abs())
            .and_then(|scale| number.checked_mul(scale))
            .ok_or(InvalidDecimal::TooLarge)?;
        return Ok(Decimal { micro, rest: 0 });
    }
    let below = above.unsigned_abs();
    let step = 10u128.pow(below);
    Ok(Decimal {
        micro: number / step,
        rest: (number % step) * (WHOLE_REST / step),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Decimal, InvalidDecimal> {
        text.parse()
    }

    #[test]
    fn number_should_be_read_exactly_when_it_is_written_in_any_usual_form() {
        for (text, micro) in [
            ("0", 0),
            ("000.50", 500_000),
            ("428.407370", 428_407_370),
            ("1e3", 1_000_000_000),
            ("1.5E+2", 150_000_000),
            ("2500e-3", 2_500_000),
            ("0.0000000e-9000", 0),
            ("1.0000000000000000000000000000000000000000000000000", 1_000_000),
        ] {
            assert_eq!(read(text).unwrap().exact(6), Ok(micro), "{text}");
        }
        assert_eq!(read("1e-36").unwrap().exact(36), Ok(1));
        assert_eq!(read("10e-37").unwrap().exact(36), Ok(1));
    }

    #[test]
    fn amount_should_be_refused_with_the_reason_when_it_is_not_a_number() {
        use InvalidDecimal::*;
        for (text, reason) in [
            ("", NotANumber),
            ("1,5", NotANumber),
            ("1 000", NotANumber),
            (".5", NotANumber),
            ("5.", NotANumber),
            ("+5", NotANumber),
            ("1e", NotANumber),
            ("0x10", NotANumber),
            ("--1", NotANumber),
            ("-1", Negative),
            ("-0.001", Negative),
            ("NaN", NotFinite),
            ("-Infinity", NotFinite),
            ("inf", NotFinite),
            ("1e-37", MaxDecimalsExceeded(36)),
            ("1e40", TooLarge),
            ("1e999999999999", TooLarge),
            ("1e-999999999999", MaxDecimalsExceeded(36)),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn rounding_should_be_half_to_even_when_it_happens_once() {
        let rounded = |texts: &[&str]| {
            let sum = texts.iter().try_fold(Decimal::default(), |sum, text| {
                sum.checked_add(read(text).unwrap())
            });
            sum.unwrap().rounded().unwrap()
        };
        assert_eq!(rounded(&["0.0000005"]), 0);
        assert_eq!(rounded(&["0.0000015"]), 2);
        assert_eq!(rounded(&["0.0000005000000000000000000000000001"]), 1);
        assert_eq!(
            rounded(&["0.0000004", "0.0000004", "0.0000004"]),
            1,
            "not three times 0"
        );
    }

    #[test]
    fn exact_should_refuse_a_number_when_it_would_lose_digits() {
        let price = read("0.0123456789").unwrap();
        assert_eq!(price.exact(9), Err(InvalidDecimal::MaxDecimalsExceeded(9)));
        assert_eq!(price.exact(10), Ok(123_456_789));
        assert_eq!(
            read("12.5").unwrap().exact(0),
            Err(InvalidDecimal::MaxDecimalsExceeded(0))
        );
        assert_eq!(read("12").unwrap().exact(0), Ok(12));
        assert_eq!(read("1e30").unwrap().exact(9), Err(InvalidDecimal::TooLarge));
    }

    proptest! {
        #[test]
        fn sum_should_be_that_of_whole_numbers_when_decimals_are_added(parts in prop::collection::vec(0u64.., 1..40), places in 0usize..=36) {
            // As many decimals as can be, so that every carry is exercised.
            let text = |number: u128| {
                let digits = format!("{number:0>width$}", width = places + 1);
                let (whole, fraction) = digits.split_at(digits.len() - places);
                if places == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") }
            };
            let sum: u128 = parts.iter().map(|part| u128::from(*part)).sum();
            let added = parts.iter().try_fold(Decimal::default(), |sum, part| {
                sum.checked_add(text(u128::from(*part)).parse().unwrap())
            });
            prop_assert_eq!(added, Some(text(sum).parse().unwrap()));
        }
    }
}
