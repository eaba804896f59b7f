//! Sizes of files, links between documents, and the map of rules.

use interclear_tidy::{assert_none, files, root};
use regex::Regex;
use std::collections::BTreeSet;

/// What one can still read in one go; 400 is what to aim at.
const MOST_LINES: usize = 800;

#[test]
fn source_file_should_be_short_when_written_by_hand() {
    let breaches = files(".", ".rs")
        .into_iter()
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
