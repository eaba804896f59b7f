//! A folder whose files are anchored and moved away, so that after a crash nothing is lost and nothing is anchored twice.
//!
//! What becomes of a file is written to the journal, on the disk, before the file is moved. After a crash a file is still in
//! the folder in one of three states: not sent, and it is sent; sent without a line in the journal, and it is sent again as
//! exactly the same anchor, because its secret was kept before, which the chain ignores as a duplicate; with a line in the
//! journal, and it is only moved. A store of records knows each record by its file, so that a file is not a duplicate of itself
//! when it is checked again.
//!
//! No file holds up the others. What cannot be read, what is dated ahead, or whose partner's files the chain does not take at the
//! moment, waits, and is tried again after a time that doubles ([`FIRST_WAIT`] to [`LONGEST_WAIT`]); what could not be read so many
//! times ([`ATTEMPTS`]) is put into `quarantined`, and so is a file that is not called as it would be on the chain. What the disk has
//! no room for waits likewise, with everything else.
//!
//! The secret of a file that is on the chain is sealed to its recipient's key into a file of its name with `.secret`, before
//! the journal says what became of the file, and moved with it. After a crash it is sealed again.
//!
//! Left alone are folders, symbolic links (which are never followed), names that start with a dot or end with `.part`,
//! `.tmp`, `.filepart`, `.crdownload` or `.secret`, and files that were changed within a time, or have been seen to grow.

use crate::{
    calls::errors::DATED_AHEAD,
    chain::ChainError,
    delivery::{deliver_files, recipient_keys, Destination, Progress},
    disk::sync_folder,
    files::{
        digest_file, extended, hand_over, hex, name_of, shown, CheckedFile, Checker, Fate, FileError,
        Obstacle, SealedSecret,
    },
    time::now,
};
use interclear_primitives::tadig::Tadig;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io::{BufRead, BufReader, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

pub mod exports;
mod state;
pub use state::{Counts, Waiting, ATTEMPTS, FIRST_WAIT, LONGEST_WAIT};
use state::{Looks, Patience};

/// Files that are taken at once.
const CYCLE: usize = 1_000;
/// The journal's name; it does not look like a usage file and stays where it is.
const JOURNAL: &str = ".journal.jsonl";
/// Locked by the one process that works with the folder.
const LOCK: &str = ".lock";

/// What the journal says of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// On the chain.
    Anchored,
    /// The chain had it already, and counts it once.
    #[serde(alias = "copy")]
    Duplicate,
    /// Refused, here or by the chain.
    Refused,
    /// It cannot be read or sent at the moment, and is tried again.
    Waiting,
    /// It could not be read again and again, or has a name that is not its own; nothing was sent of it.
    Quarantined,
}

/// A line of the journal: what became of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Seconds since 1970 UTC.
    pub at: u64,
    /// Name of the file, without its folder, as [`shown`].
    pub file: String,
    /// Blake2b-256 of the file, as `0x` and 64 hexadecimal digits; empty where it could not be read.
    #[serde(alias = "hash")]
    pub digest: String,
    /// Its name on the chain.
    pub batch: Option<String>,
    /// What became of it.
    pub result: Verdict,
    /// Why it is refused, or how late it is.
    pub reason: Option<String>,
    /// Records with severe findings, which the recipient would return.
    #[serde(default, rename = "records_with_severe_findings")]
    pub doubtful: u64,
    /// What else the recipient would look into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Line {
    /// The folder to which the file goes.
    fn folder(&self) -> Option<&'static str> {
        match self.result {
            Verdict::Refused => Some("refused"),
            Verdict::Anchored | Verdict::Duplicate => Some("done"),
            Verdict::Quarantined => Some("quarantined"),
            Verdict::Waiting => None,
        }
    }
}

