//! Items of records: which count, which are needed, and what makes records the same.

use crate::made::*;
use interclear_primitives::service::Service;
use interclear_tap::{validate_file_by_itself, validate_with_history, Code, Options, SeenRecords, Verdict};

#[test]
fn call_should_have_no_service_when_its_number_is_national_or_short() {
    let called = |number: &str, level| {
        let call = Call {
            destination: made(|e| e.bcd(407, number)),
            level,
            ..Call::default()
        };
        File {
            records: vec![call.record()],
            ..File::default()
        }
        .check()
    };
    for number in [
        "0612345678",
        "0712345678",
        "0301234567",
        "0201234567",
        "0401234567",
        "0601234567",
        "0912345678",
        "0151234567",
        "00493012345",
        "010012345",
        "0033612345678",
        "01149301234567",
        "612345678",
        "22100",
        "112",
        "3311",
        "4930",
        "49100",
        "8100",
        "1800123",
        "800",
        "33612345b78",
    ] {
        let outcome = called(number, 0);
        assert_eq!(codes(&outcome), [Code::ServiceUnclassified], "{number}");
        assert_eq!(services(&outcome), []);
    }
    for (number, level, service) in [
        ("33612345678", 0, Service::MocLocal),
        ("4930123456", 0, Service::MocBackHome),
        ("61212345678", 0, Service::MocInternational),
        ("221771234567", 0, Service::MocInternational),
        // What the record itself says holds.
        ("0612345678", 1, Service::MocLocal),
        ("3311", 1, Service::MocLocal),
        ("22100", 2, Service::MocInternational),
    ] {
        assert_eq!(services(&called(number, level)), [service], "{number} {level}");
    }
    // Said to be international, and dialled or shortened so that home cannot be excluded.
    for number in ["00493012345", "4930"] {
        assert_eq!(services(&called(number, 2)), [], "{number}");
    }
}

#[test]
fn record_should_be_returned_when_what_it_is_billed_by_is_missing() {
    let one = |record: Vec<u8>, charge| {
        let file = File {
            charge,
            records: vec![record],
            ..File::default()
        };
        let options = Options {
            keep_returned: true,
            ..Options::default()
        };
        file.check_with(&options)
    };
    let missing = |record, charge, items: &[&str]| {
        let outcome = one(record, charge);
        let found: Vec<_> = outcome
            .findings
            .kept()
            .iter()
            .filter(|finding| finding.code == Code::ItemMissing)
            .map(|finding| finding.item.trim_start_matches("callEventDetails[0].").to_owned())
            .collect();
        assert_eq!(found, items);
        assert_eq!(outcome.returned.records(), u64::from(!items.is_empty()));
    };
    let call = Call::default;
    missing(call().record(), 100, &[]);
    let record = Call {
        duration: Vec::new(),
        ..call()
    }
    .record();
    missing(record, 100, &["totalCallEventDuration"]);
    let record = Call {
        subscriber: Vec::new(),
        ..call()
    }
    .record();
    missing(record, 100, &["chargeableSubscriber"]);
    let untold = [service("", &[information(1, &[("00", 100)], &[])])];
    let record = Call {
        services: untold.to_vec(),
        ..call()
    }
    .record();
    missing(record.clone(), 100, &["basicServiceCode"]);
    assert_eq!(services(&one(record, 100)), [], "it is not guessed");
    for charges in [&[("01", 100)][..], &[("000", 100)], &[]] {
        let services = vec![service("11", &[information(1, charges, &[])])];
        let record = Call { services, ..call() }.record();
        missing(record.clone(), 0, &["chargeDetail"]);
        // Others may be there: what is missing is the total.
        let outcome = one(record, 0);
        let mut found = outcome.findings.kept().iter();
        let told = found.find(|finding| finding.code == Code::ItemMissing).unwrap();
        assert!(told.message.contains("type 00"), "{}", told.message);
    }
    let services_without = vec![service("11", &[])];
    missing(
        Call {
            services: services_without,
            ..call()
        }
        .record(),
        0,
        &["chargeDetail"],
    );
    missing(data(&[(250, 1 << 20), (251, 0)], &[], 100), 100, &[]);
    missing(
        data(&[], &[], 100),
        100,
        &["dataVolumeIncoming", "dataVolumeOutgoing"],
    );
    missing(data(&[(250, 1 << 20)], &[], 100), 100, &["dataVolumeOutgoing"]);
    // A discount needs its row.
    let discount = made(|e| e.group(96, |e| e.unsigned(412, 50)));
    let services = vec![service("11", &[information(1, &[("00", 100)], &discount)])];
    missing(Call { services, ..call() }.record(), 100, &["discountCode"]);
}

