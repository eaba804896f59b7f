//! A persistent store of the records seen, by which duplicates are found across files and across runs.
//!
//! The store is a folder on the operator's own disk: an embedded database and a random key. Of a record it holds 16 octets
//! of a Blake2b hash, keyed with that key, of what makes the record the same one (see [`validate_with_history`]), the day of
//! the call, and which file it was at which place. No subscriber can be read from it, and none guessed without the key.
//!
//! What a file adds is committed at once, when the file was read to its end and is not refused: after a crash a file is in
//! the store as a whole or not at all. Calls older than the window before the newest known day are forgotten, and so are
//! the oldest days when there are more records than the store may hold. Records that are returned are not noted, since they
//! may be sent again; a file that is checked again is no duplicate of itself, so that it does not matter when a crash comes
//! between what is noted here and what is done with the file then. A file that is refused only then is forgotten again, see
//! [`RecordStore::settle`].

use crate::{
    time::DAY,
    validate::{validate_with_history, Options, Outcome, RecordHistory},
    Severity,
};
use redb::{Database, ReadableTable, ReadableTableMetadata, Table, TableDefinition};
use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// Days for which duplicates are looked for, unless said otherwise.
pub const WINDOW_DAYS: u32 = 90;
/// Records that a store holds, at most, unless said otherwise: some 10 GB.
pub const MAX_RECORDS: u64 = 200_000_000;
/// Memory that the database may use for pages.
const CACHE: usize = 64 << 20;

/// Day of the call and keyed hash of the record; which file it was, and the place in it.
const RECORDS: TableDefinition<'static, (i64, &[u8; 16]), (u64, u64)> = TableDefinition::new("records");
/// The newest day known, under [`HORIZON`].
const STATE: TableDefinition<'static, &str, i64> = TableDefinition::new("state");
const HORIZON: &str = "horizon";

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
    /// The database fails, or another process has it open.
    #[error("the store fails: {0}")]
    Database(Box<redb::Error>),
}

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        Self::Database(Box::new(error.into()))
    }
}

