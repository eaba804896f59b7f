//! A relation of fixed-line services, month by month: how much of it matched, and what became of the money.

use crate::{
    database::{cell, texts, Bind, Database},
    error::ArchiveError,
    report, typed,
};
use interclear_primitives::{
    inventory::{InventoryBill, InventoryCounts, Relation},
    money::Currency,
    period::Period,
};
use std::collections::BTreeMap;

/// Bills by currency and month.
pub type Bills = BTreeMap<(Currency, Period), InventoryBill>;

/// What is known of a relation over time.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct History {
    /// How many records there were of each class when each month ended, and now in the one that has not.
    pub counts: BTreeMap<Period, InventoryCounts>,
    /// The bills as they stood last.
    pub bills: Bills,
}

/// What became of a month in one currency, in minor units of its token.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Month {
    /// Services that its own bill charges.
    pub services: u32,
    /// What its own bill charges of it.
    pub billed: i128,
    /// What the buyer withheld of that.
    pub withheld: i128,
    /// What later bills charge of it: what was withheld and came again, and what did not match before.
    pub charged_later: i128,
    /// What later bills credit of it.
    pub credited_later: i128,
}

impl Month {
    /// What is owed of it by now.
    pub fn comes_to(&self) -> i128 {
        self.billed
            .saturating_sub(self.withheld)
            .saturating_add(self.charged_later)
            .saturating_sub(self.credited_later)
    }
}

/// What bills say of each month, whether they are its own or correct it later.
pub fn months(bills: &Bills) -> BTreeMap<(Currency, Period), Month> {
    let mut months = BTreeMap::<(Currency, Period), Month>::new();
    for ((currency, period), bill) in bills {
        let own = months.entry((*currency, *period)).or_default();
        own.services = bill.services;
        own.withheld = bill.withheld();
        for line in &bill.lines {
            let of = months.entry((*currency, line.month)).or_default();
            let (sum, more) = match (line.month == *period, line.amount < 0) {
                (true, _) => (&mut of.billed, line.amount),
                (false, false) => (&mut of.charged_later, line.amount),
                (false, true) => (&mut of.credited_later, line.amount.saturating_neg()),
            };
            *sum = sum.saturating_add(more);
        }
    }
    months
}

fn named(relation: &Relation) -> [Bind<'_>; 3] {
    [
        relation.buyer.0.into(),
        relation.seller.0.into(),
        relation.class.as_str().into(),
    ]
}

/// All that an archive knows of a relation, also what the chain has forgotten.
///
/// # Errors
/// The archive is empty, or what the database says.
pub async fn history(database: &mut Database, relation: &Relation) -> Result<History, ArchiveError> {
    let newest = Period::containing(report::known(database).await?.now);
    let mut history = History::default();
    let query = "SELECT CAST(s.value -> 'counts' AS TEXT), CAST(b.time AS TEXT) FROM state s \
                 JOIN blocks b ON b.number = s.from_block WHERE s.pallet = 'Inventory' AND s.item = 'States' \
                 AND CAST(s.key -> 0 ->> 'buyer' AS BIGINT) = $1 AND CAST(s.key -> 0 ->> 'seller' AS BIGINT) = $2 \
                 AND s.key -> 0 ->> 'class' = $3 ORDER BY s.from_block, s.id";
    for row in texts(database, query, &named(relation)).await? {
        let milliseconds: u64 = cell(&row, 1).parse().unwrap_or_default();
        let month = Period::containing(milliseconds / 1_000);
        history.counts.insert(month, typed::text(cell(&row, 0))?);
    }
    // A month in which nothing has changed ended as it began.
    let first = history.counts.first_key_value();
    if let Some((mut month, mut last)) = first.map(|(month, counts)| (*month, *counts)) {
        while month < newest {
            month = month.next();
            last = *history.counts.entry(month).or_insert(last);
        }
    }
    let query = "SELECT CAST(s.key -> 1 AS TEXT), CAST(s.value AS TEXT) FROM state s \
                 WHERE s.pallet = 'Inventory' AND s.item = 'Bills' \
                 AND CAST(s.key -> 0 ->> 'buyer' AS BIGINT) = $1 AND CAST(s.key -> 0 ->> 'seller' AS BIGINT) = $2 \
                 AND s.key -> 0 ->> 'class' = $3 ORDER BY s.from_block, s.id";
    for row in texts(database, query, &named(relation)).await? {
        let (period, currency): (Period, Currency) = typed::text(cell(&row, 0))?;
        history
            .bills
            .insert((currency, period), typed::text(cell(&row, 1))?);
    }
    Ok(history)
}
