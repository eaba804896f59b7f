//! Near-real-time records, as far as they need no node.

use super::{code, generate, run, stderr, stdout};
use serde_json::Value;
use std::path::Path;

fn anchor(files: &[&Path]) -> (i32, Value) {
    let mut arguments = vec!["--json", "nrtrde", "anchor", "--dry-run"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let output = run(&arguments);
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (code(&output), value)
}

#[test]
fn a_dry_run_should_count_late_records_when_files_are_nrtrde_and_refuse_others() {
    let folder = tempfile::tempdir().unwrap();
    // One file for the whole month: most of its calls ended days before it was made available.
    let late = generate(&folder.path().join("late"), &["--nrtrde"]);
    let in_time = generate(
        &folder.path().join("in-time"),
        &["--nrtrde", "--files", "400", "--only", "7"],
    );
    let tap = generate(&folder.path().join("tap"), &[]);
    let (code, value) = anchor(&[&tap[0], &late[0], &in_time[0]]);
    assert_eq!(code, 1, "the TAP file is refused");
    let files = value["files"].as_array().unwrap();
    let of = |path: &Path| {
        files
            .iter()
            .find(|file| file["file"].as_str() == path.to_str())
            .unwrap()
    };
    assert_eq!(of(&tap[0])["result"], "refused");
    assert!(of(&tap[0])["reason"]
        .as_str()
        .unwrap()
        .contains("interclear tap anchor"));
    let (late, in_time) = (of(&late[0]), of(&in_time[0]));
    assert_eq!(late["batch"], "NRDEUD1FRAF10000001");
    assert_eq!(in_time["batch"], "NRDEUD1FRAF10000007");
    assert!(late["late_when_available"].as_u64().unwrap() > 0, "{late}");
    assert_eq!(in_time["late_when_available"], 0);
    for file in [late, in_time] {
        let moment = |name: &str| file[name].as_u64().unwrap();
        assert!(moment("earliest_end") <= moment("latest_end"));
        assert!(moment("latest_end") <= moment("available"));
        assert_eq!(file["result"], "not_sent");
    }
    assert_eq!((&value["anchored"], &value["refused"]), (&0.into(), &1.into()));
}

#[test]
fn a_record_should_be_proven_when_anchoring_kept_its_secret() {
    let folder = tempfile::tempdir().unwrap();
    let files = generate(folder.path(), &["--nrtrde", "--files", "400", "--only", "3"]);
    // There is no node, but the secret is kept before one is asked.
    assert_eq!(code(&run(&["nrtrde", "anchor", files[0].to_str().unwrap()])), 64);
    let (_, first) = anchor(&[&files[0]]);
    let (_, second) = anchor(&[&files[0]]);
    // How late it is goes on meanwhile.
    let anchored = &first["files"][0];
    for of_the_secret in ["root", "file_digest"] {
        assert!(anchored[of_the_secret].is_string());
        assert_eq!(
            anchored[of_the_secret], second["files"][0][of_the_secret],
            "the secret is kept and used again"
        );
    }
    let (root, records) = (
        anchored["root"].as_str().unwrap(),
        anchored["records"].as_u64().unwrap(),
    );
    assert_eq!(records, 200);
    let proof = folder.path().join("proof.json");
    let (proof, file) = (proof.to_str().unwrap(), files[0].to_str().unwrap());
    let output = run(&["tap", "prove", "17", "--file", file, "--out", proof]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let verify = |more: &[&str]| run(&[&["tap", "verify", proof], more].concat());
    let output = verify(&["--root", root, "--records", "200"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("proven: the record is at position 17 of NRDEUD1FRAF10000003"));
    assert_eq!(code(&verify(&["--root", root, "--records", "201"])), 1);
    // What the chain is to check is checked against what the chain has.
    let output = verify(&["--submit", "--root", root, "--records", "200"]);
    assert_eq!(code(&output), 64, "{}", stderr(&output));
}

#[test]
fn tap_files_should_not_be_acknowledged_when_nrtrde_files_are_meant() {
    for (arguments, words, status) in [
        (&["CDDEUD1FRAF100042"][..], "interclear tap acknowledge", 1),
        (
            &["NRDEUD1FRAF10000042", "CDDEUD1FRAF100042", "--by-name"],
            "CDDEUD1FRAF100042 is not an NRTRDE file",
            1,
        ),
        // A test file has the test flag and no other stream.
        (&["TDDEUD1FRAF100042"], "interclear tap acknowledge", 1),
        (&["--all"], "--all", 64),
        (&["--all", "."], "--all", 64),
    ] {
        let output = run(&[&["--key", "//Alice", "nrtrde", "acknowledge"], arguments].concat());
        assert_eq!(code(&output), status, "{arguments:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn nrtrde_show_should_explain_when_a_name_is_of_another_file() {
    for (arguments, words) in [
        (["nrtrde", "show", "CDDEUD1FRAF100042"], "NRDEUD1FRAF10000042"),
        (["nrtrde", "acknowledge", "some-file"], "NRDEUD1FRAF10000042"),
        (["nrtrde", "show", "NRDEUD1FRAF10000042"], "no node answers"),
    ] {
        let output = run(&arguments);
        assert_eq!(code(&output), 1, "{arguments:?}");
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}
