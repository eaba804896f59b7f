//! Near-real-time records made, read back and damaged on purpose.

use interclear_primitives::{series::Stream, service::Service};
use interclear_tap::{
    ber::{Encoder, LengthForm},
    model::DateTime,
    nrtrde::{CallKind, NrtrdeCall, NrtrdeControl, DELIVERY_LIMIT},
    validate, validate_file_by_itself, validate_with_history,
    writer::Digits,
    Code, Context, Kind, Options, Outcome, Scheme, SeenRecords, Severity, Verdict,
};
use interclear_tap_samples::{Generator, Parameters};

/// 1 October 2026, 12:00 UTC.
const NOON: i64 = 1_790_856_000;

fn control() -> NrtrdeControl {
    NrtrdeControl {
        sender: Some("FRAF1".into()),
        recipient: Some("DEUD1".into()),
        sequence: Some("0000042".into()),
        version: Some(2),
        release: Some(1),
        available: Some(DateTime::from_utc(NOON + 100 + DELIVERY_LIMIT, -12_600)),
        events: Some(1),
    }
}

/// A call from noon on, 100 s long.
fn call() -> NrtrdeCall {
    NrtrdeCall {
        kind: CallKind::Moc,
        imsi: Digits::new("26201", 77, 15),
        other: Digits::new("49", 151_555, 12),
        start_local: NOON + 7_200,
        utc_offset: 7_200,
        duration: 100,
        tele_service: "11",
        volume: (0, 0),
        reference: 1,
    }
}

fn check(octets: &[u8]) -> Outcome {
    let options = Options {
        digest: true,
        secret: Some([3; 32].into()),
        ..Options::default()
    };
    let outcome = validate(octets, &options).unwrap();
    assert_eq!((outcome.kind, outcome.error.as_ref()), (Kind::Nrtrde, None));
    outcome
}

fn codes(control: &NrtrdeControl, calls: Vec<NrtrdeCall>) -> Vec<Code> {
    let outcome = check(&control.to_octets(LengthForm::Indefinite, calls));
    outcome.findings.codes()
}

#[test]
fn record_should_be_late_when_it_comes_a_second_after_four_hours() {
    let outcome = check(&control().to_octets(LengthForm::Definite, [call()]));
    assert_eq!(outcome.findings.kept(), []);
    let summary = outcome.nrtrde.unwrap();
    assert_eq!((summary.latest_delay, summary.late_events), (Some(14_400), 0));
    let (start, end) = (NOON as u64, NOON as u64 + 100);
    assert_eq!(
        (summary.earliest_call, summary.latest_call),
        (Some(start), Some(start))
    );
    assert_eq!((summary.earliest_end, summary.latest_end), (Some(end), Some(end)));

    let shorter = NrtrdeCall {
        duration: 99,
        ..call()
    };
    let two = NrtrdeControl {
        events: Some(2),
        ..control()
    };
    let outcome = check(&two.to_octets(LengthForm::Definite, [call(), shorter]));
    let [finding] = outcome.findings.kept() else {
        panic!("{:?}", outcome.findings.kept())
    };
    assert_eq!(
        (finding.code, finding.severity),
        (Code::LateDelivery, Severity::Warning)
    );
    assert_eq!(finding.item, "callEventDetails[1].callEventDuration");
    assert_eq!(
        outcome.verdict(),
        Verdict::Billable,
        "late records are not a fault of the file"
    );
    let summary = outcome.nrtrde.unwrap();
    assert_eq!(
        (summary.latest_delay, summary.late_events, summary.records),
        (Some(14_401), 1, 2)
    );
    assert_eq!(
        (summary.earliest_end, summary.latest_end),
        (Some(end - 1), Some(end))
    );
}

