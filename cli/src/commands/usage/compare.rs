//! `interclear usage compare`: two sides' tables, compared as the chain would, without a node.

use crate::{
    commands::{
        files::{self, refused},
        usage::words,
    },
    error::CommandError,
    exit::Exit,
    output::{coloured_table, count, Cell},
    session::Session,
};
use clap::Args;
use interclear_billing::reports::compare_reports;
use interclear_client::money;
use interclear_import::{Agreement, Faults, PairUsage, Usage};
use interclear_primitives::{
    agreement::Tolerance,
    period::Period,
    report::{ComparedLine, LineMatch, PairMonth, ReportedLine},
    service::{Service, Unit},
};
use serde_json::{json, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(super) struct CompareArgs {
    /// Your usage table (.csv, .xlsx or .json).
    ours: PathBuf,
    /// The other side's usage table.
    theirs: PathBuf,
    #[command(flatten)]
    written: files::TableArgs,
    /// Terms, or a contract of the format gsma-bwr-roaming-v1. Its tolerances count.
    #[arg(long, alias = "agreement", value_name = "FILE")]
    contract: PathBuf,
    /// Only this month; all months that these cover unless given.
    #[arg(long)]
    period: Option<Period>,
    /// Accepted difference in percent, in place of the one agreed there: of all services, or of one as in `GPRS=0.5`; may be
    /// given more than once, the later counts.
    #[arg(long = "tolerance", value_name = "[SERVICE=]PERCENT", value_parser = tolerance)]
    tolerances: Vec<(Option<Service>, Tolerance)>,
    /// How many of the worst lines are shown.
    #[arg(long, default_value_t = 10)]
    worst: usize,
}

/// Decimals of a percentage, which make it parts per million.
const PERCENT_DECIMALS: u8 = 4;

/// Reads `1`, or `GPRS=0.5`.
fn tolerance(text: &str) -> Result<(Option<Service>, Tolerance), String> {
    let (service, percent) = match text.split_once('=') {
        Some((service, percent)) => {
            let service = service.parse().map_err(|error| format!("{service}: {error}"))?;
            (Some(service), percent)
        }
        None => (None, text),
    };
    let ppm = money::parse_amount(percent.trim_end_matches('%').trim_end(), PERCENT_DECIMALS)
        .map_err(|error| format!("{percent}: {error}"))?;
    let ppm = u32::try_from(ppm).ok().filter(|ppm| *ppm <= 1_000_000);
    let ppm = ppm.ok_or_else(|| format!("{percent} is more than 100 percent"))?;
    Ok((service, Tolerance { absolute: 0, ppm }))
}

/// What a result is called between two tables.
const fn word(found: LineMatch) -> &'static str {
    match found {
        LineMatch::Agrees => "agrees",
        LineMatch::Differs => "differs",
        LineMatch::MissingAtHome => "missing in theirs",
        LineMatch::MissingAtVisited => "missing in ours",
    }
}

/// The name of a result in JSON.
const fn key(found: LineMatch) -> &'static str {
    match found {
        LineMatch::Agrees => "agrees",
        LineMatch::Differs => "differs",
        LineMatch::MissingAtHome => "missing_in_theirs",
        LineMatch::MissingAtVisited => "missing_in_ours",
    }
}

/// A service of a pair's month. Of the comparison, the visited side is ours and the home side theirs, whoever we are:
/// which lines agree does not depend on it.
struct Line {
    pair: PairMonth,
    unit: Unit,
    compared: ComparedLine,
}

impl Line {
    /// Our quantity and theirs.
    fn quantities(&self) -> [u128; 2] {
        [self.compared.visited, self.compared.home].map(|side| side.map_or(0, |line| line.quantity))
    }

    /// Our charge with tax and theirs.
    fn charges(&self) -> [u128; 2] {
        [self.compared.visited, self.compared.home].map(|side| {
            let amounts = side.map_or([0; 2], |line| {
                [line.charge, line.tax].map(|value| value.clear_unsigned().unwrap_or_default())
            });
            amounts.into_iter().fold(0, u128::saturating_add)
        })
    }
}

/// What the lines of a service come to.
#[derive(Default)]
struct Summary {
    unit: Option<Unit>,
    /// Lines by result, in the order of [`words::RESULTS`].
    lines: [usize; 4],
    /// Our quantity and theirs.
    quantities: [u128; 2],
    /// Our charge with tax and theirs.
    charges: [u128; 2],
}

