//! Charges of records against the prices of an agreement.

use interclear_primitives::{agreement::Terms, increment::Increment, service::Service};
use interclear_rating::{Price, RatePlan, Tier};
use interclear_tap::{
    ber::{Encoder, LengthForm},
    model::{
        Accounting, AuditControl, BatchControl, Conversion, DateTime, Network, RecordingEntity, UtcOffset,
    },
    validate,
    writer::{Batch, Digits, Record, Usage},
    AgreedRate, Code, Options, Outcome, PricedService, Severity, TariffCheck, TariffSummary, Unpriced,
};
use interclear_tap_samples::{terms, Generator, Parameters, Variant};
use proptest::prelude::*;

/// 1 October 2026, 12:00 UTC.
const NOON: i64 = 1_790_856_000;

/// Subscribers of DEUD1 in the network of FRAF1.
fn terms() -> Terms {
    let tier = Tier {
        price: Price(1),
        ..Tier::default()
    };
    terms::of(vec![
        terms::linear(Service::MocLocal, 120_000_000, Increment::Seconds(60)),
        terms::line(Service::Mtc, terms::usage(RatePlan::NotCharged), Increment::Exact),
        terms::linear(Service::SmsMo, 30_000_000, Increment::Exact),
        terms::linear(Service::Gprs, 2_000_000_000, Increment::Kilobytes(10)),
        terms::line(
            Service::SmsMt,
            terms::usage(RatePlan::Tiered {
                tiers: vec![tier].try_into().unwrap(),
            }),
            Increment::Exact,
        ),
    ])
}

fn record(usage: Usage, duration: u64, charge: u64) -> Record {
    Record {
        usage,
        imsi: Digits::new("26201", 77, 15),
        msisdn: Digits::new("49", 151_555, 12),
        imei: None,
        other: Digits::new("33", 612_345_678, 11),
        start_local: NOON,
        offset_code: 1,
        duration,
        charge,
        exchange_rate_code: 1,
        tax: None,
        discount: None,
        entity_code: 1,
        location_area: 10,
        cell: 20,
        reference: 30,
    }
}

fn call(duration: u64, charge: u64) -> Record {
    record(
        Usage::CallMade {
            level_1: 1,
            level_2: 1,
        },
        duration,
        charge,
    )
}

/// A file in a currency with four decimals, whose records are compared one by one.
fn check(records: &[Record], sender: &str, currency: &str, tolerance: u64) -> Outcome {
    let options = Options {
        tariff: Some(TariffCheck {
            terms: terms(),
            tolerance,
        }),
        ..Options::default()
    };
    check_with(records, sender, currency, &options)
}

fn check_with(records: &[Record], sender: &str, currency: &str, options: &Options) -> Outcome {
    let stamp = |utc| Some(DateTime::from_utc(utc, 0));
    let mut encoder = Encoder::default();
    records.iter().for_each(|record| record.encode(&mut encoder));
    let batch = Batch {
        control: BatchControl {
            sender: Some(sender.into()),
            recipient: Some("DEUD1".into()),
            sequence: Some("00042".into()),
            created: stamp(NOON + 7_200),
            cut_off: stamp(NOON + 3_600),
            available: stamp(NOON + 10_800),
            version: Some(3),
            release: Some(12),
            ..BatchControl::default()
        },
        accounting: Accounting {
            local_currency: Some(currency.into()),
            tap_currency: Some(currency.into()),
            conversions: vec![Conversion {
                code: Some(1),
                decimals: Some(5),
                rate: Some(100_000),
            }],
            tap_decimals: Some(4),
            ..Accounting::default()
        },
        network: Network {
            offsets: vec![UtcOffset {
                code: Some(1),
                offset: Some("+0000".into()),
            }],
            entities: vec![RecordingEntity {
                code: Some(1),
                entity_type: Some(1),
                id: None,
            }],
        },
        audit: AuditControl {
            earliest: stamp(NOON),
            latest: stamp(NOON),
            charge: Some(records.iter().map(|record| record.charge).sum()),
            events: Some(records.len() as u64),
            ..AuditControl::default()
        },
    };
    let octets = batch.to_octets(LengthForm::Definite, encoder.octets());
    let outcome = validate(octets.as_slice(), options).unwrap();
    assert!(
        outcome.findings.worst() <= Some(Severity::Warning),
        "{:?}",
        outcome.findings.kept()
    );
    outcome
}

