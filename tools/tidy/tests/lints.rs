//! Code that the chain runs cannot panic by accident.

use interclear_tidy::{assert_none, files, pallets, root};
use std::fs;

/// What a crate has that the runtime is built from.
const IN_WASM: &str = "#![cfg_attr(not(feature = \"std\"), no_std)]";
/// It runs in the compiler, and writes code that the chain runs.
const WRITES_CODE: &str = "crates/record";

/// Folders of the pure crates that the runtime is built from.
fn pure() -> Vec<String> {
    let of_wasm = files("crates", "lib.rs")
        .into_iter()
        .filter(|source| source.text.contains(IN_WASM))
        .filter_map(|source| source.path.strip_suffix("/src/lib.rs").map(str::to_owned));
    let pure: Vec<String> = of_wasm.chain([WRITES_CODE.to_owned()]).collect();
    assert!(pure.len() > 1, "crates for the WASM are found");
    pure
}

/// What the first lines of all of them have, and of every pallet.
const ALL: &str = "#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]";
/// What a pure crate has, too. Where a lint is wrong, an `allow` with its reason says why.
const IN_PURE: &str = "#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]";
/// What a pallet has, too; the attributes of FRAME expand to `expect`.
const IN_PALLET: &str = "#![cfg_attr(not(test), deny(clippy::unwrap_used))]";

#[test]
fn crate_should_deny_what_panics_when_the_chain_runs_it() {
    let pure = pure().into_iter().map(|folder| (folder, IN_PURE));
    let pallets = pallets()
        .into_iter()
        .map(|pallet| (format!("pallets/{}", pallet.name), IN_PALLET));
    let mut breaches = Vec::new();
    for (folder, second) in pure.chain(pallets) {
        let text = fs::read_to_string(root().join(&folder).join("src/lib.rs")).expect("a crate has a lib.rs");
        if !(text.contains(ALL) && text.contains(second)) {
            breaches.push(format!("{folder}/src/lib.rs lacks {ALL} or {second}"));
        }
    }
    assert_none("crates that the chain runs deny what panics", breaches);
}

/// Files of a pallet that the chain does not run.
const FOR_TESTS: [&str; 4] = ["/tests/", "/tests.rs", "/mock.rs", "/benchmarking"];

#[test]
fn expect_should_end_with_its_proof_when_it_is_in_a_pallet() {
    let mut breaches = Vec::new();
    for source in pallets().iter().flat_map(|pallet| &pallet.sources) {
        if FOR_TESTS.iter().any(|part| source.path.contains(part)) {
            continue;
        }
        let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        for after in code.split(".expect(\"").skip(1) {
            let message = after.split('"').next().unwrap_or_default();
            if !message.ends_with("; qed") {
                breaches.push(format!("{}: {message:?}", source.path));
            }
        }
    }
    assert_none(
        "the message of `expect` says why it holds, and ends with `; qed`",
        breaches,
    );
}

/// Files of pallets and pure crates for tests and measurements alone, which may stop where they are wrong.
const APART: [&str; 8] = [
    "/tests/",
    "/tests.rs",
    "/benches/",
    "/mock.rs",
    "/mocks",
    "/samples.rs",
    "/benchmarking",
    "/weights.rs",
];

#[test]
fn lint_should_be_allowed_in_one_place_for_a_reason_when_the_chain_runs_the_code() {
    let mut breaches = Vec::new();
    for source in pure()
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .chain(files("pallets", ".rs"))
    {
        if APART.iter().any(|part| source.path.contains(part)) {
            continue;
        }
        if source.text.contains("#![allow(") {
            breaches.push(format!("{} allows something in all of it", source.path));
        }
        for after in source.text.split("#[allow(").skip(1) {
            let allowed = after.split(")]").next().unwrap_or_default();
            if !allowed.contains("reason = ") {
                breaches.push(format!("{} does not say why it allows {allowed}", source.path));
            }
        }
    }
    assert_none(
        "code that the chain runs allows one thing at a time, and says why",
        breaches,
    );
}
