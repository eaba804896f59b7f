//! What both sides say of the same usage, where they do not say the same: in usage reports, and in disputes.

use crate::{
    commitments::percent,
    currency::{self, in_common},
    database::{cell, texts, Bind, Database},
    disputed::{self, FIGURES},
    error::ArchiveError,
    table::{named, Cell},
    trace, typed,
};
use interclear_client::money::USAGE_DECIMALS;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) const COLUMNS: [&str; 12] = [
    "Month",
    "Agreement",
    "Debtor",
    "Creditor",
    "Said in",
    "Service",
    "Of",
    "Debtor says",
    "Creditor says",
    "Difference",
    "Percent",
    "Currency",
];

/// Of what both sides say something.
struct Line {
    month: String,
    agreement: i64,
    parties: [String; 2],
    said_in: String,
    service: String,
    currency: String,
}

impl Line {
    /// A row where the two figures differ; the percentage is of the larger one.
    fn row(&self, of: &str, [debtor, creditor]: [i128; 2], decimals: u8) -> Option<Vec<Cell>> {
        let difference = debtor.saturating_sub(creditor);
        let larger = debtor.unsigned_abs().max(creditor.unsigned_abs());
        let [first, second] = &self.parties;
        let currency = if of == "quantity" {
            ""
        } else {
            self.currency.as_str()
        };
        (difference != 0).then(|| {
            vec![
                Cell::Text(self.month.clone()),
                Cell::Count(self.agreement),
                Cell::Text(first.clone()),
                Cell::Text(second.clone()),
                Cell::Text(self.said_in.clone()),
                Cell::Text(self.service.clone()),
                Cell::Text(of.to_owned()),
                Cell::Decimal(debtor, decimals),
                Cell::Decimal(creditor, decimals),
                Cell::Decimal(difference, decimals),
                Cell::Decimal(percent(difference.unsigned_abs(), larger), 2),
                Cell::Text(currency.to_owned()),
            ]
        })
    }
}

/// A figure of an object.
fn figure(of: &Value, name: &str) -> i128 {
    of[name]
        .as_str()
        .and_then(|figure| figure.parse().ok())
        .unwrap_or_default()
}

pub(crate) async fn rows(
    database: &mut Database,
    period: Option<&str>,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let mut all = Vec::new();
    in_reports(database, period, &mut all).await?;
    in_disputes(database, period, &mut all).await?;
    Ok(all)
}

/// Usage reports as they stand, with the currency of their agreement; of one month, or of all.
macro_rules! reports {
    ($of:literal) => {
        concat!(
            "SELECT key -> 0 ->> 1, CAST(key -> 0 ->> 0 AS TEXT), key -> 1 ->> 0, key -> 1 ->> 1, CAST(value AS TEXT), \
             ",
            in_common!("CAST(r.key -> 0 ->> 0 AS BIGINT)"),
            " FROM newest AS r WHERE r.pallet = 'Reports' AND r.item = 'Reports' ",
            $of,
            " ORDER BY r.key -> 0 ->> 1, r.id"
        )
    };
}

async fn in_reports(
    database: &mut Database,
    period: Option<&str>,
    all: &mut Vec<Vec<Cell>>,
) -> Result<(), ArchiveError> {
    let query = match period {
        Some(_) => reports!("AND r.key -> 0 ->> 1 = $1"),
        None => reports!(""),
    };
    let with: Vec<Bind<'_>> = period.map(Bind::Text).into_iter().collect();
    let mut names = BTreeMap::new();
    for operator in trace::operators(database).await?.into_values() {
        let codes = operator.tadigs.into_iter();
        names.extend(codes.map(|code| (code, operator.name.clone())));
    }
    // Operators are called as in disputes, so that all of one can be taken together.
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_owned());
    for row in texts(database, query, &with).await? {
        let part = |place: usize| cell(&row, place);
        let reports: Value = serde_json::from_str(part(4)).unwrap_or_default();
        // The home network pays.
        let said = [&reports["home"]["lines"], &reports["visited"]["lines"]].map(Value::as_array);
        let [Some(home), Some(visited)] = said else {
            continue;
        };
        let agreement = part(1).parse().unwrap_or_default();
        let currency = currency::of_month(database, part(5), agreement, part(0)).await?;
        let services: Vec<&Value> = home.iter().chain(visited).map(|line| &line["service"]).collect();
        for (place, of) in services.iter().enumerate() {
            if services.iter().take(place).any(|earlier| earlier == of) {
                continue;
            }
            let line = Line {
                month: part(0).to_owned(),
                agreement,
                parties: [name(part(3)), name(part(2))],
                said_in: format!("usage reports of {} and {}", part(3), part(2)),
                service: typed::service(of.as_str().unwrap_or_default()),
                currency: currency.clone(),
            };
            for name in ["quantity", "charge"] {
                let of_side = |lines: &Vec<Value>| {
                    let line = lines.iter().find(|line| line["service"] == **of);
                    line.map_or(0, |line| figure(line, name))
                };
                all.extend(line.row(name, [of_side(home), of_side(visited)], USAGE_DECIMALS));
            }
        }
    }
    Ok(())
}

async fn in_disputes(
    database: &mut Database,
    period: Option<&str>,
    all: &mut Vec<Vec<Cell>>,
) -> Result<(), ArchiveError> {
    let names = trace::names(database).await?;
    for dispute in disputed::all(database).await? {
        if period.is_some_and(|period| period != dispute.line.period) {
            continue;
        }
        let line = Line {
            month: dispute.line.period.clone(),
            agreement: dispute.line.agreement,
            parties: dispute.parties.map(|operator| named(&names, operator).as_text()),
            said_in: format!("dispute {}", dispute.number),
            service: typed::service(&dispute.line.service),
            currency: dispute.currency,
        };
        let [debtor, creditor] = dispute.said;
        let said = FIGURES.into_iter().zip(debtor.into_iter().zip(creditor));
        for (of, (debtor, creditor)) in said {
            let decimals = if of == "quantity" {
                USAGE_DECIMALS
            } else {
                dispute.decimals
            };
            all.extend(line.row(of, [debtor, creditor], decimals));
        }
    }
    Ok(())
}
