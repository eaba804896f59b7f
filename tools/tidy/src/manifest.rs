use crate::tree::{files, Source};
use toml::{Table, Value};

/// A crate's `Cargo.toml`.
pub struct Manifest {
    /// Relative to the root.
    pub path: String,
    /// Relative to the root.
    pub folder: String,
    table: Table,
}

/// Where a manifest lists dependencies.
const LISTS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

impl Manifest {
    fn new(source: &Source) -> Self {
        Manifest {
            path: source.path.clone(),
            folder: source
                .path
                .trim_end_matches("Cargo.toml")
                .trim_end_matches('/')
                .to_owned(),
            table: source
                .text
                .parse()
                .unwrap_or_else(|error| panic!("{}: {error}", source.path)),
        }
    }

    /// The manifest of the workspace.
    ///
    /// # Panics
    /// If there is none.
    pub fn of_workspace() -> Self {
        let sources = files(".", "Cargo.toml");
        let source = sources.iter().find(|source| source.path == "Cargo.toml");
        Manifest::new(source.expect("the repository is a workspace"))
    }

    /// The name of the crate; empty for the workspace.
    pub fn name(&self) -> &str {
        self.get(&["package", "name"])
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The value under these keys.
    pub fn get(&self, keys: &[&str]) -> Option<&Value> {
        let (last, tables) = keys.split_last()?;
        let mut table = &self.table;
        for key in tables {
            table = table.get(*key)?.as_table()?;
        }
        table.get(*last)
    }

    /// Names of the dependencies of all kinds as the manifest calls them, with what it says of each.
    pub fn dependencies(&self) -> Vec<(String, Value)> {
        LISTS
            .iter()
            .filter_map(|list| self.get(&[list]).and_then(Value::as_table))
            .flat_map(|table| table.iter().map(|(name, value)| (name.clone(), value.clone())))
            .collect()
    }
}

/// The manifests of the workspace's crates.
pub fn members() -> Vec<Manifest> {
    files(".", "Cargo.toml")
        .iter()
        .map(Manifest::new)
        .filter(|manifest| !manifest.name().is_empty() && manifest.get(&["workspace"]).is_none())
        .collect()
}