fn found(outcome: &Outcome) -> Vec<(Code, &str, &str)> {
    let findings = outcome.findings.kept().iter();
    findings
        .map(|finding| (finding.code, finding.item.as_str(), finding.message.as_str()))
        .collect()
}

#[test]
fn charge_should_be_compared_in_the_agreed_increment_when_there_is_an_agreement() {
    // 61 s are two minutes: 0.24. The last decimal place may be rounded either way.
    for charge in [2_399, 2_400, 2_401] {
        assert_eq!(found(&check(&[call(61, charge)], "FRAF1", "EUR", 0)), []);
    }
    let outcome = check(&[call(60, 1_200), call(61, 2_420)], "FRAF1", "EUR", 0);
    assert_eq!(
        found(&outcome),
        [(
            Code::ChargeAboveRate,
            "callEventDetails[1].charge",
            "0.002 EUR above the agreed rate: 0.2420 instead of 0.24"
        )]
    );
    assert_eq!(
        outcome.tariff,
        Some(TariffSummary {
            compared: 2,
            above: 1,
            excess: 2_000,
            ..TariffSummary::default()
        })
    );
    let outcome = check(&[call(61, 1_220)], "FRAF1", "EUR", 0);
    assert_eq!(
        found(&outcome),
        [(
            Code::ChargeBelowRate,
            "callEventDetails[0].charge",
            "0.118 EUR below the agreed rate: 0.1220 instead of 0.24"
        )]
    );
    assert_eq!(outcome.tariff.unwrap().shortfall, 118_000);

    // 10,241 octets are two steps of ten kilobytes: 20,480 / 1,048,576 of 2.00.
    let data = |charge| {
        record(
            Usage::Data {
                incoming: 10_000,
                outgoing: 241,
            },
            5,
            charge,
        )
    };
    assert_eq!(found(&check(&[data(391)], "FRAF1", "EUR", 0)), []);
    assert_eq!(
        found(&check(&[data(400)], "FRAF1", "EUR", 0)),
        [(
            Code::ChargeAboveRate,
            "callEventDetails[0].charge",
            "0.0009375 EUR above the agreed rate: 0.0400 instead of 0.0390625"
        )]
    );
    // Messages are counted, calls received are free.
    let others = |sent, received| {
        [
            record(Usage::MessageSent, 0, sent),
            record(Usage::CallReceived, 90, received),
        ]
    };
    assert_eq!(found(&check(&others(300, 0), "FRAF1", "EUR", 0)), []);
    let codes: Vec<Code> = found(&check(&others(299 - 1, 2), "FRAF1", "EUR", 0))
        .iter()
        .map(|f| f.0)
        .collect();
    assert_eq!(codes, [Code::ChargeBelowRate, Code::ChargeAboveRate]);
}

#[test]
fn quantities_should_be_rounded_per_record_when_increments_are_agreed() {
    // A thousand calls of one second at 0.12 a minute in steps of 60 s: a thousand minutes, 120.00.
    let outcome = check(&[call(1, 1_200); 1_000], "FRAF1", "EUR", 0);
    assert_eq!(found(&outcome), []);
    let summary = outcome.summary.unwrap();
    let [total] = summary.services[..] else {
        panic!("one service")
    };
    assert_eq!((total.quantity, total.charge), (1_000_000_000, 120_000_000));
}

proptest! {
    /// What is added up is what rating each record by itself comes to.
    #[test]
    fn sums_should_be_those_of_records_rated_one_by_one_when_they_are_rounded(
        durations in prop::collection::vec(0u64..10_000, 1..40),
        volumes in prop::collection::vec(0u64..200_000, 1..40),
    ) {
        let calls = durations.iter().map(|seconds| call(*seconds, seconds.div_ceil(60) * 1_200));
        let data = volumes.iter().map(|octets| {
            let steps = u128::from(octets.div_ceil(10_240));
            // 2.00 a megabyte with four decimals.
            let charge = (steps * 10_240 * 20_000 / 1_048_576) as u64;
            record(Usage::Data { incoming: *octets, outgoing: 0 }, 5, charge)
        });
        let records: Vec<_> = calls.chain(data).collect();
        let outcome = check(&records, "FRAF1", "EUR", 0);
        prop_assert_eq!(found(&outcome), []);
        let quantity = |service| {
            let summary = outcome.summary.as_ref().unwrap();
            summary.services.iter().find(|total| total.service == service).unwrap().quantity
        };
        let minutes: u64 = durations.iter().map(|seconds| seconds.div_ceil(60)).sum();
        prop_assert_eq!(quantity(Service::MocLocal), u128::from(minutes) * 1_000_000);
        let steps: u64 = volumes.iter().map(|octets| octets.div_ceil(10_240)).sum();
        let exact = u128::from(steps) * 10_240 * 1_000_000;
        prop_assert!((quantity(Service::Gprs) * 1_048_576).abs_diff(exact) * 2 <= 1_048_576);
    }
}

