//! What the pallets that hold tokens ask alike: what an issuer has frozen, and for checks of the state, what is on hold.

use alloc::collections::BTreeMap;
use frame_support::{
    ensure,
    traits::{
        fungibles::{Inspect, InspectHold},
        tokens::WithdrawConsequence,
    },
};
use interclear_primitives::ids::TokenId;
use sp_runtime::TryRuntimeError;

/// Whether the issuer has frozen the token or the account.
pub fn is_frozen<Tokens, Account>(token: TokenId, account: &Account) -> bool
where
    Tokens: Inspect<Account, AssetId = TokenId, Balance = u128>,
{
    // Holds can be paid from a frozen account as far as the assets pallet is concerned, so the account is asked whether its
    // smallest part could be withdrawn.
    Tokens::can_withdraw(token, account, 1) == WithdrawConsequence::Frozen
}

/// Whether the issuer has frozen a token for everybody. Any account will do.
pub fn is_token_frozen<Tokens, Account>(token: TokenId, account: &Account) -> bool
where
    Tokens: Inspect<Account, AssetId = TokenId, Balance = u128>,
{
    // Nothing at all can be withdrawn from any account, unless the token is frozen.
    Tokens::can_withdraw(token, account, 0) == WithdrawConsequence::Frozen
}

/// Checks that exactly what a pallet keeps by token and account is on hold for its reason, on all accounts: what is on hold on one of which
/// nothing is kept would never be released.
///
/// # Errors
/// Something else is on hold.
pub fn check_holds<Holds, Account>(
    reason: &Holds::Reason,
    tokens: impl IntoIterator<Item = TokenId>,
    accounts: &[Account],
    mut kept: BTreeMap<(TokenId, Account), u128>,
) -> Result<(), TryRuntimeError>
where
    Account: Clone + Ord,
    Holds: InspectHold<Account, AssetId = TokenId, Balance = u128>,
{
    for token in tokens {
        for account in accounts {
            let sum = kept.remove(&(token, account.clone())).unwrap_or_default();
            ensure!(
                Holds::balance_on_hold(token, reason, account) == sum,
                "another amount is on hold on an account than is kept of it"
            );
        }
    }
    ensure!(
        kept.values().all(|sum| *sum == 0),
        "something is kept as on hold on an account, or in a token, that is gone"
    );
    Ok(())
}
