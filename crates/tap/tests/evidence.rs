//! What the anchored root proves, and to whom it says nothing.

use interclear_merkle::{derive_salt, leaf_hash, verify, FileSecret, ProofInvalid, Root};
use interclear_tap::Item;
use interclear_tap::{ber::Encoder, prove_record, validate, writer::Digits, Options, Reader};
use interclear_tap_samples::{Generator, Parameters};

fn generator(events: u64) -> Generator {
    Generator::new(Parameters {
        events,
        seed: 21,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    })
    .unwrap()
}

fn tap(events: u64) -> Vec<u8> {
    let mut octets = Vec::new();
    generator(events)
        .write(0, Default::default(), &mut octets)
        .unwrap();
    octets
}

#[test]
fn record_should_be_proven_by_its_anchor_only_when_it_is_at_its_place() {
    let secret = FileSecret::from([5; 32]);
    for octets in [tap(37), generator(37).nrtrde(0).1] {
        let options = Options {
            digest: true,
            secret: Some(secret.clone()),
            ..Options::default()
        };
        let outcome = validate(octets.as_slice(), &options).unwrap();
        let (hash, records) = match (&outcome.summary, &outcome.nrtrde) {
            (Some(summary), _) => summary.anchor().map(|anchor| (anchor.root, anchor.records)),
            (None, nrtrde) => {
                let anchor = nrtrde.as_ref().unwrap().anchor();
                anchor.map(|anchor| (anchor.root, anchor.records))
            }
        }
        .unwrap();
        let root = Root {
            hash,
            count: records.into(),
        };
        for index in 0..37 {
            let shown = prove_record(octets.as_slice(), &secret, index).unwrap().unwrap();
            assert_eq!(shown.root, root);
            let leaf = leaf_hash(&shown.salt, index, &shown.octets);
            assert_eq!(verify(&root, &shown.proof, &leaf, index), Ok(()));
            // Neither at another place, nor with one octet changed, nor with a neighbour's salt.
            let other = (index + 1) % 37;
            assert!(verify(
                &root,
                &shown.proof,
                &leaf_hash(&shown.salt, other, &shown.octets),
                other
            )
            .is_err());
            let mut altered = shown.octets.clone();
            *altered.last_mut().unwrap() ^= 1;
            let leaf = leaf_hash(&shown.salt, index, &altered);
            assert_eq!(
                verify(&root, &shown.proof, &leaf, index),
                Err(ProofInvalid::RootMismatch)
            );
            let leaf = leaf_hash(&derive_salt(&secret, other), index, &shown.octets);
            assert_eq!(
                verify(&root, &shown.proof, &leaf, index),
                Err(ProofInvalid::RootMismatch)
            );
        }
        assert_eq!(prove_record(octets.as_slice(), &secret, 37).unwrap(), None);
    }
    assert!(prove_record(&b"CDR;1;2"[..], &secret, 0).is_err());
}

/// Somebody who sees the leaf, and knows all of the record but the last four digits of the IMSI, tries every subscriber.
#[test]
fn leaf_should_say_nothing_about_the_subscriber_when_its_salt_is_unknown() {
    let octets = tap(1);
    let mut reader = Reader::new(octets.as_slice(), false).unwrap();
    let mut record = Vec::new();
    while let Some(item) = reader.next_item().unwrap() {
        if let Item::Event(raw) = item {
            record = raw.octets.to_vec();
        }
    }
    let imsi = |number: u64| {
        let mut e = Encoder::default();
        e.bcd(129, Digits::new("00101", number, 15).as_str());
        e.into_octets()
    };
    let place = (0..10_000).find_map(|number| {
        let wanted = imsi(number);
        record
            .windows(wanted.len())
            .position(|window| window == wanted)
            .map(|place| (place, wanted.len()))
    });
    let (place, length) = place.expect("the subscriber is one of ten thousand");
    let secret = FileSecret::from([0x5a; 32]);
    let leaf = leaf_hash(&derive_salt(&secret, 0), 0, &record);
    let hits = |secret: &FileSecret| {
        let salt = derive_salt(secret, 0);
        let guess = |number: &u64| {
            let mut guess = record.clone();
            guess[place..place + length].copy_from_slice(&imsi(*number));
            leaf_hash(&salt, 0, &guess) == leaf
        };
        (0..10_000).filter(guess).count()
    };
    assert_eq!(hits(&secret), 1, "who has the secret finds the one subscriber");
    let mut near = [0x5a; 32];
    near[31] ^= 1;
    for wrong in [[0; 32], [0xff; 32], near] {
        assert_eq!(hits(&wrong.into()), 0, "who has not, finds nobody");
    }
}
