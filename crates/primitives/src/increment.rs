//! Charging increments of single events.

use crate::Unit;
use interclear_rating::{charged_units, RatingError};
use interclear_record::record;

/// In what steps the visited network counts a single event: each call or session is rounded up to whole steps before
/// quantities are added up. Usual ones are 1, 30 and 60 seconds, and 1, 10 and 100 kilobytes.
#[record(Copy, Default, snake_case)]
pub enum Increment {
    /// As measured.
    #[default]
    Exact,
    /// So many seconds, not 0; for services counted in minutes.
    Seconds(u16),
    /// So many kilobytes of 1,024 bytes, not 0; for services counted in megabytes.
    Kilobytes(u16),
    /// So many seconds at least, and whole further steps above them, neither 0: 60+1. For services counted in minutes.
    Steps {
        /// What the shortest call is charged for, in seconds.
        first: u16,
        /// In what steps the rest is counted, in seconds.
        further: u16,
    },
}

impl Increment {
    /// Whether a service counted in `unit` can be charged so.
    pub const fn suits(self, unit: Unit) -> bool {
        matches!(
            (self, unit),
            (Self::Exact, _)
                | (Self::Seconds(_) | Self::Steps { .. }, Unit::Minute)
                | (Self::Kilobytes(_), Unit::Megabyte)
        )
    }

    /// Whether a step is 0, by which nothing can be counted.
    pub const fn is_zero(self) -> bool {
        matches!(
            self,
            Self::Seconds(0)
                | Self::Kilobytes(0)
                | Self::Steps { first: 0, .. }
                | Self::Steps { further: 0, .. }
        )
    }

    /// What one event of `raw` seconds or bytes is charged for, in seconds or bytes.
    ///
    /// # Errors
    /// [`RatingError::ZeroDivisor`] for a step of 0; [`RatingError::Overflow`] when the result does not fit.
    pub fn charged(self, raw: u128) -> Result<u128, RatingError> {
        match self {
            Self::Exact => Ok(raw),
            Self::Seconds(step) => charged_units(raw, u128::from(step)),
            Self::Kilobytes(step) => charged_units(raw, u128::from(step).saturating_mul(1_024)),
            Self::Steps { first, further } => {
                let first = u128::from(first);
                let rest = charged_units(raw.saturating_sub(first), u128::from(further))?;
                // An event without duration is charged for nothing.
                let least = if raw == 0 { 0 } else { first };
                least.checked_add(rest).ok_or(RatingError::Overflow)
            }
        }
    }
}

impl core::fmt::Display for Increment {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::Seconds(step) => write!(f, "{step} s"),
            Self::Kilobytes(step) => write!(f, "{step} kB"),
            Self::Steps { first, further } => write!(f, "{first}+{further} s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_rounded_up_to_whole_steps() {
        assert_eq!(Increment::Exact.charged(61), Ok(61));
        assert_eq!(Increment::Seconds(60).charged(61), Ok(120));
        assert_eq!(Increment::Seconds(30).charged(60), Ok(60));
        assert_eq!(Increment::Kilobytes(10).charged(1), Ok(10_240));
        assert_eq!(Increment::Kilobytes(0).charged(1), Err(RatingError::ZeroDivisor));
    }

    #[test]
    fn a_call_is_charged_for_the_first_step_at_least_and_the_rest_in_further_ones() {
        let steps = |first, further| Increment::Steps { first, further };
        for (raw, charged) in [(0, 0), (7, 60), (60, 60), (61, 61), (125, 125)] {
            assert_eq!(steps(60, 1).charged(raw), Ok(charged), "{raw}");
        }
        assert_eq!(steps(30, 6).charged(31), Ok(36));
        assert_eq!(steps(60, 0).charged(7), Err(RatingError::ZeroDivisor));
        assert!(steps(0, 1).is_zero() && steps(60, 0).is_zero() && !steps(60, 1).is_zero());
        assert!(steps(60, 1).suits(Unit::Minute) && !steps(60, 1).suits(Unit::Megabyte));
        assert_eq!(steps(60, 1).to_string(), "60+1 s");
    }

    #[test]
    fn a_step_suits_what_is_counted_in_it() {
        assert!(Increment::Seconds(60).suits(Unit::Minute));
        assert!(!Increment::Seconds(60).suits(Unit::Megabyte));
        assert!(Increment::Kilobytes(1).suits(Unit::Megabyte));
        assert!(!Increment::Kilobytes(1).suits(Unit::Message));
        assert!(Increment::Exact.suits(Unit::Event));
    }
}
