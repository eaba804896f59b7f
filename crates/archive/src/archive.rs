//! What an archive has, and how blocks get into it: each with its rows and the new position in one transaction.

use crate::{
    changes::Change,
    database::{column, insert, Cell, Database, Kind, Table},
    error::ArchiveError,
    runtime::Runtime,
    source::Block,
};
use sp_crypto_hashing::blake2_256;
use sqlx::Connection;
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

const RUNTIMES: Table = Table {
    name: "runtimes",
    columns: &["version", "first_block", "metadata"],
};
const BLOCKS: Table = Table {
    name: "blocks",
    columns: &["number", "hash", "state_root", "time", "runtime"],
};
const EXTRINSICS: Table = Table {
    name: "extrinsics",
    columns: &[
        "block", "place", "hash", "pallet", "call", "signer", "error", "octets",
    ],
};
const EVENTS: Table = Table {
    name: "events",
    columns: &["block", "place", "extrinsic", "pallet", "name", "fields"],
};
const STATE: Table = Table {
    name: "state",
    columns: &[
        "id",
        "pallet",
        "item",
        "key",
        "value",
        "from_block",
        "to_block",
        "gone",
        "storage_key",
    ],
};
/// Where `to_block` stands in a row of `state`; `gone` comes next.
const TO_BLOCK: usize = 6;

/// How far an archive goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// The name of the chain.
    pub chain: String,
    /// The hash of the chain's first block.
    pub genesis: String,
    /// The first block that the archive has; what was there before is known as it was then.
    pub first: u64,
    /// The newest block.
    pub newest: u64,
    /// Its hash.
    pub newest_hash: String,
    /// How many rows `state` has had.
    pub entries: i64,
}

impl Position {
    /// Checks that the archive is of the chain whose first block has this hash, as [`hexadecimal`] writes it.
    ///
    /// # Errors
    /// It is of another one.
    pub fn ensure_of(&self, genesis: &str) -> Result<(), ArchiveError> {
        match self.genesis == genesis {
            true => Ok(()),
            false => Err(ArchiveError::OtherChain {
                archive: self.genesis.clone(),
                node: genesis.to_owned(),
            }),
        }
    }
}

/// A block and all that follows from it.
pub struct Indexed {
    /// Whose changes these are.
    pub block: Block,
    /// The runtime that has made it.
    pub runtime: Arc<Runtime>,
    /// Its time, in milliseconds.
    pub time: u64,
    /// Its events, as they are encoded.
    pub events: Vec<u8>,
    /// What it has changed.
    pub changes: Vec<Change>,
}

/// Octets as text.
pub fn hexadecimal(octets: &[u8]) -> String {
    format!("0x{}", hex::encode(octets))
}

fn int(number: impl TryInto<i64>) -> Cell {
    Cell::Int(number.try_into().unwrap_or(i64::MAX))
}

/// Blocks that are written together.
#[derive(Default)]
pub struct Group {
    blocks: Vec<Vec<Cell>>,
    runtimes: Vec<Vec<Cell>>,
    extrinsics: Vec<Vec<Cell>>,
    events: Vec<Vec<Cell>>,
    state: Vec<Vec<Cell>>,
    /// Rows of `state` that are of this group and still hold, by key.
    live: HashMap<Vec<u8>, usize>,
    /// Rows of former groups that end, at which block, and whether nothing takes their place.
    ended: Vec<(Vec<u8>, i64, i64)>,
    newest: Option<(u64, String)>,
}

