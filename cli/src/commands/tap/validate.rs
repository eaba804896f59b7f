//! `interclear tap validate`: whether files may be billed.

use crate::{
    commands::{
        files,
        secret::{is_secret, SecretArgs, Unchecked},
        tap::{
            doubts::{self, doubt},
            inspect::numbered,
            named::{Anchored, Named},
            rules::{knowing, RuleArgs},
        },
    },
    error::CommandError,
    exit::Exit,
    output::{coloured_table, count, number, progress, table as table_of, Cell, Color},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::Chain,
    expect_each_other,
    files::{
        key_named, key_of, name_of, not_anchorable, open_store, without_service, Doubt, FileError, KnownFiles,
    },
    money,
    text::{printable, reason},
    time::now,
};
use interclear_primitives::{
    agreement::Terms,
    money::Currency,
    series::{BatchKey, Stream},
    service::Service,
};
use interclear_record_store::{RecordStore, StoreError};
use interclear_tap::{
    classify::Zones, model::BatchControl, validate_file_by_itself, Code, FileName, FileReport, Finding, Kind,
    Options, Outcome, Scheme, Severity, TariffCheck, TariffSummary,
};
use serde::Serialize;
use serde_json::{json, Value as Json};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(super) struct ValidateArgs {
    /// TAP, NRTRDE or RAP files, and notifications.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
    /// Ask the chain what it knows of each file: the number that comes next, what was anchored under its number, with which
    /// everything that the anchor states is compared, the services, age and zones agreed on for its month, and the month's exchange
    /// rate.
    #[arg(long)]
    chain: bool,
    #[command(flatten)]
    secrets: SecretArgs,
    /// The folder with the RAP files that were made to the senders: files that are sent again must name one of them.
    #[arg(long, value_name = "DIR")]
    returns: Option<PathBuf>,
    /// The folder that remembers the records of 90 days, as keyed hashes, to find those that were sent before; made when it
    /// does not exist. Files that are refused are not noted, and no file is a duplicate of itself.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Terms as JSON, as `interclear agreement propose` takes them: the charge of each record is compared with their prices. Files that
    /// they are not for (other networks, another month or currency, services without a line) are refused.
    #[arg(long, value_name = "FILE")]
    agreement: Option<PathBuf>,
    /// Accepted difference of a charge from the agreed rate, in the currency; one unit of the file's last decimal place is
    /// always accepted.
    #[arg(long, value_name = "AMOUNT", default_value = "0", requires = "agreement", value_parser = tolerance)]
    tolerance: u64,
    /// Waive the right to return records: the store notes also those with severe findings, so that they may not be sent again.
    #[arg(long, requires = "store")]
    waive: bool,
}

fn tolerance(text: &str) -> Result<u64, String> {
    let amount = money::parse_amount(text, money::USAGE_DECIMALS).map_err(|error| error.to_string())?;
    u64::try_from(amount).map_err(|_| format!("{text} does not fit"))
}

/// What is printed about a file: the keys of a report that are always there, and no others.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    kind: Kind,
    sender: Option<&'a str>,
    recipient: Option<&'a str>,
    sequence: Option<u32>,
    events: u64,
    total_charge: Option<&'a str>,
    findings: Vec<Item<'a>>,
    /// How the charges compare with the agreement, when one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    tariff: Option<Json>,
}

impl Line<'_> {
    fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.code == code)
    }
}

#[derive(Serialize)]
struct Item<'a> {
    severity: Severity,
    code: &'a str,
    item: &'a str,
    message: Cow<'a, str>,
}

impl<'a> Item<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            severity: finding.severity,
            code: finding.code.name(),
            item: &finding.item,
            message: finding.message.as_str().into(),
        }
    }
}

/// What became of a file.
enum Checked {
    Read(Box<Report>),
    Unreadable(String, String),
}

