//! Where money comes from: a payment, its cycle, the debts in it, the lines of the statements behind them, what disputes have made of these,
//! the terms, the files, and what was proven of these.

mod files;
mod proven;
mod reported;

use crate::{
    bills,
    database::{cell, texts, Bind, Database},
    disputed::{self, Disputed},
    error::ArchiveError,
    journal::{self, Journal},
    step::Step,
    typed,
};
use interclear_client::money::{grouped, grouped_quantity};
use interclear_primitives::service::Service;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

async fn rows(
    database: &mut Database,
    query: &'static str,
    with: &[i64],
) -> Result<Vec<Vec<Option<String>>>, ArchiveError> {
    let with: Vec<Bind<'_>> = with.iter().map(|number| Bind::Int(*number)).collect();
    texts(database, query, &with).await
}

fn whole(text: &str) -> i128 {
    text.parse().unwrap_or_default()
}

fn amount(minor: &str, decimals: u8, currency: &str) -> String {
    format!("{} {currency}", grouped(whole(minor), decimals))
}

/// Who owes what the first of two parties pays the second.
fn owing(net: i128, [first, second]: &[String; 2]) -> Option<&str> {
    match net {
        0 => None,
        1.. => Some(first),
        _ => Some(second),
    }
}

/// Words for what the chain has as a name, or as JSON.
fn words(text: &str) -> String {
    let parsed = serde_json::from_str(text).ok().filter(Value::is_object);
    typed::words(&parsed.unwrap_or_else(|| Value::String(text.to_owned())))
}

/// A quantity with its unit.
fn quantity(service: &str, micro: &str) -> String {
    let known = typed::value::<Service>(&Value::String(service.to_owned()));
    let unit = known.map_or_else(|_| String::new(), |service| format!(" {}", service.unit()));
    format!("{}{unit}", grouped_quantity(whole(micro)))
}

/// The names of operators, by their numbers.
///
/// # Errors
/// What the database says.
pub async fn names(database: &mut Database) -> Result<BTreeMap<i64, String>, ArchiveError> {
    let found = rows(
        database,
        "SELECT CAST(operator AS TEXT), name FROM operators",
        &[],
    )
    .await?;
    Ok(found
        .iter()
        .filter_map(|row| Some((cell(row, 0).parse().ok()?, cell(row, 1).to_owned())))
        .collect())
}

/// An operator as the chain knows it.
pub(crate) struct Operator {
    pub name: String,
    pub tadigs: Vec<String>,
}

/// All operators, by their numbers.
pub(crate) async fn operators(database: &mut Database) -> Result<BTreeMap<i64, Operator>, ArchiveError> {
    let query = "SELECT CAST(operator AS TEXT), name, CAST(tadigs AS TEXT) FROM operators";
    let found = rows(database, query, &[]).await?;
    let each = found.iter().filter_map(|row| {
        let operator = Operator {
            name: cell(row, 1).to_owned(),
            tadigs: serde_json::from_str(cell(row, 2)).unwrap_or_default(),
        };
        Some((cell(row, 0).parse().ok()?, operator))
    });
    Ok(each.collect())
}

/// The decimals of currencies in which tokens are.
///
/// # Errors
/// What the database says.
pub async fn decimals(database: &mut Database) -> Result<BTreeMap<String, u8>, ArchiveError> {
    let found = rows(
        database,
        "SELECT currency, CAST(decimals AS TEXT) FROM tokens",
        &[],
    )
    .await?;
    Ok(found
        .iter()
        .filter_map(|row| Some((cell(row, 0).to_owned(), cell(row, 1).parse().ok()?)))
        .collect())
}

