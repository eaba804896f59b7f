//! `interclear period`: a month of an agreement, until it is closed.

use crate::{
    arguments::Month,
    carried::pasteable,
    commands::{
        agreement::found::{agreement_in, agreement_of, outside},
        forecast, lines, statement,
    },
    error::CommandError,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, events::CloseRequest, money, time::now};
use interclear_primitives::{
    agreement::{Direction, Terms, UsageTerms},
    closing::{AloneReason, MonthClosing},
    ids::AgreementId,
    money::{Currency, Value},
    period::Period,
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Moment,
};
use serde_json::json;
use std::collections::{btree_map::Entry, BTreeMap, BTreeSet};

/// A month of an agreement: what has been anchored, and closing it.
#[derive(Args)]
pub struct PeriodArgs {
    #[command(subcommand)]
    command: PeriodCommand,
}

#[derive(Subcommand)]
enum PeriodCommand {
    /// Show whether a month is complete, and what still stops it from being closed.
    Status(Month),
    /// Show what has been used in a month so far, per direction and service, and late usage of closed months that it bills.
    Usage(Month),
    /// Show what commitments come to if usage goes on at the pace so far.
    Forecast(forecast::ForecastArgs),
    /// Close a month: the chain rates it and issues the statement. Final. In the first days after the month it takes
    /// both parties: the first asks, the second closes.
    Close(CloseArgs),
}

#[derive(Args)]
struct CloseArgs {
    #[command(flatten)]
    month: Month,
    /// Close the month only as it was after so many changes, as `period status` shows them. Without it, as it is now; if
    /// it changes before you sign, it is not closed.
    #[arg(long)]
    changes: Option<u32>,
}

impl PeriodArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            PeriodCommand::Status(month) => status(session, &month).await,
            PeriodCommand::Usage(month) => usage(session, &month).await,
            PeriodCommand::Forecast(args) => forecast::run(session, &args).await,
            PeriodCommand::Close(args) => close(session, &args).await,
        }
    }
}

async fn close(session: &Session, CloseArgs { month, changes }: &CloseArgs) -> Result<(), CommandError> {
    let Month { agreement, period } = *month;
    let chain = session.chain_to_sign().await?;
    let changes = match changes {
        Some(changes) => *changes,
        // Of a month that cannot be closed the chain says why.
        None => {
            let closing = chain.closing(agreement, period).await?;
            closing.map_or(0, |closing| closing.changes)
        }
    };
    let terms = chain.terms_in(agreement, period).await?;
    if let Some(words) = without_rate(&chain, terms.as_ref(), period).await? {
        output::warn(&format!("warning: {words}"));
    }
    let so_far = match session.asks() {
        true => so_far(&chain, month).await?,
        false => String::new(),
    };
    session.confirm(&format!(
        "{period} of agreement {agreement} is closed: what bills then stays, and the statement is issued, by the prices of the agreement. \
         {so_far}`interclear period usage {agreement} {period}` shows each service."
    ))?;
    let receipt = session
        .execute(&chain, &calls::close_period(agreement, period, changes))
        .await?;
    let asked = receipt.close_requested()?;
    let mut value = json!({ "agreement": agreement, "period": period, "closed": asked.is_none() });
    if let Some(CloseRequest { alone_from, .. }) = asked {
        value["alone_from"] = json!(alone_from);
        let done = format!(
            "asked to close {period} of agreement {agreement}: it is closed once the other party asks, too; from {} UTC \
             on you can close it alone, unless you change something in it before; once it changes, ask again",
            output::moment(alone_from)
        );
        return session.report(&receipt, &done, value);
    }
    if session.output().json {
        return session.report(&receipt, "", value);
    }
    let done = format!(
        "{period} of agreement {agreement} is closed; next: interclear statement verify {agreement} {period} && interclear \
         statement affirm {agreement} {period}"
    );
    session.report(&receipt, &done, json!({}))?;
    statement::show(session, &chain, month).await
}

/// What has been used in a month, for whoever is asked whether it is closed; nothing of an agreement that there is not, as the chain says.
async fn so_far(chain: &Chain, month: &Month) -> Result<String, CommandError> {
    let Some(found) = chain.agreement(month.agreement).await? else {
        return Ok(String::new());
    };
    let names = Names::of(chain).await?;
    let parties = found.parties.map(|party| names.get(party));
    let lines = totals(&used(chain, month).await?, &parties);
    Ok(format!("Files and reports come to:\n  {}\n", lines.join("\n  ")))
}

