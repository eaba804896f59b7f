//! What single records of every kind do to a file.

use super::*;
use interclear_primitives::service::Service;
use interclear_tap::classify::Zones;

/// A file with one record of the given tag.
fn with_record(tag: u32, audit: AuditControl, inside: impl Fn(&mut Encoder)) -> Outcome {
    let batch = Batch {
        audit: AuditControl {
            events: Some(1),
            ..audit
        },
        ..batch()
    };
    let mut encoder = Encoder::default();
    encoder.group(tag, inside);
    check(&batch.to_octets(LengthForm::Definite, encoder.octets()))
}

/// When it happened: noon.
fn start(e: &mut Encoder, tag: u32) {
    e.group(tag, |e| {
        e.text(16, &interclear_tap::time::local_text(NOON + 7_200));
        e.unsigned(232, 1);
    });
}

fn detail(e: &mut Encoder, charge_type: &str, charge: u64) {
    e.group(63, |e| {
        e.text(71, charge_type);
        e.unsigned(62, charge);
    });
}

#[test]
fn charges_of_other_kinds_of_records_count_in_the_totals() {
    let audit = AuditControl {
        charge: Some(700),
        tax: Some(70),
        ..AuditControl::default()
    };
    let kinds = [
        (11, Service::SupplementaryService),
        (12, Service::ServiceCentreUsage),
        (17, Service::Content),
        (297, Service::Location),
        (433, Service::Messaging),
        (434, Service::Volte),
    ];
    let timed = AuditControl {
        earliest: stamp(NOON),
        latest: stamp(NOON),
        ..audit.clone()
    };
    for (tag, service) in kinds {
        let outcome = with_record(tag, timed.clone(), |e| {
            start(e, 74);
            e.group(206, |e| {
                e.group(69, |e| {
                    e.group(64, |e| {
                        detail(e, "00", 700);
                        detail(e, "50", 900);
                    });
                    e.group(213, |e| {
                        e.group(214, |e| {
                            e.unsigned(212, 2);
                            e.unsigned(397, 70);
                        });
                    });
                });
            });
        });
        assert_eq!(found(&outcome), [], "{tag}");
        let summary = outcome.summary.unwrap();
        assert_eq!((summary.charge, summary.unclassified.records), (700_000, 0));
        let [total] = summary.services[..] else {
            panic!("one service: {:?}", summary.services)
        };
        assert_eq!(
            (total.service, total.charge, total.tax),
            (service, 700_000, 70_000),
            "{tag}"
        );
    }
    // Records over IP carry the charge itself.
    let outcome = with_record(433, timed, |e| {
        start(e, 447);
        e.unsigned(62, 700);
        e.group(213, |e| e.group(214, |e| e.unsigned(397, 70)));
    });
    assert_eq!(found(&outcome), []);
    // Aggregates too, with days instead of a start; octets are packet data, other units access to the network.
    for (unit, service, quantity) in [
        ("X", Service::Gprs, 2_000_000),
        ("F", Service::NetworkAccess, 1_000_000),
    ] {
        let outcome = with_record(453, audit.clone(), |e| {
            e.text(455, "20261001");
            e.text(456, "20261001");
            e.text(459, unit);
            e.unsigned(460, 2 << 20);
            e.unsigned(461, 700);
            e.group(464, |e| {
                e.group(454, |e| {
                    e.unsigned(212, 2);
                    e.unsigned(462, 70);
                    e.unsigned(463, 700);
                });
            });
        });
        assert_eq!(found(&outcome), []);
        let [total] = outcome.summary.unwrap().services[..] else {
            panic!("one service")
        };
        assert_eq!(
            (total.service, total.quantity, total.charge, total.tax),
            (service, quantity, 700_000, 70_000)
        );
    }
    let outcome = with_record(453, audit.clone(), |e| {
        e.text(455, "20261301");
        e.unsigned(461, 700);
        e.group(464, |e| e.group(454, |e| e.unsigned(462, 70)));
    });
    assert_eq!(
        found(&outcome),
        [(Code::CallTimeBad, "callEventDetails[0].callEventStartTimeStamp")]
    );
    // Tag 499 is not known: it counts, and is returned.
    let outcome = with_record(499, audit, |e| {
        detail(e, "00", 700);
        e.group(214, |e| e.unsigned(397, 70));
    });
    assert_eq!(
        found(&outcome),
        [(Code::EventTypeNotAgreed, "callEventDetails[0].tag")]
    );
    assert_eq!(outcome.returned.amounts().charge, 700);
}

