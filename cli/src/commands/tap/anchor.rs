//! `interclear tap anchor`: files are checked, reduced and anchored.

use super::{
    delivery::{deliver, Fate, Node, Reduced},
    secrets::Secrets,
    validate::open_store,
    RuleArgs,
};
use crate::{
    commands::{
        arguments::{name_of, now},
        CommandError, Session,
    },
    output::{self, coloured_table, Cell, Color},
};
use clap::Args;
use interclear_merkle::FileSecret;
use interclear_primitives::Digest;
use interclear_tap::{
    store::{RecordStore, StoreError},
    validate_file, Options, Outcome, Severity,
};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Files that are to be anchored.
#[derive(Args)]
pub(in crate::commands) struct Outgoing {
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

#[derive(Args)]
pub(super) struct AnchorArgs {
    #[command(flatten)]
    outgoing: Outgoing,
    /// The folder that remembers the records of 90 days, as for `tap validate`: records that were in other files count among
    /// those to be returned. What is refused, and what a dry run looks at, is not noted.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
}

/// A file and what becomes of it.
pub(in crate::commands) struct File {
    pub(in crate::commands) path: PathBuf,
    pub(in crate::commands) anchor: Option<Reduced>,
    /// Blake2b-256 of the file, unless it cannot be decoded at all.
    pub(super) hash: Option<Digest>,
    /// Records with severe findings, which a recipient would return.
    pub(super) doubtful: u64,
    /// Records against fraud that were late when the file was made available.
    pub(in crate::commands) late: u64,
    pub(in crate::commands) fate: Option<Fate>,
}

impl Outgoing {
    /// Checks the files, in the order in which they are best sent. A store, if there is one, notes them unless this is a dry
    /// run.
    ///
    /// # Errors
    /// A file or secret cannot be read, or the store fails.
    pub(in crate::commands) fn check(
        &self,
        options: Options,
        store: Option<&Path>,
    ) -> Result<(Checker, Vec<File>), CommandError> {
        let secrets = Secrets::new(self.secrets.clone());
        let mut checker = Checker::new(secrets, options, store, !self.dry_run)?;
        let bar = output::progress(self.files.len() as u64, "checking");
        let mut files = Vec::new();
        for path in &self.files {
            files.push(checker.check(path)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        files.sort_by_key(|file| file.anchor.as_ref().map(Reduced::order));
        Ok((checker, files))
    }

    /// Sends what is to be anchored, unless this is a dry run or there is nothing.
    ///
    /// # Errors
    /// There is no key or no node, or the chain refuses a whole call.
    pub(in crate::commands) async fn send(
        &self,
        session: &Session,
        files: &mut [File],
    ) -> Result<(), CommandError> {
        if !self.dry_run && files.iter().any(|file| file.anchor.is_some()) {
            send(session, files).await?;
        }
        Ok(())
    }
}

/// Fails if a file was refused.
pub(in crate::commands) fn exit_code<'f>(files: impl IntoIterator<Item = &'f File>) -> ExitCode {
    let mut files = files.into_iter();
    match files.any(|file| matches!(file.fate, Some(Fate::Refused(_)))) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

impl AnchorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let (mut checker, mut files) = self.outgoing.check(self.rules.options(), self.store.as_deref())?;
        self.outgoing.send(session, &mut files).await?;
        checker.settle(&files)?;
        print(session, &files)?;
        Ok(exit_code(&files))
    }
}

/// Checks files, and reduces them to what is anchored.
pub(in crate::commands) struct Checker {
    secrets: Secrets,
    options: Options,
    store: Option<RecordStore>,
    /// Whether the store notes what is checked.
    note: bool,
}

impl Checker {
    /// With a store in a folder, records that were in other files are found.
    pub(super) fn new(
        secrets: Secrets,
        options: Options,
        store: Option<&Path>,
        note: bool,
    ) -> Result<Self, CommandError> {
        Ok(Self {
            secrets,
            options: Options {
                hash: true,
                ..options
            },
            store: store.map(open_store).transpose()?,
            note,
        })
    }

    /// Reads a file; one that no recipient would accept is refused here.
    pub(super) fn check(&mut self, path: &Path) -> Result<File, CommandError> {
        // What a secret is kept under is known only when the file has been read to its end. Most files are new, and then the
        // one that was drawn beforehand is kept.
        let drawn = Secrets::draw();
        let outcome = self.read(path, drawn.clone())?;
        let mut file = File {
            path: path.into(),
            anchor: None,
            hash: outcome.file_hash,
            doubtful: 0,
            late: outcome.nrtrde.as_ref().map_or(0, |nrtrde| nrtrde.late_events),
            fate: None,
        };
        match (reduced(&outcome), outcome.file_hash) {
            (Ok(anchor), Some(hash)) => {
                let secret = self.secrets.of(path, &hash, drawn.clone())?;
                file.anchor = Some(match secret == drawn {
                    true => anchor,
                    false => self.again(path, secret, &hash)?,
                });
                file.doubtful = outcome.returned.records();
            }
            (Ok(_), None) => file.fate = Some(Fate::Refused("not sent: it has no hash".into())),
            (Err(reason), _) => file.fate = Some(Fate::Refused(reason)),
        }
        Ok(file)
    }

