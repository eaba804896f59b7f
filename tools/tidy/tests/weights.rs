//! What a call weighs is measured, as the pallet is now.

use interclear_tidy::{assert_none, pallets, root, Pallet};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// All that an expression finds in a text.
fn found(expression: &str, text: &str) -> BTreeSet<String> {
    let expression = Regex::new(expression).expect("a valid expression");
    expression
        .captures_iter(text)
        .map(|parts| parts[1].to_owned())
        .collect()
}

/// The text of a pallet's files whose paths are so.
fn text(pallet: &Pallet, is: impl Fn(&str) -> bool) -> String {
    let sources = pallet.sources.iter().filter(|source| is(&source.path));
    sources.map(|source| source.text.as_str()).collect()
}

fn weights(pallet: &Pallet) -> String {
    text(pallet, |path| path.ends_with("/weights.rs"))
}

/// What every node runs.
fn run(pallet: &Pallet) -> String {
    let apart = ["/weights.rs", "/benchmarking", "/mock.rs", "/tests/", "/tests.rs"];
    text(pallet, |path| !apart.iter().any(|part| path.contains(part)))
}

/// The functions of a pallet's `WeightInfo`.
fn measured(pallet: &Pallet) -> BTreeSet<String> {
    let weights = weights(pallet);
    let declared = weights
        .split("pub trait WeightInfo {")
        .nth(1)
        .and_then(|after| after.split("\n}").next())
        .unwrap_or_default();
    found(r"\bfn (\w+)\(", declared)
}

/// By the names of our pallets in the runtime, the storage that each of them has.
fn storage() -> BTreeMap<String, BTreeSet<String>> {
    let runtime = std::fs::read_to_string(root().join("runtime/src/lib.rs")).expect("the runtime is there");
    let name = Regex::new(r"pub type (\w+) = pallet_(\w+)").expect("a valid expression");
    let names: BTreeMap<&str, &str> = name
        .captures_iter(&runtime)
        .map(|found| found.extract().1)
        .map(|[name, pallet]| (pallet, name))
        .collect();
    pallets()
        .iter()
        .map(|pallet| {
            let items = found(
                r"#\[pallet::storage\](?:\s*#\[[^\]]*\])*\s*pub type (\w+)",
                &run(pallet),
            );
            assert!(!items.is_empty(), "the storage of {} is found", pallet.name);
            (names[pallet.name.as_str()].to_owned(), items)
        })
        .collect()
}

#[test]
fn weights_should_name_only_storage_that_there_is_when_it_is_of_our_pallets() {
    let storage = storage();
    let mut breaches = Vec::new();
    for pallet in pallets() {
        let named = found(r"// Storage: `?(\w+::\w+)", &weights(&pallet));
        assert!(!named.is_empty(), "{}: accesses are found", pallet.name);
        for item in named {
            let (owner, name) = item.split_once("::").unwrap_or_default();
            // Of a map that counts its entries.
            let name = name.strip_prefix("CounterFor").unwrap_or(name);
            if storage.get(owner).is_some_and(|items| !items.contains(name)) {
                breaches.push(format!("pallets/{}/src/weights.rs: {item}", pallet.name));
            }
        }
    }
    assert_none(
        "weights are measured again (scripts/weights) when storage changes; these name storage that is gone",
        breaches,
    );
}

#[test]
fn weight_should_have_a_benchmark_and_a_use_when_it_is_declared() {
    let runtime = std::fs::read_to_string(root().join("runtime/src/lib.rs")).expect("the runtime is there");
    let mut breaches = Vec::new();
    for pallet in pallets() {
        let measured = measured(&pallet);
        assert!(!measured.is_empty(), "the weights of {} are found", pallet.name);
        let benchmarks = found(
            r"#\[benchmark(?:\([^)]*\))?\]\s*(?:#\[[^\]]*\]\s*)*fn (\w+)",
            &text(&pallet, |path| path.contains("/benchmarking")),
        );
        let used = found(r"\bWeightInfo::(\w+)\(", &(run(&pallet) + &runtime));
        let mut say = |names: Vec<&String>, what: &str| {
            breaches.extend(
                names
                    .into_iter()
                    .map(|name| format!("{}: {name} {what}", pallet.name)),
            );
        };
        say(measured.difference(&benchmarks).collect(), "has no benchmark");
        say(benchmarks.difference(&measured).collect(), "is not in weights.rs");
        say(measured.difference(&used).collect(), "is used nowhere");
    }
    assert_none("each weight is measured by its benchmark, and charged", breaches);
}

/// Whether an expression is, or is made of, measured weights.
fn weighs(expression: &str) -> bool {
    ["T::WeightInfo::", "<T as Config>::WeightInfo::"]
        .iter()
        .any(|measured| expression.contains(measured))
}

#[test]
fn call_should_weigh_what_was_measured() {
    let call = Regex::new(
        r"(?s)#\[pallet::call_index\(\d+\)\]\s*#\[pallet::weight\((.*?)\)\]\s*(?:#\[[^\]]*\]\s*)*pub fn (\w+)",
    )
    .expect("a valid expression");
    let mut breaches = Vec::new();
    for pallet in pallets() {
        let run = run(&pallet);
        let mut weighed = BTreeSet::new();
        for [weight, name] in call.captures_iter(&run).map(|found| found.extract().1) {
            weighed.insert(name.to_owned());
            let own = found(r"::<T>::(\w+)\(", weight);
            let measured = weighs(weight)
                || own.iter().any(|function| {
                    run.split(&format!("fn {function}("))
                        .nth(1)
                        .is_some_and(|after| after.split("\n    }").next().is_some_and(weighs))
                });
            if !measured {
                breaches.push(format!("{}: {name} weighs {weight}", pallet.name));
            }
        }
        let calls = pallet.calls();
        breaches.extend(
            calls
                .difference(&weighed)
                .map(|name| format!("{}: the weight of {name} is not found", pallet.name)),
        );
    }
    assert_none("calls weigh what their benchmarks measured", breaches);
}
