//! Every pallet has the same rooms, and a README that names what it can do.

use interclear_tidy::{assert_none, pallets};

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
