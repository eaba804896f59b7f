//! What is asked of tokens before they are minted or sent: the chain refuses it, too, but in words that say less, or not at all.

use crate::{
    commands::{frozen, reserves::shown},
    error::CommandError,
    session::Session,
};
use interclear_client::chain::{AccountId, Chain};
use interclear_primitives::{
    bounds::MAX_NET,
    ids::TokenId,
    netting::Token,
    operator::{Desk, Role},
};

/// More whole units of a currency are hardly ever minted at once: a million millions.
const MANY: u128 = 1_000_000_000_000;

/// What is about to happen to tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    Mint,
    Transfer,
    Burn,
}

impl Motion {
    /// Fails where nothing would move, or to nobody who may hold it; asks about an amount that looks like a slip.
    ///
    /// # Errors
    /// The chain would refuse it, or whoever was asked said no.
    pub(super) async fn check(
        self,
        session: &Session,
        chain: &Chain,
        (id, token): (TokenId, &Token),
        who: &AccountId,
        amount: u128,
    ) -> Result<(), CommandError> {
        let refused = |reason: String| Err(CommandError::Invalid(format!("{reason}; nothing was sent")));
        if let Some(reason) = self.amount(amount, token) {
            return refused(reason);
        }
        // Who is minted to, or sent to, may be frozen; who sends may not.
        let spends = (self != Self::Mint).then(|| session.account()).transpose()?;
        if let Some(frozen) = frozen::words(&chain.freezes(id).await?, spends.as_ref()) {
            return refused(frozen);
        }
        if self == Self::Burn {
            return Ok(());
        }
        if let Some(reason) = recipient(who, chain.desk(*who).await?.as_ref()) {
            return refused(reason);
        }
        if self == Self::Transfer {
            let from = session.account()?;
            if from == *who {
                return refused("the account would send to itself".into());
            }
            let (free, held) = chain.balance(id, from).await?;
            if free == 0 {
                frozen::ensure_treasury(chain, &from).await?;
            }
            if let Some(reason) = too_little(amount, (free, held), token) {
                return refused(reason);
            }
        }
        match self == Self::Mint && is_huge(amount, token) {
            true => session.confirm_slip(
                &[format!(
                    "{} are a great many: is it meant so?",
                    shown(amount, token)
                )],
                "They are minted.",
            ),
            false => Ok(()),
        }
    }

    fn amount(self, amount: u128, token: &Token) -> Option<String> {
        if amount == 0 {
            return Some("the amount is 0: nothing would move".into());
        }
        (self == Self::Mint && amount > MAX_NET).then(|| {
            format!(
                "{} are more than any statement can come to; at most {} are minted at once",
                shown(amount, token),
                shown(MAX_NET, token)
            )
        })
    }
}

fn is_huge(amount: u128, token: &Token) -> bool {
    let unit = 10u128.checked_pow(token.decimals.into()).unwrap_or(u128::MAX);
    amount > MANY.saturating_mul(unit)
}

/// Why an account may not receive tokens.
fn recipient(who: &AccountId, desk: Option<&Desk>) -> Option<String> {
    match desk {
        None => Some(format!(
            "{who} is not a desk of an operator: tokens go to treasury desks only"
        )),
        Some(desk) if !desk.roles.contains(&Role::Treasury) => Some(format!(
            "{who} is a desk of operator {} without the treasury role: tokens go to treasury desks only, which \
             `interclear operator show {}` lists",
            desk.operator, desk.operator
        )),
        Some(_) => None,
    }
}

/// Why an account cannot send so much.
pub(super) fn too_little(amount: u128, (free, held): (u128, u128), token: &Token) -> Option<String> {
    (amount > free).then(|| {
        format!(
            "{} are wanted, and the account has {} free and {} on hold",
            shown(amount, token),
            shown(free, token),
            shown(held, token)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{ids::OperatorId, money::Currency};

    const EURO: Token = Token {
        issuer: OperatorId(2),
        currency: Currency::EUR,
        decimals: 2,
    };

    #[test]
    fn an_amount_should_be_refused_when_nothing_moves_or_no_statement_is_so_large() {
        for motion in [Motion::Mint, Motion::Transfer, Motion::Burn] {
            assert!(motion.amount(0, &EURO).unwrap().contains("nothing would move"));
            assert_eq!(motion.amount(1, &EURO), None);
        }
        assert_eq!(Motion::Mint.amount(MAX_NET, &EURO), None);
        assert!(Motion::Mint.amount(u128::MAX, &EURO).is_some());
        // A million millions with two decimals.
        assert!(!is_huge(100_000_000_000_000, &EURO) && is_huge(100_000_000_000_001, &EURO));
    }

    #[test]
    fn tokens_should_go_to_treasury_desks_only_when_somebody_is_named() {
        let who = AccountId::from([7; 32]);
        let desk = |role| Desk {
            operator: OperatorId(3),
            roles: vec![role].try_into().unwrap(),
        };
        assert!(recipient(&who, None)
            .unwrap()
            .contains("is not a desk of an operator"));
        let clearing = recipient(&who, Some(&desk(Role::Clearing))).unwrap();
        assert!(
            clearing.contains("operator 3 without the treasury role"),
            "{clearing}"
        );
        assert_eq!(recipient(&who, Some(&desk(Role::Treasury))), None);
    }

    #[test]
    fn what_is_there_should_be_told_when_it_is_too_little() {
        assert_eq!(too_little(500, (500, 0), &EURO), None);
        assert_eq!(
            too_little(501, (500, 20), &EURO).unwrap(),
            "5.01 EUR are wanted, and the account has 5.00 EUR free and 0.20 EUR on hold"
        );
    }
}
