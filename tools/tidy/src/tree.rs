use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders that hold what is made, or comes from elsewhere.
const FOREIGN: [&str; 3] = [".git", "node_modules", "target"];

/// A text file of the repository.
pub struct Source {
    /// Relative to the root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// The repository's folder: two above the manifest that cargo runs the tests for.
///
/// # Panics
/// If the tests are not run by cargo.
pub fn root() -> PathBuf {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    PathBuf::from(manifest).join("../..")
}

/// The files below a folder of the repository whose name ends so, in order of their paths.
///
/// # Panics
/// If one of them cannot be read.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), ending, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let inside = path.strip_prefix(&root).unwrap_or(&path);
            Source {
                path: inside.display().to_string().trim_start_matches("./").to_owned(),
                text,
            }
        })
        .collect()
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !FOREIGN.contains(&name.as_ref()) {
                walk(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}
