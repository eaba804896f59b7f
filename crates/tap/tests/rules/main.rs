//! Every rule, each with a file that breaks it and nothing else.

mod records;

use interclear_primitives::batch::FatalReason;
use interclear_tap::{
    ber::{Encoder, LengthForm},
    events::EventKind,
    model::{
        Accounting, AuditControl, BatchControl, Conversion, DateTime, Discounting, Network, RecordingEntity,
        Taxation, UtcOffset,
    },
    validate,
    writer::{notification, Batch, Digits, Record, Share, Usage},
    AgreedRate, Code, EventKinds, Options, Outcome, Rules, Severity, Verdict,
};

/// 1 October 2026, 12:00 UTC.
const NOON: i64 = 1_790_856_000;
const DAY: i64 = 86_400;

fn stamp(utc: i64) -> Option<DateTime> {
    Some(DateTime::from_utc(utc, 7_200))
}

/// A call of 90 s made at noon: charge 1,500, tax 285, discount 100.
fn record() -> Record {
    Record {
        usage: Usage::CallMade {
            level_1: 1,
            level_2: 1,
        },
        imsi: Digits::new("00101", 77, 15),
        msisdn: Digits::new("49", 151_555, 12),
        imei: None,
        other: Digits::new("33", 612_345_678, 11),
        start_local: NOON + 7_200,
        offset_code: 1,
        duration: 90,
        charge: 1_500,
        exchange_rate_code: 1,
        tax: Some(Share {
            code: 2,
            value: 285,
            base: 1_500,
        }),
        discount: Some(Share {
            code: 3,
            value: 100,
            base: 1_600,
        }),
        entity_code: 4,
        location_area: 10,
        cell: 20,
        reference: 30,
    }
}

fn batch() -> Batch {
    Batch {
        control: BatchControl {
            sender: Some("FRAF1".into()),
            recipient: Some("DEUD1".into()),
            sequence: Some("00042".into()),
            created: stamp(NOON + 7_200),
            cut_off: stamp(NOON + 3_600),
            available: stamp(NOON + 10_800),
            version: Some(3),
            release: Some(12),
            file_type: None,
            rap_sequence: None,
        },
        accounting: Accounting {
            taxation: vec![Taxation {
                code: Some(2),
                tax_type: Some("13".into()),
                rate: Some("1900000".into()),
                charge_type: None,
            }],
            discounting: vec![Discounting {
                code: Some(3),
                rate: None,
                fixed: Some(100),
            }],
            local_currency: Some("EUR".into()),
            tap_currency: None,
            conversions: vec![Conversion {
                code: Some(1),
                decimals: Some(5),
                rate: Some(116_203),
            }],
            tap_decimals: Some(3),
        },
        network: Network {
            offsets: vec![UtcOffset {
                code: Some(1),
                offset: Some("+0200".into()),
            }],
            entities: vec![RecordingEntity {
                code: Some(4),
                entity_type: Some(1),
                id: Some("msc".into()),
            }],
        },
        audit: AuditControl {
            earliest: stamp(NOON),
            latest: stamp(NOON),
            charge: Some(3_000),
            tax: Some(570),
            discount: Some(200),
            events: Some(2),
            ..AuditControl::default()
        },
    }
}

fn octets(batch: &Batch, records: &[Record]) -> Vec<u8> {
    let mut encoder = Encoder::default();
    records.iter().for_each(|record| record.encode(&mut encoder));
    batch.to_octets(LengthForm::Definite, encoder.octets())
}

fn check(octets: &[u8]) -> Outcome {
    validate(octets, &Options::default()).unwrap()
}

fn found(outcome: &Outcome) -> Vec<(Code, &str)> {
    outcome
        .findings
        .kept()
        .iter()
        .map(|f| (f.code, f.item.as_str()))
        .collect()
}

