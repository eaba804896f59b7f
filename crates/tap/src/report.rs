//! What a check comes to, and what is reported about a file.

use crate::{
    finding::{Finding, Severity},
    reader::Kind,
    summary::{decimal, HexText},
    validate::Outcome,
};
use serde::{Deserialize, Serialize};

/// The result of validating one file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name, as given.
    pub file: String,
    /// What it is.
    pub kind: Kind,
    /// TADIG code of the sender, as it stands in the file.
    pub sender: Option<String>,
    /// TADIG code of the recipient, as it stands in the file.
    pub recipient: Option<String>,
    /// The sequence number.
    pub sequence: Option<u32>,
    /// Records in the file; in one that cannot be decoded, those before the place.
    pub events: u64,
    /// Sum of the charges of all records in the TAP currency, with the decimals of the file; `None` when the decimals
    /// are not known.
    pub total_charge: Option<String>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Findings that were counted, but are too many to be listed.
    pub findings_omitted: u64,
    /// Records that are to be returned.
    pub returned_records: u64,
    /// Blake2b-256 of the file, when it was computed.
    pub file_digest: Option<String>,
}

/// What the check of a file comes to; of several files, the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// All of it may be billed.
    Billable,
    /// It has fatal or severe findings.
    Findings,
    /// It cannot be decoded.
    Undecodable,
}

impl Outcome {
    /// The report, under the name by which the file was given.
    pub fn report(&self, file: impl Into<String>) -> FileReport {
        let control = self.control.as_ref();
        let decimals = match &self.accounting {
            Some(accounting) => accounting.tap_decimals.filter(|decimals| *decimals <= 6),
            None => (self.events == 0).then_some(0),
        };
        let decimals = decimals.and_then(|decimals| u8::try_from(decimals).ok());
        FileReport {
            file: file.into(),
            kind: self.kind,
            sender: control.and_then(|c| c.sender.clone()),
            recipient: control.and_then(|c| c.recipient.clone()),
            sequence: control.and_then(|c| c.sequence.as_ref()?.parse().ok()),
            events: self.events,
            total_charge: decimals
                .filter(|_| self.kind.is_tap() && self.error.is_none())
                .map(|decimals| decimal(self.amounts.charge, decimals)),
            findings: self.findings.kept().to_vec(),
            findings_omitted: self.findings.omitted(),
            returned_records: self.returned.records(),
            file_digest: self.file_digest.map(|hash| HexText(&hash).to_string()),
        }
    }

    /// What the findings come to.
    pub fn verdict(&self) -> Verdict {
        if self.error.is_some() {
            Verdict::Undecodable
        } else if self.findings.worst() >= Some(Severity::Severe) {
            Verdict::Findings
        } else {
            Verdict::Billable
        }
    }
}