/// A line for each direction, with the sums of its services; for each currency of its files, where late usage has another one.
fn totals(used: &[Used], parties: &[String; 2]) -> Vec<String> {
    let mut lines = Vec::new();
    for (direction, home) in Direction::BOTH.into_iter().zip(parties) {
        let of_direction = || used.iter().filter(move |used| used.key.direction == direction);
        let currencies: BTreeSet<Option<Currency>> = of_direction().map(|used| used.currency).collect();
        if currencies.is_empty() {
            lines.push(format!("Home {home}: nothing"));
        }
        for currency in currencies {
            let of_currency = || of_direction().filter(move |used| used.currency == currency);
            let records = of_currency().fold(0u64, |sum, used| sum.saturating_add(used.total.records));
            let [charge, tax] = [
                sum(of_currency().map(|used| used.total.charge)),
                sum(of_currency().map(|used| used.total.tax)),
            ];
            let currency = currency.map_or_else(String::new, |currency| format!(" {currency}"));
            lines.push(format!(
                "Home {home}: {}, TAP charge {charge}{currency}, TAP tax {tax}{currency}",
                count(records, "record", "records")
            ));
        }
    }
    lines
}

/// A sum of amounts as it is shown; what cannot be added up is sealed.
fn sum(mut amounts: impl Iterator<Item = Value>) -> String {
    let sum = amounts.try_fold(Value::ZERO, |sum, amount| sum.checked_add(&amount));
    sum.map_or_else(
        |_| "sealed".into(),
        |sum| money::grouped_value(&sum, money::USAGE_DECIMALS),
    )
}

/// That a month has no exchange rate to say which nets are small enough to be carried forward, if the terms would have them so.
async fn without_rate(
    chain: &Chain,
    terms: Option<&Terms>,
    period: Period,
) -> Result<Option<String>, CommandError> {
    let Some(terms) = terms.filter(|terms| terms.payment.minimum_sdr > 0) else {
        return Ok(None);
    };
    let known = chain.rates(period).await?;
    let known: Vec<Currency> = known.into_iter().map(|(currency, _)| currency).collect();
    Ok(no_minimum(
        terms.payment.minimum_sdr,
        terms.currency,
        &known,
        period,
    ))
}

fn no_minimum(agreed: u32, currency: Currency, known: &[Currency], period: Period) -> Option<String> {
    let lacks = agreed > 0 && currency != Currency::SDR && !known.contains(&currency);
    lacks.then(|| {
        format!(
            "{period} has no exchange rate of {currency}: closed as it is, nothing of it is carried forward, though the terms do so with \
             less than {agreed} SDR (`interclear tariff rates {period}`)"
        )
    })
}

/// What stops a month from being closed, in words.
struct Obstacles<'a> {
    agreement: AgreementId,
    period: Period,
    usage: &'a PeriodUsage,
    /// First and second party.
    parties: &'a [String; 2],
    /// The rules of the month, if the agreement is in force in it.
    terms: Option<&'a UsageTerms>,
    /// The party that has asked to close it, and the other one.
    asked: Option<[String; 2]>,
    /// How it can be closed; `None` if it is closed or not in force.
    closing: Option<&'a MonthClosing>,
    /// The month before, if it is open: months are closed in their order.
    earlier: Option<Period>,
}