/// Asserts what a file finds whose batch was edited.
#[track_caller]
fn batch_finds(edit: impl FnOnce(&mut Batch), wanted: &[(Code, &str)]) -> Outcome {
    let mut batch = batch();
    edit(&mut batch);
    let outcome = check(&octets(&batch, &[record(), record()]));
    assert_eq!(outcome.error, None);
    assert_eq!(found(&outcome), wanted);
    outcome
}

/// Asserts what a file finds whose second record was edited; the audit follows the records.
#[track_caller]
fn record_finds(edit: impl FnOnce(&mut Record), wanted: &[(Code, &str)]) -> Outcome {
    let mut second = record();
    edit(&mut second);
    let mut batch = batch();
    batch.audit.charge = Some(1_500 + second.charge);
    batch.audit.earliest = stamp(NOON.min(second.start_local - 7_200));
    batch.audit.latest = stamp(NOON.max(second.start_local - 7_200));
    let outcome = check(&octets(&batch, &[record(), second]));
    assert_eq!(outcome.error, None);
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(code, field)| (*code, format!("callEventDetails[1].{field}")))
        .collect();
    let wanted: Vec<_> = wanted.iter().map(|(code, item)| (*code, item.as_str())).collect();
    assert_eq!(found(&outcome), wanted);
    outcome
}

#[test]
fn file_should_have_no_findings_and_known_sums_when_it_is_unbroken() {
    let outcome = batch_finds(|_| {}, &[]);
    let summary = outcome.summary.unwrap();
    assert_eq!(
        (summary.charge, summary.tax, summary.discount),
        (3_000_000, 570_000, 200_000)
    );
    assert_eq!(summary.services.len(), 1);
    assert_eq!(
        (summary.services[0].records, summary.services[0].quantity),
        (2, 3_000_000)
    );
    assert_eq!(summary.currency.to_string(), "XDR");
    assert_eq!(summary.available.utc, (NOON + 10_800) as u64);
    assert_eq!(summary.available.local, "20261001170000+0200");
    assert_eq!(summary.decimal(summary.charge), "3.000");
}

#[test]
fn file_should_be_refused_when_a_party_is_not_a_tadig_code() {
    use Code::*;
    batch_finds(
        |b| b.control.sender = None,
        &[(SenderMissing, "batchControlInfo.sender")],
    );
    batch_finds(
        |b| b.control.recipient = None,
        &[(RecipientMissing, "batchControlInfo.recipient")],
    );
    let outcome = batch_finds(
        |b| b.control.sender = Some("fraf1".into()),
        &[(TadigMalformed, "batchControlInfo.sender")],
    );
    assert!(outcome.summary.is_none());
    assert_eq!(outcome.findings.fatal_reason(), Some(FatalReason::Header));
}

#[test]
fn sequence_number_should_be_refused_when_it_is_not_00001_to_99999() {
    let item = "batchControlInfo.fileSequenceNumber";
    batch_finds(|b| b.control.sequence = None, &[(Code::SequenceMissing, item)]);
    for wrong in ["00000", "1", "000042", "0004x"] {
        batch_finds(
            |b| b.control.sequence = Some(wrong.into()),
            &[(Code::SequenceMalformed, item)],
        );
    }
}

#[test]
fn header_time_should_be_found_in_its_degree_when_missing_or_malformed() {
    use Code::*;
    let wrong = || {
        Some(DateTime {
            local: "20261301000000".into(),
            offset: "+0200".into(),
        })
    };
    let (available, cut_off, created) = (
        "batchControlInfo.fileAvailableTimeStamp",
        "batchControlInfo.transferCutOffTimeStamp",
        "batchControlInfo.fileCreationTimeStamp",
    );
    assert!(
        batch_finds(|b| b.control.available = None, &[(AvailableMissing, available)])
            .summary
            .is_none()
    );
    batch_finds(
        |b| b.control.available = wrong(),
        &[(AvailableMalformed, available)],
    );
    let outcome = batch_finds(|b| b.control.cut_off = None, &[(CutOffMissing, cut_off)]);
    assert_eq!(outcome.verdict(), Verdict::Billable);
    batch_finds(|b| b.control.cut_off = wrong(), &[(HeaderTimeMalformed, cut_off)]);
    batch_finds(|b| b.control.created = wrong(), &[(HeaderTimeMalformed, created)]);
    batch_finds(
        |b| b.control.created = stamp(NOON + 3_599),
        &[(CreatedBeforeCutOff, created)],
    );
    // The same moment on another clock is not earlier.
    batch_finds(
        |b| b.control.created = Some(DateTime::from_utc(NOON + 3_600, -18_000)),
        &[],
    );
}

