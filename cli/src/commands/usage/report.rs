//! `interclear usage report`: the totals of a month, from a usage table to the chain.

use crate::{
    commands::{
        files::{self, refused as faulty},
        unstated,
        usage::{behind, words},
    },
    error::CommandError,
    exit::Exit,
    output::{self, coloured_table, Cell, Color},
    session::Session,
};
use clap::{Args, ValueEnum};
use interclear_client::{
    calls::{self, PAIRS_PER_CALL},
    chain::{AccountId, Call, Chain, Receipt},
    money,
};
use interclear_import::{Agreement, Faults, Label, Usage};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    money::Value,
    period::Period,
    report::{PairMonth, ReportLines, ReportSide, ReportedLine, UsageReport},
    service::Service,
    tadig::Tadig,
    Digest,
};
use serde_json::{json, Value as Json};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::PathBuf,
};

#[derive(Args)]
pub(super) struct ReportArgs {
    /// The usage table (.csv, .xlsx or .json) with the columns Year_Month, HPMN, VPMN, Services Categorised, Usage, Units,
    /// Charges and Direction. Its digest goes on the chain as the document behind the figures: keep it.
    table: PathBuf,
    #[command(flatten)]
    written: files::TableArgs,
    /// The month, such as 2026-10.
    #[arg(long)]
    period: Period,
    /// Report only as this side; as both unless given.
    #[arg(long = "as", value_name = "SIDE")]
    sides: Vec<SideName>,
    /// Report figures again that are on the chain already, because they come from another table now.
    #[arg(long)]
    again: bool,
    /// Show what would be reported and what the chain would say of it, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

/// A side of a pair of networks.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SideName {
    /// The visited network, which is paid.
    Visited,
    /// The home network, which pays.
    Home,
}

impl SideName {
    fn of(side: ReportSide) -> Self {
        match side {
            ReportSide::Visited => Self::Visited,
            ReportSide::Home => Self::Home,
        }
    }
}

/// What becomes of a pair.
enum Fate {
    /// To be sent.
    Ready,
    /// On the chain from now on, in a version; how it compares, if the other side has reported.
    Reported(u32, Option<[u32; 4]>),
    /// Not sent, for a reason that is in order.
    Skipped(String),
    /// Not taken.
    Refused(String),
}

/// A pair of networks of the table.
struct Entry {
    pair: PairMonth,
    side: Option<ReportSide>,
    agreement: Option<AgreementId>,
    lines: ReportLines,
    /// Lines of the version before that are not in the table: reported without them, they are taken back.
    gone: Vec<ReportedLine>,
    /// What the table calls the direction, where that is the other side's view.
    reversed: Option<Label>,
    /// Rows that say the same as others.
    repeated: Faults,
    /// Rows without a charge, by their place, with their service.
    uncharged: Vec<(String, Service)>,
    fate: Fate,
}

impl ReportArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let (usage, document) = match files::usage_hashed(&self.table, &self.written)? {
            (Ok(usage), document) => (usage, document),
            (Err(faults), _) => return faulty(session, &self.table, &faults),
        };
        files::warn(&self.table, &usage.warnings);
        let warnings = usage.warnings.clone();
        let pairs = self.pairs(usage)?;
        let chain = session.chain().await?;
        let mut desk = Desk {
            account: session.account()?,
            operator: session.operator(&chain).await?,
            chain: &chain,
            args: &self,
            document,
            owners: HashMap::new(),
            agreements: HashMap::new(),
        };
        let bar = output::progress(pairs.len() as u64, "checking");
        let mut entries = Vec::with_capacity(pairs.len());
        for (pair, usage) in pairs {
            entries.extend(desk.check(pair, &usage).await?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        entries.extend(desk.left_out(&entries).await?);
        let mut homes = BTreeMap::new();
        let me = desk.operator;
        if !self.dry_run {
            let doubts = doubts(&entries);
            if !doubts.is_empty() {
                session.confirm_slip(&doubts, "It is reported as the table has it.")?;
            }
            homes = desk.homes(&entries);
            send(session, &chain, document, &mut entries).await?;
        }
        print(
            session,
            self.period,
            &document,
            &entries,
            &files::listed(&warnings),
        )?;
        unstated::tell_unasked(unstated::warn_above_caps(&chain, me, homes).await);
        let refused = entries.iter().any(|entry| matches!(entry.fate, Fate::Refused(_)));
        Ok(Exit::refused_if(refused))
    }

    /// The rows of the month, by pair of networks.
    fn pairs(&self, usage: Usage) -> Result<BTreeMap<PairMonth, Usage>, CommandError> {
        let months = usage.rows.iter().map(|row| row.period);
        let (first, last) = (months.clone().min(), months.max());
        let mut pairs: BTreeMap<PairMonth, Usage> = BTreeMap::new();
        for row in usage.rows.into_iter().filter(|row| row.period == self.period) {
            let pair = PairMonth {
                visited: row.visited,
                home: row.home,
                period: row.period,
            };
            pairs.entry(pair).or_default().rows.push(row);
        }
        if pairs.is_empty() {
            let has = match (first, last) {
                (Some(first), Some(last)) if first == last => format!("its rows are of {first}"),
                (Some(first), Some(last)) => format!("its rows are of {first} to {last}"),
                _ => "it has no rows".into(),
            };
            return Err(CommandError::File {
                path: self.table.clone(),
                reason: format!("there is no usage of {}: {has}", self.period),
            });
        }
        Ok(pairs)
    }
}