/// What was found in a file that was read.
struct Report {
    report: FileReport,
    test: bool,
    exit: Exit,
    /// How its charges compare with the agreement, and the currency of its prices.
    tariff: Option<(TariffSummary, Currency)>,
    /// Why it cannot be anchored, though nothing fatal is wrong with it.
    not_anchorable: Option<String>,
    /// How grave that is: records without a service bill between two operators all the same, but not by terms or on the chain.
    kept_back: Severity,
    /// What was anchored under its name otherwise.
    other: Option<(BatchKey, Doubt)>,
}

impl Report {
    /// What keeps the whole file from being billed, beside what is wrong in itself: messages by their codes.
    fn more(&self) -> Vec<(Severity, &'static str, String)> {
        let not_anchorable = self.not_anchorable.iter().cloned();
        let mut more: Vec<_> = not_anchorable
            .map(|reason| (self.kept_back, NOT_ANCHORABLE, reason))
            .collect();
        let differences = self.other.iter().flat_map(|(_, doubt)| &doubt.differences);
        more.extend(differences.map(|one| {
            let words = format!(
                "{}: {} in the file, {} as anchored",
                one.what, one.file, one.anchor
            );
            (Severity::Fatal, OTHER_THAN_ANCHORED, words)
        }));
        more
    }

    fn exit(&self) -> Exit {
        let kept_back = self.not_anchorable.is_some() && self.kept_back == Severity::Fatal;
        let refused = kept_back || self.other.is_some();
        self.exit.max(Exit::refused_if(refused))
    }
}

/// The code of a file that is not there, or may not be read.
const UNREADABLE: &str = "unreadable";
/// The code of a file that the chain would refuse, though nothing fatal is wrong with it.
const NOT_ANCHORABLE: &str = "not-anchorable";
/// The code of what a file states otherwise than was anchored under its name.
const OTHER_THAN_ANCHORED: &str = "other-than-anchored";

impl Checked {
    fn new(
        path: &Path,
        options: &Options,
        store: Option<&mut RecordStore>,
        (waive, by_terms): (bool, bool),
    ) -> Result<Self, CommandError> {
        let file = path.display().to_string();
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let checked = match store {
            Some(store) if waive => store.waive(path, options, now),
            Some(store) => store.validate_file(path, options, now),
            // A record that comes twice in the file is found, one that was in another file is not.
            None => validate_file_by_itself(path, options).map_err(|error| StoreError::File {
                path: path.into(),
                error,
            }),
        };
        match checked {
            Ok(outcome) => Ok(Self::Read(Box::new(Report {
                report: outcome.report(file),
                test: outcome.control.as_ref().is_some_and(BatchControl::is_test),
                exit: Exit::of_verdict(outcome.verdict()),
                not_anchorable: not_anchorable(&outcome).or_else(|| not_covered(&outcome)),
                kept_back: match by_terms || without_service(&outcome) == 0 {
                    true => Severity::Fatal,
                    false => Severity::Warning,
                },
                tariff: outcome
                    .tariff
                    .zip(options.tariff.as_ref().map(|check| check.terms.currency)),
                other: None,
            }))),
            Err(StoreError::File { path: failed, error }) if failed == path => Ok(Self::Unreadable(
                file,
                format!("the file cannot be read: {}", reason(&error)),
            )),
            Err(error) => Err(FileError::from(error).into()),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Read(read) => read.exit(),
            Self::Unreadable(..) => Exit::Undecodable,
        }
    }

    /// Whether there is usage in it that is billed: notifications have none, and test files are never billed.
    fn bills(&self) -> bool {
        matches!(self, Self::Read(read) if !read.test && read.report.events > 0)
    }

    /// Whether it is refused for what the store has not seen, so that its records may come again.
    fn is_refused_beside(&self) -> bool {
        matches!(self, Self::Read(read) if !read.more().is_empty())
    }

