//! RAP files that are named with `tap return` and `tap return-records`: whatever they do not say is refused before a node is asked.

use super::{code, generate, run, stderr, stdout, validate};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What is said of a RAP file beside a usage file; "no node answers" where it is about that file.
fn said(command: &str, file: &str, more: &[&str], rap: &Path) -> String {
    let arguments = ["--key", "//Alice", "tap", command, file, "--rap"];
    let arguments = [&arguments[..], &[rap.to_str().unwrap()], more].concat();
    let output = run(&arguments);
    assert_eq!(code(&output), 1, "{arguments:?}: {}", stderr(&output));
    stderr(&output)
}

fn rap(file: &Path, folder: &Path, more: &[&str]) -> PathBuf {
    let (file, out) = (file.to_str().unwrap(), folder.to_str().unwrap());
    let write = ["tap", "rap", "write", file, "--sequence", "1", "--out", out];
    let output = run(&[&write[..], more].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    folder.join("RCFRAF1DEUD100001")
}

#[test]
fn a_file_should_not_be_returned_when_the_rap_file_is_about_another_one_or_gives_another_reason() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--files", "2", "--wrong-total", "2"]);
    let [fine, wrong] = &files[..] else {
        panic!("{files:?}");
    };
    let rap = rap(wrong, folder.path(), &[]);
    let (fine, wrong) = (fine.to_str().unwrap(), wrong.to_str().unwrap());
    let totals = ["--reason", "totals"];
    for (file, more, words) in [
        (fine, &totals[..], "the RAP file says nothing about file 00001"),
        (
            "CDITAB1FRAF100002",
            &totals,
            "goes from FRAF1 to DEUD1; one about this file goes from FRAF1 to ITAB1",
        ),
        (
            "CDDEUD1GBRC100002",
            &totals,
            "goes from FRAF1 to DEUD1; one about this file goes from GBRC1 to DEUD1",
        ),
        ("TDDEUD1FRAF100002", &totals, "the RAP file is a test"),
        (
            wrong,
            &["--reason", "accounting"],
            "it refuses the file for another reason than accounting",
        ),
        (
            wrong,
            &["--rap-sequence", "2"],
            "the RAP file has the number 00001, not 00002",
        ),
    ] {
        let text = said("return", file, more, &rap);
        assert!(text.contains(words), "{file} {more:?}: {text}");
        assert!(!text.contains("no node answers"), "{file} {more:?}: {text}");
    }
    let text = said("return-records", wrong, &[], &rap);
    assert!(
        text.contains("it refuses the whole file; that is `interclear tap return`"),
        "{text}"
    );
    for more in [&totals[..], &["--rap-sequence", "1"], &[]] {
        let text = said("return", wrong, more, &rap);
        assert!(text.contains("no node answers"), "{more:?}: {text}");
    }
}

#[test]
fn a_next_step_should_carry_the_rules_in_use_when_nothing_is_wrong_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &[]);
    let file = files[0].to_str().unwrap();
    let write = ["tap", "rap", "write", file, "--sequence", "1", "--out"];
    let out = folder.path().to_str().unwrap();
    let none: [&str; 0] = [];
    for (rules, wanted) in [
        (&none[..], format!("validate --chain {file}`")),
        (
            &["--zones", "single"][..],
            format!("validate --chain {file} --zones single`"),
        ),
        (
            &["--agreed-rate", "EUR,EUR,0.9990"],
            format!("validate --chain {file} --agreed-rate EUR,EUR,0.999`"),
        ),
    ] {
        let output = run(&[&write[..], &[out], rules].concat());
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains(&wanted), "{}", stderr(&output));
    }
}

#[test]
fn records_should_be_returned_when_they_were_converted_below_the_rate_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &[]);
    // What is generated is charged in its own currency, at a rate of 1.
    let rate = ["--agreed-rate", "EUR,EUR,1.1"];
    assert_eq!(code(&validate(&[&files[0]], &rate)), 1);
    let (file, out) = (files[0].to_str().unwrap(), folder.path().to_str().unwrap());
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
    assert_eq!(code(&run(&write)), 1, "by itself nothing is wrong with the file");
    let output = run(&[&write[..], &rate].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let written: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (written["fatal"].as_u64(), written["records"].as_u64()),
        (Some(0), Some(200))
    );
    // What is found before a file is sent is told in numbers.
    let dry = ["--json", "tap", "anchor", "--dry-run", file];
    let output = run(&[&dry[..], &rate].concat());
    let dry: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(dry["files"][0]["records_with_severe_findings"], 200, "{dry}");
}

