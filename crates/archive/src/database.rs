//! The database: SQLite in a file, or PostgreSQL, with one schema and the same queries.

use crate::error::ArchiveError;
use sqlx::{
    any::{AnyArguments, AnyRow},
    migrate::{MigrateError, Migration, MigrationType, Migrator},
    query::Query,
    Any, AnyConnection, AssertSqlSafe, Connection, Row, SqlSafeStr,
};
use std::{
    fs::{File, OpenOptions},
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Once},
};

/// Steps by which the schema has come to be. A step is never changed once it was released; the next one is added.
const STEPS: [(i64, &str, &str); 5] = [
    (1, "tables", include_str!("schema/tables.sql")),
    (2, "views", include_str!("schema/views.sql")),
    (3, "indexes", include_str!("schema/indexes.sql")),
    (4, "bills", include_str!("schema/bills.sql")),
    (5, "files", include_str!("schema/files.sql")),
];

/// The name of the lock that whoever writes a PostgreSQL archive has.
const WRITER: i64 = 0x696e_7465_7263;

/// What is different between the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Kind {
    /// Fills in the few words that the two do not share.
    fn words(self, sql: &str) -> String {
        let words: [(&str, &str); 10] = match self {
            Self::Sqlite => [
                ("{octets}", "BLOB"),
                ("{json}", "TEXT"),
                ("{row}", "INTEGER"),
                ("{ordered}", "WITHOUT ROWID"),
                ("{amount}", "INTEGER"),
                ("{each}", "json_each"),
                ("{as item}", "AS item"),
                ("{place}", "item.key"),
                ("{drop view}", "DROP VIEW"),
                ("{or replace} ", ""),
            ],
            Self::Postgres => [
                ("{octets}", "BYTEA"),
                ("{json}", "JSONB"),
                ("{row}", "BIGINT"),
                ("{ordered}", ""),
                ("{amount}", "NUMERIC"),
                ("{each}", "jsonb_array_elements"),
                ("{as item}", "WITH ORDINALITY AS item (value, key)"),
                ("{place}", "(item.key - 1)"),
                // What is replaced keeps who may read it.
                ("{drop view}", "-- replaced:"),
                ("{or replace} ", "OR REPLACE "),
            ],
        };
        let mut sql = sql.to_owned();
        for (name, word) in words {
            sql = sql.replace(name, word);
        }
        sql
    }

    fn migrator(self) -> Migrator {
        let steps = STEPS.iter().map(|(number, name, sql)| {
            let sql = AssertSqlSafe(self.words(sql)).into_sql_str();
            Migration::new(*number, (*name).into(), MigrationType::Simple, sql, false)
        });
        Migrator::with_migrations(steps.collect())
    }
}

/// A value of a row that is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// A whole number.
    Int(i64),
    /// A whole number, or nothing.
    MaybeInt(Option<i64>),
    /// As it is compared and sorted, by code points.
    Text(String),
    /// Text, or nothing.
    MaybeText(Option<String>),
    /// Kept as text in SQLite, as JSONB in PostgreSQL.
    Json(String),
    /// Of any length.
    Octets(Vec<u8>),
}

/// Rows that go into a table at once.
const ROWS: usize = 100;

/// A table, as far as writing needs it.
pub struct Table {
    /// As the schema has it.
    pub name: &'static str,
    /// Its columns, in the order of the cells.
    pub columns: &'static [&'static str],
}

/// A connection to an archive, for one who reads or the only one who writes.
pub struct Database {
    kind: Kind,
    /// What people know it by.
    name: String,
    connection: AnyConnection,
    /// The file, if this has made it.
    made: Option<PathBuf>,
    /// Held as long as this writes a file.
    _lock: Option<File>,
}

fn install() {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
}

/// The kind of database that a text names, and the file if it is one.
fn place(url: &str) -> Result<(Kind, Option<PathBuf>), ArchiveError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok((Kind::Postgres, None));
    }
    let file = url
        .strip_prefix("sqlite://")
        .or_else(|| url.strip_prefix("sqlite:"));
    match file.filter(|file| !file.is_empty() && !file.contains('?') && !file.contains(":memory:")) {
        Some(file) => Ok((Kind::Sqlite, Some(file.into()))),
        None => Err(ArchiveError::NoUrl(without_password(url))),
    }
}

