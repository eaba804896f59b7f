//! What is refused, in a sentence, with nothing damaged.

use crate::{chain::Chain, index, rows, within};
use interclear_archive::{database::Database, error::ArchiveError, index::Start, verify::verify};
use sqlx::{AnyConnection, Connection};
use std::{fs, sync::atomic::Ordering};

#[tokio::test]
async fn a_chain_should_be_refused_when_the_archive_is_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&Chain::new(1, 10), &mut database, None).await.unwrap();
    let before = rows(&mut database).await;
    let other = Chain::new(2, 20);
    let refused = index(&other, &mut database, None).await.unwrap_err();
    assert!(matches!(refused, ArchiveError::OtherChain { .. }), "{refused}");
    let refused = verify(&other, &mut database, None).await.unwrap_err();
    assert!(matches!(refused, ArchiveError::OtherChain { .. }), "{refused}");
    assert_eq!(rows(&mut database).await, before);
}

#[tokio::test]
async fn a_folder_should_be_named_when_a_database_would_be_in_one_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Database::to_write(&within(&folder, "2026/books.db")).await;
    let refused = refused.err().unwrap();
    assert!(matches!(refused, ArchiveError::NoFolder(_)), "{refused:?}");
    let words = refused.to_string();
    assert!(
        words.starts_with("there is no folder ") && words.contains("2026,"),
        "{words}"
    );
    assert!(!words.contains("lock"), "{words}");
    assert!(!folder.path().join("2026").exists());
}

#[tokio::test]
async fn a_beginning_should_be_refused_when_the_archive_has_another() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(1, 10);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&chain, &mut database, Some(Start::Block(4))).await.unwrap();
    let refused = index(&chain, &mut database, Some(Start::Genesis))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, ArchiveError::OtherStart { archive: 4, asked: 0 }),
        "{refused}"
    );
    let refused = verify(&chain, &mut database, Some(3)).await.unwrap_err();
    assert!(
        matches!(
            refused,
            ArchiveError::NotKnown {
                first: 4,
                newest: 10,
                asked: 3
            }
        ),
        "{refused}"
    );
}

#[tokio::test]
async fn a_node_should_be_refused_when_it_is_behind_or_has_dropped_a_state_or_proves_another() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(1, 40);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    chain.newest.store(20, Ordering::SeqCst);
    index(&chain, &mut database, None).await.unwrap();
    let before = rows(&mut database).await;
    chain.newest.store(19, Ordering::SeqCst);
    let refused = index(&chain, &mut database, None).await.unwrap_err();
    assert!(
        matches!(
            refused,
            ArchiveError::Behind {
                node: 19,
                archive: 20
            }
        ),
        "{refused}"
    );
    chain.newest.store(40, Ordering::SeqCst);
    chain.oldest.store(35, Ordering::SeqCst);
    let refused = index(&chain, &mut database, None).await.unwrap_err();
    assert!(matches!(refused, ArchiveError::Pruned(_)), "{refused}");
    chain.oldest.store(0, Ordering::SeqCst);
    chain.lies.store(true, Ordering::SeqCst);
    let refused = index(&chain, &mut database, None).await.unwrap_err();
    assert!(matches!(refused, ArchiveError::WrongProof(_)), "{refused}");
    assert_eq!(rows(&mut database).await, before);
    chain.lies.store(false, Ordering::SeqCst);
    index(&chain, &mut database, None).await.unwrap();
    assert_eq!(verify(&chain, &mut database, None).await.unwrap().differences, []);
}

#[tokio::test]
async fn a_second_writer_should_be_refused_when_one_is_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let url = within(&folder, "books.db");
    let first = Database::to_write(&url).await.unwrap();
    let refused = Database::to_write(&url).await.err().unwrap();
    assert!(matches!(refused, ArchiveError::Locked(_)), "{refused}");
    assert!(Database::to_read(&url).await.is_ok(), "readers are let in");
    drop(first);
    assert!(Database::to_write(&url).await.is_ok());
}