/// A debt as the archive knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Debt {
    /// Its number.
    pub obligation: i64,
    /// Who owes.
    pub debtor: i64,
    /// Who is owed.
    pub creditor: i64,
    /// ISO 4217 code of the amount.
    pub currency: String,
    /// The amount in minor units.
    pub amount: i128,
    /// When it is due.
    pub due: u64,
    /// What it came from, as the chain has it.
    pub source: Value,
    /// The token in which it is booked.
    pub token: Option<i64>,
    /// The cycle that has settled it, or takes part in it.
    pub cycle: Option<i64>,
    /// Whether that cycle has settled.
    pub settled: bool,
    /// When its creditor confirmed that it was paid outside of cycles.
    pub paid_outside: Option<u64>,
    /// When its debtor paid it by itself.
    pub paid_gross: Option<u64>,
}

impl Debt {
    /// Whether nothing of it is owed any more.
    pub fn is_paid(&self) -> bool {
        self.settled || self.paid_outside.or(self.paid_gross).is_some()
    }

    /// The statement behind it, by agreement and month: its net, what a note has changed of it, or what was carried forward of those up to
    /// it.
    pub fn statement(&self) -> Option<(i64, &str)> {
        let mut kinds = ["Statement", "Note", "CarriedForward"].into_iter();
        let of = kinds.find_map(|kind| self.source.get(kind))?;
        Some((of["agreement"].as_i64()?, of["period"].as_str()?))
    }
}

/// All debts, and in which cycle each is: the first one that has taken in its day and keeps both parties, as on the chain.
///
/// # Errors
/// What the database says.
pub async fn debts(database: &mut Database) -> Result<Vec<Debt>, ArchiveError> {
    let mut cuts: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
    let known = "SELECT CAST(key AS TEXT), CAST(value AS TEXT) FROM state WHERE pallet = 'Netting' AND item = 'Cuts' ORDER BY id";
    for row in rows(database, known, &[]).await? {
        let parsed = |place| serde_json::from_str::<Value>(cell(&row, place)).unwrap_or_default();
        let Some(token) = parsed(0).get(0).and_then(Value::as_i64) else {
            continue;
        };
        for cut in parsed(1).as_array().into_iter().flatten() {
            if let (Some(cycle), Some(to)) = (cut["cycle"].as_i64(), cut["to"].as_i64()) {
                cuts.entry(token).or_default().insert(cycle, to);
            }
        }
    }
    let phases = rows(database, "SELECT CAST(cycle AS TEXT), phase FROM cycles", &[]).await?;
    let phases: BTreeMap<i64, String> = phases
        .iter()
        .filter_map(|row| Some((cell(row, 0).parse().ok()?, cell(row, 1).to_owned())))
        .collect();
    let excluded = "SELECT CAST(cycle AS TEXT), CAST(operator AS TEXT) FROM positions WHERE CAST(excluded AS TEXT) IN ('1', 'true')";
    let excluded = rows(database, excluded, &[]).await?;
    let excluded: BTreeSet<(i64, i64)> = excluded
        .iter()
        .filter_map(|row| Some((cell(row, 0).parse().ok()?, cell(row, 1).parse().ok()?)))
        .collect();
    let query = "SELECT CAST(obligation AS TEXT), CAST(debtor AS TEXT), CAST(creditor AS TEXT), currency, CAST(amount AS TEXT), \
                 CAST(due AS TEXT), CAST(source AS TEXT), CAST(place AS TEXT), CAST(paid_outside AS TEXT), \
                 CAST(paid_gross AS TEXT) FROM obligations ORDER BY obligations.obligation";
    let mut debts = Vec::new();
    for row in rows(database, query, &[]).await? {
        let number = |place| cell(&row, place).parse::<i64>().unwrap_or_default();
        let place: Value = serde_json::from_str(cell(&row, 7)).unwrap_or_default();
        let (debtor, creditor) = (number(1), number(2));
        let after =
            |cycle: i64, to: i64| match (place["slot"]["Day"].as_i64(), place["slot"]["After"].as_i64()) {
                (Some(day), _) => to >= day,
                (_, Some(given_back)) => cycle > given_back,
                _ => false,
            };
        let of_token = place["token"].as_i64().and_then(|token| cuts.get(&token));
        let cycle = of_token.into_iter().flatten().find(|(cycle, to)| {
            let stay = [debtor, creditor]
                .iter()
                .all(|party| !excluded.contains(&(**cycle, *party)));
            after(**cycle, **to) && stay && phases.get(cycle).is_none_or(|phase| phase != "Cancelled")
        });
        let cycle = cycle.map(|(cycle, _)| *cycle);
        debts.push(Debt {
            obligation: number(0),
            debtor,
            creditor,
            currency: cell(&row, 3).to_owned(),
            amount: whole(cell(&row, 4)),
            due: cell(&row, 5).parse().unwrap_or_default(),
            source: serde_json::from_str(cell(&row, 6)).unwrap_or_default(),
            token: place["token"].as_i64(),
            cycle,
            settled: cycle
                .and_then(|cycle| phases.get(&cycle))
                .is_some_and(|phase| phase == "Settled"),
            paid_outside: cell(&row, 8).parse().ok(),
            paid_gross: cell(&row, 9).parse().ok(),
        });
    }
    Ok(debts)
}