/// Who reports, and what has been asked of the chain.
struct Desk<'a> {
    account: AccountId,
    operator: OperatorId,
    chain: &'a Chain,
    args: &'a ReportArgs,
    document: Digest,
    owners: HashMap<Tadig, Option<OperatorId>>,
    agreements: HashMap<AgreementId, Agreement>,
}

impl Desk<'_> {
    async fn owns(&mut self, network: Tadig) -> Result<bool, CommandError> {
        let owner = match self.owners.get(&network) {
            Some(owner) => *owner,
            None => {
                let owner = self.chain.operator_by_tadig(network).await?;
                self.owners.insert(network, owner);
                owner
            }
        };
        Ok(owner == Some(self.operator))
    }

    /// Whose subscribers have used what is reported to be owed.
    fn homes(&self, entries: &[Entry]) -> BTreeMap<OperatorId, String> {
        let owed = entries
            .iter()
            .filter(|entry| matches!(entry.fate, Fate::Ready) && entry.side == Some(ReportSide::Visited));
        owed.filter_map(|entry| {
            let home = entry.pair.home;
            let owner = (*self.owners.get(&home)?)?;
            (owner != self.operator).then(|| (owner, home.to_string()))
        })
        .collect()
    }

    /// What is in force between the networks in the month.
    async fn agreement(&mut self, agreement: AgreementId) -> Result<&Agreement, CommandError> {
        if !self.agreements.contains_key(&agreement) {
            let terms = behind::in_force(self.chain, agreement, self.args.period).await?;
            self.agreements.insert(agreement, terms);
        }
        self.agreements
            .get(&agreement)
            .ok_or_else(|| CommandError::NotFound(format!("agreement {agreement}")))
    }

    /// What is to become of a pair; `None` where it was not asked for.
    async fn check(&mut self, pair: PairMonth, usage: &Usage) -> Result<Option<Entry>, CommandError> {
        let mut entry = Entry {
            pair,
            side: None,
            agreement: None,
            lines: ReportLines::default(),
            gone: Vec::new(),
            reversed: None,
            repeated: Faults::default(),
            uncharged: Vec::new(),
            fate: Fate::Ready,
        };
        let owned = (self.owns(pair.visited).await?, self.owns(pair.home).await?);
        let side = match owned {
            (true, _) => ReportSide::Visited,
            (false, true) => ReportSide::Home,
            (false, false) => {
                entry.fate = Fate::Skipped("neither network is yours".into());
                return Ok(Some(entry));
            }
        };
        if !self.args.sides.is_empty() && !self.args.sides.contains(&SideName::of(side)) {
            return Ok(None);
        }
        entry.side = Some(side);
        (entry.repeated, entry.uncharged) = (usage.repeated(), usage.uncharged());
        if owned != (true, true) {
            entry.reversed = reversed(side, usage);
        }
        let Some(route) = self.chain.route(pair.visited, pair.home, pair.period).await? else {
            entry.fate = Fate::Skipped(format!("no agreement covers the two networks in {}", pair.period));
            return Ok(Some(entry));
        };
        entry.agreement = Some(route.agreement);
        let lines = behind::add_up(self.agreement(route.agreement).await?, pair, usage);
        match lines {
            Ok(lines) => entry.lines = lines,
            Err(faults) => {
                entry.fate = Fate::Refused(format!("not sent: {}", in_a_line(&faults)));
                return Ok(Some(entry));
            }
        }
        let known = self.chain.usage_reports(pair).await?;
        if let Some(own) = known
            .as_ref()
            .and_then(|(reports, _)| reports.side(side).as_ref())
        {
            entry.fate = self.compared_with(own, &entry.lines);
            if matches!(entry.fate, Fate::Ready) {
                entry.gone = gone(own, &entry.lines);
            }
        }
        if matches!(entry.fate, Fate::Ready) && self.args.dry_run {
            self.ask(&mut entry).await?;
        }
        Ok(Some(entry))
    }

    /// Asks the chain what a report would come to that is not sent.
    async fn ask(&self, entry: &mut Entry) -> Result<(), CommandError> {
        let call = calls::report_usage(entry.pair, self.document, &entry.lines);
        if let Some(Err(failure)) = self.chain.call_outcome(&self.account, &call).await? {
            entry.fate = Fate::Refused(failure.to_string());
        }
        Ok(())
    }

    /// Pairs that were reported from an earlier table, are open, and are not in this one: what was reported stays.
    async fn left_out(&mut self, entries: &[Entry]) -> Result<Vec<Entry>, CommandError> {
        let mut left_out = Vec::new();
        for agreement in self.agreements.keys().copied().collect::<BTreeSet<_>>() {
            for pair in self.chain.reported_pairs(agreement, self.args.period).await? {
                if entries.iter().any(|entry| entry.pair == pair) {
                    continue;
                }
                let Some((reports, _)) = self.chain.usage_reports(pair).await? else {
                    continue;
                };
                let side = match self.owns(pair.visited).await? {
                    true => ReportSide::Visited,
                    false => ReportSide::Home,
                };
                let asked = self.args.sides.is_empty() || self.args.sides.contains(&SideName::of(side));
                let own = reports.side(side).as_ref();
                let Some(own) = own.filter(|own| asked && !own.lines.is_empty() && reports.outcome.is_none())
                else {
                    continue;
                };
                left_out.push(Entry {
                    pair,
                    side: Some(side),
                    agreement: Some(agreement),
                    lines: ReportLines::default(),
                    gone: Vec::new(),
                    reversed: None,
                    repeated: Faults::default(),
                    uncharged: Vec::new(),
                    fate: Fate::Skipped(format!(
                        "not in this table: version {} stands; report a usage of 0 to take it back",
                        own.version
                    )),
                });
            }
        }
        Ok(left_out)
    }

    /// Whether a report says something new beside what was reported before.
    fn compared_with(&self, own: &UsageReport, lines: &ReportLines) -> Fate {
        let version = own.version;
        match (own.lines == *lines, own.document == self.document) {
            (false, _) => Fate::Ready,
            (true, true) => Fate::Skipped(format!("unchanged: version {version} says the same")),
            (true, false) if self.args.again => Fate::Ready,
            (true, false) => Fate::Skipped(format!(
                "unchanged: version {version} has the same figures, from another table (--again reports them anew)"
            )),
        }
    }
}