#[test]
fn record_should_be_returned_when_an_item_occurs_twice_or_is_not_one() {
    use Code::*;
    let found = |record: Vec<u8>, charge| {
        let file = File {
            charge,
            records: vec![record],
            ..File::default()
        };
        codes(&file.check())
    };
    let call = Call::default;
    let twice = made(|e| {
        e.unsigned(223, 60);
        e.unsigned(223, 3_600);
    });
    assert_eq!(
        found(
            Call {
                duration: twice,
                ..call()
            }
            .record(),
            100
        ),
        [ItemRepeated]
    );
    let services = vec![service("11", &[information(1, &[("00", 100), ("00", 100)], &[])])];
    assert_eq!(found(Call { services, ..call() }.record(), 200), [ItemRepeated]);
    let message = made(|e| {
        e.group(433, |e| {
            e.unsigned(439, 1);
            e.group(436, |e| e.bcd(129, "001010000000001"));
            e.text(435, "1");
            e.group(185, |e| e.unsigned(184, 1));
            coded(e, 447, "20260314100000");
            e.unsigned(105, 1);
            e.unsigned(62, 20);
            e.unsigned(62, 20);
        });
    });
    assert_eq!(found(message, 40), [ItemRepeated]);
    for wrong in ["00101abcde00001", "00101ff00000001", "00101"] {
        let subscriber = made(|e| e.group(427, |e| e.group(199, |e| e.bcd(129, wrong))));
        assert_eq!(
            found(Call { subscriber, ..call() }.record(), 100),
            [ItemMalformed],
            "{wrong}"
        );
    }
    assert_eq!(found(content(70, Some(2), Some(300)), 70), [ItemMalformed]);
    assert_eq!(found(content(70, Some(0), Some(300)), 70), []);
}

#[test]
fn elements_should_count_for_nothing_when_they_are_of_another_release() {
    use Code::*;
    let one = |record: Vec<u8>, file: File| {
        File {
            records: vec![record],
            ..file
        }
        .check()
    };
    // Volumes of release 10.
    let old = made(|e| {
        e.group(120, |e| {
            e.group(119, |e| {
                e.unsigned(250, 1_000 << 20);
                e.unsigned(251, 0);
            });
        });
    });
    let outcome = one(data(&[(250, 1 << 20), (251, 0)], &old, 100), File::default());
    assert_eq!(
        outcome.summary.as_ref().unwrap().services[0].quantity,
        1_000_000,
        "a megabyte"
    );
    // A number of release 10.
    let destination = made(|e| {
        e.bcd(407, "33612345678");
        e.bcd(33, "4930123456");
    });
    let call = Call {
        destination,
        level: 0,
        ..Call::default()
    };
    assert_eq!(
        services(&one(call.record(), File::default())),
        [Service::MocLocal]
    );
    // A teleservice that stands in the basic service itself.
    let direct = made(|e| {
        e.group(39, |e| {
            e.group(36, |e| {
                e.text(218, "22");
                e.group(426, |e| e.text(218, "11"));
            });
            e.group(70, |e| e.raw(&information(1, &[("00", 100)], &[])));
        });
    });
    let call = Call {
        services: vec![direct],
        ..Call::default()
    };
    assert_eq!(
        services(&one(call.record(), File::default())),
        [Service::MocLocal]
    );
    // Value-added services, in a call and by themselves, and amounts of discounts.
    let used = made(|e| {
        e.group(235, |e| {
            e.group(236, |e| {
                coded(e, 74, "20260314100000");
                e.raw(&information(1, &[("00", 7_777)], &[]));
            });
        });
    });
    let call = Call {
        more: used.clone(),
        ..Call::default()
    };
    assert_eq!(codes(&one(call.record(), File::default())), []);
    let outcome = one(
        made(|e| e.group(13, |e| e.raw(&used))),
        File {
            charge: 0,
            ..File::default()
        },
    );
    assert_eq!(codes(&outcome), [EventTypeNotAgreed]);
    let discount = made(|e| {
        e.group(96, |e| {
            e.unsigned(91, 1);
            e.unsigned(412, 10);
            e.unsigned(93, 500);
        });
    });
    let call = Call {
        services: vec![service("11", &[information(1, &[("00", 100)], &discount)])],
        ..Call::default()
    };
    assert_eq!(
        codes(&one(
            call.record(),
            File {
                discount: 10,
                ..File::default()
            }
        )),
        []
    );
    // A total of release 10 does not take the place of that of the file.
    let audit = made(|e| {
        e.group(224, |e| {
            e.group(222, |e| {
                e.text(71, "00");
                e.unsigned(241, 100);
            });
        });
    });
    let file = File {
        charge: 999,
        audit,
        ..File::default()
    };
    assert_eq!(codes(&one(Call::default().record(), file)), [TotalChargeDiffers]);
    // Nor does the layout of release 12 count in release 10.
    let outcome = one(
        Call::default().record(),
        File {
            release: 10,
            ..File::default()
        },
    );
    assert!(codes(&outcome).contains(&ItemMissing) && codes(&outcome).contains(&TotalChargeDiffers));
}

