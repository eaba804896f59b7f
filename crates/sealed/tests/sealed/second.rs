//! Against a second implementation, in plain Python: each value that both compute, and each other's proofs, documents and boxes.

use crate::{context, opening, rng, statements, NETWORK};
use codec::Encode;
use interclear_sealed::{
    channel::{KeyVersion, Message, Recipient, Resent, SealingKeypair},
    closing::Closing,
    commit::Commitment,
    derive::{Contribution, Kind, Network, Pair, PairKey, Side, ViewKey},
    document::{self, Document, Name, Plain},
    proof::{verify_equal, verify_pok, verify_sum, Context, Cover, Object},
    prove::{prove_cover, prove_equal, prove_pok, prove_sum, Opening},
    statement::{verify_statement, Heading, Line, Statement},
    suite::Suite,
    usage::{commit_usage, h_of_label, one_at, prove_component, verify_component, Field},
};
use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha20Rng,
};
use serde_json::{json, Value};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// What Python comes to; `None` where there is no Python.
fn ask(ops: &[Value]) -> Option<Vec<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second.py");
    let started = Command::new("python3")
        .args(["-I", "-B"])
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = started else {
        eprintln!("skipped: there is no python3");
        return None;
    };
    let asked = json!({ "ops": ops }).to_string();
    python.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let answer = python.wait_with_output().unwrap();
    assert!(answer.status.success(), "the second implementation fails");
    let answers: Vec<Value> = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(answers.len(), ops.len());
    Some(answers)
}

/// Questions with the answers that are ours.
#[derive(Default)]
struct Compared {
    ops: Vec<Value>,
    ours: Vec<Value>,
}

impl Compared {
    fn octets(&mut self, op: Value, ours: impl AsRef<[u8]>) {
        self.is(op, hex::encode(ours));
    }

    fn is(&mut self, op: Value, ours: impl Into<Value>) {
        self.ops.push(op);
        self.ours.push(ours.into());
    }

    fn compare(self) {
        let Some(theirs) = ask(&self.ops) else { return };
        for ((op, ours), theirs) in self.ops.iter().zip(&self.ours).zip(&theirs) {
            assert_eq!(ours, theirs, "{op}");
        }
    }
}

fn random<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut octets = [0; N];
    rng.fill_bytes(&mut octets);
    octets
}

const KINDS: [Kind; 8] = [
    Kind::Terms,
    Kind::File,
    Kind::Statement,
    Kind::Report,
    Kind::Comparison,
    Kind::Obligation,
    Kind::Dispute,
    Kind::Ruling,
];

fn hexed(octets: impl AsRef<[u8]>) -> String {
    hex::encode(octets)
}

#[test]
fn derivations_should_be_the_same_when_made_twice() {
    let mut all = Compared::default();
    for seed in 0..6 {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let network = Network(random(&mut rng));
        let genesis = hexed(network.0);
        let pair = Pair::of(rng.next_u32(), rng.next_u32()).unwrap();
        let (lo, hi) = pair.operators();
        let (epoch, agreement, period) = (rng.next_u32(), rng.next_u32(), 202_601 + seed as u32);
        let (k_lo, k_hi): ([u8; 32], [u8; 32]) = (random(&mut rng), random(&mut rng));
        let of = Contribution::from_bytes;
        let root = PairKey::new(&network, pair, epoch, &of(k_lo), &of(k_hi));
        all.octets(
            json!({ "op": "pair_key", "genesis": genesis, "lo": lo, "hi": hi, "epoch": epoch,
                    "k_lo": hexed(k_lo), "k_hi": hexed(k_hi) }),
            root.expose(),
        );
        for (side, number) in [(Side::Lo, 0), (Side::Hi, 1)] {
            all.octets(
                json!({ "op": "confirm", "genesis": genesis, "key": hexed(root.expose()), "side": number }),
                root.confirm(&network, side),
            );
        }
        let branch = root.agreement(&network, agreement);
        all.octets(
            json!({ "op": "agreement_key", "genesis": genesis, "key": hexed(root.expose()), "agreement": agreement }),
            branch.expose(),
        );
        let key = hexed(branch.expose());
        let (terms, month) = (branch.terms(&network), branch.month(&network, period));
        all.octets(
            json!({ "op": "terms_key", "genesis": genesis, "key": key }),
            terms.expose(),
        );
        all.octets(
            json!({ "op": "month_key", "genesis": genesis, "key": key, "period": period }),
            month.expose(),
        );
        for kind in KINDS {
            let view = branch.view(&network, kind, period);
            assert_eq!(
                view,
                if kind == Kind::Terms {
                    terms.clone()
                } else {
                    month.clone()
                }
            );
            let (digest, place, payload): ([u8; 32], _, [u8; 77]) =
                (random(&mut rng), rng.next_u32() as u16, random(&mut rng));
            let mut op = json!({ "genesis": genesis, "key": hexed(view.expose()), "kind": kind.number(),
                                 "digest": hexed(digest), "place": place, "payload": hexed(payload) });
            for (name, ours) in [
                ("document_key", *view.document(&network, kind, &digest).expose()),
                ("blinding", view.blinding(&network, kind, &digest, place).expose()),
                ("salt", view.salt(&network, kind, &payload)),
                ("file_tag", view.file_tags(&network).tag(&payload)),
            ] {
                op["op"] = name.into();
                all.octets(op.clone(), ours);
            }
        }
    }
    all.compare();
}