/// Why a folder cannot be worked with.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// There is no such folder.
    #[error("{}: there is no such folder", .0.display())]
    NoFolder(PathBuf),
    /// Another process works with the folder.
    #[error("{}: another process watches this folder", .0.display())]
    Locked(PathBuf),
    /// A file, a secret, the journal or the store of records.
    #[error(transparent)]
    File(#[from] FileError),
    /// The chain refused a whole call, or the connection could not be mended.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// Hears what becomes of the files of a folder, and how their delivery goes.
pub trait Listener: Progress {
    /// A file was put away.
    fn put_away(&mut self, line: &Line);

    /// A file waits, and is tried again. Told when it begins to wait, and not again.
    fn waits(&mut self, line: &Line) {
        let _ = line;
    }

    /// A recipient has registered no key, so that the secrets of files to it stay here. Told once for each.
    fn has_no_key(&mut self, recipient: Tadig) {
        let _ = recipient;
    }
}

/// The folder, open, with what its journal says about the files that are still in it.
pub struct Inbox {
    folder: PathBuf,
    checker: Checker,
    /// How files looked before, to tell those that are still written.
    looks: Looks,
    /// The last that the journal says about files of a name, as far as one was still here when the journal was read.
    decided: HashMap<String, Line>,
    /// Files that are tried again, and when.
    patience: Patience,
    counts: Counts,
    /// Recipients of whom was told that they have no key.
    keyless: BTreeSet<Tadig>,
    /// Held as long as the folder is open.
    _lock: File,
}

/// A file that has arrived.
struct Arrived {
    name: OsString,
    path: PathBuf,
}

impl Inbox {
    /// Opens a folder, makes `done`, `refused` and `quarantined` in it, and reads its journal. Files that have changed
    /// within `unchanged` are left alone, since they may still be written.
    ///
    /// # Errors
    /// The folder does not exist, another process works with it, or it or its journal cannot be read or written.
    pub fn open(folder: &Path, checker: Checker, unchanged: Duration) -> Result<Self, InboxError> {
        if !folder.is_dir() {
            return Err(InboxError::NoFolder(folder.into()));
        }
        let lock = lock(folder)?;
        for inner in ["done", "refused", "quarantined"] {
            let inner = folder.join(inner);
            std::fs::create_dir_all(&inner).map_err(FileError::io(&inner))?;
        }
        let mut inbox = Self {
            folder: folder.into(),
            checker: checker.by_name(),
            looks: Looks::new(unchanged),
            decided: HashMap::new(),
            patience: Patience::default(),
            counts: Counts::default(),
            keyless: BTreeSet::new(),
            _lock: lock,
        };
        inbox.read_journal()?;
        Ok(inbox)
    }

    /// What has become of files since the folder was opened, and what waits.
    pub fn counts(&self) -> Counts {
        Counts {
            waiting: self.patience.len(),
            oldest_wait: self.patience.oldest(),
            changing: self.looks.changing(),
            ..self.counts
        }
    }

    /// The files that wait, and why.
    pub fn waiting(&self) -> impl Iterator<Item = &Waiting> {
        self.patience.all()
    }

    /// Only what is said about files that are still here is kept, whatever the length of the journal.
    fn read_journal(&mut self) -> Result<(), FileError> {
        let path = self.folder.join(JOURNAL);
        let journal = match File::open(&path) {
            Ok(journal) => journal,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(FileError::io(&path)(error)),
        };
        let here: std::collections::HashSet<String> = self.names()?.iter().map(|name| shown(name)).collect();
        let mut journal = BufReader::new(journal);
        let mut text = Vec::new();
        while {
            text.clear();
            journal
                .read_until(b'\n', &mut text)
                .map_err(FileError::io(&path))?
                > 0
        } {
            // A crash may have cut the last line, or left octets that are not text: what it would have said is found out
            // again.
            if let Ok(line) = serde_json::from_slice::<Line>(&text) {
                // What was refused or set aside may have been put back to be sent again; to ask once more does no harm.
                let decided = matches!(line.result, Verdict::Anchored | Verdict::Duplicate);
                if decided && here.contains(&line.file) {
                    self.decided.insert(line.file.clone(), line);
                }
            }
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<OsString>, FileError> {
        let entries = std::fs::read_dir(&self.folder).map_err(FileError::io(&self.folder))?;
        Ok(entries.flatten().map(|entry| entry.file_name()).collect())
    }

    /// The files that are complete and do not wait, by name.
    fn arrived(&mut self) -> Result<Vec<Arrived>, FileError> {
        let files = self.looks.complete(&self.folder)?.into_iter();
        Ok(files
            .filter(|(name, _)| !self.patience.waits(name))
            .take(CYCLE)
            .map(|(name, path)| Arrived { name, path })
            .collect())
    }

    /// Anchors what has arrived, and moves it. Returns how many files were put away; more may be waiting unless it is 0.
    ///
    /// # Errors
    /// The folder or the journal fails, the store of records fails, or the connection cannot be mended: everything that is
    /// not moved is then still in the folder, and the next cycle goes on with it.
    pub async fn cycle(
        &mut self,
        to: &mut impl Destination,
        listener: &mut impl Listener,
    ) -> Result<usize, InboxError> {
        let mut count = 0;
        let mut files = Vec::new();
        let arrived = self.arrived()?;
        let paths: Vec<PathBuf> = arrived.iter().map(|file| file.path.clone()).collect();
        self.checker.know(to.known_of(&paths).await?);
        for file in arrived {
            match self.look(&file) {
                Ok(Looked::Decided(line)) => {
                    self.put_away(&file, &line, listener)?;
                    count += 1;
                }
                Ok(Looked::Checked(checked)) => files.push(*checked),
                Ok(Looked::Gone) => {}
                Err(FileError::Store(error)) => return Err(FileError::Store(error).into()),
                Err(error) => count += usize::from(self.postpone(&file, &error.to_string(), listener)?),
            }
        }
        self.checker.place(&mut files);
        let mut held = self.deliver(to, &mut files, listener).await?;
        for (file, held) in files.iter_mut().zip(&mut held) {
            if let Some(reason) = dated_ahead(file) {
                *held = Some(reason);
            }
        }
        // Before the journal, too: a file that is in the journal is only moved.
        let keys = recipient_keys(&*to, &files).await?;
        for (file, held) in files.iter().zip(&mut held) {
            match hand_over(self.checker.secrets(), &to.genesis(), [file], &keys) {
                Ok(without) => {
                    for recipient in without {
                        if self.keyless.insert(recipient) {
                            listener.has_no_key(recipient);
                        }
                    }
                }
                Err(error) => *held = Some(error.to_string()),
            }
        }
        // Before the journal says so: a file that is in the journal is not looked at again.
        self.checker.conclude(&files)?;
        let mut lines = Vec::new();
        for (file, held) in files.iter().zip(held) {
            let arrived = Arrived {
                name: file.path.file_name().unwrap_or_default().to_owned(),
                path: file.path.clone(),
            };
            match held {
                Some(reason) => self.hold(&arrived, &reason, listener)?,
                None => match decision(file) {
                    Ok(line) => lines.push((arrived, line)),
                    Err(error) => {
                        count += usize::from(self.postpone(&arrived, &error.to_string(), listener)?);
                    }
                },
            }
        }
        self.write(lines.iter().map(|(_, line)| line))?;
        // Known from now on, so that what cannot be moved now is only moved later.
        let known = lines.iter().map(|(_, line)| (line.file.clone(), line.clone()));
        self.decided
            .extend(known.filter(|(_, line)| line.result != Verdict::Refused));
        for (file, line) in &lines {
            self.put_away(file, line, listener)?;
        }
        Ok(count + lines.len())
    }

    /// What is to be done with a file.
    fn look(&mut self, file: &Arrived) -> Result<Looked, FileError> {
        // Only a file whose name is in the journal is hashed here: the others are while they are checked.
        if let Some(line) = self.decided.get(&shown(&file.name)).cloned() {
            match digest_file(&file.path) {
                Ok(digest) if hex(&digest) == line.digest => return Ok(Looked::Decided(line)),
                Ok(_) => {}
                Err(error) => return Self::failed(file, error),
            }
        }
        match self.checker.check(&file.path) {
            Ok(checked) => Ok(Looked::Checked(Box::new(checked))),
            Err(error) => Self::failed(file, error),
        }
    }

    /// A file that vanished is nobody's concern.
    fn failed(file: &Arrived, error: FileError) -> Result<Looked, FileError> {
        match is_gone(&file.path) {
            true => Ok(Looked::Gone),
            false => Err(error),
        }
    }

    /// Sends what is to be anchored. Where the chain refuses a whole call, the files of each series are sent alone, and those
    /// of a series that is refused again are held back, for the reason given.
    async fn deliver(
        &mut self,
        to: &mut impl Destination,
        files: &mut [CheckedFile],
        listener: &mut impl Listener,
    ) -> Result<Vec<Option<String>>, InboxError> {
        let mut held = vec![None; files.len()];
        match deliver_files(to, files, listener).await {
            Ok(()) => return Ok(held),
            Err(error) if !is_refusal(&error) => return Err(error.into()),
            Err(_) => {}
        }
        let series = |file: &CheckedFile| file.anchor.as_ref().map(|anchor| anchor.key().series);
        let mut done = 0;
        for group in files.chunk_by_mut(|a, b| series(a) == series(b)) {
            match deliver_files(to, group, listener).await {
                Ok(()) => {}
                Err(error) if is_refusal(&error) => {
                    let reasons = held.iter_mut().skip(done).take(group.len());
                    // What was refused here was not sent, and is decided.
                    for (reason, file) in reasons.zip(group.iter()) {
                        *reason = file.fate.is_none().then(|| error.to_string());
                    }
                }
                Err(error) => return Err(error.into()),
            }
            done += group.len();
        }
        Ok(held)
    }

    /// Has a file tried again that cannot be read, and says in the journal that it waits; or sets it aside, which is
    /// answered with `true`.
    fn postpone(
        &mut self,
        file: &Arrived,
        reason: &str,
        listener: &mut impl Listener,
    ) -> Result<bool, FileError> {
        if self.patience.attempts(&file.name) + 1 < ATTEMPTS {
            self.hold(file, reason, listener)?;
            return Ok(false);
        }
        let line = without_content(file, Verdict::Quarantined, reason);
        self.write([&line])?;
        self.put_away(file, &line, listener)?;
        Ok(true)
    }

    /// Has a file tried again, however often.
    fn hold(&mut self, file: &Arrived, reason: &str, listener: &mut impl Listener) -> Result<(), FileError> {
        if self.patience.again(&file.name, reason) {
            let line = without_content(file, Verdict::Waiting, reason);
            listener.waits(&line);
            self.write([&line])?;
        }
        Ok(())
    }

    fn write<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Result<(), FileError> {
        note(&self.folder, lines)
    }

    /// Moves a file to where its result belongs, over nothing. One that has vanished is as good as moved.
    fn put_away(
        &mut self,
        file: &Arrived,
        line: &Line,
        listener: &mut impl Listener,
    ) -> Result<(), FileError> {
        if let Some(folder) = line.folder().map(|folder| self.folder.join(folder)) {
            let mut place = folder.join(&file.name);
            let mut copies = 0u32;
            let sealed = SealedSecret::path(&file.path);
            while place.symlink_metadata().is_ok() {
                let digest = line.digest.get(..18).unwrap_or_default();
                let ending = match copies {
                    0 => format!("-{digest}"),
                    more => format!("-{digest}-{more}"),
                };
                place = folder.join(extended(&file.name, &ending));
                copies = copies.saturating_add(1);
            }
            // Somebody may have removed the folder.
            std::fs::create_dir_all(&folder).map_err(FileError::io(&folder))?;
            // The secret first, so that it is never left behind.
            match std::fs::rename(&sealed, SealedSecret::path(&place)) {
                Err(error) if !is_gone(&sealed) => return Err(FileError::io(&sealed)(error)),
                _ => {}
            }
            match std::fs::rename(&file.path, &place) {
                Ok(()) => sync_folder(&folder).map_err(FileError::io(&folder))?,
                Err(_) if is_gone(&file.path) => {}
                Err(error) => return Err(FileError::io(&file.path)(error)),
            }
        }
        self.decided.remove(&line.file);
        self.patience.forget(&file.name);
        self.looks.forget(&file.name);
        self.counts.add(line);
        listener.put_away(line);
        Ok(())
    }
}

/// What is to be done with a file.
enum Looked {
    /// It is to be put away, as the journal says.
    Decided(Line),
    /// It was checked.
    Checked(Box<CheckedFile>),
    /// It is not there any more.
    Gone,
}

/// Takes the folder for this process alone; the lock ends with the process, however that ends.
fn lock(folder: &Path) -> Result<File, InboxError> {
    let path = folder.join(LOCK);
    let mut options = OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(FileError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(InboxError::Locked(folder.into())),
        Err(TryLockError::Error(error)) => Err(FileError::io(&path)(error).into()),
    }
}

fn is_gone(path: &Path) -> bool {
    path.symlink_metadata()
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Whether the chain does not take a call as a whole, so that nothing of it has landed and later it may.
fn is_refusal(error: &ChainError) -> bool {
    matches!(error, ChainError::Refused(_) | ChainError::Failed(_))
}

fn without_content(file: &Arrived, result: Verdict, reason: &str) -> Line {
    Line {
        at: now(),
        file: shown(&file.name),
        digest: String::new(),
        batch: None,
        result,
        reason: Some(reason.into()),
        doubtful: 0,
        warnings: Vec::new(),
    }
}

/// Adds lines to the journal of a folder; they are on the disk when this returns.
///
/// It is the one file that is not written beside its place and moved to it ([`crate::disk`]): it only ever grows, and years of it
/// would be written again for each file. So a crash or a full disk may cut its last line. That is closed here by the next line,
/// passed over when the journal is read, and what it would have said is found out again.
fn note<L: Serialize>(folder: &Path, lines: impl IntoIterator<Item = L>) -> Result<(), FileError> {
    let path = folder.join(JOURNAL);
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(&line).map_err(|error| FileError::io(&path)(error.into()))?);
        text.push('\n');
    }
    if text.is_empty() {
        return Ok(());
    }
    let is_new = is_gone(&path);
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    let mut journal = options.open(&path).map_err(FileError::io(&path))?;
    // What a crash has left of a line is closed, so that the next one stands by itself.
    if !ends_with_line(&mut journal).map_err(FileError::io(&path))? {
        text.insert(0, '\n');
    }
    journal
        .write_all(text.as_bytes())
        .and_then(|()| journal.sync_all())
        .map_err(FileError::io(&path))?;
    match is_new {
        true => sync_folder(folder).map_err(FileError::io(folder)),
        false => Ok(()),
    }
}

fn ends_with_line(journal: &mut std::fs::File) -> std::io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    if journal.metadata()?.len() == 0 {
        return Ok(true);
    }
    journal.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    journal.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Why a file waits whose time is to come, by this clock or by that of the chain; what was refused for it is then open again.
fn dated_ahead(file: &mut CheckedFile) -> Option<String> {
    let Some(Fate::Refused(reason)) = &file.fate else {
        return None;
    };
    let early = matches!(file.obstacle, Some(Obstacle::Early(_)));
    if !early && !DATED_AHEAD.iter().any(|error| reason.contains(error)) {
        return None;
    }
    let reason = reason.clone();
    if !early {
        file.fate = None;
    }
    Some(reason)
}

fn decision(file: &CheckedFile) -> Result<Line, FileError> {
    let digest = match file.digest {
        Some(digest) => digest,
        None => digest_file(&file.path)?,
    };
    let reason = match &file.fate {
        Some(fate) => fate.reason(),
        None => Some("nothing became of it".into()),
    };
    let result = match file.fate {
        _ if file.obstacle == Some(Obstacle::Misnamed) => Verdict::Quarantined,
        Some(Fate::Anchored | Fate::Late(_) | Fate::Closed(_)) => Verdict::Anchored,
        Some(Fate::Duplicate) => Verdict::Duplicate,
        Some(Fate::Refused(_)) | None => Verdict::Refused,
    };
    Ok(Line {
        at: now(),
        file: shown(file.path.file_name().unwrap_or_default()),
        digest: hex(&digest),
        batch: file.anchor.as_ref().map(|anchor| name_of(&anchor.key())),
        result,
        reason,
        doubtful: file.doubtful,
        warnings: file.warnings.clone(),
    })
}

#[cfg(test)]
mod tests;