#[test]
fn rule_should_find_the_file_when_the_file_breaks_it() {
    let one = || vec![call()];
    assert_eq!(codes(&control(), one()), []);
    let with = |change: &dyn Fn(&mut NrtrdeControl)| {
        let mut control = control();
        change(&mut control);
        codes(&control, one())
    };
    assert_eq!(with(&|c| c.sender = None), [Code::SenderMissing]);
    assert_eq!(with(&|c| c.recipient = None), [Code::RecipientMissing]);
    assert_eq!(with(&|c| c.sender = c.recipient.clone()), [Code::PartiesSame]);
    assert_eq!(with(&|c| c.sequence = None), [Code::SequenceMissing]);
    for wrong in ["00042", "0000000", "000004x"] {
        assert_eq!(
            with(&|c| c.sequence = Some(wrong.into())),
            [Code::SequenceMalformed]
        );
    }
    assert_eq!(with(&|c| c.available = None), [Code::AvailableMissing]);
    assert_eq!(with(&|c| c.version = Some(1)), [Code::VersionUnsupported]);
    assert_eq!(with(&|c| c.version = None), [Code::VersionMissing]);
    assert_eq!(with(&|c| c.release = None), [Code::VersionMissing]);
    assert_eq!(with(&|c| c.events = None), [Code::EventCountDiffers]);
    assert_eq!(with(&|c| c.events = Some(2)), [Code::EventCountDiffers]);
    assert_eq!(
        codes(
            &NrtrdeControl {
                events: Some(0),
                ..control()
            },
            vec![]
        ),
        [Code::NoEvents]
    );
    let before = NrtrdeCall {
        start_local: NOON + 7_200 + 5 * 3_600,
        ..call()
    };
    assert_eq!(codes(&control(), vec![before]), [Code::CallTimeBad]);
}

/// What is found in a file that was available at a time and has one record.
fn with_record(available: &DateTime, record: impl FnOnce(&mut Encoder)) -> Outcome {
    let mut e = Encoder::default();
    e.group(1, |e| {
        e.unsigned(41, 2);
        e.unsigned(37, 1);
        e.text(38, "FRAF1");
        e.text(36, "DEUD1");
        e.text(39, "0000042");
        e.text(31, &available.local);
        e.text(45, &available.offset);
        e.group(2, record);
        e.unsigned(20, 1);
    });
    check(e.octets())
}

#[test]
fn file_should_be_refused_when_what_its_delays_are_told_by_stands_behind_the_records() {
    let available = DateTime::from_utc(NOON + 100 + DELIVERY_LIMIT + 1, 0);
    let file = |parts: [&str; 4]| {
        let mut e = Encoder::default();
        e.group(1, |e| {
            e.unsigned(41, 2);
            e.unsigned(37, 1);
            e.text(38, "FRAF1");
            e.text(36, "DEUD1");
            e.text(39, "0000042");
            for part in parts {
                match part {
                    "stamp" => e.text(31, &available.local),
                    "offset" => e.text(45, &available.offset),
                    "calls" => e.group(2, |e| call().encode(e)),
                    _ => e.group(2, |_| {}),
                }
            }
            e.unsigned(20, 1);
        });
        check(e.octets()).findings.codes()
    };
    for (parts, found) in [
        (["stamp", "offset", "calls", "empty"], Code::LateDelivery),
        (["offset", "stamp", "calls", "empty"], Code::LateDelivery),
        (["empty", "stamp", "offset", "calls"], Code::LateDelivery),
        // Nobody would be late in any of these.
        (["stamp", "calls", "offset", "empty"], Code::GroupOrder),
        (["offset", "calls", "stamp", "empty"], Code::GroupOrder),
        (["calls", "stamp", "offset", "empty"], Code::GroupOrder),
        (["calls", "offset", "stamp", "empty"], Code::GroupOrder),
    ] {
        assert_eq!(file(parts), [found], "{parts:?}");
    }
}

#[test]
fn record_should_be_severe_when_an_item_comes_twice() {
    let found = |more: &dyn Fn(&mut Encoder)| {
        let outcome = with_record(&control().available.unwrap(), |e| {
            e.group(3, |e| {
                e.bcd(34, "001010000000001");
                e.text(21, "20261001140000");
                e.text(45, "+0200");
                e.unsigned(19, 100);
                e.group(46, |e| e.text(43, "11"));
                e.text(30, "33612345678");
                more(e);
            });
        });
        outcome.findings.codes()
    };
    assert_eq!(found(&|_| {}), []);
    // By the second one the call would have ended later, and nobody would be late.
    assert_eq!(found(&|e| e.unsigned(19, 1_000)), [Code::ItemRepeated]);
    assert_eq!(found(&|e| e.text(21, "20261001140001")), [Code::ItemRepeated]);
    assert_eq!(found(&|e| e.text(45, "+0200")), [Code::ItemRepeated]);
    assert_eq!(
        found(&|e| e.group(46, |e| e.text(43, "22"))),
        [Code::ItemRepeated]
    );
    // What is not known may come as often as it likes.
    assert_eq!(
        found(&|e| {
            e.unsigned(60, 1);
            e.unsigned(60, 1);
        }),
        []
    );
}