/// The agreements from whose statements the debts come that fit.
///
/// # Errors
/// What the database says.
pub async fn agreements(
    database: &mut Database,
    fits: impl Fn(&Debt) -> bool,
) -> Result<Vec<i64>, ArchiveError> {
    let debts = debts(database).await?;
    let of = debts.iter().filter(|debt| fits(debt)).filter_map(Debt::statement);
    let found: BTreeSet<i64> = of.map(|(agreement, _)| agreement).collect();
    Ok(found.into_iter().collect())
}

/// Traces what has been asked for, over one archive.
pub struct Tracer<'a> {
    database: &'a mut Database,
    names: BTreeMap<i64, String>,
    decimals: BTreeMap<String, u8>,
    disputes: Vec<Disputed>,
    /// The first block that the archive knows.
    first: u64,
}

impl<'a> Tracer<'a> {
    /// Over this archive.
    ///
    /// # Errors
    /// What the database says.
    pub async fn new(database: &'a mut Database) -> Result<Self, ArchiveError> {
        let (names, decimals) = (names(database).await?, decimals(database).await?);
        let disputes = disputed::all(database).await?;
        let position = crate::archive::position(database).await?;
        Ok(Self {
            database,
            names,
            decimals,
            disputes,
            first: position.map_or(0, |position| position.first),
        })
    }

    /// Adds the block that made something what it is. Of what was there in the first block that is known it may be an older one, which
    /// nobody can tell, unless that was genesis.
    fn since(&self, step: Step, block: &str) -> Step {
        match self.first > 0 && block.parse::<u64>() == Ok(self.first) {
            true => step,
            false => step.fact("since block", block),
        }
    }

    fn name(&self, operator: i64) -> String {
        self.names
            .get(&operator)
            .map_or_else(|| operator.to_string(), |name| format!("{operator} {name}"))
    }

    /// The operator with a number or a TADIG code, in letters of either size.
    ///
    /// # Errors
    /// What the database says.
    pub async fn operator(&mut self, which: &str) -> Result<Option<i64>, ArchiveError> {
        let found = rows(
            self.database,
            "SELECT CAST(operator AS TEXT), CAST(tadigs AS TEXT) FROM operators",
            &[],
        )
        .await?;
        let code = which.to_ascii_uppercase();
        let is = |row: &&Vec<Option<String>>| {
            let codes: Vec<String> = serde_json::from_str(cell(row, 1)).unwrap_or_default();
            cell(row, 0) == which || codes.contains(&code)
        };
        Ok(found.iter().find(is).and_then(|row| cell(row, 0).parse().ok()))
    }

    fn sum(&self, minor: i128, currency: &str) -> String {
        let decimals = self.decimals.get(currency).copied().unwrap_or_default();
        format!("{} {currency}", grouped(minor, decimals))
    }

