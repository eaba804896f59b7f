//! Returns that are made, and those of others.

use crate::made::*;
use interclear_tap::{
    ber::{Encoder, LengthForm},
    make_returns,
    rap::{invoiceable, ErrorDetail, ReturnDetail, ReturnFile},
    validate, Code, EventKinds, Options, Outcome,
};

/// A RAP file from Germany to France with these returns, and more in its groups or behind them.
#[derive(Default)]
struct Returns {
    details: Vec<Vec<u8>>,
    value: u64,
    tax: u64,
    control: Vec<u8>,
    audit: Vec<u8>,
    behind: Vec<u8>,
}

fn control(e: &mut Encoder, currency: &str, more: &[u8]) {
    e.group(537, |e| {
        e.text(196, "DEUD1");
        e.text(182, "FRAF1");
        e.text(181, "00001");
        local(e, 526, "20260320100000");
        local(e, 525, "20260320110000");
        e.unsigned(201, 3);
        e.unsigned(189, 12);
        e.unsigned(544, 1);
        e.unsigned(543, 5);
        e.text(210, currency);
        e.unsigned(244, 3);
        e.raw(more);
    });
}

impl Returns {
    fn octets(&self) -> Vec<u8> {
        made(|e| {
            e.group(534, |e| {
                control(e, "EUR", &self.control);
                e.group(536, |e| self.details.iter().for_each(|detail| e.raw(detail)));
                e.group(541, |e| {
                    e.unsigned(533, self.value);
                    e.unsigned(553, self.tax);
                    e.unsigned(528, self.details.len() as u64);
                    e.raw(&self.audit);
                });
                e.raw(&self.behind);
            });
        })
    }

    fn check(&self) -> Outcome {
        validate(self.octets().as_slice(), &Options::default()).unwrap()
    }
}

/// A record that is returned for its start, which is said to be the so-manieth of its file.
fn returned(file: &str, record: &[u8], place: Option<u64>) -> Vec<u8> {
    made(|e| {
        e.group(540, |e| {
            e.text(109, file);
            e.raw(record);
            e.group(520, |e| {
                e.group(521, |e| {
                    e.group(549, |e| {
                        for (level, tag) in [(1, 1), (2, 3), (3, 9)] {
                            e.group(545, |e| {
                                e.unsigned(546, tag);
                                if let Some(place) = place.filter(|_| level == 3) {
                                    e.unsigned(547, place);
                                }
                                e.unsigned(548, level);
                            });
                        }
                    });
                    e.unsigned(519, 260);
                });
            });
        });
    })
}

/// What is wrong with the first record that is returned of a file.
fn first_errors(file: &File) -> Vec<ErrorDetail> {
    let outcome = file.check_with(&Options {
        keep_returned: true,
        ..Options::default()
    });
    let mut returns = make_returns(&outcome, None, 1, 0).unwrap();
    let ReturnDetail::Severe { errors, .. } = returns.details.swap_remove(0) else {
        panic!("a severe return");
    };
    errors
}

/// The way to an item: tag, level, and which of several it is.
fn way(error: &ErrorDetail) -> Vec<(u64, u64, Option<u64>)> {
    let steps = error.path.iter();
    steps
        .map(|step| (step.item, step.level, step.occurrence))
        .collect()
}

#[test]
fn return_should_lead_to_the_item_level_by_level() {
    // Of two taxes the second has a code that is in no table.
    let list = taxes(&[(Some(1), Some(19), None), (Some(9), Some(1), None)]);
    let call = Call {
        services: vec![service("11", &[information(1, &[("00", 100)], &list)])],
        ..Call::default()
    };
    let record = call.record();
    let file = File {
        charge: 200,
        tax: 20,
        records: vec![Call::default().record(), record.clone()],
        ..File::default()
    };
    let octets = file.octets();
    let errors = first_errors(&file);
    let [error] = &errors[..] else {
        panic!("{errors:?}");
    };
    assert_eq!(
        way(error),
        [
            (1, 1, None),
            (3, 2, None),
            (9, 3, Some(2)),
            (38, 4, None),
            (39, 5, None),
            (70, 6, None),
            (69, 7, None),
            (214, 8, None),
            (213, 9, Some(2)),
            (212, 10, None),
        ]
    );
    let place = usize::try_from(error.offset.unwrap()).unwrap();
    // Tag 212, one octet: 9.
    assert_eq!(&octets[place..place + 5], [0x5f, 0x81, 0x54, 0x01, 0x09]);
}

