//! `interclear tap anchor`: files are checked, reduced and anchored.

use super::{
    delivery::{deliver, Fate, Node},
    secrets::Secrets,
    RuleArgs,
};
use crate::{
    commands::{arguments::name_of, CommandError, Session},
    output::{self, coloured_table, Cell, Color},
};
use clap::Args;
use interclear_primitives::Anchor;
use interclear_tap::{validate_file, Options, Outcome, Severity};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Args)]
pub(super) struct AnchorArgs {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder with the secrets from which the salts of records are derived; `secrets` beside each file unless given.
    /// Keep it: without its secret no record of a file can be proven.
    #[arg(long, value_name = "DIR")]
    secrets: Option<PathBuf>,
    /// Check the files and show what would be anchored, without a node.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    rules: RuleArgs,
}

/// A file and what becomes of it.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) anchor: Option<Anchor>,
    /// Records with severe findings, which a recipient would return.
    doubtful: u64,
    pub(super) fate: Option<Fate>,
}

impl AnchorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let secrets = Secrets::new(self.secrets.clone());
        let options = self.rules.options();
        let bar = output::progress(self.files.len() as u64, "checking");
        let mut files = Vec::new();
        for path in &self.files {
            files.push(check(path, &secrets, &options)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        // Numbers wrap around, times do not; files of a series that follow each other are cheapest.
        files.sort_by_key(|file| {
            file.anchor
                .as_ref()
                .map(|anchor| (anchor.key.series, anchor.cut_off, anchor.key.sequence))
        });
        if !self.dry_run && files.iter().any(|file| file.anchor.is_some()) {
            send(session, &mut files).await?;
        }
        print(session, &files)?;
        let refused = files
            .iter()
            .any(|file| matches!(file.fate, Some(Fate::Refused(_))));
        Ok(if refused {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// Reads a file; one that no recipient would accept is refused here.
pub(super) fn check(path: &Path, secrets: &Secrets, options: &Options) -> Result<File, CommandError> {
    let mut file = File {
        path: path.into(),
        anchor: None,
        doubtful: 0,
        fate: None,
    };
    let unreadable = |error: std::io::Error| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    };
    // A file that is refused needs no secret, so it is read twice: first without.
    let outcome = validate_file(path, options).map_err(unreadable)?;
    if let Some(reason) = refusal(&outcome) {
        file.fate = Some(Fate::Refused(reason));
        return Ok(file);
    }
    let options = Options {
        hash: true,
        secret: Some(secrets.of(path)?),
        ..options.clone()
    };
    let outcome = validate_file(path, &options).map_err(unreadable)?;
    file.doubtful = outcome.returned.records();
    match outcome.summary.as_ref().map(|summary| summary.anchor()) {
        Some(Ok(anchor)) => file.anchor = Some(anchor),
        Some(Err(reason)) => file.fate = Some(Fate::Refused(format!("not sent: {reason}"))),
        None if outcome.returns.is_some() => {
            file.fate = Some(Fate::Refused(
                "not sent: returns are answered, not anchored".into(),
            ))
        }
        None => {
            file.fate = Some(Fate::Refused(
                "not sent: the file does not say who billed whom, and when".into(),
            ))
        }
    }
    Ok(file)
}

fn refusal(outcome: &Outcome) -> Option<String> {
    let fatal: Vec<String> = outcome
        .findings
        .kept()
        .iter()
        .filter(|finding| finding.severity == Severity::Fatal)
        .map(|finding| format!("{} ({})", finding.message, finding.code))
        .collect();
    (!fatal.is_empty()).then(|| format!("not sent: {}", fatal.join("; ")))
}

async fn send(session: &Session, files: &mut [File]) -> Result<(), CommandError> {
    let mut node = Node {
        key: session.key()?,
        chain: session.chain().await?,
    };
    let places: Vec<usize> = (0..files.len())
        .filter(|place| files[*place].anchor.is_some())
        .collect();
    let anchors: Vec<Anchor> = places
        .iter()
        .filter_map(|place| files[*place].anchor.clone())
        .collect();
    let bar = output::progress(anchors.len() as u64, "anchoring");
    let told = bar.clone();
    let fates = deliver(
        &mut node,
        &anchors,
        |count| bar.inc(count as u64),
        |error| told.suspend(|| eprintln!("{error}\nreconnecting; what has landed is not sent again")),
    )
    .await;
    bar.finish_and_clear();
    for (place, fate) in places.into_iter().zip(fates?) {
        files[place].fate = Some(fate);
    }
    Ok(())
}

fn print(session: &Session, files: &[File]) -> Result<(), CommandError> {
    let count = |wanted: fn(&Fate) -> bool| {
        files
            .iter()
            .filter(|file| file.fate.as_ref().is_some_and(wanted))
            .count()
    };
    let value = json!({
        "anchored": count(|fate| *fate == Fate::Anchored),
        "copies": count(|fate| *fate == Fate::Copy),
        "refused": count(|fate| matches!(fate, Fate::Refused(_))),
        "files": files.iter().map(as_json).collect::<Vec<_>>(),
    });
    session.output().print(&value, |value| {
        let rows = files.iter().map(|file| {
            let text = |text: Option<String>| Cell::new(text.unwrap_or_default());
            let (fate, colour) = match &file.fate {
                Some(Fate::Anchored) => ("anchored".to_owned(), Color::Green),
                Some(Fate::Copy) => ("copy, counted once".to_owned(), Color::Blue),
                Some(Fate::Refused(reason)) => (format!("refused: {reason}"), Color::Red),
                None => ("not sent (dry run)".to_owned(), Color::Blue),
            };
            [
                Cell::new(file.path.display()),
                text(file.anchor.as_ref().map(|anchor| name_of(&anchor.key))),
                text(file.anchor.as_ref().map(|anchor| anchor.records.to_string())),
                Cell::new(if file.doubtful > 0 {
                    file.doubtful.to_string()
                } else {
                    String::new()
                }),
                Cell::new(fate).fg(colour),
            ]
        });
        let table = coloured_table(
            ["File", "On the chain", "Records", "To be returned", "Result"],
            &[2, 3],
            rows,
        );
        format!(
            "{table}\n{} anchored, {} copies, {} refused",
            value["anchored"], value["copies"], value["refused"]
        )
    })?;
    Ok(())
}

fn as_json(file: &File) -> serde_json::Value {
    let (result, reason) = match &file.fate {
        Some(Fate::Anchored) => ("anchored", None),
        Some(Fate::Copy) => ("copy", None),
        Some(Fate::Refused(reason)) => ("refused", Some(reason)),
        None => ("not_sent", None),
    };
    json!({
        "file": file.path,
        "batch": file.anchor.as_ref().map(|anchor| name_of(&anchor.key)),
        "period": file.anchor.as_ref().map(Anchor::period),
        "records": file.anchor.as_ref().map(|anchor| anchor.records),
        "records_with_severe_findings": file.doubtful,
        "file_hash": file.anchor.as_ref().map(|anchor| output::hex(&anchor.file_hash)),
        "root": file.anchor.as_ref().map(|anchor| output::hex(&anchor.root)),
        "result": result,
        "reason": reason,
    })
}
