//! `interclear token`: fiat tokens.

use crate::{
    arguments::moment,
    commands::{
        amounts::amount_of,
        frozen,
        moved::Motion,
        reserves::{self, shown, token_of, Ending, Reserves},
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    calls::{self, errors},
    chain::{AccountId, Call, Chain, ChainError, Receipt},
    money,
    time::now,
};
use interclear_primitives::{
    ids::{ObligationId, OperatorId, RedemptionId, TokenId},
    issuance::FreezeReason,
    money::Currency,
    netting::{PaymentReference, Token},
    tadig::Tadig,
    Moment,
};
use serde_json::json;

/// Fiat tokens.
#[derive(Args)]
pub struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Put the creation of a token to the council.
    Create {
        /// Its number, which must be free.
        token: TokenId,
        /// The operator that will mint, burn and freeze it: its number or one of its TADIG codes.
        #[arg(long)]
        issuer: String,
        /// ISO 4217 code of its currency.
        #[arg(long)]
        currency: Currency,
        /// Its decimals; the same for every token of a currency.
        #[arg(long, default_value_t = 2)]
        decimals: u8,
        /// Its name; the currency code unless given.
        #[arg(long, default_value = "")]
        name: String,
        /// Its symbol; the currency code unless given.
        #[arg(long, default_value = "")]
        symbol: String,
    },
    /// Mint, as a treasury desk of the issuer, within what it has attested less what was burnt since; a test network asks for no
    /// attestation. The chain refuses an amount of 0, more than any statement can come to, and any account but a treasury desk.
    Mint {
        /// The token's number.
        token: TokenId,
        /// Who gets it: a treasury desk, or an operator (its number or one of its TADIG codes), which gets it on its
        /// payout account.
        #[arg(long, value_parser = recipient, value_name = "ACCOUNT")]
        to: Recipient,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// Send tokens of the account that signs to a treasury desk of any operator. The chain refuses any other account, and an amount
    /// of 0.
    Transfer {
        /// The token's number, as `token list` shows it.
        token: TokenId,
        /// Who gets it: a treasury desk, or an operator (its number or one of its TADIG codes), which gets it on its
        /// payout account.
        #[arg(long, value_parser = recipient, value_name = "ACCOUNT")]
        to: Recipient,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// Burn tokens of the account that signs, a treasury desk of the issuer; no more than it can spend. Tokens of
    /// others are redeemed instead.
    Burn {
        /// The token's number, as `token list` shows it.
        token: TokenId,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// Name the token in which obligations are paid that you are owed or owe: those that have none yet, or whose token has been frozen
    /// or its issuer suspended; of what you are owed also those whose token comes later in what you accept.
    Name {
        /// The token. What the terms accept takes the creditor alone; any other token takes both parties within 30 days.
        token: TokenId,
        /// The obligations: `interclear obligations` lists them.
        #[arg(required = true)]
        obligations: Vec<ObligationId>,
    },
    /// Attest what you hold for a token, as its issuer: for 100 days you can mint up to that, less what was burnt
    /// since. On a test network (genesis `netting.testNetwork`, as of all presets) you mint without. An amount less
    /// than is in circulation, or far from what was attested before, is asked about.
    Attest {
        /// Id of the token, as `token list` shows it.
        token: TokenId,
        /// How much you hold, such as 2500000.00.
        #[arg(long, allow_negative_numbers = true)]
        amount: String,
        /// As of when: 2026-12-01 or 2026-12-01T12:00:00 (UTC), not ahead.
        #[arg(long, value_parser = moment)]
        as_of: Moment,
        /// The document that says so; the digest of the file goes on the chain, and nothing of it.
        #[arg(long)]
        document: std::path::PathBuf,
    },
    /// Freeze an account of your token, or the token for everybody, and say why.
    Freeze {
        /// Id of the token, as `token list` shows it.
        token: TokenId,
        /// The account; the token for everybody unless given.
        #[arg(long)]
        account: Option<AccountId>,
        /// Why.
        #[arg(long, value_enum)]
        reason: Reason,
        /// A document that says so; the digest of the file goes on the chain, and nothing of it.
        #[arg(long)]
        document: Option<std::path::PathBuf>,
    },
    /// Thaw an account of your token, or the token.
    Thaw {
        /// Id of the token, as `token list` shows it.
        token: TokenId,
        /// The account; the token for everybody unless given.
        #[arg(long)]
        account: Option<AccountId>,
    },
    /// Redeem tokens of the account that signs: they are on hold until the issuer has paid, or its three working days are over.
    Redeem {
        /// Id of the token, as `token list` shows it.
        token: TokenId,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
        /// The reference that the payment to your bank is to have: 1 to 35 characters A-Z, 0-9, -, / and ., naming no
        /// person.
        #[arg(long)]
        reference: PaymentReference,
    },
    /// List open redemptions.
    Redemptions,
    /// Confirm that you have paid what is redeemed, as the issuer: the tokens are burnt.
    ConfirmRedemption {
        /// The redemption, as `token redemptions` shows it.
        redemption: RedemptionId,
        /// The bank's reference of your payment: 1 to 35 characters A-Z, 0-9, -, / and ., naming no person.
        #[arg(long)]
        reference: PaymentReference,
    },
    /// Give redeemed tokens back: as the issuer at any time, as their holder when the issuer's time is over.
    ReturnRedemption {
        /// The redemption, as `token redemptions` shows it.
        redemption: RedemptionId,
    },
    /// List all tokens: what is in circulation, what their issuers have attested, and how much may still be minted by that.
    List,
    /// Show a token as `token list` does, and whose accounts its issuer has frozen, since when and why.
    Show {
        /// Id of the token.
        token: TokenId,
    },
    /// Show the balance of an account, and whether it is frozen.
    Balance {
        /// The token's number.
        token: TokenId,
        /// The account, or an operator (its number or one of its TADIG codes) for its payout account; that of --key unless given.
        #[arg(value_parser = recipient)]
        account: Option<Recipient>,
    },
}

/// Why something is frozen.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Reason {
    /// The holder is under sanctions.
    Sanctions,
    /// A court or an authority has ordered it.
    Order,
    /// The keys of the account are stolen, or fraud is suspected.
    Fraud,
    /// The holder asked for it.
    Holder,
    /// You cannot redeem, or wind up.
    Issuer,
}

impl From<Reason> for FreezeReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Sanctions => Self::Sanctions,
            Reason::Order => Self::Order,
            Reason::Fraud => Self::Fraud,
            Reason::Holder => Self::Holder,
            Reason::Issuer => Self::Issuer,
        }
    }
}