impl CompareArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let agreement = match files::agreement(&self.contract)? {
            Ok(agreement) => agreement,
            Err(faults) => return refused(session, &self.contract, &faults),
        };
        let (ours, theirs) = match (
            self.read(&agreement, &self.ours)?,
            self.read(&agreement, &self.theirs)?,
        ) {
            (Ok(ours), Ok(theirs)) => (ours, theirs),
            (Err(faults), _) => return refused(session, &self.ours, &faults),
            (_, Err(faults)) => return refused(session, &self.theirs, &faults),
        };
        let lines = self.compare(&agreement, &ours, &theirs);
        let summaries = summaries(&lines);
        let worst = self.worst(&lines, &summaries);
        let value = self.json(&lines, &summaries, &worst);
        session
            .output()
            .print(&value, |_| self.text(&lines, &summaries, &worst))?;
        let agree = lines.iter().all(|line| line.compared.found == LineMatch::Agrees);
        Ok(Exit::refused_if(!agree))
    }

    /// The totals of a table, as they would be reported.
    fn read(
        &self,
        agreement: &Agreement,
        path: &Path,
    ) -> Result<Result<BTreeMap<PairMonth, PairUsage>, Faults>, CommandError> {
        let usage = files::usage(path, &self.written)?;
        if let Ok(usage) = &usage {
            files::warn(path, &usage.warnings);
        }
        Ok(usage.and_then(|usage| {
            let rows = usage.rows.into_iter();
            let rows = rows.filter(|row| self.period.is_none_or(|period| row.period == period));
            agreement.reports(&Usage {
                rows: rows.collect(),
                ..Usage::default()
            })
        }))
    }

    /// Every line of either table once.
    fn compare(
        &self,
        agreement: &Agreement,
        ours: &BTreeMap<PairMonth, PairUsage>,
        theirs: &BTreeMap<PairMonth, PairUsage>,
    ) -> Vec<Line> {
        let pairs: BTreeSet<&PairMonth> = ours.keys().chain(theirs.keys()).collect();
        let mut lines = Vec::new();
        for pair in pairs {
            let sides = [ours.get(pair), theirs.get(pair)];
            let Some(known) = sides.into_iter().flatten().next() else {
                continue;
            };
            let tolerances = self.tolerances(agreement.tolerances(known));
            let [ours, theirs] =
                sides.map(|side| side.map_or(&[] as &[ReportedLine], |usage| usage.lines.as_slice()));
            lines.extend(
                compare_reports(ours, theirs, &tolerances)
                    .into_iter()
                    .map(|compared| Line {
                        pair: *pair,
                        unit: agreement.unit_in(known, compared.service),
                        compared,
                    }),
            );
        }
        lines
    }

    /// The agreed tolerances, less what other ones take the place of.
    fn tolerances(&self, agreed: Vec<(Service, Tolerance)>) -> Vec<(Service, Tolerance)> {
        let mut all: BTreeMap<Service, Tolerance> = agreed.into_iter().collect();
        for (service, tolerance) in &self.tolerances {
            let services = match service {
                Some(service) => std::slice::from_ref(service),
                None => Service::ALL,
            };
            all.extend(services.iter().map(|service| (*service, *tolerance)));
        }
        all.into_iter().collect()
    }

    /// The lines that do not agree, those first whose difference is the largest share of their service.
    fn worst<'a>(&self, lines: &'a [Line], summaries: &BTreeMap<Service, Summary>) -> Vec<(u128, &'a Line)> {
        let nothing = Summary::default();
        // In 10^-12 of a percent.
        let part = |[ours, theirs]: [u128; 2], [all_ours, all_theirs]: [u128; 2]| {
            ours.abs_diff(theirs).saturating_mul(100_000_000_000_000) / all_ours.max(all_theirs).max(1)
        };
        let share = |line: &Line| {
            let service = summaries.get(&line.compared.service).unwrap_or(&nothing);
            let quantity = part(line.quantities(), service.quantities);
            quantity.max(part(line.charges(), service.charges))
        };
        let mut worst: Vec<_> = lines
            .iter()
            .filter(|line| line.compared.found != LineMatch::Agrees)
            .map(|line| (share(line), line))
            .collect();
        worst.sort_by_key(|(share, line)| (std::cmp::Reverse(*share), line.pair, line.compared.service));
        worst.truncate(self.worst);
        worst
    }

    fn json(&self, lines: &[Line], summaries: &BTreeMap<Service, Summary>, worst: &[(u128, &Line)]) -> Value {
        let counts = |counts| words::counts_json(key, counts);
        let quantity = |micro: u128| money::unsigned(micro, money::USAGE_DECIMALS);
        json!({
            "period": self.period,
            "lines": lines.len(),
            "results": counts(total(summaries)),
            "services": summaries.iter().map(|(service, summary)| json!({
                "service": service,
                "unit": summary.unit,
                "results": counts(summary.lines),
                "ours": quantity(summary.quantities[0]),
                "theirs": quantity(summary.quantities[1]),
            })).collect::<Vec<_>>(),
            "worst": worst.iter().map(|(share, line)| json!({
                "period": line.pair.period,
                "visited": line.pair.visited,
                "home": line.pair.home,
                "service": line.compared.service,
                "unit": line.unit,
                "ours": line.compared.visited.as_ref().map(words::line_json),
                "theirs": line.compared.home.as_ref().map(words::line_json),
                "result": key(line.compared.found),
                "percent_of_service": money::unsigned(*share, 12),
            })).collect::<Vec<_>>(),
        })
    }

    fn text(
        &self,
        lines: &[Line],
        summaries: &BTreeMap<Service, Summary>,
        worst: &[(u128, &Line)],
    ) -> String {
        let when = self
            .period
            .map_or_else(|| "all months".to_owned(), |period| period.to_string());
        let agree = total(summaries)[0];
        let mut text = format!(
            "{when}: {} of either table, of which {agree} agree and {} do not\n",
            count(lines.len() as u64, "line", "lines"),
            lines.len() - agree
        );
        text.push_str(&summary_table(summaries));
        if worst.is_empty() {
            return text;
        }
        text.push_str("\n\nThe worst lines, by their share of the service:\n");
        text.push_str(&worst_table(worst));
        text
    }
}

