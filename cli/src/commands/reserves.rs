//! What backs a token: attested reserves, redemptions, and what an issuer freezes; each with the figures that it is about.

use crate::{
    commands::{
        amounts::amount_of,
        frozen::{self, why, Frozen},
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use interclear_client::{
    calls,
    chain::{AccountId, Call, Chain},
    files::digest_file,
    money,
    time::now,
};
use interclear_primitives::{
    ids::{RedemptionId, TokenId},
    issuance::{Attestation, Freeze, FreezeReason},
    netting::{PaymentReference, Token},
    Moment,
};
use serde_json::json;
use std::path::Path;

/// A token as it is issued: what is in circulation, and what its issuer has attested.
pub(super) struct Reserves {
    id: TokenId,
    token: Token,
    supply: u128,
    attested: Option<Attestation>,
    /// What was burnt since then: it has been paid out of what is attested.
    burnt: u128,
    /// What its issuer has frozen.
    frozen: Vec<Frozen>,
}

pub(super) async fn token_of(chain: &Chain, id: TokenId) -> Result<Token, CommandError> {
    chain.token(id).await?.ok_or_else(|| no_token(id))
}

/// That there is no such token.
pub(super) fn no_token(id: TokenId) -> CommandError {
    CommandError::NotFound(format!(
        "token {id}; `interclear token list` tells which there are"
    ))
}

/// `1 250.50 EUR`.
pub(super) fn shown(amount: u128, token: &Token) -> String {
    format!(
        "{} {}",
        money::grouped_unsigned(amount, token.decimals),
        token.currency
    )
}

/// What was burnt from a moment on, as the chain counts it.
fn since(days: &[(Moment, u128)], from: Moment) -> u128 {
    let days = days.iter().filter(|(last, _)| *last >= from);
    days.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
}

impl Reserves {
    pub(super) async fn of(chain: &Chain, id: TokenId, token: Token) -> Result<Self, CommandError> {
        let mut frozen = Vec::new();
        for freeze in chain.freezes(id).await? {
            frozen.push(Frozen::of(chain, id, freeze).await?);
        }
        let attested = chain.attestation(id).await?;
        let burnt = match &attested {
            Some(attested) => since(&chain.burnt_lately(id).await?, attested.as_of),
            None => 0,
        };
        Ok(Self {
            id,
            token,
            supply: chain.supply_of(id).await?,
            attested,
            burnt,
            frozen,
        })
    }

    /// That the token is frozen for everybody, if it is.
    fn frozen(&self) -> Option<&Freeze> {
        let whole = self.frozen.iter().find(|one| one.account.is_none());
        whole.map(|one| &one.freeze)
    }

    /// What may still be minted by what is attested; nothing once that is too old.
    fn room(&self, at: Moment) -> u128 {
        let current = self.attested.filter(|attested| at <= attested.until());
        current.map_or(0, |attested| {
            let covered = attested.amount.saturating_sub(self.burnt);
            covered.saturating_sub(self.supply)
        })
    }

    /// Why so much may not be minted, with the figures; `None` where what is attested covers it.
    pub(super) fn uncovered(&self, wanted: u128, at: Moment) -> Option<String> {
        let shown = |amount: u128| shown(amount, &self.token);
        let why = match &self.attested {
            None => "nothing is attested for the token".to_owned(),
            Some(attested) if at > attested.until() => format!(
                "the attestation of {} held until {} UTC",
                shown(attested.amount),
                output::moment(attested.until())
            ),
            Some(attested) => {
                let burnt = match self.burnt {
                    0 => String::new(),
                    burnt => format!(", of which {} were burnt since", shown(burnt)),
                };
                format!("the attestation covers {}{burnt}", shown(attested.amount))
            }
        };
        let room = self.room(at);
        (wanted > room).then(|| {
            let most = match room {
                0 => "nothing more may be minted".to_owned(),
                room => format!("at most {} more may be minted", shown(room)),
            };
            format!(
                "{} are not covered: {why}, {} are in circulation, so {most}; attest what is held first, with `interclear token attest`",
                shown(wanted),
                shown(self.supply)
            )
        })
    }

    /// What looks like a slip in an amount that is to be attested.
    fn doubts(&self, amount: u128) -> Vec<String> {
        let mut doubts = Vec::new();
        if amount < self.supply {
            doubts.push(format!(
                "{} are less than what is in circulation, {}: is it meant so?",
                shown(amount, &self.token),
                shown(self.supply, &self.token)
            ));
        }
        let before = self.attested.map_or(0, |attested| attested.amount);
        let far =
            |one: u128, other: u128| one > 0 && one.checked_mul(TIMES).is_some_and(|most| other >= most);
        if far(before, amount) || far(amount, before) {
            doubts.push(format!(
                "{} are far from what was attested before, {}: is it meant so?",
                shown(amount, &self.token),
                shown(before, &self.token)
            ));
        }
        doubts
    }

    fn as_json(&self) -> serde_json::Value {
        let amount = |amount| money::unsigned(amount, self.token.decimals);
        json!({
            "id": self.id,
            "issuer": self.token.issuer,
            "currency": self.token.currency,
            "decimals": self.token.decimals,
            "supply": amount(self.supply),
            "attested": self.attested.map(|attested| amount(attested.amount)),
            "as_of": self.attested.map(|attested| attested.as_of),
            "burnt_since": amount(self.burnt),
            "room": amount(self.room(now())),
            "document": self.attested.map(|attested| output::hex(&attested.digest)),
            "frozen": self.frozen().is_some(),
            "freezes": self.frozen.iter().map(|one| one.as_json(self.token.decimals)).collect::<Vec<_>>(),
        })
    }
}

/// An attestation that is so many times the one before, or a part of it, is asked about.
const TIMES: u128 = 10;

/// Attests what an issuer holds.
pub(super) async fn attest(
    session: &Session,
    id: TokenId,
    amount: &str,
    as_of: Moment,
    document: &Path,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let token = token_of(&chain, id).await?;
    let amount = amount_of(amount, token.decimals)?;
    let digest = digest_file(document)?;
    let before = Reserves::of(&chain, id, token.clone()).await?;
    let words = format!(
        "{} are attested for token {id} as of {} UTC, with {} in circulation",
        shown(amount, &token),
        output::moment(as_of),
        shown(before.supply, &token)
    );
    let former = match before.attested {
        Some(former) => format!(
            ", in place of {} as of {} UTC",
            shown(former.amount, &token),
            output::moment(former.as_of)
        ),
        None => String::new(),
    };
    let what = format!("{words}{former}.");
    let doubts = before.doubts(amount);
    session.confirm_slip(&doubts, &what)?;
    let receipt = session
        .execute(&chain, &calls::attest(id, amount, as_of, digest))
        .await?;
    let more = json!({
        "token": id,
        "amount": money::unsigned(amount, token.decimals),
        "as_of": as_of,
        "supply": money::unsigned(before.supply, token.decimals),
    });
    session.report(&receipt, &words, more)
}

/// Redeems tokens of the account that signs.
pub(super) async fn redeem(
    session: &Session,
    id: TokenId,
    amount: &str,
    reference: &PaymentReference,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let token = token_of(&chain, id).await?;
    let amount = amount_of(amount, token.decimals)?;
    let account = session.account()?;
    frozen::ensure_spendable(&chain, id, &account).await?;
    let (free, held) = chain.balance(id, account).await?;
    if let Some(reason) = unredeemable(amount, (free, held), &token) {
        return Err(CommandError::Invalid(format!("{reason}; nothing was sent")));
    }
    let names = Names::of(&chain).await?;
    let words = format!(
        "{} of your account are on hold until their issuer, {}, has paid them at your bank with {reference}, or its three \
         working days are over",
        shown(amount, &token),
        names.get(token.issuer)
    );
    session.confirm(&format!("{words}."))?;
    let receipt = session
        .execute(&chain, &calls::redeem(id, amount, reference))
        .await?;
    let more = json!({
        "token": id,
        "amount": money::unsigned(amount, token.decimals),
        "reference": reference,
    });
    session.report(&receipt, &words, more)
}

/// Why so much cannot be redeemed.
fn unredeemable(amount: u128, (free, held): (u128, u128), token: &Token) -> Option<String> {
    match amount {
        0 => Some("the amount is 0: nothing would be redeemed".into()),
        amount if amount > free => Some(format!(
            "{} cannot be redeemed: the account has {} free and {} on hold",
            shown(amount, token),
            shown(free, token),
            shown(held, token)
        )),
        _ => None,
    }
}

/// How an open redemption ends.
pub(super) enum Ending {
    /// It was paid, with this reference: its tokens are burnt.
    Paid(PaymentReference),
    /// Its tokens go back.
    Returned,
}

/// Ends a redemption, once whoever does it has seen how much it is about.
pub(super) async fn end(session: &Session, id: RedemptionId, ending: Ending) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let open = chain.all_redemptions().await?;
    let found = open.into_iter().find(|(open, _)| *open == id);
    let (_, found) = found.ok_or_else(|| {
        CommandError::NotFound(format!(
            "open redemption {id}; `interclear token redemptions` tells which there are"
        ))
    })?;
    let token = token_of(&chain, found.token).await?;
    let names = Names::of(&chain).await?;
    let amount = shown(found.amount, &token);
    let of = format!(
        "{amount} that {} redeemed with {}",
        names.get(found.operator),
        found.reference
    );
    let (call, words, done) = match ending {
        Ending::Paid(paid) => (
            calls::confirm_redemption(id, &paid),
            format!("{of} are burnt: you have paid them with {paid}. That is final."),
            format!("redemption {id}: {of} were paid with {paid}, and are burnt"),
        ),
        Ending::Returned => (
            calls::return_redemption(id),
            format!("{of} go back to the account that had them, unpaid."),
            format!("redemption {id}: {of} are back on the account that had them"),
        ),
    };
    session.confirm(&words)?;
    let receipt = session.execute(&chain, &call).await?;
    let more = json!({
        "redemption": id,
        "token": found.token,
        "operator": found.operator,
        "amount": money::unsigned(found.amount, token.decimals),
    });
    session.report(&receipt, &done, more)
}

/// What a freeze is of: an account, or the token for everybody.
fn target(id: TokenId, token: &Token, account: Option<&AccountId>) -> String {
    match account {
        Some(account) => format!("the tokens {id} ({}) of {account}", token.currency),
        None => format!("token {id} ({}) of EVERYBODY", token.currency),
    }
}

/// Freezes an account of a token, or the token for everybody.
pub(super) async fn freeze(
    session: &Session,
    id: TokenId,
    account: Option<AccountId>,
    reason: FreezeReason,
    document: Option<&Path>,
) -> Result<(), CommandError> {
    let digest = document.map(digest_file).transpose()?;
    let chain = session.chain_to_sign().await?;
    let token = token_of(&chain, id).await?;
    let what = target(id, &token, account.as_ref());
    let amount = frozen::amount(&chain, id, account.as_ref()).await?;
    let all = match account {
        Some(_) => "",
        None => ", and no cycle settles in it; name one account with --account",
    };
    session.confirm(&format!(
        "{what}, {}, are frozen: nothing of it is sent, funded or redeemed until you thaw it{all}.",
        shown(amount, &token)
    ))?;
    let call = calls::freeze(id, account, reason, digest);
    report_freeze(
        session,
        &chain,
        &call,
        (id, &token, account.as_ref(), amount),
        "frozen",
    )
    .await
}

/// Lets an account of a token, or the token, go on.
pub(super) async fn thaw(
    session: &Session,
    id: TokenId,
    account: Option<AccountId>,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let token = token_of(&chain, id).await?;
    let amount = frozen::amount(&chain, id, account.as_ref()).await?;
    let what = target(id, &token, account.as_ref());
    session.confirm(&format!("{what}, {}, go on.", shown(amount, &token)))?;
    let call = calls::thaw(id, account);
    report_freeze(
        session,
        &chain,
        &call,
        (id, &token, account.as_ref(), amount),
        "thawed",
    )
    .await
}

async fn report_freeze(
    session: &Session,
    chain: &Chain,
    call: &Call,
    (id, token, account, amount): (TokenId, &Token, Option<&AccountId>, u128),
    done: &str,
) -> Result<(), CommandError> {
    let receipt = session.execute(chain, call).await?;
    let words = format!(
        "{}, {}, are {done}",
        target(id, token, account),
        shown(amount, token)
    );
    let more = json!({
        "token": id,
        "account": account.map(ToString::to_string),
        "amount": money::unsigned(amount, token.decimals),
    });
    session.report(&receipt, &words, more)
}

/// All tokens, or one of them.
pub(super) async fn list(session: &Session, only: Option<TokenId>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let tokens = match only {
        Some(id) => vec![(id, token_of(&chain, id).await?)],
        None => chain.tokens().await?,
    };
    let mut all = Vec::new();
    for (id, token) in tokens {
        all.push(Reserves::of(&chain, id, token).await?);
    }
    let value = match (only, &all[..]) {
        (Some(_), [one]) => one.as_json(),
        _ => all.iter().map(Reserves::as_json).collect(),
    };
    session.output().print(&value, |_| match (only, &all[..]) {
        (None, []) => "there is no token yet: the council creates one (interclear token create)".into(),
        (Some(_), [one]) if !one.frozen.is_empty() => {
            format!(
                "{}\n\n{}",
                table(&all, &names),
                frozen::table(&one.frozen, one.token.decimals, &names)
            )
        }
        _ => table(&all, &names),
    })?;
    Ok(())
}

/// What else there is to say of a token.
fn notes(one: &Reserves) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(freeze) = one.frozen() {
        let since = output::moment(freeze.since);
        notes.push(format!("frozen since {since} UTC: {}", why(freeze.reason)));
    }
    let accounts = one.frozen.iter().filter(|one| one.account.is_some()).count();
    if accounts > 0 {
        notes.push(format!(
            "{} frozen",
            output::count(accounts as u64, "account", "accounts")
        ));
    }
    match one.attested {
        Some(attested) if now() > attested.until() => notes.push("attestation too old".into()),
        Some(attested) if attested.amount < one.supply => {
            notes.push("more in circulation than attested".into());
        }
        _ => {}
    }
    notes
}

