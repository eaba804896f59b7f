//! Series of files with running sequence numbers, and what is missing in them.

use crate::{ids::AgreementId, period::Period, service::ServiceSet, tadig::Tadig, Moment};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Open gaps of one sequence, at most.
pub type MaxGaps = ConstU32<32>;
/// Highest sequence number of TAP; the next is 1.
pub const MAX_TAP_SEQUENCE: u32 = 99_999;
/// Highest sequence number of NRTRDE; the next is 1.
pub const MAX_NRTRDE_SEQUENCE: u32 = 9_999_999;

/// A kind of file; each kind has sequence numbers of its own.
#[record(Copy, Ord, snake_case)]
pub enum Stream {
    /// TAP: billable usage, numbered with 5 digits.
    Tap,
    /// NRTRDE: near real time records to detect fraud, numbered with 7 digits; never billed.
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
    /// TAP or NRTRDE; the two are numbered apart.
    pub stream: Stream,
    /// Whether these are test files, which never bill.
    pub test: bool,
}

impl SeriesKey {
    /// The key of the file with this sequence number.
    pub const fn file(self, sequence: u32) -> BatchKey {
        BatchKey {
            series: self,
            sequence,
        }
    }

    /// Whether its files bill to an agreement.
    pub const fn bills(&self) -> bool {
        matches!(self.stream, Stream::Tap) && !self.test
    }
}

/// What names a file: no two files that bill have the same key.
#[record(Copy, Ord)]
pub struct BatchKey {
    /// Sender, recipient and kind of the file.
    pub series: SeriesKey,
    /// 1 to [`Stream::max_sequence`].
    pub sequence: u32,
}

/// Missing files: a run of sequence numbers.
#[record(Copy)]
pub struct Gap {
    /// First missing sequence number.
    pub first: u32,
    /// Last missing sequence number, inclusive; less than `first` where the run wraps around.
    pub last: u32,
    /// The month that does not close while the gap is open: that of the file before the gap, or of the file that
    /// revealed it if the former is closed, later or not known; a later one if the closing days of this are over.
    pub period: Period,
    /// Agreement that has this month; `None` in a series of test files or of NRTRDE, for which nothing waits, and where no
    /// agreement covers the networks in a month whose closing days are not over.
    pub agreement: Option<AgreementId>,
    /// When the file after the gap was anchored, by the chain's clock.
    pub since: Moment,
}

impl Gap {
    /// Whether a number of the series is missing in this run.
    pub const fn contains(&self, stream: Stream, number: u32) -> bool {
        stream.steps(self.first, number) <= stream.steps(self.first, self.last)
    }

    /// How many files are missing, at least 1.
    pub const fn count(&self, stream: Stream) -> u32 {
        stream.steps(self.first, self.last).saturating_add(1)
    }
}

/// Months of one series of which the services are kept: as many as a file can bill to.
pub type MaxSeriesMonths = ConstU32<14>;

/// The services that have come in the files of a month.
#[record(Copy)]
pub struct MonthServices {
    /// The month to which the files bill.
    pub period: Period,
    /// Every service that one of its files has totals of.
    pub services: ServiceSet,
}

/// The state of a series: its newest number, what is missing before it, and what it has brought.
#[record(Default)]
pub struct SequenceState {
    /// The newest number, 0 before the first file; the next in order follows it.
    pub highest: u32,
    /// Files that are missing, oldest first.
    pub gaps: BoundedVec<Gap, MaxGaps>,
    /// What has come by billable files, by ascending month: it settles by TAP and by no usage report, also when the
    /// file was returned, since it is sent again.
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

    /// Notes the services of a file. If there is no room for another month, the oldest is dropped.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Service;

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
    fn numbers_should_wrap_around() {
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
}