impl Group {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        [&self.blocks, &self.extrinsics, &self.events, &self.state]
            .iter()
            .fold(0, |sum, rows| sum.saturating_add(rows.len()))
    }

    /// Its newest block.
    pub fn newest(&self) -> Option<u64> {
        self.newest.as_ref().map(|(number, _)| *number)
    }

    /// Adds a block; `entries` are the rows that `state` has had so far, and `known` the runtimes that are in the archive.
    ///
    /// # Errors
    /// Something in it cannot be read.
    pub fn add(
        &mut self,
        indexed: &Indexed,
        entries: &mut i64,
        known: &mut BTreeSet<u32>,
    ) -> Result<(), ArchiveError> {
        let (block, runtime) = (&indexed.block, &indexed.runtime);
        let wrong = |reason: String| ArchiveError::Undecodable {
            number: block.number,
            reason,
        };
        let number = i64::try_from(block.number).map_err(|error| wrong(error.to_string()))?;
        if known.insert(runtime.version) {
            self.describe(block, runtime);
        }
        self.head(block, runtime, indexed.time);
        let mut errors = HashMap::new();
        let mut place = 0;
        for event in runtime.events(&indexed.events).map_err(wrong)? {
            if event.pallet == "System" && event.name == "ExtrinsicFailed" {
                errors.extend(event.extrinsic.map(|of| (of, runtime.refusal(&event.fields))));
            }
            if !crate::runtime::is_indexed(&event.pallet) {
                continue;
            }
            self.events.push(vec![
                Cell::Int(number),
                Cell::Int(place),
                Cell::MaybeInt(event.extrinsic.map(i64::from)),
                Cell::Text(event.pallet),
                Cell::Text(event.name),
                Cell::Json(event.fields),
            ]);
            place = place.saturating_add(1);
        }
        for (place, octets) in (0u32..).zip(&block.extrinsics) {
            let extrinsic = runtime.extrinsic(octets).map_err(wrong)?;
            if extrinsic.signer.is_none() && !crate::runtime::is_indexed(&extrinsic.pallet) {
                continue;
            }
            self.extrinsics.push(vec![
                Cell::Int(number),
                int(place),
                Cell::Text(hexadecimal(&blake2_256(octets))),
                Cell::Text(extrinsic.pallet),
                Cell::Text(extrinsic.call),
                Cell::MaybeText(extrinsic.signer),
                Cell::MaybeText(errors.remove(&place)),
                Cell::Octets(octets.clone()),
            ]);
        }
        self.changes(&indexed.changes, block.number, runtime, entries)
            .map_err(wrong)?;
        self.newest = Some((block.number, hexadecimal(&block.hash)));
        Ok(())
    }

    fn describe(&mut self, block: &Block, runtime: &Runtime) {
        self.runtimes.push(vec![
            int(runtime.version),
            int(block.number),
            Cell::Octets(runtime.octets.clone()),
        ]);
    }

    fn head(&mut self, block: &Block, runtime: &Runtime, time: u64) {
        self.blocks.push(vec![
            int(block.number),
            Cell::Text(hexadecimal(&block.hash)),
            Cell::Text(hexadecimal(&block.state_root)),
            int(time),
            int(runtime.version),
        ]);
    }

    /// Adds a block and the runtime that has made it, but nothing that follows from it.
    pub fn block(&mut self, block: &Block, runtime: &Runtime, time: u64) {
        self.describe(block, runtime);
        self.head(block, runtime, time);
    }

    /// Adds what a block has changed; `entries` are the rows that `state` has had so far.
    ///
    /// # Errors
    /// Something in it cannot be read.
    pub fn changes(
        &mut self,
        changes: &[Change],
        block: u64,
        runtime: &Runtime,
        entries: &mut i64,
    ) -> Result<(), String> {
        let block = i64::try_from(block).map_err(|error| error.to_string())?;
        changes
            .iter()
            .try_for_each(|change| self.change(change, block, runtime, entries))
    }

    fn change(
        &mut self,
        change: &Change,
        number: i64,
        runtime: &Runtime,
        entries: &mut i64,
    ) -> Result<(), String> {
        let gone = i64::from(change.value.is_none());
        match self.live.remove(&change.key) {
            Some(row) => {
                let row = self.state.get_mut(row).and_then(|row| row.get_mut(TO_BLOCK..));
                if let Some([ended, of, ..]) = row {
                    *ended = Cell::MaybeInt(Some(number));
                    *of = Cell::Int(gone);
                }
            }
            None if change.existed => self.ended.push((change.key.clone(), number, gone)),
            None => {}
        }
        let Some(value) = &change.value else {
            return Ok(());
        };
        let entry = runtime.entry(&change.key, value)?;
        *entries = entries.saturating_add(1);
        self.live.insert(change.key.clone(), self.state.len());
        self.state.push(vec![
            Cell::Int(*entries),
            Cell::Text(entry.pallet),
            Cell::Text(entry.item),
            Cell::Json(entry.key),
            Cell::Json(entry.value),
            Cell::Int(number),
            Cell::MaybeInt(None),
            Cell::Int(0),
            Cell::Octets(change.key.clone()),
        ]);
        Ok(())
    }
}

