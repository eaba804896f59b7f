//! Archives of a chain without a node, in both databases.

mod again;
mod chain;
mod crash;
mod databases;
mod en16931;
mod following;
mod invoices;
mod owed;
mod refusals;
mod relations;
mod reports;

use chain::Chain;
use interclear_archive::{
    archive::Position,
    database::Database,
    error::ArchiveError,
    index::{Indexer, Start},
};
use sqlx::Row;

/// Brings an archive up to date.
async fn index(
    chain: &Chain,
    database: &mut Database,
    start: Option<Start>,
) -> Result<Position, ArchiveError> {
    Indexer::new(chain).run(database, start, |_| {}).await
}

/// All rows of all tables, as text.
async fn rows(database: &mut Database) -> Vec<String> {
    let queries = [
        "SELECT CAST(chain AS TEXT), genesis, CAST(first_block AS TEXT), CAST(newest_block AS TEXT), newest_hash, CAST(entries AS TEXT) FROM archive",
        "SELECT CAST(version AS TEXT), CAST(first_block AS TEXT) FROM runtimes ORDER BY runtimes.version",
        "SELECT CAST(number AS TEXT), hash, state_root, CAST(time AS TEXT), CAST(runtime AS TEXT) FROM blocks ORDER BY blocks.number",
        "SELECT CAST(block AS TEXT), CAST(place AS TEXT), CAST(extrinsic AS TEXT), pallet, name, CAST(fields AS TEXT) FROM events ORDER BY events.block, events.place",
        "SELECT CAST(id AS TEXT), pallet, item, CAST(key AS TEXT), CAST(value AS TEXT), CAST(from_block AS TEXT), \
         CAST(to_block AS TEXT), CAST(gone AS TEXT) FROM state ORDER BY state.id",
    ];
    let mut all = Vec::new();
    for query in queries {
        for row in sqlx::query(query).fetch_all(database.connection()).await.unwrap() {
            let cells = (0..row.len()).map(|place| row.try_get::<Option<String>, _>(place).unwrap());
            all.push(
                cells
                    .map(Option::unwrap_or_default)
                    .collect::<Vec<_>>()
                    .join(" | "),
            );
        }
    }
    all
}

/// The address of a database in a folder.
fn within(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite:{}", folder.path().join(name).display())
}