#[test]
fn return_should_lead_to_the_charge_information_when_that_lacks_its_total() {
    let call = Call {
        services: vec![service(
            "11",
            &[
                information(1, &[("00", 100)], &[]),
                information(1, &[("01", 5)], &[]),
            ],
        )],
        ..Call::default()
    };
    let file = File {
        records: vec![call.record()],
        ..File::default()
    };
    let errors = first_errors(&file);
    assert_eq!(
        way(&errors[0]),
        [
            (1, 1, None),
            (3, 2, None),
            (9, 3, Some(1)),
            (38, 4, None),
            (39, 5, None),
            (70, 6, None),
            (69, 7, Some(2)),
        ]
    );
}

#[test]
fn return_should_lead_to_the_charge_information_at_fault_when_another_one_lacks_as_much_by_right() {
    // Without a code of an exchange rate, which only the first one does not need, or without the amount of the total.
    let uncoded = |charge: Option<u64>| {
        made(|e| {
            e.group(69, |e| {
                e.text(66, "D");
                e.group(258, |e| {
                    e.unsigned(259, 1);
                    e.unsigned(255, 0);
                    e.unsigned(256, 0);
                });
                e.group(64, |e| {
                    e.group(63, |e| {
                        e.text(71, "00");
                        if let Some(charge) = charge {
                            e.unsigned(62, charge);
                        }
                    });
                });
            });
        })
    };
    for charges in [
        [uncoded(Some(0)), uncoded(Some(100))],
        [information(1, &[("00", 100)], &[]), uncoded(None)],
    ] {
        let call = Call {
            services: vec![service("11", &charges)],
            ..Call::default()
        };
        let file = File {
            records: vec![call.record()],
            ..File::default()
        };
        let errors = first_errors(&file);
        assert_eq!(way(&errors[0]).last(), Some(&(69, 7, Some(2))));
    }
}

#[test]
fn our_own_returns_should_be_in_order_when_an_aggregate_is_returned() {
    let aggregate = made(|e| e.group(453, |e| e.unsigned(461, 5_000)));
    let file = File {
        records: vec![Call::default().record(), aggregate],
        ..File::default()
    };
    let mut options = Options {
        keep_returned: true,
        ..Options::default()
    };
    options.rules.agreed = EventKinds::BASIC;
    let returns = make_returns(&file.check_with(&options), None, 1, 0).unwrap();
    let octets = returns.to_octets(LengthForm::Definite);
    assert_eq!(ReturnFile::read(octets.as_slice()).unwrap(), returns);
    assert_eq!(
        codes(&validate(octets.as_slice(), &Options::default()).unwrap()),
        []
    );
}

#[test]
fn returns_should_be_refused_when_missing_files_end_before_they_begin() {
    let found = |first: &str, last: &str| {
        let missing = made(|e| {
            e.group(538, |e| {
                e.text(532, first);
                e.text(518, last);
            });
        });
        let returns = Returns {
            details: vec![missing],
            ..Returns::default()
        };
        codes(&returns.check())
    };
    assert_eq!(found("00005", "00009"), []);
    assert_eq!(found("00005", "00005"), []);
    assert_eq!(found("99998", "00002"), [], "1 follows 99999");
    assert_eq!(found("00009", "00005"), [Code::ReturnFileBad]);
}

#[test]
fn returns_should_be_refused_when_they_name_a_whole_file_and_a_record_of_it() {
    let record = Call::default().record();
    let whole = |file: &str| {
        made(|e| {
            e.group(539, |e| e.text(109, file));
        })
    };
    let returns = |whole_file: &str, first: bool| {
        let mut details = vec![returned("00001", &record, None), whole(whole_file)];
        if first {
            details.reverse();
        }
        let returns = Returns {
            details,
            value: 200,
            tax: 20,
            ..Returns::default()
        };
        let codes = returns.check().findings.codes();
        codes
            .into_iter()
            .filter(|code| *code == Code::ReturnFileAndRecords)
            .count()
    };
    for first in [true, false] {
        assert_eq!(returns("00001", first), 1, "{first}");
        assert_eq!(returns("00002", first), 0, "{first}");
    }
}

