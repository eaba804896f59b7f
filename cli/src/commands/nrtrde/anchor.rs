//! `interclear nrtrde anchor`: files are checked, reduced and anchored; the chain's clock says how late they are.

use crate::{
    commands::{
        arguments::name_of,
        tap::{deliver, Checker, Delivered, Node, Reduced, Secrets},
        CommandError, Session,
    },
    output::{self, coloured_table, Cell, Color},
};
use clap::Args;
use interclear_primitives::{Moment, NrtrdeAnchor, NRTRDE_DELIVERY_LIMIT};
use interclear_tap::Options;
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
}

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Fate {
    /// Delivered; so many seconds after the first end of a call.
    Anchored(Moment),
    /// Delivered before; `None` where the chain keeps it no more.
    Copy(Option<Moment>),
    /// Refused, for this reason.
    Refused(String),
}

impl Fate {
    /// Seconds from the first end of a call to the delivery.
    fn delay(&self) -> Option<Moment> {
        match self {
            Self::Anchored(delay) => Some(*delay),
            Self::Copy(delay) => *delay,
            Self::Refused(_) => None,
        }
    }
}

/// A file and what becomes of it.
struct File {
    path: PathBuf,
    anchor: Option<NrtrdeAnchor>,
    /// Records that were late when the file was made available, as the file says.
    late_when_available: u64,
    fate: Option<Fate>,
}

impl AnchorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let bar = output::progress(self.files.len() as u64, "checking");
        let mut files = Vec::new();
        let mut checker = Checker::new(Secrets::new(self.secrets), Options::default(), None, false)?;
        for path in &self.files {
            files.push(check(path, &mut checker)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        // Numbers wrap around, times do not.
        files.sort_by_key(|file| {
            file.anchor
                .map(|anchor| (anchor.key.series, anchor.available, anchor.key.sequence))
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

/// Reads a file; one that no recipient would accept is refused here, and so is one of another kind.
fn check(path: &Path, checker: &mut Checker) -> Result<File, CommandError> {
    let checked = checker.check(path)?;
    let refused = |reason: &str| Some(Fate::Refused(format!("not sent: {reason}")));
    let (anchor, fate) = match (checked.anchor, checked.fate) {
        (Some(Reduced::Nrtrde(anchor)), _) => (Some(anchor), None),
        (None, Some(Delivered::Refused(reason))) => (None, Some(Fate::Refused(reason))),
        _ => (
            None,
            refused("this is no NRTRDE file; `interclear tap anchor` takes TAP files"),
        ),
    };
    Ok(File {
        path: checked.path,
        anchor,
        late_when_available: checked.late,
        fate,
    })
}

async fn send(session: &Session, files: &mut [File]) -> Result<(), CommandError> {
    let mut node = Node {
        key: session.key()?,
        chain: session.chain().await?,
    };
    let sent: Vec<(&mut File, NrtrdeAnchor)> = files
        .iter_mut()
        .filter_map(|file| file.anchor.map(|anchor| (file, anchor)))
        .collect();
    let anchors: Vec<Reduced> = sent.iter().map(|(_, anchor)| Reduced::Nrtrde(*anchor)).collect();
    let bar = output::progress(sent.len() as u64, "anchoring");
    let told = bar.clone();
    let fates = deliver(
        &mut node,
        &anchors,
        |count| bar.inc(count as u64),
        |error| told.suspend(|| eprintln!("{error}\nreconnecting; what has landed is not sent again")),
    )
    .await?;
    for ((file, anchor), fate) in sent.into_iter().zip(fates) {
        let kept = node.chain.nrtrde_file(anchor.key).await?;
        let delay = kept.map(|file| file.delay());
        file.fate = Some(match fate {
            Delivered::Anchored => Fate::Anchored(delay.unwrap_or_default()),
            Delivered::Late(delay) => Fate::Anchored(delay),
            Delivered::Copy => Fate::Copy(delay),
            Delivered::Refused(reason) => Fate::Refused(reason),
        });
    }
    bar.finish_and_clear();
    Ok(())
}

fn is_late(delay: Option<Moment>) -> bool {
    delay.is_some_and(|delay| delay > NRTRDE_DELIVERY_LIMIT)
}

fn print(session: &Session, files: &[File]) -> Result<(), CommandError> {
    let count = |wanted: fn(&Fate) -> bool| {
        files
            .iter()
            .filter(|file| file.fate.as_ref().is_some_and(wanted))
            .count()
    };
    let value = json!({
        "anchored": count(|fate| matches!(fate, Fate::Anchored(_))),
        "late": count(|fate| matches!(fate, Fate::Anchored(_)) && is_late(fate.delay())),
        "copies": count(|fate| matches!(fate, Fate::Copy(_))),
        "refused": count(|fate| matches!(fate, Fate::Refused(_))),
        "files": files.iter().map(as_json).collect::<Vec<_>>(),
    });
    session.output().print(&value, |value| {
        let rows = files.iter().map(|file| {
            let text = |text: Option<String>| Cell::new(text.unwrap_or_default());
            let delay = file.fate.as_ref().and_then(Fate::delay);
            let late = is_late(delay);
            let (fate, colour) = match &file.fate {
                Some(Fate::Anchored(_)) if late => (
                    "anchored, late: you are liable for fraud on late records".to_owned(),
                    Color::Yellow,
                ),
                Some(Fate::Anchored(_)) => ("anchored in time".to_owned(), Color::Green),
                Some(Fate::Copy(_)) => ("copy, delivered before".to_owned(), Color::Blue),
                Some(Fate::Refused(reason)) => (format!("refused: {reason}"), Color::Red),
                None => ("not sent (dry run)".to_owned(), Color::Blue),
            };
            [
                Cell::new(file.path.display()),
                text(file.anchor.map(|anchor| name_of(&anchor.key))),
                text(file.anchor.map(|anchor| anchor.records.to_string())),
                text(file.anchor.map(|_| file.late_when_available.to_string())),
                text(delay.map(output::duration)),
                Cell::new(fate).fg(colour),
            ]
        });
        let head = [
            "File",
            "On the chain",
            "Records",
            "Late when available",
            "Delay",
            "Result",
        ];
        let table = coloured_table(head, &[2, 3, 4], rows);
        format!(
            "{table}\n{} anchored ({} late), {} copies, {} refused",
            value["anchored"], value["late"], value["copies"], value["refused"]
        )
    })?;
    Ok(())
}

fn as_json(file: &File) -> serde_json::Value {
    let (result, reason) = match &file.fate {
        Some(Fate::Anchored(_)) => ("anchored", None),
        Some(Fate::Copy(_)) => ("copy", None),
        Some(Fate::Refused(reason)) => ("refused", Some(reason)),
        None => ("not_sent", None),
    };
    let delay = file.fate.as_ref().and_then(Fate::delay);
    json!({
        "file": file.path,
        "batch": file.anchor.map(|anchor| name_of(&anchor.key)),
        "records": file.anchor.map(|anchor| anchor.records),
        "earliest_end": file.anchor.and_then(|anchor| anchor.earliest_end),
        "latest_end": file.anchor.and_then(|anchor| anchor.latest_end),
        "available": file.anchor.map(|anchor| anchor.available),
        "late_when_available": file.late_when_available,
        "file_hash": file.anchor.map(|anchor| output::hex(&anchor.file_hash)),
        "root": file.anchor.map(|anchor| output::hex(&anchor.root)),
        "result": result,
        "reason": reason,
        "delay": delay,
        "late": delay.map(|delay| is_late(Some(delay))),
    })
}