/// An address as it may be shown.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    // A password may have the sign, too, or be among the parameters.
    let first = |part: &str, ends: &[char]| part.split(ends).next().unwrap_or_default().to_owned();
    match rest.rsplit_once('@') {
        // Behind it is no host, or not surely.
        Some((user, _)) if user.contains('?') => format!("{scheme}://{}", first(user, &[':', '?'])),
        Some((user, host)) => format!("{scheme}://{}@{}", first(user, &[':']), first(host, &['?'])),
        None if scheme == "sqlite" => url.to_owned(),
        None => format!("{scheme}://{}", first(rest, &['?'])),
    }
}

/// Whether a file can be what SQLite has written: nothing yet, or all the pages that its first one tells of.
fn is_whole(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size == 0 {
        return Ok(true);
    }
    let mut head = [0; 100];
    if file.read_exact(&mut head).is_err() || !head.starts_with(b"SQLite format 3\0") {
        return Ok(false);
    }
    // What is not in the file yet may be in the log beside it.
    let log = log_of(path, "-wal").metadata().map_or(0, |log| log.len());
    let number = |at: usize| {
        let octets = head.get(at..at.saturating_add(4)).unwrap_or_default();
        octets
            .iter()
            .fold(0u64, |number, octet| number << 8 | u64::from(*octet))
    };
    let page = match number(16) >> 16 {
        1 => 65_536,
        size => size,
    };
    Ok(log > 0 || number(24) != number(92) || size >= page.saturating_mul(number(28)))
}