#[test]
fn records_should_not_be_returned_when_the_rap_file_is_about_another_file() {
    let folder = tempfile::tempdir().unwrap();
    // The same records in two files.
    let make = |number| {
        let more = ["--events", "12", "--seed", "7", "--first-sequence", number];
        generate(folder.path(), &more).remove(0)
    };
    let (first, second) = (make("1"), make("2"));
    let store = folder.path().join("seen");
    let known = ["--store", store.to_str().unwrap()];
    assert_eq!(code(&validate(&[&first], &known)), 0);
    let rap = rap(&second, folder.path(), &known);
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    for (file, words) in [
        (first, "the RAP file says nothing about file 00001"),
        (
            "CDITAB1FRAF100002",
            "goes from FRAF1 to DEUD1; one about this file goes from FRAF1 to ITAB1",
        ),
        ("TDDEUD1FRAF100002", "the RAP file is a test"),
    ] {
        let text = said("return-records", file, &[], &rap);
        assert!(text.contains(words), "{file}: {text}");
        assert!(!text.contains("no node answers"), "{file}: {text}");
    }
    let text = said("return", second, &["--reason", "totals"], &rap);
    assert!(
        text.contains(
            "it returns single records, not the whole file; that is `interclear tap return-records`"
        ),
        "{text}"
    );
    let text = said("return-records", second, &[], &rap);
    assert!(text.contains("no node answers"), "{text}");
}

/// The status of `tap rap inspect --usage`, and what it says of the usage file.
fn inspected(rap: &Path, usage: &Path) -> (i32, Value) {
    let (rap, usage) = (rap.to_str().unwrap(), usage.to_str().unwrap());
    let output = run(&["--json", "tap", "rap", "inspect", rap, "--usage", usage]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    (code(&output), value["usage"].clone())
}

#[test]
fn what_is_left_to_bill_should_not_be_told_when_the_rap_file_is_about_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, more: &[&str]| {
        let into = folder.path().join(name);
        std::fs::create_dir_all(&into).unwrap();
        generate(&into, &[&["--events", "12"][..], more].concat()).remove(0)
    };
    let first = make("usage", &["--seed", "7"]);
    let second = make("usage", &["--seed", "7", "--first-sequence", "2"]);
    let store = folder.path().join("seen");
    let known = ["--store", store.to_str().unwrap()];
    assert_eq!(code(&validate(&[&first], &known)), 0);
    let records = rap(&second, folder.path(), &known);
    let (status, usage) = inspected(&records, &second);
    assert_eq!(
        (status, usage["invoiceable"].as_str()),
        (0, Some("0.0000")),
        "{usage}"
    );
    let second_with = |more: &[&'static str]| [&["--seed", "7", "--first-sequence", "2"][..], more].concat();
    for (usage, words) in [
        (first, "the RAP file says nothing about file 00001"),
        (
            make("test", &second_with(&["--test"])),
            "the RAP file is a test and the usage file is not, or the other way round",
        ),
        (
            make("currency", &second_with(&["--currency", "USD"])),
            "the RAP file counts in EUR with 4 decimals, the usage file in USD with 4 decimals",
        ),
        (
            make("decimals", &second_with(&["--decimals", "3"])),
            "the RAP file counts in EUR with 4 decimals, the usage file in EUR with 3 decimals",
        ),
        (
            make("other", &["--seed", "8", "--first-sequence", "2"]),
            "12 of the records that the RAP file returns are not in the usage file",
        ),
    ] {
        let (status, found) = inspected(&records, &usage);
        assert_eq!(status, 1, "{words}");
        assert!(found["invoiceable"].is_null(), "{found}");
        assert_eq!(found["reason"].as_str(), Some(words));
    }

    // Returns that go the way of the usage are those of somebody else.
    let back = folder.path().join("back");
    std::fs::create_dir_all(&back).unwrap();
    let made = run(&[
        "tap",
        "generate",
        "--sender",
        "FRAF1",
        "--recipient",
        "DEUD1",
        "--period",
        "2026-10",
        "--events",
        "12",
        "--first-sequence",
        "2",
        "--out",
        back.to_str().unwrap(),
    ]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let (status, found) = inspected(&records, &back.join("CDFRAF1DEUD100002"));
    assert_eq!(status, 1);
    let reason = found["reason"].as_str().unwrap();
    assert!(
        reason.contains("goes from FRAF1 to DEUD1; one about this file goes from DEUD1 to FRAF1"),
        "{reason}"
    );
    let (records, back) = (records.to_str().unwrap(), back.join("CDFRAF1DEUD100002"));
    let output = run(&[
        "tap",
        "rap",
        "inspect",
        records,
        "--usage",
        back.to_str().unwrap(),
    ]);
    assert!(
        stdout(&output).contains("Name the file that the RAP file is about"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn nothing_should_be_left_to_bill_when_the_rap_file_refuses_the_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--files", "2", "--wrong-total", "2"]);
    let rap = rap(&files[1], folder.path(), &[]);
    let (status, usage) = inspected(&rap, &files[1]);
    assert_eq!(
        (status, usage["invoiceable"].as_str()),
        (0, Some("0.0000")),
        "{usage}"
    );
    let (status, usage) = inspected(&rap, &files[0]);
    assert_eq!((status, usage["invoiceable"].as_str()), (1, None), "{usage}");
    assert_eq!(
        usage["reason"].as_str(),
        Some("the RAP file says nothing about file 00001")
    );
}
