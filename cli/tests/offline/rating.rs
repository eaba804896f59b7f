//! Contracts and usage in files: checked, converted, rated.

use super::{code, keys, run, stderr, stdout};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};

pub(super) const HEAD: &str = "Year_Month,HPMN,VPMN,Services Categorised,Usage,Units,Charges,Direction";

pub(super) fn contract() -> Value {
    let tiers =
        json!([{ "start": 0, "linearPrice": 0.10 }, { "start": 1000, "fixedPrice": 5, "linearPrice": 0.05 }]);
    json!({
        "version": "gsma-bwr-roaming-v1",
        "metadata": { "name": "summer" },
        "framework": {
            "contractParties": ["ONE", "TWO"],
            "term": { "start": "2026-01-01T00:00:00.000Z", "end": "2026-03-31T00:00:00.000Z" },
            "partyInformation": {
                "ONE": { "contractCurrency": "EUR", "defaultTadigCodes": ["DEUA1"] },
                "TWO": { "contractCurrency": "EUR", "defaultTadigCodes": ["FRAB1"] },
            },
        },
        "discounts": { "TWO": {
            "condition": { "kind": "Deal Revenue Commitment", "commitment": { "value": 200, "currency": "EUR" } },
            "serviceGroups": [{ "homeTadigs": ["DEUA1"], "visitorTadigs": ["FRAB1"], "services": [
                { "service": "GPRS", "includedInCommitment": true, "usagePricing": { "unit": "MB", "ratingPlan": {
                    "kind": "Tiered with Thresholds", "rate": { "thresholds": tiers } } } },
                { "service": "SMSMO", "includedInCommitment": true, "usagePricing": { "unit": "SMS", "ratingPlan": {
                    "kind": "Linear rate", "rate": { "linearPrice": 0.01 } } } },
            ] }],
        } },
    })
}

/// Writes the contract, and usage with the given rows.
fn files(folder: &Path, contract: &Value, rows: &[&str]) -> [PathBuf; 2] {
    let paths = [folder.join("contract.json"), folder.join("usage.csv")];
    std::fs::write(&paths[0], contract.to_string()).unwrap();
    std::fs::write(&paths[1], format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    paths
}

const ROWS: [&str; 3] = [
    "202601,DEUA1,FRAB1,data,700.5,MB,80.25,outbound",
    "2026-02,DEUA1,FRAB1,GPRS,500,MB,50,outbound",
    "202602,DEUA1,FRAB1,SMS MO,1000,SMS,12.005,outbound",
];

fn rate(paths: &[PathBuf; 2], more: &[&str]) -> std::process::Output {
    let [contract, usage] = paths.each_ref().map(|path| path.to_str().unwrap());
    run(&[&["rate", "--contract", contract, "--usage", usage], more].concat())
}

#[test]
fn rate_should_be_exact_to_the_cent_when_there_is_no_node() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &ROWS);
    let output = rate(&paths, &["--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let rated: Value = serde_json::from_slice(&output.stdout).unwrap();
    let line = &rated["lines"][0];
    assert_eq!(
        keys(line),
        [
            "charge",
            "direction",
            "quantity",
            "service",
            "shortfall",
            "tap_charge",
            "tax",
            "unit"
        ]
    );
    assert_eq!(
        *line,
        json!({
            "direction": "outbound", "service": "GPRS", "unit": "MB", "quantity": "1200.5",
            "tap_charge": "130.25", "charge": "115.02", "shortfall": "68.98", "tax": "0.00",
        }),
        "1000 at 0.10, 200.5 at 0.05, and a fee of 5: 115.025, half to even"
    );
    assert_eq!(rated["lines"][1]["charge"], "10.00");
    assert_eq!(rated["lines"][1]["tap_charge"], "12.00", "12.005, half to even");
    assert_eq!(
        rated["totals"]["outbound"],
        json!({ "tap_charge": "142.25", "charge": "125.02", "shortfall": "74.98", "tax": "0.00", "total": "200.00" })
    );
    assert_eq!(rated["totals"]["inbound"]["total"], "0.00");
}

#[test]
fn a_commitment_should_not_be_due_when_rated_provisionally() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &ROWS);
    let output = rate(&paths, &["--json", "--provisional", "--by-month", "--forecast"]);
    let rated: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rated["totals"]["outbound"]["shortfall"], "0.00");
    let months = rated["months"].as_array().unwrap();
    assert_eq!(months.len(), 2);
    assert_eq!(months[0]["lines"][0]["charge"], "70.05");
    assert_eq!(
        months[1]["lines"][0]["charge"], "44.97",
        "what February adds to the term"
    );
    let forecast = &rated["forecast"][0];
    assert_eq!(
        (forecast["committed"].as_str(), forecast["direction"].as_str()),
        (Some("200.00"), Some("outbound"))
    );
    // 59 of 90 days have passed: 1831.271186 MB and 1525.423729 messages at the end.
    assert_eq!(forecast["reached"], "161.81");
    assert_eq!(forecast["shortfall"], "38.19");
}

