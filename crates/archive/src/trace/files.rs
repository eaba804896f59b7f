//! The TAP files that a line bills.

use super::{amount, proven::Proven, quantity, Step, Tracer};
use crate::{
    database::{cell, texts, Bind},
    disputed,
    error::ArchiveError,
    typed,
};
use interclear_client::money::USAGE_DECIMALS;
use serde_json::Value;

/// A file as it was answered last.
pub(super) struct File {
    /// Sender, recipient and number.
    name: [String; 3],
    value: Value,
    block: String,
}

/// What a list of totals has of a service.
fn total<'a>(totals: &'a Value, service: &str) -> Option<&'a Value> {
    let mut each = totals.as_array()?.iter();
    each.find(|total| total["service"] == service)
}

impl Tracer<'_> {
    /// The files under an agreement that are of a month, or are billed with it. Test files are under none, though they may have the same
    /// numbers.
    pub(super) async fn files(&mut self, agreement: i64, period: &str) -> Result<Vec<File>, ArchiveError> {
        let query = "SELECT CAST(key AS TEXT), CAST(value AS TEXT), CAST(from_block AS TEXT) FROM newest WHERE pallet = 'Anchoring' \
                     AND item = 'Batches' AND CAST(value -> 'route' ->> 'agreement' AS BIGINT) = $1 \
                     AND (value ->> 'period' = $2 OR value ->> 'late' = $2)";
        let found = texts(self.database, query, &[agreement.into(), Bind::Text(period)]).await?;
        let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let each = found.iter().map(|row| {
            let key = parsed(cell(row, 0));
            let (series, sequence) = (&key[0]["series"], key[0]["sequence"].as_u64().unwrap_or_default());
            let code = |side: &str| series[side].as_str().unwrap_or_default().to_owned();
            let file = File {
                name: [code("sender"), code("recipient"), sequence.to_string()],
                value: parsed(cell(row, 1)),
                block: cell(row, 2).to_owned(),
            };
            (sequence, file)
        });
        // In order here: to have them in order SQLite would go through the files of all agreements.
        let mut files: Vec<(u64, File)> = each.collect();
        files.sort_by(|(one, a), (other, b)| {
            let ([from, to, _], [of, at, _]) = (&a.name, &b.name);
            (from, to, one).cmp(&(of, at, other))
        });
        Ok(files.into_iter().map(|(_, file)| file).collect())
    }

    /// The files whose totals have a service, of the month and the group that a line bills; and what was returned of them, which it does not.
    pub(super) fn batches(&self, line: &disputed::Line, files: &[File], proven: &Proven) -> Vec<Step> {
        let billed = |file: &&File| {
            let (of, with) = (&file.value["period"], &file.value["late"]);
            // A late file bills with another month than its own.
            let fits = match line.late.is_empty() {
                true => *of == line.period.as_str() && with.is_null(),
                false => *of == line.late.as_str() && *with == line.period.as_str(),
            };
            let route = &file.value["route"];
            fits && route["direction"] == line.direction.as_str()
                && route["group"].as_i64() == Some(line.group)
        };
        let step = |file: &File| {
            let anchor = &file.value["anchor"];
            let own = total(&anchor["totals"], &line.service)?;
            let [sender, recipient, number] = &file.name;
            let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
            let charge =
                |of: &Value| amount(&text(&of["charge"]), USAGE_DECIMALS, &text(&anchor["currency"]));
            let used = |of: &Value| quantity(&line.service, &text(&of["quantity"]));
            let mut step = Step::new(format!("file {number} from {sender} to {recipient}"))
                .fact("answer", typed::words(&file.value["status"]))
                .fact("quantity", used(own))
                .fact("charge", charge(own))
                .fact("digest", text(&anchor["file_digest"]))
                .fact("root", text(&anchor["root"]));
            if let Some(less) = total(&file.value["returned"], &line.service) {
                step = step.fact("records returned", format!("{}, {}", used(less), charge(less)));
            }
            if file.value["deferred"] == true {
                step = step.fact("counts", "not yet, as it came unasked after the closing days");
            }
            let mut step = self.since(step, &file.block);
            step.from = proven.get(&file.name).cloned().unwrap_or_default();
            Some(step)
        };
        files.iter().filter(billed).filter_map(step).collect()
    }
}