    /// The payments of a cycle, of one payer alone if one is named.
    ///
    /// # Errors
    /// What the database says; `None` if there is no such payment.
    pub async fn payment(&mut self, cycle: i64, payer: Option<i64>) -> Result<Option<Step>, ArchiveError> {
        let query = "SELECT CAST(payer AS TEXT), CAST(payee AS TEXT), CAST(amount AS TEXT), CAST(block AS TEXT) FROM payments \
                     WHERE cycle = $1 ORDER BY payments.block, payments.place";
        let mut payments = rows(self.database, query, &[cycle]).await?;
        let query = "SELECT currency, phase, CAST(obligations AS TEXT), CAST(gross AS TEXT), CAST(net AS TEXT) FROM cycles WHERE cycle = $1";
        let about = rows(self.database, query, &[cycle]).await?;
        let Some(about) = about.first() else {
            return Ok(None);
        };
        let currency = cell(about, 0).to_owned();
        if payments.is_empty() && cell(about, 1) == "Settled" {
            // What a node holds does not tell of payments, but they follow from the positions.
            payments = self.derived(cycle).await?;
        }
        let mut steps = Vec::new();
        let mut parties = BTreeSet::new();
        for row in &payments {
            let (from, to): (i64, i64) = (
                cell(row, 0).parse().unwrap_or_default(),
                cell(row, 1).parse().unwrap_or_default(),
            );
            if payer.is_some_and(|payer| payer != from) {
                continue;
            }
            parties.extend([from, to]);
            let paid = self.sum(whole(cell(row, 2)), &currency);
            let step = Step::new(format!("{} paid {} {paid}", self.name(from), self.name(to)));
            steps.push(match cell(row, 3) {
                "" => step.fact("known", "from the positions"),
                block => step.fact("block", block),
            });
        }
        if steps.is_empty() {
            return Ok(None);
        }
        let mut whole_cycle = Step::new(format!("cycle {cycle}"))
            .fact("phase", words(cell(about, 1)))
            .fact("obligations", cell(about, 2))
            .fact("gross", self.sum(whole(cell(about, 3)), &currency))
            .fact("net", self.sum(whole(cell(about, 4)), &currency));
        let query = "SELECT CAST(operator AS TEXT), CAST(net AS TEXT), CAST(carried AS TEXT) FROM positions WHERE cycle = $1 ORDER BY positions.operator";
        for row in rows(self.database, query, &[cycle]).await? {
            let operator: i64 = cell(&row, 0).parse().unwrap_or_default();
            if parties.contains(&operator) {
                let net = self.sum(whole(cell(&row, 1)), &currency);
                let carried = self.sum(whole(cell(&row, 2)), &currency);
                whole_cycle.from.push(
                    Step::new(format!("position of {}", self.name(operator)))
                        .fact("net", net)
                        .fact("carried", carried),
                );
            }
        }
        let debts = debts(self.database).await?;
        for debt in debts.iter().filter(|debt| debt.cycle == Some(cycle)) {
            if parties.contains(&debt.debtor) || parties.contains(&debt.creditor) {
                whole_cycle.from.push(self.debt(debt).await?);
            }
        }
        let mut top = Step::new(match steps.len() {
            1 => format!("payment of cycle {cycle}"),
            count => format!("{count} payments of cycle {cycle}"),
        });
        top.from = steps;
        top.from.push(whole_cycle);
        Ok(Some(top))
    }

    /// The payments of a settled cycle, as its positions come to them.
    async fn derived(&mut self, cycle: i64) -> Result<Vec<Vec<Option<String>>>, ArchiveError> {
        let query = "SELECT CAST(operator AS TEXT), CAST(net AS TEXT) FROM positions WHERE cycle = $1";
        let nets = rows(self.database, query, &[cycle]).await?;
        let nets: BTreeMap<i64, i128> = nets
            .iter()
            .filter_map(|row| Some((cell(row, 0).parse().ok()?, cell(row, 1).parse().ok()?)))
            .collect();
        let payments = interclear_netting::transfers(&nets).unwrap_or_default();
        let row = |payment: interclear_netting::Transfer<i64>| {
            let cells = [
                payment.from.to_string(),
                payment.to.to_string(),
                payment.amount.to_string(),
            ];
            cells.map(Some).into_iter().chain([None]).collect()
        };
        Ok(payments.into_iter().map(row).collect())
    }

