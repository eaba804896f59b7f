//! What goes for every command: keys, configuration, errors for machines, statuses, manual pages.

use super::{code, command, run, stderr, stdout, NOWHERE};
use serde_json::Value;
use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
/// The account of [`PHRASE`], as polkadot.js has it (`@polkadot/keyring` 14.0.3, SS58 prefix 42).
const ACCOUNT: &str = "5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe";

/// Runs with a passphrase and something piped in.
pub(super) fn piped(arguments: &[&str], input: &str, more: &[(&str, &str)]) -> Output {
    let mut child = command()
        .args(arguments)
        .env_remove("INTERCLEAR_PASSPHRASE")
        .env_remove("INTERCLEAR_BACKUP_PASSPHRASE")
        .envs(more.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn error(output: &Output) -> Value {
    let text = stderr(output);
    serde_json::from_str(text.trim()).unwrap_or_else(|_| panic!("this is not one object: {text}"))
}

/// Runs on a terminal of so many columns, where keys are pressed; `None` where there is no `script` to make one.
fn on_a_terminal(columns: u16, command: &str, pressed: &str) -> Option<(i32, String)> {
    let binary = env!("CARGO_BIN_EXE_interclear");
    // What is pressed before it is asked for would be lost when the terminal stops showing it.
    let presses: String = pressed
        .lines()
        .map(|line| format!("sleep 1; echo '{line}'; "))
        .collect();
    let typed = format!(
        "{{ {presses} sleep 1; }} | script -qec \"stty cols {columns}; {binary} {command}\" /dev/null"
    );
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: there is no `script`");
        return None;
    }
    let output = Command::new("bash")
        .args(["-c", &format!("set -o pipefail; {typed}")])
        .env("INTERCLEAR_URL", NOWHERE)
        .env("INTERCLEAR_CONFIG", "")
        .env_remove("INTERCLEAR_KEY")
        .env_remove("INTERCLEAR_PASSPHRASE")
        .output()
        .unwrap();
    Some((code(&output), stdout(&output).replace('\r', "")))
}

#[test]
fn a_key_should_be_named_by_its_path_when_it_does_not_begin_with_two_slashes() {
    for (key, words, word) in [
        (
            "clearing.json",
            "there is no keystore file clearing.json",
            "no_such_file",
        ),
        ("Alice", "there is no keystore file Alice", "no_such_file"),
        ("", "empty", "no_key"),
        (PHRASE, "seed phrase", "secret_on_the_command_line"),
    ] {
        for output in [
            run(&["--key", key, "key", "show"]),
            piped(&["key", "show"], "", &[("INTERCLEAR_KEY", key)]),
        ] {
            // What is named is wrong, or there is no such file.
            let expected = if word == "no_such_file" { 1 } else { 64 };
            assert_eq!(code(&output), expected, "{key}");
            let text = stderr(&output);
            assert!(text.contains(words), "{key}: {text}");
            assert!(!text.contains("sausage"), "{text}");
        }
        let output = run(&["--json", "--key", key, "key", "show"]);
        assert_eq!(error(&output)["error"]["code"], word);
    }
    assert_eq!(code(&run(&["--key", "//Alice", "key", "show"])), 0);
}

#[test]
fn a_phrase_should_become_a_keystore_that_opens_when_it_is_piped_in() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("key.json"), folder.path().join("copy.json"));
    let (file, copy) = (file.to_str().unwrap(), copy.to_str().unwrap());
    let secret = [("INTERCLEAR_PASSPHRASE", "correct horse")];
    let output = piped(&["key", "import", file], PHRASE, &secret);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains(ACCOUNT));

    let again = piped(&["key", "import", file], PHRASE, &secret);
    assert_eq!(code(&again), 1);
    assert!(stderr(&again).contains("exists already"), "{}", stderr(&again));

    // Who only asks which account it is needs no passphrase.
    let shown = piped(&["--key", file, "key", "show"], "", &[]);
    assert!(stdout(&shown).contains(ACCOUNT), "{}", stderr(&shown));

    // The copy has a passphrase of its own.
    let none = piped(&["--json", "key", "backup", file, copy], "", &secret);
    assert_eq!(error(&none)["error"]["code"], "no_passphrase");
    let backup = |own| [secret[0], ("INTERCLEAR_BACKUP_PASSPHRASE", own)];
    let same = piped(
        &["--json", "key", "backup", file, copy],
        "",
        &backup("correct horse"),
    );
    assert_eq!(error(&same)["error"]["code"], "same_passphrase");
    let saved = piped(&["key", "backup", file, copy], "", &backup("battery staple"));
    assert!(stdout(&saved).contains(ACCOUNT), "{}", stderr(&saved));
    // So has that of a sealing key.
    let (sealing, sealed) = (
        folder.path().join("seal.json"),
        folder.path().join("seal-copy.json"),
    );
    let (sealing, sealed) = (sealing.to_str().unwrap(), sealed.to_str().unwrap());
    let public = |output: &Output| stdout(output).lines().next().unwrap_or_default().to_owned();
    let made = piped(&["key", "sealing", "new", sealing], "", &secret);
    let kept = piped(&["key", "backup", sealing, sealed], "", &backup("battery staple"));
    assert_eq!(code(&kept), 0, "{}", stderr(&kept));
    assert_eq!(public(&kept), public(&made));
    let brought = folder.path().join("brought.json");
    let brought = piped(
        &["key", "import", brought.to_str().unwrap(), "--from", copy],
        "",
        &[("INTERCLEAR_PASSPHRASE", "battery staple")],
    );
    assert!(stdout(&brought).contains(ACCOUNT), "{}", stderr(&brought));

    let wrong = [("INTERCLEAR_PASSPHRASE", "wrong")];
    let wrong = piped(&["--json", "key", "backup", file, "other.json"], "", &wrong);
    assert_eq!(code(&wrong), 1);
    assert_eq!(error(&wrong)["error"]["code"], "wrong_passphrase");
    assert!(!stderr(&wrong).contains("aead"), "{}", stderr(&wrong));

    let empty = folder.path().join("empty.json");
    let made = piped(
        &["key", "new", empty.to_str().unwrap()],
        "",
        &[("INTERCLEAR_PASSPHRASE", "")],
    );
    assert_eq!(code(&made), 1);
    assert!(stderr(&made).contains("empty"), "{}", stderr(&made));
    assert!(!empty.exists());
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 5, "nothing half written is left");
}

