//! What both sides have reported of the usage that a line bills.

use super::{amount, quantity, rows, Step, Tracer};
use crate::{
    currency::{self, in_common},
    database::cell,
    disputed,
    error::ArchiveError,
    typed,
};
use interclear_client::money::USAGE_DECIMALS;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a pair of networks has reported of a month, as it was from a block on.
pub(super) struct Reported {
    /// Month, visited and home network.
    of: [String; 3],
    reports: Value,
    block: String,
    currency: String,
}

impl Tracer<'_> {
    /// The usage reports under an agreement, as they have come to be.
    pub(super) async fn reported(&mut self, agreement: i64) -> Result<Vec<Reported>, ArchiveError> {
        let query = concat!(
            "SELECT key -> 0 ->> 1, key -> 1 ->> 0, key -> 1 ->> 1, CAST(value AS TEXT), CAST(from_block AS TEXT), ",
            in_common!("$1"),
            " FROM state WHERE pallet = 'Reports' AND item = 'Reports' AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 \
             ORDER BY state.from_block, state.id"
        );
        let mut all = Vec::new();
        for row in rows(self.database, query, &[agreement]).await? {
            let currency = currency::of_month(self.database, cell(&row, 5), agreement, cell(&row, 0)).await?;
            all.push(Reported {
                of: [0, 1, 2].map(|place| cell(&row, place).to_owned()),
                reports: serde_json::from_str(cell(&row, 3)).unwrap_or_default(),
                block: cell(&row, 4).to_owned(),
                currency,
            });
        }
        Ok(all)
    }

    /// The usage reports with a service, of the month that a line bills: every version that is known, of both sides.
    pub(super) fn reports(&self, line: &disputed::Line, reported: &[Reported]) -> Vec<Step> {
        // Which month bills a pair's figures may change until they are final: what is known last counts.
        let newest: BTreeMap<&[String; 3], &Value> =
            reported.iter().map(|one| (&one.of, &one.reports)).collect();
        let mut seen = BTreeSet::new();
        let mut steps = Vec::new();
        for one in reported {
            let Some(last) = newest.get(&one.of) else {
                continue;
            };
            let [month, visited, home] = &one.of;
            let late = last["late"].as_str().unwrap_or_default();
            let billed = match line.late.is_empty() {
                true => *month == line.period && late.is_empty(),
                false => *month == line.late && late == line.period,
            };
            let route = &last["route"];
            let routed =
                route["direction"] == line.direction.as_str() && route["group"].as_i64() == Some(line.group);
            if !billed || !routed {
                continue;
            }
            for (side, reporter) in [("visited", visited), ("home", home)] {
                let report = &one.reports[side];
                let lines = report["lines"].as_array().map_or(&[][..], Vec::as_slice);
                let said = lines.iter().find(|said| said["service"] == line.service.as_str());
                let (Some(version), Some(said)) = (report["version"].as_i64(), said) else {
                    continue;
                };
                if !seen.insert((&one.of, side, version)) {
                    continue;
                }
                let figure = |name: &str| said[name].as_str().unwrap_or_default();
                let mut step = Step::new(format!("usage report of {reporter}, version {version}"))
                    .fact("of", format!("{home} at {visited}"))
                    .fact("quantity", quantity(&line.service, figure("quantity")))
                    .fact("charge", amount(figure("charge"), USAGE_DECIMALS, &one.currency));
                if let Some(document) = report["document"].as_str() {
                    step = step.fact("document", document);
                }
                if !last["outcome"].is_null() {
                    step = step.fact("figures", typed::words(&last["outcome"]));
                }
                steps.push(self.since(step, &one.block));
            }
        }
        steps
    }
}
