//! A writer that is killed.

use crate::{
    chain::Chain,
    databases::{alike, server},
    index, rows, within,
};
use interclear_archive::{database::Database, error::ArchiveError, verify::verify};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Where the process that is to be killed writes.
const BOOKS: &str = "INTERCLEAR_TEST_BOOKS";
const BLOCKS: u64 = 200;
/// What it says when it begins to write.
const READY: &str = "ready to write";

fn chain() -> Chain {
    let mut chain = Chain::new(23, BLOCKS);
    chain.delay = Duration::from_millis(1);
    chain
}

/// A server keeps a writer's lock until it has noticed that the writer is gone.
async fn to_write(url: &str) -> Database {
    for _ in 0..500 {
        match Database::to_write(url).await {
            Err(ArchiveError::Locked(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
            other => return other.unwrap(),
        }
    }
    panic!("{url} stays locked");
}

/// What the killed process does: as a test of its own it does nothing.
#[tokio::test]
async fn a_writer_should_write_when_it_is_told_where() {
    let Ok(url) = std::env::var(BOOKS) else {
        return;
    };
    let chain = chain();
    println!("{READY}");
    let mut database = to_write(&url).await;
    write(&chain, &mut database).await;
}

/// Few blocks at a time, so that there is always something half done.
async fn write(chain: &Chain, database: &mut Database) {
    for newest in (0..BLOCKS).step_by(3).chain([BLOCKS]) {
        chain.newest.store(newest, std::sync::atomic::Ordering::SeqCst);
        match index(chain, database, None).await {
            Ok(_) | Err(ArchiveError::Behind { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn an_archive_should_be_whole_when_its_writer_is_killed_twenty_times() {
    let folder = tempfile::tempdir().unwrap();
    kill(&within(&folder, "books.db"), 5).await;
}

#[tokio::test]
async fn an_archive_in_postgresql_should_be_whole_when_its_writer_is_killed_twenty_times() {
    if let Some(server) = server().await {
        // It takes longer to connect than to open a file.
        kill(&server.url, 60).await;
    }
}

async fn kill(url: &str, earliest: u64) {
    let chain = chain();
    let folder = tempfile::tempdir().unwrap();
    let mut whole = Database::to_write(&within(&folder, "whole.db")).await.unwrap();
    let begun = Instant::now();
    write(&chain, &mut whole).await;
    let all = begun.elapsed();
    let mut ends = Vec::new();
    for round in 0..20 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::a_writer_should_write_when_it_is_told_where",
                "--nocapture",
            ])
            .env(BOOKS, url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let says = BufReader::new(writer.stdout.take().unwrap());
        let ready = says
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains(READY));
        assert!(ready);
        // From before the first write to a fourth of all: each goes on where the one before it was killed.
        std::thread::sleep(Duration::from_millis(earliest) + all * (round * 7 % 20) / 80);
        let _ = writer.kill();
        writer.wait().unwrap();
        if let Ok(mut database) = Database::to_read(url).await {
            ends.push(
                interclear_archive::archive::position(&mut database)
                    .await
                    .unwrap()
                    .map(|position| position.newest),
            );
        }
    }
    let mut killed = to_write(url).await;
    index(&chain, &mut killed, None).await.unwrap();
    assert_eq!(verify(&chain, &mut killed, None).await.unwrap().differences, []);
    assert!(alike(rows(&mut killed).await) == alike(rows(&mut whole).await));
    ends.dedup();
    let at_work = ends.iter().flatten().filter(|end| **end < BLOCKS).count();
    assert!(at_work > 5, "it was killed at work: {ends:?}");
}
