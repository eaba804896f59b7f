//! Records that come twice in one file, by a definition that compares every record with every other.

use crate::made::*;
use interclear_tap::{
    validate_file_by_itself, validate_with_history, Code, Options, Outcome, SeenRecords, Severity,
};
use proptest::prelude::*;
use std::{io::Write, path::Path};

/// What makes a record what it is, with few values of each so that records often have most in common.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Identity {
    Call {
        imsi: &'static str,
        called: &'static str,
        second: u8,
        duration: u64,
        device: Option<&'static str>,
        reference: Option<u8>,
    },
    Message {
        called: &'static str,
        second: u8,
        reference: Option<u8>,
    },
    Data {
        second: u8,
        charging_id: u64,
        octets: u64,
        part: Option<&'static str>,
    },
    Centre {
        second: u8,
        part: u64,
    },
}

/// How a record is written, and what it is charged: by that it is no other one.
#[derive(Clone, Copy, Debug)]
struct Style {
    charge: u64,
    filled: bool,
    plus: bool,
    /// A tax without a row, for which the record is returned, so that the same may come once more.
    returned: bool,
}

fn identity() -> impl Strategy<Value = Identity> {
    let second = 0u8..2;
    let called = prop::sample::select(&["33612345678", "33612345679", "3361234567"][..]);
    let reference = prop::option::of(0u8..2);
    let call = (
        prop::sample::select(&["001010000000001", "001010000000002"][..]),
        called.clone(),
        second.clone(),
        59u64..61,
        prop::option::of(prop::sample::select(&["35123456789012", "35123456789013"][..])),
        reference.clone(),
    );
    prop_oneof![
        call.prop_map(
            |(imsi, called, second, duration, device, reference)| Identity::Call {
                imsi,
                called,
                second,
                duration,
                device,
                reference
            }
        ),
        (called, second.clone(), reference).prop_map(|(called, second, reference)| Identity::Message {
            called,
            second,
            reference
        }),
        (
            second.clone(),
            77u64..79,
            100u64..102,
            prop::option::of(prop::sample::select(&["F", "L"][..]))
        )
            .prop_map(|(second, charging_id, octets, part)| Identity::Data {
                second,
                charging_id,
                octets,
                part
            }),
        (second, 1u64..3).prop_map(|(second, part)| Identity::Centre { second, part }),
    ]
}

fn style() -> impl Strategy<Value = Style> {
    (0u64..3, any::<bool>(), any::<bool>(), prop::bool::weighted(0.1)).prop_map(
        |(charge, filled, plus, returned)| Style {
            charge,
            filled,
            plus,
            returned,
        },
    )
}

fn written(identity: &Identity, style: Style) -> Vec<u8> {
    let start = |second: u8| ["20260314100000", "20260314100001"][usize::from(second)];
    let who = |imsi: &str| {
        made(|e| {
            e.group(427, |e| {
                e.group(199, |e| {
                    // Digits fill fifteen of sixteen places; a whole octet of fillers may follow.
                    let mut octets = made(|e| e.bcd(129, imsi)).split_off(4);
                    if style.filled {
                        octets.push(0xff);
                    }
                    e.octet_string(129, &octets);
                });
            });
        })
    };
    let tax = match style.returned {
        true => taxes(&[(Some(99), Some(0), None)]),
        false => Vec::new(),
    };
    let charged = information(1, &[("00", style.charge)], &tax);
    let used = |tele| vec![service(tele, std::slice::from_ref(&charged))];
    let called = |number: &str| {
        let plus = if style.plus { "+" } else { "" };
        made(|e| e.text(419, &format!("{plus}{number}")))
    };
    match identity {
        Identity::Call {
            imsi,
            called,
            second,
            duration,
            device,
            reference,
        } => called_by(
            Call {
                subscriber: who(imsi),
                destination: made(|e| e.bcd(407, called)),
                start: start(*second),
                duration: made(|e| e.unsigned(223, *duration)),
                services: used("11"),
                ..Call::default()
            },
            device.map(|device| match style.filled {
                true => format!("{device}00"),
                false => device.to_owned(),
            }),
            *reference,
        ),
        Identity::Message {
            called: number,
            second,
            reference,
        } => called_by(
            Call {
                subscriber: who("001010000000001"),
                destination: called(number),
                start: start(*second),
                duration: made(|e| e.unsigned(223, 0)),
                services: used("22"),
                ..Call::default()
            },
            None,
            *reference,
        ),
        Identity::Data {
            second,
            charging_id,
            octets,
            part,
        } => made(|e| {
            e.group(14, |e| {
                e.group(114, |e| {
                    e.group(115, |e| e.raw(&who("001010000000001")));
                    e.group(116, |e| e.text(261, "internet"));
                    coded(e, 44, start(*second));
                    e.unsigned(223, 60);
                    if let Some(part) = part {
                        e.text(166, part);
                    }
                    e.unsigned(72, *charging_id);
                });
                e.group(117, |e| e.group(118, |e| e.group(185, |e| e.unsigned(184, 1))));
                e.group(121, |e| {
                    e.unsigned(250, *octets);
                    e.unsigned(251, 7);
                    e.group(70, |e| e.raw(&charged));
                });
            });
        }),
        Identity::Centre { second, part } => made(|e| {
            e.group(12, |e| {
                e.group(191, |e| {
                    e.group(430, |e| e.group(286, |e| e.bcd(129, "001010000000001")));
                    e.unsigned(67, 0);
                    e.text(402, if style.plus { "+33612345678" } else { "33612345678" });
                });
                e.unsigned(184, 1);
                e.raw(&charged);
                e.group(192, |e| e.unsigned(145, *part));
                e.group(193, |e| coded(e, 88, start(*second)));
            });
        }),
    }
}

