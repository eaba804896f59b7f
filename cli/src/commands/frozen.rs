//! Why nothing of a token can be spent: the account is not a treasury desk, or its issuer has frozen it, since when, and why.

use crate::{error::CommandError, names::Names, output};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{
    ids::{OperatorId, TokenId},
    issuance::{Freeze, FreezeReason},
    operator::{Desk, Role},
};
use serde_json::json;

/// What an issuer has frozen.
pub(super) struct Frozen {
    /// The account; the token for everybody if there is none.
    pub(super) account: Option<AccountId>,
    /// For whom the account acts.
    pub(super) operator: Option<OperatorId>,
    pub(super) amount: u128,
    pub(super) freeze: Freeze,
}

/// How much of a token a freeze is of, in its minor unit: what is on an account, or all of it.
pub(super) async fn amount(
    chain: &Chain,
    token: TokenId,
    account: Option<&AccountId>,
) -> Result<u128, CommandError> {
    Ok(match account {
        Some(account) => chain.tokens_of(token, account).await?,
        None => chain.supply_of(token).await?,
    })
}

impl Frozen {
    pub(super) async fn of(
        chain: &Chain,
        token: TokenId,
        (account, freeze): (Option<AccountId>, Freeze),
    ) -> Result<Self, CommandError> {
        let operator = match account {
            Some(account) => chain.desk(account).await?.map(|desk| desk.operator),
            None => None,
        };
        Ok(Self {
            account,
            operator,
            amount: amount(chain, token, account.as_ref()).await?,
            freeze,
        })
    }

    pub(super) fn as_json(&self, decimals: u8) -> serde_json::Value {
        json!({
            "account": self.account.map(|account| account.to_string()),
            "operator": self.operator,
            "amount": money::unsigned(self.amount, decimals),
            "since": self.freeze.since,
            "reason": self.freeze.reason,
            "document": self.freeze.digest.map(|digest| output::hex(&digest)),
        })
    }
}

/// Why an issuer has frozen something, in words.
pub(super) fn why(reason: FreezeReason) -> &'static str {
    match reason {
        FreezeReason::Sanctions => "the holder is under sanctions",
        FreezeReason::Order => "a court or an authority has ordered it",
        FreezeReason::Fraud => "keys are stolen, or fraud is suspected",
        FreezeReason::Holder => "the holder asked for it",
        FreezeReason::Issuer => "the issuer cannot redeem, or winds up",
    }
}

/// Why nothing of a token can be spent, or nothing by an account if one is named; `None` where it can.
pub(super) fn words(freezes: &[(Option<AccountId>, Freeze)], who: Option<&AccountId>) -> Option<String> {
    let of = |account: Option<&AccountId>| freezes.iter().find(|(frozen, _)| frozen.as_ref() == account);
    let said = |what: &str, freeze: &Freeze| {
        format!(
            "{what} is frozen by its issuer since {} UTC: {}",
            output::moment(freeze.since),
            why(freeze.reason)
        )
    };
    let whole = of(None).map(|(_, freeze)| said("the token", freeze));
    whole.or_else(|| {
        let who = who?;
        of(Some(who)).map(|(_, freeze)| said(&format!("what {who} has of the token"), freeze))
    })
}

/// Why a desk moves no tokens, if it does not. Of an account that is not a desk, the chain says so.
fn not_treasury(desk: Option<&Desk>) -> Option<String> {
    let desk = desk.filter(|desk| !desk.roles.contains(&Role::Treasury))?;
    let roles: Vec<&str> = desk.roles.iter().map(|role| role.word()).collect();
    Some(format!(
        "only a treasury desk pays, and the desk of the key is {}; nothing was sent: `interclear operator show {}` lists the desks and \
         their roles; sign with the key of one that has it",
        roles.join(", "),
        desk.operator
    ))
}

/// Fails where an account is a desk that moves no tokens.
pub(super) async fn ensure_treasury(chain: &Chain, who: &AccountId) -> Result<(), CommandError> {
    match not_treasury(chain.desk(*who).await?.as_ref()) {
        Some(reason) => Err(CommandError::Invalid(reason)),
        None => Ok(()),
    }
}

/// Fails where an account can spend nothing of a token, whatever it holds: it is a desk that moves none, or the token is frozen.
pub(super) async fn ensure_spendable(
    chain: &Chain,
    token: TokenId,
    who: &AccountId,
) -> Result<(), CommandError> {
    ensure_treasury(chain, who).await?;
    match words(&chain.freezes(token).await?, Some(who)) {
        Some(frozen) => Err(CommandError::Invalid(format!("{frozen}; nothing was sent"))),
        None => Ok(()),
    }
}

/// What is frozen of a token: whose accounts, since when and why.
pub(super) fn table(all: &[Frozen], decimals: u8, names: &Names) -> String {
    let rows = all.iter().map(|frozen| {
        [
            frozen
                .account
                .map_or_else(|| "everybody".into(), |account| account.to_string()),
            frozen
                .operator
                .map_or_else(String::new, |operator| names.get(operator)),
            money::grouped_unsigned(frozen.amount, decimals),
            output::moment(frozen.freeze.since),
            why(frozen.freeze.reason).into(),
        ]
    });
    output::table(["Frozen", "Operator", "Amount", "Since (UTC)", "Why"], &[2], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_should_be_told_its_role_when_it_is_not_one_that_pays() {
        let desk = |roles: &[Role]| Desk {
            operator: OperatorId(4),
            roles: roles.to_vec().try_into().unwrap(),
        };
        let told = not_treasury(Some(&desk(&[Role::Commercial, Role::Clearing]))).unwrap();
        assert!(
            told.starts_with("only a treasury desk pays, and the desk of the key is commercial, clearing; nothing was sent"),
            "{told}"
        );
        assert!(told.contains("`interclear operator show 4`"), "{told}");
        assert_eq!(not_treasury(Some(&desk(&[Role::Clearing, Role::Treasury]))), None);
        assert_eq!(not_treasury(None), None, "the chain tells that it is not a desk");
    }

    #[test]
    fn what_is_frozen_should_be_told_with_its_time_and_reason_when_somebody_looks_or_would_spend_it() {
        let account = AccountId::from([7; 32]);
        let freeze = |reason| Freeze {
            reason,
            digest: None,
            since: 86_400,
        };
        let one = [(Some(account), freeze(FreezeReason::Fraud))];
        let told = words(&one, Some(&account)).unwrap();
        assert!(
            told.ends_with("is frozen by its issuer since 1970-01-02 00:00:00 UTC: keys are stolen, or fraud is suspected"),
            "{told}"
        );
        assert_eq!(words(&one, Some(&AccountId::from([8; 32]))), None);
        assert_eq!(words(&one, None), None);
        let all = [(None, freeze(FreezeReason::Issuer))];
        for who in [None, Some(&account)] {
            assert!(words(&all, who).unwrap().starts_with("the token is frozen"));
        }
        let known = Frozen {
            account: Some(account),
            operator: Some(OperatorId(3)),
            amount: 1_250,
            freeze: freeze(FreezeReason::Sanctions),
        };
        assert_eq!(known.as_json(2)["amount"], "12.50");
        let text = table(&[known], 2, &Names::known([(OperatorId(3), "Gamma".into())]));
        for part in ["3 Gamma", "12.50", "1970-01-02", "under sanctions"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
