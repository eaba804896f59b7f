//! What both sides have reported of the usage that a line bills.

use super::{amount, quantity, rows, Step, Tracer};
use crate::{database::cell, disputed, error::ArchiveError, typed};
use interclear_client::money::USAGE_DECIMALS;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Tracer<'_> {
    /// The usage reports with a service, of the month that a line bills: every version that is known, of both sides.
    pub(super) async fn reports(&mut self, line: &disputed::Line) -> Result<Vec<Step>, ArchiveError> {
        let query = "SELECT key -> 0 ->> 1, key -> 1 ->> 0, key -> 1 ->> 1, CAST(value AS TEXT), CAST(from_block AS TEXT), \
                     (SELECT MAX(t.value -> 'usage' ->> 'currency') FROM newest AS t WHERE t.pallet = 'Agreements' AND t.item = 'TermsOf' \
                     AND CAST(t.key ->> 0 AS BIGINT) = $1) FROM state WHERE pallet = 'Reports' AND item = 'Reports' \
                     AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 ORDER BY state.from_block, state.id";
        let found = rows(self.database, query, &[line.agreement]).await?;
        let pair = |row: &[Option<String>]| [0, 1, 2].map(|place| cell(row, place).to_owned());
        let value = |row: &[Option<String>]| serde_json::from_str::<Value>(cell(row, 3)).unwrap_or_default();
        // Which month bills a pair's figures may change until they are final: what is known last counts.
        let newest: BTreeMap<[String; 3], Value> = found.iter().map(|row| (pair(row), value(row))).collect();
        let mut seen = BTreeSet::new();
        let mut steps = Vec::new();
        for row in &found {
            let of = pair(row);
            let Some(last) = newest.get(&of) else {
                continue;
            };
            let [month, visited, home] = &of;
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
            let reports = value(row);
            for (side, reporter) in [("visited", visited), ("home", home)] {
                let report = &reports[side];
                let lines = report["lines"].as_array().map_or(&[][..], Vec::as_slice);
                let said = lines.iter().find(|one| one["service"] == line.service.as_str());
                let (Some(version), Some(said)) = (report["version"].as_i64(), said) else {
                    continue;
                };
                if !seen.insert((of.clone(), side, version)) {
                    continue;
                }
                let figure = |name: &str| said[name].as_str().unwrap_or_default();
                let mut step = Step::new(format!("usage report of {reporter}, version {version}"))
                    .fact("of", format!("{home} at {visited}"))
                    .fact("quantity", quantity(&line.service, figure("quantity")))
                    .fact("charge", amount(figure("charge"), USAGE_DECIMALS, cell(row, 5)));
                if let Some(document) = report["document"].as_str() {
                    step = step.fact("document", document);
                }
                if !last["outcome"].is_null() {
                    step = step.fact("figures", typed::words(&last["outcome"]));
                }
                steps.push(self.since(step, cell(row, 4)));
            }
        }
        Ok(steps)
    }
}