#[test]
fn release_should_be_refused_when_it_is_not_one_of_version_3_that_is_read() {
    use Code::*;
    let (version, release) = (
        "batchControlInfo.specificationVersionNumber",
        "batchControlInfo.releaseVersionNumber",
    );
    batch_finds(|b| b.control.version = None, &[(VersionMissing, version)]);
    batch_finds(|b| b.control.release = None, &[(VersionMissing, release)]);
    batch_finds(|b| b.control.version = Some(4), &[(VersionUnsupported, version)]);
    batch_finds(|b| b.control.release = Some(13), &[(VersionUnsupported, release)]);
    batch_finds(|b| b.control.release = Some(9), &[(VersionUnsupported, release)]);
    batch_finds(|b| b.control.release = Some(11), &[]);
}

#[test]
fn file_type_should_be_reported_when_it_is_neither_t_nor_absent() {
    let item = "batchControlInfo.fileTypeIndicator";
    batch_finds(
        |b| b.control.file_type = Some("X".into()),
        &[(Code::FileTypeUnknown, item)],
    );
    let outcome = batch_finds(|b| b.control.file_type = Some("T".into()), &[]);
    assert!(outcome.summary.unwrap().test);
}

#[test]
fn file_should_be_refused_when_its_accounting_is_unusable() {
    use Code::*;
    let decimals = "accountingInfo.tapDecimalPlaces";
    for wrong in [None, Some(7)] {
        let outcome = batch_finds(|b| b.accounting.tap_decimals = wrong, &[(DecimalsBad, decimals)]);
        assert_eq!(outcome.findings.fatal_reason(), Some(FatalReason::Accounting));
        assert!(outcome.summary.is_none());
        assert_eq!(outcome.report("x").total_charge, None);
    }
    let rate = "accountingInfo.currencyConversionInfo[0]";
    batch_finds(
        |b| b.accounting.conversions[0].rate = Some(0),
        &[(ExchangeRateBad, rate)],
    );
    batch_finds(
        |b| b.accounting.conversions[0].rate = None,
        &[(ExchangeRateBad, rate)],
    );
    batch_finds(
        |b| b.accounting.conversions[0].decimals = Some(10),
        &[(ExchangeRateBad, rate)],
    );
    let local = "accountingInfo.localCurrency";
    batch_finds(
        |b| b.accounting.local_currency = None,
        &[(LocalCurrencyMissing, local)],
    );
    batch_finds(
        |b| b.accounting.local_currency = Some("Euro".into()),
        &[(CurrencyMalformed, local)],
    );
    let currency = "accountingInfo.tapCurrency";
    for wrong in ["eur", "XXX", "XTS"] {
        batch_finds(
            |b| b.accounting.tap_currency = Some(wrong.into()),
            &[(CurrencyMalformed, currency)],
        );
    }
    let outcome = batch_finds(|b| b.accounting.tap_currency = Some("USD".into()), &[]);
    assert_eq!(outcome.summary.unwrap().currency.to_string(), "USD");
}

const TAX: [&str; 2] = ["callEventDetails[0].taxCode", "callEventDetails[1].taxCode"];
const DISCOUNT: [&str; 2] = [
    "callEventDetails[0].discountCode",
    "callEventDetails[1].discountCode",
];
const RATE: [&str; 2] = [
    "callEventDetails[0].exchangeRateCode",
    "callEventDetails[1].exchangeRateCode",
];
const OFFSET: [&str; 2] = [
    "callEventDetails[0].utcTimeOffsetCode",
    "callEventDetails[1].utcTimeOffsetCode",
];
const ENTITY: [&str; 2] = [
    "callEventDetails[0].recEntityCode",
    "callEventDetails[1].recEntityCode",
];