fn log_of(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

impl Database {
    /// Opens an archive to write it; makes what is not there.
    ///
    /// # Errors
    /// Another process writes it, another version has made it, or it is something else.
    pub async fn to_write(url: &str) -> Result<Self, ArchiveError> {
        let (kind, file) = place(url)?;
        let name = without_password(url);
        let is_new = file.as_ref().is_some_and(|path| !path.exists());
        if let Some(path) = &file {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
                return Err(ArchiveError::NoFolder(folder.display().to_string()));
            }
            if !is_new {
                if !is_whole(path).map_err(|error| of_file(path, error))? {
                    return Err(ArchiveError::NoSqlite(name));
                }
                if has_two_names(path).map_err(|error| of_file(path, error))? {
                    return Err(ArchiveError::TwoNames(name));
                }
            }
        }
        let mut database = Self::open(url, kind, name, file.is_some().then_some("rwc")).await?;
        // What is something else's is neither written nor locked.
        let tables = database.tables().await?;
        let has = |name: &str| tables.iter().any(|table| table == name);
        if !tables.is_empty() && !(has("_sqlx_migrations") && (has("archive") || tables.len() == 1)) {
            return Err(ArchiveError::Foreign(database.name));
        }
        if let Some(path) = &file {
            // By whatever name it was found, it is there by now.
            let path = path.canonicalize().map_err(|error| of_file(path, error))?;
            database._lock = Some(lock(&path, &database.name)?);
            database.made = is_new.then_some(path);
        }
        match kind {
            Kind::Sqlite => {
                for pragma in [
                    "PRAGMA busy_timeout = 10000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = NORMAL",
                    "PRAGMA cache_size = -65536",
                ] {
                    let set = sqlx::raw_sql(pragma).execute(&mut database.connection).await;
                    set.map_err(|error| database.broken(error))?;
                }
            }
            Kind::Postgres => {
                let row = sqlx::query("SELECT pg_try_advisory_lock($1)")
                    .bind(WRITER)
                    .fetch_one(&mut database.connection)
                    .await?;
                if !row.try_get::<bool, _>(0)? {
                    return Err(ArchiveError::Locked(database.name));
                }
            }
        }
        let migrated = kind
            .migrator()
            .run_direct(None, &mut database.connection, false)
            .await;
        migrated.map_err(|error| database.of_other_version(error))?;
        Ok(database)
    }

    /// Opens an archive to read it: as it is with the first query, however much is written meanwhile.
    ///
    /// # Errors
    /// It is not there, another version has made it, or it is something else.
    pub async fn to_read(url: &str) -> Result<Self, ArchiveError> {
        let (kind, file) = place(url)?;
        let name = without_password(url);
        if let Some(path) = &file {
            if !path.exists() {
                return Err(ArchiveError::NoDatabase(name));
            }
            if !is_whole(path).map_err(|error| of_file(path, error))? {
                return Err(ArchiveError::NoSqlite(name));
            }
        }
        let mut database = Self::open(url, kind, name, file.is_some().then_some("rw")).await?;
        if !database.tables().await?.iter().any(|table| table == "archive") {
            return Err(ArchiveError::Foreign(database.name));
        }
        let applied = sqlx::query("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
        let applied = applied.fetch_all(&mut database.connection).await?;
        let applied: Vec<(i64, Vec<u8>)> = applied
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<_, sqlx::Error>>()?;
        let own = kind.migrator();
        let own: Vec<(i64, Vec<u8>)> = own
            .iter()
            .map(|step| (step.version, step.checksum.to_vec()))
            .collect();
        match own.strip_prefix(applied.as_slice()) {
            Some([]) => {
                // What is added up of several queries is of one block, and what is compared with a node, too.
                let still = match kind {
                    Kind::Sqlite => "BEGIN",
                    Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                };
                sqlx::raw_sql(still).execute(&mut database.connection).await?;
                Ok(database)
            }
            Some(_) if !applied.is_empty() => Err(ArchiveError::Outdated(database.name)),
            _ => Err(ArchiveError::OtherVersion(database.name)),
        }
    }

    async fn open(url: &str, kind: Kind, name: String, mode: Option<&str>) -> Result<Self, ArchiveError> {
        install();
        let url = mode.map_or_else(|| url.to_owned(), |mode| format!("{url}?mode={mode}"));
        let connection = AnyConnection::connect(&url).await;
        let connection = connection.map_err(|error| match kind {
            Kind::Sqlite if is_no_database(&error) => ArchiveError::NoSqlite(name.clone()),
            Kind::Sqlite => ArchiveError::Database(error),
            Kind::Postgres => ArchiveError::NoServer {
                name: name.clone(),
                error,
            },
        })?;
        Ok(Self {
            kind,
            name,
            connection,
            made: None,
            _lock: None,
        })
    }

    /// Closes it, and removes a file that this has made and nothing was written into.
    ///
    /// # Errors
    /// What the database or the system says.
    pub async fn close(mut self) -> Result<(), ArchiveError> {
        let position = sqlx::query("SELECT 1 FROM archive LIMIT 1");
        let empty = position.fetch_optional(&mut self.connection).await?.is_none();
        if self.kind == Kind::Postgres {
            // The server notices only some time later that a connection is gone.
            let unlock = sqlx::query("SELECT pg_advisory_unlock($1)").bind(WRITER);
            unlock.execute(&mut self.connection).await?;
        }
        self.connection.close().await?;
        for path in self.made.iter().filter(|_| empty) {
            for end in ["", "-wal", "-shm", "-lock"] {
                let path = log_of(path, end);
                if path.exists() {
                    std::fs::remove_file(&path).map_err(|error| of_file(&path, error))?;
                }
            }
        }
        Ok(())
    }

    /// What people know it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which of the two it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The connection, for queries.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    async fn tables(&mut self) -> Result<Vec<String>, ArchiveError> {
        let query = match self.kind {
            Kind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
            Kind::Postgres => {
                "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
            }
        };
        let rows = sqlx::query(query).fetch_all(&mut self.connection).await;
        let rows = rows.map_err(|error| self.broken(error))?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    fn broken(&self, error: sqlx::Error) -> ArchiveError {
        match is_no_database(&error) {
            true => ArchiveError::NoSqlite(self.name.clone()),
            false => ArchiveError::Database(error),
        }
    }

    fn of_other_version(&self, error: MigrateError) -> ArchiveError {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => self.broken(error),
            _ => ArchiveError::OtherVersion(self.name.clone()),
        }
    }
}

/// SQLite says so of a file that is not its own (26) or is damaged (11).
fn is_no_database(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("26" | "11"))
}

fn of_file(path: &Path, error: std::io::Error) -> ArchiveError {
    ArchiveError::File {
        path: path.display().to_string(),
        error,
    }
}

/// Whether a file has more than one name of its own: then neither the lock nor SQLite's log lies beside both.
#[cfg(unix)]
fn has_two_names(path: &Path) -> std::io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&path.metadata()?) > 1)
}

#[cfg(not(unix))]
fn has_two_names(_: &Path) -> std::io::Result<bool> {
    Ok(false)
}