    /// Reads a file once more, whose secret was drawn when it was read some time before.
    fn again(&mut self, path: &Path, secret: FileSecret, hash: &Digest) -> Result<Reduced, CommandError> {
        let outcome = self.read(path, secret)?;
        match reduced(&outcome) {
            Ok(anchor) if outcome.file_hash.as_ref() == Some(hash) => Ok(anchor),
            _ => Err(CommandError::File {
                path: path.into(),
                reason: "the file changes while it is read".into(),
            }),
        }
    }

    fn read(&mut self, path: &Path, secret: FileSecret) -> Result<Outcome, CommandError> {
        let options = Options {
            secret: Some(secret),
            ..self.options.clone()
        };
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let checked = match (&mut self.store, self.note) {
            (None, _) => validate_file(path, &options).map_err(|error| StoreError::File {
                path: path.into(),
                error,
            }),
            (Some(store), true) => store.validate_file(path, &options, now),
            (Some(store), false) => store.look_up(path, &options, now),
        };
        checked.map_err(store_failed)
    }

    /// Has the store forget the records of files that were refused, since they may be sent again.
    pub(super) fn settle<'f>(
        &mut self,
        files: impl IntoIterator<Item = &'f File>,
    ) -> Result<(), CommandError> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        let refused: Vec<&Path> = files
            .into_iter()
            .filter(|file| matches!(file.fate, Some(Fate::Refused(_))))
            .map(|file| file.path.as_path())
            .collect();
        store.settle(&refused).map_err(store_failed)
    }
}

fn store_failed(error: StoreError) -> CommandError {
    match error {
        StoreError::File { path, error } => CommandError::File {
            path,
            reason: error.to_string(),
        },
        other => CommandError::Invalid(other.to_string()),
    }
}

/// What is anchored, or why nothing is.
fn reduced(outcome: &Outcome) -> Result<Reduced, String> {
    if let Some(reason) = refusal(outcome) {
        return Err(reason);
    }
    let anchor = match (&outcome.summary, &outcome.nrtrde) {
        (Some(summary), _) => Some(summary.anchor().map(Reduced::Tap)),
        (None, Some(nrtrde)) => Some(nrtrde.anchor().map(Reduced::Nrtrde)),
        (None, None) => None,
    };
    match anchor {
        Some(anchor) => anchor.map_err(|reason| format!("not sent: {reason}")),
        None if outcome.returns.is_some() => Err("not sent: returns are answered, not anchored".into()),
        None => Err("not sent: the file does not say who billed whom, and when".into()),
    }
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
    let anchors: Vec<Reduced> = places
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
        "anchored": count(|fate| matches!(fate, Fate::Anchored | Fate::Late(_))),
        "copies": count(|fate| *fate == Fate::Copy),
        "refused": count(|fate| matches!(fate, Fate::Refused(_))),
        "files": files.iter().map(as_json).collect::<Vec<_>>(),
    });
    session.output().print(&value, |value| {
        let rows = files.iter().map(|file| {
            let text = |text: Option<String>| Cell::new(text.unwrap_or_default());
            let (fate, colour) = match &file.fate {
                Some(Fate::Anchored) => ("anchored".to_owned(), Color::Green),
                Some(Fate::Late(delay)) => (
                    format!(
                        "anchored {} after a call: late, you are liable for fraud on it",
                        output::duration(*delay)
                    ),
                    Color::Yellow,
                ),
                Some(Fate::Copy) => ("copy, counted once".to_owned(), Color::Blue),
                Some(Fate::Refused(reason)) => (format!("refused: {reason}"), Color::Red),
                None => ("not sent (dry run)".to_owned(), Color::Blue),
            };
            [
                Cell::new(file.path.display()),
                text(file.anchor.as_ref().map(|anchor| name_of(&anchor.key()))),
                text(file.anchor.as_ref().map(|anchor| anchor.records().to_string())),
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
        Some(Fate::Anchored | Fate::Late(_)) => ("anchored", None),
        Some(Fate::Copy) => ("copy", None),
        Some(Fate::Refused(reason)) => ("refused", Some(reason)),
        None => ("not_sent", None),
    };
    json!({
        "file": file.path,
        "batch": file.anchor.as_ref().map(|anchor| name_of(&anchor.key())),
        "period": match &file.anchor {
            Some(Reduced::Tap(anchor)) => Some(anchor.period()),
            _ => None,
        },
        "records": file.anchor.as_ref().map(Reduced::records),
        "records_with_severe_findings": file.doubtful,
        "file_hash": file.anchor.as_ref().map(|anchor| output::hex(anchor.digests().0)),
        "root": file.anchor.as_ref().map(|anchor| output::hex(anchor.digests().1)),
        "result": result,
        "reason": reason,
    })
}
