//! `interclear interest`: what is borne for being late.

use crate::{commands::obligations, error::CommandError, names::Names, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{calls, money};
use interclear_primitives::{
    ids::ObligationId,
    money::Value,
    netting::{LateInterest, ObligationStatus},
};
use serde_json::json;

/// Late interest: what it comes to, and charging it.
#[derive(Args)]
pub struct InterestArgs {
    #[command(subcommand)]
    command: InterestCommand,
}

#[derive(Subcommand)]
enum InterestCommand {
    /// List the obligations of an operator that are late or were paid late, with what they bear.
    List {
        /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given.
        operator: Option<String>,
    },
    /// Charge the late interest of obligations that were paid to you, within 90 days from the payment: it is owed from then on, and
    /// paid with a netting cycle.
    Charge {
        /// The obligations: `interclear interest list` lists them.
        #[arg(required = true)]
        obligations: Vec<ObligationId>,
    },
}

impl InterestArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            InterestCommand::List { operator } => list(session, operator.as_deref()).await,
            InterestCommand::Charge { obligations } => {
                let many = u64::try_from(obligations.len()).unwrap_or(u64::MAX);
                let done = format!(
                    "the late interest of {} is charged; see: interclear obligations",
                    output::count(many, "obligation", "obligations")
                );
                session
                    .execute_and_report(&calls::charge_interest(&obligations), &done)
                    .await
            }
        }
    }
}

async fn list(session: &Session, operator: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let operator = session.operator_named(&chain, operator).await?;
    let mut found = obligations::of(&chain, operator).await?;
    found.extend(obligations::settled(&chain, operator).await?);
    found.retain(|owed| owed.obligation.interest.amount != Value::ZERO);
    found.sort_by_key(|owed| owed.id);
    let names = Names::of(&chain).await?;
    let value: Vec<_> = found.iter().map(obligations::Owed::as_json).collect();
    session.output().print(&value, |_| match found.is_empty() {
        true => "nothing is late, and nothing was paid late".into(),
        false => obligations::table(&names, &found),
    })?;
    Ok(())
}

pub(super) fn as_json(interest: &LateInterest, decimals: u8) -> serde_json::Value {
    json!({
        "rate_bps": interest.bps,
        "owed": money::value(&interest.owed, decimals),
        "days": interest.days,
        "amount": money::value(&interest.amount, decimals),
        "charged": money::value(&interest.charged, decimals),
    })
}

/// What an obligation bears, for a column; empty where it bears nothing.
pub(super) fn cell(interest: &LateInterest, decimals: u8) -> String {
    if interest.amount == Value::ZERO {
        return String::new();
    }
    let days = output::count(interest.days, "day", "days");
    let amount = money::grouped_value(&interest.amount, decimals);
    match interest.charged == Value::ZERO {
        true => format!("{amount} for {days}"),
        false => format!("{amount} for {days}, charged"),
    }
}

/// How the interest on an obligation came to be, in words; nothing where there is none.
pub(super) fn words(id: ObligationId, owed: &obligations::Owed) -> Option<String> {
    let (obligation, interest) = (&owed.obligation, &owed.obligation.interest);
    if interest.amount == Value::ZERO {
        return None;
    }
    let state = match obligation.status {
        ObligationStatus::Settled(_) if interest.charged != Value::ZERO => "charged",
        ObligationStatus::Settled(_) => "to be charged by its creditor",
        _ => "so far",
    };
    Some(format!(
        "Late interest on obligation {id}: {} {} x {} % x {} / 365 days = {} {}, {state}",
        money::grouped_value(&interest.owed, owed.decimals),
        obligation.currency,
        money::unsigned(interest.bps.into(), 2),
        output::count(interest.days, "day", "days"),
        money::grouped_value(&interest.amount, owed.decimals),
        obligation.currency,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        ids::{CycleId, OperatorId},
        money::Currency,
        netting::{Obligation, ObligationSource},
    };

    #[test]
    fn interest_should_be_told_with_its_rate_days_and_state_when_something_is_late() {
        let owed = |amount, charged, status| obligations::Owed {
            id: ObligationId(7),
            obligation: Obligation {
                debtor: OperatorId(1),
                creditor: OperatorId(2),
                currency: Currency::EUR,
                token: None,
                amount: Value::Clear(100_000),
                due: 0,
                source: ObligationSource::Carried { cycle: CycleId(0) },
                status,
                interest: LateInterest {
                    bps: 800,
                    owed: Value::Clear(100_000),
                    days: 30,
                    amount: Value::Clear(amount),
                    charged: Value::Clear(charged),
                },
            },
            decimals: 2,
        };
        let settled = ObligationStatus::Settled(CycleId(3));
        let told = |one: &obligations::Owed| words(one.id, one);
        let late = owed(658, 0, ObligationStatus::Open);
        assert_eq!(
            told(&late).unwrap(),
            "Late interest on obligation 7: 1,000.00 EUR x 8.00 % x 30 days / 365 days = 6.58 EUR, so far"
        );
        assert_eq!(cell(&late.obligation.interest, 2), "6.58 for 30 days");
        assert!(told(&owed(658, 0, settled))
            .unwrap()
            .ends_with("to be charged by its creditor"));
        let charged = owed(658, 658, settled);
        assert!(told(&charged).unwrap().ends_with("6.58 EUR, charged"));
        assert_eq!(cell(&charged.obligation.interest, 2), "6.58 for 30 days, charged");
        assert_eq!(told(&owed(0, 0, settled)), None);
    }
}
