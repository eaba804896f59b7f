//! Speed of decoding and validation on one core, what hashing and the Merkle tree add, and what a second core takes off.

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use interclear_tap::{validate, Options, Threads, Verdict};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::hint::black_box;

const EVENTS: u64 = 100_000;

fn file(events: u64, tadig: &str) -> Vec<u8> {
    let parameters = Parameters {
        events,
        discounts: true,
        ..Parameters::new(
            "FRAF1".parse().expect("a TADIG code"),
            tadig.parse().expect("a TADIG code"),
            "2026-10".parse().expect("a month"),
        )
    };
    let mut octets = Vec::new();
    let generator = Generator::new(parameters).expect("good parameters");
    generator
        .write(0, Variant::default(), &mut octets)
        .expect("a vector takes every octet");
    octets
}

fn benches(c: &mut Criterion) {
    let octets = file(EVENTS, "DEUD1");
    println!("{} octets per record", octets.len() as u64 / EVENTS);
    let plain = Options {
        threads: Threads::One,
        ..Options::default()
    };
    let hashed = Options {
        digest: true,
        ..plain.clone()
    };
    let anchored = Options {
        secret: Some([1; 32].into()),
        ..hashed.clone()
    };
    let two = Options {
        threads: Threads::Two,
        ..anchored.clone()
    };
    let mut group = c.benchmark_group("tap");
    group.throughput(Throughput::Elements(EVENTS)).sample_size(20);
    for (name, options) in [
        ("validate", &plain),
        ("validate and hash", &hashed),
        ("validate, hash and Merkle", &anchored),
        ("validate, hash and Merkle by two threads", &two),
    ] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let outcome = validate(black_box(octets.as_slice()), options).expect("memory does not fail");
                assert_eq!(outcome.verdict(), Verdict::Billable);
                outcome
            })
        });
    }
    group.bench_function("generate", |b| b.iter(|| file(black_box(EVENTS), "DEUD1").len()));
    group.finish();
}

criterion_group!(tap, benches);
criterion_main!(tap);