impl Obstacles<'_> {
    fn at(&self, now: Moment) -> Vec<String> {
        let mut found = Vec::new();
        let end = self.period.end();
        if now < end {
            found.push(format!("the month runs until {} UTC", output::moment(end)));
        }
        if let Some(earlier) = self.earlier {
            found.push(format!(
                "{earlier} is open, and months are closed one after the other: `interclear period status {} {earlier}`",
                self.agreement
            ));
        }
        if self.usage.gaps > 0 {
            found.push(format!(
                "{} open: `interclear tap list --status missing --period {}` tells which files are missing",
                count(self.usage.gaps, "gap is", "gaps are"),
                self.period
            ));
        }
        for (direction, home) in Direction::BOTH.into_iter().zip(self.parties) {
            let awaiting = self.usage.awaiting(direction);
            let silent_until = self
                .terms
                .map(|terms| terms.silence_closes(self.period, awaiting.latest));
            if awaiting.unanswered == 0 || silent_until.is_some_and(|until| now >= until) {
                continue;
            }
            let until = silent_until.map_or_else(String::new, |until| {
                format!(
                    "; its silence stops the month until {} UTC",
                    output::moment(until)
                )
            });
            found.push(format!(
                "{} for {home}: `interclear tap acknowledge` or `return`{until}",
                count(awaiting.unanswered, "file waits", "files wait")
            ));
        }
        if self.usage.returned > 0 {
            found.push(format!(
                "{} been neither sent again nor waived: `interclear tap list --status returned --period {}` tells which; \
                 `interclear sequence waive SENDER RECIPIENT NUMBER` waives one",
                count(self.usage.returned, "returned file has", "returned files have"),
                self.period
            ));
        }
        if self.usage.open_reports > 0 {
            let (agreement, period) = (self.agreement, self.period);
            found.push(format!(
                "the usage reports of {} of {} are neither affirmed nor concluded: `interclear usage \
                 show {agreement} {period}` tells which; then `usage affirm` or `usage conclude`",
                self.usage.open_reports,
                count(self.usage.reports, "pair of networks", "pairs of networks")
            ));
        }
        found
    }

    /// What came too late to count yet.
    fn deferred(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (direction, home) in Direction::BOTH.into_iter().zip(self.parties) {
            let files = self.usage.deferred(direction).files;
            if files > 0 {
                said.push(format!(
                    "{} to {home} came after the closing days: what {home} acknowledges counts, the next month bills the rest",
                    count(files, "file", "files")
                ));
            }
        }
        said
    }

    /// Who may close the month now or when, and what to do for it.
    fn next(&self, now: Moment) -> Vec<String> {
        let (Some(closing), [first, second]) = (self.closing, self.parties) else {
            return Vec::new();
        };
        let mut said = Vec::new();
        if let Some([asked, other]) = &self.asked {
            said.push(format!(
                "{asked} has asked to close it: it is closed as soon as {other} asks, too (`interclear period close {} {}`)",
                self.agreement, self.period
            ));
        }
        for (name, other, party) in [
            (first, second, &closing.parties[0]),
            (second, first, &closing.parties[1]),
        ] {
            let from = output::moment(party.alone.from);
            if now >= party.alone.from {
                said.push(format!("{name} may close it alone"));
                continue;
            }
            let why = match party.alone.reason {
                AloneReason::ClosingDays => "until then the closing days run".to_owned(),
                AloneReason::OwnMove => format!(
                    "{other} has until then to answer what {name} did to the month at {} UTC",
                    output::moment(party.last_move)
                ),
                AloneReason::ReportsMissing => format!(
                    "the usage reports of {} are expected and missing (`interclear usage report`)",
                    count(closing.missing_reports, "pair of networks", "pairs of networks")
                ),
            };
            said.push(format!("{name} closes it alone from {from} UTC on: {why}"));
        }
        if closing.parties.iter().any(|party| now < party.alone.from) && self.asked.is_none() {
            said.push(format!(
                "both close it at once: each by `interclear period close {} {}`",
                self.agreement, self.period
            ));
        }
        said
    }
}