#[test]
fn record_should_be_severe_when_it_is_not_understood() {
    let available = control().available.unwrap();
    let whole = |record: &dyn Fn(&mut Encoder)| {
        let outcome = with_record(&available, record);
        outcome
            .findings
            .kept()
            .iter()
            .map(|f| (f.code, f.severity))
            .collect::<Vec<_>>()
    };
    // With the number that was called and the access point: each is asked of one kind.
    let timed = |e: &mut Encoder| {
        e.text(30, "33612345678");
        e.text(16, "internet");
        e.text(21, "20261001140000");
        e.text(45, "+0200");
        e.unsigned(19, 100);
    };
    let good = |e: &mut Encoder| {
        e.bcd(34, "001010000000001");
        timed(e);
    };
    assert_eq!(whole(&|e| e.group(3, good)), []);
    // Nobody can act on a record that does not tell whose usage it is.
    assert_eq!(
        whole(&|e| e.group(3, timed)),
        [(Code::ItemMissing, Severity::Severe)]
    );
    for imsi in [&[0xff; 8][..], &[0x00, 0x10, 0xf1], &[0x00, 0x10], &[]] {
        let found = whole(&|e| {
            e.group(5, |e| {
                e.octet_string(34, imsi);
                timed(e);
            });
        });
        assert_eq!(found, [(Code::ItemMalformed, Severity::Severe)], "{imsi:?}");
    }
    assert_eq!(
        whole(&|e| e.group(9, good)),
        [(Code::EventTypeNotAgreed, Severity::Severe)]
    );
    // What stands in it is not known, either.
    assert_eq!(
        whole(&|e| e.group(9, |e| e.unsigned(19, 100))),
        [(Code::EventTypeNotAgreed, Severity::Severe)]
    );
    for left_out in [21, 45, 19] {
        let found = whole(&|e| {
            e.group(4, |e| {
                e.bcd(34, "001010000000001");
                for (tag, text) in [(21, "20261001140000"), (45, "+0200")] {
                    if tag != left_out {
                        e.text(tag, text);
                    }
                }
                if left_out != 19 {
                    e.unsigned(19, 100);
                }
            });
        });
        assert_eq!(found, [(Code::CallTimeBad, Severity::Severe)], "{left_out}");
    }
}

#[test]
fn record_should_be_severe_when_it_does_not_say_where_the_usage_went() {
    let available = DateTime {
        local: "20261001140200".into(),
        offset: "+0200".into(),
    };
    let found = |kind: u32, more: &dyn Fn(&mut Encoder)| {
        let outcome = with_record(&available, |e| {
            e.group(kind, |e| {
                e.bcd(34, "001010000000001");
                e.text(21, "20261001140000");
                e.text(45, "+0200");
                e.unsigned(19, 100);
                more(e);
            });
        });
        let findings = outcome.findings;
        let first = findings.kept().first().cloned();
        assert!(findings.kept().len() <= 1, "{findings:?}");
        first.map(|finding| (finding.code, finding.item))
    };
    let missing = |item: &str| Some((Code::ItemMissing, format!("callEventDetails[0].{item}")));
    let (calls, received, data) = (3, 4, 5);
    assert_eq!(found(calls, &|_| {}), missing("connectedNumber"));
    assert_eq!(found(calls, &|e| e.text(27, "")), missing("connectedNumber"));
    assert_eq!(found(calls, &|e| e.text(27, "33612345678")), None);
    assert_eq!(found(calls, &|e| e.text(30, "0612345678")), None);
    // A message may have been sent without one.
    assert_eq!(found(calls, &|e| e.group(46, |e| e.text(43, "22"))), None);
    // And so is an emergency call; one to a number is not.
    assert_eq!(found(calls, &|e| e.group(46, |e| e.text(43, "12"))), None);
    assert_eq!(
        found(calls, &|e| e.group(46, |e| e.text(43, "11"))),
        missing("connectedNumber")
    );
    assert_eq!(found(received, &|_| {}), None);
    assert_eq!(found(data, &|_| {}), missing("accessPointNameNI"));
    assert_eq!(found(data, &|e| e.text(16, "internet")), None);
    assert_eq!(found(data, &|e| e.unsigned(26, 7)), None);
}

