//! Arguments that several commands read: moments, digests, months of agreements.

use clap::Args;
use interclear_client::{
    chain::{AccountId, Hash},
    time::now,
};
use interclear_primitives::{ids::AgreementId, period::Period, Digest, Moment, DAY};
use std::{
    error::Error,
    num::{IntErrorKind, ParseIntError},
    str::FromStr,
};

/// A month of an agreement.
#[derive(Args, Clone, Copy)]
pub struct Month {
    /// The agreement's number.
    pub agreement: AgreementId,
    /// The month, such as 2026-11.
    pub period: Period,
}

/// The operator that is asked about.
#[derive(Args, Clone, Debug)]
pub struct Who {
    /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given.
    operator: Option<String>,
    /// Who is asked about, written as an option as other commands have it.
    #[arg(
        long = "operator",
        value_name = "OPERATOR",
        hide = true,
        conflicts_with = "operator"
    )]
    same: Option<String>,
}

impl Who {
    /// As it was written.
    pub fn named(&self) -> Option<&str> {
        self.operator.as_deref().or(self.same.as_deref())
    }
}

/// Reads `now`, `+90m`, `+2h`, `+3d`, `2026-11-30` (its first second) or `2026-11-30T12:00:00`, all in UTC.
///
/// # Errors
/// Anything else.
pub fn moment(text: &str) -> Result<Moment, String> {
    let malformed =
        || format!("`{text}` is not a moment; write now, +2h, +3d, 2026-11-30 or 2026-11-30T12:00:00 (UTC)");
    if text == "now" {
        return Ok(now());
    }
    if let Some(ahead) = text.strip_prefix('+') {
        let unit = ahead.chars().last().ok_or_else(malformed)?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => DAY,
            _ => return Err(malformed()),
        };
        let count: u64 = ahead.trim_end_matches(unit).parse().map_err(|_| malformed())?;
        return count
            .checked_mul(seconds)
            .and_then(|ahead| now().checked_add(ahead))
            .ok_or_else(malformed);
    }
    let full = if text.len() == 10 {
        format!("{text}T00:00:00")
    } else {
        text.trim_end_matches('Z').to_owned()
    };
    let time = chrono::NaiveDateTime::parse_from_str(&full, "%Y-%m-%dT%H:%M:%S").map_err(|_| malformed())?;
    Moment::try_from(time.and_utc().timestamp()).map_err(|_| malformed())
}

/// Reads a time in seconds: 90m, 24h or 2d.
///
/// # Errors
/// The text is anything else.
pub fn time(text: &str) -> Result<Moment, String> {
    let malformed = || format!("`{text}` is not a time; write 90m, 24h or 2d");
    let seconds = match text.chars().last() {
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => DAY,
        _ => return Err(malformed()),
    };
    let count: Moment = text
        .trim_end_matches(['m', 'h', 'd'])
        .parse()
        .map_err(|_| malformed())?;
    count.checked_mul(seconds).ok_or_else(malformed)
}

/// Reads 32 bytes in hexadecimal digits, with or without `0x`.
///
/// # Errors
/// Anything else.
pub fn digest(text: &str) -> Result<Digest, String> {
    let mut digest = Digest::default();
    hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(text), &mut digest)
        .map_err(|_| format!("`{text}` is not a digest: 64 hexadecimal digits"))?;
    Ok(digest)
}

/// Why a library does not read a number, an account or a hash, in our words; `None` for what is in them already.
pub fn in_plain_words(reason: &(dyn Error + 'static)) -> Option<String> {
    if let Some(words) = of_range(&reason.to_string()) {
        return Some(words);
    }
    known_words(reason).map(Into::into)
}

/// A range as people write it, where a number is not in it.
fn of_range(words: &str) -> Option<String> {
    let (_, range) = words.split_once(" is not in ")?;
    let (least, most) = range.split_once("..=")?;
    Some(match most.parse::<u64>() {
        Ok(number) if number < i64::MAX.unsigned_abs() => {
            format!("it is to be a number from {least} to {most}")
        }
        _ => format!("it is to be a number from {least} on"),
    })
}

fn known_words(reason: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(number) = reason.downcast_ref::<ParseIntError>() {
        return Some(match number.kind() {
            IntErrorKind::PosOverflow => "the number is too large",
            IntErrorKind::NegOverflow => "the number is too small",
            _ => "it is not a whole number, such as 7",
        });
    }
    if reason.is::<<AccountId as FromStr>::Err>() {
        return Some("it is not the address of an account, or has a typing error");
    }
    reason
        .is::<<Hash as FromStr>::Err>()
        .then_some("it is not a hash: 64 hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moment_should_read_utc_and_refuse_when_text_is_anything_else() {
        assert_eq!(moment("2000-02-29"), Ok(951_782_400));
        assert_eq!(moment("2000-02-29T00:00:01Z"), Ok(951_782_401));
        assert!(moment("+2h").is_ok_and(|later| later >= now() + 7_199));
        for wrong in [
            "",
            "+",
            "+2",
            "+2w",
            "+-1h",
            "2026-13-01",
            "tomorrow",
            "1700000000",
        ] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn time_should_be_in_minutes_hours_or_days() {
        assert_eq!(
            ["90m", "24h", "2d"].map(time),
            [Ok(5_400), Ok(86_400), Ok(172_800)]
        );
        for wrong in ["", "2", "d", "2w", "-1h", "1.5h"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_range_should_be_told_as_people_write_it_when_a_number_is_not_in_it() {
        let words = |text: &str| in_plain_words(&*Box::<dyn Error>::from(text.to_owned()));
        assert_eq!(
            words("100000 is not in 1..=99999").as_deref(),
            Some("it is to be a number from 1 to 99999")
        );
        assert_eq!(
            words("0 is not in 1..=18446744073709551615").as_deref(),
            Some("it is to be a number from 1 on")
        );
        assert_eq!(words("anything else"), None);
        let reason = "x".parse::<u32>().unwrap_err();
        assert_eq!(
            in_plain_words(&reason).as_deref(),
            Some("it is not a whole number, such as 7")
        );
    }

    #[test]
    fn digest_should_refuse_when_there_are_not_64_digits() {
        assert_eq!(digest(&"ab".repeat(32)), Ok([0xab; 32]));
        assert_eq!(digest(&format!("0x{}", "AB".repeat(32))), Ok([0xab; 32]));
        assert!(digest("0xabcd").is_err());
    }
}
