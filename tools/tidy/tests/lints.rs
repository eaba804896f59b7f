//! Code that the chain runs cannot panic by accident.

use interclear_tidy::{assert_none, root};
use std::fs;

/// Pure crates that the runtime is built from.
const PURE: [&str; 7] = [
    "billing",
    "merkle",
    "netting",
    "ports",
    "primitives",
    "rating",
    "record",
];

/// What the first lines of each of them have, and of each pallet. Where a lint is wrong, an `allow` with its reason says why.
const STRICT: [&str; 2] = [
    "#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]",
    "#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]",
];

/// Those that do not have it yet. The list may only become shorter.
const NOT_YET: &[&str] = &[
    "crates/billing",
    "crates/ports",
    "crates/primitives",
    "pallets/agreements",
    "pallets/anchoring",
    "pallets/inventory",
    "pallets/netting",
    "pallets/operators",
    "pallets/reports",
    "pallets/settlement",
    "pallets/statements",
    "pallets/tariffs",
];

fn strict_crates() -> Vec<String> {
    let pallets = fs::read_dir(root().join("pallets"))
        .expect("pallets is a folder")
        .flatten();
    let pallets = pallets.map(|entry| format!("pallets/{}", entry.file_name().to_string_lossy()));
    pallets
        .chain(PURE.map(|name| format!("crates/{name}")))
        .filter(|folder| root().join(folder).join("Cargo.toml").is_file())
        .collect()
}

#[test]
fn crate_should_deny_what_panics_when_the_chain_runs_it() {
    let mut breaches = Vec::new();
    for folder in strict_crates() {
        let text = fs::read_to_string(root().join(&folder).join("src/lib.rs")).expect("a crate has a lib.rs");
        let (has, excused) = (
            STRICT.iter().all(|line| text.contains(line)),
            NOT_YET.contains(&folder.as_str()),
        );
        if !has && !excused {
            breaches.push(format!("{folder}/src/lib.rs lacks {}", STRICT.join(" and ")));
        }
        if has && excused {
            breaches.push(format!("{folder} has it: take it out of NOT_YET"));
        }
    }
    assert_none("crates that the chain runs deny what panics", breaches);
}
