//! An archive compared with the state of a node, by other means than it was filled: keys in pages and their values, unproven.

use crate::{
    archive::{hexadecimal, position},
    database::{column, Database},
    error::ArchiveError,
    runtime::{version_key, Entry, Runtime},
    source::{Block, Source},
};
use codec::{Compact, Decode};
use futures::TryStreamExt;
use serde_json::Value;
use std::collections::BTreeMap;

/// Something that the archive and the node do not say alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The pallet.
    pub pallet: String,
    /// The item of its storage.
    pub item: String,
    /// The key in JSON.
    pub key: String,
    /// What the archive has.
    pub archive: Option<Value>,
    /// What the node has.
    pub node: Option<Value>,
}

/// What a comparison came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// At which node and database were compared.
    pub block: u64,
    /// Entries that are alike.
    pub equal: u64,
    /// Entries that differ.
    pub differences: Vec<Difference>,
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// The runtime that has made a block.
pub(crate) async fn runtime_at(source: &impl Source, block: &Block) -> Result<Runtime, ArchiveError> {
    let of = |error: crate::error::SourceError| error.at(block.number);
    let wrong = |reason: String| ArchiveError::Undecodable {
        number: block.number,
        reason,
    };
    let values = source.values(vec![version_key()], block.hash).await.map_err(of)?;
    let version = values
        .first()
        .and_then(|(_, value)| Compact::<u32>::decode(&mut value.as_slice()).ok());
    let version = version
        .ok_or_else(|| wrong("it does not say which runtime has made it".into()))?
        .0;
    let at = match source.version(block.hash).await.map_err(of)? == version {
        true => block.hash,
        false => block.parent,
    };
    let octets = source.metadata(at).await.map_err(of)?;
    Runtime::new(version, octets).map_err(wrong)
}

/// Compares an archive with the state of a node at a block, by default the archive's newest.
///
/// # Errors
/// The archive does not have that block, the node does not have its state, or the connection broke.
pub async fn verify(
    source: &impl Source,
    database: &mut Database,
    at: Option<u64>,
) -> Result<Verdict, ArchiveError> {
    let position = position(database).await?.ok_or(ArchiveError::Empty)?;
    let genesis = hexadecimal(&source.genesis().await.map_err(|error| error.at(0))?);
    position.ensure_of(&genesis)?;
    let number = at.unwrap_or(position.newest);
    if number < position.first || number > position.newest {
        return Err(ArchiveError::NotKnown {
            first: position.first,
            newest: position.newest,
            asked: number,
        });
    }
    let newest = source.newest().await.map_err(|error| error.at(0))?;
    if newest < number {
        return Err(ArchiveError::Behind {
            node: newest,
            archive: number,
        });
    }
    let of = |error: crate::error::SourceError| error.at(number);
    let block = source.block(number).await.map_err(of)?;
    let runtime = runtime_at(source, &block).await?;
    let mut verdict = Verdict {
        block: number,
        equal: 0,
        differences: Vec::new(),
    };
    for prefix in runtime.prefixes() {
        let mut held = of_archive(database, &prefix, number, number == position.newest).await?;
        let mut after = None;
        loop {
            let keys = source
                .keys(prefix.clone(), after.clone(), block.hash)
                .await
                .map_err(of)?;
            let Some(last) = keys.last().cloned() else {
                break;
            };
            for (key, value) in source.values(keys, block.hash).await.map_err(of)? {
                let entry = runtime.entry(&key, &value);
                let entry = entry.map_err(|reason| ArchiveError::Undecodable { number, reason })?;
                verdict.compare(held.remove(&key), Some(entry));
            }
            after = Some(last);
        }
        for entry in held.into_values() {
            verdict.compare(Some(entry), None);
        }
    }
    Ok(verdict)
}

impl Verdict {
    fn compare(&mut self, archive: Option<Entry>, node: Option<Entry>) {
        let named = |entry: &Entry| {
            (
                entry.pallet.clone(),
                entry.item.clone(),
                parsed(&entry.key),
                parsed(&entry.value),
            )
        };
        if archive.as_ref().map(named) == node.as_ref().map(named) {
            self.equal = self.equal.saturating_add(1);
            return;
        }
        let Some(either) = node.as_ref().or(archive.as_ref()) else {
            return;
        };
        self.differences.push(Difference {
            pallet: either.pallet.clone(),
            item: either.item.clone(),
            key: either.key.clone(),
            archive: archive.as_ref().map(|entry| parsed(&entry.value)),
            node: node.as_ref().map(|entry| parsed(&entry.value)),
        });
    }
}

/// What an archive has of a pallet at a block, by key.
async fn of_archive(
    database: &mut Database,
    prefix: &[u8],
    number: u64,
    newest: bool,
) -> Result<BTreeMap<Vec<u8>, Entry>, ArchiveError> {
    // What holds now is found by its key; what held once, by looking at everything.
    let query = match newest {
        true => {
            "SELECT storage_key, pallet, item, CAST(key AS TEXT), CAST(value AS TEXT) FROM state \
             WHERE storage_key >= $1 AND storage_key < $2 AND from_block <= $3 AND to_block IS NULL"
        }
        false => {
            "SELECT storage_key, pallet, item, CAST(key AS TEXT), CAST(value AS TEXT) FROM state \
             WHERE storage_key >= $1 AND storage_key < $2 AND from_block <= $3 AND (to_block IS NULL OR to_block > $3)"
        }
    };
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            break;
        }
    }
    let rows = sqlx::query(query)
        .bind(prefix.to_vec())
        .bind(end)
        .bind(i64::try_from(number).unwrap_or(i64::MAX));
    let mut rows = rows.fetch(database.connection());
    let mut held = BTreeMap::new();
    while let Some(row) = rows.try_next().await? {
        let entry = Entry {
            pallet: column(&row, 1)?,
            item: column(&row, 2)?,
            key: column(&row, 3)?,
            value: column(&row, 4)?,
        };
        held.insert(column(&row, 0)?, entry);
    }
    Ok(held)
}
