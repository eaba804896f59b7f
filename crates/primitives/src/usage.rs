//! Anchors of usage files: what the chain knows of a file without knowing a subscriber.

use crate::{
    AgreementId, Currency, Digest, Direction, Moment, OperatorId, PairMonth, Period, Service, ServiceSet,
    Tadig, Value, ValueError,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Services in one file, at most: every service once.
pub type MaxServiceTotals = ConstU32<{ Service::COUNT }>;
/// Open gaps of one sequence, at most.
pub type MaxGaps = ConstU32<32>;
/// Return files with records of one file, at most.
pub type MaxReturns = ConstU32<16>;
/// Highest sequence number of a return (RAP) file.
pub const MAX_RAP_SEQUENCE: u32 = 99_999;
/// Highest sequence number of TAP; the next is 1.
pub const MAX_TAP_SEQUENCE: u32 = 99_999;
/// Highest sequence number of NRTRDE; the next is 1.
pub const MAX_NRTRDE_SEQUENCE: u32 = 9_999_999;

/// A kind of file with sequence numbers of its own.
#[record(Copy, Ord, snake_case)]
pub enum Stream {
    /// Billable usage.
    Tap,
    /// Near real time records against fraud; never billed.
    Nrtrde,
}

impl Stream {
    /// The sequence number after which numbering starts again at 1.
    pub const fn max_sequence(self) -> u32 {
        match self {
            Self::Nrtrde => MAX_NRTRDE_SEQUENCE,
            Self::Tap => MAX_TAP_SEQUENCE,
        }
    }

    /// The number after this one; 1 follows the highest number, and 0 (no file yet).
    pub const fn next(self, number: u32) -> u32 {
        if number >= self.max_sequence() {
            1
        } else {
            number.saturating_add(1)
        }
    }

    /// The number before this one; the highest number comes before 1.
    pub const fn previous(self, number: u32) -> u32 {
        if number <= 1 {
            self.max_sequence()
        } else {
            number.saturating_sub(1)
        }
    }

    /// How many times [`Stream::next`] leads from one number to another; both are 1 to [`Stream::max_sequence`].
    pub const fn steps(self, from: u32, to: u32) -> u32 {
        if to >= from {
            to.saturating_sub(from)
        } else {
            self.max_sequence().saturating_sub(from).saturating_add(to)
        }
    }
}

/// A series of files whose sequence numbers are counted together.
#[record(Copy, Ord)]
pub struct SeriesKey {
    /// Visited network (VPMN), the creditor.
    pub sender: Tadig,
    /// Home network (HPMN), the debtor.
    pub recipient: Tadig,
    /// Kind of file.
    pub stream: Stream,
    /// Whether these are test files, which never bill.
    pub test: bool,
}

impl SeriesKey {
    /// The file with a number.
    pub const fn file(self, sequence: u32) -> BatchKey {
        BatchKey {
            series: self,
            sequence,
        }
    }

    /// The two networks in a month.
    pub const fn pair(&self, period: Period) -> PairMonth {
        PairMonth {
            visited: self.sender,
            home: self.recipient,
            period,
        }
    }

    /// Whether its files bill to an agreement.
    pub const fn bills(&self) -> bool {
        matches!(self.stream, Stream::Tap) && !self.test
    }
}

/// A file of a series.
#[record(Copy, Ord)]
pub struct BatchKey {
    /// The series.
    pub series: SeriesKey,
    /// 1 to [`Stream::max_sequence`].
    pub sequence: u32,
}

/// Totals of one service in a file or of returned records.
#[record(Copy)]
pub struct ServiceTotal {
    /// The service.
    pub service: Service,
    /// Number of records.
    pub records: u32,
    /// In 10^-6 of the unit of the service.
    pub quantity: u128,
    /// Charge before tax, after discount, in 10^-6 of the currency.
    pub charge: Value,
    /// Tax, in 10^-6 of the currency.
    pub tax: Value,
}

impl ServiceTotal {
    /// Nothing of a service.
    pub const fn empty(service: Service) -> Self {
        Self {
            service,
            records: 0,
            quantity: 0,
            charge: Value::ZERO,
            tax: Value::ZERO,
        }
    }

    /// The sum of two totals of the same service.
    ///
    /// # Errors
    /// [`ValueError::Overflow`].
    pub fn checked_add(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            service: self.service,
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

    /// What is left after taking off a total of the same service.
    ///
    /// # Errors
    /// [`ValueError::Negative`] where more is taken off than there is.
    pub fn checked_sub(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            service: self.service,
            records: self
                .records
                .checked_sub(other.records)
                .ok_or(ValueError::Negative)?,
            quantity: self
                .quantity
                .checked_sub(other.quantity)
                .ok_or(ValueError::Negative)?,
            charge: not_negative(self.charge.checked_sub(&other.charge)?)?,
            tax: not_negative(self.tax.checked_sub(&other.tax)?)?,
        })
    }
}

