//! What must hold for any octets of commitments, documents, keys, proofs and boxes. Used by the fuzz target and by the tests of
//! `interclear-sealed` that replay the seeds.

use interclear_sealed::{
    channel::{KeyVersion, Message, Recipient, SealingKeypair},
    closing::{Closing, Figures},
    commit::Commitment,
    derive::{Kind, Network, ViewKey},
    document::{open, Document, Name, Plain},
    proof::{verify_cover, verify_equal, verify_pok, verify_sum, Context, Cover, Object},
    prove::Blinding,
    statement::{verify_statement, Debtor, Heading, Line, Statement},
    suite::Suite,
    usage::{one_at, Field},
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
    statement(octets);
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

/// What an author writes as figures is read by its partner; nobody stands by what it cannot open.
fn statement(octets: &[u8]) {
    let number = |place: usize| match octets.get(place..).and_then(<[u8]>::first_chunk::<4>) {
        Some(number) => u32::from_le_bytes(*number),
        None => 0,
    };
    let document = Document {
        engine: 1,
        kind: Kind::Statement,
        agreement: number(0),
        period: number(4),
        payload: octets.to_vec(),
    };
    let network = Network([0; 32]);
    if let Ok(figures) = Figures::read(&document) {
        assert_eq!(
            (figures.heading.agreement, figures.heading.period),
            (number(0), number(4))
        );
        let view = ViewKey::from_bytes([0; 32]);
        // Each line takes a multiplication.
        if figures.amounts.len() < 16 {
            if let Ok(closing) = Closing::new(&network, &view, 1, &figures) {
                let (written, _) = Plain::decode(closing.document().expose()).expect("our own octets");
                assert_eq!(written, document);
            }
        }
    }
    // A generator that has no part in amounts: nobody can open it as one.
    let unknown = [Line {
        debtor: Debtor::Second,
        amount: one_at(("GPRS", Field::Charge)),
    }];
    let statement = Statement {
        genesis: [0; 32],
        heading: Heading {
            agreement: 1,
            period: 202_611,
            parties: [1, 2],
            version: 1,
            currency: *b"EUR",
            decimals: 2,
            epoch: 1,
            usage: [Commitment::IDENTITY; 2],
        },
        document: [0; 32],
        lines: &unknown,
    };
    assert!(verify_statement(&statement, 1, octets).is_err());
}