#[test]
fn records_should_be_duplicates_when_they_are_written_otherwise() {
    let call = Call::default;
    let sms = |number: &str| Call {
        destination: made(|e| e.text(419, number)),
        services: vec![service("22", &[information(1, &[("00", 100)], &[])])],
        ..Call::default()
    };
    let device = |digits: &str| made(|e| e.group(429, |e| e.bcd(128, digits)));
    let filled = made(|e| {
        e.group(427, |e| {
            e.group(199, |e| {
                e.octet_string(129, &[0x00, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00, 0x1f, 0xff]);
                e.bcd(152, "999010000001");
            });
        });
    });
    for (first, again) in [
        (
            call(),
            Call {
                subscriber: filled,
                ..call()
            },
        ),
        (
            Call {
                more: device("35123456789012"),
                ..call()
            },
            Call {
                more: device("3512345678901200"),
                ..call()
            },
        ),
        (sms("+491511234"), sms("491511234")),
    ] {
        let file = File {
            charge: 200,
            records: vec![first.record(), again.record()],
            ..File::default()
        };
        let mut seen = SeenRecords::new(90);
        let outcome =
            validate_with_history(file.octets().as_slice(), &Options::default(), &mut seen).unwrap();
        assert_eq!(codes(&outcome), [Code::DuplicateRecord]);
    }
}

#[test]
fn content_should_be_billed_when_it_names_only_its_delivery_or_no_time() {
    for time in [Some(300), Some(301), Some(302), None] {
        let file = File {
            records: vec![content(100, None, time)],
            ..File::default()
        };
        let outcome = file.check();
        assert_eq!(
            (codes(&outcome), outcome.verdict()),
            (vec![], Verdict::Billable),
            "{time:?}"
        );
        assert_eq!(outcome.summary.unwrap().earliest_call.is_some(), time.is_some());
    }
}

#[test]
fn record_should_be_returned_when_it_ends_after_its_file_was_made_available() {
    // Half an hour before the file was made available.
    let found = |seconds| {
        let call = Call {
            start: "20260318060000",
            duration: made(|e| e.unsigned(223, seconds)),
            ..Call::default()
        };
        let file = File {
            records: vec![call.record()],
            ..File::default()
        };
        codes(&file.check())
    };
    assert_eq!(found(1_800), []);
    assert_eq!(found(1_801), [Code::CallTimeBad]);
    for absurd in [1 << 40, 1 << 62] {
        assert!(found(absurd).contains(&Code::CallTimeBad), "{absurd}");
    }
}

#[test]
fn records_should_not_be_duplicates_when_something_else_was_used() {
    let supplementary = |code: &str, action| {
        made(|e| {
            e.group(11, |e| {
                subscriber(e);
                e.group(138, |e| e.group(156, |e| e.unsigned(184, 1)));
                e.group(206, |e| {
                    e.octet_string(209, code.as_bytes());
                    e.unsigned(208, action);
                    coded(e, 74, "20260314100000");
                    e.raw(&information(1, &[("00", 100)], &[]));
                });
            });
        })
    };
    let found = |records: [Vec<u8>; 2], charge, refund| {
        let file = File {
            charge,
            refund,
            records: records.to_vec(),
            ..File::default()
        };
        let mut seen = SeenRecords::new(90);
        let outcome =
            validate_with_history(file.octets().as_slice(), &Options::default(), &mut seen).unwrap();
        let by_history = codes(&outcome);
        let mut path = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut path, &file.octets()).unwrap();
        let itself = validate_file_by_itself(path.path(), &Options::default()).unwrap();
        assert_eq!(codes(&itself), by_history);
        by_history
    };
    let again = [Code::DuplicateRecord];
    assert_eq!(
        found([supplementary("21", 1), supplementary("21", 1)], 200, 0),
        again
    );
    assert_eq!(
        found([supplementary("21", 1), supplementary("2A", 1)], 200, 0),
        []
    );
    assert_eq!(
        found([supplementary("21", 1), supplementary("21", 2)], 200, 0),
        []
    );
    let bought = || content(100, None, Some(301));
    assert_eq!(found([bought(), bought()], 200, 0), again);
    // What was bought is paid back, in the same file.
    assert_eq!(found([bought(), content(100, Some(1), Some(301))], 100, 100), []);
}

