//! What single records of every kind do to a file.

use super::*;
use interclear_primitives::service::Service;
use interclear_tap::classify::Zones;

/// A file with one record of the given tag.
fn with_record(tag: u32, audit: AuditControl, inside: impl Fn(&mut Encoder)) -> Outcome {
    with_record_of(12, tag, audit, inside)
}

/// The same in a release.
fn with_record_of(release: u64, tag: u32, audit: AuditControl, inside: impl Fn(&mut Encoder)) -> Outcome {
    let mut batch = Batch {
        audit: AuditControl {
            events: Some(1),
            ..audit
        },
        ..batch()
    };
    batch.control.release = Some(release);
    let mut encoder = Encoder::default();
    encoder.group(tag, |e| {
        inside(e);
        rest(e, tag);
    });
    check(&batch.to_octets(LengthForm::Definite, encoder.octets()))
}

/// What else a record of a kind must have.
fn rest(e: &mut Encoder, tag: u32) {
    match tag {
        9..=11 => e.group(138, |e| e.group(156, |e| e.unsigned(184, 4))),
        12 | 297 => e.unsigned(184, 4),
        14 => e.group(117, |e| e.group(118, |e| e.group(185, |e| e.unsigned(184, 4)))),
        433 | 434 => {
            e.text(435, "1");
            e.group(185, |e| e.unsigned(184, 4));
        }
        _ => {}
    }
    match tag {
        11 => e.group(206, |e| {
            e.text(209, "21");
            e.unsigned(208, 0);
        }),
        12 => e.group(191, |e| {
            e.unsigned(67, 0);
            e.text(402, "33612345678");
        }),
        14 => e.group(114, |e| e.group(116, |e| e.text(261, "internet"))),
        17 => {
            e.group(304, |e| e.unsigned(303, 0));
            e.group(285, |e| {
                e.group(352, |e| {
                    [336, 337, 281].into_iter().for_each(|tag| e.unsigned(tag, 1))
                });
            });
        }
        297 => e.octet_string(45, &[1]),
        433 => e.unsigned(439, 1),
        _ => {}
    }
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

/// What charge information holds: a charge, one at the published tariff, and a tax at 19 %.
fn charged(e: &mut Encoder, charge: u64, tax: u64) {
    e.text(66, "D");
    e.unsigned(105, 1);
    e.group(64, |e| {
        detail(e, "00", charge);
        detail(e, "50", charge + 200);
    });
    taxed(e, (214, 213), tax);
}

fn taxed(e: &mut Encoder, (list, item): (u32, u32), tax: u64) {
    if tax > 0 {
        e.group(list, |e| {
            e.group(item, |e| {
                e.unsigned(212, 2);
                e.unsigned(397, tax);
            });
        });
    }
}

/// Who used the service, in an element of this tag.
fn subscriber(e: &mut Encoder, tag: u32) {
    e.group(tag, |e| e.bcd(129, "001010000000001"));
}

fn charged_party(e: &mut Encoder) {
    e.group(324, |e| {
        e.group(310, |e| e.group(309, |e| e.text(287, "001010000000001")))
    });
}

/// The contents of each kind of record, with charge and tax where they belong.
fn kind(e: &mut Encoder, tag: u32, charge: u64, tax: u64) {
    let information = |e: &mut Encoder| e.group(69, |e| charged(e, charge, tax));
    let list = |e: &mut Encoder| e.group(70, information);
    match tag {
        11 => {
            e.group(427, |e| subscriber(e, 199));
            e.group(206, |e| {
                start(e, 74);
                information(e);
            });
        }
        12 => {
            e.group(191, |e| e.group(430, |e| subscriber(e, 286)));
            information(e);
            e.group(193, |e| start(e, 88));
        }
        13 => e.group(236, |e| {
            start(e, 74);
            information(e);
        }),
        17 => {
            e.group(304, |e| start(e, 300));
            charged_party(e);
            e.group(285, |e| e.group(352, list));
        }
        297 => e.group(382, |e| {
            e.group(383, |e| start(e, 384));
            list(e);
        }),
        433 => {
            subscriber(e, 436);
            start(e, 447);
            e.unsigned(105, 1);
            e.unsigned(62, charge);
            taxed(e, (214, 213), tax);
        }
        434 => {
            e.unsigned(440, 1);
            subscriber(e, 436);
            start(e, 447);
            e.unsigned(223, 60);
            e.group(448, |e| e.group(449, |e| charged(e, charge, tax)));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn charges_should_count_in_the_totals_when_records_are_of_other_kinds() {
    let audit = AuditControl {
        charge: Some(700),
        tax: Some(133),
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
        let outcome = with_record(tag, timed.clone(), |e| kind(e, tag, 700, 133));
        assert_eq!(found(&outcome), [], "{tag}");
        let summary = outcome.summary.unwrap();
        assert_eq!((summary.charge, summary.unclassified.records), (700_000, 0));
        let [total] = summary.services[..] else {
            panic!("one service: {:?}", summary.services)
        };
        assert_eq!(
            (total.service, total.charge, total.tax),
            (service, 700_000, 133_000),
            "{tag}"
        );
    }
    // Value-added services of release 10 are billed, and have no service of their own.
    let outcome = with_record_of(10, 13, timed, |e| kind(e, 13, 700, 133));
    assert_eq!(
        found(&outcome),
        [(Code::ServiceUnclassified, "callEventDetails[0].valueAddedService")]
    );
    let summary = outcome.summary.unwrap();
    assert_eq!((summary.charge, summary.unclassified.charge), (700_000, 700_000));
}

#[test]
fn aggregates_should_be_counted_apart_when_they_state_a_charge() {
    let outcome = with_record(453, AuditControl::default(), |e| {
        e.text(455, "20261001");
        e.text(459, "X");
        e.unsigned(460, 2 << 20);
        e.unsigned(461, 700);
        e.group(464, |e| e.group(454, |e| e.unsigned(462, 70)));
    });
    assert_eq!(
        found(&outcome),
        [(Code::AggregatedUsage, "callEventDetails[0].aggregatedUsageRecord")]
    );
    assert_eq!(
        (outcome.verdict(), outcome.amounts.charge),
        (Verdict::Billable, 0)
    );
    let summary = outcome.summary.unwrap();
    let apart = summary.aggregated;
    assert_eq!((apart.records, apart.charge, apart.tax), (1, 700_000, 70_000));
    assert_eq!((summary.charge, summary.services.len()), (0, 0));
    assert!(
        summary.anchor().is_err(),
        "a file with aggregates is not anchored"
    );
    // A sender that bills them states a total that the records do not add up to.
    let audit = AuditControl {
        charge: Some(700),
        ..AuditControl::default()
    };
    let outcome = with_record(453, audit, |e| e.unsigned(461, 700));
    let finding = outcome.findings.kept().last().unwrap();
    assert_eq!(finding.code, Code::TotalChargeDiffers);
    assert_eq!(
        finding.message,
        "0.700 XDR stated, the records add up to 0.000 XDR without aggregates (1)"
    );
}

#[test]
fn records_should_count_for_nothing_and_be_returned_when_their_tag_is_not_known() {
    let outcome = with_record(499, AuditControl::default(), |e| {
        detail(e, "00", 700);
        e.group(69, |e| charged(e, 700, 133));
    });
    assert_eq!(
        found(&outcome),
        [(Code::EventTypeNotAgreed, "callEventDetails[0].tag")]
    );
    assert_eq!((outcome.events, outcome.amounts.charge), (1, 0));
    assert_eq!(outcome.returned.records(), 1);
}

#[test]
fn session_should_be_returned_when_it_has_no_start() {
    let audit = AuditControl {
        charge: Some(700),
        ..AuditControl::default()
    };
    let outcome = with_record(434, audit, |e| {
        e.unsigned(440, 1);
        subscriber(e, 436);
        e.unsigned(223, 60);
        e.group(448, |e| e.group(449, |e| charged(e, 700, 0)));
    });
    assert_eq!(
        found(&outcome),
        [(Code::CallTimeBad, "callEventDetails[0].callEventStartTimeStamp")]
    );
    assert_eq!(outcome.returned.records(), 1);
}

#[test]
fn content_should_be_added_up_apart_when_it_is_paid_back() {
    let audit = AuditControl {
        charge: Some(5),
        charge_refund: Some(700),
        earliest: stamp(NOON),
        latest: stamp(NOON),
        ..AuditControl::default()
    };
    let outcome = with_record(17, audit, |e| {
        e.group(304, |e| start(e, 300));
        charged_party(e);
        e.group(285, |e| {
            e.group(352, |e| {
                e.unsigned(344, 1);
                e.group(70, |e| e.group(69, |e| charged(e, 700, 0)));
            });
            e.group(352, |e| e.group(70, |e| e.group(69, |e| charged(e, 5, 0))));
        });
    });
    assert_eq!(
        found(&outcome),
        [(Code::RefundAboveCharge, "auditControlInfo.totalChargeRefund")]
    );
    assert_eq!((outcome.amounts.charge, outcome.refunds.charge), (5, 700));
}

/// A call with everything around its charge information, which `information` fills.
fn call(e: &mut Encoder, basic: u32, information: impl Fn(&mut Encoder)) {
    e.group(basic, |e| {
        e.group(427, |e| subscriber(e, 199));
        start(e, 44);
        e.unsigned(223, 60);
    });
    e.group(38, |e| {
        e.group(39, |e| {
            e.group(36, |e| e.group(426, |e| e.text(218, "11")));
            e.group(70, |e| {
                e.group(69, |e| {
                    e.text(66, "D");
                    e.group(258, |e| e.unsigned(259, 1));
                    information(e);
                });
            });
        });
    });
}

fn at_noon(charge: u64) -> AuditControl {
    AuditControl {
        charge: Some(charge),
        earliest: stamp(NOON),
        latest: stamp(NOON),
        ..AuditControl::default()
    }
}

#[test]
fn part_of_a_call_should_be_stepped_over_when_it_is_not_known() {
    let outcome = with_record(9, at_noon(9), |e| {
        e.group(499, |e| {
            detail(e, "00", 100);
            e.group(69, |e| charged(e, 100, 19));
        });
        // Known elements where they do not belong are no better.
        e.group(69, |e| charged(e, 100, 19));
        e.group(64, |e| detail(e, "00", 100));
        call(e, 147, |e| {
            e.unsigned(105, 1);
            e.group(64, |e| {
                e.group(63, |e| {
                    e.unsigned(62, 9);
                    e.text(71, "00");
                });
            });
            e.group(600, |e| taxed(e, (214, 213), 50));
        });
    });
    assert_eq!(found(&outcome), [], "type and amount may come in either order");
}

#[test]
fn taxes_should_be_read_when_list_and_item_are_turned_around() {
    for tags in [(214, 213), (213, 214)] {
        let audit = AuditControl {
            tax: Some(133),
            ..at_noon(700)
        };
        let outcome = with_record(9, audit, |e| {
            call(e, 147, |e| {
                e.unsigned(105, 1);
                e.group(64, |e| detail(e, "00", 700));
                taxed(e, tags, 133);
            });
        });
        assert_eq!(found(&outcome), [], "{tags:?}");
    }
}

#[test]
fn a_charge_should_return_its_record_when_it_has_no_code_of_an_exchange_rate() {
    let outcome = with_record(9, at_noon(700), |e| {
        call(e, 147, |e| e.group(64, |e| detail(e, "00", 700)))
    });
    assert_eq!(
        found(&outcome),
        [(
            Code::ExchangeRateCodeMissing,
            "callEventDetails[0].exchangeRateCode"
        )]
    );
    assert_eq!(outcome.returned.records(), 1);
    let outcome = with_record(9, at_noon(0), |e| {
        call(e, 147, |e| e.group(64, |e| detail(e, "00", 0)))
    });
    assert_eq!(found(&outcome), [], "what is free needs no rate");
}

#[test]
fn services_over_ip_should_be_told_by_their_codes() {
    for (code, service) in [
        (Some(1), Some(Service::Volte)),
        (Some(2), Some(Service::Volte)),
        (Some(3), None),
        (Some(4), None),
        (Some(9), None),
        (None, None),
    ] {
        let outcome = with_record(434, at_noon(0), |e| {
            if let Some(code) = code {
                e.unsigned(440, code);
            }
            start(e, 447);
        });
        let services: Vec<_> = outcome
            .summary
            .unwrap()
            .services
            .iter()
            .map(|s| s.service)
            .collect();
        assert_eq!(services, service.into_iter().collect::<Vec<_>>(), "{code:?}");
        assert_eq!(
            outcome
                .findings
                .kept()
                .iter()
                .any(|f| f.code == Code::ServiceUnclassified),
            service.is_none()
        );
    }
    let outcome = with_record(14, at_noon(0), |e| {
        e.group(114, |e| {
            e.group(115, |e| e.group(427, |e| subscriber(e, 199)));
            start(e, 44);
            e.unsigned(223, 60);
            e.unsigned(72, 77);
            e.group(260, |e| {
                e.text(16, "20261001130000");
                e.unsigned(232, 9);
            });
        });
        e.group(121, |e| {
            e.unsigned(418, 1);
            e.unsigned(250, 1);
            e.unsigned(251, 1);
            e.group(70, |e| e.group(69, |e| charged(e, 0, 0)));
        });
    });
    assert_eq!(
        found(&outcome),
        [(
            Code::UnknownUtcOffsetCode,
            "callEventDetails[0].utcTimeOffsetCode"
        )],
        "the start of the context has a code of its own"
    );
    assert_eq!(
        outcome.summary.unwrap().services[0].service,
        Service::ImsSignalling
    );
}

#[test]
fn record_should_be_returned_and_count_as_nothing_when_an_amount_is_negative_or_huge() {
    for wrong in [&[0xff, 0x38][..], &[1, 0, 0, 0, 0, 0, 0, 0, 0], &[]] {
        let outcome = with_record(10, at_noon(0), |e| {
            call(e, 153, |e| {
                e.unsigned(105, 1);
                e.group(64, |e| {
                    e.group(63, |e| {
                        e.text(71, "00");
                        e.octet_string(62, wrong);
                    });
                });
            });
        });
        assert_eq!(
            found(&outcome),
            [(Code::AmountBad, "callEventDetails[0].chargeInformation")]
        );
    }
}

#[test]
fn international_calls_should_be_split_when_asked() {
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
