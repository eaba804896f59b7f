//! `interclear tap rap`: returns of usage.

use crate::{
    carried::quoted,
    commands::tap::{
        answer::{shows, Reason},
        doubts::{self, doubt},
        generate::unwritable,
        named::Named,
        rules::{knowing, RuleArgs},
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    chain::Chain,
    disk::{self, Existing, Readers},
    files::{digest_file, key_named, name_of as name_on_chain, open_store, Doubt},
    money,
    text::reason,
    time::now,
};
use interclear_primitives::{batch::FatalReason, tadig::Tadig};
use interclear_tap::{
    ber::LengthForm,
    make_returns,
    model::DateTime,
    rap::{
        invoiceable, Acknowledgement, ErrorDetail, ReturnControl, ReturnDetail, ReturnFile, ReturnSummary,
        Returned,
    },
    refuse_file, validate_file_by_itself, BatchSummary, FileName, Finding, Kind, NothingToReturn, Options,
    Outcome, Scheme, Severity,
};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct RapArgs {
    #[command(subcommand)]
    command: RapCommand,
}

#[derive(Subcommand)]
enum RapCommand {
    /// Make the RAP file for a usage file: it returns the whole file when something fatal is wrong with it, otherwise the
    /// records with severe findings.
    Write(WriteArgs),
    /// Say that usage files are missing.
    Missing(MissingArgs),
    /// Acknowledge a RAP file, as the sender of the usage.
    Acknowledge(AcknowledgeArgs),
    /// Show what is in a RAP file.
    #[command(visible_alias = "read")]
    Inspect(InspectArgs),
}

impl RapArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            RapCommand::Write(args) => args.run(session).await,
            RapCommand::Missing(args) => args.run(session),
            RapCommand::Acknowledge(args) => args.run(session),
            RapCommand::Inspect(args) => args.run(session),
        }
    }
}

/// Where the file goes.
#[derive(Args)]
struct OutArgs {
    /// Sequence number of the RAP file, in the series from the recipient of the usage to its sender.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=99_999))]
    sequence: u32,
    /// The folder that the file is written to.
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// Write over a file that exists.
    #[arg(long)]
    force: bool,
}

#[derive(Args)]
struct WriteArgs {
    /// The usage file.
    file: PathBuf,
    /// The folder that remembers records, as for `tap validate`: those that were in other files are returned, too.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Ask the chain for the services, age and zones agreed on, and the month's exchange rate; where something else was anchored
    /// than the file, it is said.
    #[arg(long)]
    chain: bool,
    /// Return the whole file for this reason, whatever is found in it: a file that is not what was anchored.
    #[arg(long)]
    reason: Option<Reason>,
    #[command(flatten)]
    out: OutArgs,
    #[command(flatten)]
    rules: RuleArgs,
}

#[derive(Args)]
struct MissingArgs {
    /// Who misses them: the home network.
    #[arg(long)]
    sender: Tadig,
    /// Who is to send them: the visited network.
    #[arg(long)]
    recipient: Tadig,
    /// First missing sequence number.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=99_999))]
    first: u32,
    /// Last missing sequence number; the first one unless given.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=99_999))]
    last: Option<u32>,
    #[command(flatten)]
    out: OutArgs,
}

#[derive(Args)]
struct AcknowledgeArgs {
    /// The RAP file.
    file: PathBuf,
    /// The folder that the acknowledgement is written to, under the name of the RAP file with the ending `.ack`.
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// Write over a file that exists.
    #[arg(long)]
    force: bool,
}

#[derive(Args)]
struct InspectArgs {
    /// The RAP file.
    file: PathBuf,
    /// The usage file that the RAP file is about: what is left to bill of it is shown, unless the RAP file is about another one.
    #[arg(long, value_name = "FILE")]
    usage: Option<PathBuf>,
}

fn unreadable(path: &Path, reason: impl ToString) -> CommandError {
    CommandError::Undecodable {
        path: path.into(),
        reason: reason.to_string(),
    }
}

