//! Files that the generator makes, read back and damaged on purpose.

use interclear_primitives::service::Service;
use interclear_tap::{
    ber::LengthForm,
    events::{bcd_digits, CodeTables, Event},
    generate::{Generator, Made, Parameters, Variant},
    validate, Code, Context, FileName, Item, Kind, Options, Outcome, Reader, SeenRecords, Severity,
};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut octets = Vec::new();
    let made = Generator::new(parameters)
        .unwrap()
        .write(file, variant, &mut octets)
        .unwrap();
    (made, octets)
}

fn options() -> Options {
    Options {
        hash: true,
        secret: Some([9; 32].into()),
        ..Options::default()
    }
}

fn check(octets: &[u8], options: &Options) -> Outcome {
    validate(octets, options).unwrap()
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    outcome.findings.kept().iter().map(|f| f.code).collect()
}

#[test]
fn generated_files_may_be_billed_and_read_back_as_they_were_meant() {
    for (taxes, discounts, decimals) in [
        (true, true, 4),
        (false, false, 2),
        (true, false, 6),
        (false, false, 0),
    ] {
        let parameters = Parameters {
            taxes,
            discounts,
            decimals,
            utc_offset: -12_600,
            ..parameters()
        };
        for file in 0..3 {
            let (made, octets) = make(parameters.clone(), file, Variant::default());
            let mut options = options();
            options.context.file_name = Some(made.name.to_string());
            let outcome = check(&octets, &options);
            assert_eq!(codes(&outcome), [], "{:?}", outcome.findings.kept().first());
            assert_eq!(
                (outcome.kind, outcome.events, outcome.exit_code()),
                (Kind::Tap, 600, 0)
            );
            assert_eq!(outcome.control.as_ref(), Some(&made.batch.control));
            assert_eq!(outcome.accounting.as_ref(), Some(&made.batch.accounting));
            assert_eq!(outcome.network.as_ref(), Some(&made.batch.network));
            assert_eq!(outcome.audit.as_ref(), Some(&made.batch.audit));
            let summary = outcome.summary.unwrap();
            let factor = 10u128.pow(6 - u32::from(decimals));
            assert_eq!(
                summary.charge,
                u128::from(made.batch.audit.charge.unwrap()) * factor
            );
            assert_eq!(summary.tax, u128::from(made.batch.audit.tax.unwrap()) * factor);
            assert_eq!(summary.tax > 0, taxes);
            assert_eq!(summary.discount > 0, discounts);
            assert_eq!(summary.services.iter().map(|s| s.records).sum::<u64>(), 600);
            assert_eq!(
                summary.services.iter().map(|s| s.charge).sum::<u128>(),
                summary.charge
            );
            let found: Vec<_> = summary.services.iter().map(|s| s.service).collect();
            use Service::*;
            assert_eq!(
                found,
                [
                    MocLocal,
                    MocBackHome,
                    MocInternational,
                    MocPremium,
                    Mtc,
                    SmsMo,
                    SmsMt,
                    Gprs
                ],
                "every kind occurs"
            );
            let anchor = summary.anchor().unwrap();
            assert_eq!(
                anchor.period(),
                parameters.period,
                "the cut-off lies within the month"
            );
            assert_eq!((anchor.records, anchor.key.sequence), (600, file + 1));
            assert!(anchor.earliest_call.unwrap() >= parameters.period.start());
            assert!(anchor.latest_call.unwrap() <= anchor.cut_off);
        }
    }
}