#[test]
fn explain_should_show_tiers_and_share_when_a_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &ROWS);
    let text = stdout(&rate(&paths, &["--explain", "GPRS"]));
    for words in [
        "within tier 1: 1\u{202f}000 MB x 0.1 EUR/MB = 100 EUR",
        "fee of tier 2: 5 EUR",
        "within tier 2: 200.5 MB x 0.05 EUR/MB = 10.025 EUR",
        "commitment 2026-01 to 2026-03: 200.00 EUR committed",
        "split in proportion by largest remainder",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let output = rate(&paths, &["--json", "--explain", "1"]);
    let rated: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rated["explanations"][0]["exact"], "115.025");
    assert_eq!(rated["explanations"].as_array().unwrap().len(), 1);
    let output = rate(&paths, &["--explain", "Fax"]);
    assert_eq!((code(&output), stderr(&output).contains("line Fax")), (1, true));
}

#[test]
fn rate_should_name_each_place_and_rate_nothing_when_files_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(
        folder.path(),
        &contract(),
        &["4383,DEUA1,FRAB1,Fax,-1,MB,,outbound"],
    );
    let output = rate(&paths, &["--json"]);
    assert_eq!(code(&output), 1);
    for place in [
        "row 2, column Year_Month",
        "row 2, column Services Categorised",
        "row 2, column Usage",
    ] {
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
    }
    let refused: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(refused["errors"].as_array().unwrap().len(), 3);
    assert_eq!(refused["errors"][0]["place"], "row 2, column Year_Month");

    let mut wrong = contract();
    wrong["discounts"]["TWO"]["serviceGroups"][0]["services"][1]["usagePricing"]["ratingPlan"]["kind"] =
        json!("Free");
    let paths = files(folder.path(), &wrong, &ROWS);
    for arguments in [vec!["agreement", "check", paths[0].to_str().unwrap()], vec![]] {
        let output = match arguments.is_empty() {
            true => rate(&paths, &[]),
            false => run(&arguments),
        };
        assert_eq!(code(&output), 1);
        let place = "serviceGroups[0].services[1].usagePricing.ratingPlan.kind";
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn converted_terms_should_rate_alike_when_a_contract_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &ROWS);
    let path = paths[0].to_str().unwrap();
    let checked = run(&["--json", "agreement", "check", path]);
    assert_eq!(code(&checked), 1, "its term is over: {}", stderr(&checked));
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!((&checked["lines"], &checked["errors"]), (&json!(2), &json!([])));
    assert!(
        checked["refused"][0].as_str().unwrap().contains("is over"),
        "{checked}"
    );
    let text = stdout(&run(&["agreement", "check", path]));
    assert!(!text.contains("Propose it with"), "{text}");
    assert!(
        text.contains("charges of at least 200 EUR") && text.contains("above 1000 MB"),
        "{text}"
    );

    let terms = stdout(&run(&["agreement", "convert", path]));
    let own = [folder.path().join("terms.json"), paths[1].clone()];
    std::fs::write(&own[0], &terms).unwrap();
    let [theirs, ours] = [&paths, &own].map(|paths| -> Value {
        let output = rate(paths, &["--json"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    });
    assert_eq!(
        (&ours["lines"], &ours["totals"]),
        (&theirs["lines"], &theirs["totals"])
    );
    let digest = run(&["--json", "agreement", "check", own[0].to_str().unwrap()]);
    let digest: Value = serde_json::from_slice(&digest.stdout).unwrap();
    assert_eq!(
        digest["digest"], checked["digest"],
        "the terms that are signed are those that were checked"
    );
}

#[test]
fn check_should_place_faults_when_our_own_terms_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    let template = stdout(&run(&["agreement", "template"]));
    std::fs::write(&path, &template).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(code(&run(&["agreement", "check", path])), 0);
    std::fs::write(
        path,
        template.replacen("\"start\": \"1000000 MB\",", "\"start\": 0,", 1),
    )
    .unwrap();
    let output = run(&["agreement", "check", path]);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("first direction, group 1, line 2 (GPRS): two tiers have the same start"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn terms_should_be_the_same_when_they_are_written_as_people_do() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &ROWS);
    let digest = |path: &Path| -> Value {
        let checked = run(&["--json", "agreement", "check", path.to_str().unwrap()]);
        assert_eq!(code(&checked), 1, "its term is over: {}", stderr(&checked));
        serde_json::from_slice::<Value>(&checked.stdout).unwrap()["digest"].clone()
    };
    for format in ["json", "toml", "yaml"] {
        let output = run(&[
            "agreement",
            "convert",
            "--format",
            format,
            paths[0].to_str().unwrap(),
        ]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let text = stdout(&output);
        assert!(text.contains("1000 MB") && text.contains("0.05"), "{text}");
        let path = folder.path().join(format!("terms.{format}"));
        std::fs::write(&path, text).unwrap();
        assert_eq!(digest(&path), digest(&paths[0]), "{format}");
    }
}

#[test]
fn a_table_should_be_rated_when_its_decimal_mark_is_named_and_days_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let paths = files(folder.path(), &contract(), &[]);
    let head = HEAD.replace(',', ";");
    std::fs::write(
        &paths[1],
        format!("{head}\n46023;DEUA1;FRAB1;GPRS;4.000;MB;;outbound\n"),
    )
    .unwrap();
    let output = rate(&paths, &[]);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
    assert!(
        stderr(&output).contains("row 2, column Usage: `4.000` may be 4.000 or 4000"),
        "{}",
        stderr(&output)
    );
    let output = rate(&paths, &["--decimal", ",", "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let warning = "row 2, column Year_Month: `46023` is a day of a spreadsheet, taken as the month 2026-01";
    assert!(stderr(&output).contains(warning), "{}", stderr(&output));
    let rated: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rated["warnings"], json!([warning]));
    assert_eq!(rated["lines"][0]["charge"], "255.00", "100 + 5 + 3000 x 0.05");
    assert_eq!(code(&rate(&paths, &["--decimal", ";"])), 64);
}

#[test]
fn rows_should_be_warned_of_and_count_when_they_say_the_same_as_another() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [ROWS[0], ROWS[1], ROWS[1]];
    let paths = files(folder.path(), &contract(), &rows);
    let output = rate(&paths, &["--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let rated: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rated["lines"][0]["quantity"], "1700.5", "both count");
    let warnings = rated["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{rated}");
    let warning = warnings[0].as_str().unwrap();
    assert!(
        warning.starts_with("row 4: is the same as row 3 in every column"),
        "{warning}"
    );
    assert!(stderr(&output).contains("row 4"), "{}", stderr(&output));
}

#[test]
fn rows_should_be_refused_by_cell_when_their_direction_is_how_the_partner_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let reversed: Vec<String> = ROWS
        .iter()
        .map(|row| row.replace("outbound", "inbound"))
        .collect();
    let reversed: Vec<&str> = reversed.iter().map(String::as_str).collect();
    let told = |rows: &[&str], more: &[&str]| {
        let output = rate(&files(folder.path(), &contract(), rows), more);
        (code(&output), stderr(&output))
    };
    // Nobody says whose table it is: either side may have written it, but not both.
    assert_eq!(told(&ROWS, &[]).0, 0);
    assert_eq!(told(&reversed, &[]).0, 0);
    let (code, words) = told(&[ROWS[0], reversed[1]], &[]);
    assert_eq!(code, 1);
    assert!(words.contains("row 3, column Direction"), "{words}");
    // The home network's own subscribers are outbound for it, and inbound for the visited network.
    assert_eq!(told(&ROWS, &["--operator", "DEUA1"]).0, 0);
    assert_eq!(told(&reversed, &["--operator", "FRAB1"]).0, 0);
    for (rows, operator, other) in [
        (&reversed, "DEUA1", "outbound"),
        (&ROWS.to_vec(), "FRAB1", "inbound"),
    ] {
        let (code, words) = told(rows, &["--operator", operator]);
        assert_eq!(code, 1, "{words}");
        for row in 2..5 {
            let place = format!(
                "row {row}, column Direction: subscribers of DEUA1 in FRAB1 are {other} for the operator of {operator}"
            );
            assert!(words.contains(&place), "{words}");
        }
    }
    let (code, words) = told(&ROWS, &["--operator", "GBRC1"]);
    assert_eq!(code, 1);
    assert!(words.contains("does not have GBRC1"), "{words}");
}

#[test]
fn a_table_should_be_read_as_the_operator_of_the_profile_sees_it_when_the_contract_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let [contract, usage] = files(folder.path(), &contract(), &ROWS);
    let configuration = folder.path().join("config.toml");
    for (operator, expected) in [("FRAB1", 1), ("DEUA1", 0), ("GBRC1", 0), ("7", 0)] {
        std::fs::write(&configuration, format!("operator = \"{operator}\"\n")).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_interclear"))
            .args(["rate", "--contract"])
            .arg(&contract)
            .arg("--usage")
            .arg(&usage)
            .env("INTERCLEAR_CONFIG", &configuration)
            .output()
            .unwrap();
        assert_eq!(code(&output), expected, "{operator}: {}", stderr(&output));
    }
}
