//! `interclear period`: a month of an agreement, until it is closed.

use super::{arguments::now, forecast, operator::Names, statement, CommandError, Session};
use crate::{calls, chain::Chain, money, output};
use clap::{Args, Subcommand};
use interclear_primitives::{AgreementId, Direction, Period};
use serde_json::json;

/// A month of an agreement: what has been anchored, and closing it.
#[derive(Args)]
pub struct PeriodArgs {
    #[command(subcommand)]
    command: PeriodCommand,
}

#[derive(Args)]
pub(super) struct Month {
    /// The agreement.
    pub(super) agreement: AgreementId,
    /// The month, such as 2026-11.
    pub(super) period: Period,
}

#[derive(Subcommand)]
enum PeriodCommand {
    /// Show whether a month is complete, and what still stops it from being closed.
    Status(Month),
    /// Show what has been used in a month so far, per direction and service.
    Usage(Month),
    /// Show what commitments come to if usage goes on at the pace so far.
    Forecast(forecast::ForecastArgs),
    /// Close a month: the chain rates it and issues the statement. Final.
    Close(Month),
}

impl PeriodArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            PeriodCommand::Status(month) => status(session, &month).await,
            PeriodCommand::Usage(month) => usage(session, &month).await,
            PeriodCommand::Forecast(args) => forecast::run(session, &args).await,
            PeriodCommand::Close(month) => {
                let chain = session.chain().await?;
                let call = calls::close_period(month.agreement, month.period);
                let receipt = session.execute(&chain, &call).await?;
                if session.output().json {
                    return session.report(
                        &receipt,
                        "",
                        json!({ "agreement": month.agreement, "period": month.period }),
                    );
                }
                let done = format!("{} of agreement {} is closed", month.period, month.agreement);
                session.report(&receipt, &done, json!({}))?;
                statement::show(session, &chain, &month).await
            }
        }
    }
}

/// First and second party, in words.
async fn parties(chain: &Chain, agreement: AgreementId) -> Result<[String; 2], CommandError> {
    let found = chain.agreement(agreement).await?;
    let found = found.ok_or_else(|| CommandError::NotFound(format!("agreement {agreement}")))?;
    let names = Names::of(chain).await?;
    Ok(found.parties.map(|party| names.get(party)))
}

async fn status(session: &Session, month: &Month) -> Result<(), CommandError> {
    let Month { agreement, period } = *month;
    let chain = session.chain().await?;
    let [first, second] = parties(&chain, agreement).await?;
    let usage = chain.period_usage(agreement, period).await?;
    let closed = chain.statement(agreement, period).await?.is_some() || usage.sealed;
    let mut obstacles = Vec::new();
    if !closed {
        let counted = [
            (
                usage.gaps,
                "gaps are open: `interclear sequence show` tells which files are missing",
            ),
            (
                usage.unanswered,
                "files wait for the recipient: `interclear tap acknowledge` or `return`",
            ),
            (usage.returned, "returned files have not been sent again"),
        ];
        if now() < period.end() {
            obstacles.push(format!(
                "the month runs until {} UTC",
                output::moment(period.end())
            ));
        }
        obstacles.extend(
            counted
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}")),
        );
    }
    let value = json!({
        "agreement": agreement,
        "period": period,
        "batches": usage.batches,
        "unanswered": usage.unanswered,
        "returned": usage.returned,
        "gaps": usage.gaps,
        "latest": usage.latest,
        "closed": closed,
        "obstacles": obstacles,
    });
    session.output().print(&value, |_| {
        let mut text = format!("{period} of agreement {agreement} between {first} and {second}\n");
        text.push_str(&format!("{} files count", usage.batches));
        if usage.latest > 0 {
            text.push_str(&format!(
                ", the newest anchored at {} UTC",
                output::moment(usage.latest)
            ));
        }
        text.push_str(match (closed, obstacles.is_empty()) {
            (true, _) => "\nThe month is closed.",
            (false, true) => "\nThe month can be closed, unless an earlier one is open.",
            (false, false) => "\nThe month cannot be closed yet:",
        });
        for obstacle in &obstacles {
            text.push_str(&format!("\n  {obstacle}"));
        }
        text
    })?;
    Ok(())
}

async fn usage(session: &Session, month: &Month) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let [first, second] = parties(&chain, month.agreement).await?;
    let usage = chain.usage(month.agreement, month.period).await?;
    let value: Vec<_> = usage
        .iter()
        .map(|(key, total)| {
            json!({
                "direction": key.direction,
                "group": key.group,
                "service": key.service,
                "records": total.records,
                "quantity": money::unsigned(total.quantity, money::USAGE_DECIMALS),
                "unit": key.service.unit(),
                "charge": money::value(&total.charge, money::USAGE_DECIMALS),
                "tax": money::value(&total.tax, money::USAGE_DECIMALS),
            })
        })
        .collect();
    session.output().print(&value, |_| {
        let rows = usage.iter().map(|(key, total)| {
            let home = match key.direction {
                Direction::FirstHome => first.clone(),
                Direction::SecondHome => second.clone(),
            };
            [
                home,
                (u32::from(key.group) + 1).to_string(),
                key.service.to_string(),
                total.records.to_string(),
                money::quantity(total.quantity),
                key.service.unit().to_string(),
                money::grouped_value(&total.charge, money::USAGE_DECIMALS),
                money::grouped_value(&total.tax, money::USAGE_DECIMALS),
            ]
        });
        let head = [
            "Home",
            "Group",
            "Service",
            "Records",
            "Quantity",
            "Unit",
            "TAP charge",
            "TAP tax",
        ];
        output::table(head, &[1, 3, 4, 6, 7], rows)
    })?;
    Ok(())
}
