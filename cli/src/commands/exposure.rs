//! `interclear exposure`: what an operator owes and is owed in all, and caps on it.

use crate::{
    arguments::Who,
    commands::{
        amounts::amount_of,
        unstated::{self, Unstated},
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, money};
use interclear_primitives::{
    ids::OperatorId,
    money::{Currency, Value},
    netting::Exposure,
};
use serde_json::json;
use std::collections::BTreeMap;

/// What an operator owes and is owed, and the most that it wants to be owed.
#[derive(Args)]
pub struct ExposureArgs {
    #[command(subcommand)]
    command: ExposureCommand,
}

#[derive(Subcommand)]
enum ExposureCommand {
    /// Show what an operator owes and is owed in each currency, due or not, and its cap; with one other also usage that is not stated
    /// yet, and whether it is above the cap.
    Show {
        #[command(flatten)]
        who: Who,
        /// Only against this operator: its number or one of its TADIG codes; in total unless given.
        #[arg(long)]
        partner: Option<String>,
    },
    /// Set the most that you want to be owed. Above it new obligations are told of and new agreements are refused; what
    /// runs goes on.
    Cap {
        /// ISO 4217 code.
        #[arg(long)]
        currency: Currency,
        /// By this operator, beyond what you owe it: its number or one of its TADIG codes; in total unless given.
        #[arg(long)]
        partner: Option<String>,
        /// The most, such as 50000.00; no cap of your own unless given.
        #[arg(allow_negative_numbers = true)]
        amount: Option<String>,
    },
    /// Set the most that an operator may be owed by another one, where it has set no cap itself; by a motion of the council.
    GeneralCap {
        /// ISO 4217 code.
        #[arg(long)]
        currency: Currency,
        /// The most, such as 50000.00; none unless given.
        #[arg(allow_negative_numbers = true)]
        amount: Option<String>,
    },
}

impl ExposureArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            ExposureCommand::Show { who, partner } => {
                let chain = session.chain().await?;
                let me = session.operator_named(&chain, who.named()).await?;
                let partner = named(&chain, partner).await?;
                show(session, &chain, me, partner).await
            }
            ExposureCommand::Cap {
                currency,
                partner,
                amount,
            } => {
                let chain = session.chain_to_sign().await?;
                let partner = named(&chain, partner).await?;
                let cap = minor(&chain, currency, amount.as_deref()).await?;
                let me = session.operator(&chain).await?;
                session.confirm(&capping(&chain, me, currency, partner, cap).await?)?;
                let receipt = session
                    .execute(&chain, &calls::set_exposure_cap(currency, partner, cap))
                    .await?;
                let places = decimals(&chain, currency).await?;
                let done = match cap {
                    Some(cap) => format!("the cap is {} {currency}", money::grouped_unsigned(cap, places)),
                    None => format!("you have no cap of your own in {currency} any more"),
                };
                let cap = cap.map(|cap| money::unsigned(cap, places));
                session.report(
                    &receipt,
                    &done,
                    json!({ "currency": currency, "partner": partner, "cap": cap }),
                )
            }
            ExposureCommand::GeneralCap { currency, amount } => {
                let chain = session.chain_to_sign().await?;
                let cap = minor(&chain, currency, amount.as_deref()).await?;
                session
                    .put_to_council_of(&chain, calls::set_general_cap(currency, cap))
                    .await
            }
        }
    }
}

/// What a cap means, beside what is owed and the cap before.
async fn capping(
    chain: &Chain,
    me: OperatorId,
    currency: Currency,
    partner: Option<OperatorId>,
    cap: Option<u128>,
) -> Result<String, CommandError> {
    let decimals = decimals(chain, currency).await?;
    let amount = |amount: u128| format!("{} {currency}", money::grouped_unsigned(amount, decimals));
    let by = match partner {
        Some(partner) => format!(
            "by {}, beyond what you owe it,",
            Names::of(chain).await?.get(partner)
        ),
        None => "in total".into(),
    };
    let exposure = chain.exposure(me, partner).await?;
    let now = exposure.iter().find(|one| one.currency == currency);
    let owed = now.map_or_else(
        || amount(0),
        |one| format!("{} {currency}", money::grouped_value(&one.receivable, decimals)),
    );
    let before = now.and_then(|one| one.cap.as_ref());
    let before = before.map_or_else(
        || "there is no cap now".into(),
        |cap| {
            format!(
                "the cap is {} {currency} now",
                money::grouped_value(cap, decimals)
            )
        },
    );
    let most = match cap {
        Some(cap) => format!("the most that you want to be owed {by} is {}", amount(cap)),
        None => format!("there is no cap of your own any more on what you are owed {by} in {currency}"),
    };
    Ok(format!("{most}; {before}, and you are owed {owed}."))
}

async fn named(chain: &Chain, partner: Option<String>) -> Result<Option<OperatorId>, CommandError> {
    Ok(match partner {
        Some(partner) => Some(chain.find_operator(&partner).await?),
        None => None,
    })
}

