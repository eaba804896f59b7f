//! What the commands say of files that somebody else has encoded: the verdict that is written beside each.

use crate::{code, lines, run, stderr, stdout, validate};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Each file, and what is written beside it; none where the folder is not there.
fn oracle() -> Vec<(PathBuf, Value)> {
    let folder: &Path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/tap/oracle").as_ref();
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    }
    let mut all: Vec<(PathBuf, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let beside: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (folder.join(beside["file"].as_str().unwrap()), beside)
        })
        .collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

/// Files with records that belong to no service: they are billable, and the chain takes none of them.
const WITHOUT_SERVICE: [&str; 8] = [
    "a_taxes",
    "f_every_kind",
    "s_3_10",
    "s_3_11",
    "t_operator_specific",
    "t_unknown_elements",
    "u_indefinite",
    "z_call_types",
];

#[test]
fn validate_should_exit_as_the_oracle_says_and_tell_apart_what_is_only_not_anchorable() {
    let files = oracle();
    if files.is_empty() {
        return;
    }
    assert!(files.len() >= 59, "{}", files.len());
    let mut kept_back = Vec::new();
    for (path, beside) in &files {
        let (folder, name) = (
            tempfile::tempdir().unwrap(),
            path.file_stem().unwrap().to_string_lossy(),
        );
        let store = folder.path().to_str().unwrap();
        let output = match beside["store"].as_bool() {
            Some(true) => validate(&[path], &["--json", "--store", store]),
            _ => validate(&[path], &["--json"]),
        };
        let expected = i32::from(beside["expect"] != "billable");
        assert_eq!(code(&output), expected, "{name}: {}", stdout(&output));
        let report = &lines(&output)[0];
        let found = report["findings"].as_array().unwrap().iter();
        for finding in found.filter(|finding| finding["code"] == "not-anchorable") {
            assert_eq!(finding["severity"], "warning", "{name}");
            let words = finding["message"].as_str().unwrap();
            assert!(
                words.contains("take it out and bill it outside of the chain"),
                "{name}: {words}"
            );
            kept_back.push(name.clone());
        }
    }
    assert_eq!(kept_back, WITHOUT_SERVICE);
}

#[test]
fn validate_inspect_and_rap_write_should_agree_when_they_look_at_the_same_file() {
    for (path, beside) in oracle() {
        let (file, name) = (
            path.to_str().unwrap(),
            path.file_stem().unwrap().to_string_lossy(),
        );
        let validated = code(&validate(&[&path], &[]));
        let inspected = run(&["tap", "inspect", file]);
        if beside["kind"] == "tap" || beside["kind"] == "notification" {
            assert_eq!(code(&inspected), validated, "{name}: {}", stdout(&inspected));
        }
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        let written = run(&["tap", "rap", "write", file, "--sequence", "1", "--out", out]);
        if beside["kind"] == "tap" && validated == 0 {
            assert!(
                stderr(&written).contains("nothing fatal or severe"),
                "{name}: {}",
                stderr(&written)
            );
        }
        if name == "n_duplicate" {
            assert_eq!((validated, code(&written)), (1, 0), "{}", stderr(&written));
            assert!(
                !stdout(&inspected).contains("Nothing is wrong"),
                "{}",
                stdout(&inspected)
            );
            assert!(stdout(&written).contains("1 record"), "{}", stdout(&written));
        }
    }
}

#[test]
fn records_without_a_service_should_be_refused_when_terms_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let terms = folder.path().join("terms.json");
    let template = run(&["agreement", "template"]);
    std::fs::write(&terms, &template.stdout).unwrap();
    let files = oracle();
    if files.is_empty() {
        return;
    }
    let (path, _) = files
        .into_iter()
        .find(|(path, _)| path.ends_with("a_taxes.ber"))
        .unwrap();
    let output = validate(&[&path], &["--agreement", terms.to_str().unwrap()]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("cannot be anchored"), "{text}");
    let text = stdout(&validate(&[&path], &[]));
    assert!(text.contains("may be billed, but not"), "{text}");
}