/// Longest name of a token, in bytes.
const MAX_NAME: usize = 32;
/// Longest symbol of a token, in bytes.
const MAX_SYMBOL: usize = 12;

impl TokenArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            TokenCommand::Create {
                token,
                issuer,
                currency,
                decimals,
                name,
                symbol,
            } => {
                if name.len() > MAX_NAME || symbol.len() > MAX_SYMBOL {
                    let limits =
                        format!("a name has at most {MAX_NAME} bytes, a symbol at most {MAX_SYMBOL}");
                    return Err(CommandError::Invalid(limits));
                }
                let chain = session.chain_to_sign().await?;
                let issuer = chain.find_operator(&issuer).await?;
                let call = calls::create_token(token, issuer, currency, decimals, &name, &symbol);
                session.put_to_council_of(&chain, call).await
            }
            TokenCommand::Mint { token, to, amount } => {
                let move_ = Move {
                    token,
                    who: to,
                    amount,
                    motion: Motion::Mint,
                    words: ("minted to", "to"),
                    call: calls::mint,
                    done: Receipt::minted,
                    takes: false,
                };
                move_.run(session).await
            }
            TokenCommand::Transfer { token, to, amount } => {
                let move_ = Move {
                    token,
                    who: to,
                    amount,
                    motion: Motion::Transfer,
                    words: ("sent to", "to"),
                    call: calls::transfer,
                    done: Receipt::transferred,
                    takes: false,
                };
                move_.run(session).await
            }
            TokenCommand::Burn { token, amount } => {
                let move_ = Move {
                    token,
                    who: Recipient::Account(session.account()?),
                    amount,
                    motion: Motion::Burn,
                    words: ("burnt of", "of"),
                    call: |token, _, amount| calls::burn(token, amount),
                    done: Receipt::burnt,
                    takes: true,
                };
                move_.run(session).await
            }
            TokenCommand::Name { token, obligations } => {
                let done = format!(
                    "token {token} is named; {} paid in it once the terms accept it or your partner names it, too",
                    output::count(
                        u64::try_from(obligations.len()).unwrap_or(u64::MAX),
                        "obligation is",
                        "obligations are"
                    )
                );
                session
                    .execute_and_report(&calls::name_token(token, &obligations), &done)
                    .await
            }
            TokenCommand::Attest {
                token,
                amount,
                as_of,
                document,
            } => reserves::attest(session, token, &amount, as_of, &document).await,
            TokenCommand::Freeze {
                token,
                account,
                reason,
                document,
            } => reserves::freeze(session, token, account, reason.into(), document.as_deref()).await,
            TokenCommand::Thaw { token, account } => reserves::thaw(session, token, account).await,
            TokenCommand::Redeem {
                token,
                amount,
                reference,
            } => reserves::redeem(session, token, &amount, &reference).await,
            TokenCommand::Redemptions => redemptions(session).await,
            TokenCommand::ConfirmRedemption {
                redemption,
                reference,
            } => reserves::end(session, redemption, Ending::Paid(reference)).await,
            TokenCommand::ReturnRedemption { redemption } => {
                reserves::end(session, redemption, Ending::Returned).await
            }
            TokenCommand::List => reserves::list(session, None).await,
            TokenCommand::Show { token } => reserves::list(session, Some(token)).await,
            TokenCommand::Balance { token, account } => {
                let account = match account {
                    Some(account) => account,
                    None => Recipient::Account(session.account()?),
                };
                balance(session, token, account).await
            }
        }
    }
}

