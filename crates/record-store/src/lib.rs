#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod session;
mod tables;
#[cfg(test)]
mod tests;

use interclear_tap::{
    model::BatchControl, time::DAY, validate_file_with_history, Item, Options, Outcome, Reader, Severity,
};
use redb::Database;
use session::{Found, Known, Session};
use std::{
    collections::{BTreeSet, HashSet},
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use tables::Tables;

/// Days for which duplicates are looked for, unless said otherwise.
pub const WINDOW_DAYS: u32 = 90;
/// Records that a store holds, at most, unless said otherwise: some 7 GB.
pub const MAX_RECORDS: u64 = 200_000_000;
/// Memory that the database may use for pages.
const CACHE: usize = 64 << 20;
/// Records of a file that wait to be compared in order, at most.
const BATCH: usize = 1 << 20;

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file, that which is checked or one of the store, cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The key is not 32 octets, or lost while there are records.
    #[error(
        "{0}: the key of the store is damaged or lost; duplicates of what it holds cannot be found any more"
    )]
    Key(PathBuf),
    /// Another process has it open.
    #[error("another process uses the store: one at a time can; wait until it has ended")]
    InUse,
    /// The database fails.
    #[error("the store fails: {0}")]
    Database(Box<redb::Error>),
}

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        match error.into() {
            redb::Error::DatabaseAlreadyOpen => Self::InUse,
            error => Self::Database(Box::new(error)),
        }
    }
}

/// A store that is open; only one process at a time has it.
#[derive(Debug)]
pub struct RecordStore {
    database: Database,
    key: [u8; 32],
    window: i64,
    limit: u64,
    batch: usize,
    /// Files that this process has put into the store, and of which it has not been told what became.
    fresh: HashSet<u64>,
}

impl RecordStore {
    /// Opens the store in a folder, or makes one. `fresh_key` is called for 32 octets from a cryptographic random source
    /// when there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(folder: &Path, fresh_key: impl FnOnce() -> [u8; 32]) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        let (records, key) = (folder.join("records.redb"), folder.join("records.key"));
        let key = match std::fs::read(&key) {
            Ok(octets) => octets.try_into().map_err(|_| StoreError::Key(key))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !records.exists() => {
                let fresh = fresh_key();
                keep(&key, &fresh).map_err(failed(&key))?;
                fresh
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(StoreError::Key(key)),
            Err(error) => return Err(failed(&key)(error)),
        };
        let database = Database::builder().set_cache_size(CACHE).create(&records)?;
        let transaction = database.begin_write()?;
        Tables::open(&transaction)?;
        transaction.commit()?;
        Ok(Self {
            database,
            key,
            window: i64::from(WINDOW_DAYS),
            limit: MAX_RECORDS,
            batch: BATCH,
            fresh: HashSet::new(),
        })
    }

    /// With another window, in days, and another number of records that are held at most.
    #[must_use]
    pub fn with_bounds(self, days: u32, records: u64) -> Self {
        Self {
            window: i64::from(days),
            limit: records,
            ..self
        }
    }

