//! Duplicates across files and runs, in a store on disk.

use interclear_record_store::{RecordStore, StoreError};
use interclear_tap::{Code, Options, Outcome, Rules, Severity};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// 1 December 2026.
const NOW: i64 = 1_796_083_200;
const DAY: i64 = 86_400;

fn write(folder: &Path, period: &str, sequence: u32, seed: u64, variant: Variant) -> PathBuf {
    let parameters = Parameters {
        period: period.parse().unwrap(),
        events: 200,
        seed,
        first_sequence: sequence,
        all_kinds: true,
        ..Parameters::sample()
    };
    let generator = Generator::new(parameters).unwrap();
    let path = folder.join(format!("{}-{seed}", generator.name(0)));
    let mut octets = Vec::new();
    generator.write(0, variant, &mut octets).unwrap();
    std::fs::write(&path, octets).unwrap();
    path
}

fn open(folder: &Path) -> RecordStore {
    RecordStore::open(&folder.join("store"), || [9; 32]).unwrap()
}

fn check(store: &mut RecordStore, path: &Path) -> Outcome {
    store.validate_file(path, &Options::default(), NOW).unwrap()
}

fn duplicates(outcome: &Outcome) -> usize {
    outcome
        .findings
        .kept()
        .iter()
        .filter(|finding| finding.code == Code::DuplicateRecord)
        .count()
}

#[test]
fn records_should_be_found_when_they_are_sent_again_after_the_store_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    // The same records under the next number.
    let again = write(folder.path(), "2026-10", 2, 5, Variant::default());
    let other = write(folder.path(), "2026-10", 3, 6, Variant::default());
    let noted = {
        let mut store = open(folder.path());
        assert!(store.is_empty().unwrap());
        assert_eq!(duplicates(&check(&mut store, &first)), 0);
        store.len().unwrap()
    };
    assert!((170..=200).contains(&noted), "{noted}");
    let mut store = open(folder.path());
    assert_eq!(store.len().unwrap(), noted);
    assert_eq!(
        duplicates(&check(&mut store, &first)),
        0,
        "no file is a duplicate of itself"
    );
    let outcome = check(&mut store, &again);
    assert_eq!(
        (duplicates(&outcome) as u64, outcome.returned.records()),
        (noted, noted)
    );
    assert_eq!(duplicates(&check(&mut store, &other)), 0);
    assert!(store.len().unwrap() > noted);
}

#[test]
fn records_should_be_no_duplicates_when_their_file_was_refused_or_they_were_returned() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = write(
        folder.path(),
        "2026-10",
        1,
        5,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    let mut store = open(folder.path());
    assert_eq!(check(&mut store, &wrong).findings.count(Severity::Fatal), 1);
    assert!(store.is_empty().unwrap(), "nothing of a refused file is noted");
    let right = write(
        folder.path(),
        "2026-10",
        1,
        5,
        Variant {
            rap_sequence: Some(3),
            ..Variant::default()
        },
    );
    // Records older than twenty days are returned; the others are billed.
    let strict = Options {
        rules: Rules {
            max_age_days: 20,
            ..Rules::default()
        },
        ..Options::default()
    };
    let outcome = store.validate_file(&right, &strict, NOW).unwrap();
    assert_eq!(duplicates(&outcome), 0);
    let (returned, noted) = (outcome.returned.records(), store.len().unwrap());
    assert!(returned > 0 && noted > 0);
    let again = write(folder.path(), "2026-10", 2, 5, Variant::default());
    assert_eq!(
        duplicates(&check(&mut store, &again)) as u64,
        noted,
        "those returned are not duplicates"
    );
}

#[test]
fn store_should_stay_within_its_window_and_number_when_files_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let october = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let december = write(folder.path(), "2026-12", 2, 6, Variant::default());
    let later = NOW + 60 * DAY;
    let mut store = open(folder.path()).with_bounds(30, 1_000);
    check(&mut store, &october);
    let noted = store.len().unwrap();
    store
        .validate_file(&december, &Options::default(), later)
        .unwrap();
    assert!(store.len().unwrap() <= 200, "October is forgotten");
    let again = write(folder.path(), "2026-10", 3, 5, Variant::default());
    let outcome = store.validate_file(&again, &Options::default(), later).unwrap();
    assert_eq!(
        duplicates(&outcome),
        0,
        "calls before the window are not remembered"
    );
    assert!(noted > 0 && store.len().unwrap() <= 200);
    // Days are dropped, the oldest first, until there is room.
    let mut store = store.with_bounds(90, 50);
    store
        .validate_file(&december, &Options::default(), later)
        .unwrap();
    assert!((1..=50).contains(&store.len().unwrap()));
}