#[test]
fn a_passphrase_should_be_typed_twice_when_a_key_is_made_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.json");
    let command = format!("key new {}", file.display());
    let Some((status, text)) = on_a_terminal(60, &command, "one\ntwo\n") else {
        return;
    };
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("differ") && !file.exists(), "{text}");
    let (status, text) = on_a_terminal(60, &command, "one\none\n").unwrap();
    assert_eq!(status, 0, "{text}");
    assert!(file.exists() && !text.contains("one\n"), "{text}");
}

#[test]
fn errors_should_be_objects_when_json_is_asked_for() {
    let nobody = run(&["--json", "operator", "list"]);
    assert_eq!(code(&nobody), 1);
    let object = error(&nobody);
    assert_eq!(object["error"]["code"], "unreachable");
    assert!(object["error"]["message"]
        .as_str()
        .unwrap()
        .contains("no node answers"));
    assert!(object["error"]["hint"].as_str().unwrap().contains("--url"));
    assert!(stdout(&nobody).is_empty());

    let usage = run(&["--json", "operator", "lost"]);
    assert_eq!(code(&usage), 64);
    assert_eq!(error(&usage)["error"]["code"], "usage");
    for (arguments, status) in [
        (&["--help"][..], 0),
        (&["operator"], 64),
        (&["--quiet", "--verbose", "key", "show"], 64),
        (&["--timeout", "soon", "key", "show"], 64),
        (&["--url", "", "operator", "list"], 64),
        (&["--profile", "none", "operator", "list"], 64),
    ] {
        assert_eq!(code(&run(arguments)), status, "{arguments:?}");
    }
    let help = stdout(&run(&["--help"]));
    assert!(help.contains("Exit status:") && help.contains("  64  "), "{help}");
}

