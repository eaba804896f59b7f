//! `interclear statement`: what two operators owe each other for a month, and whether the chain has it right.

mod explain;
mod verify;
mod vouchers;

pub(super) use vouchers::Vouchers;

use crate::{
    arguments::Month,
    commands::{
        agreement::found::{agreement_of, scale_of},
        index::MaybeBooks,
        lines, obligations,
    },
    error::CommandError,
    exit::Exit,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, money};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    money::Value,
    period::Period,
    statement::{CarriedForward, Statement, StatementLine, StatementStatus},
};
use serde_json::json;

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
    /// Have what was carried forward, as it was less than the agreed minimum, become an obligation: when it has waited for a year, or
    /// the agreement has ended. The next statement does it by itself.
    BookCarried {
        /// Number of the agreement.
        agreement: AgreementId,
    },
    /// Show how the figures of a statement came to be: tiers entered, volumes, fees, the share of a missed commitment.
    Explain {
        #[command(flatten)]
        month: Month,
        /// The line, by its number or its service; all of them unless given.
        line: Option<String>,
    },
    /// Compute a statement once more, here, from the terms and the usage, and compare every line. Exits with status 1 if
    /// anything differs. Months that the chain has forgotten are taken from a database of your own; the running digest is then worked
    /// out once more from every file and report in it, which shows that none is missing.
    Verify {
        #[command(flatten)]
        month: Month,
        #[command(flatten)]
        books: MaybeBooks,
    },
}

impl StatementArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            StatementCommand::Show(month) => show(session, &session.chain().await?, &month).await?,
            StatementCommand::Affirm { month, by_silence } => {
                let call = match by_silence {
                    true => calls::affirm_by_silence(month.agreement, month.period),
                    false => calls::affirm(month.agreement, month.period),
                };
                let chain = session.chain_to_sign().await?;
                let statement = chain.statement(month.agreement, month.period).await?;
                if let Some(statement) = statement.filter(|_| crate::output::can_ask()) {
                    session.confirm(&affirming(&chain, &month, &statement).await?)?;
                }
                let receipt = session.execute(&chain, &call).await?;
                let statement = chain.statement(month.agreement, month.period).await?;
                let done = affirmed(&month, statement.as_ref(), &Names::of(&chain).await?);
                session.report(&receipt, &done, json!({}))?;
            }
            StatementCommand::BookCarried { agreement } => {
                book_carried(session, agreement).await?;
            }
            StatementCommand::Explain { month, line } => {
                explain::run(session, &month, line.as_deref()).await?
            }
            StatementCommand::Verify { month, books } => {
                return verify::run(session, &month, books.database.as_deref()).await
            }
        }
        Ok(Exit::Done)
    }
}

/// Has what waits become an obligation, and says how much that is.
async fn book_carried(session: &Session, agreement: AgreementId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let found = agreement_of(&chain, agreement).await?;
    let Some(CarriedForward { net, .. }) = chain.carried_forward(agreement).await? else {
        return Err(CommandError::Invalid(format!(
            "nothing is carried forward under agreement {agreement}; nothing was sent"
        )));
    };
    let (decimals, currency) = scale_of(&chain, agreement, &found).await?;
    let names = Names::of(&chain).await?;
    let parties = found.parties.map(|party| names.get(party));
    let owes = owes(&net, decimals, &currency.to_string(), &parties);
    session.confirm(&format!(
        "What was carried forward under agreement {agreement} becomes an obligation: {owes}."
    ))?;
    let receipt = session.execute(&chain, &calls::book_carried(agreement)).await?;
    let done = format!(
        "what was carried forward under agreement {agreement} is an obligation: {owes}; see: interclear obligations"
    );
    let more = json!({
        "agreement": agreement,
        "net": money::value(&net, decimals),
        "currency": currency,
    });
    session.report(&receipt, &done, more)
}

fn line_json(line: &StatementLine, decimals: u8) -> serde_json::Value {
    let amounts = amounts(line).map(|amount| money::value(amount, decimals));
    let quantity = money::unsigned(line.quantity, money::USAGE_DECIMALS);
    let mut value = lines::figures(line.service, line.service.unit(), quantity, amounts);
    value["direction"] = json!(line.direction);
    value["group"] = json!(u32::from(line.group).saturating_add(1));
    value["late"] = json!(line.late);
    value
}

/// TAP charge, charge, shortfall and tax.
fn amounts(line: &StatementLine) -> [&Value; 4] {
    [&line.tap_charge, &line.charge, &line.shortfall, &line.tax]
}

