//! Hashing on a second thread: the outcome does not depend on it, and it ends with the first, whatever happens.

use interclear_tap::{
    ber::LengthForm, validate, validate_with_history, Options, Outcome, RecordHistory, SeenRecords, Threads,
    Verdict,
};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::{
    io::{self, Read},
    panic::{catch_unwind, AssertUnwindSafe},
};

/// Enough records for the second thread to be started.
const EVENTS: u64 = 6_000;

fn generator(events: u64) -> Generator {
    Generator::new(Parameters {
        events,
        all_kinds: true,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    })
    .unwrap()
}

fn file(events: u64, form: LengthForm) -> Vec<u8> {
    let mut octets = Vec::new();
    let variant = Variant {
        form,
        ..Variant::default()
    };
    generator(events).write(0, variant, &mut octets).unwrap();
    octets
}

fn options(threads: Threads) -> Options {
    Options {
        digest: true,
        secret: Some([7; 32].into()),
        threads,
        ..Options::default()
    }
}

/// A source that hands out a few octets at a time.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

/// Both outcomes, which must be the same to the last finding.
fn both(octets: &[u8], step: usize, options: impl Fn(Threads) -> Options) -> Outcome {
    let [one, two] = [Threads::One, Threads::Two]
        .map(|threads| validate(Trickle(octets, step), &options(threads)).unwrap());
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
    two
}

/// Threads of this process, where the system says it.
fn threads() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/task").ok()?.count())
}

/// Fails unless there are as many threads as before, or soon are: one that is done takes a moment to be gone.
fn none_left(before: Option<usize>) {
    for _ in 0..500 {
        if threads() == before {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{:?} threads, {before:?} before", threads());
}

#[test]
fn outcome_should_be_the_same_when_threads_are_one_or_two() {
    let blake2b = |octets: &[u8]| {
        let hash = blake2b_simd::Params::new().hash_length(32).hash(octets);
        <[u8; 32]>::try_from(hash.as_bytes()).unwrap()
    };
    for octets in [
        file(EVENTS, LengthForm::Definite),
        file(EVENTS, LengthForm::Indefinite),
        generator(EVENTS).nrtrde(0).1,
    ] {
        assert!(octets.len() > 400_000, "too small to be read by two threads");
        for step in [usize::MAX, 70_001, 999] {
            let outcome = both(&octets, step, options);
            assert_eq!(outcome.verdict(), Verdict::Billable);
            assert_eq!(outcome.file_digest, Some(blake2b(&octets)));
            let root = match (&outcome.summary, &outcome.nrtrde) {
                (Some(summary), _) => summary.root,
                (None, nrtrde) => nrtrde.as_ref().unwrap().root,
            };
            assert!(root.is_some_and(|root| root != [0; 32]));
        }
        let only_digest = |threads| Options {
            secret: None,
            ..options(threads)
        };
        let only_root = |threads| Options {
            digest: false,
            ..options(threads)
        };
        assert_eq!(
            both(&octets, usize::MAX, only_digest).file_digest,
            Some(blake2b(&octets))
        );
        assert_eq!(both(&octets, usize::MAX, only_root).file_digest, None);
    }
}

#[test]
fn record_should_have_its_place_in_the_tree_when_larger_than_what_is_handed_over_at_once() {
    // A record of a kind that is not known, with 300,000 octets, in front of 6,000 others; lengths of the indefinite form
    // around it need no change.
    let octets = file(EVENTS, LengthForm::Indefinite);
    let mut reader = interclear_tap::Reader::new(octets.as_slice(), false).unwrap();
    let first = loop {
        if let Some(interclear_tap::Item::Event(raw)) = reader.next_item().unwrap() {
            break raw.offset as usize;
        }
    };
    for size in [60_000u32, 65_483, 65_484, 65_535, 300_000] {
        let mut large = vec![0x7f, 0x87, 0x68, 0x83];
        large.extend(&(size + 5).to_be_bytes()[1..]);
        large.extend([0x41, 0x83]);
        large.extend(&size.to_be_bytes()[1..]);
        large.resize(large.len() + size as usize, 0x2a);
        let with = [&octets[..first], &large, &octets[first..]].concat();
        let outcome = both(&with, usize::MAX, options);
        assert_eq!(outcome.events, EVENTS + 1);
        let wanted = interclear_tap::prove_record(with.as_slice(), &[7; 32].into(), 0)
            .unwrap()
            .unwrap();
        assert_eq!(wanted.octets, large);
        assert_eq!(outcome.summary.unwrap().root, Some(wanted.root.hash));
    }
}

#[test]
fn outcome_should_be_the_same_and_no_thread_stay_when_a_file_is_malformed() {
    let octets = file(EVENTS, LengthForm::Definite);
    let before = threads();
    let places = (1..40).map(|place| place * octets.len() / 40);
    let mut broken = 0;
    for place in places.chain([octets.len() - 1, 300_000]) {
        let outcome = both(&octets[..place], usize::MAX, options);
        assert!(outcome.error.is_some(), "cut at {place}");
        let mut wrong = octets.clone();
        wrong[place..(place + 40).min(octets.len())].fill(0xff);
        broken += u32::from(both(&wrong, usize::MAX, options).error.is_some());
    }
    assert!(broken > 10);
    // What is not a file at all is hashed to its end too.
    let outcome = both(&[0x2a; 1_000_000], usize::MAX, options);
    assert!(outcome.error.is_some());
    none_left(before);
}

#[test]
fn both_threads_should_end_when_the_source_fails() {
    struct Failing<'a>(&'a [u8]);
    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer) {
                Ok(0) => Err(io::Error::other("the disk is gone")),
                other => other,
            }
        }
    }
    let octets = file(EVENTS, LengthForm::Definite);
    let before = threads();
    for length in [
        0,
        1_000,
        262_143,
        262_144,
        400_000,
        octets.len() / 2,
        octets.len(),
    ] {
        let error = validate(Failing(&octets[..length]), &options(Threads::Two)).unwrap_err();
        assert_eq!(error.to_string(), "the disk is gone");
    }
    none_left(before);
}

#[test]
fn both_threads_should_end_when_the_history_panics() {
    struct Panics(u64);
    impl RecordHistory for Panics {
        fn known(&mut self, _: [u8; 16], _: i64, index: u64) -> bool {
            assert!(index < self.0, "the store is gone");
            false
        }
        fn note(&mut self, _: [u8; 16], _: i64, _: u64) {}
    }
    let octets = file(EVENTS, LengthForm::Definite);
    let before = threads();
    for after in [0, 3_000] {
        let result = catch_unwind(AssertUnwindSafe(|| {
            validate_with_history(octets.as_slice(), &options(Threads::Two), &mut Panics(after))
        }));
        assert!(result.is_err());
    }
    none_left(before);
}

#[test]
fn duplicates_should_be_found_when_there_are_two_threads_as_with_one() {
    let octets = file(EVENTS, LengthForm::Definite);
    let [one, two] = [Threads::One, Threads::Two].map(|threads| {
        let mut seen = SeenRecords::new(90);
        let mut read = || validate_with_history(octets.as_slice(), &options(threads), &mut seen).unwrap();
        read();
        read()
    });
    assert!(two.returned.records() > EVENTS / 2);
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}
