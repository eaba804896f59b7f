//! Documents: one form, one digest, one ciphertext.

use crate::NETWORK;
use interclear_sealed::{
    derive::{Kind, Network, ViewKey},
    document::{open, Document, DocumentInvalid, Name, Plain, MAX_PAYLOAD},
    suite::Suite,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn document(payload: Vec<u8>) -> Document {
    Document {
        engine: 4,
        kind: Kind::Statement,
        agreement: 7,
        period: 202_611,
        payload,
    }
}

fn view() -> ViewKey {
    ViewKey::from_bytes([5; 32])
}

fn name(plain: &Plain) -> Name {
    Name {
        suite: Suite::XWing,
        epoch: 2,
        kind: Kind::Statement,
        digest: *plain.digest(),
    }
}

proptest! {
    #[test]
    fn document_should_come_back_when_it_is_sealed_and_opened(payload in prop::collection::vec(any::<u8>(), 0..6_000)) {
        let document = document(payload);
        let plain = document.plain(&NETWORK, &view()).unwrap();
        let sealed = plain.seal(&NETWORK, &view(), Suite::XWing, 2).unwrap();
        let (opened, again) = open(&NETWORK, &view(), &name(&plain), &sealed).unwrap();
        prop_assert_eq!(&opened, &document);
        prop_assert_eq!(again.digest(), plain.digest());
        prop_assert_eq!(sealed, again.seal(&NETWORK, &view(), Suite::XWing, 2).unwrap(), "the same octets");
        let length = plain.expose().len();
        prop_assert_eq!(length % if length <= 4_096 { 512 } else { 4_096 }, 0);
    }
}

#[test]
fn lengths_should_be_few_when_payloads_are_of_every_length() {
    let lengths: BTreeSet<usize> = (0..9_000)
        .map(|length| document(vec![1; length]).salted([0; 32]).unwrap().expose().len())
        .collect();
    let steps = (1..=8).map(|steps| steps * 512).chain([8_192, 12_288]);
    assert_eq!(lengths, steps.collect());
}

#[test]
fn document_should_be_short_when_its_payload_fills_it_exactly() {
    // Without padding: format, engine, kind, agreement, period, salt, the length of the payload and that of no padding.
    let bare = 1 + 4 + 1 + 4 + 4 + 32 + 2 + 1;
    let length = |payload: usize| document(vec![1; payload]).salted([0; 32]).unwrap().expose().len();
    assert_eq!(length(512 - bare), 512);
    assert_eq!(length(512 - bare + 1), 1_024);
    // A padding of 63 octets has a length of one octet, one of 64 a length of two: 65 octets cannot be filled.
    assert_eq!(length(512 - bare - 63), 512);
    assert_eq!(length(512 - bare - 64), 1_024);
    assert_eq!(length(512 - bare - 65), 512);
}

#[test]
fn both_sides_should_get_the_same_octets_when_they_write_the_same() {
    let one = document(b"lines".to_vec()).plain(&NETWORK, &view()).unwrap();
    let other = document(b"lines".to_vec()).plain(&NETWORK, &view()).unwrap();
    assert_eq!(one, other);
    let changed = [
        Document {
            engine: 5,
            ..document(b"lines".to_vec())
        },
        document(b"other".to_vec()),
    ];
    for changed in changed {
        assert_ne!(changed.plain(&NETWORK, &view()).unwrap().digest(), one.digest());
    }
}

#[test]
fn document_should_not_open_when_anything_is_another() {
    let plain = document(b"lines".to_vec()).plain(&NETWORK, &view()).unwrap();
    let sealed = plain.seal(&NETWORK, &view(), Suite::XWing, 2).unwrap();
    let right = name(&plain);
    let refused = |network: Network, view: ViewKey, name: Name, sealed: &[u8]| {
        assert_eq!(
            open(&network, &view, &name, sealed).unwrap_err(),
            DocumentInvalid::NotOpened
        );
    };
    refused(Network([0x12; 32]), view(), right, &sealed);
    refused(NETWORK, ViewKey::from_bytes([6; 32]), right, &sealed);
    let names = [
        Name {
            suite: Suite::X25519,
            ..right
        },
        Name { epoch: 1, ..right },
        Name {
            kind: Kind::Dispute,
            ..right
        },
        Name {
            digest: [0; 32],
            ..right
        },
    ];
    for name in names {
        refused(NETWORK, view(), name, &sealed);
    }
    for place in [0, 100, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        refused(NETWORK, view(), right, &changed);
    }
    refused(NETWORK, view(), right, &sealed[..sealed.len() - 1]);
    refused(NETWORK, view(), right, &[]);
}

#[test]
fn octets_should_be_refused_when_they_are_another_form_of_a_document() {
    let plain = document(b"lines".to_vec()).plain(&NETWORK, &view()).unwrap();
    let octets = plain.expose().to_vec();
    assert_eq!(Plain::decode(&octets).unwrap().1, plain);
    let refused = |octets: &[u8]| assert_eq!(Plain::decode(octets).unwrap_err(), DocumentInvalid::Malformed);
    refused(&[]);
    refused(&octets[..octets.len() - 1]);
    refused(&[octets.as_slice(), &[0]].concat());
    for (place, with) in [(0, 2), (5, 0), (5, 9), (octets.len() - 1, 1)] {
        let mut changed = octets.clone();
        changed[place] = with;
        refused(&changed);
    }
    // The length of the payload in four octets instead of one, and a padding that is as much shorter.
    let mut long = octets[..46].to_vec();
    long.extend([5 << 2 | 2, 0, 0, 0]);
    long.extend(b"lines");
    let padding = 512 - long.len() - 2;
    long.extend(((padding as u16) << 2 | 1).to_le_bytes());
    long.extend(vec![0; padding]);
    assert_eq!(long.len(), 512);
    refused(&long);
}

#[test]
fn document_should_be_refused_when_its_payload_is_too_long() {
    assert_eq!(
        document(vec![0; MAX_PAYLOAD]).salted([0; 32]).unwrap_err(),
        DocumentInvalid::TooLong
    );
}

#[test]
fn secrets_should_not_be_shown_when_they_are_printed() {
    let plain = document(b"rate 0.0123".to_vec())
        .plain(&NETWORK, &view())
        .unwrap();
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        view(),
        plain,
        document(b"rate 0.0123".to_vec()),
        crate::opening(1_234_567, 0),
        interclear_sealed::channel::SealingKeypair::from_bytes(Suite::XWing, &[5; 32]).unwrap(),
    );
    for secret in ["1234567", "0123", "5, 5", "0505", "114, 97"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