    fn line(&self) -> Line<'_> {
        match self {
            Self::Read(read) => self.line_of(&read.report, read.tariff.as_ref().map(compared), read.more()),
            Self::Unreadable(file, message) => Line {
                tariff: None,
                file,
                kind: Kind::Unknown,
                sender: None,
                recipient: None,
                sequence: None,
                events: 0,
                total_charge: None,
                findings: vec![Item {
                    severity: Severity::Fatal,
                    code: UNREADABLE,
                    item: "file",
                    message: message.as_str().into(),
                }],
            },
        }
    }

    fn line_of<'a>(
        &self,
        report: &'a FileReport,
        tariff: Option<Json>,
        more: Vec<(Severity, &'static str, String)>,
    ) -> Line<'a> {
        let mut findings: Vec<Item<'a>> = report.findings.iter().map(Item::new).collect();
        findings.extend(more.into_iter().map(|(severity, code, message)| Item {
            severity,
            code,
            item: "file",
            message: message.into(),
        }));
        Line {
            tariff,
            file: &report.file,
            kind: report.kind,
            sender: report.sender.as_deref(),
            recipient: report.recipient.as_deref(),
            sequence: report.sequence,
            events: report.events,
            total_charge: report.total_charge.as_deref(),
            findings,
        }
    }

    fn omitted(&self) -> u64 {
        match self {
            Self::Read(read) => read.report.findings_omitted,
            Self::Unreadable(..) => 0,
        }
    }
}

/// The returns in a folder, by the names of their files.
struct Returns(Vec<FileName>);

impl Returns {
    fn read(folder: &Path) -> Result<Self, CommandError> {
        let unreadable = |error: std::io::Error| CommandError::File {
            path: folder.into(),
            reason: reason(&error),
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            names.extend(Scheme::Returns.parse(&name.to_string_lossy()));
        }
        Ok(Self(names))
    }

    /// The numbers of the returns from the recipient of a file to its sender; of all where the name does not say who they
    /// are.
    fn about(&self, file: &Path) -> BTreeSet<u32> {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.as_deref().and_then(FileName::parse);
        let about = |returned: &&FileName| {
            name.is_none_or(|name| {
                (returned.sender, returned.recipient, returned.test)
                    == (name.recipient, name.sender, name.test)
            })
        };
        self.0
            .iter()
            .filter(about)
            .map(|returned| returned.sequence)
            .collect()
    }
}

impl ValidateArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let mut options = Options::default();
        if let Some(path) = &self.agreement {
            let terms = files::terms(path)?;
            options.rules.zones = zones(&terms);
            options.tariff = Some(TariffCheck {
                terms,
                tolerance: self.tolerance,
            });
        }
        let options = self.rules.over(options);
        let mut store = self.store.as_deref().map(open_store).transpose()?;
        let chain = match self.chain {
            true => Some(session.chain().await?),
            false => None,
        };
        let mut known = match &chain {
            Some(chain) => chain.known_of_files(&self.files).await?,
            None => KnownFiles::new(),
        };
        self.rules.tell_without_effect(known.values());
        expect_each_other(&mut known);
        let keys: Vec<BatchKey> = self.files.iter().filter_map(|path| key(path, &known)).collect();
        let standing = match &chain {
            Some(chain) => Named::standing(chain, &keys).await?,
            None => BTreeMap::new(),
        };
        let mut unchecked = Unchecked::default();
        let returns = self.returns.as_deref().map(Returns::read).transpose()?;
        let bar = progress(self.files.len() as u64, "checking");
        // Asked what the chain, or the agreement, makes of it, what they cannot take is refused.
        let by_terms = self.chain || self.agreement.is_some();
        let mut worst = Exit::Done;
        let mut checked = Vec::new();
        for path in self.files.iter().filter(|path| !is_secret(path)) {
            let mut options = match &chain {
                Some(chain) => {
                    let secret = match key(path, &known).filter(|key| standing.contains_key(key)) {
                        Some(key) => self
                            .secrets
                            .received_of(Some(chain), path, &key, &mut unchecked)?,
                        None => None,
                    };
                    let options = Options {
                        secret,
                        ..options.clone()
                    };
                    knowing(known.get(path), &options)
                }
                None => options.clone(),
            };
            options.context.known_returns = returns.as_ref().map(|returns| returns.about(path));
            let mut one = Checked::new(path, &options, store.as_mut(), (self.waive, by_terms))?;
            if let (Some(chain), Checked::Read(read)) = (&chain, &mut one) {
                let key = key(path, &known);
                read.other = self.other(chain, path, key, &standing, &known, &options).await?;
            }
            if let Some(store) = store.as_mut().filter(|_| one.is_refused_beside()) {
                let forgotten = store.forget_refused(&[path.as_path()]);
                forgotten.map_err(|error| CommandError::Invalid(error.to_string()))?;
            }
            worst = worst.max(one.exit());
            if session.output().json {
                session.output().print_line(&one.line(), |_| String::new())?;
            }
            if one.omitted() > 0 {
                let file = interclear_client::text::path(path);
                bar.suspend(|| eprintln!("{file}: {} further findings are not listed", one.omitted()));
            }
            checked.push(one);
            bar.inc(1);
        }
        bar.finish_and_clear();
        unchecked.tell();
        if !session.output().json {
            session
                .output()
                .print(&(), |()| table(&checked, &self.rules.in_use()))?;
        }
        Ok(worst)
    }
}

