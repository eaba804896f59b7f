//! Local time stamps and offsets from UTC.

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Reads `CCYYMMDDhhmmss` as seconds since 1970 as if the time were UTC; `None` when no calendar has that moment.
#[inline]
pub fn local_seconds(text: &[u8]) -> Option<i64> {
    let text: &[u8; 14] = text.try_into().ok()?;
    let mut digits = [0u32; 14];
    for (digit, octet) in digits.iter_mut().zip(text) {
        let value = octet.wrapping_sub(b'0');
        if value > 9 {
            return None;
        }
        *digit = u32::from(value);
    }
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let year = pair(0) * 100 + pair(2);
    let (month, day, hour, minute, second) = (pair(4), pair(6), pair(8), pair(10), pair(12));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    if year < 1900 || day == 0 || day > days || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(days_since_epoch(year, month, day) * DAY + i64::from(hour * 3600 + minute * 60 + second))
}

/// Days from 1 January 1970, by the proleptic Gregorian calendar with years that begin in March.
fn days_since_epoch(year: u32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let shifted = i64::from((month + 9) % 12);
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// Writes seconds as `CCYYMMDDhhmmss`; years 0 to 9999.
pub fn local_text(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}{month:02}{day:02}{:02}{:02}{:02}",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// A moment in seconds since 1970 UTC, as people write it: `2026-11-21 10:05:00 UTC`.
pub(crate) fn moment(seconds: i64) -> String {
    let text = local_text(seconds);
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{} {}:{}:{} UTC",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    )
}

/// A span of seconds in its two largest units, rounded down: `3 h 05 min`.
pub fn duration(seconds: u64) -> String {
    let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let largest = units
        .iter()
        .position(|(_, length)| seconds >= *length)
        .unwrap_or(units.len().saturating_sub(1));
    let (name, length) = units[largest];
    match units.get(largest.saturating_add(1)) {
        Some((next, below)) => format!(
            "{} {name} {:02} {next}",
            seconds / length,
            seconds % length / below
        ),
        None => format!("{seconds} {name}"),
    }
}

/// The same of a difference, whatever its sign.
pub(crate) fn span(seconds: i64) -> String {
    duration(seconds.unsigned_abs())
}

/// Reads `+hhmm` or `-hhmm` as seconds east of UTC; at most 14 hours.
pub fn offset_seconds(text: &[u8]) -> Option<i32> {
    let [sign @ (b'+' | b'-'), digits @ ..] = text else {
        return None;
    };
    let digits: &[u8; 4] = digits.try_into().ok()?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let pair = |at: usize| i32::from(digits[at] - b'0') * 10 + i32::from(digits[at + 1] - b'0');
    let (hours, minutes) = (pair(0), pair(2));
    let seconds = hours * 3600 + minutes * 60;
    if minutes > 59 || seconds > 14 * 3600 {
        return None;
    }
    Some(if *sign == b'-' { -seconds } else { seconds })
}

/// Writes seconds east of UTC as `+hhmm` or `-hhmm`.
pub fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moment_should_be_read_when_it_is_in_the_calendar() {
        assert_eq!(local_seconds(b"19700101000000"), Some(0));
        assert_eq!(local_seconds(b"20050405090547"), Some(1_112_691_947));
        assert_eq!(local_seconds(b"20000229235959"), Some(951_868_799));
        for wrong in [
            "20050229000000",
            "20051301000000",
            "20050100000000",
            "20050101240000",
            "2005010100000",
            "2005010100000x",
        ] {
            assert_eq!(local_seconds(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn moment_and_span_should_be_in_words_when_people_read_them() {
        assert_eq!(moment(951_782_400), "2000-02-29 00:00:00 UTC");
        for (seconds, words) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 00 s"),
            (11_100, "3 h 05 min"),
            (-90_000, "1 d 01 h"),
        ] {
            assert_eq!(span(seconds), words);
        }
    }

    #[test]
    fn offset_should_be_read_and_written_when_it_is_in_bounds() {
        for (text, seconds) in [
            ("+0200", 7200),
            ("-0330", -12_600),
            ("+0000", 0),
            ("+1400", 50_400),
        ] {
            assert_eq!(offset_seconds(text.as_bytes()), Some(seconds));
            assert_eq!(offset_text(seconds), text);
        }
        for wrong in ["0200", "+02", "+0260", "+1401", "+02:0", ""] {
            assert_eq!(offset_seconds(wrong.as_bytes()), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn time_stamp_should_read_back_when_written(seconds in -2_000_000_000i64..100_000_000_000) {
            prop_assert_eq!(local_seconds(local_text(seconds).as_bytes()), Some(seconds));
        }
    }
}
