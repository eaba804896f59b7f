//! Amounts, quantities and prices as people read them: exact decimals, never floats.

use interclear_primitives::money::Value;

/// Decimals of quantities, and of amounts on the side of usage: files, running totals.
pub const USAGE_DECIMALS: u8 = 6;
/// Decimals of prices and exchange rates.
pub const PRICE_DECIMALS: u8 = 9;

/// An integer in 10^-`decimals`, written with all its decimals: `money(123456, 2)` is `1234.56`.
pub fn money(amount: i128, decimals: u8) -> String {
    let scale = 10u128.checked_pow(u32::from(decimals)).unwrap_or(u128::MAX);
    let (sign, amount) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    match decimals {
        0 => format!("{sign}{amount}"),
        _ => format!(
            "{sign}{}.{:0width$}",
            amount / scale,
            amount % scale,
            width = usize::from(decimals)
        ),
    }
}

/// As [`money`], with the thousands apart: `1 234 567.89`, for tables.
pub fn grouped(amount: i128, decimals: u8) -> String {
    let plain = money(amount, decimals);
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// An amount of the chain as a decimal number; in words where it is sealed.
pub fn value(amount: &Value, decimals: u8) -> String {
    amount
        .clear()
        .map_or_else(|_| "sealed".into(), |amount| money(amount, decimals))
}

/// As [`value`], with the thousands apart, for tables.
pub fn grouped_value(amount: &Value, decimals: u8) -> String {
    amount
        .clear()
        .map_or_else(|_| "sealed".into(), |amount| grouped(amount, decimals))
}

/// As [`money`], of an amount that is never negative.
pub fn unsigned(amount: u128, decimals: u8) -> String {
    money(i128::try_from(amount).unwrap_or(i128::MAX), decimals)
}

/// As [`grouped`], of an amount that is never negative.
pub fn grouped_unsigned(amount: u128, decimals: u8) -> String {
    grouped(i128::try_from(amount).unwrap_or(i128::MAX), decimals)
}

/// A quantity in 10^-6 of its unit, without trailing zeros: `1500000` is `1.5`.
pub fn quantity(micro: u128) -> String {
    trimmed(unsigned(micro, USAGE_DECIMALS))
}

/// As [`quantity`], of one that may be negative: what a month adds to an accounting window.
pub fn exact_quantity(micro: i128) -> String {
    trimmed(money(micro, USAGE_DECIMALS))
}

/// As [`exact_quantity`], with the thousands apart, for tables.
pub fn grouped_quantity(micro: i128) -> String {
    trimmed(grouped(micro, USAGE_DECIMALS))
}

/// A price or an exchange rate in 10^-9, without trailing zeros: `1312345000` is `1.312345`.
pub fn price(nano: u128) -> String {
    trimmed(unsigned(nano, PRICE_DECIMALS))
}

/// Without the zeros at the end of a fraction.
fn trimmed(text: String) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Text that is not an amount with at most the given decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an amount is a decimal number with a point and at most {0} decimals, such as 1250.5")]
pub struct InvalidAmount(pub u8);

/// Reads a decimal number into 10^-`decimals`, exactly.
///
/// # Errors
/// Anything but digits with one point, more decimals than there are, or a number out of range.
pub fn parse_amount(text: &str, decimals: u8) -> Result<u128, InvalidAmount> {
    let invalid = InvalidAmount(decimals);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > usize::from(decimals) {
        return Err(invalid);
    }
    format!("{whole}{fraction:0<width$}", width = usize::from(decimals))
        .parse()
        .map_err(|_| invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_should_keep_every_decimal_when_written() {
        assert_eq!(money(123_456, 2), "1234.56");
        assert_eq!(money(-5, 2), "-0.05");
        assert_eq!(money(7, 0), "7");
        assert_eq!(grouped(-123_456_789, 2), "-1\u{202f}234\u{202f}567.89");
        assert_eq!(quantity(1_500_000), "1.5");
        assert_eq!(quantity(0), "0");
        assert_eq!(exact_quantity(-2_500_000), "-2.5");
        assert_eq!(
            grouped_quantity(1_434_032_316_731_500),
            "1\u{202f}434\u{202f}032\u{202f}316.7315"
        );
    }

    #[test]
    fn parse_amount_should_refuse_when_text_is_not_an_exact_decimal() {
        assert_eq!(parse_amount("1250.5", 2), Ok(125_050));
        assert_eq!(parse_amount("0.012", 9), Ok(12_000_000));
        for wrong in ["", ".5", "1.234", "-1", "1e3", "1,5", "NaN"] {
            assert_eq!(parse_amount(wrong, 2), Err(InvalidAmount(2)), "{wrong}");
        }
    }
}
