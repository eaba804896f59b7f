//! Bills of fixed-line services, as reports and traces show them beside statements.

use crate::{
    database::{cell, texts, Bind, Database},
    error::ArchiveError,
    step::Step,
    table::Cell,
    typed,
};
use interclear_primitives::{
    inventory::{InventoryBill, LineKind},
    money::Value,
    period::Period,
};
use std::collections::BTreeMap;

/// A bill as it stood last, and what it is of.
pub(crate) struct Billed {
    pub buyer: i64,
    pub seller: i64,
    pub class: String,
    pub period: Period,
    pub currency: String,
    pub bill: InventoryBill,
}

/// What a bill charges of a month, or what of that is withheld.
pub(crate) struct Charge {
    pub month: Period,
    pub kind: LineKind,
    pub amount: i128,
    pub withheld: bool,
}

/// By which both sides know a bill.
pub(crate) fn number(buyer: i64, seller: i64, class: &str, period: Period, currency: &str) -> String {
    format!("{buyer}-{seller}-{class}-{period}-{currency}")
}

/// What a kind of charges is called.
pub(crate) fn called(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Recurring => "recurring charges",
        LineKind::OneOff => "one-off charges",
    }
}

/// The lines of a bill, and what the buyer withholds of the month's own: together what it owes.
pub(crate) fn charges(bill: &InventoryBill, period: Period) -> Vec<Charge> {
    let lines = bill.lines.iter().map(|line| Charge {
        month: line.month,
        kind: line.kind,
        amount: line.amount,
        withheld: false,
    });
    let [Value::Clear(recurring), Value::Clear(one_off)] = bill.withheld;
    let withheld = [(LineKind::Recurring, recurring), (LineKind::OneOff, one_off)];
    let withheld = withheld.into_iter().filter(|(_, amount)| *amount != 0);
    let withheld = withheld.map(|(kind, amount)| Charge {
        month: period,
        kind,
        amount: amount.saturating_neg(),
        withheld: true,
    });
    lines.chain(withheld).collect()
}

impl Billed {
    pub(crate) fn number(&self) -> String {
        number(self.buyer, self.seller, &self.class, self.period, &self.currency)
    }

    /// What it is called in reports; until both sides have affirmed it, or silence has, the buyer may still withhold a part.
    pub(crate) fn document(&self) -> String {
        let open = if self.bill.closed {
            ""
        } else {
            "; not affirmed yet"
        };
        format!("bill {}{open}", self.number())
    }

    /// Its rows in the settlement of the month; no tax is known of fixed-line services.
    pub(crate) fn month(&self, name: impl Fn(i64) -> Cell, decimals: u8) -> Vec<Vec<Cell>> {
        let none = || Cell::Text(String::new());
        let row = |(charge, place): (Charge, i64)| {
            let earlier = charge.month != self.period;
            let withheld = if charge.withheld { "; withheld" } else { "" };
            vec![
                Cell::Text(self.period.to_string()),
                none(),
                name(self.buyer),
                name(self.seller),
                Cell::Count(place),
                Cell::Text(format!("{}, {}", self.class, called(charge.kind))),
                Cell::Text(if earlier {
                    charge.month.to_string()
                } else {
                    String::new()
                }),
                none(),
                Cell::Decimal(charge.amount, decimals),
                Cell::Decimal(0, decimals),
                Cell::Decimal(0, decimals),
                Cell::Text(self.currency.clone()),
                Cell::Text(format!("{}{withheld}", self.document())),
            ]
        };
        charges(&self.bill, self.period)
            .into_iter()
            .zip(1i64..)
            .map(row)
            .collect()
    }

    /// As a trace shows it, with its lines.
    pub(crate) fn step(&self, sum: impl Fn(i128) -> String) -> Step {
        let Value::Clear(net) = self.bill.net;
        let mut step = Step::new(format!("bill {} of fixed-line services", self.number()))
            .fact("net", sum(net))
            .fact("services", self.bill.services);
        if self.bill.withheld() != 0 {
            step = step.fact("withheld", sum(self.bill.withheld()));
        }
        for (charge, number) in charges(&self.bill, self.period).into_iter().zip(1..) {
            let withheld = if charge.withheld {
                ", disputed and withheld"
            } else {
                ""
            };
            let title = format!(
                "line {number}: {} {} of {}{withheld}",
                self.class,
                called(charge.kind),
                charge.month
            );
            step.from
                .push(Step::new(title).fact("charge", sum(charge.amount)));
        }
        step
    }

    /// What is owed by it.
    pub(crate) fn comes_to(&self) -> i128 {
        let charges = charges(&self.bill, self.period);
        charges
            .iter()
            .fold(0i128, |sum, charge| sum.saturating_add(charge.amount))
    }
}

/// Every row of a bill; of one month, or of all.
macro_rules! kept {
    ($of:literal) => {
        concat!(
            "SELECT CAST(key -> 0 ->> 'buyer' AS TEXT), CAST(key -> 0 ->> 'seller' AS TEXT), key -> 0 ->> 'class', \
             key -> 1 ->> 0, key -> 1 ->> 1, CAST(value AS TEXT) FROM state WHERE pallet = 'Inventory' AND item = 'Bills' ",
            $of,
            " ORDER BY state.from_block, state.id"
        )
    };
}

/// All bills, of one month if one is named, by month, buyer, seller, class and currency.
pub(crate) async fn all(database: &mut Database, period: Option<&str>) -> Result<Vec<Billed>, ArchiveError> {
    let query = match period {
        Some(_) => kept!("AND key -> 1 ->> 0 = $1"),
        None => kept!(""),
    };
    let with: Vec<Bind<'_>> = period.map(Bind::Text).into_iter().collect();
    let mut found = BTreeMap::new();
    for row in texts(database, query, &with).await? {
        let part = |place: usize| cell(&row, place);
        let (Ok(buyer), Ok(seller), Ok(month)) = (
            part(0).parse::<i64>(),
            part(1).parse::<i64>(),
            part(3).parse::<Period>(),
        ) else {
            continue;
        };
        let billed = Billed {
            buyer,
            seller,
            class: part(2).to_owned(),
            period: month,
            currency: part(4).to_owned(),
            bill: typed::text(part(5))?,
        };
        let key = (
            month,
            buyer,
            seller,
            billed.class.clone(),
            billed.currency.clone(),
        );
        // The last row is the bill as it stands.
        found.insert(key, billed);
    }
    Ok(found.into_values().collect())
}