#[test]
fn plain_connections_should_be_warned_of_when_they_leave_the_machine() {
    // Nothing is asked of a name: the address is one that is kept for documents (RFC 5737).
    let arguments = [
        "--url",
        "ws://192.0.2.1:9944",
        "--timeout",
        "1s",
        "operator",
        "list",
    ];
    let output = run(&arguments);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("not encrypted"), "{}", stderr(&output));
    let quiet = run(&[&["--quiet"], &arguments[..]].concat());
    assert!(!stderr(&quiet).contains("not encrypted"), "{}", stderr(&quiet));
    let local = run(&["operator", "list"]);
    assert!(!stderr(&local).contains("not encrypted"), "{}", stderr(&local));
}

#[test]
fn shells_and_manuals_should_know_the_commands_when_asked() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&run(&["completions", shell]));
        assert!(script.contains("acknowledge"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let man = folder.path().join("man1");
    let output = run(&["man", man.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = |name: &str| std::fs::read_to_string(Path::new(&man).join(name)).unwrap();
    assert!(page("interclear.1").contains("Exit status"));
    assert!(page("interclear-key-import.1").contains("polkadot.js"));
}

#[test]
fn a_manual_should_say_what_options_take_when_it_shows_how_a_command_is_called() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(code(&run(&["man", folder.path().to_str().unwrap()])), 0);
    let synopsis = |name: &str| {
        let page = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let (_, behind) = page.split_once(".SH SYNOPSIS\n").unwrap();
        let (synopsis, behind) = behind.split_once("\n.SH ").unwrap();
        assert!(behind.starts_with("DESCRIPTION"), "{name}");
        let plain = ["\\fB", "\\fI", "\\fR"]
            .iter()
            .fold(synopsis.to_owned(), |text, font| text.replace(font, ""));
        plain.replace("\\-", "-")
    };
    let validate = synopsis("interclear-tap-validate.1");
    assert!(validate.starts_with("interclear tap validate "), "{validate}");
    for part in [
        "[--store DIR]",
        "[--agreed-rate LOCAL,TAP,RATE]",
        "[--chain]",
        "[--url URL]",
        "[--json]",
    ] {
        assert!(validate.contains(part), "{part}: {validate}");
    }
    assert!(validate.ends_with(" FILES..."), "{validate}");
    let redeem = synopsis("interclear-token-redeem.1");
    assert!(redeem.contains(" --reference REFERENCE"), "{redeem}");
    assert!(redeem.ends_with(" TOKEN AMOUNT"), "{redeem}");
    assert!(synopsis("interclear-tap.1").ends_with(" COMMAND"));
}

#[test]
fn arguments_should_be_harmless_when_they_are_repeated_in_an_error() {
    let deceiving = "\u{1b}[2J\nerror: paid\u{202e}";
    let period = format!("2026-1{deceiving}");
    for arguments in [
        &[deceiving][..],
        &["tap", deceiving],
        &["tap", "validate", "--", "x", "--store", deceiving][..2],
        &["--timeout", deceiving, "today"],
        &["tap", "validate", &format!("--{deceiving}")],
        &["period", "status", "7", &period],
        &["period", "status", deceiving, "2026-11"],
    ] {
        for json in [false, true] {
            let more: &[&str] = if json { &["--json"] } else { &[] };
            let output = run(&[more, arguments].concat());
            assert_eq!(code(&output), 64, "{arguments:?}");
            let text = stderr(&output) + &stdout(&output);
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
            assert!(!text.contains("\nerror: paid"), "{text:?}");
        }
    }
    let output = run(&["tap", "validate\u{7}"]);
    assert!(stderr(&output).contains("validate\\u{7}"), "{}", stderr(&output));
}

#[test]
fn names_from_outside_should_be_harmless_when_they_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a\u{1b}[2J\nerror: paid.json");
    std::fs::write(&file, "{}").unwrap();
    for arguments in [
        &["agreement", "check", file.to_str().unwrap()][..],
        &["--key", file.to_str().unwrap(), "key", "show"],
        &["tap", "inspect", file.to_str().unwrap()],
        &["tap", "validate", file.to_str().unwrap()],
    ] {
        let output = run(arguments);
        let text = stderr(&output) + &stdout(&output);
        assert!(!text.contains('\u{1b}'), "{text:?}");
        assert!(!text.contains("\nerror: paid"), "{text:?}");
    }
}

#[test]
fn files_should_be_told_of_when_their_names_are_made_to_deceive_or_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let made = super::generate(folder.path(), &[]);
    let long = "x".repeat(250);
    for name in [&b"a\x1b[2J\nerror: paid"[..], b"\xff\xfebad", long.as_bytes()] {
        let file = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::copy(&made[0], &file).unwrap();
        for arguments in [
            &["tap", "validate"][..],
            &["tap", "inspect"],
            &["tap", "anchor", "--dry-run"],
            &["--json", "tap", "validate"],
            &["--json", "tap", "inspect"],
            &["--json", "tap", "anchor", "--dry-run"],
        ] {
            let output = command().args(arguments).arg(&file).output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
            assert_eq!(code(&output), 0, "{arguments:?}: {text}");
            assert!(!text.contains('\u{1b}') && !text.contains("panicked"), "{text:?}");
            assert!(!text.contains("\nerror: paid"), "{text:?}");
            if arguments[0] == "--json" {
                assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok(), "{text}");
            }
        }
    }
}

