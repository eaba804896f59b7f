//! `interclear nrtrde anchor`: files are checked, reduced and anchored; the chain's clock says how late they are.

use crate::{
    calls::{self, FILES_PER_CALL},
    chain::{Chain, Receipt},
    commands::{arguments::name_of, tap::secret_of, CommandError, Session},
    output::{self, coloured_table, Cell, Color},
};
use clap::Args;
use interclear_primitives::{BatchKey, Moment, NrtrdeAnchor, NRTRDE_DELIVERY_LIMIT};
use interclear_tap::{validate_file, Options, Severity};
use serde_json::json;
use std::{
    collections::HashMap,
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
        for path in &self.files {
            files.push(check(path, self.secrets.as_ref())?);
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

/// Reads a file; one that no recipient would accept is refused here.
fn check(path: &Path, secrets: Option<&PathBuf>) -> Result<File, CommandError> {
    let mut file = File {
        path: path.into(),
        anchor: None,
        late_when_available: 0,
        fate: None,
    };
    let read = |options: &Options| {
        validate_file(path, options).map_err(|error| CommandError::File {
            path: path.into(),
            reason: error.to_string(),
        })
    };
    // A file that is refused needs no secret, so it is read twice: first without.
    let outcome = read(&Options::default())?;
    let fatal: Vec<String> = outcome
        .findings
        .kept()
        .iter()
        .filter(|finding| finding.severity == Severity::Fatal)
        .map(|finding| format!("{} ({})", finding.message, finding.code))
        .collect();
    let refused = |reason: &str| Some(Fate::Refused(format!("not sent: {reason}")));
    if !fatal.is_empty() {
        file.fate = refused(&fatal.join("; "));
        return Ok(file);
    }
    if outcome.nrtrde.is_none() {
        file.fate = refused("this is no NRTRDE file; `interclear tap anchor` takes TAP files");
        return Ok(file);
    }
    let options = Options {
        hash: true,
        secret: Some(secret_of(path, secrets.cloned())?),
        ..Options::default()
    };
    match read(&options)?.nrtrde {
        Some(summary) => match summary.anchor() {
            Ok(anchor) => {
                file.late_when_available = summary.late_events;
                file.anchor = Some(anchor);
            }
            Err(reason) => file.fate = refused(&reason.to_string()),
        },
        None => file.fate = refused("the file has changed while it was read"),
    }
    Ok(file)
}

async fn send(session: &Session, files: &mut [File]) -> Result<(), CommandError> {
    let key = session.key()?;
    let chain = session.chain().await?;
    let mut sent: Vec<(&mut File, NrtrdeAnchor)> = files
        .iter_mut()
        .filter_map(|file| file.anchor.map(|anchor| (file, anchor)))
        .collect();
    let bar = output::progress(sent.len() as u64, "anchoring");
    for chunk in sent.chunks_mut(FILES_PER_CALL) {
        let anchors: Vec<NrtrdeAnchor> = chunk.iter().map(|(_, anchor)| *anchor).collect();
        let receipt = chain.execute(&key, &calls::anchor_nrtrde(&anchors)).await?;
        let fates = fates(&chain, &receipt, &anchors).await?;
        bar.inc(chunk.len() as u64);
        for ((file, _), fate) in chunk.iter_mut().zip(fates) {
            file.fate = Some(fate);
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// What became of the files of a call, in their order.
async fn fates(
    chain: &Chain,
    receipt: &Receipt,
    anchors: &[NrtrdeAnchor],
) -> Result<Vec<Fate>, CommandError> {
    let refused = receipt.refusals::<(u32, BatchKey)>("Anchoring", "AnchorRefused")?;
    let mut refused: HashMap<u32, String> = refused
        .into_iter()
        .map(|((place, _), failure)| (place, failure.to_string()))
        .collect();
    // NrtrdeAnchored { key, records, delay, late }
    let anchored: Vec<(BatchKey, u32, Moment)> = receipt.all("Anchoring", "NrtrdeAnchored")?;
    let mut delays: HashMap<BatchKey, Moment> =
        anchored.into_iter().map(|(key, _, delay)| (key, delay)).collect();
    let mut fates = Vec::with_capacity(anchors.len());
    for (place, anchor) in (0u32..).zip(anchors) {
        // A file that is twice in a call is anchored the first time, and a copy the second.
        fates.push(match (refused.remove(&place), delays.remove(&anchor.key)) {
            (Some(reason), _) => Fate::Refused(reason),
            (None, Some(delay)) => Fate::Anchored(delay),
            (None, None) => Fate::Copy(chain.nrtrde_file(anchor.key).await?.map(|file| file.delay())),
        });
    }
    Ok(fates)
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
