//! The state of a node as an archive for one question: what is asked of books is asked of it in the same words.
//!
//! It lies in a folder that goes with it, and has what the pallets hold now, not what they have told: a payment is what the positions
//! come to, and where a file stood before is not known.

use crate::{
    archive::{self, hexadecimal, Group, Position},
    changes::Change,
    database::Database,
    error::ArchiveError,
    runtime::Runtime,
    source::{Block, Source},
    verify::runtime_at,
};
use codec::Encode;
use interclear_primitives::series::SeriesKey;
use sp_crypto_hashing::{blake2_128, twox_128};

/// What explains money, but for files.
const ITEMS: [(&str, &str); 12] = [
    ("Operators", "Operators"),
    ("Agreements", "Agreements"),
    ("Agreements", "TermsOf"),
    ("Statements", "Statements"),
    ("Disputes", "Disputes"),
    ("Reports", "Reports"),
    ("Inventory", "Bills"),
    ("Netting", "Tokens"),
    ("Netting", "Cycles"),
    ("Netting", "Positions"),
    ("Netting", "Cuts"),
    ("Netting", "Obligations"),
];

/// Values that are asked for at once.
const PAGE: usize = 500;

/// The newest final state of a node.
pub struct Live<'a, S> {
    source: &'a S,
    block: Block,
    runtime: Runtime,
    position: Position,
    /// With which what is asked is answered.
    pub database: Database,
    _folder: tempfile::TempDir,
}

fn prefix(pallet: &str, item: &str) -> Vec<u8> {
    [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat()
}

impl<'a, S: Source> Live<'a, S> {
    /// Reads what explains money, but for files.
    ///
    /// # Errors
    /// The node does not answer, or what it answers cannot be read.
    pub async fn read(source: &'a S) -> Result<Self, ArchiveError> {
        let folder = tempfile::Builder::new().prefix("interclear-").tempdir();
        let folder = folder.map_err(|error| ArchiveError::File {
            path: std::env::temp_dir().display().to_string(),
            error,
        })?;
        let database =
            Database::to_write(&format!("sqlite:{}", folder.path().join("live.db").display())).await?;
        let number = source.newest().await.map_err(|error| error.at(0))?;
        let of = |error: crate::error::SourceError| error.at(number);
        let block = source.block(number).await.map_err(of)?;
        let runtime = runtime_at(source, &block).await?;
        let time = source
            .values(vec![crate::runtime::time_key()], block.hash)
            .await
            .map_err(of)?;
        let time = time
            .first()
            .and_then(|(_, octets)| codec::Decode::decode(&mut octets.as_slice()).ok());
        let mut position = Position {
            chain: source.name().await.map_err(of)?,
            genesis: hexadecimal(&source.genesis().await.map_err(of)?),
            first: number,
            newest: number,
            newest_hash: hexadecimal(&block.hash),
            entries: 0,
        };
        let mut group = Group::default();
        group.block(&block, &runtime, time.unwrap_or_default());
        let mut live = Self {
            source,
            block,
            runtime,
            position: position.clone(),
            database,
            _folder: folder,
        };
        let mut changes = Vec::new();
        for (pallet, item) in ITEMS {
            changes.extend(live.held(prefix(pallet, item)).await?);
        }
        live.add(&mut group, &changes, &mut position)?;
        archive::write(&mut live.database, None, &position, group).await?;
        live.position = position;
        Ok(live)
    }

    fn add(
        &self,
        group: &mut Group,
        changes: &[Change],
        position: &mut Position,
    ) -> Result<(), ArchiveError> {
        let added = group.changes(changes, self.block.number, &self.runtime, &mut position.entries);
        added.map_err(|reason| ArchiveError::Undecodable {
            number: self.block.number,
            reason,
        })
    }

    /// All that is held under a prefix.
    async fn held(&self, prefix: Vec<u8>) -> Result<Vec<Change>, ArchiveError> {
        let of = |error: crate::error::SourceError| error.at(self.block.number);
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let keys = self
                .source
                .keys(prefix.clone(), after.take(), self.block.hash)
                .await
                .map_err(of)?;
            let Some(last) = keys.last().cloned() else {
                return Ok(all);
            };
            for page in keys.chunks(PAGE) {
                all.extend(self.values(page.to_vec()).await?);
            }
            after = Some(last);
        }
    }

    async fn values(&self, keys: Vec<Vec<u8>>) -> Result<Vec<Change>, ArchiveError> {
        let values = self.source.values(keys, self.block.hash).await;
        let values = values.map_err(|error| error.at(self.block.number))?;
        let change = |(key, value)| Change {
            key,
            existed: false,
            value: Some(value),
        };
        Ok(values.into_iter().map(change).collect())
    }

    /// Adds the files of some series that the node has, from the newest number of each back to where it has none any more.
    ///
    /// # Errors
    /// As [`Live::read`].
    pub async fn with_files(&mut self, series: &[SeriesKey]) -> Result<(), ArchiveError> {
        let mut group = Group::default();
        let mut position = self.position.clone();
        let mut changes = Vec::new();
        for series in series {
            let hashed = |item: &str, key: Vec<u8>| {
                [prefix("Anchoring", item), blake2_128(&key).to_vec(), key].concat()
            };
            let state = self.values(vec![hashed("Sequences", series.encode())]).await?;
            // Its first part is the newest number.
            let newest = state
                .first()
                .and_then(|change| change.value.as_deref()?.get(..4)?.try_into().ok());
            let mut next = newest.map_or(0, u32::from_le_bytes);
            let mut seen = 0;
            while next > 0 && seen < series.stream.max_sequence() {
                let mut keys = Vec::new();
                for _ in 0..PAGE {
                    keys.push(hashed("Batches", series.file(next).encode()));
                    next = series.stream.previous(next);
                    seen = seen.saturating_add(1);
                }
                let page = self.values(keys).await?;
                if page.is_empty() {
                    break;
                }
                changes.extend(page);
            }
        }
        changes.sort_by(|one: &Change, other| one.key.cmp(&other.key));
        changes.dedup_by(|one, other| one.key == other.key);
        self.add(&mut group, &changes, &mut position)?;
        archive::write(&mut self.database, Some(&self.position), &position, group).await?;
        self.position = position;
        Ok(())
    }
}
