//! `interclear statement verify`: the statement computed once more, here.

use super::Vouchers;
use crate::{
    arguments::Month,
    commands::{index, lines},
    error::CommandError,
    exit::Exit,
    names::Names,
    output,
    session::Session,
};
use interclear_archive::{
    books::Books,
    database::Database,
    journal::{self, Journal},
};
use interclear_billing::rate::RatedMonth;
use interclear_client::{
    money,
    replay::{self, Months, Replay, ReplayError},
};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    money::Value,
    period::Period,
    statement::{Statement, StatementLine, StatementStatus},
    usage::UsageKey,
};
use serde_json::json;
use std::collections::BTreeSet;

/// The statement as it is kept, and as it comes to.
async fn computed(
    months: &impl Months,
    agreement: AgreementId,
    period: Period,
) -> Result<(Statement, RatedMonth), ReplayError> {
    let statement = replay::statement_of(months, agreement, period).await?;
    let own = Replay::of(months, agreement, period, statement.decimals)
        .await?
        .rate()?;
    Ok((statement, own))
}

/// A line, or a total, that is not what was recomputed; `None` where one side lacks the line.
struct Deviation {
    place: String,
    item: &'static str,
    chain: String,
    here: String,
}

/// Writes an item of a line, with the decimals of its amounts.
type Shown = fn(&StatementLine, u8) -> String;

