//! Charging increments of single events.

use crate::service::Unit;
use interclear_rating::{charged_units, RatingError};
use interclear_record::record;

/// In what steps the visited network counts a single event: each call or session is rounded up to whole steps before
/// quantities are added up. Usual ones are 1, 30 and 60 seconds, and 1, 10 and 100 kilobytes.
#[record(Copy, Default, snake_case)]
pub enum Increment {
    /// Not rounded: as measured.
    #[default]
    Exact,
    /// So many seconds, not 0; for services counted in minutes.
    Seconds(u16),
    /// So many kilobytes of 1,024 bytes, not 0; for services counted in megabytes.
    Kilobytes(u16),
    /// A first step and further ones of so many seconds, such as 60+1 or 30+6; neither is 0.
    FirstSeconds(u16, u16),
    /// A first step and further ones of so many kilobytes of 1,024 bytes; neither is 0.
    FirstKilobytes(u16, u16),
}

impl Increment {
    /// Whether it applies to a service counted in `unit`: seconds to minutes, kilobytes to megabytes.
    pub const fn suits(self, unit: Unit) -> bool {
        matches!(
            (self, unit),
            (Self::Exact, _)
                | (Self::Seconds(_) | Self::FirstSeconds(..), Unit::Minute)
                | (Self::Kilobytes(_) | Self::FirstKilobytes(..), Unit::Megabyte)
        )
    }

    /// Whether a step is 0, by which nothing can be counted.
    pub const fn is_zero(self) -> bool {
        matches!(
            self,
            Self::Seconds(0)
                | Self::Kilobytes(0)
                | Self::FirstSeconds(0, _)
                | Self::FirstSeconds(_, 0)
                | Self::FirstKilobytes(0, _)
                | Self::FirstKilobytes(_, 0)
        )
    }

    /// What one event of `raw` seconds or bytes is charged for, in seconds or bytes: the one way in which single events
    /// are rounded. Nothing is charged for nothing.
    ///
    /// # Errors
    /// [`RatingError::ZeroDivisor`] for a step of 0; [`RatingError::Overflow`] when the result does not fit.
    pub fn charged(self, raw: u128) -> Result<u128, RatingError> {
        match self {
            Self::Exact => Ok(raw),
            Self::Seconds(step) => charged_units(raw, u128::from(step)),
            Self::Kilobytes(step) => charged_units(raw, kilobytes(step)),
            Self::FirstSeconds(first, further) => first_then(raw, first.into(), further.into()),
            Self::FirstKilobytes(first, further) => first_then(raw, kilobytes(first), kilobytes(further)),
        }
    }
}

fn kilobytes(step: u16) -> u128 {
    u128::from(step).saturating_mul(1_024)
}

fn first_then(raw: u128, first: u128, further: u128) -> Result<u128, RatingError> {
    if first == 0 {
        return Err(RatingError::ZeroDivisor);
    }
    let rest = charged_units(raw.saturating_sub(first), further)?;
    match raw {
        0 => Ok(0),
        _ => first.checked_add(rest).ok_or(RatingError::Overflow),
    }
}

impl core::fmt::Display for Increment {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::Seconds(step) => write!(f, "{step} s"),
            Self::Kilobytes(step) => write!(f, "{step} kB"),
            Self::FirstSeconds(first, further) => write!(f, "{first}+{further} s"),
            Self::FirstKilobytes(first, further) => write!(f, "{first}+{further} kB"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_should_be_rounded_up_to_whole_steps() {
        assert_eq!(Increment::Exact.charged(61), Ok(61));
        assert_eq!(Increment::Seconds(60).charged(61), Ok(120));
        assert_eq!(Increment::Seconds(30).charged(60), Ok(60));
        assert_eq!(Increment::Kilobytes(10).charged(1), Ok(10_240));
        assert_eq!(Increment::Kilobytes(0).charged(1), Err(RatingError::ZeroDivisor));
    }

    #[test]
    fn the_first_step_should_be_charged_as_a_whole_and_then_the_further_ones() {
        let charged = |first, further, raw| Increment::FirstSeconds(first, further).charged(raw).unwrap();
        assert_eq!(
            [0, 1, 7, 60, 61, 62].map(|raw| charged(60, 1, raw)),
            [0, 60, 60, 60, 61, 62]
        );
        assert_eq!(
            [29, 30, 31, 36, 37].map(|raw| charged(30, 6, raw)),
            [30, 30, 36, 36, 42]
        );
        assert_eq!([1, 2, 100].map(|raw| charged(1, 1, raw)), [1, 2, 100]);
        assert_eq!(Increment::FirstKilobytes(100, 10).charged(102_401), Ok(112_640));
        for zero in [Increment::FirstSeconds(0, 1), Increment::FirstSeconds(1, 0)] {
            assert!(zero.is_zero());
            assert_eq!(zero.charged(5), Err(RatingError::ZeroDivisor));
        }
        assert_eq!(alloc::format!("{}", Increment::FirstSeconds(60, 1)), "60+1 s");
    }

    #[test]
    fn a_step_should_suit_what_is_counted_in_it() {
        assert!(Increment::Seconds(60).suits(Unit::Minute));
        assert!(!Increment::Seconds(60).suits(Unit::Megabyte));
        assert!(Increment::Kilobytes(1).suits(Unit::Megabyte));
        assert!(!Increment::Kilobytes(1).suits(Unit::Message));
        assert!(Increment::Exact.suits(Unit::Event));
        assert!(Increment::FirstSeconds(60, 1).suits(Unit::Minute));
        assert!(!Increment::FirstKilobytes(1, 1).suits(Unit::Minute));
    }
}