/// How terms have international calls split.
fn zones(terms: &Terms) -> Zones {
    let lines = terms.directions.iter().flat_map(|direction| direction.lines());
    let services: Vec<Service> = lines.map(|(_, line)| line.service).collect();
    Zones::of(&services)
}

/// Why the agreement cannot take a file with which it was compared: it is not for the file, or has no line for a service of it.
fn not_covered(outcome: &Outcome) -> Option<String> {
    let tariff = outcome.tariff.as_ref()?;
    if let Some(unpriced) = outcome.unpriced.filter(|unpriced| !unpriced.is_covered()) {
        return Some(format!("{unpriced}: name the agreement by which it bills"));
    }
    let services: Vec<String> = outcome.not_agreed.keys().map(Service::to_string).collect();
    (tariff.not_agreed > 0).then(|| {
        format!(
            "{} of services without a line in the agreement: {}; agree on one, or return the file",
            count(tariff.not_agreed, "record is", "records are"),
            services.join(", ")
        )
    })
}

/// The file on the chain that a file would be: as it says itself, or else its name.
fn key(path: &Path, known: &KnownFiles) -> Option<BatchKey> {
    match known.get(path) {
        Some((head, _)) => Some(key_of(&head.name, Stream::Tap)),
        None => key_named(&path.file_name()?.to_string_lossy()),
    }
}

impl ValidateArgs {
    /// What was anchored under the name of a file, if that is something else.
    async fn other(
        &self,
        chain: &Chain,
        path: &Path,
        key: Option<BatchKey>,
        standing: &BTreeMap<BatchKey, Anchored>,
        known: &KnownFiles,
        checked: &Options,
    ) -> Result<Option<(BatchKey, Doubt)>, CommandError> {
        let Some((key, anchored)) = key.and_then(|key| Some((key, standing.get(&key)?))) else {
            return Ok(None);
        };
        // The secret comes last: with it, other content would be refused for its number before it is compared.
        let options = Options {
            secret: checked.secret.clone(),
            ..knowing(known.get(path), &self.rules.options())
        };
        let found = doubt(chain, path, anchored, &options).await?;
        Ok(found
            .filter(|doubt| !doubt.differences.is_empty())
            .map(|doubt| (key, doubt)))
    }
}

/// Whether nothing is found but that the chain has the very file.
fn is_as_anchored(line: &Line<'_>) -> bool {
    let same = Code::DuplicateFile.name();
    line.has(same) && line.findings.iter().all(|finding| finding.code == same)
}

