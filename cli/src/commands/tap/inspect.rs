//! `interclear tap inspect`: what is in a file.

use super::RuleArgs;
use crate::{
    commands::{CommandError, Session},
    money, output,
};
use clap::Args;
use interclear_tap::{validate_file, BatchSummary, FileReport, Outcome, Stamp};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

#[derive(Args)]
pub(super) struct InspectArgs {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    rules: RuleArgs,
}

#[derive(Serialize)]
struct Inspection<'a> {
    #[serde(flatten)]
    report: &'a FileReport,
    /// What the sender says the records add up to.
    stated: Option<Stated>,
    /// What they do add up to.
    summary: Option<&'a BatchSummary>,
}

/// Totals of the audit control information, in 10^-decimals of the currency.
#[derive(Serialize)]
struct Stated {
    charge: Option<u64>,
    tax: Option<u64>,
    discount: Option<u64>,
    events: Option<u64>,
}

impl InspectArgs {
    pub(super) fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let mut options = self.rules.options();
        options.hash = true;
        let outcome = validate_file(&self.file, &options).map_err(|error| CommandError::File {
            path: self.file.clone(),
            reason: error.to_string(),
        })?;
        let report = outcome.report(self.file.display().to_string());
        let stated = outcome.audit.as_ref().map(|audit| Stated {
            charge: audit.charge,
            tax: audit.tax,
            discount: audit.discount,
            events: audit.events,
        });
        let inspection = Inspection {
            report: &report,
            stated,
            summary: outcome.summary.as_ref(),
        };
        session
            .output()
            .print(&inspection, |inspection| text(inspection, &outcome))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn text(inspection: &Inspection<'_>, outcome: &Outcome) -> String {
    let report = inspection.report;
    let unknown = || "-".to_owned();
    let mut rows: Vec<[String; 2]> = vec![
        ["File".into(), report.file.clone()],
        ["Kind".into(), report.kind.name().into()],
        [
            "Sender (visited network)".into(),
            report.sender.clone().unwrap_or_else(unknown),
        ],
        [
            "Recipient (home network)".into(),
            report.recipient.clone().unwrap_or_else(unknown),
        ],
        [
            "Sequence".into(),
            report
                .sequence
                .map_or_else(unknown, |number| format!("{number:05}")),
        ],
        [
            "Blake2b-256".into(),
            report.file_hash.clone().unwrap_or_else(unknown),
        ],
        ["Events".into(), report.events.to_string()],
    ];
    if let Some(summary) = inspection.summary {
        rows.extend(header(summary));
    }
    let mut text = output::table(["Item", "Value"], &[], rows);
    if let Some(summary) = inspection.summary {
        text.push_str(&format!("\n{}", services(summary)));
        if let Some(stated) = &inspection.stated {
            text.push_str(&format!("\n{}", totals(stated, outcome, summary.decimals)));
        }
    }
    let findings = report.findings.len() as u64 + report.findings_omitted;
    text.push_str(&match findings {
        0 => "\nNothing is wrong with the file.".to_owned(),
        count => format!(
            "\n{count} findings; `interclear tap validate {}` lists them.",
            report.file
        ),
    });
    text
}

fn header(summary: &BatchSummary) -> Vec<[String; 2]> {
    let stamp = |stamp: Option<&Stamp>| {
        stamp.map_or_else(
            || "-".into(),
            |stamp| format!("{} UTC ({})", output::moment(stamp.utc), stamp.local),
        )
    };
    let moment =
        |moment: Option<u64>| moment.map_or_else(|| "-".into(), |at| format!("{} UTC", output::moment(at)));
    let mut rows = vec![
        ["Test file".into(), if summary.test { "yes" } else { "no" }.into()],
        ["Version".into(), summary.version.clone()],
        ["Created".into(), stamp(summary.created.as_ref())],
        ["Transfer cut-off".into(), stamp(summary.cut_off.as_ref())],
        ["Available".into(), stamp(Some(&summary.available))],
        ["First call".into(), moment(summary.earliest_call)],
        ["Last call".into(), moment(summary.latest_call)],
        [
            "Currency".into(),
            format!("{}, {} decimals", summary.currency, summary.decimals),
        ],
    ];
    if let Some(rap) = summary.rap_sequence {
        rows.push(["Sent again for return".into(), format!("{rap:05}")]);
    }
    rows
}

fn services(summary: &BatchSummary) -> String {
    let amount = |micro: u128| money::grouped_unsigned(micro, money::USAGE_DECIMALS);
    let mut rows: Vec<[String; 7]> = Vec::new();
    for service in &summary.services {
        rows.push([
            service.service.to_string(),
            service.records.to_string(),
            money::quantity(service.quantity),
            service.service.unit().to_string(),
            amount(service.charge),
            amount(service.tax),
            amount(service.discount),
        ]);
    }
    let rest = &summary.unclassified;
    if rest.records > 0 {
        let (charge, tax, discount) = (amount(rest.charge), amount(rest.tax), amount(rest.discount));
        rows.push([
            "(no service)".into(),
            rest.records.to_string(),
            String::new(),
            String::new(),
            charge,
            tax,
            discount,
        ]);
    }
    let head = [
        "Service", "Records", "Quantity", "Unit", "Charge", "Tax", "Discount",
    ];
    output::table(head, &[1, 2, 4, 5, 6], rows)
}

fn totals(stated: &Stated, outcome: &Outcome, decimals: u8) -> String {
    let said = |amount: Option<u64>| {
        amount.map_or_else(|| "-".into(), |a| money::grouped_unsigned(a.into(), decimals))
    };
    let counted = |amount: u128| money::grouped_unsigned(amount, decimals);
    let verdict = |said: Option<u64>, counted: u128| {
        if u128::from(said.unwrap_or(0)) == counted {
            ""
        } else {
            "differs"
        }
        .to_owned()
    };
    let amounts = &outcome.amounts;
    let mut rows: Vec<[String; 4]> = [
        ("Charge", stated.charge, amounts.charge),
        ("Tax", stated.tax, amounts.tax),
        ("Discount", stated.discount, amounts.discount),
    ]
    .into_iter()
    .map(|(name, stated, sum)| [name.into(), said(stated), counted(sum), verdict(stated, sum)])
    .collect();
    let events = stated
        .events
        .map_or_else(|| "-".into(), |events| events.to_string());
    rows.push([
        "Events".into(),
        events,
        outcome.events.to_string(),
        verdict(stated.events, outcome.events.into()),
    ]);
    output::table(["Total", "Stated", "Added up", ""], &[1, 2], rows)
}
