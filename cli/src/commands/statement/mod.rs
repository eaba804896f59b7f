//! `interclear statement`: what two operators owe each other for a month, and whether the chain has it right.

mod explain;
mod replay;
mod verify;

pub(super) use replay::version_of;

use super::{operator::Names, period::Month, CommandError, Session};
use crate::{calls, chain::Chain, money, output};
use clap::{Args, Subcommand};
use interclear_primitives::{
    agreement::Direction,
    money::Value,
    statement::{Statement, StatementLine, StatementStatus},
};
use serde_json::json;
use std::process::ExitCode;

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
    /// Show how the figures of a statement came to be: tiers entered, volumes, fees, the share of a missed commitment.
    Explain {
        #[command(flatten)]
        month: Month,
        /// The line, by its number or its service; all of them unless given.
        line: Option<String>,
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
                let done = format!(
                    "the statement of {} under agreement {} is affirmed",
                    month.period, month.agreement
                );
                session.execute_and_report(&call, &done).await?;
            }
            StatementCommand::Explain { month, line } => {
                explain::run(session, &month, line.as_deref()).await?
            }
            StatementCommand::Verify(month) => return verify::run(session, &month).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn statement_of(chain: &Chain, month: &Month) -> Result<Statement, CommandError> {
    let missing = || {
        CommandError::NotFound(format!(
            "statement of {} under agreement {}",
            month.period, month.agreement
        ))
    };
    chain
        .statement(month.agreement, month.period)
        .await?
        .ok_or_else(missing)
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
            text.push_str(&format!(
                "\n{party} owes {} {}",
                money::grouped_value(total, decimals),
                statement.currency
            ));
        }
        text.push_str(&format!(
            "\n{}",
            net(
                &statement.net,
                decimals,
                &statement.currency.to_string(),
                &parties
            )
        ));
        if statement.status == StatementStatus::Issued {
            for (party, affirmed) in parties.iter().zip(statement.affirmed) {
                text.push_str(&format!(
                    "\n{party} has {}affirmed",
                    if affirmed { "" } else { "not " }
                ));
            }
            text.push_str(&format!(
                "\nSilence affirms on {} UTC",
                output::moment(statement.affirm_by)
            ));
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
        Ok(net) => format!(
            "Net: {second} owes {first} {} {currency}",
            amount(net.saturating_neg())
        ),
        Err(_) => "Net: sealed".into(),
    }
}

fn lines(statement: &Statement, [first, second]: &[String; 2]) -> String {
    let amount = |value: &Value| money::grouped_value(value, statement.decimals);
    let rows = statement.lines.iter().zip(1u32..).map(|(line, number)| {
        let debtor = match line.direction {
            Direction::FirstHome => first.clone(),
            Direction::SecondHome => second.clone(),
        };
        [
            number.to_string(),
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
    let head = [
        "Line",
        "Debtor",
        "Group",
        "Service",
        "Quantity",
        "Unit",
        "TAP charge",
        "Charge",
        "Shortfall",
        "Tax",
    ];
    output::table(head, &[0, 2, 4, 6, 7, 8, 9], rows)
}