#[test]
fn commitments_should_be_the_same_when_made_twice() {
    let mut all = Compared::default();
    all.octets(json!({ "op": "h" }), h_of_label().0);
    for service in ["GPRS", "MOC_LOCAL", "X"] {
        for field in Field::ALL {
            let ours = one_at((service, field)).0;
            all.octets(
                json!({ "op": "generator", "service": service, "field": field.name() }),
                ours,
            );
        }
    }
    for (place, value) in [0, 1, -1, i128::MAX, i128::MIN, 9_007_199_254_740_993, -653_445]
        .into_iter()
        .enumerate()
    {
        let (one, other) = (opening(value, place as u16), opening(1, 100 + place as u16));
        let (first, second) = (one.commit(), other.commit());
        let blinding = hexed(one.blinding.expose());
        all.octets(
            json!({ "op": "commit", "value": value.to_string(), "blinding": blinding }),
            first.0,
        );
        let sum = first.point().unwrap().plus(&second.point().unwrap()).compress();
        all.octets(
            json!({ "op": "add", "one": hexed(first.0), "other": hexed(second.0) }),
            sum.0,
        );
    }
    let numbers = [
        (("GPRS", Field::Charge), 123_456_789_012_345_678),
        (("SMS_MO", Field::Records), 3),
    ];
    let named = numbers.map(|((service, field), n): (_, u128)| json!([service, field.name(), n.to_string()]));
    let blinding = crate::blinding(0);
    all.octets(
        json!({ "op": "usage", "numbers": named, "blinding": hexed(blinding.expose()) }),
        commit_usage(numbers, &blinding).unwrap().0,
    );
    let mut rng = rng(7);
    for number in 0..200u16 {
        let mut octets: [u8; 32] = random(&mut rng);
        if number % 2 == 0 {
            // Half of them in the range, and even, so that it is not always the same reason.
            octets[31] &= 0x7f;
            octets[0] &= 0xfe;
        }
        let ours = Commitment(octets).point().is_ok();
        all.is(json!({ "op": "is_point", "octets": hexed(octets) }), ours);
    }
    all.compare();
}

#[test]
fn documents_should_be_the_same_when_made_twice() {
    let mut all = Compared::default();
    let view = ViewKey::from_bytes([5; 32]);
    for length in [
        0, 1, 5, 63, 64, 399, 400, 463, 464, 465, 466, 2_000, 3_995, 4_045, 4_100, 16_400, 17_000,
    ] {
        let written = Document {
            engine: 3,
            kind: Kind::Statement,
            agreement: 7,
            period: 202_611,
            payload: vec![0xa5; length],
        };
        let plain = written.plain(&NETWORK, &view).unwrap();
        let salt = view.salt(&NETWORK, Kind::Statement, &written.payload);
        all.octets(
            json!({ "op": "document", "engine": 3, "kind": 3, "agreement": 7, "period": 202_611,
                    "salt": hexed(salt), "payload": hexed(&written.payload) }),
            plain.expose(),
        );
        all.octets(
            json!({ "op": "digest", "octets": hexed(plain.expose()) }),
            plain.digest(),
        );
        let sealed = plain.seal(&NETWORK, &view, Suite::XWing, 6).unwrap();
        let mut op = json!({ "genesis": hexed(NETWORK.0), "key": hexed(view.expose()), "suite": 2, "epoch": 6, "kind": 3,
                             "digest": hexed(plain.digest()), "octets": hexed(plain.expose()), "op": "seal" });
        all.octets(op.clone(), &sealed);
        op["op"] = "open".into();
        op["octets"] = hexed(&sealed).into();
        all.octets(op, plain.expose());
    }
    all.compare();
}

