//! Use by the hour: an interval of it becomes the days and the one-off charge of a record, in the same way at both sides.

use super::Refusal;
use crate::{
    day::{Day, InvalidDay},
    record::MAX_CHARGE,
};

/// Seconds of an hour.
const HOUR: u64 = 3_600;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// The most seconds of an interval: those of the longest month, in which clocks go back by an hour. What is longer is a contract's first and
/// last day rather than use, and would be charged for every hour of it.
pub(super) const LONGEST: u64 = 31 * DAY + HOUR;

/// A second, counted from 1970-01-01 in UTC: `2026-10-31T14:00+01:00`, with `Z` or an offset, since two sides write the times of one
/// interval in their own zones. Parts of a second are left out.
///
/// # Errors
/// [`Refusal::NotATime`], [`Refusal::Day`].
pub fn moment(text: &str) -> Result<u64, Refusal> {
    let text = text.trim();
    let day = text.parse::<Day>().map_err(|invalid| match invalid {
        InvalidDay::NotADate => Refusal::NotATime,
        other => Refusal::Day(other),
    })?;
    let time = text.split_once(['T', 't', ' ']).map(|(_, time)| time);
    time.and_then(|time| utc(day, time)).ok_or(Refusal::NotATime)
}

/// The second that `time` says of a day, if it says where.
fn utc(day: Day, time: &str) -> Option<u64> {
    let (clock, ahead, behind) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, 0, 0),
        None => {
            let (clock, offset) = time.rsplit_once(['+', '-'])?;
            let (hours, minutes) = match offset.len() {
                // As databases write whole hours.
                2 => (offset, "00"),
                _ => offset.split_once(':').or_else(|| offset.split_at_checked(2))?,
            };
            let offset = seconds(part(hours, 14)?, part(minutes, 59)?);
            match time.contains('-') {
                false => (clock, offset, 0),
                true => (clock, 0, offset),
            }
        }
    };
    let mut parts = clock.trim().split(':');
    let (hours, minutes, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("00"));
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let plain = !fraction.is_empty() && fraction.bytes().all(|octet| octet.is_ascii_digit());
    if parts.next().is_some() || !plain {
        return None;
    }
    u64::from(day.0)
        .saturating_mul(DAY)
        .saturating_add(seconds(part(hours, 23)?, part(minutes, 59)?))
        .saturating_add(part(second, 59)?)
        .saturating_add(behind)
        .checked_sub(ahead)
        .filter(|moment| *moment / DAY < u64::from(u16::MAX))
}

/// Two digits, up to `most`.
fn part(text: &str, most: u64) -> Option<u64> {
    let plain = text.len() == 2 && text.bytes().all(|octet| octet.is_ascii_digit());
    let number: u64 = text.parse().ok()?;
    (plain && number <= most).then_some(number)
}

fn seconds(hours: u64, minutes: u64) -> u64 {
    hours
        .saturating_mul(HOUR)
        .saturating_add(minutes.saturating_mul(60))
}

/// The day of a second, in UTC.
pub(super) fn day_of(moment: u64) -> Day {
    Day(u16::try_from(moment / DAY).unwrap_or(u16::MAX))
}

/// The first day, in UTC, that begins when an interval is over.
pub(super) fn end_of(until: u64) -> Day {
    Day(u16::try_from(until.div_ceil(DAY)).unwrap_or(u16::MAX))
}

/// What some seconds of use come to at a charge for an hour, both in 10^-6 of the currency: rounded once, half to even.
///
/// # Errors
/// [`Refusal::MaxExceeded`].
pub fn used(hourly: u64, seconds: u64) -> Result<u64, Refusal> {
    const SECONDS: u128 = HOUR as u128;
    let whole = u128::from(hourly).saturating_mul(seconds.into());
    let (charge, rest) = (whole / SECONDS, whole % SECONDS);
    let is_odd = charge % 2 == 1;
    let up = rest > SECONDS / 2 || (rest == SECONDS / 2 && is_odd);
    u64::try_from(charge.saturating_add(up.into()))
        .ok()
        .filter(|charge| *charge <= MAX_CHARGE)
        .ok_or(Refusal::MaxExceeded)
}
