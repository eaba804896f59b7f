//! Every pallet has the same rooms, and a README that names what it can do.

use interclear_tidy::{assert_none, pallets, root};
use regex::Regex;
use std::{collections::BTreeSet, fs};

/// Files of every pallet. Where two are given, either will do.
const ROOMS: [&[&str]; 13] = [
    &["README.md"],
    &["src/lib.rs"],
    &["src/calls/mod.rs"],
    &["src/ports.rs"],
    &["src/queries.rs"],
    &["src/hooks.rs"],
    &["src/types.rs"],
    &["src/try_state.rs"],
    &["src/weights.rs"],
    &["src/benchmarking.rs", "src/benchmarking/mod.rs"],
    &["src/mock.rs"],
    &["src/tests/mod.rs"],
    &["src/tests/invariants.rs"],
];

#[test]
fn pallet_should_have_every_room() {
    let mut breaches = Vec::new();
    for pallet in pallets() {
        for room in ROOMS {
            if !room.iter().any(|file| pallet.has(file)) {
                breaches.push(format!("pallets/{}/{}", pallet.name, room.join(" or ")));
            }
        }
    }
    assert_none("every pallet has the same rooms; missing are", breaches);
}

#[test]
fn readme_should_name_a_call_exactly_when_it_exists() {
    let mut breaches = Vec::new();
    for pallet in pallets() {
        let (calls, named) = (pallet.calls(), pallet.calls_in_readme());
        assert!(!calls.is_empty(), "pallet {} has calls", pallet.name);
        let missing = calls
            .difference(&named)
            .map(|call| format!("{}: {call} is missing", pallet.name));
        breaches.extend(missing);
        let gone = named
            .difference(&calls)
            .map(|call| format!("{}: {call} is not a call", pallet.name));
        breaches.extend(gone);
    }
    assert_none(
        "the table of calls in a pallet's README names its calls",
        breaches,
    );
}

#[test]
fn call_should_be_named_in_the_tests_of_its_pallet() {
    let mut breaches = Vec::new();
    for pallet in pallets() {
        let tests = pallet.tests();
        let untested = pallet
            .calls()
            .into_iter()
            .filter(|call| !tests.contains(call.as_str()));
        breaches.extend(untested.map(|call| format!("{}: {call}", pallet.name)));
    }
    assert_none("every call is tested in src/tests", breaches);
}

/// `interclear watch` shows the events of the pallets that the client lists.
#[test]
fn client_should_list_every_pallet_of_ours_when_the_runtime_has_it() {
    let read = |file: &str| fs::read_to_string(root().join(file)).expect("a source file is there");
    let (runtime, client) = (read("runtime/src/lib.rs"), read("crates/client/src/calls.rs"));
    let list = client
        .split("pub const PALLETS")
        .nth(1)
        .and_then(|after| after.split("];").next())
        .expect("the client lists pallets");
    let listed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let ours: BTreeSet<String> = pallets()
        .iter()
        .map(|pallet| format!("pallet_{}", pallet.name))
        .collect();
    let declared = Regex::new(r"pub type (\w+) = ([\w:]+)").expect("a valid expression");
    let (mut known, mut breaches) = (BTreeSet::new(), Vec::new());
    for [name, pallet] in declared.captures_iter(&runtime).map(|found| found.extract().1) {
        known.insert(name);
        if (ours.contains(pallet) || pallet.starts_with("crate::")) && !listed.contains(name) {
            breaches.push(format!("{name} is missing"));
        }
    }
    breaches.extend(
        listed
            .difference(&known)
            .map(|name| format!("{name} is not a pallet of the runtime")),
    );
    assert!(known.len() > ours.len(), "the pallets of the runtime are found");
    assert_none("PALLETS of crates/client/src/calls.rs", breaches);
}

