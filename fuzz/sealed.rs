//! What must hold for any octets of commitments, documents, keys, proofs and boxes. Used by the fuzz target and by the tests of
//! `interclear-sealed` that replay the seeds.

use interclear_sealed::{
    channel::{KeyVersion, Message, Recipient, SealingKeypair},
    commit::Commitment,
    derive::{Kind, Network, ViewKey},
    document::{open, Name, Plain},
    proof::{verify_cover, verify_equal, verify_pok, verify_sum, Context, Cover, Object},
    prove::Blinding,
    suite::Suite,
};

/// There is one encoding of each thing that is read; what is not proven does not verify; what is not sealed does not open.
pub fn sealed(octets: &[u8]) {
    if let Some(first) = octets.first_chunk::<32>() {
        if let Ok(point) = Commitment(*first).point() {
            assert_eq!(point.compress().0, *first);
            assert_eq!(Commitment(*first).submitted().is_ok(), *first != [0; 32]);
        }
        if let Some(blinding) = Blinding::from_bytes(*first) {
            assert_eq!(blinding.expose(), *first);
        }
        assert!(!Commitment(*first).opens(1, &[1; 32]));
    }
    if let Ok((document, plain)) = Plain::decode(octets) {
        assert_eq!(plain.expose(), octets);
        let (again, _) = Plain::decode(plain.expose()).expect("our own octets");
        assert_eq!(again, document);
    }
    for suite in Suite::ALL {
        if suite.check(octets).is_ok() {
            let sealed = interclear_sealed::channel::seal(suite, octets, b"", b"", &[1; 32]);
            assert_eq!(sealed.expect("a key").len(), suite.sealed_key());
        }
        let key = |operator| KeyVersion { operator, version: 1 };
        let message = Message {
            network: Network([0; 32]),
            suite,
            epoch: 1,
            from: key(1),
            to: key(2),
        };
        let pair = SealingKeypair::from_bytes(suite, &[5; 32]).expect("32 octets");
        assert!(message.open(Recipient::Partner, &pair, octets).is_err());
    }
    let name = Name {
        suite: Suite::XWing,
        epoch: 1,
        kind: Kind::Terms,
        digest: [0; 32],
    };
    assert!(open(&Network([0; 32]), &ViewKey::from_bytes([0; 32]), &name, octets).is_err());
    let context = Context {
        genesis: [0; 32],
        object: Object::Dispute(1),
        party: 1,
        document: [0; 32],
    };
    // Whose opening nobody knows: H itself, and its double would be as good.
    let unknown = Commitment(interclear_sealed::commit::H);
    let sum = [(unknown, false), (unknown, true)];
    assert!(verify_pok(&context, &unknown, octets).is_err());
    assert!(verify_equal(&context, &unknown, &Commitment::IDENTITY, octets).is_err());
    assert!(verify_sum(&context, &sum, 1, octets).is_err());
    let cover = Cover {
        sealed: unknown,
        clear: -1,
        hold: 0,
    };
    assert!(verify_cover(&context, &cover, octets).is_err());
}
