//! Bandwidths as they are written.

use super::{decimal, Refusal};
use crate::record::MAX_BANDWIDTH;
use alloc::string::String;

/// Names of interfaces whose bandwidth is fixed, in bit/s.
const INTERFACES: [(&str, u64); 14] = [
    ("E1", 2_048_000),
    ("E3", 34_368_000),
    ("T1", 1_544_000),
    ("DS1", 1_544_000),
    ("DS3", 44_736_000),
    ("T3", 44_736_000),
    ("STM1", 155_520_000),
    ("OC3", 155_520_000),
    ("STM4", 622_080_000),
    ("OC12", 622_080_000),
    ("STM16", 2_488_320_000),
    ("OC48", 2_488_320_000),
    ("STM64", 9_953_280_000),
    ("OC192", 9_953_280_000),
];

/// What follows the letter of a power of ten, in small letters and without blanks.
const BITS: [&str; 7] = ["", "b", "bit", "bits", "bps", "b/s", "bit/s"];

/// A bandwidth in bit/s, from a number with its unit (`100 Mbit/s`, `1G`, `10GE`, `2.048 Mbps`, `64k`) or the name of an interface
/// (`E1`, `STM-1`). Powers are of ten. Text that is empty is a bandwidth that is not given.
///
/// # Errors
/// [`Refusal::NoUnit`], [`Refusal::UnknownUnit`], [`Refusal::OctetsOrBits`], [`Refusal::MaxDecimalsExceeded`] for parts of a bit, and
/// what numbers are refused for.
pub fn bandwidth(text: &str) -> Result<u64, Refusal> {
    let written: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if written.is_empty() {
        return Ok(0);
    }
    let plain: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
    let named = INTERFACES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&plain));
    if let Some((_, bits)) = named {
        return Ok(*bits);
    }
    let digits = written
        .find(|letter: char| letter.is_ascii_alphabetic())
        .unwrap_or(written.len());
    let (number, unit) = written.split_at(digits);
    let places = places(unit)?;
    let bits = decimal(number, places)?;
    match bits <= MAX_BANDWIDTH {
        true => Ok(bits),
        false => Err(Refusal::MaxExceeded),
    }
}

/// The power of ten of a unit.
fn places(unit: &str) -> Result<usize, Refusal> {
    let small = unit.to_ascii_lowercase();
    if small.is_empty() {
        return Err(Refusal::NoUnit);
    }
    if ["ge", "gige", "gbe"].contains(&small.as_str()) {
        return Ok(9);
    }
    let (power, rest) = match small.split_at_checked(1) {
        Some(("k", rest)) => (3, rest),
        Some(("m", rest)) => (6, rest),
        Some(("g", rest)) => (9, rest),
        Some(("t", rest)) => (12, rest),
        _ => (0, small.as_str()),
    };
    let bits = rest
        .strip_suffix("persecond")
        .or_else(|| rest.strip_suffix("/sec"))
        .or_else(|| rest.strip_suffix("ps"))
        .unwrap_or(rest);
    if !BITS.contains(&rest) && !BITS.contains(&bits) {
        return Err(Refusal::UnknownUnit);
    }
    // A capital B among small letters or alone, as in MB, MB/s and MBps; in MBPS and MBIT it does not stand for octets.
    let octets = unit
        .find('B')
        .is_some_and(|place| matches!(unit.get(place.saturating_add(1)..), Some("" | "/s" | "/S" | "ps")));
    match octets {
        true => Err(Refusal::OctetsOrBits),
        false => Ok(power),
    }
}