/// Who gets or has tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Recipient {
    /// An account, whosever it is.
    Account(AccountId),
    /// An operator, by its number or one of its TADIG codes.
    Operator(String),
}

/// Reads an account or an operator.
fn recipient(text: &str) -> Result<Recipient, String> {
    if let Ok(account) = text.parse() {
        return Ok(Recipient::Account(account));
    }
    match text.parse::<OperatorId>().is_ok() || text.parse::<Tadig>().is_ok() {
        true => Ok(Recipient::Operator(text.into())),
        false => Err("it is not the address of an account, or has a typing error; nor is it an operator's number or TADIG code".into()),
    }
}

impl Recipient {
    /// The account, and whose payout account it is if an operator was named.
    async fn account(self, chain: &Chain) -> Result<(AccountId, String), CommandError> {
        let which = match self {
            Self::Account(account) => return Ok((account, String::new())),
            Self::Operator(which) => which,
        };
        let id = chain.find_operator(&which).await?;
        let name = Names::of(chain).await?.get(id);
        let account = chain.operator(id).await?.and_then(|found| found.payout_account);
        let account = account.ok_or_else(|| {
            CommandError::Invalid(format!(
                "operator {name} has no payout account; name an account in its place"
            ))
        })?;
        Ok((account, format!(", the payout account of {name}")))
    }
}

/// Tokens that come, go or change hands.
struct Move {
    token: TokenId,
    who: Recipient,
    amount: String,
    motion: Motion,
    /// What is done, and the name of the account in JSON.
    words: (&'static str, &'static str),
    call: fn(TokenId, &AccountId, u128) -> Call,
    /// How much it was, as the chain reports it.
    done: fn(&Receipt) -> Result<u128, ChainError>,
    /// Whether the tokens are taken from the account that is named: the chain then takes what is there, and does not refuse.
    takes: bool,
}