/// Sealed there, opened here.
#[test]
fn documents_should_open_when_python_has_sealed_them() {
    let view = ViewKey::from_bytes([5; 32]);
    let written = json!({ "op": "document", "engine": 3, "kind": 7, "agreement": 7, "period": 202_611,
                          "salt": hexed([8; 32]), "payload": hexed(b"theirs") });
    let Some(plain) = ask(&[written]) else { return };
    let octets = hex::decode(plain[0].as_str().unwrap()).unwrap();
    let (document, plain) = Plain::decode(&octets).unwrap();
    assert_eq!(
        (document.payload.as_slice(), document.kind),
        (&b"theirs"[..], Kind::Dispute)
    );
    let op = json!({ "op": "seal", "genesis": hexed(NETWORK.0), "key": hexed(view.expose()), "suite": 1, "epoch": 6,
                     "kind": 7, "octets": hexed(&octets) });
    let sealed = hex::decode(ask(&[op]).unwrap()[0].as_str().unwrap()).unwrap();
    let name = Name {
        suite: Suite::X25519,
        epoch: 6,
        kind: Kind::Dispute,
        digest: *plain.digest(),
    };
    let (opened, _) = document::open(&NETWORK, &view, &name, &sealed).unwrap();
    assert_eq!(opened, document);
}

#[test]
fn boxes_should_open_when_the_other_implementation_has_sealed_them() {
    let pair = SealingKeypair::from_bytes(Suite::X25519, &[7; 32]).unwrap();
    let key = |operator, version| KeyVersion { operator, version };
    let message = Message {
        network: NETWORK,
        suite: Suite::X25519,
        epoch: 4,
        from: key(9, 1),
        to: key(3, 2),
    };
    let resent = Resent {
        network: NETWORK,
        suite: Suite::X25519,
        epoch: 4,
        from: 9,
        to: key(3, 2),
    };
    let contribution = Contribution::from_bytes([6; 32]);
    let info =
        |tag: u8, numbers: &[u32]| json!({ "genesis": hexed(NETWORK.0), "tag": tag, "numbers": numbers });
    let boxes = [
        (
            info(10, &[9, 3, 4, 1, 1, 2, 3]),
            message
                .seal(Recipient::Partner, &pair.public(), &contribution)
                .unwrap(),
        ),
        (
            info(10, &[9, 3, 4, 1, 1, 2, 9]),
            message
                .seal(Recipient::Oneself, &pair.public(), &contribution)
                .unwrap(),
        ),
        (
            info(11, &[9, 3, 4, 1, 2]),
            resent
                .seal(&pair.public(), &PairKey::from_bytes([6; 32]))
                .unwrap(),
        ),
    ];
    let mut all = Compared::default();
    all.octets(
        json!({ "op": "public", "key": hexed(pair.expose()) }),
        pair.public(),
    );
    let mut seals = Vec::new();
    for (mut op, sealed) in boxes {
        op["op"] = "box_open".into();
        op["key"] = hexed(pair.expose()).into();
        op["octets"] = hexed(&sealed).into();
        all.octets(op.clone(), [6; 32]);
        op["op"] = "box_seal".into();
        op["public"] = hexed(pair.public()).into();
        op["octets"] = hexed([8; 32]).into();
        seals.push(op);
    }
    all.compare();
    let Some(theirs) = ask(&seals) else { return };
    let theirs: Vec<Vec<u8>> = theirs
        .iter()
        .map(|sealed| hex::decode(sealed.as_str().unwrap()).unwrap())
        .collect();
    let opened = [Recipient::Partner, Recipient::Oneself]
        .iter()
        .zip(&theirs)
        .map(|(recipient, sealed)| *message.open(*recipient, &pair, sealed).unwrap().expose());
    assert!(opened.into_iter().all(|opened| opened == [8; 32]));
    assert_eq!(*resent.open(&pair, &theirs[2]).unwrap().expose(), [8; 32]);
}