#[test]
fn taxes_should_be_checked_when_there_are_many_on_one_charge() {
    // Each on a part of it.
    let seven = (Some(2), Some(7), Some(100));
    let charge: &[(&str, u64)] = &[("00", 2_000)];
    assert_eq!(codes(&taxed(charge, &[seven; 20]).check()), []);
    let mut wrong = [seven; 20];
    wrong[19].1 = Some(70);
    assert_eq!(codes(&taxed(charge, &wrong).check()), [Code::TaxDiffers]);
}

#[test]
fn call_should_be_told_of_when_its_type_contradicts_its_number() {
    let found = |record: Vec<u8>| {
        let file = File {
            records: vec![record],
            ..File::default()
        };
        let outcome = file.check();
        assert_eq!(outcome.verdict(), Verdict::Billable);
        let told = outcome.findings.kept().iter();
        let told = told.filter(|finding| finding.code == Code::CallTypeDiffers);
        told.map(|finding| (finding.item.clone(), finding.message.clone()))
            .collect::<Vec<_>>()
    };
    // From France, where home is Germany.
    let called = |number: &str, level, tele| {
        let call = Call {
            destination: made(|e| e.bcd(407, number)),
            services: vec![service(tele, &[information(level, &[("00", 100)], &[])])],
            ..Call::default()
        };
        found(call.record())
    };
    for (number, level, words) in [
        ("33612345678", 2, "one of the visited country"),
        ("491511234567", 1, "one of the home country"),
        ("4930123456", 1, "one of the home country"),
        ("979123456789", 1, "international premium-rate"),
        ("881612345678", 1, "satellite"),
    ] {
        let told = called(number, level, "11");
        let [(item, message)] = &told[..] else {
            panic!("{number} {level}: {told:?}");
        };
        assert_eq!(item, "callEventDetails[0].callTypeLevel1");
        assert!(message.contains(words), "{message}");
    }
    for (number, level, tele) in [
        ("33612345678", 1, "11"),
        ("491511234567", 2, "11"),
        ("34612345678", 2, "11"),
        // As it was dialled: in Nice, and in Paris.
        ("493012345", 1, "11"),
        ("0149301234", 1, "11"),
        ("112", 1, "11"),
        // Nobody has said how far it goes.
        ("491511234567", 0, "11"),
        // What a message costs does not depend on it.
        ("491511234567", 1, "22"),
    ] {
        assert_eq!(called(number, level, tele), [], "{number} {level} {tele}");
    }
    let received = |level: u64| {
        let record = made(|e| {
            e.group(10, |e| {
                e.group(153, |e| {
                    subscriber(e);
                    e.group(41, |e| e.bcd(405, "491511234567"));
                    coded(e, 44, "20260314100000");
                    e.unsigned(223, 60);
                });
                e.group(138, |e| e.group(156, |e| e.unsigned(184, 1)));
                e.group(38, |e| {
                    e.group(39, |e| {
                        e.group(36, |e| e.group(426, |e| e.text(218, "11")));
                        e.group(70, |e| {
                            e.group(69, |e| {
                                e.text(66, "D");
                                e.unsigned(105, 1);
                                e.group(258, |e| {
                                    e.unsigned(259, 0);
                                    e.unsigned(255, level);
                                    e.unsigned(256, 0);
                                });
                                e.group(64, |e| {
                                    e.group(63, |e| {
                                        e.text(71, "00");
                                        e.unsigned(62, 100);
                                    });
                                });
                            });
                        });
                    });
                });
            });
        });
        found(record)
    };
    for level in [0, 1, 2, 6, 7] {
        assert_eq!(received(level), [], "{level}");
    }
    for level in [3, 4, 5] {
        let told = received(level);
        assert_eq!(told.len(), 1, "{level}");
        assert_eq!(told[0].0, "callEventDetails[0].callTypeLevel2");
    }
}

#[test]
fn a_call_should_be_what_its_first_basic_service_says_when_it_has_several() {
    // A tag of a code, the code, and the charge.
    let used = |(tag, code): (u32, &str), charge: u64| {
        made(|e| {
            e.group(39, |e| {
                e.group(36, |e| e.group(426, |e| e.text(tag, code)));
                e.group(70, |e| e.raw(&information(1, &[("00", charge)], &[])));
            });
        })
    };
    let (voice, message, video, data) = ((218, "11"), (218, "22"), (40, "37"), (40, "20"));
    for (first, second, wanted) in [
        (voice, video, Service::MocLocal),
        (video, voice, Service::MocVideoTelephony),
        (data, message, Service::MocLocal),
        (message, data, Service::SmsMo),
        (voice, message, Service::MocLocal),
        (data, video, Service::MocLocal),
    ] {
        let call = Call {
            services: vec![used(first, 100), used(second, 0)],
            ..Call::default()
        };
        let file = File {
            records: vec![call.record()],
            ..File::default()
        };
        assert_eq!(services(&file.check()), [wanted], "{first:?} {second:?}");
    }
}
