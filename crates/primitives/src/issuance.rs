//! What backs fiat tokens.

use crate::{
    ids::{OperatorId, TokenId},
    netting::PaymentReference,
    Digest, Moment, DAY,
};
use interclear_record::record;

/// How long an attestation covers what is minted.
pub const ATTESTATION_HOLDS: Moment = 100 * DAY;

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

impl Attestation {
    /// The last moment at which it covers what is minted.
    pub const fn until(&self) -> Moment {
        self.as_of.saturating_add(ATTESTATION_HOLDS)
    }
}

/// Tokens that their holder gives back, on hold until the issuer has paid.
#[record]
pub struct Redemption {
    /// Which is to be burnt.
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

/// Why an issuer freezes an account of its token, or the token.
#[record(Copy, snake_case)]
pub enum FreezeReason {
    /// The holder is under sanctions.
    Sanctions,
    /// A court or an authority has ordered it.
    Order,
    /// The keys of the account are stolen, or fraud is suspected.
    Fraud,
    /// The holder asked for it.
    Holder,
    /// The issuer cannot redeem, or winds up.
    Issuer,
}

/// That an issuer has frozen an account of its token, or the token.
#[record(Copy)]
pub struct Freeze {
    /// Why.
    pub reason: FreezeReason,
    /// Of the document that says so, if there is one.
    pub digest: Option<Digest>,
    /// Since when.
    pub since: Moment,
}
