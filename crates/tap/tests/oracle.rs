//! Files of an independent encoder, each with what is in it.

use interclear_record_store::RecordStore;
use interclear_tap::{
    events::{bcd_digits, CodeTables, Event},
    nrtrde::{Call, CallKind},
    time, validate_file, Item, Kind, Options, Outcome, Reader, Severity, Verdict,
};
use serde_json::{json, Map, Value};
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};

/// The files with what is in them, or nothing, with a message, where they are absent.
fn oracle() -> Vec<(PathBuf, Value)> {
    let folder: PathBuf = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tap/oracle").into();
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ber"));
    paths.sort();
    let facts = |path: &Path| serde_json::from_reader(File::open(path.with_extension("json")).unwrap());
    paths
        .into_iter()
        .map(|path| (path.clone(), facts(&path).unwrap()))
        .collect()
}

/// What is expected and not found.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn same(&mut self, what: &str, found: Value, wanted: &Value) {
        if found != *wanted {
            self.0.push(format!("{what}: {found} instead of {wanted}"));
        }
    }
}

fn utc(seconds: i64) -> Value {
    let text = time::local_text(seconds);
    json!(format!(
        "{}-{}-{}T{}:{}:{}Z",
        &text[..4],
        &text[4..6],
        &text[6..8],
        &text[8..10],
        &text[10..12],
        &text[12..]
    ))
}

/// A decimal number as an integer of its last place.
fn units(text: &Value) -> Option<u128> {
    text.as_str()?.replace('.', "").parse().ok()
}

