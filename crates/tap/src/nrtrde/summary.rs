//! What a file comes down to.

use super::DELIVERY_LIMIT;
use crate::summary::{fits_records, hex, NotAnchorable, ServiceSummary, Stamp, Sums};
use interclear_primitives::{
    nrtrde::NrtrdeAnchor,
    series::{BatchKey, SeriesKey, Stream},
    tadig::Tadig,
    Digest, Moment,
};
use serde::Serialize;

/// The figures of a file by which its delivery is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) earliest_end: Option<i64>,
    pub(crate) latest_end: Option<i64>,
    pub(crate) latest_delay: Option<i64>,
    pub(crate) late: u64,
}

impl Figures {
    /// Notes the end of a call; `true` when its record was available too late.
    pub(crate) fn add(&mut self, end: i64, available: Option<i64>) -> bool {
        self.earliest_end = Some(self.earliest_end.map_or(end, |known| known.min(end)));
        self.latest_end = Some(self.latest_end.map_or(end, |known| known.max(end)));
        let Some(delay) = available.map(|available| available.saturating_sub(end)) else {
            return false;
        };
        self.latest_delay = Some(self.latest_delay.map_or(delay, |known| known.max(delay)));
        let late = delay > DELIVERY_LIMIT;
        self.late += u64::from(late);
        late
    }
}

/// The reduction of a file: what is anchored, and the figures of its delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NrtrdeSummary {
    /// Visited network.
    pub sender: Tadig,
    /// Home network.
    pub recipient: Tadig,
    /// 1 to 9,999,999.
    pub sequence: u32,
    /// Version and release, such as `2.1`.
    pub version: String,
    /// When the file was made available.
    pub available: Stamp,
    /// Number of records.
    pub records: u64,
    /// Records and quantities per service, by rising service; nothing is charged.
    pub services: Vec<ServiceSummary>,
    /// Records that belong to no service.
    pub unclassified: u64,
    /// First start of a call, in UTC.
    pub earliest_call: Option<Moment>,
    /// Last start of a call, in UTC.
    pub latest_call: Option<Moment>,
    /// First end of a call, in UTC.
    pub earliest_end: Option<Moment>,
    /// Last end of a call, in UTC.
    pub latest_end: Option<Moment>,
    /// Longest time from the end of a call to the file being available, in seconds.
    pub latest_delay: Option<u64>,
    /// Records that were available more than four hours after the call's end: the sender is liable for fraud on them.
    pub late_events: u64,
    /// Blake2b-256 of the file, when asked for; with a secret, salted with it, as it is anchored.
    #[serde(serialize_with = "hex")]
    pub file_digest: Option<Digest>,
    /// Root of the salted Merkle tree over the records, when a secret was given; zero without records.
    #[serde(serialize_with = "hex")]
    pub root: Option<Digest>,
}

impl NrtrdeSummary {
    /// Takes over totals per service.
    pub(crate) fn count(&mut self, sums: &Sums) {
        let (services, rest) = sums.normalised(0);
        self.services = services;
        self.unclassified = rest.records;
    }

    /// The anchor of the file.
    ///
    /// # Errors
    /// When the file was validated without digest or secret, or has more records than an anchor can hold.
    pub fn anchor(&self) -> Result<NrtrdeAnchor, NotAnchorable> {
        Ok(NrtrdeAnchor {
            key: BatchKey {
                series: SeriesKey {
                    sender: self.sender,
                    recipient: self.recipient,
                    stream: Stream::Nrtrde,
                    test: false,
                },
                sequence: self.sequence,
            },
            file_digest: self.file_digest.ok_or(NotAnchorable::NotHashed)?,
            root: self.root.ok_or(NotAnchorable::NoRoot)?,
            records: fits_records(self.records)?,
            earliest_end: self.earliest_end,
            latest_end: self.latest_end,
            available: self.available.utc,
        })
    }
}
