//! What the pallet keeps besides the records of `interclear-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use interclear_primitives::{issuance::Redemption, Moment, DAY};
use scale_info::TypeInfo;

/// Open redemptions of an operator and token, at most.
pub(crate) const MAX_OPEN: u32 = 16;
/// How long an issuer has to pay what is redeemed, in seconds of working time.
pub(crate) const REDEMPTION_TIME: Moment = 3 * DAY;

/// A redemption, with the account whose tokens are on hold.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RedemptionOf<AccountId> {
    /// From which the tokens come, and to which they go back.
    pub account: AccountId,
    /// What clients are told of it.
    pub redemption: Redemption,
}
