//! Speed of reading and rating a year's usage on one core: 14,610 rows, where the published data set is at hand.

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use interclear_import::{rate, Agreement, Rates, Scope, Usage};
use std::hint::black_box;

fn read(name: &str) -> Option<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bwr/group-12m");
    std::fs::read(format!("{folder}/{name}")).ok()
}

fn benches(c: &mut Criterion) {
    let (Some(contract), Some(file)) = (read("contract.json"), read("usage_dtag.json")) else {
        println!("skipped: the data set is not at hand");
        return;
    };
    let contract = String::from_utf8(contract).expect("text");
    let agreement = || Agreement::read(&contract).expect("a sound contract");
    let usage = Usage::read(&file).expect("sound usage");
    let rates = Rates::new();
    let rated = |usage: &Usage| {
        let assigned = agreement().assign(usage).expect("usage under the contract");
        rate(&assigned, Scope::Term, &rates, 2).expect("amounts that fit")
    };
    let mut group = c.benchmark_group("a year of two groups");
    group
        .throughput(Throughput::Elements(usage.rows.len() as u64))
        .sample_size(20);
    group.bench_function("read", |b| {
        b.iter(|| Usage::read(black_box(&file)).expect("sound usage"))
    });
    group.bench_function("rate", |b| b.iter(|| rated(black_box(&usage))));
    group.bench_function("read and rate", |b| {
        b.iter(|| rated(&Usage::read(black_box(&file)).expect("sound usage")))
    });
    group.finish();
}

criterion_group!(import, benches);
criterion_main!(import);
