//! `interclear token`: fiat tokens.

use crate::{commands::moved::Motion, error::CommandError, names::Names, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{AccountId, Call, Chain},
    money,
};
use interclear_primitives::{
    ids::{ObligationId, TokenId},
    money::Currency,
    netting::Token,
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
    /// Mint, as the payout account of the issuer. The chain refuses an amount of 0, more than any statement can come to, and any
    /// account but a treasury desk.
    Mint {
        /// The token's number.
        token: TokenId,
        /// Who gets it: a treasury desk.
        #[arg(long)]
        to: AccountId,
        /// How much, such as 1250.50.
        amount: String,
    },
    /// Send tokens of the account that signs to a treasury desk of any operator. The chain refuses any other account, and an amount
    /// of 0.
    Transfer {
        /// The token's number, as `token list` shows it.
        token: TokenId,
        /// Who gets it: a treasury desk.
        #[arg(long)]
        to: AccountId,
        /// How much, such as 1250.50.
        amount: String,
    },
    /// Burn tokens of an account, as the payout account of the issuer.
    Burn {
        /// The token's number, as `token list` shows it.
        token: TokenId,
        /// Whose tokens.
        #[arg(long)]
        of: AccountId,
        /// How much, such as 1250.50.
        amount: String,
    },
    /// Name the token in which obligations are paid that are owed to you: those that have none yet, or whose token has been frozen or
    /// its issuer suspended.
    Name {
        /// The token; the terms must accept its issuer, unless none of those that they accept stands.
        token: TokenId,
        /// The obligations: `interclear obligations` lists them.
        #[arg(required = true)]
        obligations: Vec<ObligationId>,
    },
    /// List all tokens.
    List,
    /// Show the balance of an account.
    Balance {
        /// The token's number.
        token: TokenId,
        /// The account; that of --key unless given.
        account: Option<AccountId>,
    },
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
                };
                move_.run(session).await
            }
            TokenCommand::Burn { token, of, amount } => {
                let move_ = Move {
                    token,
                    who: of,
                    amount,
                    motion: Motion::Burn,
                    words: ("burnt of", "of"),
                    call: calls::burn,
                };
                move_.run(session).await
            }
            TokenCommand::Name { token, obligations } => {
                let done = format!(
                    "{} paid in token {token}",
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
            TokenCommand::List => list(session).await,
            TokenCommand::Balance { token, account } => {
                let account = match account {
                    Some(account) => account,
                    None => session.account()?,
                };
                balance(session, token, &account).await
            }
        }
    }
}

/// Tokens that come, go or change hands.
struct Move {
    token: TokenId,
    who: AccountId,
    amount: String,
    motion: Motion,
    /// What is done, and the name of the account in JSON.
    words: (&'static str, &'static str),
    call: fn(TokenId, &AccountId, u128) -> Call,
}

impl Move {
    async fn run(self, session: &Session) -> Result<(), CommandError> {
        let Self {
            token, who, amount, ..
        } = self;
        let (done, name) = self.words;
        let chain = session.chain_to_sign().await?;
        let found = token_of(&chain, token).await?;
        let minor = money::parse_amount(&amount, found.decimals);
        let minor = minor.map_err(|error| CommandError::Invalid(error.to_string()))?;
        self.motion
            .check(session, &chain, (token, &found), &who, minor)
            .await?;
        let (amount, shown) = (
            money::unsigned(minor, found.decimals),
            money::grouped_unsigned(minor, found.decimals),
        );
        let words = format!("{shown} {} are {done} {who}", found.currency);
        session.confirm(&format!("{words}."))?;
        let receipt = session.execute(&chain, &(self.call)(token, &who, minor)).await?;
        let more = json!({ "token": token, name: who.to_string(), "amount": amount });
        session.report(&receipt, &words, more)
    }
}

async fn token_of(chain: &Chain, id: TokenId) -> Result<Token, CommandError> {
    chain
        .token(id)
        .await?
        .ok_or_else(|| CommandError::NotFound(format!("token {id}")))
}

async fn list(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let tokens = chain.tokens().await?;
    let names = Names::of(&chain).await?;
    let value: Vec<_> = tokens
        .iter()
        .map(|(id, token)| {
            json!({ "id": id, "issuer": token.issuer, "currency": token.currency, "decimals": token.decimals })
        })
        .collect();
    session.output().print(&value, |_| {
        let rows = tokens.iter().map(|(id, token)| {
            [
                id.to_string(),
                token.currency.to_string(),
                token.decimals.to_string(),
                names.get(token.issuer),
            ]
        });
        output::table(["Token", "Currency", "Decimals", "Issuer"], &[0, 2], rows)
    })?;
    Ok(())
}

async fn balance(session: &Session, id: TokenId, account: &AccountId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let token = token_of(&chain, id).await?;
    let (free, held) = chain.balance(id, *account).await?;
    // What is not on hold and cannot be spent either: the minor unit that must stay while there is a hold, and what is frozen.
    let stays = chain.tokens_of(id, account).await?.saturating_sub(free);
    let amount = |amount: u128| money::unsigned(amount, token.decimals);
    let value = json!({
        "token": id,
        "account": account.to_string(),
        "currency": token.currency,
        "free": amount(free),
        "held": amount(held),
        "stays": amount(stays),
        "total": amount(free.saturating_add(held).saturating_add(stays)),
    });
    session.output().print(&value, |_| {
        let grouped = |amount: u128| money::grouped_unsigned(amount, token.decimals);
        let total = grouped(free.saturating_add(held).saturating_add(stays));
        let stays = match stays {
            0 => String::new(),
            stays => format!(", {} must stay on the account or is frozen", grouped(stays)),
        };
        format!(
            "{total} {}: {} free, {} on hold{stays}",
            token.currency,
            grouped(free),
            grouped(held)
        )
    })?;
    Ok(())
}