/// Why no more is burnt than can be: with the figures.
fn too_much(wanted: u128, free: u128, held: u128, token: &Token, who: &AccountId) -> Option<String> {
    let amount = |amount: u128| money::grouped_unsigned(amount, token.decimals);
    let held = match held {
        0 => String::new(),
        held => format!(", and {} on hold, which cannot be burnt", amount(held)),
    };
    (wanted > free).then(|| {
        format!(
            "{} {currency} cannot be burnt: {who} has {} {currency} to spend{held}; nothing was sent",
            amount(wanted),
            amount(free),
            currency = token.currency,
        )
    })
}

impl Move {
    async fn run(self, session: &Session) -> Result<(), CommandError> {
        let Self {
            token, who, amount, ..
        } = self;
        let (done, name) = self.words;
        let chain = session.chain_to_sign().await?;
        let (who, whose) = who.account(&chain).await?;
        let found = token_of(&chain, token).await?;
        let minor = amount_of(&amount, found.decimals)?;
        self.motion
            .check(session, &chain, (token, &found), &who, minor)
            .await?;
        if self.takes {
            let (free, held) = chain.balance(token, who).await?;
            if let Some(reason) = too_much(minor, free, held, &found, &who) {
                return Err(CommandError::Invalid(reason));
            }
        }
        session.confirm(&format!("{} are {done} {who}{whose}.", shown(minor, &found)))?;
        let receipt = match session.execute(&chain, &(self.call)(token, &who, minor)).await {
            Err(CommandError::Chain(error)) if error.failure() == Some(errors::NOT_COVERED) => {
                let reason = Reserves::of(&chain, token, found).await?.uncovered(minor, now());
                return Err(reason.map_or(CommandError::Chain(error), CommandError::Invalid));
            }
            other => other?,
        };
        // What was there when the call was carried out may be less than what was there before.
        let moved = (self.done)(&receipt)?;
        let mut words = format!("{} are {done} {who}{whose}", shown(moved, &found));
        if moved != minor {
            words.push_str(&format!(
                ", not {}",
                money::grouped_unsigned(minor, found.decimals)
            ));
        }
        let more = json!({
            "token": token,
            name: who.to_string(),
            "amount": money::unsigned(moved, found.decimals),
        });
        session.report(&receipt, &words, more)
    }
}

async fn redemptions(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let found = chain.all_redemptions().await?;
    let tokens = chain.tokens().await?;
    let of = |token| {
        let found = tokens.iter().find(|(id, _)| *id == token);
        found.map(|(_, token)| token)
    };
    let names = Names::of(&chain).await?;
    let value: Vec<_> = found
        .iter()
        .map(|(id, one)| {
            json!({
                "id": id,
                "token": one.token,
                "operator": one.operator,
                "amount": money::unsigned(one.amount, of(one.token).map_or(0, |token| token.decimals)),
                "currency": of(one.token).map(|token| token.currency),
                "reference": one.reference,
                "until": one.until,
            })
        })
        .collect();
    session.output().print(&value, |_| {
        if found.is_empty() {
            return "no redemption is open".into();
        }
        let rows = found.iter().map(|(id, one)| {
            [
                id.to_string(),
                one.token.to_string(),
                names.get(one.operator),
                of(one.token).map_or_else(|| output::number(one.amount), |token| shown(one.amount, token)),
                one.reference.to_string(),
                output::moment(one.until),
            ]
        });
        let head = [
            "Redemption",
            "Token",
            "Operator",
            "Amount",
            "Reference",
            "Until (UTC)",
        ];
        output::table(head, &[0, 1, 3], rows)
    })?;
    Ok(())
}

/// What an account has of a token, in parts that add up.
#[derive(Clone, Copy)]
struct Held {
    free: u128,
    held: u128,
    /// Neither on hold nor to be spent: the minor unit that must stay while there is a hold, and what is frozen.
    stays: u128,
}

