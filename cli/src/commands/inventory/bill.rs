//! `interclear inventory bill`, `bills` and `affirm`: what matched services come to in a month.

use crate::{
    commands::{
        amounts::amount_of,
        relation::{typed, RelationArg},
    },
    error::CommandError,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::{calls, chain::Chain, money, time::now};
use interclear_primitives::{
    inventory::{InventoryBill, InventoryTerms, LineKind, Relation},
    money::Currency,
    period::Period,
    Moment,
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
        let terms = chain.inventory_terms(relation).await?;
        if let Some(words) = terms.and_then(|terms| too_early(self.month, &terms, now())) {
            output::note(&words);
        }
        let call = calls::bill_month(&relation, self.month);
        session.ensure_taken(&chain, &call).await?;
        session.confirm(&format!(
            "{} of {} is billed by the records as they are now.",
            self.month,
            typed(&relation)
        ))?;
        let receipt = session.execute(&chain, &call).await?;
        let done = format!(
            "{} is being billed\nSee the bill with: interclear inventory bills --relation {}\n",
            self.month,
            typed(&relation)
        );
        session.report(&receipt, &done, json!({ "month": self.month }))
    }
}

/// From when on a month can be billed, as long as that is ahead.
fn too_early(month: Period, terms: &InventoryTerms, now: Moment) -> Option<String> {
    let from = terms.billed_from(month);
    (now < from).then(|| {
        format!(
            "{month} can be billed from {} UTC on: it has to be over, and then its {} to report",
            output::moment(from),
            output::count(terms.report_days, "day", "days")
        )
    })
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
    let silence = format!("silence affirms on {} UTC", output::moment(bill.affirm_by));
    match (bill.closed, bill.affirmed) {
        (true, _) if bill.obligations.is_empty() => "affirmed: nothing is owed".into(),
        (true, _) => {
            let ids: Vec<String> = bill.obligations.iter().map(ToString::to_string).collect();
            let what = if ids.len() == 1 {
                "obligation"
            } else {
                "obligations"
            };
            format!("affirmed: {what} {}", ids.join(", "))
        }
        (false, [true, false]) => format!("affirmed by the buyer, waits for the seller; {silence}"),
        (false, [false, true]) => format!("affirmed by the seller, waits for the buyer; {silence}"),
        (false, _) => format!("waits for both sides; {silence}"),
    }
}

/// A bill for machines, its amounts as decimal text.
fn bill_json(bill: &InventoryBill, places: u8) -> serde_json::Value {
    json!({
        "lines": bill.lines.iter().map(|line| json!({
            "month": line.month,
            "kind": line.kind,
            "amount": money::money(line.amount, places),
        })).collect::<Vec<_>>(),
        "net": money::value(&bill.net, places),
        "services": bill.services,
        "affirm_by": bill.affirm_by,
        "due": bill.due,
        "affirmed": bill.affirmed,
        "closed": bill.closed,
        "withheld": bill.withheld.each_ref().map(|withheld| money::value(withheld, places)),
        "obligations": bill.obligations,
    })
}

/// What a bill charges of its own month: recurring, and once.
fn own(bill: &InventoryBill, month: Period) -> [u128; 2] {
    [LineKind::Recurring, LineKind::OneOff].map(|kind| {
        let of = bill
            .lines
            .iter()
            .find(|line| line.month == month && line.kind == kind);
        of.map_or(0, |line| line.amount.unsigned_abs())
    })
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
            .map(|(month, currency, bill)| {
                let places = decimals.get(currency).copied().unwrap_or(0);
                json!({ "month": month, "currency": currency, "bill": bill_json(bill, places) })
            })
            .collect();
        session.output().print(&value, |_| {
            if bills.is_empty() {
                let relation = typed(&relation);
                return match self.month {
                    Some(month) => format!(
                        "nothing of {relation} is billed for {month}: interclear inventory bill --relation {relation} {month}"
                    ),
                    None => format!(
                        "nothing of {relation} is billed yet: interclear inventory bill --relation {relation} MONTH"
                    ),
                };
            }
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
                let withheld = (bill.withheld() != 0).then(|| {
                    row(
                        month.to_string(),
                        "withheld",
                        money::grouped(-bill.withheld(), places),
                        "the buyer disputes it; it comes again with the next bill, as far as both records still say it".into(),
                    )
                });
                lines.chain([net]).chain(withheld)
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

/// The bill of a month, in the only currency or the one that is named, with that and its decimals.
async fn found(
    chain: &Chain,
    relation: &Relation,
    month: Period,
    currency: Option<Currency>,
) -> Result<(Currency, u8, InventoryBill), CommandError> {
    let mut bills = chain.inventory_bills(*relation).await?;
    bills.retain(|(of, in_currency, _)| *of == month && currency.is_none_or(|only| only == *in_currency));
    let mut bills = bills.into_iter();
    match (bills.next(), bills.next()) {
        (Some((_, currency, bill)), None) => {
            let decimals = chain.decimals().await?;
            Ok((currency, decimals.get(&currency).copied().unwrap_or(0), bill))
        }
        (None, _) => Err(CommandError::NotFound(format!(
            "such bill of {0} for {month}; `interclear inventory bills --relation {0}` lists those there are",
            typed(relation)
        ))),
        _ => Err(CommandError::Invalid(
            "there are bills in several currencies: name one with --currency".into(),
        )),
    }
}

impl AffirmArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain_to_sign().await?;
        let relation = self.relation.find(&chain).await?;
        let (currency, places, bill) = found(&chain, &relation, self.month, self.currency).await?;
        let net = money::grouped_value(&bill.net, places);
        session.confirm(&format!(
            "The bill of {} for {} of {net} {currency} is affirmed.",
            typed(&relation),
            self.month
        ))?;
        let receipt = session
            .execute(&chain, &calls::affirm_bill(&relation, self.month, currency))
            .await?;
        let done = format!(
            "the bill for {} of {net} {currency} is affirmed by you\nSee what it waits for, or has become, with: interclear inventory bills \
             --relation {}\n",
            self.month,
            typed(&relation)
        );
        session.report(
            &receipt,
            &done,
            json!({ "month": self.month, "currency": currency, "net": money::value(&bill.net, places) }),
        )
    }
}

#[derive(Args)]
pub(super) struct DisputeArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// The month, such as 2026-10.
    month: Period,
    /// What the month's recurring charges come to by your count, such as 1200.50; what the bill says unless given.
    #[arg(
        long,
        value_name = "AMOUNT",
        required_unless_present = "one_off",
        allow_negative_numbers = true
    )]
    recurring: Option<String>,
    /// What the month's one-off charges come to by your count; what the bill says unless given.
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    one_off: Option<String>,
    /// The currency of the bill; that of the only one unless given.
    #[arg(long)]
    currency: Option<Currency>,
}

