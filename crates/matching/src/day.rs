//! Days of the calendar.

use core::{fmt, str::FromStr};
use interclear_record::record;

/// A day, counted from 1970-01-01; the last one is 2149-06-06.
#[record(Copy, Default, Ord, no_serde, no_debug)]
pub struct Day(pub u16);

/// Why text is not a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvalidDay {
    /// It does not begin as `2026-01-31`.
    NotADate,
    /// The calendar has no such day.
    NotInCalendar,
    /// It is before 1970 or after 2149-06-06.
    OutOfRange,
}

impl Day {
    /// The day with this year, month (from 1) and day of the month (from 1).
    ///
    /// # Errors
    /// [`InvalidDay::NotInCalendar`] or [`InvalidDay::OutOfRange`].
    pub fn new(year: u32, month: u32, day: u32) -> Result<Self, InvalidDay> {
        if !(1..=days_of_month(year, month)).contains(&day) {
            return Err(InvalidDay::NotInCalendar);
        }
        // Years that begin in March, so that a leap day is the last of its year.
        let years = year.saturating_sub(u32::from(month <= 2));
        let months = month.saturating_add(9) % 12;
        let before = months.saturating_mul(153).saturating_add(2) / 5;
        years
            .saturating_mul(365)
            .saturating_add(years / 4)
            .saturating_sub(years / 100)
            .saturating_add(years / 400)
            .saturating_add(before)
            .saturating_add(day)
            // So many days and one lie between the first of March of year 0 and 1970-01-01.
            .checked_sub(719_469)
            .and_then(|days| u16::try_from(days).ok())
            .map(Self)
            .ok_or(InvalidDay::OutOfRange)
    }

    /// Year, month (from 1) and day of the month (from 1).
    pub fn civil(self) -> (u32, u32, u32) {
        let day = u32::from(self.0).saturating_add(719_468);
        let (era, of_era) = (day / 146_097, day % 146_097);
        let year = of_era
            .saturating_sub(of_era / 1_460)
            .saturating_add(of_era / 36_524)
            .saturating_sub(of_era / 146_096)
            / 365;
        let before = year
            .saturating_mul(365)
            .saturating_add(year / 4)
            .saturating_sub(year / 100);
        let of_year = of_era.saturating_sub(before);
        let months = of_year.saturating_mul(5).saturating_add(2) / 153;
        let day = of_year
            .saturating_sub(months.saturating_mul(153).saturating_add(2) / 5)
            .saturating_add(1);
        let month = months.saturating_add(2) % 12;
        let year = year
            .saturating_add(era.saturating_mul(400))
            .saturating_add(u32::from(month < 2));
        (year, month.saturating_add(1), day)
    }
}

/// Days of a month; 0 for one that there is not.
fn days_of_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        f.pad(&alloc::format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    /// Reads `2026-01-31`, alone or with a time behind a `T` or a blank. The day is the one that is written, whatever the time and
    /// its zone: contracts name days.
    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let date = text.split(['T', 't', ' ']).next().unwrap_or_default();
        let mut parts = date.split('-');
        let mut next = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            let plain = part.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten()
        };
        let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else {
            return Err(InvalidDay::NotADate);
        };
        match parts.next() {
            None => Self::new(year, month, day),
            Some(_) => Err(InvalidDay::NotADate),
        }
    }
}

#[cfg(feature = "std")]
impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "std")]
impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::string::String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom(format_args!("`{text}` is not a day such as 2026-01-31")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn day_should_be_the_one_of_the_calendar_when_days_are_counted_one_by_one() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for number in 0..=u16::MAX {
            let counted = Day(number);
            assert_eq!(counted.civil(), (year, month, day));
            assert_eq!(Day::new(year, month, day), Ok(counted));
            assert_eq!(counted.to_string().parse(), Ok(counted));
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = [
                31,
                if leap { 29 } else { 28 },
                31,
                30,
                31,
                30,
                31,
                31,
                30,
                31,
                30,
                31,
            ];
            day += 1;
            if day > length[month as usize - 1] {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
        assert_eq!((year, month, day), (2149, 6, 7));
    }

    #[test]
    fn day_should_be_refused_with_the_reason_when_there_is_none() {
        use InvalidDay::*;
        for (text, reason) in [
            ("", NotADate),
            ("31.01.2026", NotADate),
            ("2026-1-31", NotADate),
            ("2026-01-31-", NotADate),
            ("+026-01-31", NotADate),
            ("46053", NotADate),
            ("2026-02-30", NotInCalendar),
            ("2026-02-29", NotInCalendar),
            ("2026-13-01", NotInCalendar),
            ("2026-00-01", NotInCalendar),
            ("2026-01-00", NotInCalendar),
            ("1969-12-31", OutOfRange),
            ("2149-06-07", OutOfRange),
            ("9999-12-31", OutOfRange),
        ] {
            assert_eq!(text.parse::<Day>(), Err(reason), "{text}");
        }
        assert_eq!("2026-01-15T07:20:20.822Z".parse(), Day::new(2026, 1, 15));
        assert_eq!("2028-02-29 00:00".parse(), Day::new(2028, 2, 29));
    }
}