/// Why no RAP file is made of a file, and what is done about one that is not what was anchored, by the rules in use.
fn not_made(path: &Path, why: NothingToReturn, in_use: &str) -> String {
    let path = interclear_client::text::path(path);
    match why {
        NothingToReturn::Fine => format!(
            "{path}: {why}; if it is not what was anchored, as `interclear tap validate --chain {}{in_use}` tells, say --reason",
            quoted(&path)
        ),
        _ => format!("{path}: {why}"),
    }
}

fn checked(path: &Path, options: &Options) -> Result<Outcome, CommandError> {
    validate_file_by_itself(path, options).map_err(|error| unreadable(path, reason(&error)))
}

fn name_of(path: &Path, scheme: Scheme) -> Option<FileName> {
    scheme.parse(&path.file_name()?.to_string_lossy())
}

fn time() -> i64 {
    i64::try_from(now()).unwrap_or(i64::MAX)
}

fn keep(path: &Path, octets: &[u8], force: bool) -> Result<(), CommandError> {
    let existing = match force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    disk::write(path, octets, existing, Readers::Usual).map_err(|error| unwritable(path, &error))
}

impl OutArgs {
    /// Writes returns under their name, and says so.
    fn write(&self, session: &Session, file: &ReturnFile) -> Result<Exit, CommandError> {
        let party = |text: &Option<String>| -> Result<Tadig, CommandError> {
            let text = text.as_deref().unwrap_or_default();
            text.parse()
                .map_err(|_| CommandError::Invalid(format!("`{text}` is not a TADIG code")))
        };
        let name = FileName {
            test: file.control.is_test(),
            sender: party(&file.control.sender)?,
            recipient: party(&file.control.recipient)?,
            sequence: self.sequence,
        };
        let path = self.out.join(Scheme::Returns.name(&name));
        keep(&path, &file.to_octets(LengthForm::Definite), self.force)?;
        let mut summary = Summed::default();
        let release = file.control.tap_release;
        file.details
            .iter()
            .for_each(|detail| summary.add(detail, release));
        let decimals = decimals(file);
        let value = json!({
            "file": output::path_value(&path),
            "rap_digest": output::hex(&digest_file(&path)?),
            "fatal": summary.fatal,
            "records": summary.severe,
            "missing": summary.missing,
            "returned_charge": money::unsigned(summary.charge, decimals),
        });
        session.output().print(&value, |_| {
            let what = match (summary.fatal, summary.severe) {
                (1.., _) => "the whole file is returned: nothing of it is billed".to_owned(),
                (_, 1..) => format!(
                    "{} returned, {} are not billed",
                    output::count(summary.severe, "record is", "records are"),
                    money::grouped_unsigned(summary.charge, decimals)
                ),
                _ => "the sender is told which files are missing".to_owned(),
            };
            format!("{}: {what}", interclear_client::text::path(&path))
        })?;
        Ok(Exit::Done)
    }
}

#[derive(Default)]
struct Summed {
    fatal: u64,
    severe: u64,
    missing: u64,
    charge: u128,
}

impl Summed {
    fn add(&mut self, detail: &ReturnDetail, release: Option<u64>) {
        match detail {
            ReturnDetail::Fatal { .. } => self.fatal += 1,
            ReturnDetail::Severe { .. } => self.severe += 1,
            ReturnDetail::Missing { .. } => self.missing += 1,
            ReturnDetail::Stop { .. } | ReturnDetail::Unknown(_) => {}
        }
        self.charge = self
            .charge
            .saturating_add(detail.amounts(release).unwrap_or_default().charge);
    }
}

/// Decimals of the amounts in a RAP file; without them the units themselves are shown.
fn decimals(file: &ReturnFile) -> u8 {
    let decimals = file.control.tap_decimals.filter(|decimals| *decimals <= 6);
    decimals
        .and_then(|decimals| u8::try_from(decimals).ok())
        .unwrap_or(0)
}

