//! What is said of samples as they are made, and as they are damaged on purpose.

use interclear_tap::{
    ber::{Elements, Encoder, LengthForm},
    validate, Code, Context, FileName, Options, Outcome, SeenRecords, Severity, Verdict,
};
use interclear_tap_samples::{Generator, Made, Parameters, Variant};

fn parameters() -> Parameters {
    let period = "2026-10".parse().unwrap();
    Parameters {
        files: 3,
        events: 600,
        seed: 7,
        ..Parameters::new("FRAF1".parse().unwrap(), "DEUD1".parse().unwrap(), period)
    }
}

fn make(parameters: Parameters, file: u32, variant: Variant) -> (Made, Vec<u8>) {
    Generator::new(parameters).unwrap().octets(file, variant).unwrap()
}

fn options() -> Options {
    Options {
        digest: true,
        secret: Some([9; 32].into()),
        ..Options::default()
    }
}

fn check(octets: &[u8], options: &Options) -> Outcome {
    validate(octets, options).unwrap()
}

#[test]
fn outcome_should_differ_in_digest_and_root_alone_when_lengths_are_indefinite() {
    let (_, definite) = make(parameters(), 0, Variant::default());
    let (_, indefinite) = make(
        parameters(),
        0,
        Variant {
            form: LengthForm::Indefinite,
            ..Variant::default()
        },
    );
    assert_ne!(definite, indefinite);
    let (definite, indefinite) = (check(&definite, &options()), check(&indefinite, &options()));
    assert_eq!(indefinite.findings.codes(), []);
    let (a, mut b) = (definite.summary.unwrap(), indefinite.summary.unwrap());
    assert_ne!(
        (a.file_digest, a.root),
        (b.file_digest, b.root),
        "hashes are over the octets"
    );
    (b.file_digest, b.root) = (a.file_digest, a.root);
    assert_eq!(a, b);
}