/// One row per file, then one per finding; next steps have the options in use.
fn table(checked: &[Checked], in_use: &str) -> String {
    let files = checked.iter().map(|one| {
        let line = one.line();
        let text = |part: Option<&str>| Cell::new(part.unwrap_or(""));
        let (verdict, colour) = match one.exit() {
            // Only usage is billed; the others are merely in order.
            Exit::Done if line.kind.is_tap() && !one.bills() => match line.findings.is_empty() {
                true => ("in order, bills nothing", Color::Green),
                false if line.has(NOT_ANCHORABLE) => {
                    ("bills nothing, and is not anchored as it is", Color::Yellow)
                }
                false => ("in order, with warnings, bills nothing", Color::Green),
            },
            Exit::Done => match (line.kind.is_tap(), line.findings.is_empty()) {
                (true, true) => ("may be billed", Color::Green),
                (true, false) if is_as_anchored(&line) => ("may be billed, as it was anchored", Color::Green),
                (true, false) if line.has(NOT_ANCHORABLE) => {
                    ("may be billed, but not anchored as it is", Color::Yellow)
                }
                (true, false) => ("may be billed, with warnings", Color::Green),
                (false, true) => ("in order", Color::Green),
                (false, false) => ("in order, with warnings", Color::Green),
            },
            Exit::Refused if line.has(OTHER_THAN_ANCHORED) => ("not what was anchored", Color::Red),
            Exit::Refused if line.has(NOT_ANCHORABLE) => ("cannot be anchored", Color::Red),
            Exit::Refused => match line
                .findings
                .iter()
                .any(|finding| finding.severity == Severity::Fatal)
            {
                true => ("refused", Color::Red),
                false => ("some records are returned", Color::Yellow),
            },
            Exit::Undecodable if line.has(UNREADABLE) => ("cannot be read", Color::Red),
            Exit::Undecodable | Exit::Undecided | Exit::Usage => ("cannot be decoded", Color::Red),
        };
        [
            Cell::new(printable(line.file)),
            Cell::new(line.kind.name()),
            text(line.sender),
            text(line.recipient),
            Cell::new(
                line.sequence
                    .map_or_else(String::new, |number| numbered(line.kind, number)),
            ),
            Cell::new(number(line.events)),
            text(line.total_charge),
            Cell::new(verdict).fg(colour),
        ]
    });
    let head = [
        "File",
        "Kind",
        "Sender",
        "Recipient",
        "Sequence",
        "Records",
        "Total charge",
        "Verdict",
    ];
    let mut text = coloured_table(head, &[4, 5, 6], files);
    let compared: Vec<[String; 8]> = checked.iter().filter_map(tariff_row).collect();
    if !compared.is_empty() {
        text.push('\n');
        text.push_str(&table_of(
            [
                "File",
                "Records compared",
                "Above the price",
                "Overcharged",
                "Below the price",
                "Undercharged",
                "Without a single price",
                "Not agreed",
            ],
            &[1, 2, 3, 4, 5, 6, 7],
            compared,
        ));
    }
    let lines: Vec<Line<'_>> = checked.iter().map(Checked::line).collect();
    let all = lines
        .iter()
        .flat_map(|line| line.findings.iter().map(|finding| (line.file, finding)));
    let (warnings, errors): (Vec<_>, Vec<_>) = all.partition(|(_, one)| one.severity == Severity::Warning);
    let mut findings: Vec<[Cell; 5]> = errors.iter().map(|(file, finding)| row(file, finding)).collect();
    findings.extend(grouped(&warnings));
    if !findings.is_empty() {
        text.push('\n');
        text.push_str(&coloured_table(
            ["Severity", "Code", "File", "Item", "What is wrong"],
            &[],
            findings,
        ));
    }
    for read in checked.iter().filter_map(|one| match one {
        Checked::Read(read) => Some((&read.report.file, read.other.as_ref()?)),
        Checked::Unreadable(..) => None,
    }) {
        let (file, (key, doubt)) = read;
        let next = doubts::next_step(key, Some(Path::new(file)), doubt, in_use);
        text.push_str(&format!("\n{}: {next}", name_of(key)));
    }
    text
}

/// Warnings of one code that are shown; the rest is counted.
const SHOWN: usize = 5;

