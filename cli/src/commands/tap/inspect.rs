//! `interclear tap inspect`: what is in a file.

use crate::{
    carried::quoted, commands::tap::rules::RuleArgs, error::CommandError, exit::Exit, output,
    session::Session,
};
use clap::Args;
use interclear_client::{
    files::{not_anchorable, without_service},
    money,
};
use interclear_primitives::period::Period;
use interclear_tap::{
    nrtrde::NrtrdeSummary, rap::ReturnSummary, validate_file_by_itself, BatchSummary, FileReport, Kind,
    Outcome, Scheme, Stamp,
};
use serde::Serialize;
use serde_json::{json, Value};
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct InspectArgs {
    /// A TAP, NRTRDE or RAP file, or a notification.
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
    /// Delivery of near-real-time records.
    nrtrde: Option<&'a NrtrdeSummary>,
    /// What returns add up to.
    returns: Option<&'a ReturnSummary>,
    /// The month that a file of usage bills to.
    period: Option<Period>,
    /// Why the file cannot be anchored, or not yet, though nothing fatal is wrong with it.
    not_anchorable: Option<String>,
}

/// Totals of the audit control information, in 10^-decimals of the currency.
#[derive(Clone, Copy, Serialize)]
struct Stated {
    charge: Option<u64>,
    tax: Option<u64>,
    discount: Option<u64>,
    events: Option<u64>,
}

impl InspectArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let mut options = self.rules.options();
        options.digest = true;
        let outcome =
            validate_file_by_itself(&self.file, &options).map_err(|error| CommandError::Undecodable {
                path: self.file.clone(),
                reason: interclear_client::text::reason(&error),
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
            nrtrde: outcome.nrtrde.as_ref(),
            returns: outcome.returns.as_ref(),
            period: outcome.summary.as_ref().and_then(month),
            not_anchorable: not_anchorable(&outcome),
        };
        let decimals = outcome.accounting.as_ref().and_then(|known| known.tap_decimals);
        let decimals = decimals.and_then(|decimals| u8::try_from(decimals).ok());
        let value = inspection.as_json(decimals).map_err(std::io::Error::from)?;
        session.output().print(&value, |_| text(&inspection, &outcome))?;
        // As `tap validate` says: records without a service bill all the same, only not on the chain.
        let refused = inspection.not_anchorable.is_some() && without_service(&outcome) == 0;
        Ok(Exit::of_verdict(outcome.verdict()).max(Exit::refused_if(refused)))
    }
}

/// Members of summaries that are amounts or quantities, in 10^-6.
const FIGURES: [&str; 6] = ["charge", "discount", "quantity", "refund", "tax", "tax_refund"];
/// Members of summaries that are moments with the sender's clock.
const STAMPS: [&str; 3] = ["available", "created", "cut_off"];

impl Inspection<'_> {
    /// For machines: amounts are decimal text in one scale, moments seconds.
    fn as_json(&self, decimals: Option<u8>) -> serde_json::Result<Value> {
        let mut value = serde_json::to_value(self)?;
        if let (Some(part), Some(returns)) = (value.get_mut("returns"), self.returns) {
            for (name, amount) in [("value", returns.value), ("tax", returns.tax)] {
                part[name] = money::unsigned(amount, returned_decimals(returns).unwrap_or(0)).into();
            }
        }
        for part in ["summary", "nrtrde"] {
            if let Some(part) = value.get_mut(part) {
                in_text(part);
                flat(part);
            }
        }
        if let (Some(stated), Some(decimals)) = (self.stated, decimals) {
            // As fine as what the records add up to.
            let finer = money::USAGE_DECIMALS.checked_sub(decimals);
            let scale = finer.and_then(|finer| 10u128.checked_pow(finer.into()));
            let text = |amount: Option<u64>| {
                let amount = u128::from(amount?);
                Some(match scale.and_then(|scale| amount.checked_mul(scale)) {
                    Some(micro) => money::unsigned(micro, money::USAGE_DECIMALS),
                    None => money::unsigned(amount, decimals),
                })
            };
            value["stated"] = json!({
                "charge": text(stated.charge),
                "tax": text(stated.tax),
                "discount": text(stated.discount),
                "events": stated.events,
            });
        }
        Ok(value)
    }
}