/// The amount itself, unless it is negative.
fn not_negative(amount: Value) -> Result<Value, ValueError> {
    amount.clear_unsigned().map(|_| amount)
}

/// What a sender anchors of a file.
#[record]
pub struct Anchor {
    /// The file.
    pub key: BatchKey,
    /// Blake2b-256 of the file's bytes.
    pub file_hash: Digest,
    /// Root over the salted leaves of the records; zero for a file without records.
    pub root: Digest,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Decimals of the amounts within the file, 0 to 6.
    pub decimals: u8,
    /// Number of records; the sum over the services.
    pub records: u32,
    /// Totals per service, by rising service, each once; empty for a notification.
    pub totals: BoundedVec<ServiceTotal, MaxServiceTotals>,
    /// Discount over all records, in 10^-6 of the currency; already taken off the charges.
    pub discount: Value,
    /// First call, in UTC; `None` for a notification.
    pub earliest_call: Option<Moment>,
    /// Last call, in UTC; `None` for a notification.
    pub latest_call: Option<Moment>,
    /// Transfer cut-off, in UTC: the month in which it lies is the period that the file bills to.
    pub cut_off: Moment,
    /// When the sender made the file available, in UTC.
    pub available: Moment,
    /// On a file sent again after a return: the sequence number of the return (RAP) file.
    pub resent_for: Option<u32>,
}

impl Anchor {
    /// The month to which the file bills.
    pub fn period(&self) -> Period {
        Period::containing(self.cut_off)
    }
}

/// Why a recipient refuses a whole file; the groups of TAP's fatal errors.
#[record(Copy, snake_case)]
pub enum FatalReason {
    /// The file cannot be decoded.
    Syntax,
    /// A mandatory header, accounting, network or audit item is missing or wrong.
    Header,
    /// The sequence number contradicts the file name or the file processed before.
    Sequence,
    /// Totals in the audit control differ from the records.
    Totals,
    /// Accounting information (decimals, exchange rates) is unusable.
    Accounting,
}

/// The return (RAP) file by which a recipient refused a whole file.
#[record(Copy)]
pub struct FatalReturn {
    /// Its sequence number, which the file sent again names.
    pub rap_sequence: u32,
    /// Blake2b-256 of the return file.
    pub rap_hash: Digest,
}

/// Where a file stands.
#[record(Copy, snake_case)]
pub enum BatchStatus {
    /// Anchored by the sender; the recipient has not answered.
    Anchored,
    /// Accepted by the recipient, or by its silence where the agreement says so.
    Acknowledged,
    /// Refused as a whole; nothing of it bills; a file sent again takes its place.
    Returned(FatalReason),
    /// Refused as a whole and given up: nothing takes its place, and its month does not wait for it.
    Waived(FatalReason),
}

/// Totals of returned records (severe errors), reported in one return file.
#[record]
pub struct ReturnedRecords {
    /// Sequence number of the return (RAP) file.
    pub rap_sequence: u32,
    /// Blake2b-256 of the return file.
    pub rap_hash: Digest,
    /// What is taken off the file's totals, per service.
    pub totals: BoundedVec<ServiceTotal, MaxServiceTotals>,
}

/// A file as the chain keeps it.
#[record]
pub struct Batch {
    /// What the sender anchored; the key is the storage key.
    pub anchor: Anchor,
    /// Digest of the anchor, by which a copy is recognised.
    pub digest: Digest,
    /// Agreement, direction and group that it bills to; `None` for a test file.
    pub route: Option<crate::Route>,
    /// The month that it bills to.
    pub period: Period,
    /// Where it stands.
    pub status: BatchStatus,
    /// When it was anchored, by the chain's clock.
    pub anchored_at: Moment,
    /// When the recipient answered, by the chain's clock.
    pub answered_at: Option<Moment>,
    /// The return file that refused it as a whole, if it was.
    pub fatal_return: Option<FatalReturn>,
    /// What was returned of it, summed per service over all return files.
    pub returned: BoundedVec<ServiceTotal, MaxServiceTotals>,
    /// Sequence numbers of the return files that make up `returned`; each counts once.
    pub returns: BoundedVec<u32, MaxReturns>,
}

