//! RAP files that are named with `tap return` and `tap return-records`: whatever they do not say is refused before a node is asked.

use super::{code, generate, run, stderr, validate};
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
    ] {
        let output = run(&[&write[..], &[out], rules].concat());
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains(&wanted), "{}", stderr(&output));
    }
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