    /// Records held. Goes through all of them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn len(&self) -> Result<u64, StoreError> {
        let transaction = self.database.begin_write()?;
        let mut tables = Tables::open(&transaction)?;
        Ok(tables.len()?)
    }

    /// Whether nothing is held.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// Checks a file, looks for records that other files or the same file had, and notes its records unless it is refused.
    /// `now` is the current time in seconds since 1970 UTC: a call in the future moves the window no further.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing of the file is then noted.
    pub fn validate_file(&mut self, path: &Path, options: &Options, now: i64) -> Result<Outcome, StoreError> {
        self.read(path, options, now, Notes::Accepted)
    }

    /// Does the same, and notes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn look_up(&mut self, path: &Path, options: &Options, now: i64) -> Result<Outcome, StoreError> {
        self.read(path, options, now, Notes::Nothing)
    }

    /// Says what became of the files that were checked since the last call: the records of `refused` are forgotten, since
    /// they may be sent again in another file. Those of a file that was in the store before it was checked stay there.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is then forgotten.
    pub fn forget_refused(&mut self, refused: &[&Path]) -> Result<(), StoreError> {
        let fresh = std::mem::take(&mut self.fresh);
        let mut forgotten: HashSet<u64> = HashSet::new();
        for path in refused {
            forgotten.extend(fresh.get(&identity(path)?));
        }
        if forgotten.is_empty() {
            return Ok(());
        }
        self.change(|tables| forgotten.into_iter().try_for_each(|file| tables.forget(file)))
    }

    /// Says that a file, or records of it by their places from 0, was returned after its check: they may be sent again.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is then forgotten.
    pub fn returned(&mut self, path: &Path, records: Option<&BTreeSet<u64>>) -> Result<(), StoreError> {
        let identity = identity(path)?;
        self.change(|tables| match records {
            None => tables.forget(identity),
            Some(places) => tables.forget_records(identity, places),
        })
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Tables<'_>) -> Result<(), redb::Error>,
    ) -> Result<(), StoreError> {
        let transaction = self.database.begin_write()?;
        change(&mut Tables::open(&transaction)?)?;
        Ok(transaction.commit()?)
    }

    /// Notes every record of a file, also those with severe findings: the recipient waives its right to return them, so that
    /// they may not be sent again.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing of the file is then noted.
    pub fn waive(&mut self, path: &Path, options: &Options, now: i64) -> Result<Outcome, StoreError> {
        self.read(path, options, now, Notes::Everything)
    }

    fn read(
        &mut self,
        path: &Path,
        options: &Options,
        now: i64,
        notes: Notes,
    ) -> Result<Outcome, StoreError> {
        let identity = identity(path)?;
        let control = control(path).map_err(failed(path))?;
        let (slot, resent) = (slot(&control), control.rap_sequence.is_some());
        let transaction = self.database.begin_write()?;
        let (outcome, new) = {
            let tables = Tables::open(&transaction)?;
            let numbered;
            let options = match control.sequence.is_some() && !resent && tables.is_other(slot, identity)? {
                true => {
                    let mut other = options.clone();
                    other.context.known_digest.get_or_insert(OTHER);
                    numbered = other;
                    &numbered
                }
                false => options,
            };
            let mut session = Session {
                file: tables.number(identity)?,
                horizon: tables.horizon()?,
                tables,
                hasher: hasher(&self.key, control.is_test()),
                slot,
                resent,
                everything: notes == Notes::Everything,
                window: self.window,
                batch: self.batch,
                today: now.div_euclid(DAY),
                found: Found::default(),
            };
            let outcome = validate_file_with_history(path, options, &mut session).map_err(failed(path))?;
            session.compare()?;
            if let Some(failure) = session.found.failure.take() {
                return Err(failure.into());
            }
            let known = &mut session.found.known;
            known.sort_unstable();
            let outcome = match known.is_empty() {
                true => outcome,
                false => {
                    validate_file_with_history(path, options, &mut Known(known)).map_err(failed(path))?
                }
            };
            let refused = outcome.error.is_some() || outcome.findings.count(Severity::Fatal) > 0;
            if notes == Notes::Nothing || refused {
                return Ok(outcome);
            }
            let (number, new) = session.file;
            if let Some(day) = session.found.noted {
                session.tables.keep(number, identity, session.slot, day)?;
            }
            let first = session.first_day();
            session.tables.evict(first, self.limit)?;
            session.tables.finish(session.horizon)?;
            (outcome, new && session.found.noted.is_some())
        };
        transaction.commit()?;
        if new {
            self.fresh.insert(identity);
        }
        Ok(outcome)
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> StoreError {
    let path = path.to_path_buf();
    move |error| StoreError::File {
        path: path.clone(),
        error,
    }
}

/// Which file this is: a part of the hash of its octets.
fn identity(path: &Path) -> Result<u64, StoreError> {
    let mut file = File::open(path).map_err(failed(path))?;
    let mut state = blake2b_simd::Params::new().hash_length(8).to_state();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed(path))? {
            0 => break,
            count => state.update(&buffer[..count]),
        };
    }
    let mut identity = [0; 8];
    identity.copy_from_slice(state.finalize().as_bytes());
    Ok(u64::from_le_bytes(identity))
}

/// Writes the key where only the owner of the process reads it, as a whole or not at all.
fn keep(path: &Path, key: &[u8; 32]) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    let written = file
        .write_all(key)
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&unfinished, path));
    if written.is_err() {
        let _ = std::fs::remove_file(unfinished);
    }
    written
}

/// What is noted of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    Nothing,
    /// Records that are not returned.
    Accepted,
    Everything,
}

/// The batch control information of a file; empty when there is none that can be read, of which the check will tell.
fn control(path: &Path) -> io::Result<BatchControl> {
    let mut reader = match Reader::new(File::open(path)?, false) {
        Ok(reader) if reader.kind().is_tap() => reader,
        _ => return Ok(BatchControl::default()),
    };
    match reader.next_item() {
        Ok(Some(Item::BatchControl(control))) => Ok(*control),
        _ => Ok(BatchControl::default()),
    }
}

/// The digest of no file: what is known of another one is that it is another one.
const OTHER: [u8; 32] = [0; 32];

/// The number of a file in its series; that of a test in none that bills.
fn slot(control: &BatchControl) -> u64 {
    let mut state = blake2b_simd::Params::new().hash_length(8).to_state();
    for field in [&control.sender, &control.recipient, &control.sequence] {
        state
            .update(field.as_deref().unwrap_or_default().as_bytes())
            .update(&[0]);
    }
    let mut slot = [0; 8];
    slot.copy_from_slice(state.finalize().as_bytes());
    let slot = u64::from_le_bytes(slot);
    match control.is_test() {
        true => !slot,
        false => slot,
    }
}

/// What records are hashed with. Those of tests look like no others.
fn hasher(key: &[u8; 32], test: bool) -> blake2b_simd::State {
    let mut params = blake2b_simd::Params::new();
    params.hash_length(16).key(key);
    if test {
        params.personal(b"test");
    }
    params.to_state()
}