impl WriteArgs {
    /// Warns where the file is not what was anchored: what is wrong with it is then not what is to be returned.
    async fn warn_of_other(&self, chain: &Chain, options: &Options) -> Result<Option<Doubt>, CommandError> {
        let Some(key) = key_named(&self.file.file_name().unwrap_or_default().to_string_lossy()) else {
            return Ok(None);
        };
        let Some(anchored) = Named::standing(chain, &[key]).await?.remove(&key) else {
            return Ok(None);
        };
        let found = doubt(chain, &self.file, &anchored, options).await?;
        let differs = found.filter(|doubt| !doubt.differences.is_empty());
        if let Some(doubt) = differs.as_ref().filter(|_| self.reason.is_none()) {
            let table = doubts::table([(name_on_chain(&key), doubt)].into_iter());
            let in_use = self.rules.in_use_with(self.store.as_deref());
            let next = doubts::next_step(&key, Some(&self.file), doubt, &in_use);
            output::warn(&format!(
                "{table}\nwarning: this is not the file that was anchored\nnext: {next}"
            ));
        }
        Ok(differs)
    }

    async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let mut options = self.rules.options();
        let mut differs = None;
        if self.chain {
            let chain = session.chain().await?;
            let known = chain.known_of_file(&self.file).await?;
            self.rules.tell_without_effect(&known);
            options = knowing(known.as_ref(), &options);
            differs = self.warn_of_other(&chain, &options).await?;
        }
        options.keep_returned = true;
        let outcome = match &self.store {
            Some(folder) => open_store(folder)?
                .look_up(&self.file, &options, time())
                .map_err(|error| unreadable(&self.file, error))?,
            None => checked(&self.file, &options)?,
        };
        if let Some(reason) = self.reason.map(FatalReason::from) {
            if !shows(&outcome, differs.as_ref(), reason) {
                output::warn(&format!(
                    "warning: {} does not show what --reason {} says; `interclear tap return` takes such a RAP file only if the file \
                     is not what was anchored, or with --although-not-shown",
                    interclear_client::text::path(&self.file),
                    doubts::word(reason)
                ));
            }
        }
        let name = name_of(&self.file, Scheme::Tap);
        let (name, number) = (name.as_ref(), self.out.sequence);
        let file = match self.reason {
            Some(reason) => refuse_file(&outcome, name, number, time(), reason.into()),
            None => make_returns(&outcome, name, number, time()),
        };
        let file =
            file.map_err(|error| CommandError::Invalid(not_made(&self.file, error, &self.rules.in_use())))?;
        self.out.write(session, &file)
    }
}

impl MissingArgs {
    fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let number = |number: u32| Some(format!("{number:05}"));
        let detail = ReturnDetail::Missing {
            first: number(self.first),
            last: self.last.and_then(number),
        };
        let control = ReturnControl::new(
            self.sender.to_string(),
            self.recipient.to_string(),
            self.out.sequence,
            time(),
        );
        self.out.write(session, &ReturnFile::new(control, vec![detail]))
    }
}

impl AcknowledgeArgs {
    fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let control = read(&self.file)?.control;
        let stamp = Some(DateTime::from_utc(time(), 0));
        let acknowledgement = Acknowledgement {
            sender: control.recipient,
            recipient: control.sender,
            sequence: control.sequence,
            created: stamp.clone(),
            available: stamp,
            file_type: control.file_type,
        };
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let path = self.out.join(format!("{name}.ack"));
        keep(
            &path,
            &acknowledgement.to_octets(LengthForm::Definite),
            self.force,
        )?;
        session
            .output()
            .print(&json!({ "file": output::path_value(&path) }), |_| {
                format!(
                    "{}: the RAP file is acknowledged",
                    interclear_client::text::path(&path)
                )
            })?;
        Ok(Exit::Done)
    }
}

fn read(path: &Path) -> Result<ReturnFile, CommandError> {
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, reason(&error)))?;
    ReturnFile::read(file).map_err(|error| unreadable(path, error))
}