/// What the command line says to a refusal is said by the names of errors and pallets.
#[test]
fn client_should_hint_only_at_errors_that_pallets_have() {
    let read = |file: &str| fs::read_to_string(root().join(file)).expect("a source file is there");
    let text = read("cli/src/error.rs");
    let hints = text
        .split("fn next_step")
        .nth(1)
        .and_then(|after| after.split("\nfn ").next())
        .expect("the command line has hints");
    let name = Regex::new(r#""([A-Z]\w+)""#).expect("a valid expression");
    let mut known: BTreeSet<String> = pallets()
        .iter()
        .flat_map(|pallet| {
            // A long list has a file of its own.
            let of = |file| format!("pallets/{}/src/{file}.rs", pallet.name);
            let apart = fs::read_to_string(root().join(of("errors")));
            let source = apart.unwrap_or_else(|_| read(&of("lib")));
            let errors = source
                .split("pub enum Error")
                .nth(1)
                .unwrap_or_default()
                .to_owned();
            let errors = errors.split("\n    }").next().unwrap_or_default().to_owned();
            let variants = errors
                .lines()
                .map(|line| line.trim().trim_end_matches(',').to_owned());
            variants.collect::<Vec<_>>()
        })
        .collect();
    let client = read("crates/client/src/calls.rs");
    let list = client.split("pub const PALLETS").nth(1).unwrap_or_default();
    let list = list.split("];").next().unwrap_or_default();
    known.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
    let named: BTreeSet<&str> = name
        .captures_iter(hints)
        .map(|found| found.extract::<1>().1[0])
        .collect();
    assert!(named.len() > 20, "hints are found");
    let breaches = named
        .into_iter()
        .filter(|name| !known.contains(*name))
        .map(|name| format!("{name} is not an error of a pallet"))
        .collect();
    assert_none("next_step of cli/src/error.rs", breaches);
}

/// Whoever watches a node finds all of a pallet's idle work under one target, and a test fails where a node only logs.
#[test]
fn idle_work_should_be_told_under_the_name_of_its_pallet_when_it_cannot_go_on() {
    let mut breaches = Vec::new();
    for pallet in pallets() {
        for source in &pallet.sources {
            if source.path.contains("/tests/") {
                continue;
            }
            if source.text.contains("log::") {
                breaches.push(format!("{}: logs without `unexpected!`", source.path));
            }
            for after in source.text.split("LOG_TARGET: &str = \"").skip(1) {
                let target = after.split('"').next().unwrap_or_default();
                if target != format!("runtime::interclear::{}", pallet.name) {
                    breaches.push(format!("{}: the target {target}", source.path));
                }
            }
            let swallows = ["let _ =", ".ok();", "if let Ok("]
                .iter()
                .filter(|way| source.path.ends_with("/hooks.rs") && source.text.contains(**way));
            breaches.extend(swallows.map(|way| format!("{}: `{way}` swallows an error", source.path)));
        }
        let told = pallet
            .sources
            .iter()
            .any(|source| !source.path.contains("/tests/") && source.text.contains("unexpected!("));
        if told && !pallet.tests().contains("fn idle_work_should_fail_in_tests_when_") {
            breaches.push(format!("{}: no test fails by `unexpected!`", pallet.name));
        }
    }
    assert_none(
        "errors in idle work are told by `unexpected!`, under runtime::interclear::<pallet>",
        breaches,
    );
}

/// The body of a function, as far as its closing brace stands below its `fn`.
fn body<'t>(text: &'t str, function: &str) -> Option<&'t str> {
    let start = text.find(&format!("fn {function}("))?;
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let indent: String = text[line..].chars().take_while(|letter| *letter == ' ').collect();
    text[start..].split(&format!("\n{indent}}}\n")).next()
}

/// Who reads the docs of a call that lists its errors finds those of its rule.
#[test]
fn docs_of_a_call_should_name_an_error_when_its_rule_returns_it() {
    let error = Regex::new(r"Error(?:::<T>)?::([A-Z]\w+)").expect("a valid expression");
    let rule = Regex::new(r"\b(do_\w+)\(").expect("a valid expression");
    let name = Regex::new(r"pub fn (\w+)").expect("a valid expression");
    let (mut seen, mut breaches) = (0, Vec::new());
    for pallet in pallets() {
        let rules: String = pallet
            .sources
            .iter()
            .filter(|source| source.path.contains("/src/calls/"))
            .map(|source| source.text.as_str())
            .collect();
        let lib = pallet
            .sources
            .iter()
            .find(|source| source.path.ends_with("/src/lib.rs"));
        let lib = lib.map_or("", |source| source.text.as_str());
        let mut parts = lib.split("#[pallet::call_index(");
        let mut before = parts.next().unwrap_or_default();
        for part in parts {
            // The docs are what stands before the attribute, without a line between.
            let docs = before.rsplit("\n\n").next().unwrap_or_default();
            before = part;
            let Some(call) = name.captures(part).map(|found| found[1].to_owned()) else {
                continue;
            };
            if !docs.contains("[`Error::") {
                continue;
            }
            let code = body(part, &call).unwrap_or_default();
            for found in rule.captures_iter(code) {
                let returned = body(&rules, &found[1]).unwrap_or_default();
                for error in error.captures_iter(returned).map(|found| found[1].to_owned()) {
                    seen += 1;
                    if !docs.contains(&format!("[`Error::{error}`]")) {
                        breaches.push(format!("{}: {call}: {error}", pallet.name));
                    }
                }
            }
        }
    }
    assert!(seen > 50, "errors are found");
    assert_none(
        "docs of calls that list errors list those of their rule",
        breaches,
    );
}