/// Decimals of the tokens of a currency.
async fn decimals(chain: &Chain, currency: Currency) -> Result<u8, CommandError> {
    decimals_of(&chain.decimals().await?, currency)
}

fn decimals_of(all: &BTreeMap<Currency, u8>, currency: Currency) -> Result<u8, CommandError> {
    let found = all.get(&currency).copied();
    found.ok_or_else(|| {
        CommandError::NotFound(format!(
            "token of {currency}; `interclear token list` tells which there are"
        ))
    })
}

async fn minor(
    chain: &Chain,
    currency: Currency,
    amount: Option<&str>,
) -> Result<Option<u128>, CommandError> {
    let Some(amount) = amount else {
        return Ok(None);
    };
    amount_of(amount, decimals(chain, currency).await?).map(Some)
}

async fn show(
    session: &Session,
    chain: &Chain,
    me: OperatorId,
    partner: Option<OperatorId>,
) -> Result<(), CommandError> {
    let found = Exposures::of(chain, me, partner).await?;
    session
        .output()
        .print(&found.as_json(), |_| match found.is_empty() {
            true => "nothing is owed; the most that you want to be owed: interclear exposure cap --currency CODE AMOUNT".into(),
            false => found.table(),
        })?;
    Ok(())
}

/// Decimals of a currency that has no token.
const USUAL_DECIMALS: u8 = 2;

/// Of a currency in which there is usage, and nothing else.
fn nothing_owed(currency: Currency) -> Exposure {
    Exposure {
        currency,
        receivable: Value::ZERO,
        payable: Value::ZERO,
        cap: None,
        exceeded: false,
    }
}

/// What an operator owes and is owed by currency, with the decimals of the amounts.
pub(super) struct Exposures {
    me: OperatorId,
    partner: Option<OperatorId>,
    pub(super) list: Vec<(u8, Exposure)>,
    /// With one other: usage that is not stated yet.
    unstated: Unstated,
}

impl Exposures {
    pub(super) async fn of(
        chain: &Chain,
        me: OperatorId,
        partner: Option<OperatorId>,
    ) -> Result<Self, CommandError> {
        let (exposures, decimals) = (chain.exposure(me, partner).await?, chain.decimals().await?);
        let each = exposures.into_iter();
        let list = each.map(|exposure| Ok((decimals_of(&decimals, exposure.currency)?, exposure)));
        let mut list = list.collect::<Result<Vec<_>, CommandError>>()?;
        let unstated = match partner {
            Some(partner) => unstated::of(chain, me, partner).await?,
            None => Unstated::new(),
        };
        let known: Vec<Currency> = list.iter().map(|(_, one)| one.currency).collect();
        let only_used = unstated.keys().filter(|currency| !known.contains(currency));
        list.extend(only_used.map(|currency| {
            let places = decimals.get(currency).copied().unwrap_or(USUAL_DECIMALS);
            (places, nothing_owed(*currency))
        }));
        Ok(Self {
            me,
            partner,
            list,
            unstated,
        })
    }

    pub(super) fn as_json(&self) -> Vec<serde_json::Value> {
        let one = |(decimals, one): &(u8, Exposure)| {
            json!({
                "operator": self.me,
                "partner": self.partner,
                "currency": one.currency,
                "receivable": money::value(&one.receivable, *decimals),
                "payable": money::value(&one.payable, *decimals),
                "cap": one.cap.as_ref().map(|cap| money::value(cap, *decimals)),
                "exceeded": one.exceeded,
                "unstated": self.unstated.get(&one.currency).map(|sum| json!({
                    "receivable": money::unsigned(sum.receivable, money::USAGE_DECIMALS),
                    "payable": money::unsigned(sum.payable, money::USAGE_DECIMALS),
                    "paid_ahead": sum.ahead.map(|paid| money::unsigned(paid, money::USAGE_DECIMALS)),
                    "exceeds": unstated::above(one, *decimals, sum).is_some(),
                })),
            })
        };
        self.list.iter().map(one).collect()
    }

    pub(super) fn table(&self) -> String {
        let rows = self.list.iter().map(|(decimals, one)| {
            [
                one.currency.to_string(),
                money::grouped_value(&one.receivable, *decimals),
                money::grouped_value(&one.payable, *decimals),
                one.cap
                    .as_ref()
                    .map_or_else(|| "none".into(), |cap| money::grouped_value(cap, *decimals)),
                if one.exceeded { "above the cap" } else { "" }.into(),
            ]
        });
        let table = output::table(["Currency", "Receivable", "Payable", "Cap", ""], &[1, 2, 3], rows);
        match self.unstated.is_empty() {
            true => table,
            false => format!("{table}\n{}", unstated::words(&self.unstated, &self.list)),
        }
    }

    /// Whether nothing is owed, and nothing will be of what has been used.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.unstated.is_empty()
    }
}
