//! The store finds what a plain set of records finds, however its records are cut into chunks and batches.

use super::*;
use interclear_tap::{validate_with_history, SeenRecords};
use interclear_tap_samples::{Generator, Parameters, Variant};

const NOW: i64 = 1_796_083_200;

fn write(folder: &Path, sequence: u32, seed: u64, events: u64) -> PathBuf {
    let parameters = Parameters {
        events,
        seed,
        first_sequence: sequence,
        all_kinds: true,
        ..Parameters::sample()
    };
    let generator = Generator::new(parameters).unwrap();
    let path = folder.join(generator.name(0).to_string());
    generator
        .write(0, Variant::default(), &mut File::create(&path).unwrap())
        .unwrap();
    path
}

#[test]
fn duplicates_should_be_those_of_a_plain_set_when_chunks_and_batches_are_cut() {
    let folder = tempfile::tempdir().unwrap();
    // So many that a day fills several chunks, and then smaller files between them.
    let files: Vec<_> = [
        (1, 5, 9_000),
        (2, 6, 300),
        (3, 5, 9_000),
        (4, 7, 9_000),
        (5, 6, 300),
        (6, 7, 9_000),
    ]
    .into_iter()
    .map(|(sequence, seed, events)| write(folder.path(), sequence, seed, events))
    .collect();
    let mut plain = SeenRecords::new(WINDOW_DAYS);
    let expected: Vec<_> = files
        .iter()
        .map(|path| {
            let mut options = Options::default();
            options.context.file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let outcome = validate_with_history(File::open(path).unwrap(), &options, &mut plain).unwrap();
            (outcome.returned.records(), outcome.findings.into_kept())
        })
        .collect();
    assert!(expected[2].0 > 8_000 && expected[4].0 > 200, "sent before");
    for batch in [1, 1_000, 1 << 20] {
        let place = folder.path().join(batch.to_string());
        let mut store = RecordStore::open(&place, || [9; 32]).unwrap();
        store.batch = batch;
        for (path, (returned, findings)) in files.iter().zip(&expected) {
            let outcome = store.validate_file(path, &Options::default(), NOW).unwrap();
            assert_eq!(
                outcome.returned.records(),
                *returned,
                "{batch} {}",
                path.display()
            );
            assert_eq!(outcome.findings.kept(), findings);
        }
        assert_eq!(store.len().unwrap(), plain.len() as u64);
        // A file that is there already is not there twice, and is gone as a whole.
        store.validate_file(&files[3], &Options::default(), NOW).unwrap();
        assert_eq!(store.len().unwrap(), plain.len() as u64);
        store.returned(&files[3], None).unwrap();
        let left = store.len().unwrap();
        assert!(left < plain.len() as u64 - 8_000);
        let outcome = store.validate_file(&files[5], &Options::default(), NOW).unwrap();
        assert_eq!(
            (outcome.returned.records(), store.len().unwrap()),
            (0, plain.len() as u64)
        );
    }
}

#[test]
fn a_record_should_count_again_when_its_file_is_noted_after_it_was_returned() {
    let folder = tempfile::tempdir().unwrap();
    let (first, again) = (write(folder.path(), 1, 5, 300), write(folder.path(), 2, 5, 300));
    let mut store = RecordStore::open(&folder.path().join("store"), || [9; 32]).unwrap();
    let options = Options::default();
    store.validate_file(&first, &options, NOW).unwrap();
    let all = store.len().unwrap();
    store.returned(&first, Some(&(0..300).collect())).unwrap();
    assert_eq!(store.len().unwrap(), 0);
    // A look changes nothing; what was returned is noted when the file is accepted after all.
    store.look_up(&again, &options, NOW).unwrap();
    store.validate_file(&first, &options, NOW).unwrap();
    assert_eq!(store.len().unwrap(), all);
    assert_eq!(
        store.look_up(&again, &options, NOW).unwrap().returned.records(),
        all
    );
}