    /// An obligation.
    ///
    /// # Errors
    /// What the database says; `None` if there is none.
    pub async fn obligation(&mut self, obligation: i64) -> Result<Option<Step>, ArchiveError> {
        let debts = debts(self.database).await?;
        match debts.iter().find(|debt| debt.obligation == obligation) {
            Some(debt) => self.debt(debt).await.map(Some),
            None => Ok(None),
        }
    }

    async fn debt(&mut self, debt: &Debt) -> Result<Step, ArchiveError> {
        let title = format!(
            "obligation {}: {} owes {} {}",
            debt.obligation,
            self.name(debt.debtor),
            self.name(debt.creditor),
            self.sum(debt.amount, &debt.currency)
        );
        let mut step = Step::new(title).fact("due", interclear_client::time::moment(debt.due));
        if let Some(cycle) = debt.cycle {
            step = step.fact(
                if debt.settled {
                    "settled in cycle"
                } else {
                    "in cycle"
                },
                cycle,
            );
        }
        if let Some(at) = debt.paid_outside {
            step = step.fact("paid outside", interclear_client::time::moment(at));
        }
        if let Some(at) = debt.paid_gross {
            step = step.fact("paid gross", interclear_client::time::moment(at));
        }
        match (debt.source.get("Note"), debt.statement()) {
            // A note follows from the dispute and its line.
            (None, Some((agreement, period))) => {
                step.from.extend(self.statement(agreement, period, None).await?);
            }
            _ if debt.source.get("Inventory").is_some() => step.from.push(self.bill(debt).await?),
            _ => step.from.extend(self.other(&debt.source).await?),
        }
        Ok(step)
    }

    /// The bill of fixed-line services that has become a debt, with its lines and what is withheld of them.
    async fn bill(&mut self, debt: &Debt) -> Result<Step, ArchiveError> {
        let source = &debt.source["Inventory"];
        let month = source["period"].as_str().unwrap_or_default();
        let known = bills::all(self.database, Some(month)).await?;
        let is = |one: &&bills::Billed| {
            let mut debts = one.bill.obligations.iter();
            debts.any(|id| u64::try_from(debt.obligation) == Ok(id.0))
        };
        let Some(billed) = known.iter().find(is) else {
            let class = source["relation"]["class"].as_str().unwrap_or_default();
            let step = Step::new(format!("bill of fixed-line services {class} of {month}"));
            return Ok(step.fact(
                "known",
                "no: it is older than the archive, or the node has forgotten it",
            ));
        };
        Ok(billed.step(|minor| self.sum(minor, &billed.currency)))
    }

    /// What a debt comes from that is not the net of statements: of a note, the dispute and the line that it was on.
    async fn other(&mut self, source: &Value) -> Result<Vec<Step>, ArchiveError> {
        let mut steps = vec![Step::new(format!("source: {}", typed::words(source)))];
        let of = ["Note", "DisputeFee"].map(|kind| source[kind]["dispute"].as_i64());
        let of = of.into_iter().flatten().next();
        let Some(dispute) = self.disputes.iter().find(|one| Some(one.number) == of) else {
            return Ok(steps);
        };
        let line = dispute.line.clone();
        match self.number(&line).await? {
            Some(number) => {
                let found = self.statement(line.agreement, &line.period, Some(number)).await?;
                steps.extend(found);
            }
            // Its statement is older than the archive.
            None => steps.extend(self.disputed(&line)),
        }
        Ok(steps)
    }

    /// The number of a line of a statement, from 1 on.
    async fn number(&mut self, line: &disputed::Line) -> Result<Option<i64>, ArchiveError> {
        let query = "SELECT period, CAST(line AS TEXT), direction, service, late, CAST(service_group AS TEXT) FROM statement_lines \
                     WHERE agreement = $1";
        let found = rows(self.database, query, &[line.agreement]).await?;
        let row = found.iter().find(|row| {
            let of = disputed::Line {
                agreement: line.agreement,
                period: cell(row, 0).to_owned(),
                direction: cell(row, 2).to_owned(),
                group: cell(row, 5).parse().unwrap_or_default(),
                service: cell(row, 3).to_owned(),
                late: cell(row, 4).to_owned(),
            };
            of == *line
        });
        Ok(row.and_then(|row| Some(cell(row, 1).parse::<i64>().ok()?.saturating_add(1))))
    }