/// Prints a statement.
pub(super) async fn show(session: &Session, chain: &Chain, month: &Month) -> Result<(), CommandError> {
    let statement = chain.statement_of(month.agreement, month.period).await?;
    let decimals = statement.decimals;
    let status = match statement.status {
        StatementStatus::Issued => "issued",
        StatementStatus::Affirmed => "affirmed",
    };
    let vouchers = Vouchers::of(chain, month.agreement, month.period, &statement).await?;
    let owed = owed(chain, &statement).await?;
    let late = owed.as_ref().and_then(obligations::interest_words);
    let interest = owed.map(|owed| obligations::interest_json(&owed.obligation.interest, owed.decimals));
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
        "due": statement.due,
        "late_interest_bps": statement.payment.late_interest_bps,
        "paid": statement.payment.condition,
        "minimum": money::unsigned(statement.minimum, decimals),
        "carried": money::value(&statement.carried, decimals),
        "obligation": statement.obligation,
        "interest": interest,
        "escrowed": statement.escrowed.each_ref().map(|paid| money::value(paid, decimals)),
        "redeemed": vouchers.as_ref().map(|vouchers| vouchers.paid.map(|paid| money::unsigned(paid, decimals))),
        "owed": owed_json(&statement, vouchers.as_ref()),
        "disputed_until": statement.disputed_until,
        "open_disputes": statement.disputed.open.iter().sum::<u32>(),
        "payable": money::value(&statement.payable().unwrap_or(statement.net), decimals),
        "lines": statement.lines.iter().map(|line| line_json(line, decimals)).collect::<Vec<_>>(),
    });
    let names = Names::of(chain).await?;
    session.output().print(&value, |_| {
        let words = late.map(|words| format!("\n{words}")).unwrap_or_default();
        let parties = statement.parties.map(|party| names.get(party));
        let mut text = format!(
            "{} under agreement {} (version {}): {status}\n{}",
            month.period,
            month.agreement,
            statement.version,
            table(&statement, &parties)
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
        let payable = statement.payable().unwrap_or(statement.net);
        if statement.is_disputed() || payable != statement.net {
            text.push_str(&format!(
                "\nAs disputes stand ({} open), {}\n`interclear dispute list {} {}` lists them",
                statement.disputed.open.iter().sum::<u32>(),
                owes(&payable, decimals, &statement.currency.to_string(), &parties),
                month.agreement,
                month.period
            ));
        }
        for words in vouchers.iter().flat_map(|vouchers| vouchers.words(&statement, &parties)) {
            text.push_str(&format!("\n{words}"));
        }
        for (party, paid) in parties.iter().zip(&statement.escrowed) {
            if *paid != Value::ZERO {
                text.push_str(&format!(
                    "\nThe escrow of {party} has paid {} {}",
                    money::grouped_value(paid, decimals),
                    statement.currency
                ));
            }
        }
        if let (Some(id), true) = (statement.obligation, statement.escrowed != [Value::ZERO; 2]) {
            text.push_str(&format!("\nThe rest became obligation {id}"));
        }
        if let Some(words) = carried(&statement, month.period, &parties) {
            text.push_str(&format!("\n{words}"));
        }
        if statement.payment.condition.is_gross() {
            text.push_str(&format!("\nWhat is owed is paid {}", statement.payment.condition));
        }
        if statement.status == StatementStatus::Issued {
            for (party, affirmed) in parties.iter().zip(statement.affirmed) {
                text.push_str(&format!(
                    "\n{party} has {}affirmed",
                    if affirmed { "" } else { "not " }
                ));
            }
            text.push_str(&format!(
                "\nLines can be disputed until {} UTC; silence affirms on {} UTC; the net is due on {} UTC at the latest",
                output::moment(statement.disputed_until),
                output::moment(statement.affirm_by),
                output::moment(statement.due)
            ));
        }
        text.push_str(&words);
        text
    })?;
    Ok(())
}

/// What of a statement waits for a later one, or what it has taken over of earlier ones, in words.
fn carried(statement: &Statement, period: Period, parties: &[String; 2]) -> Option<String> {
    let (decimals, currency) = (statement.decimals, statement.currency.to_string());
    if statement.carried == Value::ZERO {
        let agreed = statement.payment.minimum_sdr;
        let least = money::grouped_unsigned(statement.minimum, decimals);
        return match (statement.minimum, agreed) {
            (0, 0) => None,
            // The chain had no exchange rate for the month when the statement was issued.
            (0, _) => Some(format!(
                "Nothing is carried forward, though the terms do so with less than {agreed} SDR: {period} had no exchange rate of \
                 {currency} when it was closed (`interclear tariff rates {period}`)"
            )),
            _ => Some(format!("Less than {least} {currency} is carried forward")),
        };
    }
    Some(format!(
        "Carried forward, less what was taken over of earlier statements: {}",
        owes(&statement.carried, decimals, &currency, parties)
    ))
}

