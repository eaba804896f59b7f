//! The next runtime, put in place by the council as its members do it: with the command line.

use crate::network::{interclear_at, NetworkError};
use codec::Decode;
use interclear_client::chain::Chain;
use sp_crypto_hashing::twox_128;
use std::{io, path::Path, process::Output};
use subxt::rpcs::rpc_params;

/// Enough of the council for a motion; the first one proposes.
const MEMBERS: [&str; 2] = ["//Alice", "//Bob"];

/// What rises with an upgrade.
#[derive(Clone, Copy, Debug)]
pub(super) struct Versions {
    /// Of the runtime.
    pub(super) spec: u32,
    /// Of the storage of the pallet that keeps files.
    pub(super) storage: u16,
}

impl Versions {
    /// Those of the newest final block.
    pub(super) async fn of(chain: &Chain) -> Result<Self, NetworkError> {
        let at = chain.at_final().await?;
        let key = [twox_128(b"Anchoring"), twox_128(b":__STORAGE_VERSION__:")].concat();
        let key = format!("0x{}", hex::encode(key));
        let stored: Option<String> = chain
            .rpc("state_getStorage", rpc_params![key, at.block_hash()])
            .await?;
        let octets = stored.and_then(|text| hex::decode(text.trim_start_matches("0x")).ok());
        Ok(Self {
            spec: at.spec_version(),
            storage: octets
                .and_then(|octets| u16::decode(&mut octets.as_slice()).ok())
                .unwrap_or_default(),
        })
    }

    /// Whether both are higher than before.
    pub(super) fn have_risen(self, before: Self) -> bool {
        self.spec > before.spec && self.storage > before.storage
    }
}

/// Runs `interclear council` as a member.
fn member(program: &Path, url: &str, key: &str, words: &[&str]) -> io::Result<Output> {
    let said = interclear_at(program)
        .args(["--json", "--yes", "--url", url, "--key", key, "council"])
        .args(words)
        .output()?;
    match said.status.success() {
        true => Ok(said),
        false => Err(io::Error::other(format!(
            "interclear council {}: {}",
            words.join(" "),
            String::from_utf8_lossy(&said.stderr)
        ))),
    }
}

/// Puts the code to the council, has it voted for and authorised, and hands it in; takes as long as that takes to be final.
fn carry(program: &Path, url: &str, code: &str) -> io::Result<()> {
    let [first, _] = MEMBERS;
    let said = member(program, url, first, &["upgrade", code])?;
    let said: serde_json::Value = serde_json::from_slice(&said.stdout)?;
    let motion = said["motion"].to_string();
    for key in MEMBERS {
        member(program, url, key, &["vote", &motion])?;
    }
    member(program, url, first, &["close", &motion])?;
    member(program, url, first, &["apply", code])?;
    Ok(())
}

/// Has the council put code in the place of the runtime.
pub(super) async fn upgrade(program: &Path, url: String, code: &Path) -> io::Result<()> {
    let (program, code) = (program.to_owned(), code.display().to_string());
    tokio::task::spawn_blocking(move || carry(&program, &url, &code))
        .await
        .map_err(io::Error::other)?
}
