//! TAP files: generated, validated, inspected, reduced.

use super::{
    code, conventions::piped, generate, keys, lines, rating::contract, run, stderr, stdout, validate, KEYS,
};
use interclear_tap::{ber::LengthForm, writer::Batch, Item, Reader};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Output,
};

#[test]
fn generated_files_should_be_billable_when_nothing_was_spoilt() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(
        folder.path(),
        &["--files", "3", "--first-sequence", "99998", "--discounts"],
    );
    let names: Vec<_> = files
        .iter()
        .map(|file| file.file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["CDDEUD1FRAF199998", "CDDEUD1FRAF199999", "CDDEUD1FRAF100001"],
        "the numbers wrap around"
    );
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let output = validate(&paths, &["--json"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let reports = lines(&output);
    assert_eq!(reports.len(), 3);
    for (report, sequence) in reports.iter().zip([99_998, 99_999, 1]) {
        assert_eq!(keys(report), KEYS);
        assert_eq!(report["kind"], "tap");
        assert_eq!(
            (report["sender"].as_str(), report["recipient"].as_str()),
            (Some("DEUD1"), Some("FRAF1"))
        );
        assert_eq!(
            (report["sequence"].as_u64(), report["events"].as_u64()),
            (Some(sequence), Some(200))
        );
        let charge = report["total_charge"].as_str().unwrap();
        let (whole, fraction) = charge.split_once('.').unwrap();
        assert!(whole.parse::<u64>().is_ok() && fraction.len() == 4, "{charge}");
        assert_eq!(report["findings"], serde_json::json!([]));
    }
}

#[test]
fn generate_should_make_the_same_files_and_write_over_none_when_the_seed_is_the_same() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let read = |files: &[PathBuf]| std::fs::read(&files[0]).unwrap();
    let first = read(&generate(one.path(), &["--seed", "5"]));
    assert_eq!(first, read(&generate(two.path(), &["--seed", "5"])));
    assert_ne!(first, read(&generate(two.path(), &["--seed", "6", "--force"])));
    let out = one.path().to_str().unwrap();
    let again = [
        "tap",
        "generate",
        "--sender",
        "DEUD1",
        "--recipient",
        "FRAF1",
        "--period",
        "2026-10",
        "--out",
        out,
    ];
    let output = run(&again);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("exists already"), "{}", stderr(&output));
    assert_eq!(read(&[one.path().join("CDDEUD1FRAF100001")]), first);
}

#[test]
fn validate_should_exit_with_1_or_2_when_a_total_is_wrong_or_a_file_is_garbage() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--files", "2", "--wrong-total", "2"]);
    let (good, wrong) = (files[0].as_path(), files[1].as_path());
    let garbage = folder.path().join("garbage");
    std::fs::write(&garbage, b"this is not a TAP file").unwrap();
    let truncated = folder.path().join("truncated");
    let whole = std::fs::read(good).unwrap();
    std::fs::write(&truncated, &whole[..whole.len() / 2]).unwrap();
    let missing = folder.path().join("missing");

    assert_eq!(code(&validate(&[good], &[])), 0);
    let output = validate(&[good, wrong], &["--json"]);
    assert_eq!(code(&output), 1);
    let finding = &lines(&output)[1]["findings"][0];
    assert_eq!(keys(finding), ["code", "item", "message", "severity"]);
    assert_eq!(
        (finding["severity"].as_str(), finding["code"].as_str()),
        (Some("fatal"), Some("total-charge-differs"))
    );

    for broken in [&garbage, &truncated, &missing] {
        for files in [[broken.as_path(), wrong, good], [good, wrong, broken.as_path()]] {
            let output = validate(&files, &["--json"]);
            assert_eq!(code(&output), 2, "{}", broken.display());
            let reports = lines(&output);
            assert_eq!(reports.len(), 3, "every file is reported");
            assert!(reports.iter().all(|report| keys(report) == KEYS));
        }
    }
    for (path, why) in [
        (missing.as_path(), "there is no such file or folder"),
        (folder.path(), "this is a folder, not a file"),
    ] {
        let output = validate(&[path], &[]);
        assert_eq!(code(&output), 2);
        let told = stdout(&output);
        assert_eq!(told.matches(why).count(), 1, "{told}");
        assert!(
            told.contains("cannot be read") && !told.contains("decoded"),
            "{told}"
        );
        assert_eq!(stderr(&output), "", "it is told once");
    }
}

