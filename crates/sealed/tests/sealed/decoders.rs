//! Whatever octets come: nothing panics, and what is read is written the same.

use crate::fuzz;
use proptest::prelude::*;
use std::{fs, path::Path};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn decoders_should_keep_their_promises_when_octets_are_random(octets in prop::collection::vec(any::<u8>(), 0..2_000)) {
        fuzz::sealed(&octets);
    }

    #[test]
    fn decoders_should_keep_their_promises_when_seeds_are_damaged(
        place in any::<prop::sample::Index>(),
        with in any::<u8>(),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut octets = seeds()[seed.index(seeds().len())].1.clone();
        let place = place.index(octets.len());
        octets[place] = with;
        fuzz::sealed(&octets);
    }
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/sealed");
    let mut seeds: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn promises_should_be_kept_when_seeds_are_replayed() {
    assert!(!seeds().is_empty());
    for (_, octets) in seeds() {
        fuzz::sealed(&octets);
    }
}

/// `cargo test -p interclear-sealed -- --ignored seeds_should_be_written_when_asked_for`
#[test]
#[ignore = "writes the seeds"]
fn seeds_should_be_written_when_asked_for() {
    use crate::{context, opening, rng, statements, NETWORK};
    use codec::Encode;
    use interclear_sealed::{
        channel::SealingKeypair,
        derive::{Kind, ViewKey},
        document::Document,
        proof::Cover,
        prove::{prove_cover, prove_pok},
        suite::Suite,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/sealed");
    let write = |name: &str, octets: &[u8]| fs::write(folder.join(name), octets).unwrap();
    let made = opening(-5, 0);
    let document = Document {
        engine: 1,
        kind: Kind::Statement,
        agreement: 7,
        period: 202_611,
        payload: b"lines".to_vec(),
    };
    let plain = document.plain(&NETWORK, &ViewKey::from_bytes([5; 32])).unwrap();
    write("document", plain.expose());
    write("figures", &statements::figures().encode());
    write("commitment", &made.commit().0);
    write(
        "pok",
        &prove_pok(&context(), &made.commit(), &made, &mut rng(1)).unwrap(),
    );
    let cover = Cover {
        sealed: made.commit(),
        clear: 0,
        hold: 5,
    };
    write(
        "cover",
        &prove_cover(&context(), &cover, &made, &mut rng(1)).unwrap(),
    );
    for (name, suite) in [("x25519", Suite::X25519), ("x_wing", Suite::XWing)] {
        write(
            name,
            &SealingKeypair::from_bytes(suite, &[5; 32]).unwrap().public(),
        );
    }
}
