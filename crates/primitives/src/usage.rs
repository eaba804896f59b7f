//! Running totals of usage per agreement and month.

use crate::batch::not_negative;
use crate::{
    agreement::Direction,
    batch::ServiceTotal,
    bounds::{MAX_MONTH_AMOUNT, MAX_MONTH_QUANTITY},
    money::{Value, ValueError},
    period::Period,
    service::Service,
    Digest, Moment, DAY,
};
use interclear_record::record;

/// Seconds after which usage is of no month that anybody still settles: 366 days.
pub const MAX_AGE: Moment = 366 * DAY;

/// Days after a month's end for which usage of it is taken in any way, at most.
pub const MAX_LATE_DAYS: u16 = 180;

/// Of these, for how many an agreement can take what is new, at most: the last month is for what answers it, or takes the place of
/// what was returned.
pub const MAX_AGREED_LATE_DAYS: u16 = 150;

/// From when on no usage of a month is taken any more, whatever was agreed and whatever was returned.
pub fn taken_until(period: Period) -> Moment {
    period
        .end()
        .saturating_add(DAY.saturating_mul(MAX_LATE_DAYS.into()))
}

/// Earlier months whose late usage one month bills, at most: the last closed one, and as many before it as end within
/// [`MAX_LATE_DAYS`] before its end; six months are longer than that.
pub const MAX_LATE_MONTHS: u32 = 6;

/// A running total is kept per agreement, month, direction, group and service.
#[record(Copy, Ord)]
pub struct UsageKey {
    /// Whose subscribers roam, and hence who owes.
    pub direction: Direction,
    /// Service group within the direction.
    pub group: u8,
    /// The service used, one line of the group.
    pub service: Service,
}

/// What the files and reports of a month have brought so far for one line.
#[record(Copy, Default)]
pub struct UsageTotal {
    /// Records that count; usage reports add none.
    pub records: u64,
    /// In 10^-6 of the unit of the service.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: u128,
    /// Charge before tax, in 10^-6 of the currency in which files are charged.
    pub charge: Value,
    /// Tax, in 10^-6 of the currency in which files are charged.
    pub tax: Value,
}

impl UsageTotal {
    /// Whether every figure is 0.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a file may make it that large.
    pub fn fits_a_month(&self) -> bool {
        let fits = |amount: &Value| {
            amount
                .clear_unsigned()
                .is_ok_and(|amount| amount <= MAX_MONTH_AMOUNT)
        };
        self.quantity <= MAX_MONTH_QUANTITY && fits(&self.charge) && fits(&self.tax)
    }

    /// The total with one service of a file added.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where a figure does not fit its integer.
    pub fn checked_add(&self, part: &ServiceTotal) -> Result<Self, ValueError> {
        self.checked_merge(&Self {
            records: part.records.into(),
            quantity: part.quantity,
            charge: part.charge,
            tax: part.tax,
        })
    }

    /// The sum of two totals.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where a figure does not fit its integer.
    pub fn checked_merge(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            records: self
                .records
                .checked_add(other.records)
                .ok_or(ValueError::Overflow)?,
            quantity: self
                .quantity
                .checked_add(other.quantity)
                .ok_or(ValueError::Overflow)?,
            charge: self.charge.checked_add(&other.charge)?,
            tax: self.tax.checked_add(&other.tax)?,
        })
    }

    /// The total with one service of a file subtracted.
    ///
    /// # Errors
    /// [`ValueError::Negative`] where more is subtracted than there is.
    pub fn checked_sub(&self, part: &ServiceTotal) -> Result<Self, ValueError> {
        Ok(Self {
            records: self
                .records
                .checked_sub(part.records.into())
                .ok_or(ValueError::Negative)?,
            quantity: self
                .quantity
                .checked_sub(part.quantity)
                .ok_or(ValueError::Negative)?,
            charge: not_negative(self.charge.checked_sub(&part.charge)?)?,
            tax: not_negative(self.tax.checked_sub(&part.tax)?)?,
        })
    }
}

/// Files of one direction within a month that wait for the operator whose subscribers roam, as far as the month waits for
/// them: those that came before its closing days were over, or for which it waited beyond them.
#[record(Copy, Default)]
pub struct Awaiting {
    /// Such files that wait for its answer.
    pub unanswered: u32,
    /// When the newest such file of the direction was anchored, also if it was answered; 0 before the first one.
    pub latest: Moment,
}

impl Awaiting {
    /// Files have come, the newest one then.
    pub fn expect(&mut self, files: u32, latest: Moment) {
        self.unanswered = self.unanswered.saturating_add(files);
        self.latest = self.latest.max(latest);
    }

    /// A file has been answered.
    pub fn answer(&mut self) {
        self.unanswered = self.unanswered.saturating_sub(1);
    }
}

/// Files of one direction that came unasked after the closing days of a month. They do not count in it before their
/// recipient has acknowledged them; what is left when the month is closed is billed by the next one.
#[record(Copy, Default)]
pub struct Deferred {
    /// Such files that have not been answered.
    pub files: u32,
    /// When the newest one was anchored; 0 before the first one.
    pub latest: Moment,
    /// Whether the next month bills those that were left when the month was closed.
    pub carried: bool,
}

