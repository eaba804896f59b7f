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

/// The files of a crate by their modules, and the names that each module has from a file below it.
struct Known {
    modules: BTreeSet<Path>,
    from_below: BTreeMap<(Path, String), Path>,
}

impl Known {
    fn of(sources: &BTreeMap<Path, String>) -> Self {
        let modules: BTreeSet<Path> = sources.keys().cloned().collect();
        let import = Regex::new(r"(?s)\buse ([^;]*);").expect("a valid expression");
        let definition =
            Regex::new(r"\bpub(?:\([^)]*\))? (?:const |async )?(?:const|enum|fn|struct|trait|type) (\w+)")
                .expect("a valid expression");
        let mut from_below = BTreeMap::new();
        for (here, code) in sources {
            let mut names = BTreeSet::new();
            for found in import.captures_iter(code) {
                spread(&found[1], "", &mut names);
            }
            for name in names {
                let parts: Vec<&str> = name.trim_start_matches("self::").split("::").collect();
                let Some((last, way)) = parts.split_last() else {
                    continue;
                };
                let mut below = here.clone();
                for part in way {
                    below.push((*part).to_owned());
                }
                while below.len() > here.len() && !modules.contains(&below) {
                    below.pop();
                }
                if below.len() == here.len() {
                    continue;
                }
                let exported: Vec<&str> = match *last {
                    "*" => definition
                        .captures_iter(&sources[&below])
                        .map(|found| found.extract::<1>().1[0])
                        .collect(),
                    // What it is called here.
                    last => last.split_whitespace().last().into_iter().collect(),
                };
                for name in exported {
                    from_below.insert((here.clone(), name.to_owned()), below.clone());
                }
            }
        }
        Self { modules, from_below }
    }

    /// The module in which the file is that a path leads to, through all that is exported again.
    fn file_of(&self, path: Path) -> Path {
        let mut module = path.clone();
        while !module.is_empty() && !self.modules.contains(&module) {
            module.pop();
        }
        let rest = path.get(module.len()..).unwrap_or_default();
        let Some((name, rest)) = rest.split_first() else {
            return module;
        };
        match self.from_below.get(&(module.clone(), name.clone())) {
            Some(below) => {
                let mut path = below.clone();
                path.extend(rest.iter().cloned());
                self.file_of(path)
            }
            None => module,
        }
    }
}

/// The modules of its crate that a module names, by `crate::` and `super::`.
fn needs(code: &str, here: &Path, known: &Known) -> BTreeSet<Path> {
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
        let path = known.file_of(path);
        if path != *here && !path.is_empty() {
            needed.insert(path);
        }
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
                let code = source.text.split("#[cfg(test)]\nmod tests {").next()?;
                // A link in a comment needs nothing.
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                let code = lines.collect::<Vec<_>>().join("\n");
                Some((path, code))
            })
            .collect();
        let known = Known::of(&sources);
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
                let by: Vec<_> = edges[start].iter().map(|there| there.join("::")).collect();
                breaches.push(format!(
                    "{folder}: {} (needs {})",
                    start.join("::"),
                    by.join(", ")
                ));
            }
        }
    }
    assert!(seen > 0, "needs are found");
    assert_none("files side by side are not in a circle; these are", breaches);
}
