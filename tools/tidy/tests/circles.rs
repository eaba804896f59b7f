//! Files that are side by side do not need each other in a circle: each can be read after those that it needs.

use interclear_tidy::{assert_none, files, members};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// The way to a module from its crate's root.
type Path = Vec<String>;

/// The module that a file is, by its place below `src`; `None` for what tests and measures, which needs everything.
fn module(file: &str) -> Option<Path> {
    let mut path: Path = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        path.pop();
    }
    let apart = ["tests", "mock", "mocks", "benchmarking", "bin", "weights"];
    path.iter()
        .all(|part| !apart.contains(&part.as_str()))
        .then_some(path)
}

/// The paths that a group of imports names, such as `super::{a, b::{C, D}}`, without what stands in `as`.
fn spread(text: &str, before: &str, found: &mut BTreeSet<String>) {
    let (mut depth, mut start) = (0_u32, 0);
    for (place, letter) in text.char_indices().chain([(text.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let part = text[start..place].trim();
                start = place + 1;
                match part.split_once('{') {
                    Some((head, inner)) => {
                        let inner = inner.trim_end().trim_end_matches('}');
                        spread(inner, &format!("{before}{}", head.trim()), found);
                    }
                    None => drop(found.insert(format!("{before}{part}"))),
                }
            }
            _ => {}
        }
    }
}

/// The modules of its crate that a module names, by `crate::` and `super::`.
fn needs(code: &str, here: &Path, known: &BTreeSet<Path>) -> BTreeSet<Path> {
    let import = Regex::new(r"(?s)\buse ((?:crate|super)::[^;]*);").expect("a valid expression");
    let direct = Regex::new(r"\b(?:crate|super)(?:::\w+)+").expect("a valid expression");
    let mut names = BTreeSet::new();
    for found in import.captures_iter(code) {
        spread(&found[1], "", &mut names);
    }
    names.extend(direct.find_iter(code).map(|found| found.as_str().to_owned()));
    let mut needed = BTreeSet::new();
    for name in names {
        let mut path = here.clone();
        for part in name.split("::") {
            match part.split_whitespace().next().unwrap_or_default() {
                "crate" => path.clear(),
                "super" => drop(path.pop()),
                "self" => {}
                part => path.push(part.to_owned()),
            }
        }
        // The longest part of the way that is a module; the rest is in it.
        while !path.is_empty() && !known.contains(&path) {
            path.pop();
        }
        needed.insert(path);
    }
    needed
}

#[test]
fn files_should_not_need_each_other_when_they_are_side_by_side() {
    let mut breaches = Vec::new();
    let mut seen = 0;
    for member in members() {
        let folder = format!("{}/src", member.folder);
        let sources: BTreeMap<Path, String> = files(&folder, ".rs")
            .into_iter()
            .filter_map(|source| {
                let path = module(source.path.strip_prefix(&folder)?.trim_start_matches('/'))?;
                let code = source.text.split("#[cfg(test)]\nmod tests {").next()?.to_owned();
                Some((path, code))
            })
            .collect();
        let known: BTreeSet<Path> = sources.keys().cloned().collect();
        // Between the children of one folder: what is below a child counts as the child. A folder and what is in it
        // may name each other.
        let mut edges: BTreeMap<Path, BTreeSet<Path>> = BTreeMap::new();
        for (here, code) in &sources {
            for there in needs(code, here, &known) {
                let common = here
                    .iter()
                    .zip(&there)
                    .take_while(|(one, other)| one == other)
                    .count();
                if here.len() > common && there.len() > common {
                    seen += 1;
                    let from = here[..=common].to_vec();
                    edges.entry(from).or_default().insert(there[..=common].to_vec());
                }
            }
        }
        for start in edges.keys() {
            let (mut reached, mut open) = (BTreeSet::new(), vec![start]);
            while let Some(next) = open.pop() {
                for there in edges.get(next).into_iter().flatten() {
                    if reached.insert(there) {
                        open.push(there);
                    }
                }
            }
            if reached.contains(start) {
                breaches.push(format!("{folder}: {}", start.join("::")));
            }
        }
    }
    assert!(seen > 0, "needs are found");
    assert_none("files side by side are not in a circle; these are", breaches);
}
