//! A folder whose files are anchored and moved away, so that after a crash nothing is lost and nothing is anchored twice.
//!
//! What becomes of a file is written to the journal, on the disk, before the file is moved. After a crash a file is still in
//! the folder in one of three states: not sent, and it is sent; sent without a line in the journal, and it is sent again as
//! exactly the same anchor, because its secret was kept before, which the chain ignores as a duplicate; with a line in the
//! journal, and it is only moved. A store of records knows each record by its file, so that a file is no duplicate of itself
//! when it is checked again.

use crate::{
    chain::ChainError,
    delivery::{deliver_files, Destination, Progress},
    files::{digest_file, hex, name_of, CheckedFile, Checker, Fate, FileError},
    time::now,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fs::OpenOptions,
    io::{BufRead, BufReader, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Files that are taken at once.
const CYCLE: usize = 1_000;
/// The journal's name; it does not look like a usage file and stays where it is.
const JOURNAL: &str = ".journal.jsonl";

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
}

/// A line of the journal: what became of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Seconds since 1970 UTC.
    pub at: u64,
    /// Name of the file, without its folder.
    pub file: String,
    /// Blake2b-256 of the file, as `0x` and 64 hexadecimal digits.
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
}

impl Line {
    /// The folder to which the file goes.
    fn folder(&self) -> &'static str {
        match self.result {
            Verdict::Refused => "refused",
            Verdict::Anchored | Verdict::Duplicate => "done",
        }
    }
}

/// Why a folder cannot be worked with.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
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
}

/// The folder, open, with what its journal says about the files that are still in it.
pub struct Inbox {
    folder: PathBuf,
    checker: Checker,
    /// A file that was changed more recently may still be written.
    settled: Duration,
    /// The last that the journal says about files of a name, as far as one was still here when the journal was read.
    decided: HashMap<String, Line>,
}

impl Inbox {
    /// Opens a folder, makes `done` and `refused` in it, and reads its journal. Files that have changed within `settled` are
    /// left alone, since they may still be written.
    ///
    /// # Errors
    /// The folder or its journal cannot be read or written.
    pub fn open(folder: &Path, checker: Checker, settled: Duration) -> Result<Self, InboxError> {
        for inner in ["done", "refused"] {
            let inner = folder.join(inner);
            std::fs::create_dir_all(&inner).map_err(FileError::io(&inner))?;
        }
        let mut inbox = Self {
            folder: folder.into(),
            checker,
            settled,
            decided: HashMap::new(),
        };
        inbox.read_journal()?;
        Ok(inbox)
    }

    /// Only what is said about files that are still here is kept, whatever the length of the journal.
    fn read_journal(&mut self) -> Result<(), FileError> {
        let path = self.folder.join(JOURNAL);
        let journal = match std::fs::File::open(&path) {
            Ok(journal) => journal,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(FileError::io(&path)(error)),
        };
        for text in BufReader::new(journal).lines() {
            // A crash may have cut the last line: what it would have said is found out again.
            if let Ok(line) = serde_json::from_str::<Line>(&text.map_err(FileError::io(&path))?) {
                // What was refused may have been put back to be sent again; to ask once more does no harm.
                if line.result != Verdict::Refused && self.folder.join(&line.file).exists() {
                    self.decided.insert(line.file.clone(), line);
                }
            }
        }
        Ok(())
    }

    /// The files that are complete, by name.
    fn arrived(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(FileError::io(&self.folder))? {
            let entry = entry.map_err(FileError::io(&self.folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let unfinished = name.starts_with('.') || name.ends_with(".part") || name.ends_with(".tmp");
            let Ok(data) = entry.metadata() else { continue };
            let age = data
                .modified()
                .ok()
                .and_then(|time| time.elapsed().ok())
                .unwrap_or_default();
            if data.is_file() && !unfinished && age >= self.settled {
                files.push(entry.path());
            }
        }
        files.sort();
        files.truncate(CYCLE);
        Ok(files)
    }

    /// Anchors what has arrived, and moves it. Returns how many files were put away; more may be waiting unless it is 0.
    ///
    /// # Errors
    /// The folder fails, the chain refuses a whole call, or the connection cannot be mended: everything that is not moved is
    /// then still in the folder.
    pub async fn cycle(
        &mut self,
        to: &mut impl Destination,
        listener: &mut impl Listener,
    ) -> Result<usize, InboxError> {
        let mut undecided = Vec::new();
        let mut count = 0;
        for path in self.arrived()? {
            // Only a file whose name is in the journal is hashed here: the others are while they are checked.
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(line) = self.decided.remove(name.as_ref()) {
                if hex(&digest_file(&path)?) == line.digest {
                    self.put_away(&path, &line)?;
                    listener.put_away(&line);
                    count += 1;
                    continue;
                }
            }
            undecided.push(path);
        }
        let mut files = self.checker.check_all(&undecided, || {})?;
        deliver_files(to, &mut files, listener).await?;
        // Before the journal says so: a file that is in the journal is not looked at again.
        self.checker.conclude(&files)?;
        let lines: Vec<(PathBuf, Line)> = files.into_iter().map(decision).collect::<Result<_, _>>()?;
        self.write(&lines)?;
        for (path, line) in &lines {
            self.put_away(path, line)?;
            listener.put_away(line);
        }
        Ok(count + lines.len())
    }

    /// Adds lines to the journal; they are on the disk when this returns.
    fn write(&self, lines: &[(PathBuf, Line)]) -> Result<(), FileError> {
        if lines.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(JOURNAL);
        let mut text = String::new();
        for (_, line) in lines {
            text.push_str(&serde_json::to_string(line).map_err(|error| FileError::io(&path)(error.into()))?);
            text.push('\n');
        }
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
            .map_err(FileError::io(&path))
    }

    /// Moves a file to where its result belongs, over nothing.
    fn put_away(&self, path: &Path, line: &Line) -> Result<(), FileError> {
        let folder = self.folder.join(line.folder());
        let mut place = folder.join(&line.file);
        if place.exists() {
            place = folder.join(format!(
                "{}-{}",
                line.file,
                line.digest.get(..16).unwrap_or_default()
            ));
        }
        std::fs::rename(path, &place).map_err(FileError::io(path))
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

fn decision(file: CheckedFile) -> Result<(PathBuf, Line), FileError> {
    let digest = match file.digest {
        Some(digest) => digest,
        None => digest_file(&file.path)?,
    };
    let reason = match &file.fate {
        Some(fate) => fate.reason(),
        None => Some("nothing became of it".into()),
    };
    let result = match file.fate {
        Some(Fate::Anchored | Fate::Late(_)) => Verdict::Anchored,
        Some(Fate::Duplicate) => Verdict::Duplicate,
        Some(Fate::Refused(_)) | None => Verdict::Refused,
    };
    let name = file.path.file_name().unwrap_or_default();
    let line = Line {
        at: now(),
        file: name.to_string_lossy().into_owned(),
        digest: hex(&digest),
        batch: file.anchor.as_ref().map(|anchor| name_of(&anchor.key())),
        result,
        reason,
        doubtful: file.doubtful,
    };
    Ok((file.path, line))
}

#[cfg(test)]
mod tests;
