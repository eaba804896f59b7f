//! Time to hash the leaves of a large file, to compute its root, and to make and check a proof.

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use interclear_merkle::{
    derive_salt, leaf_hash, prove, verify, FileSecret, Hash, LeafBatch, Root, RootBuilder,
};
use std::hint::black_box;

const LEAVES: u64 = 1_000_000;

/// Within the 150 to 600 bytes that are typical of a call event.
const RECORD: [u8; 400] = [0x5a; 400];

fn root_of(leaves: impl Iterator<Item = Hash>) -> Root {
    let mut builder = RootBuilder::new();
    for leaf in leaves {
        builder.push(leaf).expect("fewer leaves than a tree holds");
    }
    builder.finish()
}

fn bench(c: &mut Criterion) {
    let secret = FileSecret::from([7; 32]);
    let leaf = |index| leaf_hash(&derive_salt(&secret, index), index, black_box(&RECORD));
    let leaves: Vec<Hash> = (0..LEAVES).map(leaf).collect();
    let root = root_of(leaves.iter().copied());
    let proof = prove(&leaves, LEAVES / 3).expect("the leaf is there");

    let mut group = c.benchmark_group("1,000,000 leaves");
    group.sample_size(10).throughput(Throughput::Elements(LEAVES));
    group.bench_function("root", |b| b.iter(|| root_of(black_box(&leaves).iter().copied())));
    group.bench_function("salts, leaves and root", |b| {
        b.iter(|| root_of((0..LEAVES).map(leaf)))
    });
    group.bench_function("salts, leaves and root, 256 at once", |b| {
        b.iter(|| {
            let (mut builder, mut batch, mut leaves) = (RootBuilder::new(), LeafBatch::default(), Vec::new());
            for index in 1..=LEAVES {
                batch.push(black_box(&RECORD));
                if batch.len() == 256 || index == LEAVES {
                    batch.finish(&secret, builder.count(), &mut leaves);
                    builder.extend(&leaves).expect("fewer leaves than a tree holds");
                    leaves.clear();
                }
            }
            builder.finish()
        })
    });
    group.bench_function("prove", |b| b.iter(|| prove(black_box(&leaves), LEAVES / 3)));
    group.finish();

    c.bench_function("verify a proof in 1,000,000 leaves", |b| {
        b.iter(|| {
            verify(
                black_box(&root),
                black_box(&proof),
                &leaves[(LEAVES / 3) as usize],
                LEAVES / 3,
            )
        })
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
