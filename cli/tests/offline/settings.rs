//! Node, key and operator: what says them, what is in use, and what next steps carry of it.

use super::{code, conventions::piped, run, stderr, stdout};
use serde_json::Value;

#[test]
fn a_profile_should_give_way_to_environment_and_options_when_these_say_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let text = "[profile.a]\nkey = \"//Alice\"\nurl = \"ws://127.0.0.1:2\"\n[profile.b]\nkey = \"//Bob\"\n";
    std::fs::write(&path, text).unwrap();
    let config = ("INTERCLEAR_CONFIG", path.to_str().unwrap());
    let account = |arguments: &[&str], more: &[(&str, &str)]| {
        let output = piped(
            &[&["--json", "key", "show"], arguments].concat(),
            "",
            &[&[config], more].concat(),
        );
        let shown: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
        shown["account"].as_str().unwrap().to_owned()
    };
    let (alice, bob) = (
        account(&["--key", "//Alice"], &[]),
        account(&["--key", "//Bob"], &[]),
    );
    assert_ne!(alice, bob);
    assert_eq!(account(&["--profile", "a"], &[]), alice);
    assert_eq!(account(&[], &[("INTERCLEAR_PROFILE", "b")]), bob);
    assert_eq!(account(&["--profile", "a"], &[("INTERCLEAR_KEY", "//Bob")]), bob);
    assert_eq!(
        account(
            &["--profile", "b", "--key", "//Alice"],
            &[("INTERCLEAR_KEY", "//Bob")]
        ),
        alice
    );
    let lost = piped(&["--profile", "c", "key", "show"], "", &[config]);
    assert_eq!(code(&lost), 64);
    assert!(stderr(&lost).contains("there are a, b"), "{}", stderr(&lost));
    let missing = [("INTERCLEAR_CONFIG", "/nowhere/config.toml")];
    let none = piped(&["key", "show"], "", &missing);
    assert_eq!(code(&none), 64);
    assert!(!stderr(&none).contains("os error"), "{}", stderr(&none));
}

#[test]
fn a_person_should_see_what_is_in_use_and_what_says_so_when_settings_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let text = "default = \"a\"\nurl = \"ws://127.0.0.1:2\"\n[profile.a]\nkey = \"lost.json\"\noperator = \"DEU7A\"\n";
    std::fs::write(&path, text).unwrap();
    let config = ("INTERCLEAR_CONFIG", path.to_str().unwrap());
    let shown = |arguments: &[&str], more: &[(&str, &str)]| {
        let arguments = [&["--json", "config", "show"][..], arguments].concat();
        let output = piped(&arguments, "", &[&[config][..], more].concat());
        let shown: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
        move |name: &str| {
            let of = |part: &str| shown[name][part].as_str().unwrap_or_default().to_owned();
            (of("value"), of("from"))
        }
    };
    let usual = shown(&[], &[]);
    assert_eq!(
        usual("profile"),
        ("a".into(), "`default` of the configuration file".into())
    );
    assert_eq!(usual("url"), ("ws://127.0.0.1:1".into(), "INTERCLEAR_URL".into()));
    let (key, said_by) = usual("key");
    assert!(
        key.ends_with("/lost.json") && said_by == "profile a",
        "{key} {said_by}"
    );
    assert_eq!(usual("operator"), ("DEU7A".into(), "profile a".into()));
    assert_eq!(
        usual("price_factor"),
        ("5".into(), "taken unless said otherwise".into())
    );
    let said = shown(&["--url", "ws://127.0.0.1:3"], &[("INTERCLEAR_KEY", "//Alice")]);
    assert_eq!(said("url"), ("ws://127.0.0.1:3".into(), "--url".into()));
    assert_eq!(said("key"), ("//Alice".into(), "INTERCLEAR_KEY".into()));
    let secret = shown(&["--key", &"ab".repeat(32)], &[]);
    assert!(!secret("key").0.contains("abab"), "{:?}", secret("key"));
    // A key that is not there is told with what names it.
    let lost = stderr(&piped(&["key", "show"], "", &[config]));
    assert!(
        lost.contains("lost.json") && lost.contains("config.toml") && lost.contains("profile a"),
        "{lost}"
    );
    std::fs::write(&path, "[profile.a]\nkey = \"//Alice\"\noperater = \"DEU7A\"\n").unwrap();
    let misspelt = stderr(&piped(&["key", "show"], "", &[config]));
    assert!(
        misspelt.contains("line 3") && misspelt.contains("operater") && misspelt.contains("operator"),
        "{misspelt}"
    );
}

