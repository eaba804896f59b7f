//! What one service comes to in one month.

use super::agreed::Agreed;
use alloc::vec::Vec;
use interclear_matching::Day;
use interclear_primitives::{money::Currency, period::Period, Moment, DAY};
use interclear_rating::{prorate, RatingError};
use interclear_record::record;

pub use interclear_primitives::inventory::Convention;

/// By what [`MonthSum::recurring`] of a month is to be divided to be in 10^-6 of the currency: the days that the month counts.
fn divisor(convention: Convention, month: Period) -> u64 {
    match convention {
        Convention::ThirtyDays => 30,
        Convention::ActualDays => month.end().saturating_sub(month.start()) / DAY,
    }
}

/// What services come to in a month, without a remainder.
#[record(Copy, Default)]
pub struct MonthSum {
    /// What is charged over and over: in 10^-6 of the currency, times the days that the month counts by its [`Convention`].
    pub recurring: u128,
    /// What is charged once, in 10^-6 of the currency.
    pub one_off: u128,
}

impl MonthSum {
    /// The sum of two.
    ///
    /// # Errors
    /// [`RatingError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, RatingError> {
        let sum = |x: u128, y: u128| x.checked_add(y).ok_or(RatingError::Overflow);
        Ok(Self {
            recurring: sum(self.recurring, other.recurring)?,
            one_off: sum(self.one_off, other.one_off)?,
        })
    }

    /// Both in minor units of a token with `decimals`, each rounded once, half to even.
    ///
    /// # Errors
    /// [`RatingError::MaxDecimalsExceeded`] for more than 6; [`RatingError::Overflow`].
    pub fn rounded(
        self,
        month: Period,
        convention: Convention,
        decimals: u8,
    ) -> Result<(u128, u128), RatingError> {
        let places = 6u8
            .checked_sub(decimals)
            .ok_or(RatingError::MaxDecimalsExceeded)?;
        let minor = 10u64.checked_pow(places.into()).ok_or(RatingError::Overflow)?;
        let whole = divisor(convention, month)
            .checked_mul(minor)
            .ok_or(RatingError::Overflow)?;
        Ok((
            prorate(self.recurring, 1, whole)?,
            prorate(self.one_off, 1, minor)?,
        ))
    }
}

/// Days of a month for which one price is charged.
#[record(Copy)]
pub struct Part {
    /// The first day.
    pub from: Day,
    /// The day after the last one.
    pub until: Day,
    /// How many days of the month they count as.
    pub days: u32,
    /// The bandwidth in bit/s.
    pub bandwidth: u64,
    /// The currency of the charge.
    pub currency: Currency,
    /// What a whole month would cost, in 10^-6 of the currency.
    pub recurring: u64,
}

/// The parts of a month that a service comes to, version by version; none of a month after the last on which both agreed.
pub fn parts(service: &Agreed, month: Period, convention: Convention) -> Vec<Part> {
    if month > service.through {
        return Vec::new();
    }
    let (first, last) = days(month);
    let nexts = service
        .versions
        .iter()
        .skip(1)
        .map(|next| Some(next.from))
        .chain([None]);
    service
        .versions
        .iter()
        .zip(nexts)
        .map(|(version, next)| {
            let from = version.from.max(service.start).max(first);
            let until = [next, service.end].into_iter().flatten().fold(last, Day::min);
            Part {
                from,
                until,
                days: position(until, first, last, convention)
                    .saturating_sub(position(from, first, last, convention)),
                bandwidth: version.bandwidth,
                currency: version.currency,
                recurring: version.recurring,
            }
        })
        .filter(|part| part.from < part.until)
        .collect()
}

/// What a service comes to in a month, in one currency: what it was agreed to cost in another one is no part of it.
///
/// # Errors
/// [`RatingError::Overflow`].
pub fn charges(
    service: &Agreed,
    currency: Currency,
    month: Period,
    convention: Convention,
) -> Result<MonthSum, RatingError> {
    let recurring = parts(service, month, convention)
        .into_iter()
        .filter(|part| part.currency == currency)
        .try_fold(0u128, |sum, part| {
            sum.checked_add(u128::from(part.recurring).checked_mul(part.days.into())?)
        });
    let starts = Period::containing(moment(service.start)) == month && month <= service.through;
    Ok(MonthSum {
        recurring: recurring.ok_or(RatingError::Overflow)?,
        one_off: match starts && service.currency == currency {
            true => service.one_off.into(),
            false => 0,
        },
    })
}

/// The first day of a month, and the one after it.
fn days(month: Period) -> (Day, Day) {
    let day = |moment: Moment| Day(u16::try_from(moment / DAY).unwrap_or(u16::MAX));
    (day(month.start()), day(month.end()))
}

/// The beginning of a day.
fn moment(day: Day) -> Moment {
    Moment::from(day.0).saturating_mul(DAY)
}

/// How many days of a month lie before a day of it, or before the first of the next one.
fn position(day: Day, first: Day, last: Day, convention: Convention) -> u32 {
    let before = u32::from(day.0.saturating_sub(first.0));
    match convention {
        Convention::ActualDays => before,
        Convention::ThirtyDays if day >= last => 30,
        Convention::ThirtyDays => before.min(29),
    }
}
