//! Indexing: from where an archive is up to the newest final block.

use crate::{
    archive::{self, hexadecimal, Group, Indexed, Position},
    changes::{changes, read},
    database::Database,
    error::ArchiveError,
    runtime::{events_key, time_key, version_key, Runtime},
    source::{Block, Source},
    trie::Proven,
};
use codec::{Compact, Decode};
use futures::{stream, StreamExt, TryStreamExt};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Mutex;

/// Blocks that are asked for at once.
const AHEAD: usize = 4;
/// Blocks whose headers are fetched before their states are compared.
const STRETCH: u64 = 64;
/// Rows after which a transaction ends.
pub const ROWS: usize = 5_000;

/// Where a new archive begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// At the chain's first block: nothing is missing.
    Genesis,
    /// At the newest final block: with the state as it is then.
    Snapshot,
    /// At this block: with the state as it was then.
    Block(u64),
}

/// How far indexing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// The newest block in the archive.
    pub block: u64,
    /// The newest final block.
    pub end: u64,
    /// Rows that were written.
    pub rows: u64,
}

/// Follows a chain into an archive.
pub struct Indexer<'a, S> {
    source: &'a S,
    proven: Proven,
    runtimes: Mutex<HashMap<u32, Arc<Runtime>>>,
}

impl<'a, S: Source> Indexer<'a, S> {
    /// An indexer that asks this chain.
    pub fn new(source: &'a S) -> Self {
        Self {
            source,
            proven: Proven::default(),
            runtimes: Mutex::default(),
        }
    }

    /// Brings an archive up to the newest final block, and says how far it is.
    ///
    /// # Errors
    /// The archive is of another chain or begins elsewhere, the node is behind, has dropped a state or proves something else, or
    /// the connection broke. What was written stays, up to a whole block.
    pub async fn run(
        &self,
        database: &mut Database,
        start: Option<Start>,
        mut listener: impl FnMut(Progress),
    ) -> Result<Position, ArchiveError> {
        let genesis = hexadecimal(&self.source.genesis().await.map_err(|error| error.at(0))?);
        let end = self.source.newest().await.map_err(|error| error.at(0))?;
        let mut position = archive::position(database).await?;
        let first = match start {
            None | Some(Start::Genesis) => 0,
            Some(Start::Snapshot) => end,
            Some(Start::Block(number)) => number,
        };
        let mut previous = None;
        if let Some(position) = &position {
            position.ensure_of(&genesis)?;
            // A snapshot that is there goes on.
            let asked = start.filter(|start| *start != Start::Snapshot);
            if asked.is_some() && first != position.first {
                return Err(ArchiveError::OtherStart {
                    archive: position.first,
                    asked: first,
                });
            }
            if end < position.newest {
                return Err(ArchiveError::Behind {
                    node: end,
                    archive: position.newest,
                });
            }
            let newest = self.block(position.newest).await?;
            if hexadecimal(&newest.hash) != position.newest_hash {
                return Err(ArchiveError::OtherBlock(position.newest));
            }
            previous = Some(newest);
        }
        let mut rows = 0u64;
        let mut known = archive::runtimes(database).await?;
        let mut entries = position.as_ref().map_or(0, |position| position.entries);
        let mut next = previous
            .as_ref()
            .map_or(first, |block| block.number.saturating_add(1));
        if position.is_none() && next > end {
            return Err(ArchiveError::Behind {
                node: end,
                archive: next,
            });
        }
        let mut group = Group::default();
        while next <= end {
            self.proven.forget();
            let last = end.min(next.saturating_add(STRETCH).saturating_sub(1));
            let blocks = stream::iter(next..=last)
                .map(|number| self.block(number))
                .buffered(AHEAD);
            let blocks: Vec<Block> = blocks.try_collect().await?;
            let mut pairs = Vec::new();
            for block in &blocks {
                if previous
                    .as_ref()
                    .is_some_and(|previous| previous.hash != block.parent)
                {
                    return Err(ArchiveError::OtherBlock(block.number));
                }
                pairs.push((previous.clone(), block.clone()));
                previous = Some(block.clone());
            }
            let each = stream::iter(pairs).map(|(old, new)| self.indexed(old, new));
            let mut each = each.buffered(AHEAD);
            while let Some(indexed) = each.try_next().await? {
                group.add(&indexed, &mut entries, &mut known)?;
                if group.rows() >= ROWS || indexed.block.number == end {
                    let full = std::mem::take(&mut group);
                    rows = rows.saturating_add(u64::try_from(full.rows()).unwrap_or_default());
                    let after = Position {
                        chain: match &position {
                            Some(position) => position.chain.clone(),
                            None => self.source.name().await.map_err(|error| error.at(0))?,
                        },
                        genesis: genesis.clone(),
                        first: position.as_ref().map_or(first, |position| position.first),
                        newest: indexed.block.number,
                        newest_hash: hexadecimal(&indexed.block.hash),
                        entries,
                    };
                    archive::write(database, position.as_ref(), &after, full).await?;
                    position = Some(after);
                    listener(Progress {
                        block: indexed.block.number,
                        end,
                        rows,
                    });
                }
            }
            next = last.saturating_add(1);
        }
        position.ok_or(ArchiveError::Empty)
    }

    async fn block(&self, number: u64) -> Result<Block, ArchiveError> {
        self.source.block(number).await.map_err(|error| error.at(number))
    }

    async fn indexed(&self, old: Option<Block>, block: Block) -> Result<Indexed, ArchiveError> {
        let wrong = |reason: String| ArchiveError::Undecodable {
            number: block.number,
            reason,
        };
        let keys = [version_key(), time_key(), events_key()];
        let [version, time, events] = read(self.source, &self.proven, keys, &block).await?;
        let version = version.and_then(|octets| Compact::<u32>::decode(&mut octets.as_slice()).ok());
        let version = version
            .ok_or_else(|| wrong("it does not say which runtime has made it".into()))?
            .0;
        let runtime = self.runtime(version, &block).await?;
        // The first block has no time.
        let time = time.and_then(|octets| u64::decode(&mut octets.as_slice()).ok());
        let changes = changes(
            self.source,
            &self.proven,
            &runtime.prefixes(),
            old.as_ref(),
            &block,
        )
        .await?;
        Ok(Indexed {
            block,
            runtime,
            time: time.unwrap_or_default(),
            events: events.unwrap_or_default(),
            changes,
        })
    }

    /// The runtime of this version, which has made this block.
    async fn runtime(&self, version: u32, block: &Block) -> Result<Arc<Runtime>, ArchiveError> {
        let mut runtimes = self.runtimes.lock().await;
        if let Some(runtime) = runtimes.get(&version) {
            return Ok(runtime.clone());
        }
        let of = |error: crate::error::SourceError| error.at(block.number);
        // A block that puts a new runtime into the state was itself made by the one before.
        let at = match self.source.version(block.hash).await.map_err(of)? == version {
            true => block.hash,
            false => block.parent,
        };
        let octets = self.source.metadata(at).await.map_err(of)?;
        let runtime = Runtime::new(version, octets).map_err(|reason| ArchiveError::Undecodable {
            number: block.number,
            reason,
        })?;
        let runtime = Arc::new(runtime);
        runtimes.insert(version, runtime.clone());
        Ok(runtime)
    }
}