/// Lines of a report that the next version does not have; those without usage are none.
fn gone(own: &UsageReport, lines: &ReportLines) -> Vec<ReportedLine> {
    let is_there = |service| lines.iter().any(|line| line.service == service);
    let says_nothing = |line: &ReportedLine| {
        line.quantity == 0
            && [line.charge, line.tax]
                .iter()
                .all(|amount| *amount == Value::ZERO)
    };
    let own = own.lines.iter();
    own.filter(|line| !is_there(line.service) && !says_nothing(line))
        .copied()
        .collect()
}

/// What a table calls the direction of a pair where that is how the other side sees it: subscribers of others who are here are
/// inbound for the visited network, and its own who are there outbound for the home network.
fn reversed(side: ReportSide, usage: &Usage) -> Option<Label> {
    let expected = match side {
        ReportSide::Visited => Label::Inbound,
        ReportSide::Home => Label::Outbound,
    };
    let labels = usage.rows.iter().map(|row| row.label);
    labels.into_iter().find(|label| *label != expected)
}

/// What looks like a slip in what is to be sent.
fn doubts(entries: &[Entry]) -> Vec<String> {
    let ready = || entries.iter().filter(|entry| matches!(entry.fate, Fate::Ready));
    let mut doubts = Vec::new();
    for entry in ready() {
        for line in &entry.gone {
            doubts.push(format!(
                "{} of {} in {}, {} {} in the version before, is not in this table: it is taken back",
                line.service,
                entry.pair.home,
                entry.pair.visited,
                words::quantity(line.quantity),
                line.service.unit()
            ));
        }
    }
    for entry in ready() {
        doubts.extend(of_rows(entry));
    }
    let reversed: Vec<_> = ready()
        .filter_map(|entry| entry.reversed.map(|label| (entry, label)))
        .collect();
    if let Some((entry, label)) = reversed.first() {
        let more = match reversed.len() {
            1 => String::new(),
            more => format!(
                ", and {} likewise",
                output::count(more.saturating_sub(1) as u64, "other pair is", "other pairs are")
            ),
        };
        doubts.push(format!(
            "subscribers of {} in {} are {} in this table, and {} for you{more}: is it your partner's table?",
            entry.pair.home,
            entry.pair.visited,
            label.name(),
            label.reverse().name()
        ));
    }
    doubts
}