fn in_text(value: &mut Value) {
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(in_text),
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_u64().filter(|_| FIGURES.contains(&name.as_str())) {
                    Some(micro) => *member = money::unsigned(micro.into(), money::USAGE_DECIMALS).into(),
                    None => in_text(member),
                }
            }
        }
        _ => {}
    }
}

/// `available` in seconds, and `available_local` as the sender's clock showed it.
fn flat(value: &mut Value) {
    for name in STAMPS {
        let stamp = value.get(name).filter(|stamp| stamp.is_object()).cloned();
        if let Some(stamp) = stamp {
            value[name] = stamp["utc"].clone();
            value[format!("{name}_local")] = stamp["local"].clone();
        }
    }
}

fn text(inspection: &Inspection<'_>, outcome: &Outcome) -> String {
    let report = inspection.report;
    let unknown = || "-".to_owned();
    // Who was sent files returns them.
    let (sender, recipient) = match report.kind {
        Kind::Rap => ("Sender", "Recipient"),
        _ => ("Sender (visited network)", "Recipient (home network)"),
    };
    let mut rows: Vec<[String; 2]> = vec![
        ["File".into(), interclear_client::text::printable(&report.file)],
        ["Kind".into(), report.kind.name().into()],
        [sender.into(), report.sender.clone().unwrap_or_else(unknown)],
        [recipient.into(), report.recipient.clone().unwrap_or_else(unknown)],
        [
            "Sequence".into(),
            report
                .sequence
                .map_or_else(unknown, |number| numbered(report.kind, number)),
        ],
        [
            "Blake2b-256".into(),
            report.file_digest.clone().unwrap_or_else(unknown),
        ],
        [
            match report.kind {
                Kind::Rap => "Returns",
                _ => "Records",
            }
            .into(),
            output::number(report.events),
        ],
    ];
    if let Some(summary) = inspection.summary {
        rows.extend(header(summary));
    }
    if let Some(nrtrde) = inspection.nrtrde {
        rows.extend(delivery(nrtrde));
    }
    if let Some(returns) = inspection.returns {
        rows.extend(returned(returns));
    }
    let mut text = output::table(["Item", "Value"], &[], rows);
    if let Some(nrtrde) = inspection.nrtrde {
        let rows = nrtrde.services.iter().map(|service| {
            [
                service.service.to_string(),
                output::number(service.records),
                output::quantity(service.quantity),
                service.service.unit().to_string(),
            ]
        });
        let table = output::table(["Service", "Records", "Quantity", "Unit"], &[1, 2], rows);
        text.push_str(&format!("\n{table}"));
    }
    if let Some(summary) = inspection.summary {
        text.push_str(&format!("\n{}", services(summary)));
        if let Some(stated) = &inspection.stated {
            text.push_str(&format!("\n{}", totals(stated, outcome, summary.decimals)));
        }
    }
    let findings = report.findings.len() as u64 + report.findings_omitted;
    text.push_str(&match findings {
        0 if inspection.not_anchorable.is_some() => String::new(),
        0 => "\nNothing is wrong with the file.".to_owned(),
        count => format!(
            "\n{}; `interclear tap validate {}` lists them.",
            output::count(count, "finding", "findings"),
            quoted(&interclear_client::text::printable(&report.file))
        ),
    });
    if let Some(reason) = &inspection.not_anchorable {
        text.push_str(&format!("\nThe file cannot be anchored: {reason}."));
    }
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
        ["Bills to".into(), bills_to(summary)],
        ["First call".into(), moment(summary.earliest_call)],
        ["Last call".into(), moment(summary.latest_call)],
        [
            "Currency".into(),
            format!("{}, {} decimals", summary.currency, summary.decimals),
        ],
    ];
    if let Some(rap) = summary.rap_sequence {
        rows.push(["Sent again for RAP file".into(), format!("{rap:05}")]);
    }
    rows
}

/// The time by which it is told to which month a file bills, and what that is.
fn billed_by(summary: &BatchSummary) -> (&Stamp, &'static str) {
    match &summary.cut_off {
        Some(stamp) => (stamp, "transfer cut-off"),
        None => (
            &summary.available,
            "time available, since it has no transfer cut-off",
        ),
    }
}

/// The month that a file bills to; a test bills nothing.
fn month(summary: &BatchSummary) -> Option<Period> {
    (!summary.test).then(|| Period::containing(billed_by(summary).0.utc))
}