#[test]
fn terms_should_be_questioned_when_a_number_looks_like_a_slip() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    let template = stdout(&run(&["agreement", "template"]));
    let check = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let output = run(&["--json", "agreement", "check", path.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        value["questions"].as_array().unwrap().clone()
    };
    assert_eq!(check(&template), Vec::<Value>::new());
    let asked = check(&template.replacen("\"price\": \"0.03 EUR/min\" }", "\"price\": 30000000000000 }", 1));
    assert_eq!(asked.len(), 1);
    let asked = asked[0].as_str().unwrap();
    assert!(asked.contains("30000 EUR per min"), "{asked}");
}

#[test]
fn no_vault_should_be_left_when_a_passphrase_is_wrong_or_no_node_answers() {
    let folder = tempfile::tempdir().unwrap();
    let (file, vault) = (
        folder.path().join("sealing.json"),
        folder.path().join("vault.json"),
    );
    let file = file.to_str().unwrap();
    let made = piped(
        &["key", "sealing", "new", file],
        "",
        &[("INTERCLEAR_PASSPHRASE", "correct horse")],
    );
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    for (passphrase, words) in [
        ("battery staple", "passphrase"),
        ("correct horse", "no node answers"),
    ] {
        let new = [
            "--key",
            "//Alice",
            "vault",
            "new",
            vault.to_str().unwrap(),
            "--sealing-key",
            file,
        ];
        let output = piped(&new, "", &[("INTERCLEAR_PASSPHRASE", passphrase)]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert!(!vault.exists(), "{words}");
    }
}

#[test]
fn a_sealing_key_should_be_made_once_and_shown_without_a_passphrase_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (file, signs) = (folder.path().join("sealing.json"), folder.path().join("key.json"));
    let (file, signs) = (file.to_str().unwrap(), signs.to_str().unwrap());
    let secret = [("INTERCLEAR_PASSPHRASE", "correct horse")];
    let made = piped(&["--json", "key", "sealing", "new", file], "", &secret);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let made: Value = serde_json::from_str(&stdout(&made)).unwrap();
    let shown = piped(&["--json", "key", "sealing", "show", file], "", &[]);
    let shown: Value = serde_json::from_str(&stdout(&shown)).unwrap();
    assert_eq!(shown["sealing_key"], made["sealing_key"]);
    assert_eq!(shown["sealing_key"].as_str().map(str::len), Some(66));

    let again = piped(&["key", "sealing", "new", file], "", &secret);
    assert_eq!(code(&again), 1);
    assert!(stderr(&again).contains("exists already"), "{}", stderr(&again));

    // Neither kind of key stands for the other.
    assert_eq!(code(&piped(&["--key", file, "key", "show"], "", &[])), 1);
    assert_eq!(code(&piped(&["key", "import", signs], PHRASE, &secret)), 0);
    let other = piped(&["key", "sealing", "show", signs], "", &[]);
    assert_eq!(code(&other), 1);
    assert!(stderr(&other).contains("sealing key"), "{}", stderr(&other));

    // Without a node nothing is registered or listed.
    for command in ["register", "list"] {
        let mut arguments = vec!["--key", "//Alice", "key", "sealing", command];
        arguments.extend((command == "register").then_some(file));
        assert_ne!(code(&piped(&arguments, "", &[])), 0);
    }
}