/// What the net of a statement has become, while that is kept.
async fn owed(chain: &Chain, statement: &Statement) -> Result<Option<obligations::Owed>, CommandError> {
    match statement.obligation {
        Some(id) => obligations::one(chain, id).await,
        None => Ok(None),
    }
}

/// What the first party owes the second once a statement is affirmed; nothing of one that is.
fn owed_json(statement: &Statement, vouchers: Option<&Vouchers>) -> Option<String> {
    if statement.status == StatementStatus::Affirmed {
        return None;
    }
    let payable = || statement.payable().and_then(|payable| payable.clear()).ok();
    let owed = vouchers.map(|vouchers| vouchers.rest).or_else(payable)?;
    Some(money::money(owed, statement.decimals))
}

/// What has become of a statement that was just affirmed, in words.
fn affirmed(month: &Month, statement: Option<&Statement>, names: &Names) -> String {
    let which = format!(
        "the statement of {} under agreement {}",
        month.period, month.agreement
    );
    let waiting = statement.filter(|statement| statement.status == StatementStatus::Issued);
    let silent = waiting.and_then(|statement| {
        let mut parties = statement.parties.into_iter().zip(statement.affirmed);
        let (party, _) = parties.find(|(_, affirmed)| !affirmed)?;
        Some((names.get(party), output::moment(statement.affirm_by)))
    });
    match silent {
        Some((party, by)) => format!("{which} is affirmed by you; it stands once {party} affirms it, too, or on {by} UTC by its silence"),
        None => match statement.and_then(|statement| statement.obligation) {
            Some(id) => format!(
                "{which} is affirmed: what is left of it to be owed is obligation {id}; see: interclear obligations"
            ),
            None => format!(
                "{which} is affirmed: it leaves nothing to be owed now; see: interclear statement show {} {}",
                month.agreement, month.period
            ),
        },
    }
}

/// What affirming a statement means, in words.
async fn affirming(chain: &Chain, month: &Month, statement: &Statement) -> Result<String, CommandError> {
    let names = Names::of(chain).await?;
    let parties = statement.parties.map(|party| names.get(party));
    let currency = statement.currency.to_string();
    let mut said = vec![net(&statement.net, statement.decimals, &currency, &parties)];
    if let Some(vouchers) = Vouchers::of(chain, month.agreement, month.period, statement).await? {
        said.extend(vouchers.words(statement, &parties));
    }
    Ok(format!(
        "The statement of {} under agreement {} is affirmed. {}. That is final.",
        month.period,
        month.agreement,
        said.join(". ")
    ))
}

fn net(net: &Value, decimals: u8, currency: &str, parties: &[String; 2]) -> String {
    format!("Net: {}", owes(net, decimals, currency, parties))
}

fn owes(net: &Value, decimals: u8, currency: &str, [first, second]: &[String; 2]) -> String {
    let amount = |amount: i128| money::grouped(amount, decimals);
    match net.clear() {
        Ok(0) => "nothing is owed".into(),
        Ok(net) if net > 0 => format!("{first} owes {second} {} {currency}", amount(net)),
        Ok(net) => format!(
            "{second} owes {first} {} {currency}",
            amount(net.saturating_neg())
        ),
        Err(_) => "sealed".into(),
    }
}

fn table(statement: &Statement, [first, second]: &[String; 2]) -> String {
    let shown = statement.lines.iter().map(|line| lines::Line {
        whose: match line.direction {
            Direction::FirstHome => first.clone(),
            Direction::SecondHome => second.clone(),
        },
        group: line.group,
        service: line.service,
        late: line.late,
        unit: line.service.unit(),
        quantity: output::quantity(line.quantity),
        amounts: amounts(line).map(|amount| money::grouped_value(amount, statement.decimals)),
    });
    lines::table("Debtor", shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{ids::OperatorId, samples};

    #[test]
    fn a_minimum_that_had_no_exchange_rate_should_be_told_when_nothing_is_carried_forward() {
        let told = |agreed, minimum| {
            let mut statement = samples::statement([OperatorId(0), OperatorId(1)], 258);
            (statement.payment.minimum_sdr, statement.minimum) = (agreed, minimum);
            carried(&statement, Period(202_610), &["Alpha".into(), "Beta".into()])
        };
        assert_eq!(told(0, 0), None);
        let none = told(50, 0).unwrap();
        assert!(
            none.starts_with("Nothing is carried forward, though the terms do so with less than 50 SDR"),
            "{none}"
        );
        assert!(none.contains("2026-10 had no exchange rate of EUR"), "{none}");
        assert_eq!(told(50, 6_125).unwrap(), "Less than 61.25 EUR is carried forward");
    }
}
