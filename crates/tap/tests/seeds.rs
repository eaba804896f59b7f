//! The seeds of the fuzz targets, through every target.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use interclear_tap::{
    ber::LengthForm,
    make_returns,
    rap::{Acknowledgement, ReturnControl, ReturnDetail, ReturnFile},
    validate, Options, Rules,
};
use interclear_tap_samples::{Generator, Parameters, Variant};
use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};
use std::path::PathBuf;

fn folder() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds").into()
}

#[test]
fn promises_should_be_kept_when_any_seed_is_read() {
    let mut count = 0;
    for target in ["ber", "tap", "rap", "nrtrde"] {
        for entry in std::fs::read_dir(folder().join(target)).unwrap() {
            let path = entry.unwrap().path();
            let octets = std::fs::read(&path).unwrap();
            println!("{}", path.display());
            assert!(octets.len() <= 16 << 10, "seeds are small");
            for target in [targets::ber, targets::tap, targets::rap, targets::nrtrde] {
                target(&octets);
            }
            count += 1;
        }
    }
    assert!(count >= 12, "{count} seeds");
}

/// Every seed, with the one that is damaged chosen by chance: octets changed, put in, taken out, doubled, or cut off.
fn damage(seeds: &[Vec<u8>], random: &mut ChaCha8Rng) -> Vec<u8> {
    let below = |random: &mut ChaCha8Rng, bound: usize| (random.next_u64() % bound.max(1) as u64) as usize;
    let mut octets = seeds[below(random, seeds.len())].clone();
    for _ in 0..1 + below(random, 6) {
        let place = below(random, octets.len());
        let value = match below(random, 3) {
            0 => [0x00, 0x7f, 0x80, 0xff, 0x61, 0x81][below(random, 6)],
            _ => random.next_u32() as u8,
        };
        match below(random, 5) {
            _ if octets.is_empty() => octets.push(value),
            0 | 1 => octets[place] = value,
            2 => octets.insert(place, value),
            3 => drop(octets.drain(place..(place + 1 + below(random, 4)).min(octets.len()))),
            _ if below(random, 8) == 0 => octets.truncate(place),
            _ => {
                let end = (place + below(random, 300)).min(octets.len());
                let part = octets[place..end].to_vec();
                octets.splice(place..place, part);
            }
        }
    }
    octets
}

fn damaged(seed: u64, enough: impl Fn(u64) -> bool) -> u64 {
    let mut seeds = Vec::new();
    for target in ["ber", "tap", "rap", "nrtrde"] {
        for entry in std::fs::read_dir(folder().join(target)).unwrap() {
            seeds.push(std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
    seeds.sort();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut count = 0;
    while !enough(count) {
        let octets = damage(&seeds, &mut random);
        let kept = std::panic::catch_unwind(|| {
            for target in [targets::ber, targets::tap, targets::rap, targets::nrtrde] {
                target(&octets);
            }
        });
        if kept.is_err() {
            let path = std::env::temp_dir().join(format!("interclear-damaged-{seed}-{count}"));
            std::fs::write(&path, &octets).unwrap();
            panic!("seed {seed}, file {count}: kept as {}", path.display());
        }
        count += 1;
    }
    count
}

#[test]
fn promises_should_be_kept_when_seeds_are_damaged() {
    damaged(7, |count| count >= 1_500);
}

/// `FUZZ_SECONDS` long, from `FUZZ_SEED` on, without the help of coverage.
#[test]
#[ignore = "takes as long as it is told"]
fn promises_should_be_kept_when_seeds_are_damaged_for_long() {
    let number = |name: &str, usual: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let start = std::time::Instant::now();
    let seconds = number("FUZZ_SECONDS", 60);
    let count = damaged(number("FUZZ_SEED", 1), |_| start.elapsed().as_secs() >= seconds);
    println!("{count} damaged files in {seconds} s");
}

fn generator(change: impl FnOnce(&mut Parameters)) -> Generator {
    let mut parameters = Parameters {
        events: 24,
        seed: 1,
        discounts: true,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    change(&mut parameters);
    Generator::new(parameters).unwrap()
}

fn tap(change: impl FnOnce(&mut Parameters), variant: Variant) -> Vec<u8> {
    let mut octets = Vec::new();
    generator(change).write(0, variant, &mut octets).unwrap();
    octets
}

#[test]
#[ignore = "writes the seeds anew"]
fn seeds_should_be_written_when_asked_for() {
    let indefinite = Variant {
        form: LengthForm::Indefinite,
        ..Variant::default()
    };
    let keep = |name: &str, octets: &[u8]| {
        let path = folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, octets).unwrap();
    };
    let all = |p: &mut Parameters| (p.all_kinds, p.events) = (true, 40);
    keep("tap/every_kind", &tap(all, Variant::default()));
    keep("tap/every_kind_indefinite", &tap(all, indefinite));
    keep("tap/release_10", &tap(|p| p.release = 10, Variant::default()));
    keep("tap/notification", &tap(|p| p.events = 0, Variant::default()));
    keep(
        "tap/test_file",
        &tap(|p| (p.test, p.events) = (true, 3), Variant::default()),
    );
    let wrong = tap(
        |p| p.events = 3,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    keep(
        "tap/wrong_total_sent_again",
        &tap(
            |p| p.events = 3,
            Variant {
                rap_sequence: Some(4),
                ..indefinite
            },
        ),
    );
    keep("tap/wrong_total", &wrong);

    let fatal = make_returns(
        &validate(wrong.as_slice(), &Options::default()).unwrap(),
        None,
        4,
        1_794_312_000,
    )
    .unwrap();
    let options = Options {
        rules: Rules {
            max_age_days: 20,
            ..Rules::default()
        },
        keep_returned: true,
        ..Options::default()
    };
    let old = tap(|p| p.events = 12, Variant::default());
    let severe = make_returns(
        &validate(old.as_slice(), &options).unwrap(),
        None,
        5,
        1_794_312_000,
    )
    .unwrap();
    let number = |text: &str| Some(text.to_owned());
    let missing = ReturnFile::new(
        ReturnControl::new("DEUD1", "FRAF1", 6, 1_794_312_000),
        vec![
            ReturnDetail::Missing {
                first: number("00004"),
                last: number("00009"),
            },
            ReturnDetail::Stop {
                last: number("00003"),
            },
        ],
    );
    keep("rap/fatal", &fatal.to_octets(LengthForm::Definite));
    keep("rap/severe", &severe.to_octets(LengthForm::Definite));
    keep("rap/severe_indefinite", &severe.to_octets(LengthForm::Indefinite));
    keep("rap/missing", &missing.to_octets(LengthForm::Definite));
    let control = severe.control;
    let acknowledgement = Acknowledgement {
        sender: control.recipient,
        recipient: control.sender,
        sequence: control.sequence,
        created: control.created,
        available: control.available,
        file_type: None,
    };
    keep(
        "rap/acknowledgement",
        &acknowledgement.to_octets(LengthForm::Definite),
    );

    keep("nrtrde/late", &generator(|_| {}).nrtrde(0).1);
    keep(
        "nrtrde/in_time",
        &generator(|p| (p.files, p.events) = (400, 8)).nrtrde(0).1,
    );
    keep("nrtrde/empty", &generator(|p| p.events = 0).nrtrde(0).1);

    keep("ber/definite", &[0x69, 3, 0x41, 1, 7]);
    keep("ber/indefinite", &[0x69, 0x80, 0x5f, 0x81, 0x44, 1, 7, 0, 0]);
    keep("ber/long_length", &[0x7f, 0x83, 0x35, 0x82, 0, 2, 0x41, 0]);
}