#[test]
fn sessions_without_a_start_are_returned() {
    let audit = AuditControl {
        charge: Some(700),
        ..AuditControl::default()
    };
    let outcome = with_record(434, audit, |e| detail(e, "00", 700));
    assert_eq!(
        found(&outcome),
        [(Code::CallTimeBad, "callEventDetails[0].callEventStartTimeStamp")]
    );
    assert_eq!(outcome.returned.records(), 1);
}

#[test]
fn content_that_is_paid_back_is_added_up_apart() {
    let audit = AuditControl {
        charge: Some(5),
        charge_refund: Some(700),
        earliest: stamp(NOON),
        latest: stamp(NOON),
        ..AuditControl::default()
    };
    let outcome = with_record(17, audit, |e| {
        start(e, 300);
        e.group(285, |e| {
            e.group(352, |e| {
                e.unsigned(344, 1);
                detail(e, "00", 700);
            });
            e.group(352, |e| detail(e, "00", 5));
        });
    });
    assert_eq!(found(&outcome), []);
    assert_eq!((outcome.amounts.charge, outcome.refunds.charge), (5, 700));
}

#[test]
fn parts_of_calls_that_are_not_known_are_stepped_over() {
    let time = |e: &mut Encoder| {
        e.group(44, |e| {
            e.text(16, "20261001140000");
            e.unsigned(232, 1);
        });
    };
    let audit = AuditControl {
        charge: Some(9),
        earliest: stamp(NOON),
        latest: stamp(NOON),
        ..AuditControl::default()
    };
    let outcome = with_record(9, audit, |e| {
        e.group(147, time);
        e.group(499, |e| detail(e, "00", 100));
        e.group(69, |e| {
            e.group(63, |e| {
                e.unsigned(62, 9);
                e.text(71, "00");
            });
        });
    });
    assert_eq!(found(&outcome), [], "type and amount may come in either order");
}

#[test]
fn negative_and_huge_amounts_return_the_record_and_count_as_nothing() {
    let audit = AuditControl {
        earliest: stamp(NOON),
        latest: stamp(NOON),
        charge: Some(0),
        ..AuditControl::default()
    };
    for wrong in [&[0xff, 0x38][..], &[1, 0, 0, 0, 0, 0, 0, 0, 0], &[]] {
        let outcome = with_record(10, audit.clone(), |e| {
            e.group(153, |e| {
                e.group(44, |e| {
                    e.text(16, "20261001140000");
                    e.unsigned(232, 1);
                });
            });
            e.group(63, |e| {
                e.text(71, "00");
                e.octet_string(62, wrong);
            });
        });
        assert_eq!(
            found(&outcome),
            [(Code::AmountBad, "callEventDetails[0].chargeInformation")]
        );
    }
}

#[test]
fn international_calls_are_split_when_asked() {
    let abroad = Record {
        usage: Usage::CallMade {
            level_1: 2,
            level_2: 1,
        },
        other: Digits::new("34", 600_000_000, 11),
        ..record()
    };
    let octets = octets(&batch(), &[record(), abroad]);
    for (zones, name) in [(Zones::Single, "MOC International"), (Zones::European, "MOC EU")] {
        let options = Options {
            rules: Rules {
                zones,
                ..Rules::default()
            },
            ..Options::default()
        };
        let summary = validate(octets.as_slice(), &options).unwrap().summary.unwrap();
        assert_eq!(summary.services[1].service.name(), name);
    }
}