#[test]
fn charge_should_be_accepted_when_within_tolerance_and_the_last_decimal_place() {
    assert_eq!(found(&check(&[call(60, 1_221)], "FRAF1", "EUR", 2_000)), []);
    assert_eq!(found(&check(&[call(60, 1_222)], "FRAF1", "EUR", 2_000)).len(), 1);
}

#[test]
fn record_should_be_skipped_and_counted_when_it_has_no_single_price() {
    // A plan in tiers.
    let records = [record(Usage::MessageReceived, 0, 9_999), call(60, 1_200)];
    let outcome = check(&records, "FRAF1", "EUR", 0);
    assert_eq!(found(&outcome), []);
    let tariff = outcome.tariff.unwrap();
    assert_eq!((tariff.skipped, tariff.compared, tariff.not_agreed), (1, 1, 0));
    assert!(outcome.not_agreed.is_empty() && outcome.unpriced.is_none());
}

#[test]
fn record_should_be_told_when_the_agreement_has_no_line_for_its_service() {
    // A call over data and content: neither is priced, whatever is charged.
    let records = [
        record(Usage::Session, 60, 0),
        record(
            Usage::Content {
                octets: 1,
                refunded: false,
            },
            0,
            9_999,
        ),
        call(60, 1_200),
    ];
    let outcome = check(&records, "FRAF1", "EUR", 0);
    assert_eq!(outcome.findings.codes(), [Code::ServiceNotAgreed; 2]);
    let [(_, session, _), (_, content, message)] = found(&outcome)[..] else {
        panic!("two findings")
    };
    assert!(session.starts_with("callEventDetails[0]."), "{session}");
    assert!(content.starts_with("callEventDetails[1]."), "{content}");
    assert_eq!(message, "the agreement has no line for Content");
    let tariff = outcome.tariff.unwrap();
    assert_eq!((tariff.skipped, tariff.compared, tariff.not_agreed), (0, 1, 2));
    assert_eq!(outcome.not_agreed.get(&Service::Content), Some(&1));
    assert_eq!(outcome.not_agreed.values().sum::<u64>(), 2);

    // Where the terms are expected of the file alone, services are counted, and records are left alone.
    let options = Options {
        expected: Some(terms()),
        ..Options::default()
    };
    let expected = check_with(&records, "FRAF1", "EUR", &options);
    assert_eq!(found(&expected), []);
    assert_eq!(expected.not_agreed, outcome.not_agreed);
}

/// The one finding of a call at ten times its price that is compared with nothing.
fn unchecked(sender: &str, currency: &str, terms: Terms) -> (Unpriced, String) {
    let options = Options {
        tariff: Some(TariffCheck { terms, tolerance: 0 }),
        ..Options::default()
    };
    let outcome = check_with(&[call(60, 12_000), call(60, 12_000)], sender, currency, &options);
    let [(Code::PricesUnchecked, _, message)] = found(&outcome)[..] else {
        panic!("once for the file: {:?}", found(&outcome))
    };
    let tariff = outcome.tariff.unwrap();
    assert_eq!((tariff.skipped, tariff.compared, tariff.not_agreed), (2, 0, 0));
    (outcome.unpriced.unwrap(), message.to_owned())
}

