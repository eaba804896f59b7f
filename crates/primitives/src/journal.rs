//! The running digest of a month's files, by which an archive shows later that the files it shows are all there were.
//!
//! Each month of an agreement has one. It begins with 32 octets of 0, and every step that a billable file takes in the month adds to
//! it, in the order of the chain:
//!
//! ```text
//! D(0)     = 32 octets of 0
//! D(n + 1) = Blake2b-256( D(n) || SCALE(step n) )
//! ```
//!
//! A step is a [`FileStep`]; `SCALE` is its encoding, beginning with the octet of the variant. The month is the one that waits for the
//! file's answer: the one that bills it when it comes (`billed_with` of the event `Anchored`). A file that came after the closing days
//! and was not answered before that month was closed is answered in the next one. Every step is an event of `pallet-anchoring` with all
//! that it takes. The statement of the month keeps the digest as it was when the month was closed.

use crate::{batch::FatalReason, money::Value, series::BatchKey, Digest};
use codec::Encode;
use interclear_record::record;

/// What happens to a billable file in the month that waits for its answer.
#[record(Copy)]
pub enum FileStep {
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
}

impl FileStep {
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
        assert_eq!(
            FileStep::Acknowledged { key }.after(&[9; 32]),
            sp_crypto_hashing::blake2_256(&octets)
        );
    }
}