/// What looks like a slip in the rows of a pair: the first of each kind, and how many there are.
fn of_rows(entry: &Entry) -> Vec<String> {
    let pair = format!("{} in {}", entry.pair.home, entry.pair.visited);
    let rows = |count: usize| output::count(count as u64, "row", "rows");
    let repeated = entry.repeated.list.first().map(|first| {
        let all = entry.repeated.list.len().saturating_add(entry.repeated.more);
        format!("{first} ({} of {pair})", rows(all))
    });
    let uncharged = entry.uncharged.first().map(|(first, _)| {
        format!(
            "{first}: is missing, and the chain would have 0 ({} of {pair}): write the charge, or 0 where nothing was charged",
            rows(entry.uncharged.len())
        )
    });
    repeated.into_iter().chain(uncharged).collect()
}

fn in_a_line(faults: &Faults) -> String {
    faults.to_string().replace('\n', "; ")
}

/// Sends what is ready; a pair that the chain refuses does not stop the others.
async fn send(
    session: &Session,
    chain: &Chain,
    document: Digest,
    entries: &mut [Entry],
) -> Result<(), CommandError> {
    let mut ready: Vec<&mut Entry> = entries
        .iter_mut()
        .filter(|entry| matches!(entry.fate, Fate::Ready))
        .collect();
    for chunk in ready.chunks_mut(PAIRS_PER_CALL) {
        let call = chunk
            .iter()
            .map(|entry| calls::report_usage(entry.pair, document, &entry.lines));
        let receipt = session.execute(chain, &Call::force_batch(call)).await?;
        note(chunk, &receipt)?;
    }
    Ok(())
}

/// Notes what became of the pairs of a transaction.
fn note(chunk: &mut [&mut Entry], receipt: &Receipt) -> Result<(), CommandError> {
    let (reported, compared) = (receipt.usage_reported()?, receipt.usage_compared()?);
    for (entry, failure) in chunk.iter_mut().zip(receipt.items()?) {
        entry.fate = match failure {
            Some(failure) => Fate::Refused(failure.to_string()),
            None => {
                let version = reported.iter().find(|(pair, ..)| *pair == entry.pair);
                let results = compared.iter().find(|(pair, _)| *pair == entry.pair);
                Fate::Reported(
                    version.map_or(0, |(.., version)| *version),
                    results.map(|(_, results)| *results),
                )
            }
        };
    }
    Ok(())
}

/// What has become of a pair, in words.
fn in_words(entry: &Entry) -> (String, Color) {
    let (mut words, colour) = fate_in_words(entry);
    if !entry.gone.is_empty() && !matches!(entry.fate, Fate::Refused(_)) {
        let gone: Vec<String> = entry
            .gone
            .iter()
            .map(|line| {
                format!(
                    "{} ({} {})",
                    line.service,
                    words::quantity(line.quantity),
                    line.service.unit()
                )
            })
            .collect();
        words.push_str(&format!("; taken back: {}", gone.join(", ")));
    }
    if let (Some(label), Fate::Ready) = (entry.reversed, &entry.fate) {
        words.push_str(&format!(
            "; {} for you, not {}",
            label.reverse().name(),
            label.name()
        ));
    }
    (words, colour)
}

