//! Moments and spans of time.

use interclear_primitives::Moment;
pub use interclear_tap::time::duration;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since the Unix epoch, by this machine's clock.
pub fn now() -> Moment {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// A moment in UTC for machines, as `2026-11-21T10:05:00Z` (RFC 3339).
pub fn rfc_3339(seconds: Moment) -> Option<String> {
    written(seconds, "%Y-%m-%dT%H:%M:%SZ")
}

fn written(seconds: Moment, format: &str) -> Option<String> {
    let time = chrono::DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    Some(time.format(format).to_string())
}

/// A moment in UTC, as `2026-11-21 10:05:00`.
pub fn moment(seconds: Moment) -> String {
    written(seconds, "%Y-%m-%d %H:%M:%S").unwrap_or_else(|| seconds.to_string())
}

/// The day of a moment in UTC, as `2026-11-21`.
pub fn day(seconds: Moment) -> String {
    written(seconds, "%Y-%m-%d").unwrap_or_else(|| seconds.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_should_be_in_utc_when_written() {
        assert_eq!(moment(951_782_400), "2000-02-29 00:00:00");
        assert_eq!(
            (day(951_868_799).as_str(), day(951_868_800).as_str()),
            ("2000-02-29", "2000-03-01")
        );
        assert_eq!(rfc_3339(951_782_401).as_deref(), Some("2000-02-29T00:00:01Z"));
        assert_eq!(rfc_3339(Moment::MAX), None);
    }

    #[test]
    fn a_duration_should_have_two_units_when_it_is_a_minute_or_more() {
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 00 s"),
            (14_400, "4 h 00 min"),
            (14_461, "4 h 01 min"),
            (90_000, "1 d 01 h"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }
}
