use crate::tree::{files, root, Source};
use std::collections::BTreeSet;

/// A pallet of ours.
pub struct Pallet {
    /// The name of its folder in `pallets`.
    pub name: String,
    /// Its `.rs` files.
    pub sources: Vec<Source>,
    /// Its `README.md`; empty if there is none.
    pub readme: String,
}

/// The pallets.
///
/// # Panics
/// If `pallets` cannot be read.
pub fn pallets() -> Vec<Pallet> {
    let folder = root().join("pallets");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| Pallet {
            sources: files(&format!("pallets/{name}"), ".rs"),
            readme: std::fs::read_to_string(folder.join(&name).join("README.md")).unwrap_or_default(),
            name,
        })
        .collect()
}

impl Pallet {
    /// Whether it has this file, given relative to the pallet.
    pub fn has(&self, file: &str) -> bool {
        root().join("pallets").join(&self.name).join(file).is_file()
    }

    /// The names of its calls.
    pub fn calls(&self) -> BTreeSet<String> {
        let mut calls = BTreeSet::new();
        for source in &self.sources {
            for after in source.text.split("#[pallet::call_index(").skip(1) {
                let name = after
                    .split_once("pub fn ")
                    .map(|(_, signature)| identifier(signature));
                calls.extend(name);
            }
        }
        calls
    }

    /// The calls that the README's tables name: tables whose first column is headed `call`.
    pub fn calls_in_readme(&self) -> BTreeSet<String> {
        let mut calls = BTreeSet::new();
        let mut of_calls = false;
        let mut inside = false;
        for line in self.readme.lines() {
            let Some(row) = line.trim().strip_prefix('|') else {
                inside = false;
                continue;
            };
            let first = row.split('|').next().unwrap_or_default();
            if !inside {
                of_calls = first.trim().trim_matches('*').eq_ignore_ascii_case("call");
                inside = true;
            } else if of_calls {
                calls.extend(first.split('`').skip(1).step_by(2).map(str::to_owned));
            }
        }
        calls
    }

    /// All text of its tests.
    pub fn tests(&self) -> String {
        let tests = format!("pallets/{}/src/tests", self.name);
        self.sources
            .iter()
            .filter(|source| source.path.starts_with(&tests))
            .map(|source| source.text.as_str())
            .collect()
    }
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|&c| c.is_alphanumeric() || c == '_')
        .collect()
}