#[test]
fn a_person_should_be_asked_about_a_slip_and_a_script_refused_when_nothing_says_yes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    let template = stdout(&run(&["agreement", "template"]));
    std::fs::write(
        &path,
        template.replacen("\"price\": \"0.03 EUR/min\"", "\"price\": \"30000 EUR/min\"", 1),
    )
    .unwrap();
    let arguments = [
        "--key",
        "//Alice",
        "agreement",
        "propose",
        "--with",
        "FRA7B",
        path.to_str().unwrap(),
    ];
    let command = arguments.join(" ");
    for (pressed, asked, words) in [
        ("n\n", true, "not confirmed; nothing was sent"),
        ("\n", true, "not confirmed; nothing was sent"),
        ("y\n", true, "no node answers"),
    ] {
        let Some((status, text)) = on_a_terminal(80, &command, pressed) else {
            return;
        };
        assert_eq!(status, 1, "{text}");
        assert_eq!(text.contains("Go on? [y/N]"), asked, "{text}");
        assert_eq!(text.contains("If you go on: "), asked, "{text}");
        assert!(
            text.contains("is it meant so?") && text.contains(words),
            "{pressed:?}: {text}"
        );
    }
    let (_, text) = on_a_terminal(80, &format!("--yes {command}"), "").unwrap();
    assert!(
        !text.contains("Go on?") && text.contains("no node answers"),
        "{text}"
    );
    let refused = piped(&arguments, "y\n", &[]);
    let text = stderr(&refused);
    assert!(
        !text.contains("Go on?") && !text.contains("no node answers"),
        "{text}"
    );
    assert!(
        text.contains("it looks like a slip") && text.contains("is it meant so?"),
        "{text}"
    );
    let meant = [&["--yes"], arguments.as_slice()].concat();
    let text = stderr(&piped(&meant, "", &[]));
    assert!(text.contains("no node answers"), "{text}");
}

/// What else asks about money knows it from the chain, and asks after that; see `Session::confirm`.
#[test]
fn nothing_should_be_sent_when_a_person_is_asked_and_does_not_say_yes() {
    let command = "--key //Alice cycle exclude-defaulters 7";
    for (pressed, words) in [
        ("n\n", "not confirmed; nothing was sent"),
        ("\n", "not confirmed; nothing was sent"),
        ("maybe\n", "not confirmed; nothing was sent"),
        ("y\n", "no node answers"),
    ] {
        let Some((status, text)) = on_a_terminal(80, command, pressed) else {
            return;
        };
        assert_eq!(status, 1, "{pressed:?}: {text}");
        assert!(
            text.contains("If you go on: Whoever has not funded cycle 7") && text.contains("Go on? [y/N]"),
            "{pressed:?}: {text}"
        );
        assert!(text.contains(words), "{pressed:?}: {text}");
        assert_eq!(
            text.contains("no node answers"),
            words == "no node answers",
            "{text}"
        );
    }
    let (_, text) = on_a_terminal(80, &format!("--yes {command}"), "").unwrap();
    assert!(
        !text.contains("Go on?") && text.contains("no node answers"),
        "{text}"
    );
    // A script is not asked, whatever is piped into it.
    let arguments: Vec<&str> = command.split(' ').collect();
    let text = stderr(&piped(&arguments, "n\n", &[]));
    assert!(
        !text.contains("Go on?") && text.contains("no node answers"),
        "{text}"
    );
}

#[test]
fn terms_should_fit_a_terminal_and_be_all_there_when_it_is_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    std::fs::write(&path, stdout(&run(&["agreement", "template"]))).unwrap();
    let words = |text: &str| {
        let words = text
            .split_whitespace()
            .map(|word| word.trim_end_matches(';').to_owned());
        words.collect::<std::collections::BTreeSet<_>>()
    };
    let wide = words(&stdout(&run(&["agreement", "check", path.to_str().unwrap()])));
    for columns in [60u16, 80, 120] {
        let command = format!("agreement check {}", path.display());
        let Some((status, text)) = on_a_terminal(columns, &command, "") else {
            return;
        };
        assert_eq!(status, 0, "{text}");
        // A command is not broken, so that it can be copied.
        let lines = text
            .lines()
            .filter(|line| !line.contains("interclear agreement propose"));
        let longest = lines.map(|line| line.trim_end().chars().count()).max();
        assert!(longest <= Some(columns.into()), "{columns}: {text}");
        // Rules under heads have another length, and a list of names and values has no head.
        let missing: Vec<_> = wide
            .difference(&words(&text))
            .filter(|word| !word.contains('─') && !["Item", "Agreed"].contains(&word.as_str()))
            .cloned()
            .collect();
        assert!(missing.is_empty(), "{columns}: {missing:?} is not in {text}");
    }
}

