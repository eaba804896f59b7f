//! The repository as its rules see it: files, manifests, pallets, doc comments. The rules are the tests of this crate.
//!
//! A rule collects every breach and says for each where it is, so that one run names all there is to mend.

mod manifest;
mod pallet;
mod prose;
mod tree;

pub use manifest::{members, Manifest};
pub use pallet::{pallets, Pallet};
pub use prose::{interface_texts, Passage};
pub use tree::{files, root, Source};

/// Fails with all breaches, one a line, if there is any.
///
/// # Panics
/// With the rule and its breaches, unless there are none.
pub fn assert_none(rule: &str, breaches: Vec<String>) {
    assert!(
        breaches.is_empty(),
        "{rule}\n  {}\n{} in all",
        breaches.join("\n  "),
        breaches.len()
    );
}
