//! What single records of every kind do to a file.

use super::*;
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
    for tag in [11, 12, 17, 297, 433, 453] {
        let outcome = with_record(tag, audit.clone(), |e| {
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
        assert_eq!((summary.charge, summary.unclassified.records), (700_000, 1));
        assert!(
            summary.anchor().is_err(),
            "no anchor without a service for every record"
        );
    }
    // Records over IP carry the charge itself.
    let outcome = with_record(433, audit.clone(), |e| {
        e.unsigned(62, 700);
        e.group(213, |e| e.group(214, |e| e.unsigned(397, 70)));
    });
    assert_eq!(found(&outcome), []);
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
        ..AuditControl::default()
    };
    let outcome = with_record(17, audit, |e| {
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
