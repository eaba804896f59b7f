//! Terms in files, and arguments that make no sense.

use super::{code, run, stderr, stdout};
use serde_json::Value;

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

#[test]
fn the_template_should_be_read_and_compared_when_named_as_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let template = stdout(&run(&["agreement", "template"]));
    let (old, new) = (folder.path().join("old.json"), folder.path().join("new.json"));
    std::fs::write(&old, &template).unwrap();
    std::fs::write(
        &new,
        template.replacen("\"price\": \"0.03 EUR/min\" }", "\"price\": 25000000 }", 1),
    )
    .unwrap();
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let output = run(&["--json", "agreement", "diff", old, new]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        (listed[0]["old"].as_str(), listed[0]["new"].as_str()),
        (Some("0.03 EUR/min"), Some("0.025 EUR/min"))
    );

    std::fs::write(new, template.replace("\"payment_days\"", "\"paymentdays\"")).unwrap();
    let output = run(&["agreement", "diff", old, new]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("payment_days"), "{}", stderr(&output));
}

#[test]
fn a_command_should_explain_itself_when_its_arguments_are_wrong() {
    let generate = ["tap", "generate", "--recipient", "FRAF1", "--period"];
    for (arguments, words) in [
        (&["tap", "validate"][..], "required"),
        (
            &[&generate[..], &["2026-10", "--sender", "deud1"]].concat(),
            "TADIG",
        ),
        (
            &[&generate[..], &["43831", "--sender", "DEUD1"]].concat(),
            "a month is such as 2026-11",
        ),
        (
            &["cycle", "open", "--token", "1", "--cut-off", "tomorrow"],
            "not a moment",
        ),
        (
            &["cycle", "open", "--token", "1", "--fund-within", "1w"],
            "not a time",
        ),
        (&["cycle", "schedule", "--token", "1"], "--first"),
        (
            &["tap", "return", "CDDEUD1FRAF100001", "--rap-sequence", "1"],
            "--rap",
        ),
        (
            &[
                "tap",
                "return-records",
                "x",
                "--rap-sequence",
                "1",
                "--total",
                "Fax,1,1,1,1",
            ],
            "unknown service",
        ),
        (&["settle"], "unrecognized"),
        (&["tap", "acknowledge"], "required"),
        (&["council", "show", "seven"], "named by its number"),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 64, "{arguments:?}");
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(stdout(&output).is_empty());
    }
    for (arguments, words) in [
        (
            &[
                &generate[..],
                &["2026-10", "--sender", "DEUD1", "--decimals", "7"],
            ]
            .concat()[..],
            "0 to 6 decimals",
        ),
        (
            &[
                &generate[..],
                &["2026-10", "--sender", "DEUD1", "--wrong-total", "2"],
            ]
            .concat(),
            "there is no file 2",
        ),
        (&["tap", "acknowledge", "not-a-name"], "CDDEUD1FRAF100042"),
        (&["tap", "acknowledge", "CDDEUD1FRAF100042"], "--by-name"),
        (&["nrtrde", "acknowledge", "NRDEUD1FRAF10000042"], "--by-name"),
        (
            &["--key", "//Alice", "tap", "acknowledge", "--all", "not-a-folder"],
            "not-a-folder is not a folder",
        ),
        (
            &["--key", "//Alice", "tap", "acknowledge", "--all"],
            "no node answers",
        ),
        (
            &["tap", "acknowledge", "CDDEUD1FRAF100042-00380"],
            "and 338 other files are not here",
        ),
        (&["tap", "acknowledge", "CDDEUD1FRAF100042-00041"], "ascending"),
        (
            &["partner", "show", "FRA7B", "--operator", "DEU7A"],
            "no node answers",
        ),
        (&["--key", "//Alice", "council", "vote", "7"], "no node answers"),
        (
            &["--key", "nowhere.json", "cycle", "open", "--token", "1"],
            "there is no keystore file nowhere.json",
        ),
        (
            &["tap", "return", "CDDEUD1FRAF100001", "--rap", "/nowhere/at/all"],
            "--reason",
        ),
        (&["period", "status", "1", "2026-10"], "no node answers"),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 1, "{arguments:?}");
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn the_status_should_say_what_is_wrong_when_no_key_is_named_or_a_file_cannot_be_read() {
    for arguments in [
        &["tap", "acknowledge", "CDDEUD1FRAF100042", "--by-name"][..],
        &["token", "transfer", "1", "--to", ALICE, "5"],
        &["token", "burn", "1", "5"],
        &["dispute", "withdraw", "1"],
        &["usage", "conclude-agreed", "1", "2026-10"],
        &["period", "close", "1", "2026-10"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 64, "{arguments:?}");
        let text = stderr(&output);
        assert!(
            text.contains("no key is named") || text.contains("Usage:"),
            "{arguments:?}: {text}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage");
    std::fs::write(&garbage, "this is not a TAP file").unwrap();
    let garbage = garbage.to_str().unwrap();
    for file in ["/nowhere/at/all", garbage] {
        for arguments in [
            &["tap", "inspect", file][..],
            &["tap", "validate", file],
            &["tap", "rap", "inspect", file],
        ] {
            let output = run(arguments);
            assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        }
    }
    let output = run(&["tap", "inspect", "/nowhere/at/all"]);
    assert!(stderr(&output).contains("/nowhere/at/all"), "{}", stderr(&output));
}

#[test]
fn a_publication_should_be_checked_when_no_node_was_asked_yet() {
    let rate = ["tariff", "feed", "--currency", "USD", "--period", "2027-01"];
    let with = |rest: &[&'static str]| [&rate[..], rest].concat();
    for (arguments, words) in [
        (
            with(&["--rate", "1.3", "--quote-date", "2026-12-24"]),
            "quoted on 2026-12-23",
        ),
        (
            with(&["--rate", "1,3", "--quote-date", "2026-12-23"]),
            "decimal number",
        ),
        (
            with(&["--rate", "0", "--quote-date", "2026-12-23"]),
            "within 0.1 and",
        ),
        (
            with(&["--rate", "1.3", "--quote-date", "2026-12-22"]),
            "no node answers",
        ),
    ] {
        let output = run(&arguments);
        assert_eq!(code(&output), 1, "{arguments:?}");
        let error = stderr(&output);
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    let cap = [
        "tariff",
        "cap",
        "GPRS",
        "--visited",
        "EEA",
        "--name",
        "EU",
        "--from",
        "2027-01",
    ];
    let region = ["tariff", "set-region", "EEA", "--from", "2027-01"];
    for (arguments, words) in [
        (
            with(&["--rate", "1.3", "--quote-date", "23.12.2026"]),
            "calendar day",
        ),
        (cap.to_vec(), "--price"),
        ([&cap[..], &["--price", "1"]].concat(), "--currency"),
        (
            [&cap[..], &["--end", "--currency", "EUR"]].concat(),
            "cannot be used with",
        ),
        (region.to_vec(), "<MEMBERS>"),
        ([&region[..], &["DEUT"]].concat(), "a country such as DEU"),
        (
            vec![
                "tariff",
                "publish",
                "Fax",
                "--network",
                "DEUD1",
                "--from",
                "2027-01",
                "--end",
            ],
            "unknown service",
        ),
        (
            vec!["tariff", "publish", "GPRS", "--from", "2027-01", "--end"],
            "--region",
        ),
    ] {
        let output = run(&arguments);
        assert_eq!(code(&output), 64, "{arguments:?}");
        let error = stderr(&output);
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}