#[test]
fn the_table_should_have_no_colours_when_output_is_not_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--wrong-total", "1"]);
    let text = stdout(&validate(&[&files[0]], &[]));
    assert!(
        text.contains("total-charge-differs") && text.contains("refused"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn validate_should_accept_when_a_file_is_a_test_or_a_notification() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = generate(folder.path(), &["--test"]);
    files.extend(generate(
        folder.path(),
        &["--events", "0", "--first-sequence", "7"],
    ));
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let output = validate(&paths, &["--json"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let reports = lines(&output);
    assert_eq!(
        (reports[1]["kind"].as_str(), reports[1]["events"].as_u64()),
        (Some("notification"), Some(0))
    );
    // Neither is usage that anybody pays for.
    let text = stdout(&validate(&paths, &[]));
    assert_eq!(text.matches("in order, bills nothing").count(), 2, "{text}");
    assert!(!text.contains("may be billed"), "{text}");
}

#[test]
fn inspect_should_tell_the_content_when_a_file_is_decoded() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &[]);
    let file = files[0].to_str().unwrap();
    let output = run(&["--json", "tap", "inspect", file]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let inspection: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(inspection["summary"]["records"], 200);
    assert_eq!(inspection["stated"]["events"], 200);
    let records: u64 = inspection["summary"]["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|service| service["records"].as_u64().unwrap())
        .sum();
    assert_eq!(records, 200);
    // Amounts are decimal text in one scale, and a time in words stands beside its seconds.
    let (summary, stated) = (&inspection["summary"], &inspection["stated"]);
    let charge = summary["charge"].as_str().unwrap();
    assert_eq!(stated["charge"].as_str(), Some(charge));
    assert_eq!(charge.split_once('.').map(|(_, digits)| digits.len()), Some(6));
    assert!(summary["services"][0]["quantity"].is_string() && summary["unclassified"]["tax"].is_string());
    for time in ["available", "earliest_call"] {
        assert!(summary[time].is_u64(), "{summary}");
        let words = summary[format!("{time}_utc")].as_str().unwrap();
        assert!(words.starts_with("202") && words.ends_with('Z'), "{words}");
    }
    assert!(summary["available_local"].is_string());
    let text = stdout(&run(&["tap", "inspect", file]));
    assert!(
        text.contains("Blake2b-256") && text.contains("GPRS") && text.contains("EUR"),
        "{text}"
    );
}

#[test]
fn a_file_should_bill_to_the_month_of_its_cut_off_in_utc_when_its_senders_clock_shows_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    // Cut off in the last second of October, and available half an hour later.
    let files = generate(folder.path(), &["--utc-offset", "120"]);
    let inspect = |file: &Path| {
        let output = run(&["--json", "tap", "inspect", file.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        value
    };
    let inspection = inspect(&files[0]);
    assert_eq!(inspection["summary"]["cut_off_local"], "20261101015959+0200");
    assert_eq!(inspection["period"], "2026-10");
    let text = stdout(&run(&["tap", "inspect", files[0].to_str().unwrap()]));
    assert!(
        text.contains("2026-10, the month of its transfer cut-off in UTC"),
        "{text}"
    );
    let test = generate(folder.path(), &["--test"]);
    assert_eq!(inspect(&test[0])["period"], Value::Null);
}

#[test]
fn what_anchoring_refuses_should_be_told_when_a_file_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    // Dated ahead, whenever this is run.
    let out = folder.path().to_str().unwrap();
    let made = run(&[
        "tap",
        "generate",
        "--sender",
        "DEUD1",
        "--recipient",
        "FRAF1",
        "--period",
        "2095-10",
        "--out",
        out,
        "--events",
        "20",
    ]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let ahead = folder.path().join("CDDEUD1FRAF100001");
    let output = validate(&[&ahead], &["--json"]);
    assert_eq!(code(&output), 1);
    let report = &lines(&output)[0];
    let finding = &report["findings"][0];
    assert_eq!(
        (finding["severity"].as_str(), finding["code"].as_str()),
        (Some("fatal"), Some("not-anchorable")),
        "{report}"
    );
    let words = finding["message"].as_str().unwrap();
    assert!(words.contains("it can be anchored from 2095-"), "{words}");
    let text = stdout(&validate(&[&ahead], &[]));
    assert!(
        text.contains("cannot be anchored") && !text.contains("may be billed"),
        "{text}"
    );
    let file = ahead.to_str().unwrap();
    let output = run(&["tap", "inspect", file]);
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    assert!(
        text.contains("The file cannot be anchored: it is dated ahead"),
        "{text}"
    );
    assert!(!text.contains("Nothing is wrong"), "{text}");
    let output = run(&["--json", "tap", "anchor", "--dry-run", file]);
    assert_eq!(code(&output), 1);
    let anchored: Value = serde_json::from_slice(&output.stdout).unwrap();
    let reason = anchored["files"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("dated ahead"), "{reason}");
    // A store does not take such a file for sent.
    let store = folder.path().join("store");
    let store = store.to_str().unwrap();
    for _ in 0..2 {
        let output = validate(&[&ahead], &["--json", "--store", store]);
        assert_eq!(lines(&output)[0]["findings"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn records_without_a_service_should_be_told_alike_when_a_file_is_validated_and_when_it_is_anchored() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    // Of a network of no country nobody can tell which calls go home.
    let make = |more: &[&str]| {
        let generate = [
            "tap",
            "generate",
            "--sender",
            "DEU7A",
            "--recipient",
            "XXXCC",
            "--period",
            "2026-10",
            "--out",
            out,
            "--events",
            "400",
        ];
        let made = run(&[&generate[..], more].concat());
        assert_eq!(code(&made), 0, "{}", stderr(&made));
    };
    make(&[]);
    let file = folder.path().join("CDDEU7AXXXCC00001");
    let anchored = run(&["--json", "tap", "anchor", "--dry-run", file.to_str().unwrap()]);
    let anchored: Value = serde_json::from_slice(&anchored.stdout).unwrap();
    let reason = anchored["files"][0]["reason"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(reason.contains("no service that can be anchored"), "{anchored}");
    let output = validate(&[&file], &["--json"]);
    assert_eq!(code(&output), 0, "it may be billed all the same");
    let report = &lines(&output)[0];
    let found = report["findings"].as_array().unwrap().iter();
    let mut found = found.filter(|finding| finding["code"] == "not-anchorable");
    let words = found.next().unwrap()["message"].as_str().unwrap();
    assert!(reason.contains(words), "{reason}: {words}");
    // A test is not anchored as it is, either.
    make(&["--test"]);
    let test = folder.path().join("TDDEU7AXXXCC00001");
    let text = stdout(&validate(&[&test], &[]));
    assert!(
        text.contains("bills nothing, and is not anchored as it is"),
        "{text}"
    );
}

#[test]
fn a_rap_file_should_be_made_for_a_reason_of_its_own_when_nothing_is_wrong_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = &generate(folder.path(), &[])[0];
    let (file, out) = (file.to_str().unwrap(), folder.path().to_str().unwrap());
    let write = ["tap", "rap", "write", file, "--sequence", "1", "--out", out];
    let output = run(&write);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("say --reason"), "{}", stderr(&output));
    let output = run(&[&write[..], &["--reason", "totals"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let returns = folder.path().join("RCFRAF1DEUD100001");
    let output = run(&["--json", "tap", "rap", "inspect", returns.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let inspected: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(inspected["details"][0]["kind"], "fatal");
}

#[test]
fn a_dry_run_should_write_nothing_and_give_no_anchor_when_a_file_is_fatal() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--files", "2", "--wrong-total", "2"]);
    let (good, wrong) = (files[0].to_str().unwrap(), files[1].to_str().unwrap());
    let dry = |file: &str| {
        let output = run(&["--json", "tap", "anchor", "--dry-run", file]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        (code(&output), value["files"][0].clone())
    };
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    let first = dry(good);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        before,
        "no secret was written"
    );
    assert_eq!(
        (first.0, first.1["result"].as_str(), first.1["batch"].as_str()),
        (0, Some("not_sent"), Some("CDDEUD1FRAF100001"))
    );
    let other = dry(good);
    for salted in ["file_digest", "root"] {
        assert_ne!(
            other.1[salted], first.1[salted],
            "another secret salts the {salted}"
        );
    }

    let (code, refused) = dry(wrong);
    assert_eq!((code, refused["result"].as_str()), (1, Some("refused")));
    assert!(
        refused["reason"]
            .as_str()
            .unwrap()
            .contains("total-charge-differs"),
        "{refused}"
    );
    // A batch of nothing but refused files asks no node and no key.
    let output = run(&["tap", "anchor", wrong]);
    assert_eq!(self::code(&output), 1);
    assert!(
        stdout(&output).contains("total-charge-differs"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn records_should_be_returned_when_the_store_has_seen_them_before() {
    let folder = tempfile::tempdir().unwrap();
    let (store, out) = (folder.path().join("store"), folder.path().to_str().unwrap());
    let store = store.to_str().unwrap();
    let first = &generate(folder.path(), &["--seed", "5"])[0];
    let again = &generate(folder.path(), &["--seed", "5", "--first-sequence", "2"])[0];
    let file = again.to_str().unwrap();
    assert_eq!(code(&validate(&[first], &["--json", "--store", store])), 0);
    let output = validate(&[again], &["--json", "--store", store]);
    assert_eq!(code(&output), 1);
    let found = lines(&output)[0]["findings"].as_array().unwrap().len();
    assert_eq!(found, 200, "every record");

    let write = [
        "--json",
        "tap",
        "rap",
        "write",
        file,
        "--sequence",
        "1",
        "--out",
        out,
    ];
    assert_ne!(code(&run(&write)), 0, "alone nothing is wrong with the file");
    let output = run(&[&write[..], &["--store", store]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let written: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(written["records"], 200);
    let returns = folder.path().join("RCFRAF1DEUD100001");
    let output = run(&["--json", "tap", "rap", "inspect", returns.to_str().unwrap()]);
    let inspected: Value = serde_json::from_slice(&output.stdout).unwrap();
    for detail in inspected["details"].as_array().unwrap() {
        assert_eq!(
            (detail["kind"].as_str(), detail["errors"][0]["code"].as_u64()),
            (Some("severe"), Some(250))
        );
    }
}

#[test]
fn validate_should_compare_the_exchange_rate_when_one_is_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let made = generate(folder.path(), &[]);
    // What is generated is charged in its own currency, at a rate of 1.
    for (agreed, below) in [
        ("EUR,EUR,1", false),
        ("EUR,EUR,1.1", true),
        ("EUR,SDR,1.1", false),
    ] {
        let output = validate(&[&made[0]], &["--json", "--agreed-rate", agreed]);
        assert_eq!(code(&output), i32::from(below), "{agreed}: {}", stdout(&output));
        let report = &lines(&output)[0];
        let found = report["findings"].as_array().unwrap().iter();
        let codes: Vec<_> = found.filter_map(|finding| finding["code"].as_str()).collect();
        assert_eq!(codes.contains(&"exchange-rate-below-agreed"), below);
    }
    for (wrong, words) in [
        (&["--agreed-rate", "EUR,1.1"][..], "LOCAL,TAP,RATE"),
        (&["--agreed-rate", "EUR,EUR,0"], "exchanges nothing"),
        (&["--agreed-rate", "EUR,euro,1"], "ISO 4217"),
        (&["--waive"], "--store"),
    ] {
        let output = validate(&[&made[0]], wrong);
        assert_eq!(code(&output), 64, "{wrong:?}");
        assert!(stderr(&output).contains(words), "{wrong:?}: {}", stderr(&output));
    }
}

#[test]
fn a_file_should_be_said_to_be_cut_off_when_it_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let made = generate(folder.path(), &[]);
    let octets = std::fs::read(&made[0]).unwrap();
    let cut = folder.path().join("cut");
    std::fs::write(&cut, &octets[..octets.len() / 2]).unwrap();
    let output = run(&["tap", "acknowledge", cut.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    let reason = stderr(&output);
    assert!(reason.contains("the octets end inside an element"), "{reason}");
    // As `tap validate` says.
    let told = stdout(&validate(&[&cut], &[]));
    assert!(told.contains("the octets end inside an element"), "{told}");
}

#[test]
fn validate_should_judge_public_samples_when_they_are_at_hand() {
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/tap"));
    if !samples.is_dir() {
        println!("skipped: no samples at {}", samples.display());
        return;
    }
    for (name, expected, kind) in [
        ("tap_3_12_valid.ber", 1, "tap"),
        ("tap_3_12_valid_most_indef.ber", 1, "tap"),
        ("deep_invalid.ber", 2, ""),
        ("length_overflow.ber", 2, ""),
        ("rap_mini.ber", 1, "rap"),
        ("nrt_2_1.ber", 1, "nrtrde"),
    ] {
        let output = validate(&[&samples.join(name)], &["--json"]);
        assert_eq!(code(&output), expected, "{name}: {}", stdout(&output));
        let report = &lines(&output)[0];
        assert_eq!(keys(report), KEYS);
        assert!(!report["findings"].as_array().unwrap().is_empty(), "{name}");
        if !kind.is_empty() {
            assert_eq!(report["kind"], kind, "{name}");
        }
    }
    let report = &lines(&validate(&[&samples.join("tap_3_12_valid.ber")], &["--json"]))[0];
    assert!(report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|finding| finding["code"] == "total-charge-differs"));
}

#[test]
fn a_record_should_be_found_to_be_a_duplicate_when_it_is_twice_in_a_file_and_no_store_is_named() {
    let file = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/tap/oracle/n_duplicate.ber"
    ));
    // The files are not in the repository.
    if !file.is_file() {
        println!("skipped: {} is not there", file.display());
        return;
    }
    let output = validate(&[file], &["--json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let report = &lines(&output)[0];
    let findings = report["findings"].as_array().unwrap();
    let codes: Vec<_> = findings.iter().map(|finding| finding["code"].as_str()).collect();
    assert_eq!(codes, [Some("duplicate-record")]);
}

/// The records of a file, each twice, with totals of as much.
fn doubled(file: &Path) -> Vec<u8> {
    let octets = std::fs::read(file).unwrap();
    let mut reader = Reader::new(octets.as_slice(), false).unwrap();
    let (mut batch, mut records) = (Batch::default(), Vec::new());
    while let Some(item) = reader.next_item().unwrap() {
        match item {
            Item::BatchControl(control) => batch.control = *control,
            Item::Accounting(accounting) => batch.accounting = *accounting,
            Item::Network(network) => batch.network = *network,
            Item::Audit(audit) => batch.audit = *audit,
            Item::Event(record) => records.extend_from_slice(record.octets),
        }
    }
    let audit = &mut batch.audit;
    for total in [
        &mut audit.charge,
        &mut audit.tax,
        &mut audit.discount,
        &mut audit.events,
    ] {
        *total = total.map(|total| 2 * total);
    }
    batch.to_octets(LengthForm::Definite, &[records.as_slice(), &records].concat())
}

#[test]
fn records_that_come_twice_should_be_returned_alike_when_a_file_is_validated_and_when_it_is_anchored() {
    let folder = tempfile::tempdir().unwrap();
    let file = &generate(folder.path(), &["--events", "20"])[0];
    std::fs::write(file, doubled(file)).unwrap();
    let validated = validate(&[file], &["--json"]);
    assert_eq!(code(&validated), 1, "{}", stdout(&validated));
    let findings = lines(&validated)[0]["findings"].clone();
    let found = findings.as_array().unwrap();
    assert_eq!(found.len(), 20, "{findings}");
    assert!(
        found.iter().all(|one| one["code"] == "duplicate-record"),
        "{findings}"
    );
    let anchored = run(&["--json", "tap", "anchor", "--dry-run", file.to_str().unwrap()]);
    assert_eq!(code(&anchored), 0, "{}", stderr(&anchored));
    let anchored: Value = serde_json::from_slice(&anchored.stdout).unwrap();
    let one = &anchored["files"][0];
    assert_eq!(
        (&one["records"], &one["records_with_severe_findings"]),
        (&40.into(), &20.into()),
        "{anchored}"
    );
}

#[test]
fn a_file_should_be_refused_when_the_agreement_that_is_named_cannot_take_it() {
    let folder = tempfile::tempdir().unwrap();
    let terms = folder.path().join("contract.json");
    std::fs::write(&terms, contract().to_string()).unwrap();
    let agreement = ["--agreement", terms.to_str().unwrap()];
    let made = |month: &str| {
        let out = folder.path().join(month);
        let parties = ["tap", "generate", "--sender", "FRAB1", "--recipient", "DEUA1"];
        let rest = ["--period", month, "--out", out.to_str().unwrap()];
        let output = run(&[&parties[..], &rest, &["--events", "200"]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        out.join("CDFRAB1DEUA100001")
    };
    let found = |file: &Path, wanted: &str| {
        let output = validate(&[file], &[&["--json"][..], &agreement].concat());
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = line["findings"].as_array().unwrap();
        let of = |code: &str| findings.iter().find(|one| one["code"] == code).cloned();
        assert!(of(wanted).is_some(), "{line}");
        let refused = of("not-anchorable").unwrap();
        assert_eq!(refused["severity"], "fatal");
        (
            line["tariff"].clone(),
            refused["message"].as_str().unwrap().to_owned(),
        )
    };
    // Messages and data have lines, calls have none.
    let file = made("2026-02");
    let (tariff, refused) = found(&file, "service-not-agreed");
    assert!(tariff["not_agreed"].as_u64() > Some(0), "{tariff}");
    assert!(refused.contains("MOC Local"), "{refused}");
    let text = stdout(&validate(&[&file], &agreement));
    assert!(text.contains("cannot be anchored"), "{text}");
    // A message is charged at 0.03, and 0.01 is agreed: what is above is told as money, as in the table.
    let excess = tariff["excess"].as_str().unwrap();
    let (units, micro) = excess.split_once('.').unwrap();
    assert_eq!((micro.len(), tariff["shortfall"].as_str()), (6, Some("0.000000")));
    assert!(
        units.parse::<u32>().unwrap() < 10 && micro != "000000",
        "{tariff}"
    );
    assert!(text.contains(excess), "{excess}: {text}");
    assert_eq!(tariff["currency"], "EUR");
    let dry = ["--json", "tap", "anchor", "--dry-run", file.to_str().unwrap()];
    let dry = run(&[&dry[..], &agreement].concat());
    let dry: Value = serde_json::from_slice(&dry.stdout).unwrap();
    let warnings = dry["files"][0]["warnings"].to_string();
    assert!(warnings.contains("(service-not-agreed)"), "{warnings}");

    // The contract ends in March.
    let file = made("2026-10");
    let (tariff, refused) = found(&file, "prices-unchecked");
    assert_eq!(tariff["compared"], 0);
    assert!(refused.contains("2026-10"), "{refused}");
    assert_eq!(code(&validate(&[&file], &[])), 0, "nothing else is wrong");
    let dry = ["--json", "tap", "anchor", "--dry-run", file.to_str().unwrap()];
    let dry = run(&[&dry[..], &agreement].concat());
    let dry: Value = serde_json::from_slice(&dry.stdout).unwrap();
    let warnings = dry["files"][0]["warnings"].to_string();
    assert!(warnings.contains("(prices-unchecked)"), "{warnings}");
}

#[test]
fn a_service_should_be_warned_of_when_a_file_charges_far_more_for_it_than_the_agreement_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let terms = folder.path().join("contract.json");
    std::fs::write(&terms, contract().to_string()).unwrap();
    let out = folder.path().to_str().unwrap();
    let made = run(&[
        "tap",
        "generate",
        "--sender",
        "FRAB1",
        "--recipient",
        "DEUA1",
        "--period",
        "2026-02",
        "--out",
        out,
        "--events",
        "200",
    ]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let file = folder.path().join("CDFRAB1DEUA100001");
    let told = |more: &[&str]| {
        let dry = ["--json", "tap", "anchor", "--dry-run", file.to_str().unwrap()];
        let output = run(&[&dry[..], more].concat());
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let warnings = value["warnings"].as_array().unwrap();
        for one in warnings {
            assert_eq!(one["files"].as_array().map(Vec::len), Some(1), "{one}");
        }
        let words = warnings
            .iter()
            .map(|one| one["message"].as_str().unwrap().to_owned());
        words.collect::<Vec<_>>()
    };
    let agreement = ["--agreement", terms.to_str().unwrap()];
    assert_eq!(told(&[]), [""; 0], "nothing is known of prices");
    // A message is charged at 0.03, and 0.01 is agreed; data is priced in tiers, and the rest not at all.
    assert_eq!(told(&agreement), [""; 0]);
    let twice = told(&[&agreement[..], &["--price-factor", "2"]].concat());
    let [messages] = &twice[..] else {
        panic!("{twice:?}");
    };
    assert!(
        messages.starts_with("SMSMO from FRAB1 to DEUA1: ") && messages.contains(": 3.0 times as much; in "),
        "{messages}"
    );
    assert_eq!(
        told(&[&agreement[..], &["--price-factor", "off"]].concat()),
        [""; 0]
    );
    // A factor has nothing to compare where no agreement is known.
    let warned = |more: &[&str]| {
        let dry = ["tap", "anchor", "--dry-run", file.to_str().unwrap()];
        stderr(&run(&[&dry[..], more].concat())).contains("--price-factor compares nothing")
    };
    let factor = ["--price-factor", "2"];
    assert!(warned(&factor));
    assert!(!warned(&[]) && !warned(&[&agreement[..], &factor].concat()));
    // One that is named is known, also where it is for other networks.
    let other = generate(folder.path(), &[]);
    let dry = ["tap", "anchor", "--dry-run", other[0].to_str().unwrap()];
    let unasked = stderr(&run(&[&dry[..], &agreement, &factor].concat()));
    assert!(!unasked.contains("--price-factor compares nothing"), "{unasked}");
    let output = run(&[
        "tap",
        "anchor",
        "--dry-run",
        "--price-factor",
        "0.5",
        file.to_str().unwrap(),
    ]);
    assert!(
        stderr(&output).contains("a factor is 1 or more"),
        "{}",
        stderr(&output)
    );

    // What the profile says counts where no option does.
    let config = folder.path().join("config.toml");
    let text = "[profile.a]\nprice_factor = 2\n[profile.b]\nprice_factor = \"half\"\n";
    std::fs::write(&config, text).unwrap();
    let profile = |name: &str, more: &[&str]| {
        let dry = ["--json", "--profile", name, "tap", "anchor", "--dry-run"];
        let rest = [file.to_str().unwrap()];
        let arguments = [&dry[..], &agreement[..], more, &rest[..]].concat();
        piped(&arguments, "", &[("INTERCLEAR_CONFIG", config.to_str().unwrap())])
    };
    let warnings = |output: &Output| {
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        value["warnings"].as_array().unwrap().len()
    };
    assert_eq!(warnings(&profile("a", &[])), 1);
    assert_eq!(warnings(&profile("a", &["--price-factor", "5"])), 0);
    let wrong = profile("b", &[]);
    assert_eq!(code(&wrong), 64);
    assert!(
        stderr(&wrong).contains("profile b") && stderr(&wrong).contains("half"),
        "{}",
        stderr(&wrong)
    );
    assert_eq!(
        warnings(&profile("b", &["--price-factor", "2"])),
        1,
        "nobody asks it"
    );
}