fn table(all: &[Reserves], names: &Names) -> String {
    let rows = all.iter().map(|one| {
        let amount = |amount| money::grouped_unsigned(amount, one.token.decimals);
        let attested = one.attested.as_ref();
        [
            one.id.to_string(),
            one.token.currency.to_string(),
            one.token.decimals.to_string(),
            names.get(one.token.issuer),
            amount(one.supply),
            attested.map_or_else(|| "nothing".into(), |attested| amount(attested.amount)),
            attested.map_or_else(String::new, |attested| output::moment(attested.as_of)),
            amount(one.room(now())),
            notes(one).join("; "),
        ]
    });
    let head = [
        "Token",
        "Currency",
        "Decimals",
        "Issuer",
        "In circulation",
        "Attested",
        "As of (UTC)",
        "Room",
        "",
    ];
    output::table(head, &[0, 2, 4, 5, 7], rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{ids::OperatorId, money::Currency, DAY};

    fn token() -> Token {
        Token {
            issuer: OperatorId(2),
            currency: Currency::EUR,
            decimals: 2,
        }
    }

    fn reserves(supply: u128, attested: Option<u128>) -> Reserves {
        Reserves {
            id: 1,
            token: token(),
            supply,
            attested: attested.map(|amount| Attestation {
                amount,
                as_of: 1_000,
                digest: [0; 32],
            }),
            burnt: 0,
            frozen: Vec::new(),
        }
    }

    #[test]
    fn a_mint_should_be_explained_with_figures_when_the_attestation_does_not_cover_it() {
        let attested = |amount| {
            Some(Attestation {
                amount,
                as_of: 0,
                digest: [0; 32],
            })
        };
        let known = |attested, supply, burnt| Reserves {
            attested,
            burnt,
            ..reserves(supply, None)
        };
        let told = |wanted, attested, supply, at| {
            let reason = known(attested, supply, 0).uncovered(wanted, at);
            reason.map(|reason| reason.replace('\u{202f}', " "))
        };
        let reason = told(60_000, attested(100_000), 50_000, 0).unwrap();
        assert!(
            reason.starts_with(
                "600.00 EUR are not covered: the attestation covers 1 000.00 EUR, 500.00 EUR are in circulation, so at most \
                 500.00 EUR more may be minted; attest"
            ),
            "{reason}"
        );
        let reason = told(1, attested(100_000), 100_000, 0).unwrap();
        assert!(reason.contains("so nothing more may be minted"), "{reason}");
        let reason = told(1, None, 0, 0).unwrap();
        assert!(reason.contains("nothing is attested"), "{reason}");
        let reason = told(1, attested(100_000), 0, 100 * DAY + 1).unwrap();
        assert!(reason.contains("held until 1970-04-11"), "{reason}");
        // Then it is something else that the chain does not take.
        assert_eq!(told(50_000, attested(100_000), 50_000, 100 * DAY), None);
        // What was burnt since has been paid out of it.
        let reason = known(attested(100_000), 50_000, 10_000)
            .uncovered(50_000, 0)
            .unwrap();
        let reason = reason.replace('\u{202f}', " ");
        assert!(
            reason.contains("covers 1 000.00 EUR, of which 100.00 EUR were burnt since, 500.00 EUR are in circulation, so at most 400.00 EUR"),
            "{reason}"
        );
    }

    #[test]
    fn an_attestation_should_be_asked_about_when_it_is_below_the_circulation_or_far_from_the_one_before() {
        let known = reserves(110_000_000, Some(100_000_000));
        let told = known.doubts(100);
        assert_eq!(told.len(), 2, "{told:?}");
        let first = told[0].replace('\u{202f}', " ");
        assert!(
            first.starts_with("1.00 EUR are less than what is in circulation, 1 100 000.00 EUR"),
            "{first}"
        );
        assert!(known.doubts(120_000_000).is_empty());
        assert_eq!(known.doubts(1_000_000_000).len(), 1);
        assert!(
            reserves(0, None).doubts(1_000_000_000).is_empty(),
            "the first one"
        );
    }

    #[test]
    fn the_room_should_be_what_is_attested_beyond_the_circulation_when_it_is_not_too_old() {
        let known = reserves(60, Some(100));
        let until = known.attested.unwrap().until();
        assert_eq!(
            (known.room(1_000), known.room(until), known.room(until + 1)),
            (40, 40, 0)
        );
        let paid_out = Reserves {
            burnt: since(&[(999, 5), (1_000, 10), (2_000, 1)], 1_000),
            ..reserves(60, Some(100))
        };
        assert_eq!(paid_out.room(1_000), 29, "what was burnt since is paid out of it");
        assert_eq!(reserves(110, Some(100)).room(1_000), 0);
        assert_eq!(reserves(0, None).room(0), 0);
        let text = table(&[known], &Names::known([]));
        assert!(
            text.contains("0.60") && text.contains("attestation too old"),
            "{text}"
        );
    }

    #[test]
    fn a_redemption_should_be_refused_with_figures_when_the_account_has_too_little() {
        let refused = |amount| unredeemable(amount, (50_066_968, 1_000), &token());
        assert_eq!(refused(50_066_968), None);
        let reason = refused(90_000_000).unwrap().replace('\u{202f}', " ");
        assert_eq!(
            reason,
            "900 000.00 EUR cannot be redeemed: the account has 500 669.68 EUR free and 10.00 EUR on hold"
        );
        assert!(refused(0).is_some());
    }

    #[test]
    fn a_token_should_be_noted_as_frozen_when_it_is_for_everybody_or_for_some() {
        let of = |account| Frozen {
            account,
            operator: None,
            amount: 5,
            freeze: Freeze {
                reason: FreezeReason::Order,
                digest: None,
                since: 86_400,
            },
        };
        let account = AccountId::from([7; 32]);
        let known = Reserves {
            frozen: vec![of(Some(account))],
            ..reserves(2_000, None)
        };
        assert_eq!(notes(&known), ["1 account frozen"]);
        assert_eq!(known.as_json()["frozen"], false);
        assert_eq!(known.as_json()["freezes"][0]["amount"], "0.05");
        let all = Reserves {
            frozen: vec![of(None)],
            ..reserves(2_000, None)
        };
        assert_eq!(
            notes(&all),
            ["frozen since 1970-01-02 00:00:00 UTC: a court or an authority has ordered it"]
        );
        assert_eq!(all.as_json()["frozen"], true);
    }

    #[test]
    fn a_freeze_should_say_that_it_is_of_everybody_when_no_account_is_named() {
        assert_eq!(target(1, &token(), None), "token 1 (EUR) of EVERYBODY");
        let account = AccountId::from([7; 32]);
        let one = target(1, &token(), Some(&account));
        assert_eq!(one, format!("the tokens 1 (EUR) of {account}"));
    }
}