/// All files of a folder, with what is in them.
fn files(folder: &tempfile::TempDir) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let each = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        (entry.file_name(), fs::read(entry.path()).unwrap())
    });
    let mut all: Vec<_> = each.collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_database_of_something_else_should_keep_every_octet_when_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let url = within(&folder, "payroll.db");
    sqlx::any::install_default_drivers();
    let mut payroll = AnyConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
    sqlx::raw_sql("CREATE TABLE payroll (amount); INSERT INTO payroll VALUES (7)")
        .execute(&mut payroll)
        .await
        .unwrap();
    payroll.close().await.unwrap();
    let before = files(&folder);
    assert_eq!(before.len(), 1);
    let refused = Database::to_write(&url).await.err().unwrap();
    assert!(matches!(refused, ArchiveError::Foreign(_)), "{refused}");
    assert_eq!(files(&folder), before, "neither another journal mode nor a lock");
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_writer_should_be_refused_when_it_comes_by_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let first = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    std::os::unix::fs::symlink(path("books.db"), path("linked.db")).unwrap();
    let refused = Database::to_write(&within(&folder, "linked.db"))
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, ArchiveError::Locked(_)), "{refused}");
    drop(first);
    // Alone, it is let in by a symbolic link.
    drop(Database::to_write(&within(&folder, "linked.db")).await.unwrap());
    fs::hard_link(path("books.db"), path("twin.db")).unwrap();
    for name in ["twin.db", "books.db", "linked.db"] {
        let refused = Database::to_write(&within(&folder, name)).await.err().unwrap();
        assert!(matches!(refused, ArchiveError::TwoNames(_)), "{name}: {refused}");
    }
    fs::remove_file(path("twin.db")).unwrap();
    assert!(Database::to_write(&within(&folder, "books.db")).await.is_ok());
}

#[tokio::test]
async fn a_database_should_be_left_alone_when_another_version_or_something_else_has_made_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = within(&folder, "books.db");
    let mut database = Database::to_write(&url).await.unwrap();
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', TRUE, X'', 0)";
    sqlx::query(later).execute(database.connection()).await.unwrap();
    drop(database);
    for refused in [
        Database::to_write(&url).await.err(),
        Database::to_read(&url).await.err(),
    ] {
        let refused = refused.unwrap();
        assert!(matches!(refused, ArchiveError::OtherVersion(_)), "{refused}");
    }
    let url = within(&folder, "other.db");
    let mut database = Database::to_write(&url).await.unwrap();
    for table in ["archive", "_sqlx_migrations"] {
        let drop = sqlx::AssertSqlSafe(format!("DROP TABLE {table}"));
        sqlx::query(drop).execute(database.connection()).await.unwrap();
    }
    drop(database);
    let refused = Database::to_write(&url).await.err().unwrap();
    assert!(matches!(refused, ArchiveError::Foreign(_)), "{refused}");
}

#[tokio::test]
async fn a_database_should_be_brought_up_to_date_when_it_lacks_what_a_later_version_has_added() {
    let folder = tempfile::tempdir().unwrap();
    let url = within(&folder, "books.db");
    let mut database = Database::to_write(&url).await.unwrap();
    index(&Chain::new(1, 10), &mut database, None).await.unwrap();
    let before = rows(&mut database).await;
    // As it was before the steps that add indexes, and bills.
    let added = [
        include_str!("../../src/schema/indexes.sql"),
        include_str!("../../src/schema/bills.sql"),
    ];
    let mut dropped = 0;
    for line in added.into_iter().flat_map(str::lines) {
        let mut words = line.split(' ');
        if let (Some("CREATE"), Some(kind), Some(name)) = (words.next(), words.next(), words.next()) {
            let drop = sqlx::AssertSqlSafe(format!("DROP {kind} IF EXISTS {name}"));
            sqlx::query(drop).execute(database.connection()).await.unwrap();
            dropped += 1;
        }
    }
    assert!(dropped > 15, "{dropped}");
    let step = "DELETE FROM _sqlx_migrations WHERE version >= 3";
    sqlx::query(step).execute(database.connection()).await.unwrap();
    drop(database);
    let refused = Database::to_read(&url).await.err().unwrap();
    assert!(matches!(refused, ArchiveError::Outdated(_)), "{refused}");
    let mut database = Database::to_write(&url).await.unwrap();
    assert_eq!(rows(&mut database).await, before);
    let named = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('files_by_month', 'terms_by_number', 'bills', 'reports_by_month')";
    let count: i64 = sqlx::query_scalar(named)
        .fetch_one(database.connection())
        .await
        .unwrap();
    assert_eq!(count, 4);
    drop(database);
    assert!(Database::to_read(&url).await.is_ok());
}