#[test]
fn every_kind_of_record_of_every_release_adds_up_per_service() {
    for (release, kinds) in [(10, 12), (11, 12), (12, 14)] {
        let parameters = Parameters {
            release,
            all_kinds: true,
            events: 2_000,
            discounts: true,
            ..parameters()
        };
        for form in [LengthForm::Definite, LengthForm::Indefinite] {
            let (made, octets) = make(
                parameters.clone(),
                0,
                Variant {
                    form,
                    ..Variant::default()
                },
            );
            let outcome = check(&octets, &options());
            assert_eq!(codes(&outcome), [], "{:?}", outcome.findings.kept().first());
            assert_eq!(outcome.audit.as_ref(), Some(&made.batch.audit));
            let summary = outcome.summary.unwrap();
            assert_eq!(summary.version, format!("3.{release}"));
            assert_eq!(summary.services.len(), kinds, "{:?}", summary.services);
            assert_eq!(summary.unclassified.records, 0);
            assert!(summary.refund > 0 && summary.tax_refund > 0);
            let sum = |amount: fn(&interclear_tap::ServiceSummary) -> u128| {
                summary.services.iter().map(amount).sum::<u128>()
            };
            assert_eq!(
                (sum(|s| s.charge), sum(|s| s.refund)),
                (summary.charge, summary.refund)
            );
            assert_eq!(
                (sum(|s| s.tax), sum(|s| s.tax_refund)),
                (summary.tax, summary.tax_refund)
            );
            // What is anchored is what is billed: charges less refunds.
            let anchor = summary.anchor().unwrap();
            let billed: u128 = anchor
                .totals
                .iter()
                .map(|total| total.charge.clear_unsigned().unwrap())
                .sum();
            assert_eq!(billed, summary.charge - summary.refund);
            assert_eq!(anchor.records, 2_000);
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_octets_and_another_does_not() {
    let (_, first) = make(parameters(), 0, Variant::default());
    assert_eq!(make(parameters(), 0, Variant::default()).1, first);
    assert_ne!(
        make(
            Parameters {
                seed: 8,
                ..parameters()
            },
            0,
            Variant::default()
        )
        .1,
        first
    );
    assert_ne!(make(parameters(), 1, Variant::default()).1, first);
}

#[test]
fn quantities_are_those_of_the_records() {
    let generator = Generator::new(parameters()).unwrap();
    let (_, octets) = make(parameters(), 0, Variant::default());
    let summary = check(&octets, &options()).summary.unwrap();
    let (mut seconds, mut octets_moved) = (0u128, 0u128);
    for record in generator.records(0) {
        match record.usage {
            interclear_tap::writer::Usage::CallReceived => seconds += u128::from(record.duration),
            interclear_tap::writer::Usage::Data { incoming, outgoing } => {
                octets_moved += u128::from(incoming) + u128::from(outgoing);
            }
            _ => {}
        }
    }
    let quantity = |service| {
        summary
            .services
            .iter()
            .find(|s| s.service == service)
            .unwrap()
            .quantity
    };
    let near = |value: u128, number: u128, divisor: u128| {
        (value * divisor).abs_diff(number * 1_000_000) * 2 <= divisor
    };
    assert!(near(quantity(Service::Mtc), seconds, 60));
    assert!(near(quantity(Service::Gprs), octets_moved, 1 << 20));
    assert_eq!(quantity(Service::SmsMo) % 1_000_000, 0);
}

#[test]
fn indefinite_lengths_change_the_octets_and_nothing_else() {
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
    assert_eq!(codes(&indefinite), []);
    let (a, mut b) = (definite.summary.unwrap(), indefinite.summary.unwrap());
    assert_ne!(
        (a.file_hash, a.root),
        (b.file_hash, b.root),
        "hashes are over the octets"
    );
    (b.file_hash, b.root) = (a.file_hash, a.root);
    assert_eq!(a, b);
}

#[test]
fn a_wrong_total_is_fatal_and_the_file_sent_again_is_good() {
    let (_, wrong) = make(
        parameters(),
        1,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    let outcome = check(&wrong, &options());
    assert_eq!(codes(&outcome), [Code::TotalChargeDiffers]);
    assert_eq!(
        outcome.findings.fatal_reason(),
        Some(interclear_primitives::batch::FatalReason::Totals)
    );
    assert_eq!(outcome.exit_code(), 1);
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
    assert_eq!(codes(&outcome), []);
    let again = outcome.summary.unwrap();
    assert_eq!(
        (again.sequence, again.charge),
        (wrong.sequence, wrong.charge),
        "the records are the same"
    );
    assert_eq!(again.root, wrong.root);
    assert_ne!(again.file_hash, wrong.file_hash);
    assert_eq!(again.anchor().unwrap().resent_for, Some(12));
}

#[test]
fn hash_and_root_are_those_of_the_octets() {
    let (_, octets) = make(
        Parameters {
            events: 3,
            ..parameters()
        },
        0,
        Variant::default(),
    );
    let summary = check(&octets, &options()).summary.unwrap();
    let hash = blake2b_simd::Params::new().hash_length(32).hash(&octets);
    assert_eq!(summary.file_hash.unwrap(), hash.as_bytes());

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
fn names_and_contents_must_agree() {
    let (made, octets) = make(parameters(), 0, Variant::default());
    let named = |name: FileName| Options {
        context: Context {
            file_name: Some(format!("{name}.dat")),
            ..Context::default()
        },
        ..Options::default()
    };
    let name = made.name;
    assert_eq!(codes(&check(&octets, &named(name))), []);
    assert_eq!(
        codes(&check(&octets, &named(FileName { sequence: 9, ..name }))),
        [Code::NameSequenceDiffers]
    );
    assert_eq!(
        codes(&check(&octets, &named(FileName { test: true, ..name }))),
        [Code::NameTestDiffers]
    );
    let turned = FileName {
        sender: name.recipient,
        recipient: name.sender,
        ..name
    };
    assert_eq!(
        codes(&check(&octets, &named(turned))),
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
    assert_eq!(codes(&check(&octets, &named(test.name))), []);
    assert!(check(&octets, &Options::default()).summary.unwrap().test);
}

#[test]
fn sequences_gaps_copies_and_reuse_are_told_apart() {
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
        codes(&check(
            &octets,
            &Options {
                context,
                ..Options::default()
            },
        ))
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
    let known = |known_hash| Options {
        context: Context {
            known_hash: Some(known_hash),
            ..expecting(2)
        },
        ..Options::default()
    };
    assert_eq!(codes(&check(&octets, &known(hash))), [Code::Copy]);
    assert_eq!(codes(&check(&octets, &known([0; 32]))), [Code::SequenceReused]);
}

#[test]
fn lifelike_subscribers_have_numbers_over_all_digits_and_devices() {
    let parameters = Parameters {
        lifelike: true,
        home_plmn: "26201".into(),
        ..parameters()
    };
    let (_, octets) = make(parameters, 0, Variant::default());
    assert_eq!(codes(&check(&octets, &options())), []);
    let mut reader = Reader::new(octets.as_slice(), false).unwrap();
    let (mut subscribers, mut devices) = (BTreeMap::new(), BTreeSet::new());
    while let Some(item) = reader.next_item().unwrap() {
        let Item::Event(raw) = item else { continue };
        let event = Event::read(raw.octets, &raw.header, &CodeTables::default()).unwrap();
        let digits = |octets: Option<&[u8]>| bcd_digits(octets.unwrap());
        let (imsi, imei) = (digits(event.imsi), digits(event.imei));
        assert!(imsi.starts_with("26201") && imsi.len() == 15, "{imsi}");
        assert!(imei.starts_with("35") && imei.len() == 15, "{imei}");
        let others = (digits(event.msisdn), imei.clone());
        assert!(others.0.starts_with("49") && others.0.len() == 11, "{}", others.0);
        assert_eq!(
            subscribers.entry(imsi).or_insert_with(|| others.clone()),
            &others,
            "a subscriber keeps line and device"
        );
        devices.insert(imei);
    }
    assert!(subscribers.len() > 50, "{}", subscribers.len());
    assert_eq!(devices.len(), subscribers.len());
    let lines: BTreeSet<_> = subscribers.values().map(|(line, _)| line).collect();
    assert_eq!(lines.len(), subscribers.len());
}

#[test]
fn a_series_goes_on_with_1_after_99999() {
    let generator = Generator::new(Parameters {
        first_sequence: 99_998,
        ..parameters()
    })
    .unwrap();
    let numbers: Vec<_> = (0..3).map(|file| generator.name(file).sequence).collect();
    assert_eq!(numbers, [99_998, 99_999, 1]);
}

#[test]
fn records_sent_twice_are_found_by_their_history() {
    let (_, first) = make(parameters(), 0, Variant::default());
    let (_, second) = make(parameters(), 1, Variant::default());
    let mut seen = SeenRecords::new(90);
    let mut check =
        |octets: &[u8]| interclear_tap::validate_with_history(octets, &options(), &mut seen).unwrap();
    assert_eq!(codes(&check(&first)), []);
    assert_eq!(codes(&check(&second)), []);
    let again = check(&first);
    assert_eq!(again.findings.count(Severity::Severe), 600);
    assert!(codes(&again).iter().all(|code| *code == Code::DuplicateRecord));
    assert_eq!(
        again.returned.amounts(),
        again.amounts,
        "everything is to be returned"
    );
    assert_eq!(again.exit_code(), 1);
}

#[test]
fn notifications_are_made_where_there_are_no_records() {
    let (made, octets) = make(
        Parameters {
            events: 0,
            ..parameters()
        },
        2,
        Variant::default(),
    );
    assert_eq!(octets[0], 0x62);
    let outcome = check(&octets, &options());
    assert_eq!((outcome.kind, outcome.exit_code()), (Kind::Notification, 0));
    assert_eq!(codes(&outcome), []);
    let anchor = outcome.summary.unwrap().anchor().unwrap();
    assert_eq!(
        (anchor.records, anchor.root, anchor.key.sequence),
        (0, [0; 32], made.name.sequence)
    );
    assert!(anchor.totals.is_empty());
}

#[test]
fn reports_have_the_documented_shape() {
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
    assert_eq!(summary["file_hash"].as_str().unwrap().len(), 64);
}