    /// The disputes on a line: what was stated, what both sides say or said, and what stands.
    fn disputed(&self, line: &disputed::Line) -> Vec<Step> {
        let on = self.disputes.iter().filter(|one| one.line == *line);
        let step = |one: &Disputed| {
            let worth = |[_, charge, shortfall, tax]: [i128; 4]| {
                let worth = charge.saturating_add(shortfall).saturating_add(tax);
                format!("{} {}", grouped(worth, one.decimals), one.currency)
            };
            let [debtor, creditor] = one.said;
            let step = Step::new(format!("dispute {}: {}, {}", one.number, one.kind, one.phase))
                .fact("raised", interclear_client::time::moment(one.raised_at))
                .fact("stated", worth(one.stated))
                .fact("debtor says", worth(debtor))
                .fact("creditor says", worth(creditor));
            match one.ended {
                Some(stands) => step
                    .fact("ended at", worth(stands))
                    .fact("ended", interclear_client::time::moment(one.until)),
                None => step.fact(
                    "paid meanwhile",
                    format!("{} {}", grouped(one.settled, one.decimals), one.currency),
                ),
            }
        };
        on.map(step).collect()
    }

    /// A statement, with all its lines or one of them.
    ///
    /// # Errors
    /// What the database says; `None` if there is none.
    pub async fn statement(
        &mut self,
        agreement: i64,
        period: &str,
        only: Option<i64>,
    ) -> Result<Option<Step>, ArchiveError> {
        let query = "SELECT period, currency, CAST(decimals AS TEXT), CAST(net AS TEXT), status, CAST(terms_version AS TEXT), \
                     CAST(from_block AS TEXT), CAST(first_party AS TEXT), CAST(second_party AS TEXT) FROM statements WHERE agreement = $1";
        let found = rows(self.database, query, &[agreement]).await?;
        let Some(found) = found.iter().find(|row| cell(row, 0) == period) else {
            return Ok(None);
        };
        let (currency, places) = (cell(found, 1), cell(found, 2).parse().unwrap_or_default());
        let step = Step::new(format!("statement of {period} under agreement {agreement}"))
            .fact("net", amount(cell(found, 3), places, currency))
            .fact("status", words(cell(found, 4)));
        let mut step = self.since(step, cell(found, 6));
        let net = whole(cell(found, 3));
        let parties = [7, 8].map(|place| self.name(cell(found, place).parse().unwrap_or_default()));
        if let Some(debtor) = owing(net, &parties) {
            step = step.fact("net owed by", debtor);
        }
        // What each party pays more because of disputes, or less.
        let query = "SELECT key ->> 1, value -> 'disputed' -> 'adjusted' ->> 0, value -> 'disputed' -> 'adjusted' ->> 1 \
                     FROM newest WHERE pallet = 'Statements' AND item = 'Statements' AND CAST(key ->> 0 AS BIGINT) = $1";
        let adjusted = rows(self.database, query, &[agreement]).await?;
        let adjusted = adjusted.iter().find(|row| cell(row, 0) == period);
        let [first, second] = adjusted.map_or([0, 0], |row| [1, 2].map(|place| whole(cell(row, place))));
        if [first, second] != [0, 0] {
            let sum = |minor: i128| format!("{} {currency}", grouped(minor, places));
            let [one, other] = &parties;
            let payable = net.saturating_add(first).saturating_sub(second);
            let by = owing(payable, &parties).map_or_else(String::new, |debtor| format!(" owed by {debtor}"));
            step = step
                .fact(
                    "disputes change",
                    format!("{} of {one}, {} of {other}", sum(first), sum(second)),
                )
                .fact("so it comes to", format!("{}{by}", sum(payable.saturating_abs())));
        }
        step.from.push(self.terms(agreement, cell(found, 5)).await?);
        let query = "SELECT period, CAST(line AS TEXT), direction, service, late, CAST(quantity AS TEXT), CAST(charge AS TEXT), \
                     CAST(shortfall AS TEXT), CAST(tax AS TEXT), CAST(service_group AS TEXT) FROM statement_lines WHERE agreement = $1 \
                     ORDER BY statement_lines.line";
        let lines = rows(self.database, query, &[agreement]).await?;
        let (files, reported) = (
            self.files(agreement, period).await?,
            self.reported(agreement).await?,
        );
        let proven = self.proven(agreement).await?;
        for row in lines.iter().filter(|row| cell(row, 0) == period) {
            // Lines are counted from 1 on, as where they are shown.
            let number = cell(row, 1).parse::<i64>().unwrap_or_default().saturating_add(1);
            if only.is_some_and(|only| only != number) {
                continue;
            }
            let (direction, service, late) = (cell(row, 2), cell(row, 3), cell(row, 4));
            let debtor = cell(found, if direction == "FirstHome" { 7 } else { 8 })
                .parse()
                .unwrap_or_default();
            let title = format!(
                "line {number}: {} owes for {}",
                self.name(debtor),
                typed::service(service)
            );
            let mut line = Step::new(title)
                .fact("quantity", quantity(service, cell(row, 5)))
                .fact("charge", amount(cell(row, 6), places, currency));
            for (name, place) in [("shortfall", 7), ("tax", 8)] {
                if whole(cell(row, place)) != 0 {
                    line = line.fact(name, amount(cell(row, place), places, currency));
                }
            }
            if !late.is_empty() {
                line = line.fact("late, of", late);
            }
            let of = disputed::Line {
                agreement,
                period: period.to_owned(),
                direction: direction.to_owned(),
                group: cell(row, 9).parse().unwrap_or_default(),
                service: service.to_owned(),
                late: late.to_owned(),
            };
            line.from = self.disputed(&of);
            line.from.extend(self.batches(&of, &files, &proven));
            line.from.extend(self.reports(&of, &reported));
            step.from.push(line);
        }
        if only.is_none() {
            step.from.push(self.journal(agreement, period).await?);
        }
        Ok((only.is_none() || step.from.len() > 1).then_some(step))
    }