#[test]
fn a_setting_should_be_told_as_empty_when_the_environment_has_nothing_in_it() {
    let empty = [("INTERCLEAR_KEY", "")];
    let shown = stdout(&piped(&["--wide", "config", "show"], "", &empty));
    let line = |name: &str| {
        let mut lines = shown.lines().map(str::trim);
        lines.find(|line| line.starts_with(name)).unwrap().to_owned()
    };
    assert!(
        line("key").contains("empty: commands that need it are refused")
            && line("key").ends_with("INTERCLEAR_KEY"),
        "{shown}"
    );
    assert!(line("operator").contains("none"), "{shown}");
    assert!(
        line("configuration").contains("none") && line("configuration").ends_with("INTERCLEAR_CONFIG"),
        "{shown}"
    );
    let machines = stdout(&piped(&["--json", "config", "show"], "", &empty));
    let machines: Value = serde_json::from_str(&machines).unwrap();
    assert_eq!(machines["key"]["value"], "");

    let watch = piped(&["watch"], "", &[("INTERCLEAR_NOTIFY", "")]);
    assert_eq!(code(&watch), 64);
    let told = stderr(&watch);
    assert!(
        told.contains("it is empty") && told.contains("INTERCLEAR_NOTIFY"),
        "{told}"
    );
}

#[test]
fn what_is_in_use_should_be_shown_when_the_address_of_the_node_is_none() {
    let shown = |url| piped(&["--json", "config", "show"], "", &[("INTERCLEAR_URL", url)]);
    for (url, warned) in [
        ("", false),
        ("http://node.example", true),
        ("node.example:9944", true),
    ] {
        let output = shown(url);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["url"]["value"], url);
        assert_eq!(
            stderr(&output).contains("is not the address of a node"),
            warned,
            "{url}"
        );
        let refused = piped(&["token", "list"], "", &[("INTERCLEAR_URL", url)]);
        assert_eq!(code(&refused), 64, "{url}");
    }
}

#[test]
fn a_key_should_be_told_as_lost_when_what_is_in_use_is_shown() {
    let shown = |key| piped(&["config", "show"], "", &[("INTERCLEAR_KEY", key)]);
    let lost = shown("nothere.json");
    assert_eq!(code(&lost), 0, "{}", stderr(&lost));
    assert!(stdout(&lost).contains("nothere.json"), "{}", stdout(&lost));
    let told = stderr(&lost);
    assert!(
        told.contains("warning: the key cannot be used") && told.contains("nothere.json"),
        "{told}"
    );
    for fine in ["//Alice", ""] {
        let told = stderr(&shown(fine));
        assert!(!told.contains("warning"), "{fine}: {told}");
    }
}

#[test]
fn a_next_step_should_carry_the_options_in_use_when_it_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.json");
    std::fs::write(&path, stdout(&run(&["agreement", "template"]))).unwrap();
    let check = ["agreement", "check", path.to_str().unwrap()];
    let plain = stdout(&run(&check));
    assert!(plain.contains("interclear agreement propose --with"), "{plain}");
    let carried = stdout(&run(&[&["--url", "ws://127.0.0.1:3"][..], &check].concat()));
    assert!(
        carried.contains("interclear --url ws://127.0.0.1:3 agreement propose --with"),
        "{carried}"
    );
    // The environment holds for the next command, too.
    let same = piped(&check, "", &[("INTERCLEAR_URL", "ws://127.0.0.1:3")]);
    assert!(stdout(&same).contains("interclear agreement propose --with"));
}
