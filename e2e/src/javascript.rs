//! Scripts that use `@polkadot/api` of npm, without a types bundle, and the light client smoldot.

use std::{fs, fs::File, io, path::Path, process::Command};

/// Where they are.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/javascript");

/// Installs what the scripts need, as their lock file says, unless it is there; whoever comes at the same time waits. `false` where
/// there is no npm.
///
/// # Errors
/// What npm says.
pub fn install() -> io::Result<bool> {
    let folder = Path::new(FOLDER);
    let wanted = File::open(folder.join("package-lock.json"))?;
    wanted.lock()?;
    // npm writes it last.
    let installed = fs::metadata(folder.join("node_modules/.package-lock.json")).and_then(|is| is.modified());
    if installed.is_ok_and(|at| {
        wanted
            .metadata()
            .and_then(|is| is.modified())
            .is_ok_and(|of| of <= at)
    }) {
        return Ok(true);
    }
    match run("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"]) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        done => done.map(|_| true),
    }
}

/// Runs a program in the folder, and returns what it prints.
///
/// # Errors
/// There is no such program, or it fails; then with what it prints.
pub fn run(program: &str, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(FOLDER)
        .output()?;
    let [said, complained] =
        [output.stdout, output.stderr].map(|octets| String::from_utf8_lossy(&octets).into_owned());
    if output.status.success() {
        Ok(said)
    } else {
        let all = format!("{program} {arguments:?}\n{said}\n{complained}");
        Err(io::Error::other(all))
    }
}
