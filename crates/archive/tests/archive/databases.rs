//! The same in PostgreSQL, for real where it is installed.

use crate::{chain::Chain, index, rows, within};
use interclear_archive::{database::Database, error::ArchiveError, index::Start, verify::verify};
use sqlx::Row;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server of this test alone.
pub struct Server {
    process: Child,
    /// Where it is.
    pub url: String,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where Debian has the programs of PostgreSQL.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let folders = versions.map(|version| version.path().join("bin"));
    folders.filter(|folder| folder.join("initdb").exists()).max()
}

/// A program that root must not run is run by `postgres`.
fn command(program: &Path) -> Command {
    let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    match root {
        true => {
            let mut command = Command::new("setpriv");
            command
                .args([
                    "--reuid=postgres",
                    "--regid=postgres",
                    "--clear-groups",
                    "--pdeathsig=KILL",
                ])
                .arg(program);
            command
        }
        false => Command::new(program),
    }
}

pub async fn server() -> Option<Server> {
    let Some(programs) = programs() else {
        eprintln!("skipped: PostgreSQL is not installed (apt-get install postgresql)");
        return None;
    };
    let folder = tempfile::Builder::new()
        .prefix("interclear-postgres-")
        .tempdir_in("/tmp")
        .unwrap();
    let open = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777);
    fs::set_permissions(folder.path(), open).unwrap();
    let data = folder.path().join("data");
    let made = command(&programs.join("initdb"))
        .args([
            "--auth=trust",
            "--username=postgres",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "-D",
        ])
        .arg(&data)
        .current_dir("/tmp")
        .stdout(Stdio::null())
        .status();
    assert!(made.unwrap().success(), "initdb");
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let process = command(&programs.join("postgres"))
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c"])
        .arg(format!("unix_socket_directories={}", folder.path().display()))
        .args(["-p", &port.to_string()])
        .current_dir("/tmp")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let server = Server {
        process,
        url,
        _folder: folder,
    };
    for _ in 0..100 {
        match Database::to_write(&server.url).await {
            // The next one writes it at once.
            Ok(database) => {
                database.close().await.unwrap();
                return Some(server);
            }
            Err(ArchiveError::NoServer { .. }) => tokio::time::sleep(Duration::from_millis(200)).await,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("the server does not answer");
}

/// JSON without what the databases write differently: spaces, and the order of names.
pub fn alike(rows: Vec<String>) -> Vec<Vec<serde_json::Value>> {
    let cell = |cell: &str| serde_json::from_str(cell).unwrap_or_else(|_| cell.into());
    rows.iter()
        .map(|row| row.split(" | ").map(cell).collect())
        .collect()
}

#[tokio::test]
async fn postgresql_should_have_the_rows_of_sqlite_when_both_follow_a_chain() {
    let Some(server) = server().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let chain = Chain::new(7, 80);
    let mut file = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    index(&chain, &mut file, None).await.unwrap();
    let mut database = Database::to_write(&server.url).await.unwrap();
    let refused = Database::to_write(&server.url).await.err().unwrap();
    assert!(matches!(refused, ArchiveError::Locked(_)), "{refused}");
    for newest in [0, 1, 40, 80] {
        chain.newest.store(newest, std::sync::atomic::Ordering::SeqCst);
        index(&chain, &mut database, Some(Start::Genesis)).await.unwrap();
    }
    let (file, other) = (rows(&mut file).await, rows(&mut database).await);
    assert_eq!(file.len(), other.len());
    for (one, other) in alike(file).into_iter().zip(alike(other)) {
        assert_eq!(one, other);
    }
    for number in [0, 39, 80] {
        assert_eq!(
            verify(&chain, &mut database, Some(number))
                .await
                .unwrap()
                .differences,
            []
        );
    }
    drop(database);
    let mut reader = Database::to_read(&server.url).await.unwrap();
    assert_eq!(verify(&chain, &mut reader, None).await.unwrap().differences, []);
}

const DOCUMENTATION: &str = include_str!("../../../../docs/archive.md");

/// What the documentation lets programs of others be.
#[tokio::test]
async fn a_user_that_may_only_read_should_read_and_not_write_when_it_is_made_as_documented() {
    let Some(server) = server().await else {
        return;
    };
    let mut database = crate::reports::filled(&server.url).await;
    let made = DOCUMENTATION
        .split("```sql\n")
        .filter_map(|part| part.split("```").next())
        .find(|part| part.starts_with("CREATE USER"))
        .unwrap();
    sqlx::raw_sql(made).execute(database.connection()).await.unwrap();
    let url = server.url.replace("//postgres@", "//bi@");
    let mut reader = Database::to_read(&url).await.unwrap();
    let made =
        interclear_archive::report::report(&mut reader, interclear_archive::report::Kind::Ageing, None);
    assert_eq!(made.await.unwrap().rows.len(), 2);
    // What a later version adds is for the same eyes.
    sqlx::raw_sql("CREATE VIEW later AS SELECT number FROM blocks")
        .execute(database.connection())
        .await
        .unwrap();
    let later = sqlx::query("SELECT number FROM later").fetch_all(reader.connection());
    assert_eq!(later.await.unwrap().len(), 2);
    // Not because of the transaction in which it reads.
    sqlx::raw_sql("ROLLBACK")
        .execute(reader.connection())
        .await
        .unwrap();
    for change in [
        "DELETE FROM events",
        "UPDATE state SET gone = 1",
        "INSERT INTO blocks VALUES (77, '', '', 0, 0)",
        "DROP VIEW payments",
    ] {
        let refused = sqlx::query(change).execute(reader.connection()).await;
        assert!(refused.is_err(), "{change}");
    }
}

#[test]
fn every_table_view_and_index_should_be_described() {
    let schema = [
        include_str!("../../src/schema/tables.sql"),
        include_str!("../../src/schema/views.sql"),
        include_str!("../../src/schema/indexes.sql"),
        include_str!("../../src/schema/bills.sql"),
        include_str!("../../src/schema/files.sql"),
    ];
    let mut found = 0;
    for line in schema.into_iter().flat_map(str::lines) {
        let mut words = line
            .split(' ')
            .skip_while(|word| !["TABLE", "VIEW", "INDEX"].contains(word));
        let (true, Some(_), Some(name)) = (line.starts_with("CREATE "), words.next(), words.next()) else {
            continue;
        };
        found += 1;
        assert!(DOCUMENTATION.contains(&format!("`{name}`")), "{name}");
    }
    assert!(found > 30, "{found}");
}

#[tokio::test]
async fn every_view_should_answer_in_both_databases() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![within(&folder, "books.db")];
    let server = server().await;
    urls.extend(server.as_ref().map(|server| server.url.clone()));
    let views: Vec<&str> = [
        include_str!("../../src/schema/views.sql"),
        include_str!("../../src/schema/bills.sql"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .filter_map(|line| line.strip_prefix("CREATE VIEW ")?.strip_suffix(" AS"))
    .collect();
    assert!(views.len() > 10, "{views:?}");
    for url in urls {
        let mut database = Database::to_write(&url).await.unwrap();
        for view in &views {
            let query = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {view}"));
            sqlx::query(query).fetch_one(database.connection()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_index_should_be_taken_when_a_month_or_an_agreement_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = Database::to_write(&within(&folder, "books.db")).await.unwrap();
    for (index, query) in [
        (
            "agreements_by_number",
            "SELECT value FROM state WHERE pallet = 'Agreements' AND item = 'Agreements' \
             AND CAST(key ->> 0 AS BIGINT) = 7 ORDER BY state.from_block DESC, state.id DESC LIMIT 1",
        ),
        (
            "terms_by_number",
            "SELECT value FROM state WHERE pallet = 'Agreements' AND item = 'TermsOf' AND CAST(key ->> 0 AS BIGINT) = 7 \
             AND CAST(key ->> 1 AS BIGINT) = 2 ORDER BY state.from_block DESC, state.id DESC LIMIT 1",
        ),
        (
            "totals_by_month",
            "SELECT value FROM state WHERE pallet = 'Anchoring' AND item = 'Totals' \
             AND CAST(key -> 0 ->> 0 AS BIGINT) = 7 AND key -> 0 ->> 1 = '2026-10'",
        ),
        (
            "statements_by_month",
            "SELECT service FROM statement_lines WHERE period = '2026-10'",
        ),
        ("files_by_month", "SELECT COUNT(*) FROM batches WHERE period = '2026-10'"),
        ("files_by_agreement", "SELECT sequence FROM batches WHERE agreement = 7"),
        (
            "nrtrde_files_by_time",
            "SELECT records FROM nrtrde_files WHERE anchored_at >= 1 AND anchored_at < 2",
        ),
        (
            "bills_by_month",
            "SELECT value FROM state WHERE pallet = 'Inventory' AND item = 'Bills' AND key -> 1 ->> 0 = '2026-10' \
             ORDER BY state.from_block, state.id",
        ),
        ("bills_by_month", "SELECT amount FROM bill_lines WHERE period = '2026-10'"),
        (
            "bills_by_relation",
            "SELECT net FROM bills WHERE buyer = 1 AND seller = 0 AND class = 'ELINE'",
        ),
        (
            "inventories_by_relation",
            "SELECT value FROM state WHERE pallet = 'Inventory' AND item = 'States' AND CAST(key -> 0 ->> 'buyer' AS BIGINT) = 1 \
             AND CAST(key -> 0 ->> 'seller' AS BIGINT) = 0 AND key -> 0 ->> 'class' = 'ELINE' ORDER BY state.from_block, state.id",
        ),
        (
            "reports_by_agreement",
            "SELECT value FROM state WHERE pallet = 'Reports' AND item = 'Reports' AND CAST(key -> 0 ->> 0 AS BIGINT) = 7 \
             ORDER BY state.from_block, state.id",
        ),
        // As they were at a block.
        (
            "totals_by_month",
            "SELECT value FROM state WHERE pallet = 'Anchoring' AND item = 'Totals' AND CAST(key -> 0 ->> 0 AS BIGINT) = 7 \
             AND key -> 0 ->> 1 = '2026-10' AND from_block <= 9 AND (to_block IS NULL OR to_block > 9)",
        ),
        (
            "decisions_by_agreement",
            "SELECT value FROM state WHERE pallet = 'Statements' AND item = 'Decisions' AND CAST(key ->> 0 AS BIGINT) = 7 \
             AND from_block <= 9 AND (to_block IS NULL OR to_block > 9)",
        ),
        (
            "events_by_series",
            "SELECT fields FROM events WHERE pallet = 'Anchoring' \
             AND name IN ('Anchored', 'Acknowledged', 'FileReturned', 'RecordsReturned') AND block >= 9 \
             AND fields -> 'key' -> 'series' ->> 'sender' = 'FRA7B' AND fields -> 'key' -> 'series' ->> 'recipient' = 'DEU7A'",
        ),
        (
            "files_by_agreement",
            "SELECT b.sender, t.service FROM batches b JOIN batch_totals t ON t.file = b.file WHERE b.agreement = 7",
        ),
        (
            "proofs_by_root",
            "SELECT p.value FROM batches b JOIN newest p ON p.pallet = 'Anchoring' AND p.item = 'Proofs' AND p.key -> 0 ->> 1 = b.root \
             WHERE b.agreement = 7",
        ),
        (
            "reports_by_month",
            "SELECT value FROM newest WHERE pallet = 'Reports' AND item = 'Reports' AND key -> 0 ->> 1 = '2026-10'",
        ),
    ] {
        let plan = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps = sqlx::query(plan).fetch_all(database.connection()).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
        assert!(
            steps.iter().any(|step| step.contains(index)),
            "{index} is not among {steps:?}"
        );
    }
}
