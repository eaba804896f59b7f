//! The bills of a month of fixed-line services.

use super::{owed, Draft, Part, Sort};
use crate::{
    bills::{self, Charge},
    database::{cell, texts, Database},
    error::{ArchiveError, InvoiceError},
    trace::{self, Debt},
    typed,
};
use interclear_client::{money::grouped, time};
use interclear_primitives::{
    inventory::{InventoryBill, LineKind, Relation},
    period::Period,
};
use std::collections::BTreeMap;

/// A bill as it stands, and when it was issued: at the latest when silence affirmed it.
struct Bill {
    bill: InventoryBill,
    issued: u64,
}

/// The bills of a month, by currency.
async fn issued(
    database: &mut Database,
    relation: Relation,
    period: Period,
) -> Result<BTreeMap<String, Bill>, ArchiveError> {
    let query = "SELECT s.key -> 1 ->> 1, CAST(s.value AS TEXT), CAST(b.time AS TEXT) FROM state s \
                 LEFT JOIN blocks b ON b.number = s.from_block WHERE s.pallet = 'Inventory' AND s.item = 'Bills' \
                 AND CAST(s.key -> 0 ->> 'buyer' AS BIGINT) = $1 AND CAST(s.key -> 0 ->> 'seller' AS BIGINT) = $2 \
                 AND s.key -> 0 ->> 'class' = $3 AND s.key -> 1 ->> 0 = $4 ORDER BY s.from_block, s.id";
    let month = period.to_string();
    let with = [
        relation.buyer.0.into(),
        relation.seller.0.into(),
        relation.class.as_str().into(),
        month.as_str().into(),
    ];
    let mut found = BTreeMap::<String, Bill>::new();
    for row in texts(database, query, &with).await? {
        let part = |place: usize| cell(&row, place);
        let bill: InventoryBill = typed::text(part(1))?;
        let time = part(2).parse::<u64>().map_or(bill.affirm_by, |time| time / 1_000);
        // The first row is of the block that issued it, the last one as it stands.
        let known = found.get(part(0));
        let issued = known.map_or(time.min(bill.affirm_by), |known| known.issued);
        found.insert(part(0).to_owned(), Bill { bill, issued });
    }
    Ok(found)
}

/// The lines of a bill, and what the buyer withholds of them.
fn parts(bill: &InventoryBill, period: Period) -> Vec<Part> {
    let part = |charge: Charge| {
        let what = match charge.kind {
            LineKind::Recurring => "Recurring charges",
            LineKind::OneOff => "One-off charges",
        };
        let more = match charge.withheld {
            true => ", disputed and withheld",
            false if charge.month == period => "",
            false => ", corrected",
        };
        Part::untaxed(format!("{what} of {}{more}", charge.month), charge.amount)
    };
    bills::charges(bill, period).into_iter().map(part).collect()
}

/// A document for each currency in which a month is billed, and those of late interest.
pub(super) async fn drafts(
    database: &mut Database,
    relation: Relation,
    period: Period,
) -> Result<Vec<(Draft, Vec<Part>)>, ArchiveError> {
    let contract = format!("{}:{}:{}", relation.buyer, relation.seller, relation.class);
    let found = issued(database, relation, period).await?;
    if found.is_empty() {
        return Err(InvoiceError::NoBill(contract, period).into());
    }
    let before = issued(database, relation, period.previous()).await?;
    let places = trace::decimals(database).await?;
    let debts = trace::debts(database).await?;
    let mut all = Vec::new();
    for (currency, Bill { bill, issued }) in found {
        if !bill.closed {
            return Err(InvoiceError::OpenBill(contract, period, currency).into());
        }
        let decimals = places.get(&currency).copied();
        let decimals = decimals.ok_or_else(|| InvoiceError::NoToken(currency.clone()))?;
        let owed = |debt: &&Debt| {
            bill.obligations
                .iter()
                .any(|id| u64::try_from(debt.obligation) == Ok(id.0))
        };
        let owed: Vec<&Debt> = debts.iter().filter(owed).collect();
        let due = owed.iter().map(|debt| debt.due).max().unwrap_or(bill.due);
        let mut about = format!(
            "Fixed-line services {} of {period}: {} in use",
            relation.class, bill.services
        );
        let again = before.get(&currency).map_or(0, |before| {
            bill.comes_again(period.previous(), before.bill.withheld())
        });
        if let (1.., [first, ..]) = (again, owed.as_slice()) {
            about.push_str(&format!(
                "; {} of it was withheld of {} and is due on {}",
                grouped(again, decimals),
                period.previous(),
                time::day(first.due)
            ));
        }
        let number_of = |period| {
            let [buyer, seller] = [relation.buyer, relation.seller].map(|operator| i64::from(operator.0));
            bills::number(buyer, seller, relation.class.as_str(), period, &currency)
        };
        let draft = Draft {
            number: number_of(period),
            sort: Sort::Invoice,
            reference: (again > 0).then(|| number_of(period.previous())),
            object: None,
            about,
            sides: [relation.seller, relation.buyer].map(|operator| i64::from(operator.0)),
            currency: currency.clone(),
            decimals,
            moments: [issued, due],
            period: Some(period),
            contract: contract.clone(),
            compensation: false,
            settled: None,
        };
        let mut interest = Vec::new();
        for debt in owed {
            let draft = Draft {
                sides: [debt.creditor, debt.debtor],
                ..draft.clone()
            };
            let reference = Some(draft.number.clone());
            interest.extend(owed::interest(database, draft, reference, debt, &debts).await?);
        }
        all.push((draft, parts(&bill, period)));
        all.extend(interest);
    }
    Ok(all)
}
