//! Seats in the council.

use crate::chain::{AccountId, Call};
use subxt::utils::MultiAddress;

fn address(account: &AccountId) -> MultiAddress<AccountId, ()> {
    MultiAddress::Id(*account)
}

/// Gives an account a seat; by the council.
pub fn add_member(account: &AccountId) -> Call {
    Call::new("CouncilMembership", "add_member").arg(address(account))
}

/// Takes the seat of an account; by the council, which keeps two at least.
pub fn remove_member(account: &AccountId) -> Call {
    Call::new("CouncilMembership", "remove_member").arg(address(account))
}

/// Gives the seat of one account to another; by the council.
pub fn swap_member(from: &AccountId, to: &AccountId) -> Call {
    Call::new("CouncilMembership", "swap_member")
        .arg(address(from))
        .arg(address(to))
}
