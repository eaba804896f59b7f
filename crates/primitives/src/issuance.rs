//! What backs fiat tokens.

use crate::{
    ids::{OperatorId, TokenId},
    netting::PaymentReference,
    Digest, Moment,
};
use interclear_record::record;

/// What an issuer holds for a token.
#[record(Copy)]
pub struct Attestation {
    /// In the minor unit of the token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub amount: u128,
    /// As of when.
    pub as_of: Moment,
    /// Of the document that says so.
    pub digest: Digest,
}

/// Tokens that their holder gives back, on hold until the issuer has paid.
#[record]
pub struct Redemption {
    /// The token.
    pub token: TokenId,
    /// Who redeems.
    pub operator: OperatorId,
    /// In the minor unit of the token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub amount: u128,
    /// By which it is to be paid at its bank.
    pub reference: PaymentReference,
    /// Until when the issuer confirms that it has paid; after it the tokens go back.
    pub until: Moment,
}
