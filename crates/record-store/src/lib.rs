#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

use interclear_tap::{
    model::BatchControl, time::DAY, validate_with_history, Item, Options, Outcome, Reader, RecordHistory,
    Severity,
};
use redb::{Database, ReadableTable, ReadableTableMetadata, Table, TableDefinition};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fs::{File, OpenOptions},
    hash::{BuildHasherDefault, Hasher},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// Days for which duplicates are looked for, unless said otherwise.
pub const WINDOW_DAYS: u32 = 90;
/// Records that a store holds, at most, unless said otherwise: some 10 GB.
pub const MAX_RECORDS: u64 = 200_000_000;
/// Memory that the database may use for pages.
const CACHE: usize = 64 << 20;

/// Records of a file that wait to be written in order, at most.
const BATCH: usize = 1 << 20;

/// Day of the call and keyed hash of the record.
type Key = (i64, &'static [u8; 16]);
/// Which file it was, under which number of which series, and the place in it.
type Seen = (u64, u64, u64);
const RECORDS: TableDefinition<'static, Key, Seen> = TableDefinition::new("records of files");
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
    /// Reads the whole store when there is something to forget.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is then forgotten.
    pub fn forget_refused(&mut self, refused: &[&Path]) -> Result<(), StoreError> {
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
            .retain(|_, (file, _, _)| !forgotten.contains(&file))?;
        Ok(transaction.commit()?)
    }

    /// Says that a file, or records of it by their places from 0, was returned after its check: they may be sent again.
    /// Reads the whole store.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is then forgotten.
    pub fn returned(&mut self, path: &Path, records: Option<&BTreeSet<u64>>) -> Result<(), StoreError> {
        let identity = File::open(path).and_then(|mut file| identity(&mut file));
        let identity = identity.map_err(failed(path))?;
        let transaction = self.database.begin_write()?;
        transaction.open_table(RECORDS)?.retain(|_, (file, _, place)| {
            file != identity || records.is_some_and(|records| !records.contains(&place))
        })?;
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
        let mut file = File::open(path).map_err(failed(path))?;
        let identity = identity(&mut file).map_err(failed(path))?;
        let control = control(path).map_err(failed(path))?;
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
                key: hasher(&self.key, control.is_test()),
                last: ([0; 16], [0; 16]),
                file: identity,
                slot: slot(&control),
                resent: control.rap_sequence.is_some(),
                everything: notes == Notes::Everything,
                waiting: HashMap::default(),
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
            let refused = outcome.error.is_some() || outcome.findings.count(Severity::Fatal) > 0;
            if notes == Notes::Nothing || refused {
                return Ok(outcome);
            }
            session.write()?;
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
        Ok(Some(Item::BatchControl(control))) => Ok(control),
        _ => Ok(BatchControl::default()),
    }
}

/// The number of a file in its series.
fn slot(control: &BatchControl) -> u64 {
    let mut state = blake2b_simd::Params::new().hash_length(8).to_state();
    for field in [&control.sender, &control.recipient, &control.sequence] {
        state
            .update(field.as_deref().unwrap_or_default().as_bytes())
            .update(&[0]);
    }
    let mut slot = [0; 8];
    slot.copy_from_slice(state.finalize().as_bytes());
    u64::from_le_bytes(slot)
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

/// The first octets of what is a keyed hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, octets: &[u8]) {
        for (place, octet) in octets.iter().take(8).enumerate() {
            self.0 ^= u64::from(*octet) << (8 * place);
        }
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The store while one file is read.
struct Session<'t> {
    table: Table<'t, Key, Seen>,
    key: blake2b_simd::State,
    /// The last fingerprint with its hash: a record is noted right after it was looked up.
    last: ([u8; 16], [u8; 16]),
    file: u64,
    slot: u64,
    /// Whether returns asked for the file, so that it takes the place of the first one with its number.
    resent: bool,
    /// Whether records are noted that are to be returned.
    everything: bool,
    /// What the file adds, to be written in order: day and place.
    waiting: HashMap<[u8; 16], (i64, u64), BuildHasherDefault<Hashed>>,
    window: i64,
    today: i64,
    horizon: Option<i64>,
    /// Whether a record of this file was in the store already.
    noted_before: bool,
    /// The first failure; validation goes on without the store and its outcome is thrown away.
    failure: Option<redb::Error>,
}

impl Session<'_> {
    fn hash(&mut self, fingerprint: [u8; 16]) -> [u8; 16] {
        if self.last.0 != fingerprint {
            let hash = self.key.clone().update(&fingerprint).finalize();
            self.last.0 = fingerprint;
            self.last.1.copy_from_slice(hash.as_bytes());
        }
        self.last.1
    }

    /// Writes what waits, by day and hash: neighbours stand on the same pages.
    fn write(&mut self) -> Result<(), redb::Error> {
        let mut records: Vec<_> = self
            .waiting
            .drain()
            .map(|(hash, (day, place))| (day, hash, place))
            .collect();
        records.sort_unstable();
        for (day, hash, place) in records {
            let before = self.table.insert((day, &hash), (self.file, self.slot, place))?;
            self.noted_before |= before.is_some_and(|before| before.value().0 == self.file);
        }
        Ok(())
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

impl RecordHistory for Session<'_> {
    fn known(&mut self, fingerprint: [u8; 16], start: i64, index: u64) -> bool {
        let hash = self.hash(fingerprint);
        let day = start.div_euclid(DAY);
        if self.waiting.get(&hash).is_some_and(|known| known.0 == day) {
            return true;
        }
        let known = match self.table.get((day, &hash)) {
            Ok(seen) => seen.is_some_and(|seen| {
                let (file, slot, place) = seen.value();
                let own = (file, place) == (self.file, index);
                let replaced = self.resent && slot == self.slot && file != self.file;
                !(own || replaced)
            }),
            Err(error) => {
                self.failure.get_or_insert(error.into());
                false
            }
        };
        if self.everything && !known {
            self.note(fingerprint, start, index);
        }
        known
    }

    fn note(&mut self, fingerprint: [u8; 16], start: i64, index: u64) {
        let day = start.div_euclid(DAY);
        if day < self.first_day() || self.failure.is_some() {
            return;
        }
        let newest = day.min(self.today);
        self.horizon = Some(self.horizon.map_or(newest, |horizon| horizon.max(newest)));
        let hash = self.hash(fingerprint);
        self.waiting.insert(hash, (day, index));
        if self.waiting.len() >= BATCH {
            if let Err(error) = self.write() {
                self.failure.get_or_insert(error);
            }
        }
    }
}
