//! `interclear tap validate`: whether files may be billed.

use super::{inspect::numbered, RuleArgs};
use crate::{
    commands::{CommandError, Session},
    output::{coloured_table, Cell, Color},
};
use clap::Args;
use interclear_tap::{
    validate_file, FileName, FileReport, Finding, Kind, Options, Scheme, Severity, EXIT_BILLABLE,
    EXIT_UNDECODABLE,
};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Args)]
pub(super) struct ValidateArgs {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
    /// The folder with the returns (RAP) that were made to the senders: files that are sent again must name one of them.
    #[arg(long, value_name = "DIR")]
    returns: Option<PathBuf>,
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
}

#[derive(Serialize)]
struct Item<'a> {
    severity: Severity,
    code: &'a str,
    item: &'a str,
    message: &'a str,
}

impl<'a> Item<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            severity: finding.severity,
            code: finding.code.name(),
            item: &finding.item,
            message: &finding.message,
        }
    }
}

/// What became of a file.
enum Checked {
    Read(FileReport, u8),
    Unreadable(String, String),
}

impl Checked {
    fn new(path: &std::path::Path, options: &Options) -> Self {
        let file = path.display().to_string();
        match validate_file(path, options) {
            Ok(outcome) => Self::Read(outcome.report(file), outcome.exit_code()),
            Err(error) => Self::Unreadable(file, format!("the file cannot be read: {error}")),
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Read(_, code) => *code,
            Self::Unreadable(..) => EXIT_UNDECODABLE,
        }
    }

    fn line(&self) -> Line<'_> {
        match self {
            Self::Read(report, _) => Line {
                file: &report.file,
                kind: report.kind,
                sender: report.sender.as_deref(),
                recipient: report.recipient.as_deref(),
                sequence: report.sequence,
                events: report.events,
                total_charge: report.total_charge.as_deref(),
                findings: report.findings.iter().map(Item::new).collect(),
            },
            Self::Unreadable(file, message) => Line {
                file,
                kind: Kind::Unknown,
                sender: None,
                recipient: None,
                sequence: None,
                events: 0,
                total_charge: None,
                findings: vec![Item {
                    severity: Severity::Fatal,
                    code: "unreadable",
                    item: "file",
                    message,
                }],
            },
        }
    }

    fn omitted(&self) -> u64 {
        match self {
            Self::Read(report, _) => report.findings_omitted,
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
            reason: error.to_string(),
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
    pub(super) fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let options = self.rules.options();
        let returns = self.returns.as_deref().map(Returns::read).transpose()?;
        let bar = crate::output::progress(self.files.len() as u64, "checking");
        let mut worst = EXIT_BILLABLE;
        let mut checked = Vec::new();
        for path in &self.files {
            let mut options = options.clone();
            options.context.known_returns = returns.as_ref().map(|returns| returns.about(path));
            let one = Checked::new(path, &options);
            worst = worst.max(one.exit_code());
            if session.output().json {
                session.output().print_line(&one.line(), |_| String::new())?;
            }
            if let Checked::Unreadable(file, message) = &one {
                bar.suspend(|| eprintln!("error: {file}: {message}"));
            }
            if one.omitted() > 0 {
                let file = path.display();
                bar.suspend(|| eprintln!("{file}: {} further findings are not listed", one.omitted()));
            }
            checked.push(one);
            bar.inc(1);
        }
        bar.finish_and_clear();
        if !session.output().json {
            session.output().print(&(), |()| table(&checked))?;
        }
        Ok(worst.into())
    }
}

/// One row per file, then one per finding.
fn table(checked: &[Checked]) -> String {
    let files = checked.iter().map(|one| {
        let line = one.line();
        let text = |part: Option<&str>| Cell::new(part.unwrap_or(""));
        let (verdict, colour) = match one.exit_code() {
            // Only usage is billed; the others are merely in order.
            0 => match (line.kind.is_tap(), line.findings.is_empty()) {
                (true, true) => ("may be billed", Color::Green),
                (true, false) => ("may be billed, with warnings", Color::Green),
                (false, true) => ("in order", Color::Green),
                (false, false) => ("in order, with warnings", Color::Green),
            },
            1 => match line
                .findings
                .iter()
                .any(|finding| finding.severity == Severity::Fatal)
            {
                true => ("refused", Color::Red),
                false => ("some records are returned", Color::Yellow),
            },
            _ => ("cannot be decoded", Color::Red),
        };
        [
            Cell::new(line.file),
            Cell::new(line.kind.name()),
            text(line.sender),
            text(line.recipient),
            Cell::new(
                line.sequence
                    .map_or_else(String::new, |number| numbered(line.kind, number)),
            ),
            Cell::new(line.events),
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
        "Events",
        "Total charge",
        "Verdict",
    ];
    let mut text = coloured_table(head, &[4, 5, 6], files);
    let findings: Vec<[Cell; 5]> = checked
        .iter()
        .flat_map(|one| {
            let line = one.line();
            let rows: Vec<_> = line
                .findings
                .iter()
                .map(|finding| row(line.file, finding))
                .collect();
            rows
        })
        .collect();
    if !findings.is_empty() {
        text.push('\n');
        text.push_str(&coloured_table(
            ["Severity", "Code", "File", "Item", "What is wrong"],
            &[],
            findings,
        ));
    }
    text
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
        Cell::new(file),
        Cell::new(finding.item),
        Cell::new(finding.message),
    ]
}