impl Held {
    fn total(self) -> u128 {
        self.free.saturating_add(self.held).saturating_add(self.stays)
    }

    fn words(self, token: &Token, is_frozen: bool) -> String {
        let amount = |amount| money::grouped_unsigned(amount, token.decimals);
        let stays = match self.stays {
            0 => String::new(),
            stays if is_frozen => format!(", {} frozen", amount(stays)),
            stays => format!(", {} must stay on the account", amount(stays)),
        };
        format!(
            "{} {}: {} free, {} on hold{stays}",
            amount(self.total()),
            token.currency,
            amount(self.free),
            amount(self.held)
        )
    }
}

async fn balance(session: &Session, id: TokenId, who: Recipient) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let (account, whose) = who.account(&chain).await?;
    let token = token_of(&chain, id).await?;
    let (free, held) = chain.balance(id, account).await?;
    let stays = chain.tokens_of(id, &account).await?.saturating_sub(free);
    let all = Held { free, held, stays };
    let freezes = chain.freezes(id).await?;
    let frozen = frozen::words(&freezes, Some(&account));
    let amount = |amount: u128| money::unsigned(amount, token.decimals);
    let value = json!({
        "token": id,
        "account": account.to_string(),
        "currency": token.currency,
        "free": amount(free),
        "held": amount(held),
        "stays": amount(stays),
        "total": amount(all.total()),
        "frozen": frozen,
    });
    session.output().print(&value, |_| {
        let words = all.words(&token, frozen.is_some());
        // Of an operator it is told which account that is.
        let whose = match whose.is_empty() {
            true => String::new(),
            false => format!("{account}{whose}:\n"),
        };
        let frozen = frozen.as_ref().map(|frozen| format!("\n{frozen}"));
        whose + &words + &frozen.unwrap_or_default()
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_should_be_an_account_or_an_operator_when_tokens_move() {
        let account = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
        assert!(matches!(recipient(account), Ok(Recipient::Account(_))));
        for operator in ["FRA7B", "3"] {
            assert_eq!(recipient(operator), Ok(Recipient::Operator(operator.into())));
        }
        for wrong in [
            "",
            "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX",
            "Beta Telecom",
            "-1",
        ] {
            assert!(recipient(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_balance_should_add_up_when_a_minor_unit_must_stay_or_something_is_frozen() {
        let token = Token {
            issuer: OperatorId(1),
            currency: Currency::EUR,
            decimals: 2,
        };
        let words = |free, held, stays, is_frozen| {
            let all = Held { free, held, stays };
            all.words(&token, is_frozen).replace('\u{202f}', " ")
        };
        assert_eq!(
            words(99_999_999, 0, 0, false),
            "999 999.99 EUR: 999 999.99 free, 0.00 on hold"
        );
        assert_eq!(
            words(0, 99_999, 1, false),
            "1 000.00 EUR: 0.00 free, 999.99 on hold, 0.01 must stay on the account"
        );
        assert_eq!(
            words(0, 500, 99_500, true),
            "1 000.00 EUR: 0.00 free, 5.00 on hold, 995.00 frozen"
        );
    }

    #[test]
    fn a_burn_should_be_refused_with_figures_when_it_is_above_what_can_be_spent() {
        let token = Token {
            issuer: OperatorId(1),
            currency: Currency::EUR,
            decimals: 2,
        };
        let who = AccountId::from([7; 32]);
        let refused = |wanted, held| too_much(wanted, 70_000_000, held, &token, &who);
        assert_eq!(refused(70_000_000, 0), None);
        let reason = refused(80_000_000, 0).unwrap().replace('\u{202f}', " ");
        assert!(reason.starts_with("800 000.00 EUR cannot be burnt"), "{reason}");
        assert!(
            reason.contains("has 700 000.00 EUR to spend; nothing was sent"),
            "{reason}"
        );
        let reason = refused(70_000_001, 500).unwrap();
        assert!(reason.contains("5.00 on hold"), "{reason}");
    }
}