/// A call with its device, and with the network's reference beside the recording entity.
fn called_by(call: Call, device: Option<String>, reference: Option<u8>) -> Vec<u8> {
    let call = Call {
        more: made(|e| {
            if let Some(device) = device {
                e.group(429, |e| e.bcd(128, &device));
            }
        }),
        ..call
    };
    call.record_with(&made(|e| {
        if let Some(reference) = reference {
            e.octet_string(45, &[reference]);
        }
    }))
}

fn file(records: &[(Identity, Style)]) -> Vec<u8> {
    File {
        charge: records.iter().map(|(_, style)| style.charge).sum(),
        records: records
            .iter()
            .map(|(identity, style)| written(identity, *style))
            .collect(),
        ..File::default()
    }
    .octets()
}

fn validated(path: &Path) -> Outcome {
    validate_file_by_itself(path, &Options::default()).unwrap()
}

fn again(outcome: &Outcome) -> Vec<String> {
    let kept = outcome.findings.kept().iter();
    kept.filter(|finding| finding.code == Code::DuplicateRecord)
        .map(|finding| finding.item.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn records_should_be_found_to_come_twice_as_by_comparing_each_with_every_other(
        records in prop::collection::vec((identity(), style()), 0..60)
    ) {
        let octets = file(&records);
        let mut written = tempfile::NamedTempFile::new().unwrap();
        written.write_all(&octets).unwrap();
        let outcome = validated(written.path());
        // A record counts that came before and is not returned itself.
        let mut counted: Vec<&Identity> = Vec::new();
        let mut wanted = Vec::new();
        for (place, (identity, style)) in records.iter().enumerate() {
            if counted.contains(&identity) {
                let kind = match identity {
                    Identity::Call { .. } | Identity::Message { .. } => "mobileOriginatedCall",
                    Identity::Data { .. } => "gprsCall",
                    Identity::Centre { .. } => "serviceCentreUsage",
                };
                wanted.push(format!("callEventDetails[{place}].{kind}"));
            } else if !style.returned {
                counted.push(identity);
            }
        }
        prop_assert_eq!(again(&outcome), wanted.clone());
        let returned = records.iter().filter(|(_, style)| style.returned).count();
        let both = wanted.len() + returned - outcome.returned.records() as usize;
        prop_assert_eq!(outcome.findings.count(Severity::Severe) as usize, wanted.len() + returned);
        prop_assert!(both <= returned);
        // All else is as when everything is remembered.
        let mut seen = SeenRecords::new(90);
        let remembered = validate_with_history(octets.as_slice(), &Options::default(), &mut seen).unwrap();
        prop_assert_eq!(format!("{outcome:?}"), format!("{remembered:?}"));
    }
}

/// How many of two records in a file are found to have come before.
fn repeated(one: &Identity, other: &Identity) -> usize {
    let style = Style {
        charge: 1,
        filled: false,
        plus: false,
        returned: false,
    };
    let mut written = tempfile::NamedTempFile::new().unwrap();
    let records = [one, other].map(|identity| (identity.clone(), style));
    written.write_all(&file(&records)).unwrap();
    again(&validated(written.path())).len()
}

#[test]
fn records_should_be_none_that_came_before_when_only_their_call_reference_differs() {
    let call = |reference| Identity::Call {
        imsi: "001010000000001",
        called: "33612345678",
        second: 0,
        duration: 60,
        device: None,
        reference,
    };
    assert_eq!(repeated(&call(Some(1)), &call(Some(1))), 1);
    assert_eq!(repeated(&call(Some(1)), &call(Some(2))), 0);
    assert_eq!(repeated(&call(Some(1)), &call(None)), 0);
}

#[test]
fn records_should_be_none_that_came_before_when_only_their_partial_type_differs() {
    let data = |part| Identity::Data {
        second: 0,
        charging_id: 77,
        octets: 100,
        part,
    };
    assert_eq!(repeated(&data(Some("F")), &data(Some("F"))), 1);
    assert_eq!(repeated(&data(Some("F")), &data(Some("L"))), 0);
    assert_eq!(repeated(&data(Some("F")), &data(None)), 0);
}

#[test]
fn records_should_be_none_that_came_before_when_only_their_message_number_differs() {
    let centre = |part| Identity::Centre { second: 0, part };
    assert_eq!(repeated(&centre(1), &centre(1)), 1);
    assert_eq!(repeated(&centre(1), &centre(2)), 0);
}

#[test]
fn records_that_come_twice_should_be_found_when_the_file_can_be_read_only_once() {
    let style = Style {
        charge: 1,
        filled: false,
        plus: false,
        returned: false,
    };
    let octets = file(&vec![(Identity::Centre { second: 0, part: 1 }, style); 2]);
    let (folder, path) = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("skipped: there is no `mkfifo`");
            return;
        }
        (folder, path)
    };
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || std::fs::write(path, octets).unwrap())
    };
    let outcome = validated(&path);
    writer.join().unwrap();
    assert_eq!(again(&outcome), ["callEventDetails[1].serviceCentreUsage"]);
    drop(folder);
}