#[test]
fn terms_should_fit_the_columns_that_are_said_when_they_go_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    std::fs::write(&path, stdout(&run(&["agreement", "template"]))).unwrap();
    let longest = |columns: &str, more: &[&str]| {
        let arguments = ["agreement", "check", path.to_str().unwrap()];
        let output = piped(&[more, &arguments[..]].concat(), "", &[("COLUMNS", columns)]);
        let text = stdout(&output);
        let lines = text
            .lines()
            .filter(|line| !line.contains("interclear agreement propose"));
        lines.map(|line| line.trim_end().chars().count()).max()
    };
    let whole = longest("", &[]);
    assert!(whole > Some(60), "{whole:?}");
    assert!(longest("60", &[]) <= Some(60));
    assert_eq!(longest("60", &["--wide"]), whole);
    assert_eq!(longest("narrow", &[]), whole);
}

#[test]
fn sentences_should_be_wrapped_at_words_when_a_terminal_is_narrow() {
    let Some((status, text)) = on_a_terminal(60, "--key nowhere.json period close 0 2026-10", "") else {
        return;
    };
    assert_eq!(status, 1, "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    assert!(
        text.contains("error: there is no keystore file nowhere.json\n"),
        "{text}"
    );
    let (_, wide) = on_a_terminal(60, "--wide --key nowhere.json period close 0 2026-10", "").unwrap();
    assert!(wide.lines().any(|line| line.chars().count() > 60), "{wide}");
}

#[test]
fn nothing_half_written_should_be_left_when_a_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let binary = env!("CARGO_BIN_EXE_interclear");
    // As on a full disk, every write beyond 4 KiB of a file fails.
    let full = |command: &str| {
        let limited = format!("trap '' XFSZ; ulimit -f 4; {binary} {command}");
        Command::new("bash")
            .args(["-c", &limited])
            .current_dir(folder.path())
            .env("INTERCLEAR_URL", NOWHERE)
            .env("INTERCLEAR_CONFIG", "")
            .output()
            .unwrap()
    };
    let made = super::generate(folder.path(), &[]);
    let file = made[0].file_name().unwrap().to_str().unwrap();
    for command in [
        "tap generate --sender FRAF1 --recipient DEUD1 --period 2026-10 --out out".to_owned(),
        "tap generate --sender FRAF1 --recipient DEUD1 --period 2026-10 --nrtrde --events 5000 --out out"
            .to_owned(),
        "man out".to_owned(),
        format!("tap validate --store out/store {file}"),
    ] {
        let output = full(&command);
        assert_eq!(code(&output), 1, "{command}: {}", stderr(&output));
        let named = stderr(&output).contains("out/") || stderr(&output).contains("the store fails");
        assert!(named, "{}", stderr(&output));
    }
    let mut left = Vec::new();
    let mut folders = vec![folder.path().join("out")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            let data = entry.metadata().unwrap();
            match data.is_dir() {
                true => folders.push(entry.path()),
                // A database whose file is empty is begun anew.
                false if data.len() == 0 && entry.file_name() != "records.redb" => left.push(entry.path()),
                false => {}
            }
        }
    }
    assert_eq!(left, Vec::<std::path::PathBuf>::new(), "no leftovers of nothing");
    assert!(!folder
        .path()
        .join("out")
        .read_dir()
        .unwrap()
        .any(|entry| { entry.unwrap().file_name().to_string_lossy().starts_with("CD") }));

    // What was begun is mended by the next run that has room.
    let store = folder.path().join("out/store");
    let again = super::validate(&[&made[0]], &["--store", store.to_str().unwrap()]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));

    let unheard = Command::new("bash")
        .args(["-c", &format!("{binary} --json completions bash > /dev/full")])
        .output()
        .unwrap();
    assert_eq!(code(&unheard), 1);
    assert_eq!(error(&unheard)["error"]["code"], "output");
    assert!(stderr(&unheard).contains("standard output cannot be written"));
}