#[test]
fn returns_should_be_refused_when_they_name_a_record_more_than_once() {
    let (record, other) = (
        Call::default().record(),
        Call {
            start: "20260314100001",
            ..Call::default()
        }
        .record(),
    );
    let found = |details: Vec<Vec<u8>>| {
        let returns = Returns {
            value: 100 * details.len() as u64,
            details,
            ..Returns::default()
        };
        codes(&returns.check())
    };
    let one = |place| returned("00007", &record, place);
    let again = [Code::ReturnRecordRepeated];
    assert_eq!(found(vec![one(Some(1))]), []);
    assert_eq!(found(vec![one(Some(1)), one(Some(1))]), again);
    // Where it is not said which record is meant, it is the same one.
    assert_eq!(found(vec![one(None), one(None)]), again);
    let vague = Returns {
        value: 200,
        details: vec![one(None), one(None)],
        ..Returns::default()
    };
    let outcome = vague.check();
    let message = &outcome.findings.kept()[0].message;
    assert!(message.ends_with("state itemOccurrence of each"), "{message}");
    assert_eq!(found(vec![one(Some(1)), one(None)]), again);
    assert_eq!(found(vec![one(None), one(Some(1))]), again);
    // The same record may stand in a file twice, and both be wrong; or in two files, or be another one.
    assert_eq!(found(vec![one(Some(1)), one(Some(2))]), []);
    assert_eq!(found(vec![one(None), returned("00008", &record, None)]), []);
    assert_eq!(found(vec![one(Some(1)), returned("00007", &other, Some(1))]), []);
}

#[test]
fn returns_should_be_refused_when_they_name_a_record_in_another_encoding() {
    let services = |charge: u64| vec![service("11", &[information(1, &[("00", charge)], &[])])];
    let call = |charge: u64| Call {
        services: services(charge),
        ..Call::default()
    };
    let record = call(100).record();
    // More octets of the same number.
    let padded = Call {
        duration: made(|e| e.octet_string(223, &[0, 0, 60])),
        ..call(100)
    }
    .record();
    let later = Call {
        start: "20260314100001",
        ..call(100)
    }
    .record();
    let longer = Call {
        duration: made(|e| e.unsigned(223, 61)),
        ..call(100)
    }
    .record();
    let found = |place: Option<u64>, second: &[u8], charge: u64| {
        let returns = Returns {
            value: 100 + charge,
            details: vec![
                returned("00007", &record, place),
                returned("00007", second, place),
            ],
            ..Returns::default()
        };
        codes(&returns.check())
    };
    let again = [Code::ReturnRecordRepeated];
    for place in [Some(1), None] {
        assert_eq!(found(place, &padded, 100), again);
        assert_eq!(found(place, &call(99).record(), 99), again);
        assert_eq!(found(place, &later, 100), []);
        assert_eq!(found(place, &longer, 100), []);
    }
}

#[test]
fn our_own_returns_should_be_in_order_when_the_same_record_is_wrong_at_two_places() {
    let old = Call {
        start: "20260114100000",
        ..Call::default()
    }
    .record();
    let file = File {
        charge: 200,
        records: vec![old.clone(), old],
        ..File::default()
    };
    let outcome = file.check_with(&Options {
        keep_returned: true,
        ..Options::default()
    });
    let returns = make_returns(&outcome, None, 1, 0).unwrap();
    assert_eq!(returns.details.len(), 2);
    let octets = returns.to_octets(LengthForm::Definite);
    let read = validate(octets.as_slice(), &Options::default()).unwrap();
    assert_eq!(codes(&read), []);
    assert_eq!(invoiceable(200, Some(12), &returns.details), Some(0));
}

