//! What the pallet keeps besides the records of `interclear-primitives`.

use frame_support::{traits::ConstU32, BoundedVec};
use interclear_primitives::{issuance::Redemption, Moment, DAY};
use interclear_record::record;

/// Open redemptions of an operator and token, at most.
pub(crate) const MAX_OPEN: u32 = 16;
/// How long an issuer has to pay what is redeemed, in seconds of working time.
pub(crate) const REDEMPTION_TIME: Moment = 3 * DAY;

/// What was burnt of a token on a day.
#[record(no_serde)]
pub struct Burnt {
    /// When it was last.
    pub last: Moment,
    /// In minor units of the token.
    pub amount: u128,
}

/// The days on which something was burnt, for as long as an attestation of before may cover what is minted.
pub type BurntDays = BoundedVec<Burnt, ConstU32<128>>;

/// A redemption, with the account whose tokens are on hold.
#[record(no_serde)]
pub struct RedemptionOf<AccountId> {
    /// From which the tokens come, and to which they go back.
    pub account: AccountId,
    /// What clients are told of it.
    pub redemption: Redemption,
}