impl InspectArgs {
    fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let outcome = checked(&self.file, &Options::default())?;
        if outcome.kind != Kind::Rap {
            let reason = format!("this is a file of kind {}, not a RAP file", outcome.kind);
            return Err(unreadable(&self.file, reason));
        }
        let summary = outcome.returns.clone().unwrap_or_default();
        let file = match summary.acknowledgement {
            true => ReturnFile::default(),
            false => read(&self.file)?,
        };
        if let (true, Some(_)) = (summary.acknowledgement, &self.usage) {
            return Err(CommandError::Invalid(format!(
                "{} acknowledges a RAP file and returns nothing: inspect it without --usage",
                interclear_client::text::path(&self.file)
            )));
        }
        let left = self
            .usage
            .as_deref()
            .map(|usage| Left::of(usage, &outcome, &file))
            .transpose()?;
        let value = json!({
            "report": outcome.report(self.file.display().to_string()),
            "returns": summary,
            "details": file.details.iter().map(|detail| as_json(detail, &file)).collect::<Vec<_>>(),
            "usage": left.as_ref().map(Left::as_json),
        });
        session
            .output()
            .print(&value, |_| text(&outcome, &summary, &file, left.as_ref()))?;
        let untold = left.is_some_and(|left| left.invoiceable.is_err());
        Ok(Exit::of_verdict(outcome.verdict()).max(Exit::refused_if(untold)))
    }
}

/// What is left of a usage file.
struct Left {
    file: String,
    total: u128,
    /// What is to be billed, or why that is not told.
    invoiceable: Result<u128, String>,
    decimals: u8,
}

impl Left {
    /// What the returns, of which the check came to `rap`, leave of a usage file.
    fn of(usage: &Path, rap: &Outcome, returns: &ReturnFile) -> Result<Self, CommandError> {
        let outcome = checked(usage, &Options::default())?;
        let summary = outcome.summary.as_ref();
        let summary = summary.ok_or_else(|| unreadable(usage, "the file does not say who billed whom"))?;
        let invoiceable = match why_untold(usage, summary, rap, returns)? {
            Some(why) => Err(why),
            None => {
                let details = returns.details_of(summary.sequence);
                invoiceable(outcome.amounts.charge, returns.control.tap_release, details)
                    .ok_or_else(|| "the RAP file returns more than is charged".to_owned())
            }
        };
        Ok(Self {
            file: usage.display().to_string(),
            total: outcome.amounts.charge,
            invoiceable,
            decimals: summary.decimals,
        })
    }

    fn as_json(&self) -> serde_json::Value {
        let invoiceable = self.invoiceable.as_ref();
        json!({
            "file": self.file,
            "total_charge": money::unsigned(self.total, self.decimals),
            "invoiceable": invoiceable.ok().map(|amount| money::unsigned(*amount, self.decimals)),
            "reason": invoiceable.err(),
        })
    }
}

/// Why returns say nothing of what is left of a usage file: they are wrong themselves, or not about it.
fn why_untold(
    usage: &Path,
    summary: &BatchSummary,
    rap: &Outcome,
    returns: &ReturnFile,
) -> Result<Option<String>, CommandError> {
    let fatal = |finding: &&Finding| finding.severity == Severity::Fatal;
    if let Some(fatal) = rap.findings.kept().iter().find(fatal) {
        return Ok(Some(format!("the RAP file is itself wrong ({})", fatal.code)));
    }
    let name = FileName {
        test: summary.test,
        sender: summary.sender,
        recipient: summary.recipient,
        sequence: summary.sequence,
    };
    let records = match returns.about(&name) {
        Ok(Returned::Records(records)) => records,
        Ok(Returned::File(_)) => return Ok(None),
        Err(error) => return Ok(Some(error.to_string())),
    };
    if let Err(error) = returns.counts_in(summary.currency, summary.decimals) {
        return Ok(Some(error.to_string()));
    }
    let select = Options {
        select: records.iter().map(|record| record.to_vec()).collect(),
        ..Options::default()
    };
    let missing = checked(usage, &select)?.selected.missing;
    Ok((missing > 0).then(|| {
        format!(
            "{missing} of the records that the RAP file returns {} not in the usage file",
            if missing == 1 { "is" } else { "are" }
        )
    }))
}

fn as_json(detail: &ReturnDetail, file: &ReturnFile) -> serde_json::Value {
    let decimals = decimals(file);
    let amounts = detail.amounts(file.control.tap_release).unwrap_or_default();
    match detail {
        ReturnDetail::Missing { first, last } => json!({ "kind": "missing", "first": first, "last": last }),
        ReturnDetail::Fatal { sequence, errors } => {
            json!({ "kind": "fatal", "sequence": sequence, "errors": errors })
        }
        ReturnDetail::Severe { sequence, errors, .. } => json!({
            "kind": "severe",
            "sequence": sequence,
            "charge": money::unsigned(amounts.charge, decimals),
            "tax": money::unsigned(amounts.tax, decimals),
            "errors": errors,
        }),
        ReturnDetail::Stop { last } => json!({ "kind": "stop", "last": last }),
        ReturnDetail::Unknown(tag) => json!({ "kind": "unknown", "tag": tag }),
    }
}

