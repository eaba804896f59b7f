//! `interclear statement`: what two operators owe each other for a month, and whether the chain has it right.

use super::{operator::Names, period::Month, CommandError, Session};
use crate::{calls, chain::Chain, money, output};
use clap::{Args, Subcommand};
use interclear_primitives::{
    rate_month, rating::{Condition, Stage}, Charged, Direction, Period, RatedMonth, Statement, StatementLine,
    StatementStatus, Terms, UsageKey, Value,
};
use serde_json::json;
use std::{collections::BTreeSet, process::ExitCode};

/// Statements: what two operators owe each other for a month.
#[derive(Args)]
pub struct StatementArgs {
    #[command(subcommand)]
    command: StatementCommand,
}

#[derive(Subcommand)]
enum StatementCommand {
    /// Show a statement.
    Show(Month),
    /// Affirm a statement; once both have, the net is owed.
    Affirm {
        #[command(flatten)]
        month: Month,
        /// The affirmation date has passed: affirm for the silent party.
        #[arg(long)]
        by_silence: bool,
    },
    /// Compute a statement once more, here, from the terms and the usage, and compare every line. Ends with 1 if anything
    /// differs.
    Verify(Month),
}

impl StatementArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        match self.command {
            StatementCommand::Show(month) => show(session, &session.chain().await?, &month).await?,
            StatementCommand::Affirm { month, by_silence } => {
                let call = match by_silence {
                    true => calls::affirm_by_silence(month.agreement, month.period),
                    false => calls::affirm(month.agreement, month.period),
                };
                let done = format!("the statement of {} under agreement {} is affirmed", month.period, month.agreement);
                session.execute_and_report(&call, &done).await?;
            }
            StatementCommand::Verify(month) => return verify(session, &month).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn statement_of(chain: &Chain, month: &Month) -> Result<Statement, CommandError> {
    let missing = || CommandError::NotFound(format!("statement of {} under agreement {}", month.period, month.agreement));
    chain.statement(month.agreement, month.period).await?.ok_or_else(missing)
}

fn line_json(line: &StatementLine, decimals: u8) -> serde_json::Value {
    json!({
        "direction": line.direction,
        "group": line.group,
        "service": line.service,
        "quantity": money::unsigned(line.quantity, money::USAGE_DECIMALS),
        "unit": line.service.unit(),
        "tap_charge": money::value(&line.tap_charge, decimals),
        "charge": money::value(&line.charge, decimals),
        "shortfall": money::value(&line.shortfall, decimals),
        "tax": money::value(&line.tax, decimals),
    })
}

/// Prints a statement.
pub(super) async fn show(session: &Session, chain: &Chain, month: &Month) -> Result<(), CommandError> {
    let statement = statement_of(chain, month).await?;
    let decimals = statement.decimals;
    let status = match statement.status {
        StatementStatus::Issued => "issued",
        StatementStatus::Affirmed => "affirmed",
    };
    let value = json!({
        "agreement": month.agreement,
        "period": month.period,
        "parties": statement.parties,
        "version": statement.version,
        "currency": statement.currency,
        "status": status,
        "affirmed": statement.affirmed,
        "affirm_by": statement.affirm_by,
        "issued_at": statement.issued_at,
        "totals": statement.totals.each_ref().map(|total| money::value(total, decimals)),
        "net": money::value(&statement.net, decimals),
        "lines": statement.lines.iter().map(|line| line_json(line, decimals)).collect::<Vec<_>>(),
    });
    let names = Names::of(chain).await?;
    session.output().print(&value, |_| {
        let parties = statement.parties.map(|party| names.get(party));
        let mut text = format!(
            "{} under agreement {} (version {}): {status}\n{}",
            month.period,
            month.agreement,
            statement.version,
            lines(&statement, &parties)
        );
        for (party, total) in parties.iter().zip(&statement.totals) {
            text.push_str(&format!("\n{party} owes {} {}", money::grouped_value(total, decimals), statement.currency));
        }
        text.push_str(&format!("\n{}", net(&statement.net, decimals, &statement.currency.to_string(), &parties)));
        if statement.status == StatementStatus::Issued {
            for (party, affirmed) in parties.iter().zip(statement.affirmed) {
                text.push_str(&format!("\n{party} has {}affirmed", if affirmed { "" } else { "not " }));
            }
            text.push_str(&format!("\nSilence affirms on {} UTC", output::moment(statement.affirm_by)));
        }
        text
    })?;
    Ok(())
}

fn net(net: &Value, decimals: u8, currency: &str, [first, second]: &[String; 2]) -> String {
    let amount = |amount: i128| money::grouped(amount, decimals);
    match net.clear() {
        Ok(0) => "Net: nothing is owed".into(),
        Ok(net) if net > 0 => format!("Net: {first} owes {second} {} {currency}", amount(net)),
        Ok(net) => format!("Net: {second} owes {first} {} {currency}", amount(net.saturating_neg())),
        Err(_) => "Net: sealed".into(),
    }
}

fn lines(statement: &Statement, [first, second]: &[String; 2]) -> String {
    let amount = |value: &Value| money::grouped_value(value, statement.decimals);
    let rows = statement.lines.iter().map(|line| {
        let debtor = match line.direction {
            Direction::FirstHome => first.clone(),
            Direction::SecondHome => second.clone(),
        };
        [
            debtor,
            (u32::from(line.group) + 1).to_string(),
            line.service.to_string(),
            money::quantity(line.quantity),
            line.service.unit().to_string(),
            amount(&line.tap_charge),
            amount(&line.charge),
            amount(&line.shortfall),
            amount(&line.tax),
        ]
    });
    let head = ["Debtor", "Group", "Service", "Quantity", "Unit", "TAP charge", "Charge", "Shortfall", "Tax"];
    output::table(head, &[1, 3, 5, 6, 7, 8], rows)
}

/// Whether what a line is charged depends on earlier months.
fn spans_months(terms: &Terms) -> bool {
    Direction::BOTH
        .iter()
        .any(|direction| !matches!(terms.direction(*direction).condition, Condition::Unconditional | Condition::UsageCaps { .. }))
}

/// Rates a month here, by the terms and the usage that the chain has, with the engine that the chain runs.
async fn recompute(chain: &Chain, month: &Month, decimals: u8) -> Result<RatedMonth, CommandError> {
    let Month { agreement, period } = *month;
    let found = chain.agreement(agreement).await?;
    let found = found.ok_or_else(|| CommandError::NotFound(format!("agreement {agreement}")))?;
    let first = found.versions.first().map_or(period, |entry| entry.from);
    let mut before = Charged::new();
    let mut current: Period = first.min(period);
    loop {
        let version = found.version_in(current);
        let version = version.ok_or_else(|| CommandError::NotFound(format!("version in force in {current}")))?;
        let terms = chain.terms(agreement, version).await?;
        let terms = terms.ok_or_else(|| CommandError::NotFound(format!("version {version} of agreement {agreement}")))?;
        // Earlier months matter only for a commitment.
        if current == period || spans_months(&terms) {
            let usage = chain.usage(agreement, current).await?.into_iter().collect();
            let stage = if current == found.last { Stage::TrueUp } else { Stage::Provisional };
            let rated = rate_month(&terms, &usage, &before, stage, decimals)
                .map_err(|fault| CommandError::Invalid(format!("{current} cannot be rated: {fault}")))?;
            if current == period {
                return Ok(rated);
            }
            before = rated.committed.into_iter().collect();
        } else {
            before.clear();
        }
        current = current.next();
    }
}

/// A line, or a total, that is not what was recomputed; `None` where one side lacks the line.
struct Deviation {
    place: String,
    item: &'static str,
    chain: String,
    here: String,
}

fn compare(statement: &Statement, own: &RatedMonth) -> Vec<Deviation> {
    let mut deviations = Vec::new();
    let keys: BTreeSet<UsageKey> = statement.lines.iter().chain(&own.lines).map(StatementLine::key).collect();
    for key in keys {
        let find = |lines: &[StatementLine]| lines.iter().find(|line| line.key() == key).cloned();
        let (theirs, ours) = (find(&statement.lines), find(&own.lines));
        let direction = match key.direction {
            Direction::FirstHome => "first",
            Direction::SecondHome => "second",
        };
        let place = format!("{direction} home, group {}, {}", u32::from(key.group) + 1, key.service);
        let text = |line: &Option<StatementLine>, item: fn(&StatementLine, u8) -> String| {
            line.as_ref().map_or_else(|| "(no line)".to_owned(), |line| item(line, statement.decimals))
        };
        let items: [(&'static str, fn(&StatementLine, u8) -> String); 5] = [
            ("quantity", |line, _| money::quantity(line.quantity)),
            ("TAP charge", |line, decimals| money::value(&line.tap_charge, decimals)),
            ("charge", |line, decimals| money::value(&line.charge, decimals)),
            ("shortfall", |line, decimals| money::value(&line.shortfall, decimals)),
            ("tax", |line, decimals| money::value(&line.tax, decimals)),
        ];
        for (item, read) in items {
            let (chain, here) = (text(&theirs, read), text(&ours, read));
            if chain != here {
                deviations.push(Deviation { place: place.clone(), item, chain, here });
            }
        }
    }
    let totals = [
        ("first party owes", statement.totals[0], own.totals[0]),
        ("second party owes", statement.totals[1], own.totals[1]),
        ("net", statement.net, own.net),
    ];
    for (item, theirs, ours) in totals.into_iter().filter(|(_, theirs, ours)| theirs != ours) {
        let text = |value: &Value| money::value(value, statement.decimals);
        deviations.push(Deviation { place: "statement".into(), item, chain: text(&theirs), here: text(&ours) });
    }
    deviations
}

async fn verify(session: &Session, month: &Month) -> Result<ExitCode, CommandError> {
    let chain = session.chain().await?;
    let statement = statement_of(&chain, month).await?;
    let own = recompute(&chain, month, statement.decimals).await?;
    let deviations = compare(&statement, &own);
    let value = json!({
        "agreement": month.agreement,
        "period": month.period,
        "lines": statement.lines.len(),
        "equal": deviations.is_empty(),
        "deviations": deviations.iter().map(|one| {
            json!({ "place": one.place, "item": one.item, "chain": one.chain, "recomputed": one.here })
        }).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        if deviations.is_empty() {
            return format!("{} lines, the totals and the net are what the terms and the usage say", statement.lines.len());
        }
        let rows = deviations.iter().map(|one| [one.place.clone(), one.item.into(), one.chain.clone(), one.here.clone()]);
        output::table(["Where", "Item", "On the chain", "Recomputed"], &[2, 3], rows)
    })?;
    Ok(if deviations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{Currency, OperatorId, Service};

    fn line(service: Service, charge: i128) -> StatementLine {
        StatementLine {
            direction: Direction::FirstHome,
            group: 0,
            service,
            quantity: 1_000_000,
            tap_charge: Value::Clear(5),
            charge: Value::Clear(charge),
            shortfall: Value::ZERO,
            tax: Value::ZERO,
        }
    }

    fn month(lines: &[StatementLine], net: i128) -> (Statement, RatedMonth) {
        let totals = [Value::Clear(net), Value::ZERO];
        let rated = RatedMonth { lines: lines.to_vec(), totals, net: Value::Clear(net), committed: vec![] };
        let statement = Statement {
            parties: [OperatorId(0), OperatorId(1)],
            version: 1,
            currency: Currency::EUR,
            decimals: 2,
            lines: lines.to_vec().try_into().unwrap(),
            totals,
            net: Value::Clear(net),
            status: StatementStatus::Issued,
            affirmed: [false; 2],
            issued_at: 0,
            affirm_by: 0,
            payment_days: 0,
        };
        (statement, rated)
    }

    #[test]
    fn every_figure_that_deviates_is_named() {
        let (statement, own) = month(&[line(Service::Gprs, 100), line(Service::Mtc, 7)], 107);
        assert!(compare(&statement, &own).is_empty());

        let (_, other) = month(&[line(Service::Gprs, 101)], 101);
        let items: Vec<(String, &str)> =
            compare(&statement, &other).into_iter().map(|one| (one.place, one.item)).collect();
        assert!(items.contains(&("first home, group 1, GPRS".into(), "charge")));
        assert!(items.contains(&("first home, group 1, MTC".into(), "quantity")), "a missing line differs in everything");
        assert!(items.contains(&("statement".into(), "net")));
        assert!(!items.contains(&("first home, group 1, GPRS".into(), "tax")));
    }
}
