//! A network of four operators with keys of their own, founded as its operators would: by `interclear-node network`.

use interclear_client::chain::AccountId;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where a founding validator has its session keys.
pub(crate) fn keystore(home: &Path, name: &str) -> PathBuf {
    home.join(name).join("keys")
}

fn run(binary: &Path, arguments: &[&str]) -> Result<String, String> {
    let done = Command::new(binary)
        .arg("network")
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    match done.status.success() {
        true => Ok(String::from_utf8_lossy(&done.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

/// Makes everybody's keys, writes the founders' file and the specification.
pub(crate) fn specification(binary: &Path, home: &Path, names: &[&str]) -> Result<PathBuf, String> {
    let mut file = String::from(
        "name = \"Founded\"\nid = \"interclear_founded\"\nprotocol = \"interclear-founded\"\ntest_network = true\n",
    );
    for (place, name) in (1u8..).zip(names) {
        let [admin, node, seat] = [0, 10, 20].map(|kind| AccountId::from([place + kind; 32]));
        let keys = keystore(home, name).display().to_string();
        let keys = run(
            binary,
            &["keys", "--account", &node.to_string(), "--keystore-path", &keys],
        )?;
        file.push_str(&format!(
            "[[operator]]\nname = \"{name}\"\nkinds = [\"mobile\", \"token_issuer\"]\ntadigs = [\"DEU{place:02}\"]\n\
             council = [\"{seat}\"]\n[[operator.desk]]\naccount = \"{admin}\"\nroles = [\"admin\", \"treasury\"]\n{keys}"
        ));
    }
    file.push_str("[[token]]\ncurrency = \"EUR\"\nissuer = \"alice\"\ndecimals = 2\n");
    let (founders, chain) = (home.join("founders.toml"), home.join("chain.json"));
    fs::write(&founders, file).map_err(|error| error.to_string())?;
    let [from, to] = [&founders, &chain].map(|path| path.display().to_string());
    run(binary, &["init", &from, "--output", &to])?;
    Ok(chain)
}
