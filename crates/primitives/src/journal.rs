//! The running digest of a month, by which an archive shows later that the files and reports that it shows are all there were.
//!
//! Each month of an agreement has one. It begins with 32 octets of 0, and every step that a billable file or a usage report takes in the
//! month adds to it, in the order of the chain:
//!
//! ```text
//! D(0)     = 32 octets of 0
//! D(n + 1) = Blake2b-256( D(n) || SCALE(step n) )
//! ```
//!
//! A step is a [`MonthStep`]; `SCALE` is its encoding, beginning with the octet of the variant. The month is the one that waits for the
//! file's answer: the one that bills it when it comes (`billed_with` of the event `Anchored`). A file that came after the closing days
//! and was not answered before that month was closed is answered in the next one. Missing files are given up in the month that waits for
//! them, and reports are of the month that bills them. What happens to a month that is closed counts with the next open one. Every step is
//! an event of `pallet-anchoring` or `pallet-reports` with all that it takes. The statement of the month keeps the digest as it was when
//! the month was closed.

use crate::{
    batch::FatalReason,
    ids::OperatorId,
    money::Value,
    report::{PairMonth, ReportSide},
    series::{BatchKey, SeriesKey},
    Digest,
};
use codec::Encode;
use interclear_record::record;

/// What happens in a month: to a billable file in the one that waits for its answer, to usage reports in the one that bills them.
#[record(Copy)]
pub enum MonthStep {
    /// It came, first or in place of a returned one: event `Anchored`.
    Anchored {
        /// Series and number.
        key: BatchKey,
        /// Blake2b-256 of the encoded anchor.
        digest: Digest,
    },
    /// Its recipient has accepted it: event `Acknowledged`.
    Acknowledged {
        /// Series and number.
        key: BatchKey,
    },
    /// Its recipient has returned it: event `FileReturned`.
    Returned {
        /// Series and number.
        key: BatchKey,
        /// Why.
        reason: FatalReason,
        /// Sequence number of the RAP file.
        rap_sequence: u32,
    },
    /// Its recipient has returned records of it: event `RecordsReturned`.
    RecordsReturned {
        /// Series and number.
        key: BatchKey,
        /// Sequence number of the RAP file.
        rap_sequence: u32,
        /// Number of records.
        records: u32,
        /// Charge taken off, before tax.
        charge: Value,
        /// Tax taken off.
        tax: Value,
    },
    /// A returned file was given up: event `FileWaived`.
    FileWaived {
        /// Series and number.
        key: BatchKey,
        /// Who gave it up.
        by: OperatorId,
    },
    /// Missing files were given up: event `GapWaived`.
    GapWaived {
        /// Sender, recipient, kind and test flag.
        series: SeriesKey,
        /// First number given up.
        first: u32,
        /// Last number given up.
        last: u32,
        /// Who gave them up.
        by: OperatorId,
    },
    /// A side has reported usage, or corrected its report: event `UsageReported`.
    UsageReported {
        /// The networks and the month of the usage.
        pair: PairMonth,
        /// Which side.
        side: ReportSide,
        /// The version of its report.
        version: u32,
        /// Blake2b-256 of the encoded digest of the document and the lines.
        digest: Digest,
    },
    /// A side's figures were accepted: event `UsageAffirmed`.
    UsageAffirmed {
        /// The networks and the month of the usage.
        pair: PairMonth,
        /// Whose figures.
        side: ReportSide,
        /// The version of its report.
        version: u32,
    },
    /// What is undisputed of the reports bills: event `UsageConcluded`.
    UsageConcluded {
        /// The networks and the month of the usage.
        pair: PairMonth,
        /// Lines that differ or are missing at one side.
        disputed: u32,
    },
}

impl MonthStep {
    /// The running digest after the step.
    pub fn after(&self, before: &Digest) -> Digest {
        (before, self).using_encoded(sp_crypto_hashing::blake2_256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        samples,
        series::{SeriesKey, Stream},
    };

    #[test]
    fn the_digest_should_be_that_of_the_octets_before_and_of_the_step() {
        let key = SeriesKey {
            sender: samples::SECOND,
            recipient: samples::FIRST,
            stream: Stream::Tap,
            test: false,
        }
        .file(7);
        // Written out by hand: the variant, the two codes, the stream, the flag, the number.
        let mut octets = vec![9; 32];
        octets.push(1);
        octets.extend(samples::SECOND.0);
        octets.extend(samples::FIRST.0);
        octets.extend([0, 0, 7, 0, 0, 0]);
        // A report, likewise: the two codes, the month, the side, the version, the digest.
        let pair = PairMonth {
            visited: samples::SECOND,
            home: samples::FIRST,
            period: crate::period::Period(202_611),
        };
        let report = MonthStep::UsageReported {
            pair,
            side: ReportSide::Home,
            version: 2,
            digest: [3; 32],
        };
        let mut of_report = vec![9; 32];
        of_report.push(6);
        of_report.extend(samples::SECOND.0);
        of_report.extend(samples::FIRST.0);
        of_report.extend(202_611u32.to_le_bytes());
        of_report.extend([1, 2, 0, 0, 0]);
        of_report.extend([3; 32]);
        assert_eq!(report.after(&[9; 32]), sp_crypto_hashing::blake2_256(&of_report));
        assert_eq!(
            MonthStep::Acknowledged { key }.after(&[9; 32]),
            sp_crypto_hashing::blake2_256(&octets)
        );
    }
}
