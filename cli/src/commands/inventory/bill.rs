//! `interclear inventory bill`, `bills` and `affirm`: what matched services come to in a month.

use super::relation::{typed, RelationArg};
use crate::{error::CommandError, output, session::Session};
use clap::Args;
use interclear_client::{calls, money};
use interclear_primitives::{
    inventory::{InventoryBill, LineKind, Relation},
    money::Currency,
    period::Period,
};
use serde_json::json;

#[derive(Args)]
pub(super) struct BillArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// The month, such as 2026-10. Months are billed in their order, when their days to report are over.
    month: Period,
}

impl BillArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain_to_sign().await?;
        let relation = self.relation.find(&chain).await?;
        session.confirm(&format!(
            "{} of {} is billed by the records as they are now.",
            self.month,
            typed(&relation)
        ))?;
        let receipt = session
            .execute(&chain, &calls::bill_month(&relation, self.month))
            .await?;
        let done = format!(
            "{} is being billed\nSee the bill with: interclear inventory bills --relation {}\n",
            self.month,
            typed(&relation)
        );
        session.report(&receipt, &done, json!({ "month": self.month }))
    }
}

#[derive(Args)]
pub(super) struct BillsArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// Only this month, such as 2026-10.
    #[arg(long)]
    month: Option<Period>,
}

fn stands(bill: &InventoryBill) -> String {
    match (bill.closed, bill.obligation, bill.affirmed) {
        (true, Some(id), _) => format!("affirmed: obligation {id}"),
        (true, None, _) => "affirmed: nothing is owed".into(),
        (false, _, [true, false]) => format!(
            "affirmed by the buyer; by silence on {}",
            output::moment(bill.affirm_by)
        ),
        (false, _, [false, true]) => format!(
            "affirmed by the seller; by silence on {}",
            output::moment(bill.affirm_by)
        ),
        (false, ..) => format!("by silence on {}", output::moment(bill.affirm_by)),
    }
}

impl BillsArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let relation: Relation = self.relation.find(&chain).await?;
        let mut bills = chain.inventory_bills(relation).await?;
        bills.retain(|(month, ..)| self.month.is_none_or(|only| only == *month));
        let decimals = chain.decimals().await?;
        let value: Vec<_> = bills
            .iter()
            .map(|(month, currency, bill)| json!({ "month": month, "currency": currency, "bill": bill }))
            .collect();
        session.output().print(&value, |_| {
            let rows = bills.iter().flat_map(|(month, currency, bill)| {
                let places = decimals.get(currency).copied().unwrap_or(0);
                let row = move |of: String, what: &str, amount: String, stands: String| {
                    [
                        month.to_string(),
                        currency.to_string(),
                        of,
                        what.to_owned(),
                        amount,
                        stands,
                    ]
                };
                let lines = bill.lines.iter().map(move |line| {
                    let what = match line.kind {
                        LineKind::Recurring => "recurring",
                        LineKind::OneOff => "one-off",
                    };
                    row(
                        line.month.to_string(),
                        what,
                        money::grouped(line.amount, places),
                        String::new(),
                    )
                });
                let services = output::count(bill.services, "service", "services");
                let net = row(
                    String::new(),
                    "net",
                    money::grouped_value(&bill.net, places),
                    format!("{services}; {}", stands(bill)),
                );
                lines.chain([net])
            });
            output::table(["month", "currency", "of", "what", "amount", ""], &[4], rows)
        })?;
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct AffirmArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// The month, such as 2026-10.
    month: Period,
    /// The currency of the bill; that of the only one unless given.
    #[arg(long)]
    currency: Option<Currency>,
}

impl AffirmArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain_to_sign().await?;
        let relation = self.relation.find(&chain).await?;
        let mut bills = chain.inventory_bills(relation).await?;
        bills.retain(|(month, currency, _)| {
            *month == self.month && self.currency.is_none_or(|only| only == *currency)
        });
        let (currency, bill) = match &bills[..] {
            [(_, currency, bill)] => (*currency, bill),
            [] => {
                return Err(CommandError::NotFound(format!(
                    "such bill of {} for {}",
                    typed(&relation),
                    self.month
                )))
            }
            _ => {
                return Err(CommandError::Invalid(
                    "there are bills in several currencies: name one with --currency".into(),
                ))
            }
        };
        let decimals = chain.decimals().await?;
        let places = decimals.get(&currency).copied().unwrap_or(0);
        let net = money::grouped_value(&bill.net, places);
        session.confirm(&format!(
            "The bill of {} for {} of {net} {currency} is affirmed.",
            typed(&relation),
            self.month
        ))?;
        let receipt = session
            .execute(&chain, &calls::affirm_bill(&relation, self.month, currency))
            .await?;
        let done = format!("the bill for {} of {net} {currency} is affirmed", self.month);
        session.report(
            &receipt,
            &done,
            json!({ "month": self.month, "currency": currency }),
        )
    }
}