/// What is wrong with a row of a table, and with the records that refer to it.
fn with_records(code: Code, row: &'static str, records: &[&'static str; 2]) -> [(Code, &'static str); 3] {
    [(code, row), (code, records[0]), (code, records[1])]
}

#[test]
fn a_tax_should_be_charge_times_rate_within_two_hundredths() {
    let taxed = |value: u64| move |r: &mut Record| r.tax = r.tax.map(|tax| Share { value, ..tax });
    let check = |value: u64, wanted: &[(Code, &str)]| {
        let mut second = record();
        taxed(value)(&mut second);
        let mut batch = batch();
        batch.audit.tax = Some(285 + value);
        assert_eq!(found(&check_second(&batch, &second)), wanted);
    };
    let wrong = [(Code::TaxDiffers, "callEventDetails[1].taxInformation")];
    for good in [265, 285, 305] {
        check(good, &[]);
    }
    for bad in [264, 306, 0] {
        check(bad, &wrong);
    }
}

fn check_second(batch: &Batch, second: &Record) -> Outcome {
    check(&octets(batch, &[record(), *second]))
}

#[test]
fn exchange_rates_should_be_those_of_the_month_when_they_are_known() {
    use Code::*;
    // 1.16203 euro for one SDR in the file.
    let item = "accountingInfo.currencyConversionInfo[0]";
    let found_at = |rate: u64, local: &str| {
        let mut options = Options::default();
        options.context.agreed_rate = Some(AgreedRate {
            local: local.parse().unwrap(),
            tap: "XDR".parse().unwrap(),
            rate,
        });
        let octets = octets(&batch(), &[record(), record()]);
        let outcome = validate(octets.as_slice(), &options).unwrap();
        let codes: Vec<_> = outcome
            .findings
            .kept()
            .iter()
            .map(|f| (f.code, f.item.clone()))
            .collect();
        (codes, outcome.returned.records())
    };
    for agreed in [1_162_030_000, 1_162_034_999, 1_162_025_001] {
        assert_eq!(
            found_at(agreed, "EUR"),
            (vec![], 0),
            "rounded to the file's decimals"
        );
    }
    let (codes, returned) = found_at(1_162_040_000, "EUR");
    assert_eq!(codes[0], (ExchangeRateBelowAgreed, item.into()));
    assert_eq!(
        (codes.len(), returned),
        (3, 2),
        "the records that were overcharged"
    );
    assert_eq!(
        found_at(1_162_020_000, "EUR"),
        (vec![(ExchangeRateAboveAgreed, item.into())], 0)
    );
    assert_eq!(
        found_at(9_999_999_999, "USD"),
        (
            vec![(
                ExchangeRateUnchecked,
                "accountingInfo.currencyConversionInfo".into()
            )],
            0
        ),
        "another currency"
    );
}

#[test]
fn records_should_be_returned_when_a_table_is_incomplete_or_ambiguous() {
    use Code::*;
    let (tax, discount) = ("accountingInfo.taxation", "accountingInfo.discounting");
    batch_finds(
        |b| b.accounting.taxation[0].rate = Some("19".into()),
        &with_records(TaxationBad, "accountingInfo.taxation[0]", &TAX),
    );
    batch_finds(
        |b| {
            b.accounting.discounting[0].fixed = None;
            b.accounting.discounting[0].rate = Some(10_001);
        },
        &with_records(DiscountingBad, "accountingInfo.discounting[0]", &DISCOUNT),
    );
    batch_finds(
        |b| b.accounting.discounting[0].rate = Some(1_000),
        &with_records(DiscountingBad, "accountingInfo.discounting[0]", &DISCOUNT),
    );
    batch_finds(
        |b| {
            b.network.offsets.push(UtcOffset {
                code: Some(2),
                offset: Some("0200".into()),
            })
        },
        &[(UtcOffsetBad, "networkInfo.utcTimeOffsetInfo[1]")],
    );
    batch_finds(
        |b| b.network.entities.push(RecordingEntity::default()),
        &[(RecordingEntityBad, "networkInfo.recEntityInfo[1]")],
    );
    batch_finds(
        |b| b.accounting.taxation.push(b.accounting.taxation[0].clone()),
        &with_records(DuplicateCode, tax, &TAX),
    );
    batch_finds(
        |b| b.accounting.discounting.push(b.accounting.discounting[0].clone()),
        &with_records(DuplicateCode, discount, &DISCOUNT),
    );
    batch_finds(
        |b| b.accounting.conversions.push(b.accounting.conversions[0].clone()),
        &with_records(DuplicateCode, "accountingInfo.currencyConversionInfo", &RATE),
    );
    batch_finds(
        |b| b.network.offsets.push(b.network.offsets[0].clone()),
        &with_records(DuplicateCode, "networkInfo.utcTimeOffsetInfo", &OFFSET),
    );
    let outcome = batch_finds(
        |b| b.network.entities.push(b.network.entities[0].clone()),
        &with_records(DuplicateCode, "networkInfo.recEntityInfo", &ENTITY),
    );
    assert_eq!(outcome.returned.records(), 2, "the records that refer to it");
    assert_eq!(
        (outcome.verdict(), outcome.findings.worst()),
        (Verdict::Findings, Some(Severity::Severe))
    );
}

#[test]
fn record_should_be_returned_when_its_offset_from_utc_is_malformed() {
    use Code::*;
    let mut batch = batch();
    batch.network.offsets.push(UtcOffset {
        code: Some(2),
        offset: Some("0200".into()),
    });
    let second = Record {
        offset_code: 2,
        ..record()
    };
    let outcome = check(&octets(&batch, &[record(), second]));
    assert_eq!(
        found(&outcome),
        [
            (UtcOffsetBad, "networkInfo.utcTimeOffsetInfo[1]"),
            (CallTimeBad, "callEventDetails[1].callEventStartTimeStamp")
        ]
    );
    assert_eq!(outcome.returned.records(), 1);
}

#[test]
fn record_should_be_returned_when_its_code_is_in_no_table() {
    use Code::*;
    record_finds(
        |r| r.tax = r.tax.map(|tax| Share { code: 9, ..tax }),
        &[(UnknownTaxCode, "taxCode")],
    );
    record_finds(
        |r| r.discount = r.discount.map(|d| Share { code: 9, ..d }),
        &[(UnknownDiscountCode, "discountCode")],
    );
    record_finds(
        |r| r.exchange_rate_code = 9,
        &[(UnknownExchangeRateCode, "exchangeRateCode")],
    );
    record_finds(
        |r| r.offset_code = 9,
        &[(UnknownUtcOffsetCode, "utcTimeOffsetCode")],
    );
    let outcome = record_finds(
        |r| r.entity_code = 9,
        &[(UnknownRecordingEntityCode, "recEntityCode")],
    );
    assert_eq!(outcome.returned.records(), 1);
    let amounts = outcome.returned.amounts();
    assert_eq!((amounts.charge, amounts.tax, amounts.discount), (1_500, 285, 100));
    assert_eq!(outcome.returned.normalised(3).0[0].charge, 1_500_000);
    assert_eq!(outcome.report("x").returned_records, 1);
}

#[test]
fn call_should_be_returned_when_its_time_is_after_the_file_or_too_long_before() {
    use Code::*;
    let field = "callEventStartTimeStamp";
    let available = NOON + 10_800;
    let at = |start: i64| {
        move |r: &mut Record| {
            r.start_local = start + 7_200;
            r.duration = 0;
        }
    };
    record_finds(at(available), &[]);
    record_finds(at(available + 1), &[(CallTimeBad, field)]);
    record_finds(at(available - 30 * DAY), &[]);
    let outcome = record_finds(at(available - 30 * DAY - 1), &[(RecordTooOld, field)]);
    assert_eq!(outcome.verdict(), Verdict::Findings);

    let octets = octets(&batch(), &[record(), record()]);
    let options = Options {
        rules: Rules {
            max_age_days: 0,
            ..Rules::default()
        },
        ..Options::default()
    };
    let outcome = validate(octets.as_slice(), &options).unwrap();
    assert_eq!(
        outcome.findings.count(Severity::Severe),
        2,
        "the age is configurable"
    );

    // A month 13 in the second record.
    let text = b"20261001140000";
    let mut damaged = octets.clone();
    let places: Vec<_> = (0..damaged.len() - 14)
        .filter(|place| damaged[*place..].starts_with(text))
        .collect();
    // Each record has the start twice; the third place is the start of the second record.
    damaged[places[2] + 4..places[2] + 6].copy_from_slice(b"13");
    let outcome = check(&damaged);
    assert!(found(&outcome).contains(&(CallTimeBad, "callEventDetails[1].callEventStartTimeStamp")));
}

#[test]
fn call_should_be_reported_when_it_is_longer_than_a_day() {
    // Two days before, so that it has ended before the file was made available.
    let lasts = |seconds| {
        move |r: &mut Record| {
            r.start_local -= 2 * DAY;
            r.duration = seconds;
        }
    };
    record_finds(lasts(86_400), &[]);
    let outcome = record_finds(
        lasts(86_401),
        &[(Code::DurationOverDay, "totalCallEventDuration")],
    );
    assert_eq!(
        (outcome.verdict(), outcome.returned.records()),
        (Verdict::Billable, 0)
    );
}

#[test]
fn record_should_be_returned_when_its_kind_is_not_agreed() {
    let octets = octets(&batch(), &[record(), record()]);
    let rules = Rules {
        agreed: EventKinds::NONE.with(EventKind::Gprs),
        ..Rules::default()
    };
    let outcome = validate(
        octets.as_slice(),
        &Options {
            rules,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(
        found(&outcome),
        [
            (
                Code::EventTypeNotAgreed,
                "callEventDetails[0].mobileOriginatedCall"
            ),
            (
                Code::EventTypeNotAgreed,
                "callEventDetails[1].mobileOriginatedCall"
            )
        ]
    );
    assert!(EventKinds::NAMED.contains(EventKind::Aggregated));
    assert!(!EventKinds::BASIC.contains(EventKind::Content));
}

#[test]
fn file_should_be_refused_when_a_total_is_not_what_its_records_add_up_to() {
    use Code::*;
    let reason = |outcome: Outcome| outcome.findings.fatal_reason();
    for (edit, code, item) in [
        (
            (|a: &mut AuditControl| a.charge = Some(2_999)) as fn(&mut AuditControl),
            TotalChargeDiffers,
            "auditControlInfo.totalCharge",
        ),
        (
            |a| a.charge = None,
            TotalChargeDiffers,
            "auditControlInfo.totalCharge",
        ),
        (
            |a| a.tax = Some(571),
            TotalTaxDiffers,
            "auditControlInfo.totalTaxValue",
        ),
        (
            |a| a.discount = Some(0),
            TotalDiscountDiffers,
            "auditControlInfo.totalDiscountValue",
        ),
        (
            |a| a.events = Some(3),
            EventCountDiffers,
            "auditControlInfo.callEventDetailsCount",
        ),
        (
            |a| a.charge_refund = Some(1),
            TotalRefundDiffers,
            "auditControlInfo.totalChargeRefund",
        ),
        (
            |a| a.tax_refund = Some(1),
            TotalRefundDiffers,
            "auditControlInfo.totalTaxRefund",
        ),
        (
            |a| a.discount_refund = Some(1),
            TotalRefundDiffers,
            "auditControlInfo.totalDiscountRefund",
        ),
    ] {
        let outcome = batch_finds(|b| edit(&mut b.audit), &[(code, item)]);
        assert_eq!(outcome.verdict(), Verdict::Findings);
        assert!(
            outcome.summary.is_some(),
            "a refused file is still told apart by its summary"
        );
        assert_eq!(reason(outcome), Some(FatalReason::Totals));
    }
    batch_finds(
        |b| b.audit.earliest = stamp(NOON - 1),
        &[(CallSpanDiffers, "auditControlInfo.earliestCallTimeStamp")],
    );
    batch_finds(
        |b| b.audit.latest = None,
        &[(CallSpanDiffers, "auditControlInfo.latestCallTimeStamp")],
    );
}

/// A file put together from its groups.
fn file(groups: &[&dyn Fn(&mut Encoder)]) -> Vec<u8> {
    let mut encoder = Encoder::default();
    encoder.group(1, |e| groups.iter().for_each(|group| group(e)));
    encoder.into_octets()
}

#[test]
fn file_should_be_refused_when_a_group_is_missing_repeated_or_out_of_order() {
    use Code::*;
    let batch = batch();
    let control = |e: &mut Encoder| batch.control.encode(e);
    let accounting = |e: &mut Encoder| batch.accounting.encode(e);
    let network = |e: &mut Encoder| batch.network.encode(e);
    let audit = |e: &mut Encoder| batch.audit.encode(e);
    let records = |e: &mut Encoder| e.group(3, |e| (0..2).for_each(|_| record().encode(e)));
    let no_records = |e: &mut Encoder| e.group(3, |_| ());
    let unknown = |e: &mut Encoder| e.group(500, |e| e.group(62, |e| e.unsigned(62, 5)));
    let codes = |octets: Vec<u8>| -> Vec<Code> { found(&check(&octets)).iter().map(|f| f.0).collect() };

    assert_eq!(
        codes(file(&[&control, &accounting, &network, &records, &audit])),
        []
    );
    assert_eq!(
        codes(file(&[
            &control,
            &accounting,
            &unknown,
            &network,
            &unknown,
            &records,
            &audit,
            &unknown
        ])),
        []
    );
    assert_eq!(
        codes(file(&[&accounting, &network, &records, &audit])),
        [BatchControlMissing]
    );
    assert_eq!(
        codes(file(&[&control, &accounting, &network, &records])),
        [AuditMissing]
    );
    assert_eq!(
        codes(file(&[&accounting, &control, &network, &records, &audit])),
        [GroupOrder]
    );
    assert!(codes(file(&[&audit, &control, &accounting, &network, &records])).contains(&GroupOrder));
    assert_eq!(
        codes(file(&[
            &control,
            &control,
            &accounting,
            &network,
            &records,
            &audit
        ])),
        [GroupRepeated]
    );
    assert_eq!(
        codes(file(&[
            &control,
            &accounting,
            &accounting,
            &network,
            &records,
            &audit
        ])),
        [GroupRepeated]
    );
    assert_eq!(
        codes(file(&[
            &control,
            &accounting,
            &network,
            &network,
            &records,
            &audit
        ])),
        [GroupRepeated]
    );
    assert_eq!(
        codes(file(&[&control, &accounting, &network, &records, &audit, &audit])),
        [GroupRepeated]
    );
    assert!(codes(file(&[&control, &network, &records, &accounting, &audit])).contains(&GroupOrder));
    let missing = codes(file(&[&control, &network, &records, &audit]));
    assert!(missing.contains(&AccountingMissing) && missing.contains(&UnknownTaxCode));
    let empty = codes(file(&[&control, &accounting, &network, &no_records, &audit]));
    assert!(empty.contains(&NoEvents) && empty.contains(&EventCountDiffers));
    assert_eq!(codes(notification(&batch.control, LengthForm::Indefinite)), []);
    assert_eq!(
        codes(notification(
            &BatchControl {
                sender: None,
                ..batch.control.clone()
            },
            LengthForm::Definite
        )),
        [SenderMissing]
    );
}