#[test]
fn returns_should_be_refused_when_a_group_stands_there_twice_and_the_first_should_count() {
    let record = Call::default().record();
    let returns = |behind| Returns {
        details: vec![returned("00007", &record, Some(1))],
        value: 100,
        behind,
        ..Returns::default()
    };
    assert_eq!(codes(&returns(Vec::new()).check()), []);
    // As if the amounts were in another currency.
    let other = returns(made(|e| control(e, "USD", &[])));
    let outcome = other.check();
    assert_eq!(codes(&outcome), [Code::GroupRepeated]);
    let summary = outcome.returns.unwrap();
    assert_eq!((summary.currency.as_deref(), summary.value), (Some("EUR"), 100));
    let read = ReturnFile::read(other.octets().as_slice()).unwrap();
    assert_eq!(read.control.tap_currency.as_deref(), Some("EUR"));
    // Totals that would fit what is said elsewhere.
    let other = returns(made(|e| e.group(541, |e| e.unsigned(533, 9_999))));
    assert_eq!(codes(&other.check()), [Code::GroupRepeated]);
    let read = ReturnFile::read(other.octets().as_slice()).unwrap();
    assert_eq!(read.audit.value, Some(100));
    // A second list, which a reader may pass over.
    let other = returns(made(|e| {
        e.group(536, |e| e.raw(&returned("00007", &record, Some(2))))
    }));
    assert_eq!(codes(&other.check()), [Code::Undecodable]);
    assert!(ReturnFile::read(other.octets().as_slice()).is_err());
}

#[test]
fn returns_should_be_refused_when_an_item_stands_there_twice() {
    let record = Call::default().record();
    let refused = |returns: Returns| {
        let outcome = returns.check();
        assert_eq!(codes(&outcome), [Code::Undecodable]);
        let message = &outcome.findings.kept()[0].message;
        assert!(
            message.contains("stands twice where it belongs once"),
            "{message}"
        );
        assert!(ReturnFile::read(returns.octets().as_slice()).is_err());
    };
    let with = |detail| Returns {
        details: vec![detail],
        ..Returns::default()
    };
    for again in [made(|e| e.text(210, "USD")), made(|e| e.text(196, "DEUD2"))] {
        refused(Returns {
            control: again,
            ..Returns::default()
        });
    }
    refused(Returns {
        audit: made(|e| e.unsigned(533, 9_999)),
        ..Returns::default()
    });
    // Of a severe return its file, its record and its errors.
    let errors = |e: &mut Encoder| e.group(520, |e| e.group(521, |e| e.unsigned(519, 260)));
    for inside in [
        made(|e| {
            e.text(109, "00007");
            e.text(109, "00008");
            e.raw(&record);
            errors(e);
        }),
        made(|e| {
            e.text(109, "00007");
            e.raw(&record);
            e.raw(&record);
            errors(e);
        }),
        made(|e| {
            e.text(109, "00007");
            e.raw(&record);
            errors(e);
            errors(e);
        }),
    ] {
        refused(with(made(|e| e.group(540, |e| e.raw(&inside)))));
    }
    // Of a fatal one its file, and of a group the errors; of a stop the number.
    refused(with(made(|e| {
        e.group(539, |e| {
            e.text(109, "00007");
            e.text(109, "00008");
            e.group(542, errors);
        });
    })));
    refused(with(made(|e| {
        e.group(539, |e| {
            e.text(109, "00007");
            e.group(542, |e| {
                errors(e);
                errors(e);
            });
        });
    })));
    refused(with(made(|e| {
        e.group(554, |e| {
            e.text(555, "00007");
            e.text(555, "00008");
        });
    })));
    // Of what says that a RAP file has come everything.
    let acknowledged = made(|e| {
        e.group(535, |e| {
            e.text(196, "FRAF1");
            e.text(182, "DEUD1");
            e.text(181, "00001");
            e.text(181, "00002");
            local(e, 516, "20260320100000");
            local(e, 515, "20260320110000");
        });
    });
    let outcome = validate(acknowledged.as_slice(), &Options::default()).unwrap();
    assert_eq!(codes(&outcome), [Code::Undecodable]);
}