fn fate_in_words(entry: &Entry) -> (String, Color) {
    match &entry.fate {
        Fate::Ready => ("not sent (dry run)".into(), Color::Blue),
        Fate::Reported(version, None) => (
            format!("reported, version {version}; the other side has not"),
            Color::Green,
        ),
        Fate::Reported(version, Some(results)) => {
            let parts: Vec<String> = words::RESULTS
                .into_iter()
                .zip(results)
                .filter(|(_, lines)| **lines > 0)
                .map(|(found, lines)| words::counted(lines, found))
                .collect();
            let all_agree = results.iter().skip(1).all(|lines| *lines == 0);
            let colour = if all_agree { Color::Green } else { Color::Yellow };
            (
                format!("reported, version {version}: {}", parts.join(", ")),
                colour,
            )
        }
        Fate::Skipped(reason) => (format!("skipped: {reason}"), Color::Blue),
        Fate::Refused(reason) => (format!("refused: {reason}"), Color::Red),
    }
}

fn as_json(entry: &Entry) -> serde_json::Value {
    let (result, version, compared, reason) = match &entry.fate {
        Fate::Ready => ("not_sent", None, None, None),
        Fate::Reported(version, compared) => ("reported", Some(version), compared.as_ref(), None),
        Fate::Skipped(reason) => ("skipped", None, None, Some(reason)),
        Fate::Refused(reason) => ("refused", None, None, Some(reason)),
    };
    json!({
        "visited": entry.pair.visited,
        "home": entry.pair.home,
        "side": entry.side,
        "agreement": entry.agreement,
        "lines": entry.lines.iter().map(words::line_json).collect::<Vec<_>>(),
        "taken_back": entry.gone.iter().map(words::line_json).collect::<Vec<_>>(),
        "uncharged": entry.uncharged.iter().map(|(place, _)| place).collect::<Vec<_>>(),
        "result": result,
        "version": version,
        "results": compared.map(|counts| words::counts_json(words::key, *counts)),
        "reason": reason,
    })
}

/// The lines of a pair; what has become of it stands in the first.
fn rows(entry: &Entry) -> Vec<[Cell; 9]> {
    let (fate, colour) = in_words(entry);
    let mut fate = Some(Cell::new(fate).fg(colour));
    let mut row = |cells: [String; 5]| {
        let [service, quantity, unit, charge, tax] = cells.map(Cell::new);
        [
            Cell::new(entry.pair.visited),
            Cell::new(entry.pair.home),
            Cell::new(entry.side.map_or("", words::side)),
            service,
            quantity,
            unit,
            charge,
            tax,
            fate.take().unwrap_or_else(|| Cell::new("")),
        ]
    };
    if entry.lines.is_empty() {
        return vec![row(Default::default())];
    }
    let amount = |value: &Value| money::grouped_value(value, money::USAGE_DECIMALS);
    // A charge that nobody has written is not shown as one of 0.
    let charge = |line: &ReportedLine| {
        let missing = entry
            .uncharged
            .iter()
            .any(|(_, service)| *service == line.service);
        match missing && line.charge == Value::ZERO {
            true => "-".into(),
            false => amount(&line.charge),
        }
    };
    entry
        .lines
        .iter()
        .map(|line| {
            row([
                line.service.to_string(),
                words::quantity(line.quantity),
                line.service.unit().to_string(),
                charge(line),
                amount(&line.tax),
            ])
        })
        .collect()
}

