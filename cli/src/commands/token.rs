//! `interclear token`: fiat tokens.

use crate::{error::CommandError, names::Names, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{
    ids::{OperatorId, TokenId},
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
        /// The operator that will mint, burn and freeze it: its number.
        #[arg(long)]
        issuer: OperatorId,
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
    /// Mint, as the payout account of the issuer.
    Mint {
        /// The token's number.
        token: TokenId,
        /// Who gets it: a treasury desk.
        #[arg(long)]
        to: AccountId,
        /// How much, such as 1250.50.
        amount: String,
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
                session
                    .put_to_council(calls::create_token(
                        token, issuer, currency, decimals, &name, &symbol,
                    ))
                    .await
            }
            TokenCommand::Mint { token, to, amount } => {
                let chain = session.chain().await?;
                let found = token_of(&chain, token).await?;
                let minor = money::parse_amount(&amount, found.decimals);
                let minor = minor.map_err(|error| CommandError::Invalid(error.to_string()))?;
                let amount = money::unsigned(minor, found.decimals);
                session.confirm(&format!("{amount} {} are minted to {to}.", found.currency))?;
                let receipt = session.execute(&chain, &calls::mint(token, &to, minor)).await?;
                let done = format!("{amount} {} were minted to {to}", found.currency);
                session.report(
                    &receipt,
                    &done,
                    json!({ "token": token, "to": to.to_string(), "amount": amount }),
                )
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
    let amount = |amount: u128| money::unsigned(amount, token.decimals);
    let value = json!({
        "token": id,
        "account": account.to_string(),
        "currency": token.currency,
        "free": amount(free),
        "held": amount(held),
    });
    session.output().print(&value, |_| {
        let grouped = |amount: u128| money::grouped_unsigned(amount, token.decimals);
        format!(
            "{} {} free, {} on hold",
            grouped(free),
            token.currency,
            grouped(held)
        )
    })?;
    Ok(())
}