#[test]
fn file_should_be_told_when_the_agreement_is_not_for_it() {
    let (why, message) = unchecked("FRAF2", "EUR", terms());
    assert!(!why.is_covered());
    assert_eq!(
        message,
        "the agreement has no prices of FRAF2 for subscribers of DEUD1: nothing is compared"
    );
    let (why, message) = unchecked("FRAF1", "USD", terms());
    assert!(!why.is_covered());
    assert_eq!(
        message,
        "the file is in USD, and the agreement in EUR: nothing is compared"
    );
    let ended = Terms {
        last: "2026-09".parse().unwrap(),
        ..terms()
    };
    let (why, message) = unchecked("FRAF1", "EUR", ended.clone());
    assert!(!why.is_covered());
    assert_eq!(
        message,
        "the file bills to 2026-10, and the agreement is of 2026-01 to 2026-09: nothing is compared"
    );
    let later = Terms {
        first: "2026-11".parse().unwrap(),
        ..terms()
    };
    assert!(!unchecked("FRAF1", "EUR", later).0.is_covered());
    let mut in_sdr = terms();
    in_sdr.usage.currency = "XDR".parse().unwrap();
    let (why, _) = unchecked("FRAF1", "XDR", in_sdr.clone());
    assert!(why.is_covered(), "only the rate is missing");
    assert!(!unchecked("FRAF1", "USD", in_sdr).0.is_covered());

    // What renews itself goes on, and where nothing is charged nothing is to be compared.
    let renewed = Terms {
        renewal_months: 12,
        ..ended
    };
    let options = |terms| Options {
        tariff: Some(TariffCheck { terms, tolerance: 0 }),
        ..Options::default()
    };
    let outcome = check_with(&[call(60, 1_200)], "FRAF1", "EUR", &options(renewed));
    assert_eq!((found(&outcome), outcome.tariff.unwrap().compared), (vec![], 1));
    let empty = check_with(&[], "FRAF1", "USD", &options(terms()));
    assert!(empty.unpriced.is_none());
    assert!(!empty.findings.codes().contains(&Code::PricesUnchecked));
}

#[test]
fn charge_should_be_converted_when_the_agreed_rate_is_between_both_currencies() {
    let rated = |charge, [local, tap]: [&str; 2], rate| {
        let mut terms = terms();
        terms.usage.currency = "XDR".parse().unwrap();
        let mut options = Options {
            expected: Some(terms.clone()),
            tariff: Some(TariffCheck { terms, tolerance: 0 }),
            ..Options::default()
        };
        options.context.agreed_rate = Some(AgreedRate {
            local: local.parse().unwrap(),
            tap: tap.parse().unwrap(),
            rate,
        });
        check_with(&[call(60, charge)], "FRAF1", "XDR", &options)
    };
    let (euro_per_sdr, sdr_per_euro) = (["EUR", "XDR"], ["XDR", "EUR"]);
    // 0.12 euro are 0.09844 SDR.
    for charge in [984, 985] {
        let outcome = rated(charge, euro_per_sdr, 1_219_029_000);
        assert_eq!((found(&outcome), outcome.tariff.unwrap().compared), (vec![], 1));
    }
    assert_eq!(found(&rated(984, sdr_per_euro, 820_325_000)), []);
    let ten_times = rated(9_840, euro_per_sdr, 1_219_029_000);
    assert_eq!(
        found(&ten_times),
        [(
            Code::ChargeAboveRate,
            "callEventDetails[0].charge",
            "1.079524536 EUR above the agreed rate: 0.9840 XDR instead of 0.12 EUR"
        )]
    );
    assert_eq!(ten_times.tariff.unwrap().excess, 1_079_524);
    let [calls] = ten_times.prices[..] else {
        panic!("one service")
    };
    assert_eq!(
        (calls.charge, calls.agreed, calls.currency.to_string()),
        (1_199_524, 120_000, "EUR".into())
    );
    assert!(calls.deviates(5_000_000));
    assert_eq!(
        rated(983, euro_per_sdr, 1_219_029_000).findings.codes(),
        [Code::ChargeBelowRate]
    );
    // A rate between others, or of nothing, converts nothing.
    for (between, rate) in [(["USD", "XDR"], 1_219_029_000), (euro_per_sdr, 0)] {
        let outcome = rated(9_840, between, rate);
        assert_eq!(outcome.findings.codes(), [Code::PricesUnchecked]);
        assert!(outcome.unpriced.unwrap().is_covered() && outcome.prices.is_empty());
    }
}

