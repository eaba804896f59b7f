//! Near real time roaming data exchange (NRTRDE): delivery of fraud files is timestamped by the chain.

use crate::{ids::AgreementId, period::Period, series::BatchKey, Digest, Moment};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Seconds (4 hours) from the end of a call to the delivery of its record within which the home network is liable for
/// fraud; afterwards the visited network is.
pub const NRTRDE_DELIVERY_LIMIT: Moment = 4 * 3_600;

/// Months of one series for which figures are kept.
pub type MaxNrtrdeMonths = ConstU32<13>;

/// What a visited network anchors of a file.
#[record(Copy)]
pub struct NrtrdeAnchor {
    /// The file, of the stream NRTRDE.
    pub key: BatchKey,
    /// Blake2b-256 of the file's bytes.
    pub file_digest: Digest,
    /// Root over the salted leaves of the records; zero for a file without records.
    pub root: Digest,
    /// Call events in the file.
    pub records: u32,
    /// First end of a call, in UTC; `None` without records.
    pub earliest_end: Option<Moment>,
    /// Last end of a call, in UTC; `None` without records.
    pub latest_end: Option<Moment>,
    /// When the sender made the file available, in UTC, as the file says.
    pub available: Moment,
}

/// An NRTRDE file with the times that settle who is liable.
#[record(Copy)]
pub struct NrtrdeFile {
    /// What the visited network anchored; the key is the storage key.
    pub anchor: NrtrdeAnchor,
    /// The agreement between the two networks; `None` for a test file.
    pub agreement: Option<AgreementId>,
    /// When it was anchored, by the chain's clock: the delivery, which nobody can backdate.
    pub anchored_at: Moment,
    /// When the home network acknowledged it, by the chain's clock; `None` until it has.
    pub acknowledged_at: Option<Moment>,
}

impl NrtrdeFile {
    /// Seconds from the first end of a call to the delivery; 0 without records.
    pub fn delay(&self) -> Moment {
        self.anchor
            .earliest_end
            .map_or(0, |end| self.anchored_at.saturating_sub(end))
    }

    /// Whether a record of it was delivered too late: the sender is liable for fraud on it.
    pub fn is_late(&self) -> bool {
        self.delay() > NRTRDE_DELIVERY_LIMIT
    }

    /// The month in whose figures the file is counted: that of its delivery.
    pub fn period(&self) -> Period {
        Period::containing(self.anchored_at)
    }
}

/// How punctual a series was in a month of deliveries.
#[record(Copy)]
pub struct NrtrdeMonth {
    /// The month of the deliveries, not of the calls.
    pub period: Period,
    /// Files delivered in the month.
    pub files: u32,
    /// Records in these files.
    pub records: u64,
    /// Files that the recipient has acknowledged, whenever it did.
    pub acknowledged: u32,
    /// Files with a record that was delivered more than [`NRTRDE_DELIVERY_LIMIT`] after the call's end.
    pub late_files: u32,
    /// All records of the late files, whether or not each one was late.
    pub late_records: u64,
    /// Longest time from the end of a call to its delivery, in seconds.
    pub longest_delay: Moment,
}

/// The figures of a series, by ascending month.
pub type NrtrdeMonths = BoundedVec<NrtrdeMonth, MaxNrtrdeMonths>;

impl NrtrdeMonth {
    /// A month without files.
    pub const fn empty(period: Period) -> Self {
        Self {
            period,
            files: 0,
            records: 0,
            acknowledged: 0,
            late_files: 0,
            late_records: 0,
            longest_delay: 0,
        }
    }

    /// Adds a delivered file to the figures; they saturate at their greatest value.
    pub fn count(&mut self, file: &NrtrdeFile) {
        let records = u64::from(file.anchor.records);
        self.files = self.files.saturating_add(1);
        self.records = self.records.saturating_add(records);
        self.longest_delay = self.longest_delay.max(file.delay());
        if file.is_late() {
            self.late_files = self.late_files.saturating_add(1);
            self.late_records = self.late_records.saturating_add(records);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        series::{SeriesKey, Stream},
        tadig::Tadig,
    };

    const NOON: Moment = 1_793_534_400;

    fn delivered(earliest_end: Option<Moment>, anchored_at: Moment) -> NrtrdeFile {
        NrtrdeFile {
            anchor: NrtrdeAnchor {
                key: BatchKey {
                    series: SeriesKey {
                        sender: Tadig(*b"FRAF1"),
                        recipient: Tadig(*b"DEUD1"),
                        stream: Stream::Nrtrde,
                        test: false,
                    },
                    sequence: 1,
                },
                file_digest: [1; 32],
                root: [2; 32],
                records: 10,
                earliest_end,
                latest_end: earliest_end,
                available: NOON,
            },
            agreement: None,
            anchored_at,
            acknowledged_at: None,
        }
    }

    #[test]
    fn the_liability_should_move_when_delivery_takes_more_than_four_hours() {
        let end = NOON;
        for (delay, late) in [(0, false), (14_400, false), (14_401, true)] {
            let file = delivered(Some(end), end + delay);
            assert_eq!((file.delay(), file.is_late()), (delay, late));
        }
        assert!(!delivered(None, Moment::MAX).is_late());
        // A clock that is behind the sender's makes nobody liable.
        assert_eq!(delivered(Some(NOON), NOON - 5).delay(), 0);
    }

    #[test]
    fn a_month_should_count_its_deliveries() {
        let mut month = NrtrdeMonth::empty(Period::containing(NOON));
        for file in [
            delivered(Some(NOON), NOON + 60),
            delivered(Some(NOON), NOON + 20_000),
            delivered(None, NOON),
        ] {
            month.count(&file);
        }
        assert_eq!((month.files, month.records), (3, 30));
        assert_eq!(
            (month.late_files, month.late_records, month.longest_delay),
            (1, 10, 20_000)
        );
    }
}