impl Batch {
    /// The file's totals less what was returned of them, per service.
    ///
    /// # Errors
    /// More was returned than there is, which the chain never lets happen.
    pub fn remaining(&self) -> Result<Vec<ServiceTotal>, ValueError> {
        let less_returned = |total: &ServiceTotal| match self
            .returned
            .iter()
            .find(|returned| returned.service == total.service)
        {
            Some(returned) => total.checked_sub(returned),
            None => Ok(*total),
        };
        self.anchor.totals.iter().map(less_returned).collect()
    }
}

/// A record of which the chain has checked that it belongs to a file.
#[record(Copy)]
pub struct ProvenRecord {
    /// The file.
    pub key: BatchKey,
    /// The record's salted leaf.
    pub leaf: Digest,
    /// The operator that proved it.
    pub by: OperatorId,
    /// When, by the chain's clock.
    pub at: Moment,
}

/// Missing files: a run of sequence numbers.
#[record(Copy)]
pub struct Gap {
    /// First missing number.
    pub first: u32,
    /// Last missing number; smaller than `first` where the run wraps around.
    pub last: u32,
    /// The month that does not close while the gap is open: that of the file before the gap, or of the file that revealed
    /// it if the former is sealed, later or not known.
    pub period: Period,
    /// Agreement under which that file bills; `None` in a series of test files or of NRTRDE, for which nothing waits.
    pub agreement: Option<AgreementId>,
    /// When it was revealed.
    pub since: Moment,
}

impl Gap {
    /// Whether a number of the series is missing in this run.
    pub const fn contains(&self, stream: Stream, number: u32) -> bool {
        stream.steps(self.first, number) <= stream.steps(self.first, self.last)
    }

    /// How many files are missing.
    pub const fn count(&self, stream: Stream) -> u32 {
        stream.steps(self.first, self.last).saturating_add(1)
    }
}

/// Months of one series of which the services are kept: as many as a file can bill to.
pub type MaxSeriesMonths = ConstU32<14>;

/// The services that have come in the files of a month.
#[record(Copy)]
pub struct MonthServices {
    /// The month.
    pub period: Period,
    /// The services.
    pub services: ServiceSet,
}

/// How far a series has come.
#[record(Default)]
pub struct SequenceState {
    /// The newest number, 0 before the first file; the next in order follows it.
    pub highest: u32,
    /// Files that are missing, oldest first.
    pub gaps: BoundedVec<Gap, MaxGaps>,
    /// What has come by billable files, by rising month: it settles by TAP and by no usage report, also when the file was
    /// returned, since it is sent again.
    pub months: BoundedVec<MonthServices, MaxSeriesMonths>,
}

impl SequenceState {
    /// The services that have come in the files of a month.
    pub fn services(&self, period: Period) -> ServiceSet {
        self.months
            .iter()
            .find(|month| month.period == period)
            .map_or_else(ServiceSet::default, |month| month.services)
    }

    /// Notes the services of a file. The oldest month goes if there is no room.
    pub fn note(&mut self, period: Period, services: ServiceSet) {
        let place = self.months.binary_search_by_key(&period, |month| month.period);
        match place {
            Ok(at) => {
                if let Some(month) = self.months.get_mut(at) {
                    month.services = month.services.union(services);
                }
            }
            Err(at) => {
                let oldest = usize::from(self.months.is_full());
                if oldest > 0 && !self.months.is_empty() {
                    self.months.remove(0);
                }
                let month = MonthServices { period, services };
                // There is room now.
                let _ = self.months.try_insert(at.saturating_sub(oldest), month);
            }
        }
    }
}

/// A running total is kept per agreement, month, direction, group and service.
#[record(Copy, Ord)]
pub struct UsageKey {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// Service group within the direction.
    pub group: u8,
    /// The service.
    pub service: Service,
}

/// Usage so far.
#[record(Copy, Default)]
pub struct UsageTotal {
    /// Number of records.
    pub records: u64,
    /// In 10^-6 of the unit of the service.
    pub quantity: u128,
    /// Charge before tax, in 10^-6 of the currency.
    pub charge: Value,
    /// Tax, in 10^-6 of the currency.
    pub tax: Value,
}