#[test]
fn file_should_charge_what_the_agreement_asks_for_when_generated() {
    let parameters = Parameters {
        events: 2_000,
        ..Parameters::new(
            "FRAF1".parse().unwrap(),
            "DEUD1".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    let generator = Generator::new(parameters).unwrap();
    let (_, octets) = generator.octets(0, Variant::default()).unwrap();
    let options = Options {
        tariff: Some(TariffCheck {
            terms: terms::generated(),
            tolerance: 0,
        }),
        ..Options::default()
    };
    let outcome = validate(octets.as_slice(), &options).unwrap();
    assert_eq!(found(&outcome), []);
    let wanted = TariffSummary {
        compared: 2_000,
        ..TariffSummary::default()
    };
    assert_eq!(outcome.tariff, Some(wanted), "every record has a price");
}

/// What services charge beside what is expected, of a file with four decimals.
fn priced(terms: Terms, records: &[Record], currency: &str) -> Vec<PricedService> {
    let options = Options {
        expected: Some(terms),
        ..Options::default()
    };
    let outcome = check_with(records, "FRAF1", currency, &options);
    // Nothing is said of single records, and quantities are as measured.
    assert_eq!((found(&outcome), outcome.tariff), (vec![], None));
    let summary = outcome.summary.unwrap();
    let seconds: u64 = records.iter().map(|record| record.duration).sum();
    let minutes = summary
        .services
        .iter()
        .filter(|total| total.service == Service::MocLocal);
    minutes.for_each(|total| assert_eq!(total.quantity, u128::from(seconds) * 1_000_000 / 60));
    outcome.prices
}

#[test]
fn services_should_be_compared_with_the_agreement_when_it_is_expected_of_them() {
    // 61 s and 59 s in steps of 60 s are three minutes at 0.12.
    let [calls] = priced(terms(), &[call(61, 2_400), call(59, 1_200)], "EUR")[..] else {
        panic!("one service")
    };
    let wanted = PricedService {
        sender: "FRAF1".parse().unwrap(),
        recipient: "DEUD1".parse().unwrap(),
        service: Service::MocLocal,
        records: 2,
        currency: "EUR".parse().unwrap(),
        charge: 360_000,
        agreed: 360_000,
        // A unit of the last of four decimals for each record.
        tolerance: 200,
    };
    assert_eq!(calls, wanted);
    let (twice, once) = (2_000_000, 1_000_000);
    assert!(!calls.deviates(once));
    for (charge, beyond_once, beyond_twice) in [
        (360_200, false, false),
        (360_201, true, false),
        (720_200, true, false),
        (720_201, true, true),
        (359_799, true, false),
        (179_899, true, true),
        (0, true, true),
    ] {
        let other = PricedService { charge, ..calls };
        assert_eq!(
            (other.deviates(once), other.deviates(twice)),
            (beyond_once, beyond_twice),
            "{charge}"
        );
    }
    // What is free and charged deviates by any factor.
    let free = PricedService { agreed: 0, ..calls };
    assert!(free.deviates(1_000_000_000));
    // Ten times the price of data, beside calls that are charged as agreed: 2.00 a megabyte.
    let data = |charge| {
        record(
            Usage::Data {
                incoming: 1 << 20,
                outgoing: 0,
            },
            0,
            charge,
        )
    };
    let of = priced(terms(), &[call(60, 1_200), data(200_000)], "EUR");
    let off: Vec<_> = of
        .iter()
        .filter(|one| one.deviates(5_000_000))
        .map(|one| (one.service, one.charge, one.agreed))
        .collect();
    // 1,048,576 octets are 103 steps of 10 kilobytes: 1,054,720 octets.
    assert_eq!(off, [(Service::Gprs, 20_000_000, 2_011_718)]);
}

#[test]
fn services_should_not_be_compared_when_their_price_cannot_be_told() {
    let tiered = record(Usage::MessageReceived, 0, 9_999);
    assert_eq!(priced(terms(), &[tiered], "EUR"), [], "tiers");
    assert_eq!(priced(terms(), &[call(60, 9_999)], "USD"), [], "another currency");
}

#[test]
fn services_should_differ_by_their_agreed_tolerance_when_one_is_agreed() {
    let mut terms = terms();
    for line in terms
        .directions
        .iter_mut()
        .flat_map(|direction| direction.groups.iter_mut())
        .flat_map(|group| group.lines.iter_mut())
    {
        // One per cent.
        line.tolerance.ppm = 10_000;
    }
    // 1.2120 for 1.2000.
    let calls = |charge| {
        let [calls] = priced(terms.clone(), &[call(600, charge)], "EUR")[..] else {
            panic!("one service")
        };
        calls.deviates(1_000_000)
    };
    assert!(!calls(12_120));
    assert!(calls(12_140));
}