fn check(path: &Path, options: &Options, store: bool) -> Outcome {
    if !store {
        return validate_file(path, options).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut store = RecordStore::open(folder.path(), || [7; 32]).unwrap();
    store.validate_file(path, options, 1_790_856_000).unwrap()
}

fn judgement(outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    let codes = |severities: &[Severity]| -> Vec<&str> {
        let kept = outcome.findings.kept().iter();
        kept.filter(|finding| severities.contains(&finding.severity))
            .map(|finding| finding.code.name())
            .collect()
    };
    let (worst, verdict) = match wanted["expect"].as_str() {
        Some("billable") => (None, Verdict::Billable),
        Some("severe") => (Some(Severity::Severe), Verdict::Findings),
        _ => (Some(Severity::Fatal), Verdict::Findings),
    };
    let grave = outcome
        .findings
        .worst()
        .filter(|worst| *worst > Severity::Warning);
    if (grave, outcome.verdict()) != (worst, verdict) {
        let kept = outcome.findings.kept();
        found
            .0
            .push(format!("{grave:?}, {:?}: {kept:?}", outcome.verdict()));
    }
    let grave = codes(&[Severity::Severe, Severity::Fatal]);
    match wanted["rule"].as_str() {
        Some(rule) if !grave.contains(&rule) => found.0.push(format!("{grave:?} lacks {rule}")),
        _ => {}
    }
    // A rule that a record breaks returns it.
    if worst == Some(Severity::Severe) && outcome.returned.records() == 0 {
        found.0.push("no record is returned".into());
    }
    let warnings = codes(&[Severity::Warning]);
    for warning in wanted["warnings"].as_array().unwrap() {
        if !warnings.contains(&warning.as_str().unwrap()) {
            found.0.push(format!("{warnings:?} lacks {warning}"));
        }
    }
    // The networks are invented: where they are cannot be told. A row that is wrong is told beside its records.
    for warning in warnings {
        if warning != "service-unclassified"
            && json!(warning) != wanted["rule"]
            && !wanted["warnings"].as_array().unwrap().contains(&json!(warning))
        {
            found.0.push(format!("{warning} is not wanted"));
        }
    }
}

fn header(outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    found.same("kind", json!(outcome.kind), &wanted["kind"]);
    let control = outcome.control.clone().unwrap_or_default();
    let width = if outcome.kind.is_tap() { 2 } else { 1 };
    let version = control.version.zip(control.release);
    let version = version.map(|(version, release)| format!("{version}.{release:0width$}"));
    // An acknowledgement states no version.
    if wanted["acknowledgement"] != json!(true) {
        found.same("version", json!(version), &wanted["version"]);
    }
    found.same("sender", json!(control.sender), &wanted["sender"]);
    found.same("recipient", json!(control.recipient), &wanted["recipient"]);
    let number = |text: &Option<String>| text.as_ref().map(|text| text.parse::<u32>().unwrap());
    found.same("sequence", json!(number(&control.sequence)), &wanted["sequence"]);
    found.same("test", json!(control.is_test()), &wanted["test"]);
    found.same(
        "rap_sequence",
        json!(number(&control.rap_sequence)),
        &wanted["rap_sequence"],
    );
    if outcome.kind != Kind::Rap {
        let available = control.available.as_ref().and_then(|stamp| stamp.utc());
        found.same(
            "available_utc",
            json!(available.map(utc)),
            &wanted["available_utc"],
        );
    }
    found.same("events", json!(outcome.events), &wanted["events"]);
    if let (Some(wanted), Some(accounting)) = (wanted.get("currency"), &outcome.accounting) {
        let currency = accounting.tap_currency.as_deref().unwrap_or("XDR");
        found.same("currency", json!(currency), wanted);
    }
    if let Some(accounting) = &outcome.accounting {
        found.same(
            "local_currency",
            json!(accounting.local_currency),
            &wanted["local_currency"],
        );
        found.same("decimals", json!(accounting.tap_decimals), &wanted["decimals"]);
    }
}

fn totals(outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    let report = outcome.report("x");
    let stated = &wanted["total_charge"];
    let same = match (report.total_charge, units(stated)) {
        (Some(charge), Some(wanted)) => units(&json!(charge)) == Some(wanted),
        (None, None) => true,
        _ => false,
    };
    if !same {
        found.0.push(format!("total_charge: {:?}", outcome.amounts));
    }
    for (field, sum) in [
        ("total_charge", outcome.amounts.charge),
        ("total_tax", outcome.amounts.tax),
        ("total_discount", outcome.amounts.discount),
        ("total_charge_refund", outcome.refunds.charge),
        ("total_tax_refund", outcome.refunds.tax),
        ("total_discount_refund", outcome.refunds.discount),
    ] {
        if let Some(wanted) = units(&wanted[field]) {
            found.same(field, json!(sum.to_string()), &json!(wanted.to_string()));
        }
    }
    if let Some(summary) = &outcome.summary {
        let moment = |moment: Option<u64>| json!(moment.map(|moment| utc(moment as i64)));
        found.same(
            "earliest",
            moment(summary.earliest_call),
            &wanted["earliest_call_utc"],
        );
        found.same("latest", moment(summary.latest_call), &wanted["latest_call_utc"]);
    }
}

/// What a record of usage says, in the words of the facts.
fn facts(event: &Event<'_>, outcome: &Outcome) -> Map<String, Value> {
    let offset = |code: u64| -> Option<i64> {
        let rows = &outcome.network.as_ref()?.offsets;
        let row = rows.iter().find(|row| row.code == Some(code))?;
        time::offset_seconds(row.offset.as_ref()?.as_bytes()).map(i64::from)
    };
    let start = event.start.and_then(time::local_seconds).zip(event.offset_code);
    let start = start.and_then(|(start, code)| Some(start - offset(code)?));
    let digits = |octets: Option<&[u8]>| octets.map(bcd_digits);
    let text = |octets: Option<&[u8]>| octets.map(|octets| String::from_utf8(octets.to_vec()).unwrap());
    let levels = [event.level_1, event.level_2, event.level_3];
    let value = json!({
        "type": event.kind.name(),
        "start": start.map(utc),
        "duration": event.duration,
        "imsi": digits(event.imsi),
        "msisdn": digits(event.msisdn),
        "imei": digits(event.imei),
        "called": event.called.map(|number| number.digits()),
        "calling": event.calling.map(|number| number.digits()),
        "tele_service": text(event.tele_service),
        "bearer_service": text(event.bearer_service),
        "charging_id": event.charging_id,
        "volume_in": event.volume_in as u64,
        "volume_out": event.volume_out as u64,
        "call_type": levels,
        "charge": event.amounts.charge.to_string(),
        "tax": event.amounts.tax.to_string(),
        "discount": event.amounts.discount.to_string(),
        "charge_refund": event.refunds.charge.to_string(),
        "tax_refund": event.refunds.tax.to_string(),
        "discount_refund": event.refunds.discount.to_string(),
    });
    let Value::Object(facts) = value else {
        unreachable!()
    };
    facts
}

/// Fields that are decimal numbers, or begin so.
const AMOUNTS: [&str; 3] = ["charge", "tax", "discount"];

fn compare_record(place: usize, facts: &Map<String, Value>, wanted: &Value, found: &mut Differences) {
    for (field, wanted) in wanted.as_object().unwrap() {
        let Some(fact) = facts.get(field) else {
            found
                .0
                .push(format!("record {place}: nothing is known of {field}"));
            continue;
        };
        let wanted = match (field.as_str(), units(wanted)) {
            (field, Some(units))
                if field != "charging_id" && AMOUNTS.iter().any(|amount| field.starts_with(amount)) =>
            {
                json!(units.to_string())
            }
            _ => wanted.clone(),
        };
        found.same(&format!("record {place}, {field}"), fact.clone(), &wanted);
    }
    // What is not stated is not read out of elsewhere either.
    for field in [
        "tax",
        "discount",
        "charge_refund",
        "tax_refund",
        "discount_refund",
    ] {
        if wanted.get(field).is_none() {
            found.same(
                &format!("record {place}, {field}"),
                facts[field].clone(),
                &json!("0"),
            );
        }
    }
}

fn usage_records(path: &Path, outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    let mut reader = Reader::new(File::open(path).unwrap(), false).unwrap();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut place = 0;
    let tables = CodeTables::of_release(outcome.control.as_ref().and_then(|control| control.release));
    while let Some(item) = reader.next_item().unwrap() {
        let Item::Event(raw) = item else { continue };
        let event = Event::read(raw.octets, &raw.header, &tables).unwrap();
        *counts.entry(event.kind.name()).or_default() += 1;
        let wanted = &wanted["records"][place];
        compare_record(place, &facts(&event, outcome), wanted, found);
        place += 1;
    }
    found.same("counts", json!(counts), &wanted["counts"]);
}

fn near_real_time_records(path: &Path, outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    let summary = outcome.nrtrde.as_ref().unwrap();
    found.same("late_events", json!(summary.late_events), &wanted["late_events"]);
    found.same(
        "latest_delay_seconds",
        json!(summary.latest_delay),
        &wanted["latest_delay_seconds"],
    );
    let octets = std::fs::read(path).unwrap();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    interclear_tap::nrtrde::each_call(octets.as_slice(), |raw| {
        let call = Call::read(raw.octets, &raw.header).unwrap();
        let kind = match call.kind {
            CallKind::Moc => "moc",
            CallKind::Mtc => "mtc",
            CallKind::Gprs => "gprs",
            CallKind::Unknown(_) => "unknown",
        };
        *counts.entry(kind).or_default() += 1;
        let facts = json!({
            "type": kind,
            "imsi": call.imsi.map(bcd_digits),
            "imei": call.imei.map(bcd_digits),
            "start": call.start_utc().map(utc),
            "end": call.end_utc().map(utc),
            "duration": call.duration,
            "volume_in": call.volume.0 as u64,
            "volume_out": call.volume.1 as u64,
        });
        let place = raw.index as usize;
        for (field, wanted) in wanted["records"][place].as_object().unwrap() {
            found.same(&format!("record {place}, {field}"), facts[field].clone(), wanted);
        }
    })
    .unwrap();
    found.same("counts", json!(counts), &wanted["counts"]);
}

fn returns(outcome: &Outcome, wanted: &Value, found: &mut Differences) {
    let summary = outcome.returns.clone().unwrap();
    found.same(
        "acknowledgement",
        json!(summary.acknowledgement),
        &wanted["acknowledgement"],
    );
    let counts: Map<_, _> = [
        ("missingReturn", summary.missing),
        ("fatalReturn", summary.fatal),
        ("severeReturn", summary.severe),
        ("stopReturn", summary.stop),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(kind, count)| (kind.to_owned(), json!(count)))
    .collect();
    found.same("counts", counts.into(), &wanted["counts"]);
    for (field, sum) in [
        ("total_severe_return_value", summary.value),
        ("total_severe_return_tax", summary.tax),
    ] {
        if let Some(wanted) = wanted.get(field).and_then(units) {
            found.same(field, json!(sum.to_string()), &json!(wanted.to_string()));
        }
    }
}

#[test]
fn every_file_should_be_read_as_it_was_meant_when_another_encoder_made_it() {
    let files = oracle();
    let mut wrong = Vec::new();
    for (path, wanted) in &files {
        let mut options = Options {
            digest: true,
            keep_returned: true,
            ..Options::default()
        };
        let name = path.file_name().unwrap().to_string_lossy();
        options.context.file_name = Some(name.clone().into_owned());
        let outcome = check(path, &options, wanted["store"] == json!(true));
        let mut found = Differences::default();
        judgement(&outcome, wanted, &mut found);
        header(&outcome, wanted, &mut found);
        match outcome.kind {
            Kind::Tap | Kind::Notification => {
                totals(&outcome, wanted, &mut found);
                usage_records(path, &outcome, wanted, &mut found);
            }
            Kind::Nrtrde => near_real_time_records(path, &outcome, wanted, &mut found),
            Kind::Rap => returns(&outcome, wanted, &mut found),
            Kind::Unknown => found.0.push("no known kind".into()),
        }
        if !found.0.is_empty() {
            wrong.push(format!(
                "{name} ({}):\n  {}",
                wanted["about"],
                found.0.join("\n  ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );
    println!("{} files", files.len());
}
