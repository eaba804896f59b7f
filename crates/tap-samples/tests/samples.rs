//! Files that are made, read back by the reader and judged by its rules.

use interclear_primitives::service::Service;
use interclear_tap::{
    ber::LengthForm,
    events::{bcd_digits, CodeTables, Event},
    validate, Item, Kind, Options, Outcome, Reader, Verdict,
};
use interclear_tap_samples::{Generator, Made, Parameters, Variant};
use std::collections::{BTreeMap, BTreeSet};

fn parameters() -> Parameters {
    Parameters {
        files: 3,
        events: 600,
        seed: 7,
        ..Parameters::sample()
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
fn file_should_be_billable_and_read_back_as_meant_when_it_is_generated() {
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
            assert_eq!(
                outcome.findings.codes(),
                [],
                "{:?}",
                outcome.findings.kept().first()
            );
            assert_eq!(
                (outcome.kind, outcome.events, outcome.verdict()),
                (Kind::Tap, 600, Verdict::Billable)
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
fn records_should_all_have_a_service_when_countries_share_a_calling_code_or_have_short_numbers() {
    for home in ["GBR7C", "JEY01", "USACG", "CANRW", "RUS01", "KAZ7A", "NORTM"] {
        let parameters = Parameters {
            recipient: home.parse().unwrap(),
            ..parameters()
        };
        let (_, octets) = make(parameters, 0, Variant::default());
        let outcome = check(&octets, &options());
        assert_eq!(outcome.findings.codes(), [], "{home}");
        let summary = outcome.summary.unwrap();
        assert_eq!(
            (summary.records, summary.unclassified.records),
            (600, 0),
            "{home}"
        );
        let back_home = |service: &&interclear_tap::ServiceSummary| service.service == Service::MocBackHome;
        assert!(
            summary
                .services
                .iter()
                .find(back_home)
                .is_some_and(|one| one.records > 20),
            "{home}"
        );
    }
}

#[test]
fn records_should_add_up_per_service_when_every_kind_of_a_release_occurs() {
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
            assert_eq!(
                outcome.findings.codes(),
                [],
                "{:?}",
                outcome.findings.kept().first()
            );
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
fn octets_should_be_the_same_when_the_seed_is() {
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
fn quantities_should_be_those_of_the_records_when_they_are_added_up() {
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
fn subscribers_should_have_scattered_numbers_and_devices_when_lifelike() {
    let parameters = Parameters {
        lifelike: true,
        home_plmn: "26201".into(),
        ..parameters()
    };
    let (_, octets) = make(parameters, 0, Variant::default());
    assert_eq!(check(&octets, &options()).findings.codes(), []);
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
fn series_should_go_on_with_1_when_99999_is_reached() {
    let generator = Generator::new(Parameters {
        first_sequence: 99_998,
        ..parameters()
    })
    .unwrap();
    let numbers: Vec<_> = (0..3).map(|file| generator.name(file).sequence).collect();
    assert_eq!(numbers, [99_998, 99_999, 1]);
}

#[test]
fn notification_should_be_made_when_there_are_no_records() {
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
    assert_eq!(
        (outcome.kind, outcome.verdict()),
        (Kind::Notification, Verdict::Billable)
    );
    assert_eq!(outcome.findings.codes(), []);
    let anchor = outcome.summary.unwrap().anchor().unwrap();
    assert_eq!(
        (anchor.records, anchor.root, anchor.key.sequence),
        (0, [0; 32], made.name.sequence)
    );
    assert!(anchor.totals.is_empty());
}