impl DisputeArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain_to_sign().await?;
        let relation = self.relation.find(&chain).await?;
        let (currency, places, bill) = found(&chain, &relation, self.month, self.currency).await?;
        let billed = own(&bill, self.month);
        let mut claimed = billed;
        for (claimed, typed) in claimed.iter_mut().zip([&self.recurring, &self.one_off]) {
            if let Some(typed) = typed {
                *claimed = amount_of(typed, places)?;
            }
        }
        let withheld = withheld(billed, claimed).ok_or_else(|| {
            let [recurring, one_off] = billed.map(|amount| money::grouped_unsigned(amount, places));
            CommandError::Invalid(format!(
                "the bill charges {recurring} recurring and {one_off} one-off {currency} of its own month: dispute it by naming less than that"
            ))
        })?;
        let shown = money::grouped_unsigned(withheld, places);
        session.confirm(&format!(
            "Of the bill of {} for {}, {shown} {currency} are withheld, and the rest is affirmed. They come again with the next bill, and bear \
             interest, unless both sides' records say by then that they were not owed. The next bill cannot be disputed.",
            typed(&relation),
            self.month
        ))?;
        let [recurring, one_off] = claimed;
        let call = calls::dispute_bill(&relation, self.month, currency, recurring, one_off);
        let amount = |minor| money::unsigned(minor, places);
        let receipt = session.execute(&chain, &call).await?;
        let done = format!(
            "{shown} {currency} of the bill for {} are withheld; correct your records, and have the seller correct its own",
            self.month
        );
        session.report(
            &receipt,
            &done,
            json!({
                "month": self.month,
                "currency": currency,
                "recurring": amount(recurring),
                "one_off": amount(one_off),
                "withheld": amount(withheld),
            }),
        )
    }
}

/// What is withheld of what is billed, if something is and no more than that.
fn withheld(billed: [u128; 2], claimed: [u128; 2]) -> Option<u128> {
    let mut sum = 0u128;
    for (billed, claimed) in billed.into_iter().zip(claimed) {
        sum = sum.checked_add(billed.checked_sub(claimed)?)?;
    }
    (sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::inventory::profile::template_terms;
    use interclear_primitives::{inventory::InventoryLine, money::Value, DAY};

    #[test]
    fn a_month_should_be_told_from_when_on_it_is_billed_when_its_days_to_report_run() {
        let october = Period(202_610);
        let terms = InventoryTerms {
            report_days: 5,
            ..template_terms()
        };
        assert_eq!(
            too_early(october, &terms, october.end()).unwrap(),
            "2026-10 can be billed from 2026-11-06 00:00:00 UTC on: it has to be over, and then its 5 days to report"
        );
        assert_eq!(too_early(october, &terms, october.end() + 5 * DAY), None);
    }

    #[test]
    fn amounts_of_a_bill_should_be_decimal_text_when_a_machine_reads() {
        let bill = InventoryBill {
            lines: vec![InventoryLine {
                month: Period(202_610),
                kind: LineKind::Recurring,
                amount: -120_050,
            }]
            .try_into()
            .unwrap(),
            net: Value::Clear(-120_050),
            services: 3,
            affirm_by: 0,
            due: 0,
            affirmed: [true, false],
            closed: false,
            withheld: [Value::Clear(5), Value::ZERO],
            obligations: Default::default(),
        };
        let json = bill_json(&bill, 2);
        assert_eq!(
            (&json["net"], &json["lines"][0]["amount"]),
            (&json!("-1200.50"), &json!("-1200.50"))
        );
        assert_eq!(json["withheld"], json!(["0.05", "0.00"]));
    }

    #[test]
    fn nothing_should_be_withheld_when_more_is_claimed_than_billed_or_as_much() {
        assert_eq!(withheld([300, 80], [100, 80]), Some(200));
        assert_eq!(withheld([300, 80], [300, 0]), Some(80));
        for claimed in [[300, 80], [301, 0], [0, 81]] {
            assert_eq!(withheld([300, 80], claimed), None);
        }
    }
}
