//! `interclear exposure`: what an operator owes and is owed in all, and caps on it.

use crate::{
    arguments::Who,
    commands::{
        amounts::amount_of,
        cash::{self, Awaited},
        unstated::{self, Sum, Unstated},
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
use std::collections::{BTreeMap, BTreeSet};

/// What an operator owes and is owed, and the most that it wants to be owed.
#[derive(Args)]
pub struct ExposureArgs {
    #[command(subcommand)]
    command: ExposureCommand,
}

#[derive(Subcommand)]
enum ExposureCommand {
    /// Show what an operator owes and is owed in each currency, due or not, and its cap; with one other also what is stated
    /// and not affirmed by both, usage that is not stated yet, and whether it is above the cap.
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

/// Of a currency in which there is usage or a statement, and nothing else.
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
    /// With one other: what is stated and not owed yet.
    awaited: BTreeMap<Currency, Awaited>,
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
        let (awaited, unstated) = match partner {
            Some(partner) => (
                cash::awaited(chain, me, partner).await?,
                unstated::of(chain, me, partner).await?,
            ),
            None => (BTreeMap::new(), Unstated::new()),
        };
        let known: BTreeSet<Currency> = list.iter().map(|(_, one)| one.currency).collect();
        let all: BTreeSet<Currency> = awaited.keys().chain(unstated.keys()).copied().collect();
        list.extend(all.difference(&known).map(|currency| {
            let places = decimals.get(currency).copied().unwrap_or(USUAL_DECIMALS);
            (places, nothing_owed(*currency))
        }));
        Ok(Self {
            me,
            partner,
            list,
            awaited,
            unstated,
        })
    }

    /// With what is stated and not owed yet, as far as it is not paid ahead: so usage is compared with the caps.
    fn with_awaited(&self) -> Vec<(u8, Exposure)> {
        let with = |(decimals, one): &(u8, Exposure)| {
            let awaited = self.awaited.get(&one.currency);
            (*decimals, awaited.map_or(*one, |awaited| beside(one, awaited)))
        };
        self.list.iter().map(with).collect()
    }

    pub(super) fn as_json(&self) -> Vec<serde_json::Value> {
        let one = |((decimals, one), (_, with)): (&(u8, Exposure), (u8, Exposure))| {
            json!({
                "operator": self.me,
                "partner": self.partner,
                "currency": one.currency,
                "receivable": money::value(&one.receivable, *decimals),
                "payable": money::value(&one.payable, *decimals),
                "cap": one.cap.as_ref().map(|cap| money::value(cap, *decimals)),
                "exceeded": one.exceeded,
                "stated": self.awaited.get(&one.currency).map(|awaited| json!({
                    "amount": money::money(awaited.amount, awaited.decimals),
                    "paid_ahead": money::money(awaited.secured, awaited.decimals),
                    "exceeds": unstated::above(&with, *decimals, &Sum::default()).is_some(),
                })),
                "unstated": self.unstated.get(&one.currency).map(|sum| json!({
                    "receivable": money::unsigned(sum.receivable, money::USAGE_DECIMALS),
                    "payable": money::unsigned(sum.payable, money::USAGE_DECIMALS),
                    "paid_ahead": sum.ahead.map(|paid| money::unsigned(paid, money::USAGE_DECIMALS)),
                    "exceeds": unstated::above(&with, *decimals, sum).is_some(),
                })),
            })
        };
        self.list.iter().zip(self.with_awaited()).map(one).collect()
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
        let with = self.with_awaited();
        let awaited = with.iter().filter_map(|(decimals, one)| {
            let awaited = self.awaited.get(&one.currency)?;
            let above = unstated::above(one, *decimals, &Sum::default());
            Some(words(one.currency, awaited, above))
        });
        let mut lines: Vec<String> = std::iter::once(table).chain(awaited).collect();
        if !self.unstated.is_empty() {
            lines.push(unstated::words(&self.unstated, &with));
        }
        lines.join("\n")
    }

    /// Whether nothing is owed, and nothing will be of what has been used.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.awaited.is_empty() && self.unstated.is_empty()
    }
}

/// What is owed together with what is stated and not owed yet, as far as that is not paid ahead.
fn beside(one: &Exposure, awaited: &Awaited) -> Exposure {
    let on_credit = Value::Clear(awaited.amount.saturating_sub(awaited.secured));
    let receivable = one.receivable.checked_add(&on_credit);
    Exposure {
        receivable: receivable.unwrap_or(one.receivable),
        ..*one
    }
}

/// What is stated and not owed yet, and by how much what is owed is above the cap with it, in 10^-6 of the currency.
fn words(currency: Currency, awaited: &Awaited, above: Option<u128>) -> String {
    let will = match awaited.amount < 0 {
        true => "pay",
        false => "receive",
    };
    let amount = money::grouped(awaited.amount.saturating_abs(), awaited.decimals);
    let ahead = match awaited.secured {
        0 => String::new(),
        paid => format!(" ({} of it paid ahead)", money::grouped(paid, awaited.decimals)),
    };
    let flag = above.map_or_else(String::new, |above| {
        format!(
            "; with it what you are owed is {} {currency} above the cap",
            money::grouped_unsigned(above, money::USAGE_DECIMALS)
        )
    });
    format!("Stated and not owed yet: you will {will} {amount} {currency}{ahead}{flag}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exposures(amount: i128, secured: i128, cap: i128) -> Exposures {
        let one = Exposure {
            receivable: Value::Clear(1_000),
            cap: Some(Value::Clear(cap)),
            ..nothing_owed(Currency::EUR)
        };
        let awaited = Awaited {
            decimals: 2,
            amount,
            secured,
        };
        Exposures {
            me: OperatorId(0),
            partner: Some(OperatorId(1)),
            list: vec![(2, one)],
            awaited: BTreeMap::from([(Currency::EUR, awaited)]),
            unstated: Unstated::new(),
        }
    }

    #[test]
    fn what_is_stated_should_count_against_the_cap_when_it_is_not_owed_yet() {
        let last = |found: &Exposures| found.table().lines().next_back().map(str::to_owned).unwrap();
        let exceeds = |found: &Exposures| found.as_json()[0]["stated"]["exceeds"].clone();
        // 10.00 are owed and 196.96 are stated, which is 0.01 above the cap.
        let above = exposures(19_696, 0, 20_695);
        assert_eq!(
            last(&above),
            "Stated and not owed yet: you will receive 196.96 EUR; with it what you are owed is 0.010000 EUR above the cap"
        );
        assert_eq!(exceeds(&above), true);
        assert_eq!(exceeds(&exposures(19_696, 0, 20_696)), false);
        // What the other's escrow pays is not owed on credit.
        let ahead = exposures(19_696, 5_000, 15_696);
        assert_eq!(
            last(&ahead),
            "Stated and not owed yet: you will receive 196.96 EUR (50.00 of it paid ahead)"
        );
        assert_eq!(exceeds(&ahead), false);
        let mine = exposures(-19_696, 0, 0);
        assert_eq!(last(&mine), "Stated and not owed yet: you will pay 196.96 EUR");
        assert!(!mine.is_empty());
    }
}
