//! What both sides say of the same usage, where they do not say the same: in usage reports, and in disputes.

use crate::{
    commitments::percent,
    database::{texts, Database},
    error::ArchiveError,
    table::Cell,
    trace, typed,
};
use interclear_client::money::USAGE_DECIMALS;
use interclear_primitives::{
    dispute::{Dispute, DisputeSubject, Figures},
    money::Value,
    report::{ReportLines, UsageReports},
    service::Service,
};
use std::collections::{BTreeMap, BTreeSet};

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
    service: Service,
    currency: String,
}

impl Line {
    /// A row where the two figures differ; the percentage is of the larger one.
    fn row(&self, of: &str, [debtor, creditor]: [i128; 2], decimals: u8) -> Option<Vec<Cell>> {
        let difference = debtor.saturating_sub(creditor);
        let larger = debtor.unsigned_abs().max(creditor.unsigned_abs());
        let [first, second] = &self.parties;
        let currency = if of == "charge" {
            self.currency.as_str()
        } else {
            ""
        };
        (difference != 0).then(|| {
            vec![
                Cell::Text(self.month.clone()),
                Cell::Count(self.agreement),
                Cell::Text(first.clone()),
                Cell::Text(second.clone()),
                Cell::Text(self.said_in.clone()),
                Cell::Text(self.service.to_string()),
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

fn quantity(quantity: u128) -> i128 {
    i128::try_from(quantity).unwrap_or(i128::MAX)
}

fn amount(value: &Value) -> i128 {
    value.clear().unwrap_or_default()
}

pub(crate) async fn rows(
    database: &mut Database,
    period: Option<&str>,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let names = trace::names(database).await?;
    let name = |operator: u32| {
        names
            .get(&i64::from(operator))
            .cloned()
            .unwrap_or_else(|| operator.to_string())
    };
    let wanted = |month: &str| period.is_none_or(|period| period == month);
    let mut all = Vec::new();
    let query = "SELECT key -> 0 ->> 1, CAST(key -> 0 ->> 0 AS TEXT), key -> 1 ->> 0, key -> 1 ->> 1, CAST(value AS TEXT), \
                 (SELECT MAX(t.value -> 'usage' ->> 'currency') FROM newest AS t WHERE t.pallet = 'Agreements' AND t.item = 'TermsOf' \
                 AND t.key ->> 0 = r.key -> 0 ->> 0) FROM newest AS r WHERE r.pallet = 'Reports' AND r.item = 'Reports' \
                 ORDER BY r.key -> 0 ->> 1, r.id";
    for row in texts(database, query, &[]).await? {
        let part = |place: usize| row.get(place).and_then(Option::as_deref).unwrap_or_default();
        if !wanted(part(0)) {
            continue;
        }
        let reports: UsageReports = typed::text(part(4))?;
        let (Some(visited), Some(home)) = (&reports.visited, &reports.home) else {
            continue;
        };
        let services: BTreeSet<Service> = visited
            .lines
            .iter()
            .chain(&home.lines)
            .map(|line| line.service)
            .collect();
        for service in services {
            // The home network pays.
            let said = |lines: &ReportLines| {
                let line = lines.iter().find(|line| line.service == service);
                line.map_or((0, 0), |line| (quantity(line.quantity), amount(&line.charge)))
            };
            let ((one, charge), (other, charged)) = (said(&home.lines), said(&visited.lines));
            let line = Line {
                month: part(0).to_owned(),
                agreement: part(1).parse().unwrap_or_default(),
                parties: [part(3).to_owned(), part(2).to_owned()],
                said_in: "usage reports".into(),
                service,
                currency: part(5).to_owned(),
            };
            all.extend(line.row("quantity", [one, other], USAGE_DECIMALS));
            all.extend(line.row("charge", [charge, charged], USAGE_DECIMALS));
        }
    }
    let mut firsts = BTreeMap::new();
    let query = "SELECT CAST(key ->> 0 AS TEXT), CAST(value AS TEXT) FROM state WHERE pallet = 'Disputes' AND item = 'Disputes' ORDER BY state.id";
    for row in texts(database, query, &[]).await? {
        let part = |place: usize| row.get(place).and_then(Option::as_deref).unwrap_or_default();
        let dispute: Dispute = typed::text(part(1))?;
        let [debtor, creditor] = &dispute.claims;
        // Once it has ended, both are the figures that stand: what they said is what they last said apart.
        if debtor != creditor {
            firsts.insert(part(0).parse::<i64>().unwrap_or_default(), dispute);
        }
    }
    for (number, dispute) in firsts {
        let DisputeSubject::StatementLine {
            agreement,
            period: month,
            line,
        } = dispute.subject;
        if !wanted(&month.to_string()) {
            continue;
        }
        let line = Line {
            month: month.to_string(),
            agreement: agreement.0.into(),
            parties: dispute.parties.map(|party| name(party.0)),
            said_in: format!("dispute {number}"),
            service: line.usage.service,
            currency: dispute.currency.to_string(),
        };
        let said = |of: fn(&Figures) -> i128| dispute.claims.each_ref().map(of);
        all.extend(line.row(
            "quantity",
            said(|figures| quantity(figures.quantity)),
            USAGE_DECIMALS,
        ));
        all.extend(line.row(
            "charge",
            said(|figures| amount(&figures.charge)),
            dispute.decimals,
        ));
        all.extend(line.row(
            "shortfall",
            said(|figures| amount(&figures.shortfall)),
            dispute.decimals,
        ));
        all.extend(line.row("tax", said(|figures| amount(&figures.tax)), dispute.decimals));
    }
    Ok(all)
}