/// How far an archive goes; `None` of one in which nothing is yet.
///
/// # Errors
/// What the database says.
pub async fn position(database: &mut Database) -> Result<Option<Position>, ArchiveError> {
    let query = "SELECT chain, genesis, first_block, newest_block, newest_hash, entries FROM archive";
    let row = sqlx::query(query).fetch_optional(database.connection()).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let block = |place| Ok::<_, ArchiveError>(u64::try_from(column::<i64>(&row, place)?).unwrap_or_default());
    Ok(Some(Position {
        chain: column(&row, 0)?,
        genesis: column(&row, 1)?,
        first: block(2)?,
        newest: block(3)?,
        newest_hash: column(&row, 4)?,
        entries: column(&row, 5)?,
    }))
}

/// The versions of the runtime that an archive describes.
///
/// # Errors
/// What the database says.
pub async fn runtimes(database: &mut Database) -> Result<BTreeSet<u32>, ArchiveError> {
    let rows = sqlx::query("SELECT version FROM runtimes")
        .fetch_all(database.connection())
        .await?;
    let each = rows
        .iter()
        .map(|row| Ok(u32::try_from(column::<i64>(row, 0)?).unwrap_or_default()));
    each.collect()
}

/// Writes blocks and the new position; all of it, or nothing.
///
/// # Errors
/// What the database says, and [`ArchiveError::Overtaken`] where another process was faster.
pub async fn write(
    database: &mut Database,
    before: Option<&Position>,
    after: &Position,
    group: Group,
) -> Result<(), ArchiveError> {
    let kind: Kind = database.kind();
    let mut transaction = database.connection().begin().await?;
    let connection = &mut *transaction;
    let number = |block: u64| i64::try_from(block).unwrap_or(i64::MAX);
    let moved = match before {
        None => {
            let query =
                "INSERT INTO archive (one, chain, genesis, first_block, newest_block, newest_hash, entries) \
                         VALUES (1, $1, $2, $3, $4, $5, $6)";
            sqlx::query(query)
                .bind(after.chain.as_str())
                .bind(after.genesis.as_str())
                .bind(number(after.first))
                .bind(number(after.newest))
                .bind(after.newest_hash.as_str())
                .bind(after.entries)
                .execute(&mut *connection)
                .await?
        }
        Some(before) => {
            let query = "UPDATE archive SET newest_block = $1, newest_hash = $2, entries = $3 \
                         WHERE newest_block = $4 AND newest_hash = $5 AND entries = $6";
            sqlx::query(query)
                .bind(number(after.newest))
                .bind(after.newest_hash.as_str())
                .bind(after.entries)
                .bind(number(before.newest))
                .bind(before.newest_hash.as_str())
                .bind(before.entries)
                .execute(&mut *connection)
                .await?
        }
    };
    if moved.rows_affected() != 1 {
        return Err(ArchiveError::Overtaken(before.map_or(0, |before| before.newest)));
    }
    for (key, at, gone) in group.ended {
        let query = "UPDATE state SET to_block = $1, gone = $2 WHERE storage_key = $3 AND to_block IS NULL";
        let ended = sqlx::query(query)
            .bind(at)
            .bind(gone)
            .bind(key)
            .execute(&mut *connection)
            .await?;
        if ended.rows_affected() != 1 {
            return Err(ArchiveError::Undecodable {
                number: u64::try_from(at).unwrap_or_default(),
                reason:
                    "it replaces a value that the archive does not have; index anew into another database"
                        .into(),
            });
        }
    }
    let tables = [
        (&RUNTIMES, group.runtimes),
        (&BLOCKS, group.blocks),
        (&EXTRINSICS, group.extrinsics),
        (&EVENTS, group.events),
        (&STATE, group.state),
    ];
    for (table, rows) in tables {
        insert(connection, kind, table, rows).await?;
    }
    transaction.commit().await?;
    Ok(())
}