async fn status(session: &Session, month: &Month) -> Result<(), CommandError> {
    let Month { agreement, period } = *month;
    let chain = session.chain().await?;
    let found = agreement_of(&chain, agreement).await?;
    let names = Names::of(&chain).await?;
    let parties = found.parties.map(|party| names.get(party));
    let terms = match found.version_in(period) {
        Some(version) => chain.terms(agreement, version).await?,
        None => None,
    };
    let terms = terms.filter(|terms| terms.includes(period));
    let usage = chain.period_usage(agreement, period).await?;
    let closed = chain.statement(agreement, period).await?.is_some() || usage.closed;
    let no_rate = match closed {
        true => None,
        false => without_rate(&chain, terms.as_ref(), period).await?,
    };
    let terms = terms.map(|terms| terms.usage);
    let closing = chain.closing(agreement, period).await?;
    // After the end a month may bill what disputes have decided, and nothing else.
    if terms.is_none() && !closed && !usage.in_use() && closing.is_none() {
        return Err(CommandError::Invalid(outside(agreement, period, &found)));
    }
    let asked = closing.as_ref().and_then(|closing| closing.asked);
    // The months in force have no holes, so the month before stands for all earlier ones.
    let before = period.previous();
    let earlier = chain.closing(agreement, before).await?.map(|_| before);
    let now = now();
    let (obstacles, deferred, next) = if closed {
        (Vec::new(), Vec::new(), Vec::new())
    } else {
        let asked = asked.map(|asked| {
            let other = found.parties.into_iter().find(|party| *party != asked);
            [names.get(asked), names.get(other.unwrap_or(asked))]
        });
        let (usage, parties, terms) = (&usage, &parties, terms.as_ref());
        let obstacles = Obstacles {
            agreement,
            period,
            usage,
            parties,
            terms,
            asked,
            closing: closing.as_ref(),
            earlier,
        };
        (obstacles.at(now), obstacles.deferred(), obstacles.next(now))
    };
    let awaiting: Vec<_> = Direction::BOTH
        .into_iter()
        .zip(found.parties)
        .map(|(direction, home)| {
            let awaiting = usage.awaiting(direction);
            let silence = terms
                .as_ref()
                .map(|terms| terms.silence_closes(period, awaiting.latest));
            json!({
                "operator": home,
                "unanswered": awaiting.unanswered,
                "latest": awaiting.latest,
                "silence_closes": silence,
            })
        })
        .collect();
    let value = json!({
        "agreement": agreement,
        "period": period,
        "batches": usage.batches,
        "unanswered": usage.unanswered(),
        "awaiting": awaiting,
        "returned": usage.returned,
        "gaps": usage.gaps,
        "reports": usage.reports,
        "open_reports": usage.open_reports,
        "deferred": usage.deferred,
        "changes": usage.changes,
        "closed": closed,
        "close_requested_by": asked,
        "closing": closing,
        "no_exchange_rate": no_rate.is_some(),
        "obstacles": obstacles.iter().map(|obstacle| pasteable(obstacle)).collect::<Vec<_>>(),
        "next": next.iter().map(|step| pasteable(step)).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let [first, second] = &parties;
        let mut text = format!("{period} of agreement {agreement} between {first} and {second}\n");
        text.push_str(&count(usage.batches, "file counts", "files count"));
        if usage.reports > 0 {
            text.push_str(&format!(
                "; usage of {} is reported",
                count(usage.reports, "pair of networks", "pairs of networks")
            ));
        }
        for (direction, home) in Direction::BOTH.into_iter().zip(&parties) {
            let latest = usage.awaiting(direction).latest;
            if latest > 0 {
                text.push_str(&format!(
                    "\nThe newest file to {home} was anchored at {} UTC",
                    output::moment(latest)
                ));
            }
        }
        text.push_str(match (closed, obstacles.is_empty()) {
            (true, _) => "\nThe month is closed.",
            (false, true) => "\nThe month can be closed.",
            (false, false) => "\nThe month cannot be closed yet:",
        });
        for obstacle in &obstacles {
            text.push_str(&format!("\n  {obstacle}"));
        }
        for words in &deferred {
            text.push_str(&format!("\n{words}"));
        }
        if let Some(words) = &no_rate {
            text.push_str(&format!("\n{words}"));
        }
        if !closed {
            text.push_str(&format!(
                "\nIt has changed {}.",
                count(usage.changes, "time", "times")
            ));
        }
        if !next.is_empty() {
            text.push_str("\nWho closes it, once nothing stops it:");
        }
        for words in &next {
            text.push_str(&format!("\n  {words}"));
        }
        text
    })?;
    Ok(())
}

/// What has been used of a service.
struct Used {
    /// The closed month of which it is, of late usage.
    late: Option<Period>,
    key: UsageKey,
    total: UsageTotal,
    /// In which files of the month charge.
    currency: Option<Currency>,
}

/// What has been used in a month so far, and the late usage that it bills.
async fn used(chain: &Chain, month: &Month) -> Result<Vec<Used>, CommandError> {
    let own = chain.usage(month.agreement, month.period).await?;
    let late = chain.late_usage(month.agreement, month.period).await?;
    let own = own.into_iter().map(|(key, total)| (None, key, total));
    let late = late.into_iter().map(|(of, key, total)| (Some(of), key, total));
    let mut currencies = BTreeMap::new();
    let mut used = Vec::new();
    for (late, key, total) in own.chain(late) {
        let of = late.unwrap_or(month.period);
        let currency = match currencies.entry(of) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let terms = chain.terms_in(month.agreement, of).await?;
                *place.insert(terms.map(|terms| terms.usage.currency))
            }
        };
        used.push(Used {
            late,
            key,
            total,
            currency,
        });
    }
    Ok(used)
}