#[test]
fn file_should_be_refused_when_its_total_is_wrong_and_accepted_when_sent_again() {
    let (_, wrong) = make(
        parameters(),
        1,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    let outcome = check(&wrong, &options());
    assert_eq!(outcome.findings.codes(), [Code::TotalChargeDiffers]);
    assert_eq!(
        outcome.findings.fatal_reason(),
        Some(interclear_primitives::batch::FatalReason::Totals)
    );
    assert_eq!(outcome.verdict(), Verdict::Findings);
    let wrong = outcome.summary.unwrap();

    let (_, again) = make(
        parameters(),
        1,
        Variant {
            rap_sequence: Some(12),
            ..Variant::default()
        },
    );
    let outcome = check(&again, &options());
    assert_eq!(outcome.findings.codes(), []);
    let again = outcome.summary.unwrap();
    assert_eq!(
        (again.sequence, again.charge),
        (wrong.sequence, wrong.charge),
        "the records are the same"
    );
    assert_eq!(again.root, wrong.root);
    assert_ne!(again.file_digest, wrong.file_digest);
    assert_eq!(again.anchor().unwrap().resent_for, Some(12));
}

#[test]
fn digest_and_root_should_be_those_of_the_octets_when_asked_for() {
    let (_, octets) = make(
        Parameters {
            events: 3,
            ..parameters()
        },
        0,
        Variant::default(),
    );
    let summary = check(&octets, &options()).summary.unwrap();
    // The secret salts what stands for the octets: the third kind of hash, after leaves and nodes.
    let hash = |octets: &[u8]| blake2b_simd::Params::new().hash_length(32).hash(octets);
    let content = hash(&octets);
    let salted = [&[4][..], &[9; 32], content.as_bytes()].concat();
    assert_eq!(summary.file_digest.unwrap(), hash(&salted).as_bytes());
    let unsalted = check(
        &octets,
        &Options {
            secret: None,
            ..options()
        },
    );
    assert_eq!(unsalted.file_digest.unwrap(), content.as_bytes());

    let secret = [9; 32].into();
    let mut reader = interclear_tap::Reader::new(octets.as_slice(), false).unwrap();
    let mut builder = interclear_merkle::RootBuilder::new();
    while let Some(item) = reader.next_item().unwrap() {
        if let interclear_tap::Item::Event(raw) = item {
            assert_eq!(raw.octets, &octets[raw.offset as usize..][..raw.octets.len()]);
            let salt = interclear_merkle::derive_salt(&secret, raw.index);
            builder
                .push(interclear_merkle::leaf_hash(&salt, raw.index, raw.octets))
                .unwrap();
        }
    }
    assert_eq!(summary.root.unwrap(), builder.finish().hash);
}

#[test]
fn file_should_be_refused_when_its_name_contradicts_its_content() {
    let (made, octets) = make(parameters(), 0, Variant::default());
    let named = |name: FileName| Options {
        context: Context {
            file_name: Some(format!("{name}.dat")),
            ..Context::default()
        },
        ..Options::default()
    };
    let name = made.name;
    assert_eq!(check(&octets, &named(name)).findings.codes(), []);
    assert_eq!(
        check(&octets, &named(FileName { sequence: 9, ..name }))
            .findings
            .codes(),
        [Code::NameSequenceDiffers]
    );
    assert_eq!(
        check(&octets, &named(FileName { test: true, ..name }))
            .findings
            .codes(),
        [Code::NameTestDiffers]
    );
    let turned = FileName {
        sender: name.recipient,
        recipient: name.sender,
        ..name
    };
    assert_eq!(
        check(&octets, &named(turned)).findings.codes(),
        [Code::NamePartiesDiffer, Code::NamePartiesDiffer]
    );
    let (test, octets) = make(
        Parameters {
            test: true,
            ..parameters()
        },
        0,
        Variant::default(),
    );
    assert!(test.name.to_string().starts_with("TD"));
    assert_eq!(check(&octets, &named(test.name)).findings.codes(), []);
    assert!(check(&octets, &Options::default()).summary.unwrap().test);
}

#[test]
fn gap_late_duplicate_and_reuse_should_be_told_apart_when_a_number_is_not_the_next() {
    let at = |first_sequence, context: Context| {
        let (_, octets) = make(
            Parameters {
                first_sequence,
                events: 20,
                ..parameters()
            },
            0,
            Variant::default(),
        );
        check(
            &octets,
            &Options {
                context,
                ..Options::default()
            },
        )
        .findings
        .codes()
    };
    let expecting = |sequence| Context {
        expected_sequence: Some(sequence),
        ..Context::default()
    };
    assert_eq!(at(5, expecting(5)), []);
    assert_eq!(at(7, expecting(5)), [Code::SequenceGap]);
    assert_eq!(at(4, expecting(5)), [Code::SequenceLate]);
    assert_eq!(
        at(2, expecting(99_999)),
        [Code::SequenceGap],
        "99999 is followed by 1"
    );
    assert_eq!(at(99_999, expecting(1)), [Code::SequenceLate]);

    let (_, octets) = make(
        Parameters {
            events: 20,
            ..parameters()
        },
        0,
        Variant::default(),
    );
    let hash: [u8; 32] = blake2b_simd::Params::new()
        .hash_length(32)
        .hash(&octets)
        .as_bytes()
        .try_into()
        .unwrap();
    let known = |known_digest| Options {
        context: Context {
            known_digest: Some(known_digest),
            ..expecting(2)
        },
        ..Options::default()
    };
    assert_eq!(
        check(&octets, &known(hash)).findings.codes(),
        [Code::DuplicateFile]
    );
    assert_eq!(
        check(&octets, &known([0; 32])).findings.codes(),
        [Code::SequenceReused]
    );
}

#[test]
fn records_should_be_returned_when_their_history_knows_them() {
    let (_, first) = make(parameters(), 0, Variant::default());
    let (_, second) = make(parameters(), 1, Variant::default());
    let mut seen = SeenRecords::new(90);
    let mut check =
        |octets: &[u8]| interclear_tap::validate_with_history(octets, &options(), &mut seen).unwrap();
    assert_eq!(check(&first).findings.codes(), []);
    assert_eq!(check(&second).findings.codes(), []);
    let again = check(&first);
    assert_eq!(again.findings.count(Severity::Severe), 600);
    assert!(again
        .findings
        .codes()
        .iter()
        .all(|code| *code == Code::DuplicateRecord));
    assert_eq!(
        again.returned.amounts(),
        again.amounts,
        "everything is to be returned"
    );
    assert_eq!(again.verdict(), Verdict::Findings);
}

#[test]
fn report_should_have_the_documented_shape() {
    let (_, octets) = make(
        parameters(),
        1,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    let outcome = check(&octets, &options());
    let json = serde_json::to_value(outcome.report("a.dat")).unwrap();
    assert_eq!(json["file"], "a.dat");
    assert_eq!(json["kind"], "tap");
    assert_eq!(json["sender"], "FRAF1");
    assert_eq!(json["recipient"], "DEUD1");
    assert_eq!(json["sequence"], 2);
    assert_eq!(json["events"], 600);
    let charge = outcome.amounts.charge;
    assert_eq!(
        json["total_charge"],
        format!("{}.{:04}", charge / 10_000, charge % 10_000)
    );
    let finding = &json["findings"][0];
    assert_eq!(finding["severity"], "fatal");
    assert_eq!(finding["code"], "total-charge-differs");
    assert_eq!(finding["item"], "auditControlInfo.totalCharge");
    assert!(finding["message"].is_string());
    let read: interclear_tap::FileReport = serde_json::from_value(json).unwrap();
    assert_eq!(read, outcome.report("a.dat"));
    let summary = serde_json::to_value(outcome.summary.unwrap()).unwrap();
    assert_eq!(summary["file_digest"].as_str().unwrap().len(), 64);
}

/// Elements, without those that have a tag, at any depth.
fn strip(e: &mut Encoder, octets: &[u8], tag: u32) {
    for element in Elements::new(octets).map(Result::unwrap) {
        match element.constructed {
            _ if element.tag == tag => {}
            true => e.group(element.tag, |e| strip(e, element.contents, tag)),
            false => e.octet_string(element.tag, element.contents),
        }
    }
}

/// A file of which the records have nothing with a tag.
fn without(octets: &[u8], tag: u32) -> Vec<u8> {
    let mut encoder = Encoder::default();
    let batch = Elements::new(octets).next().unwrap().unwrap();
    encoder.group(batch.tag, |e| {
        for group in Elements::new(batch.contents).map(Result::unwrap) {
            match group.tag {
                3 => e.group(3, |e| strip(e, group.contents, tag)),
                other => e.group(other, |e| strip(e, group.contents, u32::MAX)),
            }
        }
    });
    encoder.into_octets()
}

#[test]
fn record_should_be_returned_when_what_its_kind_must_have_is_missing() {
    const CALLS: [u32; 2] = [9, 10];
    const OTHERS: [u32; 5] = [11, 12, 14, 297, 434];
    let charged = [&CALLS[..], &OTHERS, &[17]].concat();
    let recorded = [&CALLS[..], &OTHERS, &[433]].concat();
    let made = Parameters {
        all_kinds: true,
        ..parameters()
    };
    let (_, octets) = make(made, 0, Variant::default());
    let batch = Elements::new(&octets).next().unwrap().unwrap();
    let details = Elements::new(batch.contents)
        .map(Result::unwrap)
        .find(|group| group.tag == 3)
        .unwrap();
    let kinds: Vec<u32> = Elements::new(details.contents)
        .map(|record| record.unwrap().tag)
        .collect();
    for (tag, item, needed) in [
        (184, "recEntityCode", &recorded[..]),
        (66, "chargedItem", &charged),
        (261, "accessPointNameNI", &[14]),
        (72, "chargingId", &[14]),
        (209, "supplServiceCode", &[11]),
        (208, "supplServiceActionCode", &[11]),
        (67, "chargedPartyStatus", &[12]),
        (402, "nonChargedNumber", &[12]),
        (45, "callReference", &[297]),
        (435, "eventReference", &[433, 434]),
        (439, "messagingEventService", &[433]),
        (440, "mobileSessionService", &[434]),
        (303, "transactionStatus", &[17]),
        (336, "contentTransactionCode", &[17]),
        (337, "contentTransactionType", &[17]),
        (281, "objectType", &[17]),
    ] {
        let outcome = check(&without(&octets, tag), &options());
        let found: Vec<String> = outcome
            .findings
            .kept()
            .iter()
            .filter(|finding| finding.code == Code::ItemMissing)
            .map(|finding| finding.item.clone())
            .collect();
        let wanted: Vec<String> = (0..kinds.len())
            .filter(|place| needed.contains(&kinds[*place]))
            .map(|place| format!("callEventDetails[{place}].{item}"))
            .collect();
        assert!(!wanted.is_empty(), "{item}");
        assert_eq!(found, wanted, "{item}");
        assert_eq!(outcome.returned.records(), wanted.len() as u64);
    }
}