impl Deferred {
    /// A file has come.
    pub fn add(&mut self, now: Moment) {
        self.files = self.files.saturating_add(1);
        self.latest = now;
    }

    /// A file has been answered.
    pub fn answer(&mut self) {
        self.files = self.files.saturating_sub(1);
    }
}

/// What a party has done to a month of its own will: returned a file that came within the closing days, or records of it,
/// reported or corrected, concluded reports. What only accepts the other side's figures, or gives up what has not come, is
/// no move.
#[record(Copy, Default)]
pub struct Moves {
    /// How many there were.
    pub count: u32,
    /// When the last one was; 0 before the first one.
    pub latest: Moment,
}

/// Whether a month can be closed.
#[record(Copy, Default)]
pub struct PeriodUsage {
    /// Files that bill to the month: anchored or acknowledged, neither returned nor waived.
    pub batches: u32,
    /// Files that wait for an answer, per direction, by [`Direction::index`].
    pub awaiting: [Awaiting; 2],
    /// Files that came after the closing days and do not count yet, likewise.
    pub deferred: [Deferred; 2],
    /// Files returned as fatal within the closing days and not yet sent again, which hold this month open.
    pub returned: u32,
    /// Open gaps that hold this month open, all of them revealed within its closing days.
    pub gaps: u32,
    /// Pairs of networks for which usage has been reported (BCE).
    pub reports: u32,
    /// Those of them that reported in time and whose figures have been neither affirmed nor concluded, which holds this
    /// month open.
    pub open_reports: u32,
    /// Those of them that have no outcome yet, in time or not. One that came too late to hold the month open may still get one
    /// after it is closed, and is billed by a later month then.
    pub pending_reports: u32,
    /// Pairs that are expected to report, and whose visited network has, or whose figures are final.
    pub expected_reports: u32,
    /// What the first and the second party of the agreement have done to the month; decides from when on each closes it
    /// alone.
    pub moves: [Moves; 2],
    /// How often what the month comes to has changed: files that came, were returned or acknowledged late, reports that
    /// became final. Who closes the month names it, so that nobody closes what it has not seen.
    pub changes: u32,
    /// The running digest of its files and reports: see [`crate::journal`].
    pub running_digest: Digest,
    /// Whether the month is closed: no file and no report bills to it any more.
    pub closed: bool,
    /// Of a closed month, until when its lines can be disputed, or are ([`Moment::MAX`] while a dispute is open): files, proofs and
    /// reports that it bills are kept as long.
    pub disputed_until: Moment,
}

impl PeriodUsage {
    /// Whether the month is closed, and none of its lines can be disputed any more.
    pub const fn is_beyond_dispute(&self, now: Moment) -> bool {
        self.closed && now >= self.disputed_until
    }

    /// Whether usage bills to the month: the agreement's groups can no longer change in it.
    pub const fn in_use(&self) -> bool {
        self.batches > 0 || self.reports > 0 || self.has_deferred()
    }

    /// Whether files have come that do not count yet.
    pub const fn has_deferred(&self) -> bool {
        let [first, second] = &self.deferred;
        first.files > 0 || second.files > 0
    }

    /// The files of a direction that do not count yet.
    pub const fn deferred(&self, direction: Direction) -> &Deferred {
        let [first, second] = &self.deferred;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// As [`PeriodUsage::deferred`], for changing it.
    pub const fn deferred_mut(&mut self, direction: Direction) -> &mut Deferred {
        let [first, second] = &mut self.deferred;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// Notes that what the month comes to has changed.
    pub fn note_change(&mut self) {
        self.changes = self.changes.wrapping_add(1);
    }

    /// What waits for the home operator of a direction.
    pub const fn awaiting(&self, direction: Direction) -> &Awaiting {
        let [first, second] = &self.awaiting;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// As [`PeriodUsage::awaiting`], for changing it.
    pub const fn awaiting_mut(&mut self, direction: Direction) -> &mut Awaiting {
        let [first, second] = &mut self.awaiting;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// Notes a move of the first (0) or the second (1) party.
    pub fn note_move(&mut self, party: usize, now: Moment) {
        if let Some(moves) = self.moves.get_mut(party) {
            moves.count = moves.count.saturating_add(1);
            moves.latest = now;
        }
    }

    /// Files of both directions that wait for an answer.
    pub fn unanswered(&self) -> u32 {
        self.awaiting
            .iter()
            .fold(0, |sum, direction| sum.saturating_add(direction.unanswered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_should_refuse_to_go_below_zero() {
        let one = ServiceTotal {
            service: Service::Mtc,
            records: 1,
            quantity: 60,
            charge: Value::Clear(5),
            tax: Value::Clear(1),
        };
        let dearer = ServiceTotal {
            charge: Value::Clear(6),
            ..one
        };
        assert_eq!(one.checked_sub(&one), Ok(ServiceTotal::empty(Service::Mtc)));
        assert_eq!(one.checked_sub(&dearer), Err(ValueError::Negative));
        let running = UsageTotal::default().checked_add(&one);
        assert_eq!(
            running.and_then(|total| total.checked_sub(&dearer)),
            Err(ValueError::Negative)
        );
        assert!(running
            .and_then(|total| total.checked_sub(&one))
            .is_ok_and(|total| total.is_empty()));
    }
}