#[test]
fn record_should_be_a_duplicate_when_it_comes_twice_in_a_file() {
    let other = NrtrdeCall {
        duration: 99,
        ..call()
    };
    let data = NrtrdeCall {
        kind: CallKind::Gprs,
        tele_service: "",
        ..call()
    };
    let session = NrtrdeCall { reference: 2, ..data };
    let calls = [call(), other, data, session, call(), data];
    let control = NrtrdeControl {
        events: Some(6),
        available: Some(DateTime::from_utc(NOON + 7_200, 7_200)),
        ..control()
    };
    let octets = control.to_octets(LengthForm::Definite, calls);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.ber");
    std::fs::write(&path, &octets).unwrap();
    let options = Options::default();
    let mut seen = SeenRecords::new(90);
    for outcome in [
        validate_file_by_itself(&path, &options).unwrap(),
        validate_with_history(octets.as_slice(), &options, &mut seen).unwrap(),
        // The same file again is no duplicate of itself: near-real-time records are not remembered.
        validate_with_history(octets.as_slice(), &options, &mut seen).unwrap(),
    ] {
        let found: Vec<_> = outcome
            .findings
            .kept()
            .iter()
            .map(|finding| (finding.code, finding.item.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (Code::DuplicateRecord, "callEventDetails[4].mobileOriginatedCall"),
                (Code::DuplicateRecord, "callEventDetails[5].gprsCall")
            ]
        );
        assert_eq!(outcome.nrtrde.unwrap().records, 6);
    }
    assert!(seen.is_empty());
}

#[test]
fn nrtrde_should_come_down_to_what_tap_counts_when_generated_from_the_same_usage() {
    // 400 files share the month: each covers less than two hours.
    let parameters = Parameters {
        files: 400,
        events: 300,
        seed: 5,
        utc_offset: 7_200,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    let generator = Generator::new(parameters.clone()).unwrap();
    let (name, octets) = generator.nrtrde(3);
    let outcome = check(&octets);
    assert_eq!(outcome.findings.kept(), []);
    let context = Context {
        file_name: Some(Scheme::Nrtrde.name(&name)),
        ..Context::default()
    };
    assert_eq!(Scheme::Nrtrde.name(&name), "NRFRAF1DEUD10000004");
    let named = validate(
        octets.as_slice(),
        &Options {
            context,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(named.findings.kept(), []);
    let summary = outcome.nrtrde.unwrap();
    assert_eq!(
        (summary.records, summary.late_events, summary.unclassified),
        (300, 0, 0)
    );

    let mut tap = Vec::new();
    generator.write(3, Default::default(), &mut tap).unwrap();
    let tap = validate(tap.as_slice(), &Options::default())
        .unwrap()
        .summary
        .unwrap();
    let count = |services: &[interclear_tap::ServiceSummary], wanted: &[Service]| {
        services
            .iter()
            .filter(|s| wanted.contains(&s.service))
            .map(|s| (s.service, s.records, s.quantity))
            .collect::<Vec<_>>()
    };
    // Premium calls are told by a call type that these records do not have.
    let same = [
        Service::MocBackHome,
        Service::MocInternational,
        Service::Mtc,
        Service::SmsMo,
        Service::SmsMt,
        Service::Gprs,
    ];
    assert_eq!(count(&summary.services, &same), count(&tap.services, &same));
    assert!(summary.services.iter().all(|s| (s.charge, s.tax) == (0, 0)));

    let anchor = summary.anchor().unwrap();
    assert_eq!(
        (anchor.key.series.stream, anchor.key.sequence, anchor.records),
        (Stream::Nrtrde, 4, 300)
    );
    assert_eq!(
        (anchor.available, anchor.earliest_end, anchor.latest_end),
        (summary.available.utc, summary.earliest_end, summary.latest_end)
    );

    // A single file for the month has nearly every record late.
    let month = Generator::new(Parameters {
        files: 1,
        ..parameters
    })
    .unwrap();
    let summary = check(&month.nrtrde(0).1).nrtrde.unwrap();
    assert!(
        summary.late_events > 290 && summary.late_events < 300,
        "{}",
        summary.late_events
    );
}