/// The month, by the clock by which it is told.
fn bills_to(summary: &BatchSummary) -> String {
    match month(summary) {
        None => "nothing: it is a test".into(),
        Some(month) => format!("{month}, the month of its {} in UTC", billed_by(summary).1),
    }
}

/// A sequence number with the digits of its series.
pub(super) fn numbered(kind: Kind, number: u32) -> String {
    let digits = match kind {
        Kind::Nrtrde => Scheme::Nrtrde.digits(),
        _ => Scheme::Tap.digits(),
    };
    format!("{number:0digits$}")
}

/// Whether near-real-time records came in time.
fn delivery(nrtrde: &NrtrdeSummary) -> Vec<[String; 2]> {
    let moment =
        |moment: Option<u64>| moment.map_or_else(|| "-".into(), |at| format!("{} UTC", output::moment(at)));
    vec![
        ["Version".into(), nrtrde.version.clone()],
        ["Available".into(), moment(Some(nrtrde.available.utc))],
        ["First call's end".into(), moment(nrtrde.earliest_end)],
        ["Last call's end".into(), moment(nrtrde.latest_end)],
        [
            "Longest delay".into(),
            nrtrde.latest_delay.map_or_else(|| "-".into(), duration),
        ],
        [
            "After four hours".into(),
            match nrtrde.late_events {
                0 => "none".into(),
                late => format!(
                    "{late} of {} records: the sender is liable for fraud on them",
                    nrtrde.records
                ),
            },
        ],
    ]
}

fn duration(seconds: u64) -> String {
    format!(
        "{} h {:02} min {:02} s",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

fn returned(returns: &ReturnSummary) -> Vec<[String; 2]> {
    if returns.acknowledgement {
        return vec![["Acknowledges".into(), "the RAP file with this number".into()]];
    }
    let currency = returns.currency.as_deref().unwrap_or("XDR");
    let amount = |amount| match returned_decimals(returns) {
        Some(decimals) => format!("{} {currency}", money::grouped_unsigned(amount, decimals)),
        None => format!(
            "{} units of {currency}, of how many decimals is not stated",
            money::grouped_unsigned(amount, 0)
        ),
    };
    vec![
        ["Fatal returns (files)".into(), output::number(returns.fatal)],
        ["Severe returns (records)".into(), output::number(returns.severe)],
        ["Missing returns (gaps)".into(), output::number(returns.missing)],
        ["Stop returns".into(), output::number(returns.stop)],
        ["Returned charges".into(), amount(returns.value)],
        ["Returned taxes".into(), amount(returns.tax)],
    ]
}

/// Decimals of what is returned, where they are stated; what states none that can be is in units of the file.
fn returned_decimals(returns: &ReturnSummary) -> Option<u8> {
    let decimals = u8::try_from(returns.decimals?).ok()?;
    (decimals <= 6).then_some(decimals)
}

fn services(summary: &BatchSummary) -> String {
    let amount = |micro: u128| money::grouped_unsigned(micro, money::USAGE_DECIMALS);
    let mut rows: Vec<[String; 8]> = Vec::new();
    for service in &summary.services {
        rows.push([
            service.service.to_string(),
            output::number(service.records),
            output::quantity(service.quantity),
            service.service.unit().to_string(),
            amount(service.charge),
            amount(service.tax),
            amount(service.discount),
            amount(service.refund),
        ]);
    }
    let rest = &summary.unclassified;
    if rest.records > 0 {
        let (charge, tax, discount) = (amount(rest.charge), amount(rest.tax), amount(rest.discount));
        rows.push([
            "(no service)".into(),
            output::number(rest.records),
            String::new(),
            String::new(),
            charge,
            tax,
            discount,
            String::new(),
        ]);
    }
    let head = [
        "Service",
        "Records",
        "Quantity",
        "Unit",
        "Charge",
        "Tax",
        "Discount",
        "Paid back",
    ];
    output::table(head, &[1, 2, 4, 5, 6, 7], rows)
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
    let events = stated.events.map_or_else(|| "-".into(), output::number);
    rows.push([
        "Records".into(),
        events,
        output::number(outcome.events),
        verdict(stated.events, outcome.events.into()),
    ]);
    output::table(["Total", "Stated", "Added up", ""], &[1, 2], rows)
}
