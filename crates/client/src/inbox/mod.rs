//! A folder whose files are anchored and moved away, so that after a crash nothing is lost and nothing is anchored twice.
//!
//! What becomes of a file is written to the journal, on the disk, before the file is moved. After a crash a file is still in
//! the folder in one of three states: not sent, and it is sent; sent without a line in the journal, and it is sent again as
//! exactly the same anchor, because its secret was kept before, which the chain ignores as a copy; with a line in the
//! journal, and it is only moved. A store of records knows each record by its file, so that a file is no duplicate of itself
//! when it is checked again.

use super::{
    anchor::{Checker, File},
    delivery::{deliver, Destination, Fate, Reduced},
};
use crate::{
    chain::ChainError,
    commands::{
        arguments::{hash_file, name_of, now},
        CommandError,
    },
    output,
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

/// A line of the journal: what became of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Seconds since 1970 UTC.
    pub(super) at: u64,
    /// Name of the file.
    pub(super) file: String,
    /// Blake2b-256 of the file.
    pub(super) hash: String,
    /// Its name on the chain.
    pub(super) batch: Option<String>,
    /// `anchored`, `copy` or `refused`.
    pub(super) result: String,
    /// Why it is refused, or what else is to be said.
    pub(super) reason: Option<String>,
    /// Records with severe findings, which the recipient would return.
    #[serde(default, rename = "records_with_severe_findings")]
    pub(super) doubtful: u64,
}

impl Line {
    /// The folder to which the file goes.
    fn folder(&self) -> &'static str {
        match self.result.as_str() {
            "refused" => "refused",
            _ => "done",
        }
    }
}

/// The folder.
pub(super) struct Inbox {
    folder: PathBuf,
    checker: Checker,
    /// A file that was changed more recently may still be written.
    settled: Duration,
    /// The last that the journal says about files of a name, as far as one was still here when the journal was read.
    decided: HashMap<String, Line>,
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> CommandError + '_ {
    |error| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    }
}

impl Inbox {
    /// Opens a folder and reads its journal.
    pub(super) fn open(folder: &Path, checker: Checker, settled: Duration) -> Result<Self, CommandError> {
        for inner in ["done", "refused"] {
            let inner = folder.join(inner);
            std::fs::create_dir_all(&inner).map_err(failed(&inner))?;
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
    fn read_journal(&mut self) -> Result<(), CommandError> {
        let path = self.folder.join(JOURNAL);
        let journal = match std::fs::File::open(&path) {
            Ok(journal) => journal,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(&path)(error)),
        };
        for text in BufReader::new(journal).lines() {
            // A crash may have cut the last line: what it would have said is found out again.
            if let Ok(line) = serde_json::from_str::<Line>(&text.map_err(failed(&path))?) {
                // What was refused may have been put back to be sent again; to ask once more does no harm.
                if line.result != "refused" && self.folder.join(&line.file).exists() {
                    self.decided.insert(line.file.clone(), line);
                }
            }
        }
        Ok(())
    }

    /// The files that are complete, by name.
    fn arrived(&self) -> Result<Vec<PathBuf>, CommandError> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed(&self.folder))? {
            let entry = entry.map_err(failed(&self.folder))?;
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

    /// Anchors what has arrived, and moves it; `told` hears of each file, `trouble` of broken connections.
    ///
    /// # Errors
    /// The folder fails, the chain refuses a whole call, or the connection cannot be mended: everything that is not moved is
    /// then still in the folder.
    pub(super) async fn cycle(
        &mut self,
        to: &mut impl Destination,
        mut told: impl FnMut(&Line),
        trouble: impl FnMut(&ChainError),
    ) -> Result<usize, CommandError> {
        let mut files = Vec::new();
        let mut count = 0;
        for path in self.arrived()? {
            // Only a file whose name is in the journal is hashed here: the others are while they are checked.
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(line) = self.decided.remove(name.as_ref()) {
                if output::hex(&hash_file(&path)?) == line.hash {
                    self.put_away(&path, &line)?;
                    told(&line);
                    count += 1;
                    continue;
                }
            }
            files.push(self.checker.check(&path)?);
        }
        files.sort_by_key(|file| file.anchor.as_ref().map(Reduced::order));
        let places: Vec<usize> = (0..files.len())
            .filter(|place| files[*place].anchor.is_some())
            .collect();
        let anchors: Vec<Reduced> = places
            .iter()
            .filter_map(|place| files[*place].anchor.clone())
            .collect();
        if !anchors.is_empty() {
            let fates = deliver(to, &anchors, |_| {}, trouble).await?;
            for (place, fate) in places.into_iter().zip(fates) {
                files[place].fate = Some(fate);
            }
        }
        // Before the journal says so: a file that is in the journal is not looked at again.
        self.checker.settle(&files)?;
        let lines: Vec<(PathBuf, Line)> = files.into_iter().map(decision).collect::<Result<_, _>>()?;
        self.write(&lines)?;
        for (path, line) in &lines {
            self.put_away(path, line)?;
            told(line);
        }
        Ok(count + lines.len())
    }

    /// Adds lines to the journal; they are on the disk when this returns.
    fn write(&self, lines: &[(PathBuf, Line)]) -> Result<(), CommandError> {
        if lines.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(JOURNAL);
        let mut text = String::new();
        for (_, line) in lines {
            text.push_str(&serde_json::to_string(line).map_err(|error| failed(&path)(error.into()))?);
            text.push('\n');
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true).read(true);
        let mut journal = options.open(&path).map_err(failed(&path))?;
        // What a crash has left of a line is closed, so that the next one stands by itself.
        if !ends_with_line(&mut journal).map_err(failed(&path))? {
            text.insert(0, '\n');
        }
        journal
            .write_all(text.as_bytes())
            .and_then(|()| journal.sync_all())
            .map_err(failed(&path))
    }

    /// Moves a file to where its result belongs, over nothing.
    fn put_away(&self, path: &Path, line: &Line) -> Result<(), CommandError> {
        let folder = self.folder.join(line.folder());
        let mut place = folder.join(&line.file);
        if place.exists() {
            place = folder.join(format!(
                "{}-{}",
                line.file,
                line.hash.get(..16).unwrap_or_default()
            ));
        }
        std::fs::rename(path, &place).map_err(failed(path))
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

fn decision(file: File) -> Result<(PathBuf, Line), CommandError> {
    let hash = match file.hash {
        Some(hash) => hash,
        None => hash_file(&file.path)?,
    };
    let (result, reason) = match file.fate {
        Some(Fate::Anchored) => ("anchored", None),
        Some(Fate::Late(delay)) => {
            let delay = output::duration(delay);
            let reason = format!("{delay} after a call: late, you are liable for fraud on it");
            ("anchored", Some(reason))
        }
        Some(Fate::Copy) => ("copy", None),
        Some(Fate::Refused(reason)) => ("refused", Some(reason)),
        None => ("refused", Some("nothing became of it".into())),
    };
    let line = Line {
        at: now(),
        file: file
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        hash: output::hex(&hash),
        batch: file.anchor.as_ref().map(|anchor| name_of(&anchor.key())),
        result: result.into(),
        reason,
        doubtful: file.doubtful,
    };
    Ok((file.path, line))
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