/// Locks a file, by the one path that all symbolic links to it lead to.
fn lock(path: &Path, name: &str) -> Result<File, ArchiveError> {
    let path = log_of(path, "-lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = file.map_err(|error| of_file(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(ArchiveError::Locked(name.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(of_file(&path, error)),
    }
}

fn bind<'q>(query: Query<'q, Any, AnyArguments>, cell: Cell) -> Query<'q, Any, AnyArguments> {
    match cell {
        Cell::Int(number) => query.bind(number),
        Cell::MaybeInt(number) => query.bind(number),
        Cell::Text(text) | Cell::Json(text) => query.bind(text),
        Cell::MaybeText(text) => query.bind(text),
        Cell::Octets(octets) => query.bind(octets),
    }
}

/// The statement that writes so many rows of the form of these cells.
fn statement(kind: Kind, table: &Table, form: &[Cell], rows: usize) -> String {
    let mut sql = format!(
        "INSERT INTO {} ({}) VALUES ",
        table.name,
        table.columns.join(", ")
    );
    let mut place = 0;
    for row in 0..rows {
        sql.push_str(if row > 0 { ",(" } else { "(" });
        for (column, cell) in form.iter().enumerate() {
            place += 1;
            if column > 0 {
                sql.push(',');
            }
            // SQLite would look each number up among all the others.
            if kind == Kind::Sqlite {
                sql.push('?');
            } else {
                sql.push_str(&format!("${place}"));
                sql.push_str(match cell {
                    Cell::Json(_) => "::jsonb",
                    Cell::MaybeInt(_) => "::bigint",
                    _ => "",
                });
            }
        }
        sql.push(')');
    }
    sql
}

/// Writes rows into a table, many at a time.
///
/// # Errors
/// What the database says.
pub async fn insert(
    connection: &mut AnyConnection,
    kind: Kind,
    table: &Table,
    rows: Vec<Vec<Cell>>,
) -> Result<(), sqlx::Error> {
    let Some(form) = rows.first().cloned() else {
        return Ok(());
    };
    let full: Arc<str> = statement(kind, table, &form, ROWS).into();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Cell>> = rows.by_ref().take(ROWS).collect();
        let (sql, often) = match chunk.len() == ROWS {
            true => (full.clone(), true),
            false => (statement(kind, table, &form, chunk.len()).into(), false),
        };
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(often);
        for cell in chunk.into_iter().flatten() {
            query = bind(query, cell);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// What stands for `$1` and so on in a query.
#[derive(Clone, Copy)]
pub enum Bind<'a> {
    /// A whole number.
    Int(i64),
    /// Compared by code points.
    Text(&'a str),
}

impl From<i64> for Bind<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Bind<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl<'a> From<&'a str> for Bind<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// A query with what stands in it for `$1` and so on.
pub(crate) fn bound(query: impl SqlSafeStr, with: &[Bind<'_>]) -> Query<'static, Any, AnyArguments> {
    let mut asked = sqlx::query(query);
    for bind in with {
        asked = match bind {
            Bind::Int(number) => asked.bind(*number),
            Bind::Text(text) => asked.bind((*text).to_owned()),
        };
    }
    asked
}

/// The rows of a query whose columns all are text, or nothing.
///
/// # Errors
/// What the database says.
pub async fn texts(
    database: &mut Database,
    query: impl SqlSafeStr,
    with: &[Bind<'_>],
) -> Result<Vec<Vec<Option<String>>>, ArchiveError> {
    let rows = bound(query, with).fetch_all(&mut database.connection).await?;
    let cells = rows.iter().map(|row| {
        (0..row.len())
            .map(|place| row.try_get(place))
            .collect::<Result<_, _>>()
    });
    Ok(cells.collect::<Result<_, _>>()?)
}

/// A column of a row of [`texts`]; empty where there is nothing.
pub(crate) fn cell(row: &[Option<String>], place: usize) -> &str {
    row.get(place).and_then(Option::as_deref).unwrap_or_default()
}

/// A column of a row.
///
/// # Errors
/// The row has another form.
pub fn column<'r, T: sqlx::Decode<'r, Any> + sqlx::Type<Any>>(
    row: &'r AnyRow,
    place: usize,
) -> Result<T, ArchiveError> {
    Ok(row.try_get(place)?)
}
