//! Late interest: simple, by day, 365 days a year.
//!
//! Debts are paid with netting cycles, so who pays with the first cycle after the due day pays in time, however late that comes. Who
//! misses a cycle is late: the days from the cycle before it, or from the due day, to the one after it count. Days on which the debtor
//! waited for its creditor, who missed a cycle alone, do not; nor do those on which nobody could pay.

use interclear_primitives::money::{Value, ValueError};
use interclear_rating::prorate;
use interclear_record::record;

/// A year in basis points and days: what interest is divided by.
const YEAR: u64 = 10_000 * 365;

/// Days after the payment within which the creditor charges late interest.
pub const CHARGE_DAYS: u16 = 90;

/// A day, counted from the Unix epoch (UTC).
pub type Day = u32;

/// How long a debt has not been paid through its debtor's fault.
#[record(Copy, no_serde)]
pub struct Lateness {
    /// Days that count so far.
    pub days: u32,
    /// The day up to which they have been counted.
    pub since: Day,
    /// Whether the debtor has missed the last cycle.
    pub missed: bool,
}

impl Lateness {
    /// Of a debt that is due on a day.
    pub const fn due(day: Day) -> Self {
        Self {
            days: 0,
            since: day,
            missed: false,
        }
    }

    /// With the time to a day, but without this day itself: on it the debtor would have paid, and could not for a reason not its own.
    pub fn spared(self, day: Day) -> Self {
        let until = self.until(day, self.missed);
        Self {
            since: until.since.max(day.saturating_add(1)),
            ..until
        }
    }

    /// With the time to a later day, on which a cycle ended that the debtor has missed, or has not.
    pub fn until(self, day: Day, missed: bool) -> Self {
        self.until_without(day, missed, 0)
    }

    /// Likewise, without so many of the days: on them nobody could pay.
    pub fn until_without(self, day: Day, missed: bool, days: u32) -> Self {
        let passed = day.saturating_sub(self.since).saturating_sub(days);
        let counts = self.missed || missed;
        Self {
            days: self.days.saturating_add(if counts { passed } else { 0 }),
            since: self.since.max(day),
            missed,
        }
    }
}

/// What an amount bears in so many days, rounded once, half to even.
///
/// # Errors
/// The amount is negative or sealed, or the interest does not fit.
pub fn late_interest(amount: &Value, bps: u16, days: u32) -> Result<Value, ValueError> {
    let share = u64::from(bps).saturating_mul(days.into());
    let interest = prorate(amount.clear_unsigned()?, share, YEAR).map_err(|_| ValueError::Overflow)?;
    Value::from_unsigned(interest)
}

#[cfg(test)]
mod tests;