async fn usage(session: &Session, month: &Month) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let found = agreement_in(&chain, month.agreement, month.period).await?;
    let names = Names::of(&chain).await?;
    let [first, second] = found.parties.map(|party| names.get(party));
    let usage = used(&chain, month).await?;
    let value: Vec<_> = usage
        .iter()
        .map(
            |Used {
                 late,
                 key,
                 total,
                 currency,
             }| {
                json!({
                    "direction": key.direction,
                    "group": u32::from(key.group).saturating_add(1),
                    "service": key.service,
                    "late": late,
                    "records": total.records,
                    "quantity": money::unsigned(total.quantity, money::USAGE_DECIMALS),
                    "unit": key.service.unit(),
                    "charge": money::value(&total.charge, money::USAGE_DECIMALS),
                    "tax": money::value(&total.tax, money::USAGE_DECIMALS),
                    "currency": currency,
                })
            },
        )
        .collect();
    session.output().print(&value, |_| {
        if usage.is_empty() {
            return format!(
                "nothing has been used in {} yet by what is anchored and reported: interclear period status {} {0}",
                month.period, month.agreement
            );
        }
        let rows = usage.iter().map(|Used { late, key, total, currency }| {
            let home = match key.direction {
                Direction::FirstHome => first.clone(),
                Direction::SecondHome => second.clone(),
            };
            [
                home,
                (u32::from(key.group) + 1).to_string(),
                lines::service(key.service, *late),
                output::number(total.records),
                output::quantity(total.quantity),
                key.service.unit().to_string(),
                money::grouped_value(&total.charge, money::USAGE_DECIMALS),
                money::grouped_value(&total.tax, money::USAGE_DECIMALS),
                currency.map_or_else(String::new, |currency| currency.to_string()),
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
            "Currency",
        ];
        output::table(head, &[1, 3, 4, 6, 7], rows)
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        closing::{Alone, PartyClosing},
        ids::OperatorId,
        service::Service,
        usage::Awaiting,
        DAY,
    };

    const NOVEMBER: Period = Period(202_611);

    fn obstacles<R>(
        usage: PeriodUsage,
        closing: Option<MonthClosing>,
        see: impl Fn(Obstacles<'_>) -> R,
    ) -> R {
        let terms = UsageTerms {
            deemed_acknowledged: false,
            ..UsageTerms::usual(interclear_primitives::money::Currency::EUR)
        };
        let asked = closing.and_then(|closing| closing.asked);
        see(Obstacles {
            agreement: AgreementId(7),
            period: NOVEMBER,
            usage: &usage,
            parties: &["Alpha".into(), "Beta".into()],
            terms: Some(&terms),
            asked: asked.map(|_| ["Alpha".to_owned(), "Beta".to_owned()]),
            closing: closing.as_ref(),
            earlier: None,
        })
    }

    fn found(usage: PeriodUsage, days_after: u64) -> Vec<String> {
        obstacles(usage, None, |found| found.at(NOVEMBER.end() + days_after * DAY))
    }

    #[test]
    fn obstacles_should_name_who_has_to_answer_when_silence_still_stops_the_month() {
        let mut usage = PeriodUsage::default();
        *usage.awaiting_mut(Direction::SecondHome) = Awaiting {
            unanswered: 3,
            latest: NOVEMBER.end() - DAY,
        };
        assert_eq!(
            found(usage, 1),
            ["3 files wait for Beta: `interclear tap acknowledge` or `return`; its silence stops the month until \
              2026-12-11 00:00:00 UTC"]
        );
        assert_eq!(found(usage, 10), Vec::<String>::new());
    }

    #[test]
    fn obstacles_should_name_the_month_before_when_it_is_open() {
        let found = obstacles(PeriodUsage::default(), None, |found| {
            let earlier = Some(NOVEMBER.previous());
            Obstacles { earlier, ..found }.at(NOVEMBER.end())
        });
        assert_eq!(
            found,
            ["2026-10 is open, and months are closed one after the other: `interclear period status 7 2026-10`"]
        );
    }

    #[test]
    fn status_should_say_when_files_count_that_came_after_the_closing_days() {
        let mut usage = PeriodUsage::default();
        usage
            .deferred_mut(Direction::FirstHome)
            .add(NOVEMBER.end() + 6 * DAY);
        assert_eq!(
            obstacles(usage, None, |found| found.deferred()),
            ["1 file to Alpha came after the closing days: what Alpha acknowledges counts, the next month bills the rest"]
        );
        assert_eq!(found(usage, 7), Vec::<String>::new(), "they hold nothing open");
    }

    #[test]
    fn a_month_without_exchange_rate_should_be_told_when_small_nets_would_be_carried_forward() {
        let usd: Currency = "USD".parse().unwrap();
        let told = |agreed, currency, known: &[Currency]| no_minimum(agreed, currency, known, NOVEMBER);
        assert_eq!(
            told(50, Currency::EUR, &[usd]).unwrap(),
            "2026-11 has no exchange rate of EUR: closed as it is, nothing of it is carried forward, though the terms do so with less \
             than 50 SDR (`interclear tariff rates 2026-11`)"
        );
        assert_eq!(told(50, Currency::EUR, &[usd, Currency::EUR]), None);
        assert_eq!(told(50, Currency::SDR, &[]), None, "nothing is exchanged");
        assert_eq!(told(0, Currency::EUR, &[]), None, "nothing is carried forward");
    }

    #[test]
    fn a_month_should_be_told_with_its_sums_per_direction_when_it_is_about_to_be_closed() {
        let used = |direction, service, late, [records, charge, tax]: [u32; 3], currency| Used {
            late,
            key: UsageKey {
                direction,
                group: 0,
                service,
            },
            total: UsageTotal {
                records: records.into(),
                quantity: 0,
                charge: Value::Clear(charge.into()),
                tax: Value::Clear(tax.into()),
            },
            currency: Some(currency),
        };
        let first = Direction::FirstHome;
        let october = Some(NOVEMBER.previous());
        let mut month = vec![
            used(first, Service::Gprs, None, [1_000, 1_500_000, 1], Currency::EUR),
            used(first, Service::MocLocal, None, [2, 500_001, 2], Currency::EUR),
            used(first, Service::Gprs, october, [1, 7_000_000, 0], Currency::EUR),
        ];
        let parties = ["Alpha".to_owned(), "Beta".to_owned()];
        assert_eq!(
            totals(&month, &parties),
            [
                "Home Alpha: 1\u{202f}003 records, TAP charge 9.000001 EUR, TAP tax 0.000003 EUR",
                "Home Beta: nothing",
            ]
        );
        // The version before charged in another currency.
        month.push(used(
            Direction::SecondHome,
            Service::Gprs,
            october,
            [1, 4_000_000, 0],
            Currency::SDR,
        ));
        month.push(used(
            Direction::SecondHome,
            Service::Gprs,
            None,
            [1, 3_000_000, 0],
            Currency::EUR,
        ));
        assert_eq!(
            totals(&month, &parties)[1..],
            [
                "Home Beta: 1 record, TAP charge 3.000000 EUR, TAP tax 0.000000 EUR",
                "Home Beta: 1 record, TAP charge 4.000000 XDR, TAP tax 0.000000 XDR",
            ]
        );
    }

    #[test]
    fn obstacles_should_count_reports_when_they_are_not_final() {
        let usage = PeriodUsage {
            reports: 3,
            open_reports: 2,
            ..PeriodUsage::default()
        };
        assert_eq!(
            found(usage, 30),
            ["the usage reports of 2 of 3 pairs of networks are neither affirmed nor concluded: `interclear usage show 7 \
              2026-11` tells which; then `usage affirm` or `usage conclude`"]
        );
    }

    #[test]
    fn status_should_say_who_closes_and_why_not_yet_when_days_run() {
        let end = NOVEMBER.end();
        let party = |number, days, reason| PartyClosing {
            operator: OperatorId(number),
            alone: Alone {
                from: end + days * DAY,
                reason,
            },
            last_move: end + 3 * DAY,
        };
        let closing = MonthClosing {
            parties: [
                party(1, 10, AloneReason::OwnMove),
                party(2, 15, AloneReason::ReportsMissing),
            ],
            missing_reports: 2,
            changes: 3,
            asked: None,
        };
        let next = |closing, days| {
            obstacles(PeriodUsage::default(), Some(closing), |found| {
                found.next(end + days * DAY)
            })
        };
        assert_eq!(
            next(closing, 4),
            [
                "Alpha closes it alone from 2026-12-11 00:00:00 UTC on: Beta has until then to answer what Alpha did to \
                 the month at 2026-12-04 00:00:00 UTC",
                "Beta closes it alone from 2026-12-16 00:00:00 UTC on: the usage reports of 2 pairs of networks are \
                 expected and missing (`interclear usage report`)",
                "both close it at once: each by `interclear period close 7 2026-11`",
            ]
        );
        let asked = MonthClosing {
            asked: Some(OperatorId(1)),
            ..closing
        };
        assert_eq!(
            next(asked, 15),
            [
                "Alpha has asked to close it: it is closed as soon as Beta asks, too (`interclear period close 7 2026-11`)",
                "Alpha may close it alone",
                "Beta may close it alone",
            ]
        );
    }
}
