//! `interclear offer`: terms that an operator offers to whoever accepts them and pays ahead.

use crate::{
    arguments::{digest, moment},
    commands::{agreement::summary, escrow::amount_of, files},
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, money};
use interclear_primitives::{
    escrow::{Networks, StandingOffer},
    ids::{OperatorId, TokenId},
    netting::Token,
    tadig::Tadig,
    Digest, Moment,
};
use serde_json::json;
use std::path::PathBuf;

/// Standing offers: terms that an operator offers to whoever accepts them and pays ahead.
#[derive(Args)]
pub struct OfferArgs {
    #[command(subcommand)]
    command: OfferCommand,
}

#[derive(Subcommand)]
enum OfferCommand {
    /// Publish an offer, in place of your offer of this number. Whoever accepts it is the first party, and pays ahead.
    Publish {
        /// The terms, as between you as second party and any other operator; the networks of that are left out.
        file: PathBuf,
        /// The token in which the other party pays ahead; the terms accept its issuer.
        #[arg(long)]
        token: TokenId,
        /// The least that it deposits, such as 100.00.
        #[arg(long)]
        deposit: String,
        /// Until when the offer can be accepted: +30d or 2026-12-31.
        #[arg(long, value_parser = moment)]
        until: Moment,
        /// How often it can be accepted.
        #[arg(long, default_value_t = 1)]
        uses: u32,
        /// Its number among your offers, from 0 on.
        #[arg(long, default_value_t = 0)]
        number: u8,
    },
    /// Withdraw an offer of yours.
    Withdraw {
        /// Its number among your offers.
        number: u8,
    },
    /// List the standing offers of an operator.
    List {
        /// The operator: its number or one of its TADIG codes.
        operator: String,
    },
    /// Print what an operator offers, and accept it: the agreement is in force from this month on, and its escrow funded.
    Accept {
        /// The operator: its number or one of its TADIG codes.
        operator: String,
        /// The number of the offer, as `offer list` shows it.
        number: u8,
        /// How much to pay ahead, such as 250.00; the least that is asked for unless given.
        #[arg(long)]
        deposit: Option<String>,
        /// Your networks that it is for; may be given more than once.
        #[arg(long = "network", required = true)]
        networks: Vec<Tadig>,
        /// Accept an offer with this digest only.
        #[arg(long, value_parser = digest)]
        digest: Option<Digest>,
    },
}

impl OfferArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            OfferCommand::Publish {
                file,
                token,
                deposit,
                until,
                uses,
                number,
            } => {
                let mut terms = files::terms(&file)?;
                let [first, second] = &mut terms.directions;
                first.groups.iter_mut().for_each(|group| group.home.clear());
                second.groups.iter_mut().for_each(|group| group.visited.clear());
                let chain = session.chain_to_sign().await?;
                let deposit = amount_of(&deposit, token_of(&chain, token).await?.decimals)?;
                let offer = StandingOffer {
                    terms,
                    token,
                    deposit,
                    until,
                    uses,
                };
                let call = calls::publish_offer(number, &offer);
                let receipt = session.execute(&chain, &call).await?;
                let digest = output::hex(&offer.digest());
                let words = format!(
                    "your offer {number} can be accepted until {}\ndigest {digest}",
                    output::moment(until)
                );
                session.report(&receipt, &words, json!({ "number": number, "digest": digest }))
            }
            OfferCommand::Withdraw { number } => {
                let done = format!("your offer {number} is withdrawn");
                session
                    .execute_and_report(&calls::withdraw_offer(number), &done)
                    .await
            }
            OfferCommand::List { operator } => {
                let chain = session.chain().await?;
                let operator = chain.find_operator(&operator).await?;
                list(session, &chain, operator).await
            }
            OfferCommand::Accept {
                operator,
                number,
                deposit,
                networks,
                digest,
            } => accept(session, &operator, number, deposit, networks, digest).await,
        }
    }
}

async fn token_of(chain: &Chain, id: TokenId) -> Result<Token, CommandError> {
    let found = chain.token(id).await?;
    found.ok_or_else(|| CommandError::NotFound(format!("token {id}")))
}

async fn list(session: &Session, chain: &Chain, operator: OperatorId) -> Result<(), CommandError> {
    let names = Names::of(chain).await?;
    let tokens = chain.tokens().await?;
    let offers = chain.standing_offers(operator).await?;
    let deposit = |offer: &StandingOffer| {
        let token = tokens.iter().find(|(id, _)| *id == offer.token);
        let decimals = token.map_or(0, |(_, token)| token.decimals);
        format!(
            "{} {}",
            money::grouped_unsigned(offer.deposit, decimals),
            offer.terms.currency
        )
    };
    let value: Vec<_> = offers
        .iter()
        .map(|(number, offer)| {
            json!({
                "number": number,
                "digest": output::hex(&offer.digest()),
                "until": offer.until,
                "uses": offer.uses,
                "token": offer.token,
                "deposit": deposit(offer),
                "terms": offer.terms,
            })
        })
        .collect();
    session.output().print(&json!(value), |_| {
        if offers.is_empty() {
            return format!("{} has no standing offer", names.get(operator));
        }
        let rows = offers.iter().map(|(number, offer)| {
            [
                number.to_string(),
                format!("{} to {}", offer.terms.first, offer.terms.last),
                deposit(offer),
                output::moment(offer.until),
                offer.uses.to_string(),
                output::hex(&offer.digest()),
            ]
        });
        let head = [
            "Number",
            "Term",
            "Least deposit",
            "Until (UTC)",
            "Times",
            "Digest",
        ];
        output::table(head, &[0, 2, 4], rows)
    })?;
    Ok(())
}

async fn accept(
    session: &Session,
    operator: &str,
    number: u8,
    deposit: Option<String>,
    networks: Vec<Tadig>,
    seen: Option<Digest>,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let by = chain.find_operator(operator).await?;
    let offers = chain.standing_offers(by).await?;
    let offer = offers.into_iter().find(|(other, _)| *other == number);
    let (_, offer) =
        offer.ok_or_else(|| CommandError::NotFound(format!("offer {number} of operator {by}")))?;
    let digest = offer.digest();
    if seen.is_some_and(|seen| seen != digest) {
        return Err(CommandError::Invalid(format!(
            "the offer is another one by now; its digest is {}",
            output::hex(&digest)
        )));
    }
    let networks = Networks::try_from(networks)
        .map_err(|_| CommandError::Invalid("an offer is accepted for 32 networks at most".into()))?;
    let token = token_of(&chain, offer.token).await?;
    let amount = match deposit {
        Some(amount) => amount_of(&amount, token.decimals)?,
        None => offer.deposit,
    };
    let names = Names::of(&chain).await?;
    let terms = offer.terms_for(&networks, offer.terms.first);
    let shown = format!(
        "{} {}",
        money::grouped_unsigned(amount, token.decimals),
        token.currency
    );
    output::note(&summary(&terms, ["you".into(), names.get(by)]));
    session.confirm(&format!("You accept these terms, and pay {shown} ahead."))?;
    let call = calls::accept_offer(by, number, digest, &networks, amount);
    let receipt = session.execute(&chain, &call).await?;
    let agreement = receipt.offer_accepted()?;
    let words = format!("agreement {agreement} is in force, and {shown} are paid ahead");
    session.report(&receipt, &words, json!({ "agreement": agreement }))
}