    /// Whether the files and reports that are known are all that the month had.
    async fn journal(&mut self, agreement: i64, period: &str) -> Result<Step, ArchiveError> {
        let found = journal::check(self.database, agreement, period).await?;
        let step =
            Step::new("running digest of the month's files and reports").fact("stated", found.stated());
        Ok(match found {
            Journal::Complete { steps, .. } => step
                .fact("recomputed", format!("equal, over {steps} steps of files and reports"))
                .fact(
                    "so",
                    "no file or report of the month is missing; each is shown below the lines of its services",
                ),
            Journal::Differs { recomputed, .. } => step.fact("recomputed", recomputed).fact(
                "so",
                "files or reports are missing, or others are shown: compare the database with a node by `index verify`",
            ),
            Journal::Unknown { .. } => step.fact(
                "recomputed",
                "no: it takes a database that knows all blocks from the month's first file or report on",
            ),
        })
    }

    async fn terms(&mut self, agreement: i64, version: &str) -> Result<Step, ArchiveError> {
        let query = "SELECT CAST(version AS TEXT), first_month, last_month, CAST(from_block AS TEXT) FROM terms WHERE agreement = $1";
        let found = rows(self.database, query, &[agreement]).await?;
        let step = Step::new(format!("terms of agreement {agreement}, version {version}"));
        Ok(match found.iter().find(|row| cell(row, 0) == version) {
            Some(row) => {
                let step = step.fact("months", format!("{} to {}", cell(row, 1), cell(row, 2)));
                self.since(step, cell(row, 3))
            }
            None => step.fact("known", "no: they are older than the archive"),
        })
    }
}