#[test]
fn store_should_keep_its_records_when_a_call_is_in_the_future() {
    let folder = tempfile::tempdir().unwrap();
    let october = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let far = write(folder.path(), "2031-10", 2, 6, Variant::default());
    let mut store = open(folder.path());
    check(&mut store, &october);
    let noted = store.len().unwrap();
    check(&mut store, &far);
    assert!(store.len().unwrap() > noted);
    let again = write(folder.path(), "2026-10", 3, 5, Variant::default());
    assert_eq!(duplicates(&check(&mut store, &again)) as u64, noted);
}

#[test]
fn store_should_not_open_when_its_key_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "2026-10", 1, 5, Variant::default());
    check(&mut open(folder.path()), &path);
    let database = std::fs::read(folder.path().join("store/records.redb")).unwrap();
    // The subscribers' IMSIs begin with 00101, as text and in BCD.
    for clear in [&b"001010000"[..], &[0x00, 0x10, 0x10, 0x00, 0x00]] {
        assert!(!database.windows(clear.len()).any(|window| window == clear));
    }
    let key = folder.path().join("store/records.key");
    std::fs::write(&key, [1; 31]).unwrap();
    let reopened = || RecordStore::open(&folder.path().join("store"), || [9; 32]);
    assert!(matches!(reopened(), Err(StoreError::Key(_))));
    std::fs::remove_file(&key).unwrap();
    assert!(
        matches!(reopened(), Err(StoreError::Key(_))),
        "no new key for old records"
    );
    assert!(!key.exists());
}

#[test]
fn file_should_be_named_when_it_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("CDFRAF1DEUD100009");
    let refused = open(folder.path()).validate_file(&missing, &Options::default(), NOW);
    assert!(matches!(refused, Err(StoreError::File { path, .. }) if path == missing));
}

#[test]
fn look_up_should_note_nothing_when_it_finds_duplicates() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let again = write(folder.path(), "2026-10", 2, 5, Variant::default());
    let mut store = open(folder.path());
    let look = |store: &mut RecordStore, path: &Path| {
        duplicates(&store.look_up(path, &Options::default(), NOW).unwrap())
    };
    assert_eq!(look(&mut store, &first), 0);
    assert!(store.is_empty().unwrap());
    check(&mut store, &first);
    let noted = store.len().unwrap();
    assert_eq!(look(&mut store, &again) as u64, noted);
    assert_eq!(look(&mut store, &first), 0, "no file is a duplicate of itself");
    assert_eq!(store.len().unwrap(), noted);
}

#[test]
fn records_should_be_forgotten_when_refused_later_unless_there_before() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let refused = write(folder.path(), "2026-10", 2, 6, Variant::default());
    let mut store = open(folder.path());
    check(&mut store, &good);
    let noted = store.len().unwrap();
    check(&mut store, &refused);
    store.forget_refused(&[&refused]).unwrap();
    assert_eq!(store.len().unwrap(), noted);
    let corrected = write(folder.path(), "2026-10", 3, 6, Variant::default());
    assert_eq!(duplicates(&check(&mut store, &corrected)), 0);
    let all = store.len().unwrap();
    assert!(all > noted);
    // Delivered long ago and refused when it is sent once more.
    store.forget_refused(&[]).unwrap();
    check(&mut store, &good);
    store.forget_refused(&[&good]).unwrap();
    assert_eq!(store.len().unwrap(), all);
    // Files of which nothing has become are not forgotten.
    drop(store);
    let mut store = open(folder.path());
    store.forget_refused(&[&corrected]).unwrap();
    assert_eq!(store.len().unwrap(), all);
}

#[test]
fn a_file_should_take_the_place_of_the_first_when_it_is_sent_again_because_of_returns() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let mut store = open(folder.path());
    check(&mut store, &first);
    let noted = store.len().unwrap();
    let resent = Variant {
        rap_sequence: Some(4),
        ..Variant::default()
    };
    // Under another number it is not a resent file, whatever it says.
    let other = write(folder.path(), "2026-10", 2, 5, resent);
    assert_eq!(duplicates(&check(&mut store, &other)) as u64, noted);
    let again = write(folder.path(), "2026-10", 1, 5, resent);
    assert_eq!(duplicates(&check(&mut store, &again)), 0);
    assert_eq!(store.len().unwrap(), noted, "in the place of the first");
    let without = write(folder.path(), "2026-10", 1, 5, Variant::default());
    assert_eq!(
        duplicates(&check(&mut store, &without)) as u64,
        noted,
        "the same number without returns"
    );
}

