//! Entries of MEF 116 / TMF637 as records.

use super::{Collected, Column, Services};
use crate::{
    fault::{Faults, Reason},
    inventory::{Charged, Entry, Inventory},
};
use interclear_matching::{normalise::identifier, RecordId, Side, Text};
use std::collections::HashMap;

/// What the members are called, for places.
fn member(column: Column) -> &'static str {
    match column {
        Column::BuyerId => "externalId",
        Column::SellerId => "id",
        Column::Order => "productOrderItem[0].productOrderId",
        Column::ACountry | Column::ASite => "relatedSite[0]",
        Column::ZCountry | Column::ZSite => "relatedSite[1]",
        Column::Product => "productOffering.id",
        Column::Account => "billingAccount.id",
        Column::Bandwidth => "productConfiguration.bandwidth",
        Column::Recurring | Column::Hourly | Column::OneOff | Column::Currency => "productPrice",
        Column::Start => "startDate",
        Column::End => "terminationDate",
        Column::Since => "lastUpdateDate",
        Column::Term => "productTerm[0].duration",
        Column::Status => "status",
    }
}

pub(super) fn read(text: &str, side: Side) -> Result<Services, Faults> {
    let inventory = Inventory::read(text)?;
    let mut collected = Collected::new(side);
    collected.services.faults.extend(&inventory.faults);
    collected
        .services
        .refused
        .extend(inventory.refused.iter().map(|names| {
            let own = match side {
                Side::Seller => names.id.as_deref(),
                Side::Buyer => names.external_id.as_deref(),
            };
            let own: Text<32> = identifier(own?).ok()?;
            (!own.is_empty()).then(|| RecordId::of(own.as_bytes()))
        }));
    for entry in &inventory.entries {
        let mut wrong = Vec::new();
        let at = |column: Column| format!("[{}].{}", entry.index, member(column));
        let texts = texts(entry, &mut wrong, &at);
        collected.take(&texts, wrong, at);
    }
    Ok(collected.services)
}

fn is_one_of(unit: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(unit.trim()))
}

fn texts(
    entry: &Entry,
    wrong: &mut Vec<(String, Reason)>,
    at: &impl Fn(Column) -> String,
) -> HashMap<Column, String> {
    let mut texts = HashMap::from([
        (Column::SellerId, entry.id.clone()),
        (Column::BuyerId, entry.external_id.clone().unwrap_or_default()),
        (Column::Status, entry.status.word().to_owned()),
        (Column::Start, entry.start.to_string()),
        (
            Column::End,
            entry.termination.map(|day| day.to_string()).unwrap_or_default(),
        ),
        (Column::Product, entry.offering.clone().unwrap_or_default()),
        (Column::Order, entry.order.clone().unwrap_or_default()),
        (Column::Account, entry.account.clone().unwrap_or_default()),
        (Column::Bandwidth, entry.bandwidth.clone().unwrap_or_default()),
        (
            Column::Term,
            entry.months.map(|months| months.to_string()).unwrap_or_default(),
        ),
    ]);
    let ends = [
        (Column::ACountry, Column::ASite),
        (Column::ZCountry, Column::ZSite),
    ];
    for ((country, site), end) in ends.into_iter().zip(&entry.ends) {
        texts.insert(country, end.country.clone());
        texts.insert(site, end.site.clone());
    }
    let mut currency = None;
    for price in &entry.prices {
        let column = match &price.charged {
            Charged::Once => Column::OneOff,
            Charged::Recurring(period) if is_one_of(period, &["month", "monthly", "1 month"]) => {
                Column::Recurring
            }
            Charged::Recurring(unit) | Charged::UsageBased(unit)
                if is_one_of(unit, &["hour", "hours", "hourly", "1 hour"]) =>
            {
                Column::Hourly
            }
            Charged::Recurring(unit) | Charged::UsageBased(unit) => {
                let reason =
                    format!("is charged by `{unit}`, and a record by the month, or by the hour of use");
                wrong.push((at(Column::Recurring), Reason::Other(reason)));
                continue;
            }
        };
        let mut fault = |reason: &str| wrong.push((at(column), Reason::Other(reason.into())));
        if *currency.get_or_insert(price.currency) != price.currency {
            fault("has prices in several currencies, and a record has one");
            continue;
        }
        let Ok(micro) = price.amount.exact(6) else {
            fault("has more decimals than are kept");
            continue;
        };
        let amount = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
        if texts.insert(column, amount).is_some() {
            fault("has two prices of one kind, and a record has one");
        }
    }
    if texts.contains_key(&Column::Hourly) {
        // Hours are counted by times.
        texts.insert(Column::Start, entry.from.clone());
        texts.insert(Column::End, entry.until.clone().unwrap_or_default());
    }
    texts.insert(
        Column::Currency,
        currency.map(|code| code.to_string()).unwrap_or_default(),
    );
    texts
}