#[tokio::test]
async fn a_file_should_be_left_alone_when_it_is_no_database_or_a_part_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let url = within(&folder, "books.db");
    let mut database = Database::to_write(&url).await.unwrap();
    index(&Chain::new(1, 10), &mut database, None).await.unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(database.connection())
        .await
        .unwrap();
    let whole = fs::read(folder.path().join("books.db")).unwrap();
    drop(database);
    let half = folder.path().join("half.db");
    for octets in [
        &whole[..whole.len() / 2],
        &whole[..50],
        b"a letter to the auditor".as_slice(),
    ] {
        fs::write(&half, octets).unwrap();
        for refused in [
            Database::to_write(&within(&folder, "half.db")).await.err(),
            Database::to_read(&within(&folder, "half.db")).await.err(),
        ] {
            let refused = refused.unwrap();
            assert!(matches!(refused, ArchiveError::NoSqlite(_)), "{refused}");
        }
        assert_eq!(fs::read(&half).unwrap(), octets);
    }
    let refused = Database::to_read(&within(&folder, "none.db"))
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, ArchiveError::NoDatabase(_)), "{refused}");
    for url in [
        "books.db",
        "mysql://localhost/books",
        "sqlite:",
        "sqlite::memory:",
    ] {
        let refused = Database::to_write(url).await.err().unwrap();
        assert!(matches!(refused, ArchiveError::NoUrl(_)), "{url}: {refused}");
    }
}

#[tokio::test]
async fn no_file_should_be_left_when_nothing_was_written_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let count = || fs::read_dir(&folder).unwrap().count();
    let database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    assert!(count() > 0);
    database.close().await.unwrap();
    assert_eq!(count(), 0);
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&Chain::new(1, 10), &mut database, None).await.unwrap();
    database.close().await.unwrap();
    // What was there before stays, and so does what has something in it.
    let database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    database.close().await.unwrap();
    assert!(folder.path().join("books.db").exists());
}

/// Both ways to open a database, neither of which should be.
async fn refused(url: &str) -> [ArchiveError; 2] {
    [
        Database::to_write(url).await.err().unwrap(),
        Database::to_read(url).await.err().unwrap(),
    ]
}

#[tokio::test]
async fn postgresql_should_be_left_alone_when_it_is_not_there_or_is_of_another_chain_version_or_program() {
    let Some(server) = crate::databases::server().await else {
        return;
    };
    let own = &server.url;
    let mut database = Database::to_write(own).await.unwrap();
    index(&Chain::new(1, 10), &mut database, None).await.unwrap();
    let before = rows(&mut database).await;
    let other = index(&Chain::new(2, 20), &mut database, None).await.unwrap_err();
    assert!(matches!(other, ArchiveError::OtherChain { .. }), "{other}");
    assert_eq!(rows(&mut database).await, before);
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', TRUE, ''::bytea, 0)";
    sqlx::query(later).execute(database.connection()).await.unwrap();
    sqlx::raw_sql("CREATE DATABASE letters")
        .execute(database.connection())
        .await
        .unwrap();
    database.close().await.unwrap();
    for error in refused(own).await {
        assert!(matches!(error, ArchiveError::OtherVersion(_)), "{error}");
    }

    let beside = own.strip_suffix("postgres").unwrap();
    let url = format!("{beside}letters");
    let mut letters = AnyConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("CREATE TABLE letters (words TEXT); INSERT INTO letters VALUES ('to the auditor')")
        .execute(&mut letters)
        .await
        .unwrap();
    for error in refused(&url).await {
        assert!(matches!(error, ArchiveError::Foreign(_)), "{error}");
    }
    let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut letters).await.unwrap();
    assert_eq!(tables, ["letters"]);

    // A database that the server does not have, and a server that is not there; a password is not shown.
    let port = server.url.rsplit(':').next().unwrap().split('/').next().unwrap();
    let nobody = "postgres://bi:secret@127.0.0.1:1/books".to_owned();
    let none = format!("postgres://postgres:secret@127.0.0.1:{port}/none");
    for (url, who) in [(none, "postgres@127.0.0.1"), (nobody, "bi@127.0.0.1")] {
        for error in refused(&url).await {
            let words = error.to_string();
            assert!(matches!(error, ArchiveError::NoServer { .. }), "{words}");
            assert!(words.starts_with(&format!("postgres://{who}")), "{words}");
            assert!(
                words.contains("does not answer") && !words.contains("secret"),
                "{words}"
            );
        }
    }
}

#[test]
fn a_password_should_not_be_shown_when_it_has_signs_of_addresses_or_is_a_parameter() {
    for (url, shown) in [
        (
            "postgres://bi:secret@host:5432/books",
            "postgres://bi@host:5432/books",
        ),
        ("postgres://bi:se@cr/et@host/books", "postgres://bi@host/books"),
        ("postgres://bi:se@cr?et@host/books", "postgres://bi"),
        (
            "postgres://host/books?user=bi&password=secret",
            "postgres://host/books",
        ),
        ("postgres://host/books?password=se@cret", "postgres://host/books"),
        ("postgres://bi@host/books", "postgres://bi@host/books"),
        ("postgres:///books", "postgres:///books"),
        ("sqlite://books.db?mode=ro", "sqlite://books.db?mode=ro"),
    ] {
        assert_eq!(
            interclear_archive::database::without_password(url),
            shown,
            "{url}"
        );
    }
}