fn compare(statement: &Statement, own: &RatedMonth) -> Vec<Deviation> {
    let mut deviations = Vec::new();
    let name = |line: &StatementLine| (line.late, line.key());
    let keys: BTreeSet<(Option<Period>, UsageKey)> =
        statement.lines.iter().chain(&own.lines).map(name).collect();
    for (late, key) in keys {
        let find = |lines: &[StatementLine]| lines.iter().find(|line| name(line) == (late, key)).cloned();
        let (theirs, ours) = (find(&statement.lines), find(&own.lines));
        let direction = match key.direction {
            Direction::FirstHome => "first",
            Direction::SecondHome => "second",
        };
        let place = format!(
            "{direction} home, group {}, {}",
            u32::from(key.group) + 1,
            lines::service(key.service, late)
        );
        let text = |line: &Option<StatementLine>, item: fn(&StatementLine, u8) -> String| {
            line.as_ref()
                .map_or_else(|| "(no line)".to_owned(), |line| item(line, statement.decimals))
        };
        let items: [(&'static str, Shown); 5] = [
            ("quantity", |line, _| money::quantity(line.quantity)),
            ("TAP charge", |line, decimals| {
                money::value(&line.tap_charge, decimals)
            }),
            ("charge", |line, decimals| money::value(&line.charge, decimals)),
            ("shortfall", |line, decimals| {
                money::value(&line.shortfall, decimals)
            }),
            ("tax", |line, decimals| money::value(&line.tax, decimals)),
        ];
        for (item, read) in items {
            let (chain, here) = (text(&theirs, read), text(&ours, read));
            if chain != here {
                deviations.push(Deviation {
                    place: place.clone(),
                    item,
                    chain,
                    here,
                });
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
        deviations.push(Deviation {
            place: "statement".into(),
            item,
            chain: text(&theirs),
            here: text(&ours),
        });
    }
    deviations
}

/// The running digest of the month's files and reports, as the statement has it and as it comes to.
fn compare_digests(stated: &str, running: &str) -> Option<Deviation> {
    (stated != running).then(|| Deviation {
        place: "statement".into(),
        item: "running digest",
        chain: stated.into(),
        here: running.into(),
    })
}

/// What the running digest has shown, in words.
fn digest_words(steps: Option<usize>, from_database: bool) -> String {
    match (from_database, steps) {
        (false, _) => String::new(),
        (true, Some(steps)) => format!(
            "\nThe running digest is what {steps} steps of files and reports in the database come to: these are all there were"
        ),
        (true, None) => {
            "\nThe running digest was not recomputed: that takes a database that knows all blocks of the month".into()
        }
    }
}

pub(super) async fn run(
    session: &Session,
    month: &Month,
    database: Option<&str>,
) -> Result<Exit, CommandError> {
    let Month { agreement, period } = *month;
    let (statement, own, digest, steps, paid) = match database {
        None => {
            let chain = session.chain().await?;
            let (statement, own) = computed(&chain, agreement, period).await?;
            let running = chain.period_usage(agreement, period).await?.running_digest;
            let digest = compare_digests(&hex::encode(statement.running_digest), &hex::encode(running));
            let names = Names::of(&chain).await?;
            let parties = statement.parties.map(|party| names.get(party));
            let vouchers = Vouchers::of(&chain, agreement, period, &statement).await?;
            let paid = vouchers.map(|vouchers| vouchers.words(&statement, &parties));
            (statement, own, digest, None, paid.unwrap_or_default())
        }
        Some(url) => {
            let mut database = Database::to_read(url).await?;
            let books = Books::when_closed(&mut database, agreement, period).await?;
            let (statement, own) = computed(&books, agreement, period).await?;
            // Once more from every step that the database knows.
            let found = journal::check(&mut database, agreement.0.into(), &period.to_string()).await?;
            let (digest, steps) = match found {
                Journal::Complete { steps, .. } => (None, Some(steps)),
                Journal::Differs { stated, recomputed } => (compare_digests(&stated, &recomputed), None),
                Journal::Unknown { .. } => (None, None),
            };
            (statement, own, digest, steps, Vec::new())
        }
    };
    let mut deviations = compare(&statement, &own);
    deviations.extend(digest);
    let value = json!({
        "agreement": month.agreement,
        "period": month.period,
        "lines": statement.lines.len(),
        "equal": deviations.is_empty(),
        "vouchers": paid,
        "digest_steps": steps,
        "deviations": deviations.iter().map(|one| {
            json!({ "place": one.place, "item": one.item, "chain": one.chain, "recomputed": one.here })
        }).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        if deviations.is_empty() {
            let mut said = vec![format!(
                "{}, the totals and the net are what the terms and the usage say{}",
                output::count(statement.lines.len() as u64, "line", "lines"),
                digest_words(steps, database.is_some())
            )];
            said.extend(paid.iter().cloned());
            if statement.status == StatementStatus::Issued {
                said.push(format!(
                    "Affirm it with: interclear statement affirm {agreement} {period}"
                ));
            }
            return said.join("\n");
        }
        let rows = deviations.iter().map(|one| {
            [
                one.place.clone(),
                one.item.into(),
                one.chain.clone(),
                one.here.clone(),
            ]
        });
        index::deviations(rows)
    })?;
    Ok(Exit::refused_if(!deviations.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_billing::rate::Account;
    use interclear_primitives::{
        agreement::PaymentTerms, ids::OperatorId, money::Currency, service::Service,
        statement::StatementStatus,
    };

    fn line(service: Service, charge: i128) -> StatementLine {
        StatementLine {
            late: None,
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
        let rated = RatedMonth {
            lines: lines.to_vec(),
            totals,
            net: Value::Clear(net),
            account: Account::new(),
            ended: Account::new(),
        };
        let statement = Statement {
            parties: [OperatorId(0), OperatorId(1)],
            version: 1,
            currency: Currency::EUR,
            decimals: 2,
            exchange: None,
            lines: lines.to_vec().try_into().unwrap(),
            totals,
            net: Value::Clear(net),
            status: StatementStatus::Issued,
            affirmed: [false; 2],
            issued_at: 0,
            affirm_by: 0,
            disputed_until: 0,
            payment: PaymentTerms::usual(),
            accepts: Default::default(),
            due: 0,
            decided: Default::default(),
            running_digest: [0; 32],
            minimum: 0,
            carried: Value::ZERO,
            obligation: None,
            disputed: Default::default(),
            escrowed: [Value::ZERO; 2],
        };
        (statement, rated)
    }

    #[test]
    fn compare_digests_should_name_both_when_they_differ() {
        assert!(compare_digests("01", "01").is_none());
        let found = compare_digests("01", "02").expect("they differ");
        assert!(found.chain == "01" && found.here == "02");
    }

    #[test]
    fn compare_should_name_every_figure_when_it_deviates() {
        let (statement, own) = month(&[line(Service::Gprs, 100), line(Service::Mtc, 7)], 107);
        assert!(compare(&statement, &own).is_empty());

        let (_, other) = month(&[line(Service::Gprs, 101)], 101);
        let items: Vec<(String, &str)> = compare(&statement, &other)
            .into_iter()
            .map(|one| (one.place, one.item))
            .collect();
        assert!(items.contains(&("first home, group 1, GPRS".into(), "charge")));
        assert!(
            items.contains(&("first home, group 1, MTC".into(), "quantity")),
            "a missing line differs in everything"
        );
        assert!(items.contains(&("statement".into(), "net")));
        assert!(!items.contains(&("first home, group 1, GPRS".into(), "tax")));
    }
}