#[test]
fn tables_should_fit_a_terminal_when_it_is_narrow_and_keep_their_width_with_wide() {
    let folder = tempfile::tempdir().unwrap();
    let made = super::generate(folder.path(), &[]);
    let command = format!("--quiet tap validate {}", made[0].display());
    for columns in [60u16, 80, 120] {
        let Some((status, text)) = on_a_terminal(columns, &command, "") else {
            return;
        };
        assert_eq!(status, 0, "{text}");
        // A path has no place where it could be broken.
        let longest = text
            .lines()
            .filter(|line| !line.contains("CDDEUD1FRAF1"))
            .map(|line| line.trim_end().chars().count());
        assert!(longest.max() <= Some(columns.into()), "{columns}: {text}");
        let (_, wide) = on_a_terminal(columns, &format!("--wide {command}"), "").unwrap();
        assert!(wide.contains("Kind   Sender   Recipient"), "{wide}");
    }
}

#[test]
fn argument_should_be_refused_in_plain_words_when_a_library_cannot_read_it() {
    let (number, account) = (
        "it is not a whole number, such as 7",
        "it is not the address of an account",
    );
    let mistyped = ACCOUNT.replace("pnoc7f", "pnoc8f");
    for (arguments, words) in [
        (&["dispute", "show", "x"][..], number),
        (&["obligations", "--payer=1", "x"], "unexpected argument"),
        (&["sequence", "begin", "DEUD1", "FRAF1", ""], number),
        (&["watch", "--blocks", "1.5"], number),
        (&["agreement", "show", "99999999999"], "the number is too large"),
        (&["desk", "remove", "abc"], account),
        (&["desk", "remove", &mistyped], account),
        (
            &["validator", "report", "0xabc", "0xabc"],
            "it is not a hash: 64 hexadecimal digits",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 64, "{arguments:?}");
        let text = stderr(&output);
        assert!(text.contains(words), "{arguments:?}: {text}");
        let output = run(&[&["--json"], arguments].concat());
        let message = error(&output)["error"]["message"].to_string();
        assert!(message.contains(words), "{arguments:?}: {message}");
    }
}

#[test]
fn the_variable_should_be_named_when_a_sealing_key_is_named_that_is_empty() {
    for output in [
        piped(&["tap", "validate", "x"], "", &[("INTERCLEAR_SEALING_KEY", "")]),
        run(&["tap", "validate", "--sealing-key", "", "x"]),
    ] {
        assert_eq!(code(&output), 64);
        let text = stderr(&output);
        assert!(text.contains("INTERCLEAR_SEALING_KEY"), "{text}");
    }
}

#[test]
fn an_address_should_be_refused_with_what_is_missing_when_it_has_no_scheme() {
    for url in ["127.0.0.1:9944", "node.example", "tcp://127.0.0.1:9944"] {
        let output = run(&["--url", url, "status"]);
        assert_eq!(code(&output), 64, "{url}: {}", stderr(&output));
        let text = stderr(&output);
        assert!(
            text.contains("ws://") && !text.contains("relative"),
            "{url}: {text}"
        );
    }
}

#[test]
fn what_is_asked_about_should_be_named_alike_when_commands_differ() {
    // No node answers there: what was written has been understood.
    let url = ["--url", "ws://127.0.0.1:1"];
    for command in [
        &["exposure", "show"][..],
        &["obligations"],
        &["interest", "list"],
        &["cash", "forecast"],
        &["today"],
        &["agreement", "list"],
        &["inventory", "list"],
        &["key", "sealing", "list"],
    ] {
        for who in [&["DEU7A"][..], &["--operator", "DEU7A"]] {
            let output = run(&[&url[..], command, who].concat());
            let text = stderr(&output);
            assert!(text.contains("no node answers"), "{command:?} {who:?}: {text}");
        }
    }
    for period in [&["2026-12"][..], &["--period", "2026-12"]] {
        let output = run(&[&url[..], &["tariff", "rates"], period].concat());
        assert!(
            stderr(&output).contains("no node answers"),
            "{period:?}: {}",
            stderr(&output)
        );
    }
}
