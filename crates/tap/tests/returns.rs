//! Returns made, written, read back and damaged on purpose.

use interclear_primitives::batch::FatalReason;
use interclear_tap::{
    ber::{Encoder, LengthForm},
    make_returns,
    rap::{gives, invoiceable, Acknowledgement, ErrorGroup, ReturnDetail, ReturnFile, Returned},
    refuse_file, validate, Code, Context, FileName, Kind, NothingToReturn, Options, Outcome, Rules, Scheme,
    Verdict,
};
use interclear_tap_samples::{Generator, Parameters, Variant};

/// 10 November 2026, 12:00 UTC.
const NOW: i64 = 1_794_312_000;

fn usage(variant: Variant) -> (FileName, Vec<u8>) {
    let parameters = Parameters {
        events: 300,
        seed: 11,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    let (made, octets) = Generator::new(parameters).unwrap().octets(0, variant).unwrap();
    (made.name, octets)
}

fn check(octets: &[u8], options: &Options) -> Outcome {
    validate(octets, options).unwrap()
}

/// The usage with records older than ten days, which are to be returned.
fn with_returned_records() -> (Outcome, FileName) {
    let (name, octets) = usage(Variant::default());
    let options = Options {
        rules: Rules {
            max_age_days: 10,
            ..Rules::default()
        },
        keep_returned: true,
        ..Options::default()
    };
    let outcome = check(&octets, &options);
    assert!((1..300).contains(&outcome.returned.records()), "some, not all");
    (outcome, name)
}

fn codes(octets: &[u8], context: Context) -> Vec<Code> {
    let outcome = check(
        octets,
        &Options {
            context,
            ..Options::default()
        },
    );
    assert_eq!((outcome.kind, outcome.error), (Kind::Rap, None));
    outcome.findings.codes()
}

#[test]
fn records_should_be_returned_and_not_invoiced_when_their_findings_are_severe() {
    let (outcome, name) = with_returned_records();
    let file = make_returns(&outcome, Some(&name), 7, NOW).unwrap();
    assert_eq!(file.details.len() as u64, outcome.returned.records());
    let returned = outcome.returned.amounts();
    assert_eq!(file.audit.value, u64::try_from(returned.charge).ok());
    assert_eq!(file.audit.tax, u64::try_from(returned.tax).ok());
    let total = outcome.amounts.charge;
    assert_eq!(
        invoiceable(total, Some(12), &file.details),
        Some(total - returned.charge)
    );
    assert!(returned.charge > 0 && returned.charge < total);
    assert_eq!(
        invoiceable(returned.charge - 1, Some(12), &file.details),
        None,
        "more is returned than was charged"
    );

    // The usage's recipient returns it to its sender, and the record is there octet by octet.
    assert_eq!(
        (file.control.sender.as_deref(), file.control.recipient.as_deref()),
        (Some("DEUD1"), Some("FRAF1"))
    );
    let (_, original) = usage(Variant::default());
    let ReturnDetail::Severe {
        sequence,
        record,
        errors,
    } = &file.details[0]
    else {
        panic!("a severe return")
    };
    let [error] = &errors[..] else { panic!("one error") };
    let offset = error.offset.unwrap() as usize;
    // The start (tag 44) of a call, which is in the record.
    assert_eq!(original[offset..offset + 2], [0x7f, 0x2c]);
    let place = original
        .windows(record.len())
        .position(|part| part == record.as_slice());
    assert!((place.unwrap()..place.unwrap() + record.len()).contains(&offset));
    assert_eq!((sequence.as_deref(), error.code), (Some("00001"), Some(260)));
    let path: Vec<u64> = error.path.iter().map(|step| step.item).collect();
    let ways = [[1, 3, 9, 147, 44], [1, 3, 10, 153, 44], [1, 3, 14, 114, 44]];
    assert!(ways.iter().any(|way| path == way), "{path:?}");

    for form in [LengthForm::Definite, LengthForm::Indefinite] {
        let octets = file.to_octets(form);
        assert_eq!(ReturnFile::read(octets.as_slice()).unwrap(), file);
        let own = FileName {
            sender: name.recipient,
            recipient: name.sender,
            sequence: 7,
            test: false,
        };
        let context = Context {
            file_name: Some(Scheme::Returns.name(&own)),
            ..Context::default()
        };
        assert_eq!(codes(&octets, context), []);
        let outcome = check(&octets, &Options::default());
        let summary = outcome.returns.clone().unwrap();
        assert_eq!(
            (summary.severe, summary.value, summary.tax),
            (file.details.len() as u64, returned.charge, returned.tax)
        );
        assert_eq!(
            (outcome.events, outcome.verdict()),
            (summary.severe, Verdict::Billable)
        );
    }
}

#[test]
fn file_should_be_returned_as_a_whole_when_it_is_refused() {
    let (name, octets) = usage(Variant {
        wrong_total: true,
        ..Variant::default()
    });
    let outcome = check(&octets, &Options::default());
    let file = make_returns(&outcome, Some(&name), 8, NOW).unwrap();
    let [detail @ ReturnDetail::Fatal { sequence, errors }] = &file.details[..] else {
        panic!("one fatal return")
    };
    assert_eq!(sequence.as_deref(), Some("00001"));
    let [audit] = &errors[..] else {
        panic!("{errors:?}")
    };
    assert_eq!(audit.group, ErrorGroup::Audit);
    // The group that is wrong goes back with the errors, as it was sent.
    let place = octets
        .windows(audit.octets.len())
        .position(|part| part == audit.octets);
    assert!(
        place.is_some() && audit.octets.starts_with(&[0x6f]),
        "{:02x?}",
        audit.octets
    );
    let errors = &audit.errors;
    let path: Vec<u64> = errors[0].path.iter().map(|step| step.item).collect();
    assert_eq!((path.as_slice(), errors[0].code), (&[1, 15, 415][..], Some(100)));
    assert_eq!(invoiceable(5_000, Some(12), [detail]), Some(0));
    assert_eq!((file.audit.value, file.audit.details), (Some(0), Some(1)));
    let octets = file.to_octets(LengthForm::Definite);
    assert_eq!(ReturnFile::read(octets.as_slice()).unwrap(), file);
    assert_eq!(codes(&octets, Context::default()), []);
}

#[test]
fn file_should_be_returned_by_its_name_when_it_cannot_be_decoded() {
    let (name, octets) = usage(Variant::default());
    let outcome = check(&octets[..2_000], &Options::default());
    assert_eq!(outcome.verdict(), Verdict::Undecodable);
    let file = make_returns(&outcome, Some(&name), 9, NOW).unwrap();
    let ReturnDetail::Fatal { errors, .. } = &file.details[0] else {
        panic!("a fatal return")
    };
    assert_eq!(errors[0].group, ErrorGroup::TransferBatch);
    assert!(errors[0].errors[0].offset.is_some());
    let garbage = check(b"CDR;1;2", &Options::default());
    assert_eq!(
        make_returns(&garbage, None, 9, NOW),
        Err(NothingToReturn::Unnamed)
    );
    assert!(make_returns(&garbage, Some(&name), 9, NOW).is_ok());
}

#[test]
fn return_should_be_refused_when_there_is_no_reason() {
    let (name, octets) = usage(Variant::default());
    let fine = check(&octets, &Options::default());
    assert_eq!(
        make_returns(&fine, Some(&name), 1, NOW),
        Err(NothingToReturn::Fine)
    );
    let (mut outcome, name) = with_returned_records();
    outcome.returned_records.pop();
    assert_eq!(
        make_returns(&outcome, Some(&name), 1, NOW),
        Err(NothingToReturn::NotKept)
    );
    let (_, nrtrde) = Generator::new(Parameters::new(
        "FRAF1".parse().unwrap(),
        "DEUD1".parse().unwrap(),
        "2026-10".parse().unwrap(),
    ))
    .unwrap()
    .nrtrde(0);
    assert_eq!(
        make_returns(&check(&nrtrde, &Options::default()), None, 1, NOW),
        Err(NothingToReturn::NotTap)
    );
}

#[test]
fn a_whole_file_should_be_refused_for_the_reason_of_its_recipient_when_nothing_is_found_in_it() {
    let (name, octets) = usage(Variant::default());
    let fine = check(&octets, &Options::default());
    for (reason, group) in [
        (FatalReason::Totals, ErrorGroup::Audit),
        (FatalReason::Header, ErrorGroup::BatchControl),
        (FatalReason::Sequence, ErrorGroup::BatchControl),
        (FatalReason::Accounting, ErrorGroup::Accounting),
        (FatalReason::Syntax, ErrorGroup::TransferBatch),
    ] {
        let file = refuse_file(&fine, Some(&name), 1, NOW, reason).unwrap();
        // As it reads again, it refuses the whole file and gives the reason.
        let octets = file.to_octets(LengthForm::Definite);
        let read = ReturnFile::read(octets.as_slice()).unwrap();
        let Returned::File(groups) = read.about(&name).unwrap() else {
            panic!("{reason:?}: records are returned");
        };
        assert_eq!(groups, [group], "{reason:?}");
        assert!(gives(&groups, reason), "{reason:?}");
        assert_eq!(codes(&octets, Context::default()), [], "{reason:?}");
    }
}

/// A good file with every kind of return.
fn all_kinds() -> ReturnFile {
    let (outcome, name) = with_returned_records();
    let mut file = make_returns(&outcome, Some(&name), 7, NOW).unwrap();
    let text = |text: &str| Some(text.to_owned());
    file.details.truncate(1);
    let amounts = file.details[0].amounts(Some(12)).unwrap();
    file.details.extend([
        ReturnDetail::Missing {
            first: text("00004"),
            last: text("00009"),
        },
        ReturnDetail::Missing {
            first: text("00012"),
            last: None,
        },
        ReturnDetail::Stop { last: text("00003") },
    ]);
    file.audit.value = u64::try_from(amounts.charge).ok();
    file.audit.tax = None;
    file.audit.details = Some(4);
    file
}

#[test]
fn rule_should_find_the_file_when_the_file_breaks_it() {
    let good = all_kinds();
    let found = |change: &dyn Fn(&mut ReturnFile)| {
        let mut file = good.clone();
        change(&mut file);
        codes(&file.to_octets(LengthForm::Definite), Context::default())
    };
    assert_eq!(found(&|_| {}), []);
    assert_eq!(
        ReturnFile::read(good.to_octets(LengthForm::Indefinite).as_slice()).unwrap(),
        good
    );
    assert_eq!(found(&|file| file.control.sender = None), [Code::SenderMissing]);
    assert_eq!(
        found(&|file| file.control.recipient = Some("x".into())),
        [Code::TadigMalformed]
    );
    assert_eq!(
        found(&|file| file.control.sequence = None),
        [Code::SequenceMissing]
    );
    assert_eq!(
        found(&|file| file.control.sequence = Some("7".into())),
        [Code::SequenceMalformed]
    );
    assert_eq!(
        found(&|file| file.control.available = None),
        [Code::AvailableMissing]
    );
    assert_eq!(
        found(&|file| file.control.version = Some(2)),
        [Code::VersionUnsupported]
    );
    assert_eq!(found(&|file| file.control.release = None), [Code::VersionMissing]);
    assert_eq!(
        found(&|file| file.control.release = Some(9)),
        [Code::ReleaseUnusual]
    );
    // Of how much is returned nobody can tell: files without amounts state none.
    for decimals in [None, Some(7), Some(300)] {
        assert_eq!(
            found(&|file| file.control.tap_decimals = decimals),
            [Code::DecimalsBad],
            "{decimals:?}"
        );
    }
    assert_eq!(
        found(&|file| {
            file.control.tap_decimals = None;
            file.details.remove(0);
            file.audit.value = Some(0);
            file.audit.details = Some(3);
        }),
        []
    );
    assert_eq!(
        found(&|file| file.audit.details = Some(5)),
        [Code::ReturnCountDiffers]
    );
    assert_eq!(
        found(&|file| file.audit.value = Some(1)),
        [Code::ReturnValueDiffers]
    );
    assert_eq!(
        found(&|file| file.audit.tax = Some(999_999)),
        [Code::ReturnValueDiffers]
    );
    let bad = |place: usize, detail: ReturnDetail| {
        move |file: &mut ReturnFile| {
            file.details[place] = detail.clone();
            if place == 0 {
                file.audit.value = Some(0);
            }
        }
    };
    let severe = |sequence: Option<&str>, record: Vec<u8>| ReturnDetail::Severe {
        sequence: sequence.map(Into::into),
        record,
        errors: Vec::new(),
    };
    assert_eq!(
        found(&bad(
            1,
            ReturnDetail::Missing {
                first: None,
                last: None
            }
        )),
        [Code::ReturnFileBad]
    );
    assert_eq!(
        found(&bad(
            2,
            ReturnDetail::Missing {
                first: Some("00001".into()),
                last: Some("2".into())
            }
        )),
        [Code::ReturnFileBad]
    );
    assert_eq!(
        found(&bad(3, ReturnDetail::Stop { last: None })),
        [Code::ReturnFileBad]
    );
    assert_eq!(
        found(&bad(3, ReturnDetail::Unknown(599))),
        [Code::ReturnKindUnknown]
    );
    assert_eq!(
        found(&bad(
            3,
            ReturnDetail::Fatal {
                sequence: None,
                errors: Vec::new()
            }
        )),
        [Code::ReturnFileBad, Code::ReturnReasonMissing]
    );
    assert_eq!(
        found(&bad(0, severe(Some("00001"), Vec::new()))),
        [Code::ReturnRecordBad, Code::ReturnReasonMissing]
    );
    // The record is well formed on the outside and not on the inside.
    let mut broken = Encoder::default();
    broken.group(9, |e| e.raw(&[0x41, 5, 1]));
    let octets = broken.into_octets();
    assert_eq!(
        found(&bad(0, severe(Some("00001"), octets))),
        [Code::ReturnRecordBad, Code::ReturnReasonMissing]
    );
    let other = FileName {
        sender: "DEUD1".parse().unwrap(),
        recipient: "FRAF1".parse().unwrap(),
        sequence: 8,
        test: true,
    };
    let context = Context {
        file_name: Some(Scheme::Returns.name(&other)),
        ..Context::default()
    };
    assert_eq!(
        codes(&good.to_octets(LengthForm::Definite), context),
        [Code::NameSequenceDiffers, Code::NameTestDiffers]
    );
}

#[test]
fn acknowledgement_should_read_back_when_written() {
    let ack = Acknowledgement {
        sender: Some("FRAF1".into()),
        recipient: Some("DEUD1".into()),
        sequence: Some("00007".into()),
        created: Some(interclear_tap::model::DateTime::from_utc(NOW, 0)),
        available: Some(interclear_tap::model::DateTime::from_utc(NOW, 0)),
        file_type: None,
    };
    for form in [LengthForm::Definite, LengthForm::Indefinite] {
        let octets = ack.to_octets(form);
        assert_eq!(codes(&octets, Context::default()), []);
        let outcome = check(&octets, &Options::default());
        assert!(outcome.returns.unwrap().acknowledgement);
        assert_eq!(outcome.control.unwrap().sender, ack.sender);
        assert!(ReturnFile::read(octets.as_slice()).is_err());
    }
    let nameless = Acknowledgement { sender: None, ..ack };
    assert_eq!(
        codes(&nameless.to_octets(LengthForm::Definite), Context::default()),
        [Code::SenderMissing]
    );
}

#[test]
fn file_should_be_refused_when_it_names_returns_that_do_not_exist() {
    let (_, again) = usage(Variant {
        rap_sequence: Some(12),
        ..Variant::default()
    });
    let with = |known: &[u32]| {
        let context = Context {
            known_returns: Some(known.iter().copied().collect()),
            ..Context::default()
        };
        let outcome = check(
            &again,
            &Options {
                context,
                ..Options::default()
            },
        );
        outcome
            .findings
            .kept()
            .iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&[3, 12]), []);
    assert_eq!(with(&[3]), [Code::UnknownReturn]);
    assert_eq!(with(&[]), [Code::UnknownReturn]);
    let (_, first) = usage(Variant::default());
    let context = Context {
        known_returns: Some([3].into()),
        ..Context::default()
    };
    assert_eq!(
        check(
            &first,
            &Options {
                context,
                ..Options::default()
            }
        )
        .findings
        .kept(),
        []
    );
}
