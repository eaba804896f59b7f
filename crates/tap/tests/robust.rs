//! No octets make the reader panic, and damage is found.

use interclear_tap::{
    ber::{Encoder, LengthForm, Problem},
    validate, Kind, Options, Severity, Verdict,
};
use interclear_tap_samples::{Generator, Parameters, Variant};
use proptest::prelude::*;
use std::{
    io::{self, Read},
    sync::LazyLock,
};

/// Small files of all kinds.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let parameters = Parameters {
        events: 12,
        seed: 3,
        discounts: true,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    let mut files = Vec::new();
    for (events, form) in [
        (12, LengthForm::Definite),
        (12, LengthForm::Indefinite),
        (0, LengthForm::Definite),
    ] {
        let mut octets = Vec::new();
        let generator = Generator::new(Parameters {
            events,
            ..parameters.clone()
        })
        .unwrap();
        generator
            .write(
                0,
                Variant {
                    form,
                    ..Variant::default()
                },
                &mut octets,
            )
            .unwrap();
        files.push(octets);
    }
    let mut e = Encoder::default();
    e.group(534, |e| e.group(537, |e| e.text(196, "ABC08")));
    files.push(e.into_octets());
    let mut e = Encoder::default();
    e.group(1, |e| {
        e.unsigned(41, 2);
        e.text(38, "ABC08");
        e.group(2, |e| e.group(3, |e| e.unsigned(19, 4)));
    });
    files.push(e.into_octets());
    files
});

fn options() -> Options {
    Options {
        digest: true,
        secret: Some([1; 32].into()),
        ..Options::default()
    }
}

/// A source that gives few octets at a time, as a pipe may.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.len().min(buffer.len()).min(self.1);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reader_should_not_panic_when_octets_are_random(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        let outcome = validate(octets.as_slice(), &options()).unwrap();
        prop_assert_ne!(outcome.verdict(), Verdict::Billable);
        let _ = outcome.report("x");
    }

    #[test]
    fn reader_should_not_panic_when_octets_are_random_behind_a_good_start(
        start in prop::sample::select(vec![&[0x61u8, 0x80][..], &[0x61, 0x82, 1, 0], &[0x62, 0x80], &[0x61, 0x80, 0x63, 0x80, 0x69, 0x80],
            &[0x61, 0x80, 0x63, 0x80, 0x6b, 0x80], &[0x7f, 0x84, 0x16, 0x80], &[0x61, 0x80, 0x41, 0, 0x5f, 0x29, 1, 2], &[0x61, 0x80, 0x65, 0x80]]),
        octets in prop::collection::vec(prop_oneof![any::<u8>(), Just(0u8), Just(0x80), Just(0x7f), 0x60u8..0x70], 0..300),
    ) {
        let octets = [start, &octets].concat();
        let _ = validate(octets.as_slice(), &options()).unwrap().report("x");
    }

    #[test]
    fn reader_should_not_panic_when_a_file_is_damaged(
        file in 0usize..5,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..6),
    ) {
        let mut octets = FILES[file].clone();
        for (place, value, kind) in damage {
            if octets.is_empty() {
                break;
            }
            let place = place.index(octets.len());
            match kind {
                0 => octets[place] = value,
                1 => octets.insert(place, value),
                _ => { octets.remove(place); }
            }
        }
        let _ = validate(octets.as_slice(), &options()).unwrap().report("x");
    }

    #[test]
    fn file_should_be_undecodable_when_it_is_cut(file in 0usize..5, cut in any::<prop::sample::Index>()) {
        let octets = &FILES[file];
        let outcome = validate(&octets[..cut.index(octets.len())], &options()).unwrap();
        prop_assert!(outcome.error.is_some());
        prop_assert_eq!(outcome.verdict(), Verdict::Undecodable);
    }

    #[test]
    fn outcome_should_be_the_same_when_a_file_comes_in_other_pieces(file in 0usize..5, piece in 1usize..50) {
        let whole = validate(FILES[file].as_slice(), &options()).unwrap();
        let pieces = validate(Trickle(&FILES[file], piece), &options()).unwrap();
        prop_assert_eq!(whole.findings.kept(), pieces.findings.kept());
        prop_assert_eq!(whole.summary, pieces.summary);
        prop_assert_eq!(whole.file_digest, pieces.file_digest);
    }
}

#[test]
fn file_should_be_in_order_when_it_is_undamaged() {
    let kinds = [Kind::Tap, Kind::Tap, Kind::Notification, Kind::Rap, Kind::Nrtrde];
    for (octets, kind) in FILES.iter().zip(kinds) {
        let outcome = validate(octets.as_slice(), &options()).unwrap();
        assert_eq!((outcome.kind, outcome.error.clone()), (kind, None));
        let verdict = match kind.is_tap() {
            true => Verdict::Billable,
            false => Verdict::Findings,
        };
        assert_eq!(outcome.verdict(), verdict);
    }
    let nrtrde = validate(FILES[4].as_slice(), &options()).unwrap();
    assert_eq!((nrtrde.events, nrtrde.findings.count(Severity::Severe)), (1, 3));
}

#[test]
fn file_should_be_refused_when_anything_but_padding_follows() {
    for octets in &FILES[..3] {
        let padded = [octets.as_slice(), &[0; 700], &[0xff; 300]].concat();
        assert_eq!(
            validate(padded.as_slice(), &options()).unwrap().verdict(),
            Verdict::Billable
        );
        let trailing = [octets.as_slice(), &[0, 0xff, 0x61]].concat();
        let error = validate(trailing.as_slice(), &options()).unwrap().error.unwrap();
        assert_eq!(
            (error.problem, error.offset),
            (Problem::TrailingData, octets.len() as u64 + 2)
        );
    }
}

#[test]
fn file_should_be_undecodable_when_it_is_empty_or_of_an_unknown_kind() {
    for (octets, problem) in [
        (&[][..], Problem::Empty),
        (&[0x30, 0], Problem::UnknownKind),
        (b"CDR;1;2", Problem::UnknownKind),
    ] {
        let outcome = validate(octets, &Options::default()).unwrap();
        assert_eq!(outcome.error.as_ref().map(|e| e.problem), Some(problem));
        assert_eq!(
            (outcome.kind, outcome.verdict()),
            (Kind::Unknown, Verdict::Undecodable)
        );
    }
}

#[test]
fn file_should_be_refused_when_nesting_is_endless_or_a_length_is_huge() {
    let mut deep = vec![0x61, 0x80, 0x63, 0x80];
    deep.extend([0x69, 0x80].repeat(10_000));
    let error = validate(deep.as_slice(), &Options::default())
        .unwrap()
        .error
        .unwrap();
    assert_eq!(error.problem, Problem::TooDeep);

    let long = [0x61, 0x80, 0x63, 0x80, 0x69, 0x84, 0x7f, 0xff, 0xff, 0xff, 0];
    let error = validate(long.as_slice(), &Options::default())
        .unwrap()
        .error
        .unwrap();
    assert_eq!(
        (error.problem, error.path_text().as_str()),
        (Problem::TooLarge, "/1/3/9")
    );

    let endless = io::Read::chain(&[0x61, 0x80, 0x63, 0x80, 0x69, 0x80][..], io::repeat(0x41));
    let error = validate(endless, &Options::default()).unwrap().error.unwrap();
    assert_eq!(error.problem, Problem::TooLarge);
}