/// A store that is open; only one process at a time has it.
#[derive(Debug)]
pub struct RecordStore {
    database: Database,
    key: [u8; 32],
    window: i64,
    limit: u64,
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
        transaction.open_table(RECORDS)?;
        transaction.open_table(STATE)?;
        transaction.commit()?;
        Ok(Self {
            database,
            key,
            window: i64::from(WINDOW_DAYS),
            limit: MAX_RECORDS,
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

    /// Records held.
    ///
    /// # Errors
    /// Those of the database.
    pub fn len(&self) -> Result<u64, StoreError> {
        Ok(self.database.begin_write()?.open_table(RECORDS)?.len()?)
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
        self.read(path, options, now, true)
    }

    /// Does the same, and notes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn look_up(&mut self, path: &Path, options: &Options, now: i64) -> Result<Outcome, StoreError> {
        self.read(path, options, now, false)
    }

    /// Says what became of the files that were checked since the last call: the records of `refused` are forgotten, since
    /// they may be sent again in another file. Those of a file that was in the store before it was checked stay there.
    /// Reads the whole store when there is something to forget.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is then forgotten.
    pub fn settle(&mut self, refused: &[&Path]) -> Result<(), StoreError> {
        let fresh = std::mem::take(&mut self.fresh);
        let mut forgotten: HashSet<u64> = HashSet::new();
        for path in refused {
            let identity = File::open(path).and_then(|mut file| identity(&mut file));
            forgotten.extend(fresh.get(&identity.map_err(failed(path))?));
        }
        if forgotten.is_empty() {
            return Ok(());
        }
        let transaction = self.database.begin_write()?;
        transaction
            .open_table(RECORDS)?
            .retain(|_, (file, _)| !forgotten.contains(&file))?;
        Ok(transaction.commit()?)
    }

    fn read(&mut self, path: &Path, options: &Options, now: i64, keep: bool) -> Result<Outcome, StoreError> {
        let mut file = File::open(path).map_err(failed(path))?;
        let identity = identity(&mut file).map_err(failed(path))?;
        let file = File::open(path).map_err(failed(path))?;
        let mut options = options.clone();
        if options.context.file_name.is_none() {
            options.context.file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        }
        let transaction = self.database.begin_write()?;
        let (outcome, fresh) = {
            let mut state = transaction.open_table(STATE)?;
            let known = state.get(HORIZON)?.map(|day| day.value());
            let mut session = Session {
                table: transaction.open_table(RECORDS)?,
                key: &self.key,
                file: identity,
                window: self.window,
                today: now.div_euclid(DAY),
                horizon: known,
                noted_before: false,
                failure: None,
            };
            let outcome = validate_with_history(file, &options, &mut session).map_err(failed(path))?;
            if let Some(failure) = session.failure.take() {
                return Err(StoreError::Database(Box::new(failure)));
            }
            if !keep || outcome.error.is_some() || outcome.findings.count(Severity::Fatal) > 0 {
                return Ok(outcome);
            }
            session.evict(self.limit)?;
            if let Some(horizon) = session.horizon {
                state.insert(HORIZON, horizon)?;
            }
            (outcome, !session.noted_before)
        };
        transaction.commit()?;
        if fresh {
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
fn identity(file: &mut File) -> io::Result<u64> {
    let mut state = blake2b_simd::Params::new().hash_length(8).to_state();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
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
    file.write_all(key)?;
    file.sync_all()?;
    std::fs::rename(unfinished, path)
}

/// The store while one file is read.
struct Session<'t, 'k> {
    table: Table<'t, (i64, &'static [u8; 16]), (u64, u64)>,
    key: &'k [u8; 32],
    file: u64,
    window: i64,
    today: i64,
    horizon: Option<i64>,
    /// Whether a record of this file was in the store already.
    noted_before: bool,
    /// The first failure; validation goes on without the store and its outcome is thrown away.
    failure: Option<redb::Error>,
}

impl Session<'_, '_> {
    fn hash(&self, fingerprint: [u8; 16]) -> [u8; 16] {
        let hash = blake2b_simd::Params::new()
            .hash_length(16)
            .key(self.key)
            .hash(&fingerprint);
        let mut result = [0; 16];
        result.copy_from_slice(hash.as_bytes());
        result
    }

    /// The first day that is remembered.
    fn first_day(&self) -> i64 {
        self.horizon
            .map_or(i64::MIN, |horizon| horizon.saturating_sub(self.window))
    }

    /// Forgets what is too old, and the oldest days while there are more records than `limit`.
    fn evict(&mut self, limit: u64) -> Result<(), StoreError> {
        let mut first = self.first_day();
        loop {
            self.table.retain_in(..(first, &[0; 16]), |_, _| false)?;
            if self.table.len()? <= limit {
                return Ok(());
            }
            let Some((oldest, _)) = self.table.first()? else {
                return Ok(());
            };
            first = oldest.value().0.saturating_add(1);
        }
    }
}

impl RecordHistory for Session<'_, '_> {
    fn known(&mut self, fingerprint: [u8; 16], start: i64, index: u64) -> bool {
        let hash = self.hash(fingerprint);
        match self.table.get((start.div_euclid(DAY), &hash)) {
            Ok(Some(seen)) => seen.value() != (self.file, index),
            Ok(None) => false,
            Err(error) => {
                self.failure.get_or_insert(error.into());
                false
            }
        }
    }

    fn note(&mut self, fingerprint: [u8; 16], start: i64, index: u64) {
        let day = start.div_euclid(DAY);
        if day < self.first_day() || self.failure.is_some() {
            return;
        }
        let newest = day.min(self.today);
        self.horizon = Some(self.horizon.map_or(newest, |horizon| horizon.max(newest)));
        let hash = self.hash(fingerprint);
        // What is not known and yet there is this file's own.
        match self.table.insert((day, &hash), (self.file, index)) {
            Ok(before) => self.noted_before |= before.is_some(),
            Err(error) => {
                self.failure.get_or_insert(error.into());
            }
        }
    }
}