fn summaries(lines: &[Line]) -> BTreeMap<Service, Summary> {
    let mut summaries: BTreeMap<Service, Summary> = BTreeMap::new();
    for line in lines {
        let summary = summaries.entry(line.compared.service).or_default();
        summary.unit = Some(line.unit);
        for (count, result) in summary.lines.iter_mut().zip(words::RESULTS) {
            *count += usize::from(line.compared.found == result);
        }
        for (sum, quantity) in summary.quantities.iter_mut().zip(line.quantities()) {
            *sum = sum.saturating_add(quantity);
        }
        for (sum, charge) in summary.charges.iter_mut().zip(line.charges()) {
            *sum = sum.saturating_add(charge);
        }
    }
    summaries
}

/// Lines of all services by result, in the order of [`words::RESULTS`].
fn total(summaries: &BTreeMap<Service, Summary>) -> [usize; 4] {
    let mut total = [0; 4];
    for summary in summaries.values() {
        for (sum, count) in total.iter_mut().zip(summary.lines) {
            *sum += count;
        }
    }
    total
}

/// Counts of lines, of which those stand out that are not 0.
fn count_cells(lines: [usize; 4]) -> [Cell; 4] {
    [0, 1, 2, 3].map(|place: usize| match lines[place] {
        0 => Cell::new(0),
        count => Cell::new(count).fg(words::colour(words::RESULTS[place])),
    })
}

fn summary_table(summaries: &BTreeMap<Service, Summary>) -> String {
    let row = |name: String, lines: [usize; 4], more: [String; 4]| {
        let [agree, differ, missing_in_theirs, missing_in_ours] = count_cells(lines);
        let [ours, theirs, unit, apart] = more.map(Cell::new);
        [
            Cell::new(name),
            agree,
            differ,
            missing_in_theirs,
            missing_in_ours,
            ours,
            theirs,
            unit,
            apart,
        ]
    };
    let rows = summaries.iter().map(|(service, summary)| {
        let [ours, theirs] = summary.quantities;
        let more = [
            words::quantity(ours),
            words::quantity(theirs),
            summary.unit.map_or_else(String::new, |unit| unit.to_string()),
            words::difference(ours, theirs),
        ];
        row(service.to_string(), summary.lines, more)
    });
    let all = row("All".into(), total(summaries), Default::default());
    let head = [
        "Service",
        "Agree",
        "Differ",
        "Missing in theirs",
        "Missing in ours",
        "Ours",
        "Theirs",
        "Unit",
        "Apart",
    ];
    coloured_table(head, &[1, 2, 3, 4, 5, 6, 8], rows.chain([all]))
}

fn worst_table(worst: &[(u128, &Line)]) -> String {
    let rows = worst.iter().map(|(share, line)| {
        let quantity =
            |side: Option<ReportedLine>| side.map_or_else(String::new, |line| words::quantity(line.quantity));
        let [ours, theirs] = line.quantities();
        let charges = match line.charges() {
            [0, 0] => String::new(),
            [ours, theirs] => words::difference(ours, theirs),
        };
        // As much of it as makes sense to read.
        let share = match share / 1_000_000 {
            0 => "<0.000001 %".into(),
            share => format!("{} %", money::quantity(share)),
        };
        [
            Cell::new(line.pair.period),
            Cell::new(line.pair.visited),
            Cell::new(line.pair.home),
            Cell::new(line.compared.service),
            Cell::new(quantity(line.compared.visited)),
            Cell::new(quantity(line.compared.home)),
            Cell::new(line.unit),
            Cell::new(words::difference(ours, theirs)),
            Cell::new(charges),
            Cell::new(share),
            Cell::new(word(line.compared.found)).fg(words::colour(line.compared.found)),
        ]
    });
    let head = [
        "Month",
        "Visited",
        "Home",
        "Service",
        "Ours",
        "Theirs",
        "Unit",
        "Apart",
        "Charges apart",
        "Of the service",
        "Result",
    ];
    coloured_table(head, &[4, 5, 7, 8, 9], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerance_should_read_percent_when_of_all_services_or_of_one() {
        let ppm = |ppm| Tolerance { absolute: 0, ppm };
        assert_eq!(tolerance("1"), Ok((None, ppm(10_000))));
        assert_eq!(tolerance("0.5 %"), Ok((None, ppm(5_000))));
        assert_eq!(tolerance("SMS MO=0.0001"), Ok((Some(Service::SmsMo), ppm(1))));
        for wrong in ["", "101", "-1", "Fax=1", "GPRS", "0.00001"] {
            assert!(tolerance(wrong).is_err(), "{wrong}");
        }
    }
}