fn print(
    session: &Session,
    period: Period,
    document: &Digest,
    entries: &[Entry],
    warnings: &[Json],
) -> Result<(), CommandError> {
    let count = |wanted: fn(&Fate) -> bool| entries.iter().filter(|entry| wanted(&entry.fate)).count();
    let value = json!({
        "period": period,
        "document": output::hex(document),
        "reported": count(|fate| matches!(fate, Fate::Reported(..))),
        "skipped": count(|fate| matches!(fate, Fate::Skipped(_))),
        "refused": count(|fate| matches!(fate, Fate::Refused(_))),
        "pairs": entries.iter().map(as_json).collect::<Vec<_>>(),
        "warnings": warnings,
    });
    session.output().print(&value, |value| {
        let head = [
            "Visited", "Home", "You are", "Service", "Quantity", "Unit", "Charge", "Tax", "Result",
        ];
        let table = coloured_table(head, &[4, 6, 7], entries.iter().flat_map(rows));
        let mut text = format!(
            "{table}\n{}: {} reported, {} skipped, {} refused",
            output::count(entries.len() as u64, "pair of networks", "pairs of networks"),
            value["reported"],
            value["skipped"],
            value["refused"]
        );
        let agreements: BTreeSet<AgreementId> = entries
            .iter()
            .filter(|entry| matches!(entry.fate, Fate::Reported(..)))
            .filter_map(|entry| entry.agreement)
            .collect();
        for agreement in agreements {
            text.push_str(&format!(
                "\n`interclear usage show {agreement} {period}` shows how both sides compare."
            ));
        }
        text
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(service: Service, quantity: u128) -> ReportedLine {
        ReportedLine {
            service,
            quantity,
            charge: Value::ZERO,
            tax: Value::ZERO,
        }
    }

    fn entry(usage: &str, own: Vec<ReportedLine>, side: ReportSide) -> Entry {
        let usage = Usage::read(usage.as_bytes()).unwrap();
        let lines: Vec<_> = usage
            .rows
            .iter()
            .map(|row| line(row.service, 12_000_000_000))
            .collect();
        let lines = ReportLines::try_from(lines).unwrap();
        let own = UsageReport {
            version: 1,
            document: [0; 32],
            lines: own.try_into().unwrap(),
            reported_at: 0,
        };
        Entry {
            pair: PairMonth {
                visited: usage.rows[0].visited,
                home: usage.rows[0].home,
                period: usage.rows[0].period,
            },
            side: Some(side),
            agreement: None,
            gone: gone(&own, &lines),
            reversed: reversed(side, &usage),
            repeated: usage.repeated(),
            uncharged: usage.uncharged(),
            lines,
            fate: Fate::Ready,
        }
    }

    const HEAD: &str = "Year_Month,HPMN,VPMN,Services Categorised,Usage,Units,Charges,Direction\n";

    #[test]
    fn lines_should_be_told_and_asked_about_when_a_corrected_table_lacks_them() {
        let table = format!("{HEAD}202610,GBRCC,DEU7A,GPRS,12000,MB,24.00,inbound\n");
        let own = vec![
            line(Service::Gprs, 12_000_000_000),
            line(Service::MocLocal, 100_000_000),
            line(Service::SmsMo, 0),
        ];
        let found = entry(&table, own, ReportSide::Visited);
        let told = doubts(&[found]);
        assert_eq!(
            told,
            ["MOC Local of GBRCC in DEU7A, 100 min in the version before, is not in this table: it is taken back"]
        );
        let found = entry(
            &table,
            vec![line(Service::MocLocal, 100_000_000)],
            ReportSide::Visited,
        );
        assert!(
            in_words(&found).0.contains("taken back: MOC Local (100 min)"),
            "{}",
            in_words(&found).0
        );
        assert_eq!(
            as_json(&found)["taken_back"][0]["service"],
            json!(Service::MocLocal)
        );
        assert!(doubts(&[entry(&table, Vec::new(), ReportSide::Visited)]).is_empty());
    }

    #[test]
    fn a_direction_should_be_asked_about_when_it_is_how_the_other_side_sees_it() {
        let table = |label: &str| format!("{HEAD}202610,GBRCC,DEU7A,GPRS,9000,MB,18.00,{label}\n");
        let asked = |label, side| doubts(&[entry(&table(label), Vec::new(), side)]);
        assert!(asked("inbound", ReportSide::Visited).is_empty());
        assert!(asked("outbound", ReportSide::Home).is_empty());
        assert_eq!(
            asked("inbound", ReportSide::Home),
            ["subscribers of GBRCC in DEU7A are inbound in this table, and outbound for you: is it your partner's table?"]
        );
        assert_eq!(asked("outbound", ReportSide::Visited).len(), 1);
    }

    #[test]
    fn rows_should_be_asked_about_when_they_come_twice_or_lack_their_charge() {
        let row = "202610,GBRCC,DEU7A,GPRS,9000,MB,18.00,inbound\n";
        let asked =
            |table: &str| doubts(&[entry(&format!("{HEAD}{table}"), Vec::new(), ReportSide::Visited)]);
        assert!(asked(row).is_empty());
        let twice = asked(&[row, row].concat());
        assert_eq!(twice.len(), 1, "{twice:?}");
        assert!(
            twice[0].starts_with("row 3: is the same as row 2 in every column"),
            "{twice:?}"
        );
        let blank = "202610,GBRCC,DEU7A,MOC Local,1000,min,,inbound\n";
        assert_eq!(
            asked(&[row, blank].concat()),
            ["row 3, column Charges: is missing, and the chain would have 0 (1 row of GBRCC in DEU7A): write the charge, or 0 where nothing was charged"]
        );
        let entry = entry(&format!("{HEAD}{row}{blank}"), Vec::new(), ReportSide::Visited);
        assert_eq!(as_json(&entry)["uncharged"], json!(["row 3, column Charges"]));
    }
}
