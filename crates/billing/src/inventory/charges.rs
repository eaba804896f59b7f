//! What one service comes to in one month.

use super::{agreed::Agreed, intervals::Interval};
use alloc::vec::Vec;
use interclear_matching::{Day, MAX_CHARGE};
use interclear_primitives::{money::Currency, period::Period, Moment, DAY};
use interclear_rating::{prorate, RatingError};
use interclear_record::record;

pub use interclear_primitives::inventory::Convention;

/// For what the recurring charge of a record is.
#[record(Copy, snake_case)]
pub enum Charging {
    /// For a month, in use or not.
    Monthly(Convention),
    /// For an hour of use.
    Hourly,
    /// For an hour of use of each Mbit/s.
    HourlyPerMbit,
}

/// Seconds of an hour.
const HOUR: u64 = 3_600;

/// Bits of a megabit.
const MEGA: u64 = 1_000_000;

impl Charging {
    /// The most that a record may charge, in 10^-6 of the currency: a million services that charge it still add up. For an hour of a
    /// Mbit/s it is 10^6 of the currency.
    pub fn max_charge(self) -> u64 {
        match self {
            Self::Monthly(_) | Self::Hourly => MAX_CHARGE,
            Self::HourlyPerMbit => 1_000_000_000_000,
        }
    }

    /// By what [`MonthSum::recurring`] of a month is to be divided to be in 10^-6 of the currency.
    pub fn divisor(self, month: Period) -> u64 {
        match self {
            Self::Monthly(Convention::ThirtyDays) => 30,
            Self::Monthly(Convention::ActualDays) => month.end().saturating_sub(month.start()) / DAY,
            Self::Hourly => HOUR,
            Self::HourlyPerMbit => HOUR.saturating_mul(MEGA),
        }
    }
}

/// What services come to in a month, without a remainder.
#[record(Copy, Default)]
pub struct MonthSum {
    /// What is charged over and over, or by use: in 10^-6 of the currency, times the divisor of the month ([`Charging::divisor`]).
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
        charging: Charging,
        decimals: u8,
    ) -> Result<(u128, u128), RatingError> {
        let places = 6u8
            .checked_sub(decimals)
            .ok_or(RatingError::MaxDecimalsExceeded)?;
        let minor = 10u64.checked_pow(places.into()).ok_or(RatingError::Overflow)?;
        let whole = charging
            .divisor(month)
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

/// The parts of a month that a service charged by the month comes to; none of a month after the last on which both agreed.
pub fn parts(service: &Agreed, month: Period, convention: Convention) -> Vec<Part> {
    let (first, last) = days(month);
    runs(service, month)
        .map(|run| Part {
            from: run.from,
            until: run.until,
            days: position(run.until, first, last, convention)
                .saturating_sub(position(run.from, first, last, convention)),
            bandwidth: run.bandwidth,
            currency: run.currency,
            recurring: run.recurring,
        })
        .collect()
}

/// What a service comes to in a month, in one currency: what it was agreed to cost in another one is no part of it. `used` is the use that both sides report, ascending ([`common`](super::common)); it counts
/// where use is charged.
///
/// # Errors
/// [`RatingError::Overflow`].
pub fn charges(
    service: &Agreed,
    currency: Currency,
    month: Period,
    charging: Charging,
    used: &[Interval],
) -> Result<MonthSum, RatingError> {
    let recurring = match charging {
        Charging::Monthly(convention) => parts(service, month, convention)
            .into_iter()
            .filter(|part| part.currency == currency)
            .try_fold(0u128, |sum, part| {
                sum.checked_add(u128::from(part.recurring).checked_mul(part.days.into())?)
            }),
        Charging::Hourly => use_of(service, currency, month, used, |_| 1),
        Charging::HourlyPerMbit => use_of(service, currency, month, used, |bandwidth| bandwidth),
    };
    let starts = Period::containing(moment(service.start)) == month && month <= service.through;
    Ok(MonthSum {
        recurring: recurring.ok_or(RatingError::Overflow)?,
        one_off: match starts && service.currency == currency {
            true => service.one_off.into(),
            false => 0,
        },
    })
}

/// Price times seconds, times what the bandwidth counts as.
fn use_of(
    service: &Agreed,
    currency: Currency,
    month: Period,
    used: &[Interval],
    counts: fn(u64) -> u64,
) -> Option<u128> {
    let mut sum = 0u128;
    for run in runs(service, month).filter(|run| run.currency == currency) {
        let (from, until) = (moment(run.from), moment(run.until));
        for interval in used {
            let seconds = interval.until.min(until).saturating_sub(interval.from.max(from));
            let charge = u128::from(run.recurring)
                .checked_mul(seconds.into())?
                .checked_mul(counts(interval.bandwidth).into())?;
            sum = sum.checked_add(charge)?;
        }
    }
    Some(sum)
}

/// Days of one version.
struct Run {
    from: Day,
    until: Day,
    bandwidth: u64,
    currency: Currency,
    recurring: u64,
}

/// The days of a month on which the service is there, version by version.
fn runs(service: &Agreed, month: Period) -> impl Iterator<Item = Run> + '_ {
    let (first, last) = days(month);
    let nexts = service
        .versions
        .iter()
        .skip(1)
        .map(|next| Some(next.from))
        .chain([None]);
    let counts = month <= service.through;
    service
        .versions
        .iter()
        .zip(nexts)
        .filter(move |_| counts)
        .map(move |(version, next)| {
            let until = [next, service.end].into_iter().flatten().fold(last, Day::min);
            Run {
                from: version.from.max(service.start).max(first),
                until,
                bandwidth: version.bandwidth,
                currency: version.currency,
                recurring: version.recurring,
            }
        })
        .filter(|run| run.from < run.until)
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