/// Warnings by their code: the first few of each, and how many there are.
fn grouped(warnings: &[(&str, &Item<'_>)]) -> Vec<[Cell; 5]> {
    let codes: BTreeSet<&str> = warnings.iter().map(|(_, finding)| finding.code).collect();
    let mut rows = Vec::new();
    for code in codes {
        let of_code: Vec<_> = warnings
            .iter()
            .filter(|(_, finding)| finding.code == code)
            .collect();
        rows.extend(
            of_code
                .iter()
                .take(SHOWN)
                .map(|(file, finding)| row(file, finding)),
        );
        let more = of_code.len().saturating_sub(SHOWN);
        if more > 0 {
            let files: BTreeSet<&str> = of_code.iter().map(|(file, _)| *file).collect();
            let words = format!(
                "and {more} more: {} in {}",
                count(of_code.len() as u64, "such warning", "such warnings"),
                count(files.len() as u64, "file", "files")
            );
            rows.push(["", code, "", "", words.as_str()].map(Cell::new));
        }
    }
    rows
}

/// How the charges of a file compare with the agreement, for machines: amounts as text.
fn compared((tariff, currency): &(TariffSummary, Currency)) -> Json {
    let amount = |micro| money::unsigned(micro, money::USAGE_DECIMALS);
    json!({
        "compared": tariff.compared,
        "skipped": tariff.skipped,
        "not_agreed": tariff.not_agreed,
        "above": tariff.above,
        "below": tariff.below,
        "currency": currency,
        "excess": amount(tariff.excess),
        "shortfall": amount(tariff.shortfall),
    })
}

/// The same as a row of a table.
fn tariff_row(checked: &Checked) -> Option<[String; 8]> {
    let Checked::Read(read) = checked else {
        return None;
    };
    let (report, (tariff, _)) = (&read.report, read.tariff.as_ref()?);
    let amount = |amount| money::grouped_unsigned(amount, money::USAGE_DECIMALS);
    Some([
        report.file.clone(),
        tariff.compared.to_string(),
        tariff.above.to_string(),
        amount(tariff.excess),
        tariff.below.to_string(),
        amount(tariff.shortfall),
        tariff.skipped.to_string(),
        tariff.not_agreed.to_string(),
    ])
}

fn row(file: &str, finding: &Item<'_>) -> [Cell; 5] {
    let colour = match finding.severity {
        Severity::Fatal => Color::Red,
        Severity::Severe => Color::Yellow,
        Severity::Warning => Color::Blue,
    };
    [
        Cell::new(finding.severity.name()).fg(colour),
        Cell::new(finding.code),
        Cell::new(printable(file)),
        Cell::new(finding.item),
        Cell::new(&finding.message),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_should_be_billed_as_anchored_when_nothing_but_itself_is_found() {
        let line = |codes: &[&'static str]| Line {
            file: "CDFRA7BDEU7A00002",
            kind: Kind::Unknown,
            sender: None,
            recipient: None,
            sequence: None,
            events: 0,
            total_charge: None,
            findings: codes
                .iter()
                .map(|code| Item {
                    severity: Severity::Warning,
                    code,
                    item: "file",
                    message: "odd".into(),
                })
                .collect(),
            tariff: None,
        };
        assert!(is_as_anchored(&line(&["duplicate-file"])));
        assert!(!is_as_anchored(&line(&["duplicate-file", "call-type-differs"])));
        assert!(!is_as_anchored(&line(&[])));
    }

    #[test]
    fn warnings_should_be_grouped_by_code_when_there_are_many() {
        let item = |code| Item {
            severity: Severity::Warning,
            code,
            item: "batch",
            message: "odd".into(),
        };
        let (often, once) = (item("b-often"), item("a-once"));
        let mut warnings: Vec<(&str, &Item<'_>)> =
            (0..7).map(|place| (["one", "two"][place % 2], &often)).collect();
        warnings.push(("two", &once));
        let rows = grouped(&warnings);
        let text: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(Cell::content).collect())
            .collect();
        assert_eq!(text.len(), 1 + SHOWN + 1);
        assert_eq!(text[0], ["warning", "a-once", "two", "batch", "odd"]);
        assert_eq!(
            text[6],
            ["", "b-often", "", "", "and 2 more: 7 such warnings in 2 files"]
        );
    }
}
