//! Calendar months, the periods in which roaming is invoiced.

use crate::{text::as_text, Moment, DAY};
use interclear_record::record;

/// A calendar month in UTC, as the number `YYYYMM` (202611 is November 2026).
///
/// Decoding does not check the month; a pallet that accepts one from outside calls [`Period::is_valid`].
#[record(Copy, Ord, no_serde, no_debug)]
pub struct Period(pub u32);

/// Not a calendar month between 1970 and 9999.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidPeriod;

impl Period {
    /// December 9999, which stands for "without end".
    pub const MAX: Self = Self(999_912);

    /// The month (1..=12) of a year (1970..=9999).
    ///
    /// # Errors
    /// [`InvalidPeriod`] outside these ranges.
    pub fn new(year: u32, month: u32) -> Result<Self, InvalidPeriod> {
        let period = Self(
            year.checked_mul(100)
                .and_then(|y| y.checked_add(month))
                .ok_or(InvalidPeriod)?,
        );
        period.is_valid().then_some(period).ok_or(InvalidPeriod)
    }

    /// Whether this is a month of the years 1970 to 9999.
    pub fn is_valid(self) -> bool {
        (1970..=9999).contains(&self.year()) && (1..=12).contains(&self.month())
    }

    /// The year, 1970 to 9999 if the period is valid.
    pub fn year(self) -> u32 {
        self.0 / 100
    }

    /// The month, 1 to 12 if the period is valid.
    pub fn month(self) -> u32 {
        self.0 % 100
    }

    /// The month in which a moment lies.
    pub fn containing(moment: Moment) -> Self {
        let (year, month) = civil_month(moment / DAY);
        Self(year.saturating_mul(100).saturating_add(month))
    }

    /// The month after this one; January follows December.
    pub fn next(self) -> Self {
        if self.month() >= 12 {
            Self(
                self.year()
                    .saturating_add(1)
                    .saturating_mul(100)
                    .saturating_add(1),
            )
        } else {
            Self(self.0.saturating_add(1))
        }
    }

    /// The month before this one; December precedes January.
    pub fn previous(self) -> Self {
        if self.month() <= 1 {
            Self(
                self.year()
                    .saturating_sub(1)
                    .saturating_mul(100)
                    .saturating_add(12),
            )
        } else {
            Self(self.0.saturating_sub(1))
        }
    }

    /// The month that lies `months` after this one.
    pub fn plus(self, months: u32) -> Self {
        let index = self
            .year()
            .saturating_mul(12)
            .saturating_add(self.month().saturating_sub(1))
            .saturating_add(months);
        Self(
            (index / 12)
                .saturating_mul(100)
                .saturating_add(index % 12)
                .saturating_add(1),
        )
    }

    /// The first second of the month, in UTC.
    pub fn start(self) -> Moment {
        days_before(self.year(), self.month()).saturating_mul(DAY)
    }

    /// The first second after the month, in UTC: the month is `start()..end()`.
    pub fn end(self) -> Moment {
        self.next().start()
    }

    /// Number of months from this one to `later`, 0 for the same month or an earlier one.
    pub fn months_until(self, later: Self) -> u32 {
        let index = |p: Self| p.year().saturating_mul(12).saturating_add(p.month());
        index(later).saturating_sub(index(self))
    }
}

/// Days from the epoch to the first of a month, by the proleptic Gregorian calendar with years that begin in March.
fn days_before(year: u32, month: u32) -> u64 {
    let (year, month) = (u64::from(year), u64::from(month));
    let y = if month <= 2 { year.saturating_sub(1) } else { year };
    let shifted = month.saturating_add(9) % 12;
    let day_of_year = shifted.saturating_mul(153).saturating_add(2) / 5;
    // 719,468 days lie between the first of March of year 0 and the epoch.
    y.saturating_mul(365)
        .saturating_add(y / 4)
        .saturating_sub(y / 100)
        .saturating_add(y / 400)
        .saturating_add(day_of_year)
        .saturating_sub(719_468)
}

/// Year and month of a day, counted from the epoch.
fn civil_month(day: u64) -> (u32, u32) {
    let day = day.saturating_add(719_468);
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year_of_era = of_era
        .saturating_sub(of_era / 1_460)
        .saturating_add(of_era / 36_524)
        .saturating_sub(of_era / 146_096)
        / 365;
    let of_year = of_era
        .saturating_add(year_of_era / 100)
        .saturating_sub(year_of_era.saturating_mul(365).saturating_add(year_of_era / 4));
    let shifted = of_year.saturating_mul(5).saturating_add(2) / 153;
    let month = if shifted < 10 {
        shifted.saturating_add(3)
    } else {
        shifted.saturating_sub(9)
    };
    let year = year_of_era
        .saturating_add(era.saturating_mul(400))
        .saturating_add(u64::from(month <= 2));
    (
        u32::try_from(year).unwrap_or(u32::MAX),
        u32::try_from(month).unwrap_or(1),
    )
}

impl core::str::FromStr for Period {
    type Err = InvalidPeriod;
    /// Reads `2026-11` and `202611`, nothing else: a day number of a spreadsheet is an error.
    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let (year, month) = match text.len() {
            6 => (text.get(..4), text.get(4..)),
            7 if text.get(4..5) == Some("-") => (text.get(..4), text.get(5..)),
            _ => return Err(InvalidPeriod),
        };
        let number = |part: Option<&str>| {
            part.filter(|p| p.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|p| p.parse().ok())
                .ok_or(InvalidPeriod)
        };
        Self::new(number(year)?, number(month)?)
    }
}

impl core::fmt::Display for Period {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

as_text!(Period);

impl core::fmt::Display for InvalidPeriod {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a month is such as 2026-11")
    }
}

impl core::error::Error for InvalidPeriod {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parsing_should_accept_only_years_and_months() {
        assert_eq!("2026-11".parse(), Period::new(2026, 11));
        assert_eq!("202611".parse(), Period::new(2026, 11));
        for wrong in [
            "43831", "2026-13", "2026-00", "2026/11", "26-11", "+02611", "2026-1", "",
        ] {
            assert_eq!(wrong.parse::<Period>(), Err(InvalidPeriod), "{wrong}");
        }
    }

    #[test]
    fn known_moments_should_fall_into_their_month() {
        assert_eq!(Period(197001).start(), 0);
        assert_eq!(Period(200003).start(), 951_868_800);
        assert_eq!(Period(202401).end(), 1_706_745_600);
        assert_eq!(
            Period::containing(951_782_400),
            Period(200002),
            "29 February 2000"
        );
        assert_eq!(Period(202612).next(), Period(202701));
        assert_eq!(Period(202701).previous(), Period(202612));
        assert_eq!(Period(202611).months_until(Period(202702)), 3);
        assert_eq!(Period(202611).plus(3), Period(202702));
        assert_eq!(Period(202612).plus(12), Period(202712));
        assert_eq!(Period(202601).plus(0), Period(202601));
    }

    proptest! {
        #[test]
        fn a_month_should_hold_its_first_and_last_second_and_no_more(year in 1970u32..9999, month in 1u32..=12) {
            let period = Period::new(year, month).unwrap();
            prop_assert_eq!(Period::containing(period.start()), period);
            prop_assert_eq!(Period::containing(period.end() - 1), period);
            prop_assert_eq!(Period::containing(period.end()), period.next());
            prop_assert_eq!(period.next().previous(), period);
            prop_assert!((28..=31).contains(&((period.end() - period.start()) / DAY)));
        }
    }
}