const SERVICES: [&str; 2] = ["GPRS", "SMS_MO"];

fn told(context: &Context) -> Value {
    json!({ "genesis": hexed(context.genesis), "object": hexed(context.object.encode()), "party": context.party,
            "document": hexed(context.document) })
}

fn scalar(opening: &Opening) -> String {
    decimal(&opening.blinding.expose())
}

/// Octets, least first, in decimal digits.
fn decimal(octets: &[u8; 32]) -> String {
    let mut digits = vec![0u8];
    for octet in octets.iter().rev() {
        let mut carry = u32::from(*octet);
        for digit in &mut digits {
            carry += u32::from(*digit) * 256;
            *digit = (carry % 10) as u8;
            carry /= 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// Each proof that is made here verifies there, and with another document does not; each that is made there verifies here.
#[test]
fn proofs_should_verify_when_the_other_implementation_has_made_them() {
    let at = Context {
        object: Object::Question([3; 32]),
        ..context()
    };
    let (one, other) = (opening(-77, 0), opening(-77, 1));
    let (first, second) = (one.commit(), other.commit());
    let sum = one.minus(&other).unwrap();
    let summands = [(first, false), (second, true)];
    let place = ("GPRS", Field::Charge);
    let numbers = |place: (&str, Field)| match place {
        ("GPRS", Field::Charge) => 41,
        ("SMS_MO", Field::Records) => 5,
        _ => 0u128,
    };
    let every = SERVICES
        .iter()
        .flat_map(|service| Field::ALL.map(|field| (*service, field)));
    let usage = commit_usage(every.clone().map(|place| (place, numbers(place))), &one.blinding).unwrap();
    let others = every
        .filter(|one| *one != place)
        .map(|place| numbers(place).to_string());
    let of_component: Vec<String> = std::iter::once(scalar(&one)).chain(others).collect();
    let source = &mut rng(3);
    let pair = [hexed(first.0), hexed(second.0)];
    let cases = [
        (
            json!({ "about": "pok", "commitments": [hexed(first.0)], "witness": ["-77", scalar(&one)] }),
            prove_pok(&at, &first, &one, source).unwrap(),
        ),
        (
            json!({ "about": "equal", "commitments": pair, "witness": [scalar(&sum)] }),
            prove_equal(&at, (&first, &one.blinding), (&second, &other.blinding), source).unwrap(),
        ),
        (
            json!({ "about": "sum", "commitments": pair, "signs": [0, 1], "value": "0", "witness": [scalar(&sum)] }),
            prove_sum(&at, &summands, &sum, source).unwrap(),
        ),
        (
            json!({ "about": "component", "commitments": [hexed(usage.0)], "services": SERVICES,
                    "place": ["GPRS", "charge"], "value": "41", "witness": of_component }),
            prove_component(&at, &SERVICES, &usage, place, numbers, &one.blinding, source).unwrap(),
        ),
    ];
    let mut all = Compared::default();
    let mut made = Vec::new();
    for (mut op, proof) in cases {
        op["op"] = "verify".into();
        op["proof"] = hexed(&proof).into();
        op["context"] = told(&at);
        all.is(op.clone(), true);
        let mut changed = op.clone();
        changed["context"] = told(&Context {
            document: [1; 32],
            ..at
        });
        all.is(changed, false);
        op["op"] = "prove".into();
        made.push(op);
    }
    let cover = Cover {
        sealed: first,
        clear: -3,
        hold: 80,
    };
    let proof = prove_cover(&at, &cover, &one, source).unwrap();
    let op = |hold: &str| {
        json!({ "op": "verify_cover", "commitments": [hexed(first.0)], "clear": "-3", "hold": hold,
                "proof": hexed(&proof), "context": told(&at) })
    };
    all.is(op("80"), true);
    all.is(op("81"), false);
    all.compare();
    let Some(theirs) = ask(&made) else { return };
    let theirs: Vec<Vec<u8>> = theirs
        .iter()
        .map(|proof| hex::decode(proof.as_str().unwrap()).unwrap())
        .collect();
    assert_eq!(verify_pok(&at, &first, &theirs[0]), Ok(()));
    assert_eq!(verify_equal(&at, &first, &second, &theirs[1]), Ok(()));
    assert_eq!(verify_sum(&at, &summands, 0, &theirs[2]), Ok(()));
    assert_eq!(
        verify_component(&at, &SERVICES, &usage, place, 41, &theirs[3]),
        Ok(())
    );
}

fn told_heading(heading: &Heading) -> Value {
    json!({ "agreement": heading.agreement, "period": heading.period, "parties": heading.parties,
            "version": heading.version, "currency": String::from_utf8_lossy(&heading.currency),
            "decimals": heading.decimals, "epoch": heading.epoch,
            "usage": heading.usage.map(|usage| hexed(usage.0)) })
}

fn hexed_lines(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| hexed(line.amount.0)).collect()
}

/// What Python is to say of a statement that was made here.
fn told_closing(made: &Closing) -> Value {
    let net = made.net();
    json!({ "document": hexed(made.document().expose()), "digest": hexed(made.document().digest()),
            "net": hexed(net.commit().0), "blinding": hexed(net.blinding.expose()), "amount": net.value.to_string(),
            "lines": hexed_lines(made.statement().lines) })
}

#[test]
fn statements_should_be_the_same_when_made_twice() {
    let view = statements::view();
    let mut all = Compared::default();
    let mut long = statements::figures();
    long.details = vec![0xa5; 5_000];
    long.amounts = long.amounts.repeat(20);
    for (figures, engine) in [(statements::figures(), 4), (statements::figures(), 5), (long, 4)] {
        let made = Closing::new(&NETWORK, &view, engine, &figures).unwrap();
        let amounts = figures.amounts.iter();
        let amounts: Vec<_> = amounts
            .map(|owed| json!([owed.debtor as u8, owed.amount.to_string()]))
            .collect();
        let op = json!({ "op": "closing", "genesis": hexed(NETWORK.0), "key": hexed(view.expose()), "engine": engine,
                         "heading": told_heading(&figures.heading), "amounts": amounts,
                         "details": hexed(&figures.details) });
        all.is(op, told_closing(&made));
    }
    all.compare();
}

/// `month.json` has what Python was asked, and has answered. The tests of `interclear-client` rate and seal the same month.
#[test]
fn month_should_be_what_python_rates_and_seals() {
    let kept: Value = serde_json::from_str(include_str!("../month.json")).unwrap();
    let mut all = Compared::default();
    all.is(kept["asked"].clone(), kept["answer"].clone());
    all.compare();
}

/// A proof that is made here verifies there, and for another version or order of lines does not; one that is made there verifies here.
#[test]
fn statements_should_be_stood_by_when_the_other_implementation_proves_it() {
    let made = Closing::new(&NETWORK, &statements::view(), 4, &statements::figures()).unwrap();
    let statement = made.statement();
    let party = statement.heading.parties[1];
    let at = Context {
        party,
        document: statement.document,
        ..context()
    };
    let op = |told: &str, statement: &Statement<'_>| {
        let debtors: Vec<u8> = statement.lines.iter().map(|line| line.debtor as u8).collect();
        json!({ "op": told, "about": "statement", "context": self::told(&at), "debtors": debtors,
                "heading": told_heading(&statement.heading), "commitments": hexed_lines(statement.lines),
                "witness": [made.net().value.to_string(), scalar(made.net())],
                "proof": hexed(made.prove(party, &mut rng(5)).unwrap()) })
    };
    let mut all = Compared::default();
    all.is(op("verify", &statement), true);
    let mut heading = statement.heading;
    heading.version += 1;
    all.is(op("verify", &Statement { heading, ..statement }), false);
    let mut lines = statement.lines.to_vec();
    lines.swap(0, 1);
    let lines = lines.as_slice();
    all.is(op("verify", &Statement { lines, ..statement }), false);
    all.compare();
    let Some(theirs) = ask(&[op("prove", &statement)]) else {
        return;
    };
    let proof = hex::decode(theirs[0].as_str().unwrap()).unwrap();
    assert_eq!(
        verify_statement(&statement, party, &proof),
        Ok(made.net().commit())
    );
}
