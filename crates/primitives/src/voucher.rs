//! Vouchers: what the home party of a prepaid direction signs while usage goes on, off chain.

use crate::{agreement::Direction, ids::AgreementId, operator::signable_forms, period::Period};
use alloc::{format, string::String, vec::Vec};
use interclear_record::record;

/// What the usage of a month comes to so far, by its home party. Each one of a month takes the place of those before it, so that the
/// visited party keeps the newest one alone.
#[record]
pub struct Voucher {
    /// The agreement, whose direction is prepaid.
    pub agreement: AgreementId,
    /// The direction whose home party signs, and whose visited party is paid.
    pub direction: Direction,
    /// The month of the usage.
    pub period: Period,
    /// What all usage of the month so far comes to, in the minor unit of the escrow's token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub amount: u128,
    /// Tells the newest one: each one of a month has a higher number than those before it.
    pub number: u64,
}

impl Voucher {
    /// What its home party signs, in words, so that whoever signs on a device reads what it is.
    ///
    /// `genesis` is the hash of the chain's first block.
    pub fn text(&self, genesis: &[u8]) -> String {
        let Self {
            agreement,
            direction,
            period,
            amount,
            number,
        } = self;
        let party = match direction {
            Direction::FirstHome => "first",
            Direction::SecondHome => "second",
        };
        let mut text = format!(
            "Voucher {number}: for usage of {period} the escrow of the {party} party of agreement {agreement} pays {amount} in \
             all, in the smallest unit of its token, on the chain 0x"
        );
        for byte in genesis {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push('.');
        text
    }

    /// The two forms in which a wallet signs it.
    pub fn signable(&self, genesis: &[u8]) -> [Vec<u8>; 2] {
        signable_forms(&self.text(genesis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_should_be_in_words_when_a_voucher_is_given() {
        let voucher = Voucher {
            agreement: AgreementId(7),
            direction: Direction::SecondHome,
            period: Period(202610),
            amount: 12_345,
            number: 3,
        };
        let expected = "Voucher 3: for usage of 2026-10 the escrow of the second party of agreement 7 pays 12345 in all, in the \
                        smallest unit of its token, on the chain 0x00ff.";
        assert_eq!(voucher.text(&[0, 255]), expected);
        let [plain, bracketed] = voucher.signable(&[0, 255]);
        assert_eq!(plain, expected.as_bytes());
        assert_eq!(bracketed, format!("<Bytes>{expected}</Bytes>").as_bytes());
    }
}
