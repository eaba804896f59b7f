//! The guide to governance names calls as the chain has them, in the way in which polkadot.js Apps writes them.

use super::{calls_of, metadata};
use std::collections::BTreeMap;

/// A name as polkadot.js writes it: `set_networks` is `setNetworks`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    if let Some(first) = camel.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    for part in parts {
        let mut letters = part.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// The arguments of all calls.
fn calls() -> BTreeMap<String, Vec<String>> {
    let metadata = metadata();
    let mut found = BTreeMap::new();
    for pallet in &metadata.pallets {
        for call in calls_of(&metadata.types, pallet).unwrap_or_default() {
            let arguments = call.fields.iter().filter_map(|field| field.name.as_deref());
            found.insert(
                format!("{}.{}", camel(&pallet.name), camel(&call.name)),
                arguments.map(camel).collect(),
            );
        }
    }
    found
}

#[test]
fn the_guide_to_governance_should_name_calls_and_arguments_as_they_are() {
    let calls = calls();
    let guide = include_str!("../../../docs/governance.md");
    let mut named = 0;
    for code in guide.split('`').skip(1).step_by(2) {
        let Some((call, arguments)) = code.strip_suffix(')').and_then(|code| code.split_once('(')) else {
            continue;
        };
        let known = calls.get(call).unwrap_or_else(|| panic!("{call} is not a call"));
        let arguments: Vec<&str> = arguments.split(", ").collect();
        assert_eq!(known, &arguments, "{call}");
        named += 1;
    }
    assert!(named > 30, "{named}");
}