fn text(outcome: &Outcome, summary: &ReturnSummary, file: &ReturnFile, left: Option<&Left>) -> String {
    let control = outcome.control.clone().unwrap_or_default();
    let party = |text: Option<String>| text.unwrap_or_else(|| "?".into());
    let (sender, recipient, number) = (
        party(control.sender),
        party(control.recipient),
        party(control.sequence),
    );
    if summary.acknowledgement {
        return format!("{sender} acknowledges RAP file {number} of {recipient}.");
    }
    let rows = file.details.iter().map(|detail| row(detail, file));
    let head = [
        "Return",
        "File",
        "Charge",
        "Tax",
        "Error code",
        "Path to the item (tags)",
        "Offset",
    ];
    let mut text = format!("RAP file {number} from {sender} to {recipient}\n");
    text.push_str(&output::table(head, &[2, 3, 4, 6], rows));
    let findings = outcome.findings.kept();
    if !findings.is_empty() {
        text.push_str(&format!(
            "\n{} about the RAP file itself:",
            output::count(findings.len() as u64, "finding", "findings")
        ));
        for finding in findings {
            text.push_str(&format!(
                "\n  {}: {} ({})",
                finding.severity, finding.message, finding.code
            ));
        }
    }
    if let Some(left) = left {
        let amount = |amount: u128| money::grouped_unsigned(amount, left.decimals);
        let total = amount(left.total);
        text.push_str(&match &left.invoiceable {
            Ok(rest) => format!("\n{}: {total} charged, {} to be billed", left.file, amount(*rest)),
            Err(why) => format!(
                "\n{}: {total} charged; what is to be billed is not told: {why}. Name the file that the RAP file is about, or \
                 dispute the RAP file",
                left.file
            ),
        });
    }
    text
}

fn row(detail: &ReturnDetail, file: &ReturnFile) -> [String; 7] {
    let decimals = decimals(file);
    let sequence = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".into());
    let (kind, files, errors): (&str, String, Vec<&ErrorDetail>) = match detail {
        ReturnDetail::Missing { first, last } => {
            let files = match last {
                Some(last) => format!("{} to {last}", sequence(first)),
                None => sequence(first),
            };
            ("missing", files, Vec::new())
        }
        ReturnDetail::Fatal {
            sequence: number,
            errors,
        } => {
            let errors = errors.iter().flat_map(|group| &group.errors).collect();
            ("fatal", sequence(number), errors)
        }
        ReturnDetail::Severe {
            sequence: number,
            errors,
            ..
        } => ("severe", sequence(number), errors.iter().collect()),
        ReturnDetail::Stop { last } => ("stop", sequence(last), Vec::new()),
        ReturnDetail::Unknown(tag) => ("unknown", format!("tag {tag}"), Vec::new()),
    };
    let lines = |each: &dyn Fn(&ErrorDetail) -> String| {
        errors
            .iter()
            .map(|error| each(error))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let number = |number: Option<u64>| number.map_or_else(|| "-".into(), |number| number.to_string());
    let amounts = matches!(detail, ReturnDetail::Severe { .. })
        .then(|| detail.amounts(file.control.tap_release))
        .flatten();
    let amount = |amount: Option<u128>| {
        amount.map_or_else(String::new, |amount| money::grouped_unsigned(amount, decimals))
    };
    [
        kind.into(),
        files,
        amount(amounts.map(|amounts| amounts.charge)),
        amount(amounts.map(|amounts| amounts.tax)),
        lines(&|error| number(error.code)),
        lines(&|error| {
            let steps = error.path.iter().map(|step| match step.occurrence {
                Some(place) => format!("{}[{place}]", step.item),
                None => step.item.to_string(),
            });
            steps.collect::<Vec<_>>().join("/")
        }),
        lines(&|error| number(error.offset)),
    ]
}
