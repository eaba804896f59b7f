//! What an issuer has frozen, as the pallets that hold tokens ask it.

use frame_support::traits::{fungibles::Inspect, tokens::WithdrawConsequence};
use interclear_primitives::ids::TokenId;

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
