//! Time to net what 800 operators owe each other.

use criterion::{criterion_group, criterion_main, Criterion};
use interclear_netting::{carry_forward, exclude, net_positions, transfers, Obligation};
use std::{collections::BTreeSet, hint::black_box};

const PARTIES: u64 = 800;
const OBLIGATIONS: u64 = 100_000;
const DEFAULTERS: [u32; 3] = [17, 400, 799];
const MINIMUM: u128 = 10_000_000;

/// The same obligations in every run, spread by a multiplicative generator.
fn obligations() -> Vec<Obligation<u32, u64>> {
    let mut state = 1u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..OBLIGATIONS)
        .map(|id| {
            let debtor = next(PARTIES);
            let creditor = (debtor + 1 + next(PARTIES - 1)) % PARTIES;
            Obligation {
                id,
                debtor: debtor as u32,
                creditor: creditor as u32,
                amount: u128::from(next(100_000_000)),
            }
        })
        .collect()
}

fn bench(c: &mut Criterion) {
    let obligations = obligations();
    let plain = || obligations.iter().map(|o| (o.debtor, o.creditor, o.amount));
    let excluded = BTreeSet::from(DEFAULTERS);
    let positions = net_positions(plain()).expect("amounts are far below the limits");
    let settling = carry_forward(&positions, MINIMUM)
        .expect("sums to zero")
        .positions;

    let mut group = c.benchmark_group("800 parties, 100,000 obligations");
    group.bench_function("net positions", |b| b.iter(|| net_positions(plain())));
    group.bench_function("net positions without 3 defaulters", |b| {
        b.iter(|| exclude(obligations.iter().copied(), black_box(&excluded)))
    });
    group.bench_function("carry forward", |b| {
        b.iter(|| carry_forward(black_box(&positions), MINIMUM))
    });
    group.bench_function("transfers", |b| b.iter(|| transfers(black_box(&settling))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