impl UsageTotal {
    /// Whether there is no usage.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The sum with a part of a file.
    ///
    /// # Errors
    /// [`ValueError::Overflow`].
    pub fn checked_add(&self, part: &ServiceTotal) -> Result<Self, ValueError> {
        Ok(Self {
            records: self
                .records
                .checked_add(part.records.into())
                .ok_or(ValueError::Overflow)?,
            quantity: self
                .quantity
                .checked_add(part.quantity)
                .ok_or(ValueError::Overflow)?,
            charge: self.charge.checked_add(&part.charge)?,
            tax: self.tax.checked_add(&part.tax)?,
        })
    }

    /// What is left without a part of a file.
    ///
    /// # Errors
    /// [`ValueError::Negative`] where more is taken off than there is.
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

/// Files of one direction within a month that wait for the operator whose subscribers roam.
#[record(Copy, Default)]
pub struct Awaiting {
    /// Files that wait for its answer.
    pub unanswered: u32,
    /// When the newest billable file of the direction was anchored; 0 before the first one.
    pub latest: Moment,
}

/// Whether a month can be closed.
#[record(Copy, Default)]
pub struct PeriodUsage {
    /// Billable files that count.
    pub batches: u32,
    /// Files that wait for an answer, per direction, by [`Direction::index`].
    pub awaiting: [Awaiting; 2],
    /// Files returned as fatal and not yet sent again.
    pub returned: u32,
    /// Open gaps that hold this month open.
    pub gaps: u32,
    /// Pairs of networks for which usage has been reported (BCE).
    pub reports: u32,
    /// Those of them whose figures have been neither affirmed nor concluded, which holds this month open.
    pub open_reports: u32,
    /// Whether the month is sealed: no file bills to it any more.
    pub sealed: bool,
}

impl PeriodUsage {
    /// Whether usage bills to the month: the agreement's groups can no longer change in it.
    pub const fn in_use(&self) -> bool {
        self.batches > 0 || self.reports > 0
    }

    /// What waits for the home operator of a direction.
    pub const fn awaiting(&self, direction: Direction) -> &Awaiting {
        let [first, second] = &self.awaiting;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// As [`PeriodUsage::awaiting`], to be changed.
    pub const fn awaiting_mut(&mut self, direction: Direction) -> &mut Awaiting {
        let [first, second] = &mut self.awaiting;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
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

    fn gap(first: u32, last: u32) -> Gap {
        Gap {
            first,
            last,
            period: Period(202_611),
            agreement: None,
            since: 0,
        }
    }

    #[test]
    fn numbers_should_run_in_a_circle() {
        assert_eq!(
            (
                Stream::Tap.next(0),
                Stream::Tap.next(99_998),
                Stream::Tap.next(99_999)
            ),
            (1, 99_999, 1)
        );
        assert_eq!(
            (Stream::Tap.previous(1), Stream::Tap.previous(99_999)),
            (99_999, 99_998)
        );
        assert_eq!(
            (Stream::Tap.steps(99_998, 2), Stream::Tap.steps(2, 99_998)),
            (3, 99_996)
        );
        assert_eq!(Stream::Nrtrde.next(99_999), 100_000);
    }

    #[test]
    fn a_gap_should_hold_its_numbers_across_the_wrap_around() {
        let wrapped = gap(99_998, 2);
        assert_eq!(wrapped.count(Stream::Tap), 4);
        for number in [99_998, 99_999, 1, 2] {
            assert!(wrapped.contains(Stream::Tap, number), "{number}");
        }
        for number in [3, 50_000, 99_997] {
            assert!(!wrapped.contains(Stream::Tap, number), "{number}");
        }
        assert!(gap(5, 5).contains(Stream::Tap, 5) && !gap(5, 5).contains(Stream::Tap, 4));
    }

    #[test]
    fn a_series_should_know_what_came_in_its_newest_months() {
        let mut state = SequenceState::default();
        let set = |service| ServiceSet::from_iter([service]);
        let mut period = Period(202_601);
        let first = period;
        for _ in 0..15 {
            state.note(period, set(Service::Mtc));
            state.note(period, set(Service::Gprs));
            period = period.next();
        }
        assert_eq!(state.months.len(), 14);
        assert!(state.services(first).is_empty());
        let both = set(Service::Mtc).union(set(Service::Gprs));
        assert_eq!(state.services(first.next()), both);
        assert!(state.months.is_sorted_by(|a, b| a.period < b.period));
    }

    #[test]
    fn totals_should_refuse_to_go_below_nothing() {
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