#[test]
fn a_number_should_be_taken_when_a_file_with_other_content_was_kept_under_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let other = write(folder.path(), "2026-10", 1, 6, Variant::default());
    let resent = Variant {
        rap_sequence: Some(4),
        ..Variant::default()
    };
    let asked_for = write(folder.path(), "2026-10", 1, 7, resent);
    let reused = |outcome: &Outcome| {
        let codes = outcome.findings.codes();
        codes.contains(&Code::SequenceReused)
    };
    let mut store = open(folder.path());
    assert!(!reused(&check(&mut store, &first)));
    let noted = store.len().unwrap();
    let outcome = check(&mut store, &other);
    assert!(reused(&outcome));
    assert_eq!(outcome.findings.count(Severity::Fatal), 1);
    assert_eq!(store.len().unwrap(), noted, "a refused file is not kept");
    // Neither the file itself, nor one that returns have asked for, nor the next number.
    assert!(!reused(&check(&mut store, &first)));
    assert!(!reused(
        &store.look_up(&asked_for, &Options::default(), NOW).unwrap()
    ));
    let next = write(folder.path(), "2026-10", 2, 8, Variant::default());
    assert!(!reused(&check(&mut store, &next)));
    // What was refused after all may be sent with other content.
    store.returned(&first, None).unwrap();
    assert!(!reused(&check(&mut store, &other)));
    assert!(reused(&check(&mut store, &first)));
}

#[test]
fn records_should_be_forgotten_when_they_are_returned_and_noted_when_that_is_waived() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let again = write(folder.path(), "2026-10", 2, 5, Variant::default());
    let mut store = open(folder.path());
    check(&mut store, &first);
    let noted = store.len().unwrap();
    store.returned(&first, Some(&[3, 4, 5].into())).unwrap();
    let left = store.len().unwrap();
    assert!(left < noted && left >= noted - 3);
    let look = |store: &mut RecordStore| {
        duplicates(&store.look_up(&again, &Options::default(), NOW).unwrap()) as u64
    };
    assert_eq!(look(&mut store), left);
    store.returned(&first, None).unwrap();
    assert_eq!((store.len().unwrap(), look(&mut store)), (0, 0));
    // Old records are returned and not noted, until the recipient takes them all the same.
    let strict = Options {
        rules: Rules {
            max_age_days: 20,
            ..Rules::default()
        },
        ..Options::default()
    };
    let outcome = store.validate_file(&first, &strict, NOW).unwrap();
    assert_eq!(store.len().unwrap() + outcome.returned.records(), noted);
    store.waive(&first, &strict, NOW).unwrap();
    assert_eq!((store.len().unwrap(), look(&mut store)), (noted, noted));
}

#[test]
fn test_files_should_be_compared_with_test_files_only() {
    let folder = tempfile::tempdir().unwrap();
    let billed = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let octets = std::fs::read(&billed).unwrap();
    let mut store = open(folder.path());
    check(&mut store, &billed);
    // The same usage in test files.
    let test = |sequence| {
        let parameters = Parameters {
            events: 200,
            seed: 5,
            first_sequence: sequence,
            all_kinds: true,
            test: true,
            ..Parameters::sample()
        };
        let generator = Generator::new(parameters).unwrap();
        let (_, octets) = generator.octets(0, Variant::default()).unwrap();
        let path = folder.path().join(format!("{}-test", generator.name(0)));
        std::fs::write(&path, octets).unwrap();
        path
    };
    assert_ne!(octets, std::fs::read(test(1)).unwrap());
    assert_eq!(duplicates(&check(&mut store, &test(1))), 0);
    let outcome = check(&mut store, &test(2));
    assert!(duplicates(&outcome) > 150, "but with each other they are");
}

/// Checks a file and waits to be killed; started by the test below.
#[test]
#[ignore = "started by another test"]
fn check_should_wait_when_it_is_the_process_to_be_killed() {
    let Some(path) = std::env::var_os("INTERCLEAR_TEST_FILE").map(PathBuf::from) else {
        return;
    };
    let mut store = open(path.parent().unwrap());
    assert_eq!(duplicates(&check(&mut store, &path)), 0);
    println!("noted");
    std::thread::sleep(std::time::Duration::from_secs(60));
}

/// What happens when `tap watch` is killed between the check of a file and its anchor.
#[test]
fn file_should_be_no_duplicate_of_itself_when_the_process_was_killed_after_noting_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), "2026-10", 1, 5, Variant::default());
    let again = write(folder.path(), "2026-10", 2, 5, Variant::default());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "check_should_wait_when_it_is_the_process_to_be_killed",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env("INTERCLEAR_TEST_FILE", &first)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with("noted")));
    // As `kill -9` does.
    child.kill().unwrap();
    child.wait().unwrap();
    let mut store = open(folder.path());
    let noted = store.len().unwrap();
    assert!(noted > 0, "it was committed");
    for _ in 0..2 {
        assert_eq!(duplicates(&check(&mut store, &first)), 0);
        assert_eq!(store.len().unwrap(), noted);
    }
    assert_eq!(duplicates(&check(&mut store, &again)) as u64, noted);
}
