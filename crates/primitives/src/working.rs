//! Working time: Saturdays and Sundays (UTC) do not count.

use crate::{Moment, DAY};

/// Days in a week on which banks work.
const WORKING: Moment = 5 * DAY;
const WEEK: Moment = 7 * DAY;
/// The first Monday after the epoch, which was a Thursday.
const MONDAY: Moment = 4 * DAY;

/// Working time that has passed from one moment to another, in seconds; none if that is earlier.
pub fn between(begin: Moment, end: Moment) -> Moment {
    let passed = |moment: Moment| {
        let since = moment.saturating_sub(MONDAY);
        let weeks = since.checked_div(WEEK).unwrap_or_default();
        let rest = since.checked_rem(WEEK).unwrap_or_default().min(WORKING);
        weeks.saturating_mul(WORKING).saturating_add(rest)
    };
    passed(end).saturating_sub(passed(begin))
}

/// When `time` seconds of working time have passed since a moment.
pub fn after(begin: Moment, time: Moment) -> Moment {
    let since = begin.saturating_sub(MONDAY);
    let weeks = since.checked_div(WEEK).unwrap_or_default();
    // On a weekend, all five days of the week have passed.
    let passed = since.checked_rem(WEEK).unwrap_or_default().min(WORKING);
    let end = passed.saturating_add(time);
    let mut more = end.checked_div(WORKING).unwrap_or_default();
    let mut rest = end.checked_rem(WORKING).unwrap_or_default();
    if rest == 0 && more > 0 && time > 0 {
        // The end of a Friday, and not the beginning of a Monday.
        (more, rest) = (more.saturating_sub(1), WORKING);
    }
    weeks
        .saturating_add(more)
        .saturating_mul(WEEK)
        .saturating_add(rest)
        .saturating_add(MONDAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 February 2026, a Monday, at midnight.
    const BEGIN: Moment = 1_769_990_400;
    const HOUR: Moment = 3_600;

    /// Counts hour by hour.
    fn counted(begin: Moment, hours: Moment) -> Moment {
        let (mut now, mut left) = (begin, hours);
        while left > 0 {
            // 1 January 1970 was a Thursday.
            if (now / DAY + 3) % 7 < 5 {
                left -= 1;
            }
            now += HOUR;
        }
        now
    }

    #[test]
    fn time_should_pass_on_working_days_alone() {
        for hour in 0..14 * 24 {
            for hours in [1, 5, 24, 48, 120, 300] {
                let begin = BEGIN + hour * HOUR;
                assert_eq!(
                    after(begin, hours * HOUR),
                    counted(begin, hours),
                    "{hour} {hours}"
                );
            }
        }
    }

    #[test]
    fn what_has_passed_should_be_what_was_counted_when_there_are_weekends_between() {
        for hour in 0..14 * 24 {
            for hours in [0, 1, 5, 24, 48, 120, 300] {
                let begin = BEGIN + hour * HOUR;
                assert_eq!(
                    between(begin, counted(begin, hours)),
                    hours * HOUR,
                    "{hour} {hours}"
                );
            }
        }
        assert_eq!(between(BEGIN + HOUR, BEGIN), 0);
    }

    #[test]
    fn a_day_should_end_after_the_weekend_when_it_begins_on_a_friday_or_later() {
        let at = |day: Moment, hour: Moment| BEGIN + day * DAY + hour * HOUR;
        assert_eq!(after(at(0, 10), DAY), at(1, 10));
        assert_eq!(after(at(4, 10), DAY), at(7, 10));
        for weekend in [at(5, 0), at(5, 17), at(6, 23)] {
            assert_eq!(after(weekend, DAY), at(8, 0));
        }
    }
}
