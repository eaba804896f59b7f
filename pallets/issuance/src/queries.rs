//! What clients ask.

use crate::{Attestations, Config, Freezes, Pallet, Redemptions};
use alloc::vec::Vec;
use interclear_primitives::{
    api::MAX_PAGE,
    ids::{RedemptionId, TokenId},
    issuance::{Attestation, Freeze, Redemption},
};

impl<T: Config> Pallet<T> {
    /// The last attestation of what the issuer of a token holds for it.
    pub fn attestation(token: TokenId) -> Option<Attestation> {
        Attestations::<T>::get(token)
    }

    /// What the issuer of a token has frozen, accounts of it or `None` for the token, at most [`MAX_PAGE`].
    pub fn freezes(token: TokenId) -> Vec<(Option<T::AccountId>, Freeze)> {
        Freezes::<T>::iter_prefix(token)
            .take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
            .collect()
    }

    /// Open redemptions that follow one in the order of storage, at most [`MAX_PAGE`]; from the first on without one.
    pub fn redemptions(after: Option<RedemptionId>) -> Vec<(RedemptionId, Redemption)> {
        let open = match after {
            None => Redemptions::<T>::iter(),
            Some(last) => Redemptions::<T>::iter_from(Redemptions::<T>::hashed_key_for(last)),
        };
        open.take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
            .map(|(id, one)| (id, one.redemption))
            .collect()
    }
}
