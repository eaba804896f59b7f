//! What an archive has when it has followed a chain.

use crate::{chain::Chain, databases::server, index, rows, within};
use interclear_archive::{
    database::Database, index::Start, runtime::Runtime, source::Source, verify::verify,
};
use sqlx::Row;
use std::sync::atomic::Ordering;

async fn prefixes(chain: &Chain) -> Vec<Vec<u8>> {
    let metadata = chain.metadata(chain.genesis().await.unwrap()).await.unwrap();
    Runtime::new(1, metadata).unwrap().prefixes()
}

#[tokio::test]
async fn an_archive_should_have_the_state_of_every_block_when_calls_change_it_at_random() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(7, 120);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    let position = index(&chain, &mut database, None).await.unwrap();
    assert_eq!((position.first, position.newest), (0, 120));
    let prefixes = prefixes(&chain).await;
    for number in 0..=120 {
        let verdict = verify(&chain, &mut database, Some(number)).await.unwrap();
        assert_eq!(verdict.differences, [], "block {number}");
        assert_eq!(
            usize::try_from(verdict.equal).unwrap(),
            chain.count(number, &prefixes),
            "block {number}"
        );
    }
    let row = sqlx::query("SELECT COUNT(*), SUM(gone), COUNT(to_block) FROM state")
        .fetch_one(database.connection())
        .await
        .unwrap();
    let (all, gone, ended) = (row.get::<i64, _>(0), row.get::<i64, _>(1), row.get::<i64, _>(2));
    assert!(
        gone > 10 && ended > gone && all > ended,
        "{all} {gone} {ended}: values come, change and go"
    );
}

#[tokio::test]
async fn what_is_held_and_told_should_have_its_own_names_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(3, 40);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&chain, &mut database, None).await.unwrap();
    let query = "SELECT fields ->> 'asset_id', fields ->> 'owner', block FROM events \
                 WHERE pallet = 'Assets' AND name = 'ForceCreated' ORDER BY block, place LIMIT 1";
    let event = sqlx::query(query).fetch_one(database.connection()).await.unwrap();
    let (id, owner): (i64, String) = (event.get(0), event.get(1));
    assert!(owner.starts_with('5'), "an address: {owner}");
    let query = "SELECT value ->> 'owner', from_block FROM state \
                 WHERE pallet = 'Assets' AND item = 'Asset' AND key ->> 0 = $1 ORDER BY id LIMIT 1";
    let held = sqlx::query(query)
        .bind(id)
        .fetch_one(database.connection())
        .await
        .unwrap();
    assert_eq!(held.get::<String, _>(0), owner);
    assert_eq!(held.get::<i64, _>(1), event.get::<i64, _>(2));
    let query = "SELECT COUNT(*) FROM state WHERE json_valid(key) = 0 OR json_valid(value) = 0";
    let wrong = sqlx::query(query).fetch_one(database.connection()).await.unwrap();
    assert_eq!(wrong.get::<i64, _>(0), 0);
    let names = sqlx::query("SELECT COUNT(*) FROM state WHERE item = 'Undescribed'")
        .fetch_one(database.connection())
        .await;
    assert_eq!(names.unwrap().get::<i64, _>(0), 0);
}

#[tokio::test]
async fn a_second_archive_should_be_equal_row_by_row_when_it_is_filled_in_other_steps() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(11, 90);
    let mut one = Database::to_write(&within(&folder, "one.db")).await.unwrap();
    index(&chain, &mut one, Some(Start::Genesis)).await.unwrap();
    let mut other = Database::to_write(&within(&folder, "other.db")).await.unwrap();
    for newest in [0, 1, 2, 3, 17, 18, 64, 65, 66, 90] {
        chain.newest.store(newest, Ordering::SeqCst);
        index(&chain, &mut other, None).await.unwrap();
    }
    let (one, other) = (rows(&mut one).await, rows(&mut other).await);
    assert!(one.len() > 500, "{}", one.len());
    assert_eq!(one, other);
}

#[tokio::test]
async fn an_archive_should_know_all_from_a_block_on_when_it_begins_there() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(5, 60);
    chain.newest.store(41, Ordering::SeqCst);
    let mut late = Database::to_write(&within(&folder, "late.db")).await.unwrap();
    index(&chain, &mut late, Some(Start::Block(30))).await.unwrap();
    let mut snapshot = Database::to_write(&within(&folder, "snapshot.db")).await.unwrap();
    let position = index(&chain, &mut snapshot, Some(Start::Snapshot)).await.unwrap();
    assert_eq!((position.first, position.newest), (41, 41));
    chain.newest.store(60, Ordering::SeqCst);
    // What a snapshot began goes on under the same option.
    index(&chain, &mut snapshot, Some(Start::Snapshot)).await.unwrap();
    index(&chain, &mut late, None).await.unwrap();
    for (database, first) in [(&mut late, 30), (&mut snapshot, 41)] {
        for number in first..=60 {
            let verdict = verify(&chain, database, Some(number)).await.unwrap();
            assert_eq!(verdict.differences, [], "block {number}");
        }
    }
}

#[tokio::test]
async fn a_difference_should_be_named_when_the_database_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(7, 30);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&chain, &mut database, None).await.unwrap();
    for (change, had, has) in [
        (
            "UPDATE state SET value = '4711' WHERE id = (SELECT MAX(id) FROM state WHERE to_block IS NULL)",
            true,
            true,
        ),
        (
            "DELETE FROM state WHERE id = (SELECT MAX(id) FROM state WHERE to_block IS NULL)",
            false,
            true,
        ),
    ] {
        sqlx::query(change).execute(database.connection()).await.unwrap();
        let verdict = verify(&chain, &mut database, None).await.unwrap();
        let [difference] = verdict.differences.as_slice() else {
            panic!("one entry differs: {:?}", verdict.differences);
        };
        assert_eq!(
            (difference.archive.is_some(), difference.node.is_some()),
            (had, has),
            "{change}"
        );
    }
}

async fn check_reader(url: &str) {
    let chain = Chain::new(7, 60);
    chain.newest.store(40, Ordering::SeqCst);
    let mut writer = Database::to_write(url).await.unwrap();
    index(&chain, &mut writer, None).await.unwrap();
    let mut reader = Database::to_read(url).await.unwrap();
    let before = rows(&mut reader).await;
    chain.newest.store(60, Ordering::SeqCst);
    index(&chain, &mut writer, None).await.unwrap();
    assert!(
        rows(&mut reader).await == before,
        "nothing comes between two queries"
    );
    let mut later = Database::to_read(url).await.unwrap();
    for (database, block) in [(&mut reader, 40), (&mut later, 60)] {
        let verdict = verify(&chain, database, None).await.unwrap();
        assert_eq!((verdict.block, verdict.differences), (block, Vec::new()));
    }
}

#[tokio::test]
async fn a_reader_should_read_as_of_one_block_when_the_archive_is_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    check_reader(&within(&folder, "books.db")).await;
    if let Some(server) = server().await {
        check_reader(&server.url).await;
    }
}
