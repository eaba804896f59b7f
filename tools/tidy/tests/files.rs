//! Sizes of files, links between documents, and the map of rules.

use interclear_tidy::{assert_none, files, members, pallets, root};
use regex::Regex;
use std::collections::BTreeSet;

/// What one can still read in one go; 400 is what to aim at.
const MOST_LINES: usize = 800;

#[test]
fn source_file_should_be_short_when_written_by_hand() {
    let breaches = [".rs", ".py", ".mjs", ".sql"]
        .iter()
        .flat_map(|ending| files(".", ending))
        .filter(|source| !source.path.ends_with("/weights.rs"))
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert_none(
        &format!("no source file has more than {MOST_LINES} lines"),
        breaches,
    );
}

#[test]
fn link_should_lead_somewhere_when_it_is_relative() {
    let link = Regex::new(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)").expect("a valid expression");
    let mut breaches = Vec::new();
    for source in files(".", ".md") {
        let here = root().join(&source.path);
        let folder = here.parent().expect("a file is in a folder");
        for target in link.captures_iter(&source.text).map(|found| found[1].to_owned()) {
            if !target.contains("://") && !target.starts_with("mailto:") && !folder.join(&target).exists() {
                breaches.push(format!("{}: {target}", source.path));
            }
        }
    }
    assert_none(
        "every relative link in Markdown leads to a file or folder",
        breaches,
    );
}

/// The map's rows end with the only place of a rule: a file, then the names that are defined there, all in backquotes.
#[test]
fn map_should_lead_to_the_rule_when_code_moves() {
    let quoted = Regex::new("`([^`]+)`").expect("a valid expression");
    let definition = Regex::new(r"\b(?:const(?:\s+fn)?|enum|fn|macro_rules!|mod|struct|trait|type)\s+(\w+)")
        .expect("a valid expression");
    let path = root().join("docs/architecture.md");
    let text = std::fs::read_to_string(path).expect("docs/architecture.md is there");
    let map = text
        .split("## Where is the rule?")
        .nth(1)
        .expect("the section of the map");
    let map = map.split("\n## ").next().unwrap_or(map);
    let mut breaches = Vec::new();
    let mut rows = 0;
    for row in map
        .lines()
        .filter(|line| line.starts_with('|') && line.contains('`'))
    {
        rows += 1;
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let mut names = quoted.captures_iter(last).map(|found| found[1].to_owned());
        let file = names.next().unwrap_or_default();
        let Ok(code) = std::fs::read_to_string(root().join(&file)) else {
            breaches.push(format!("there is no file {file:?}: {row}"));
            continue;
        };
        let defined: BTreeSet<&str> = definition
            .captures_iter(&code)
            .map(|found| found.extract::<1>().1[0])
            .collect();
        let missing = names.filter(|name| !defined.contains(name.as_str()));
        breaches.extend(missing.map(|name| format!("{file} does not define {name}")));
    }
    assert!(rows > 0, "the map in docs/architecture.md has rows");
    assert_none("the map in docs/architecture.md leads to what is there", breaches);
}

/// A section of a document in the repository's folder, from its heading to the next one of the same level.
fn section(file: &str, heading: &str) -> String {
    let text = std::fs::read_to_string(root().join(file)).expect("the document is there");
    let section = text.split(heading).nth(1).expect("the section is there");
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

/// Who reads the house's plan finds every room of it.
#[test]
fn plan_should_name_every_pallet_and_crate() {
    let plans = [
        ("README.md", "## How it is put together"),
        ("docs/architecture.md", "## The house"),
    ];
    let mut breaches = Vec::new();
    for (file, heading) in plans {
        let plan = section(file, heading);
        let words: BTreeSet<&str> = plan
            .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
            .collect();
        let unnamed = pallets()
            .into_iter()
            .map(|pallet| pallet.name)
            .filter(|name| !words.contains(name.as_str()));
        breaches.extend(unnamed.map(|name| format!("{file}: pallets/{name}")));
    }
    let plan = section("docs/architecture.md", "## The house");
    for member in members() {
        if let Some(name) = member.folder.strip_prefix("crates/") {
            let named = plan
                .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
                .any(|word| word == name);
            if !named {
                breaches.push(format!("docs/architecture.md: crates/{name}"));
            }
        }
    }
    assert_none(
        "the plans name every pallet, and one of them every crate",
        breaches,
    );
}

/// Who writes a program of its own finds every part of the library.
#[test]
fn readme_of_the_client_should_name_each_module_that_others_can_use() {
    let public = Regex::new(r"(?m)^pub mod (\w+);").expect("a valid expression");
    let read = |file: &str| std::fs::read_to_string(root().join(file)).expect("it is there");
    let (code, readme) = (read("crates/client/src/lib.rs"), read("crates/client/README.md"));
    let modules: Vec<String> = public
        .captures_iter(&code)
        .map(|found| found[1].to_owned())
        .collect();
    assert!(!modules.is_empty(), "the modules are found");
    let unnamed = modules
        .into_iter()
        .filter(|name| !readme.contains(&format!("[`{name}`](")))
        .collect();
    assert_none("crates/client/README.md names its modules", unnamed);
}
