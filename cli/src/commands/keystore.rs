//! Keystores and vaults that commands name.

use crate::{carried::quoted, error::CommandError, keys::passphrase_of};
use clap::Args;
use interclear_client::{text::path as shown, vault::Vault};
use std::path::{Path, PathBuf};

/// Nobody types a passphrase for a file that cannot be written.
pub(super) fn ensure_free(file: &Path) -> Result<(), CommandError> {
    match file.symlink_metadata() {
        Ok(_) => Err(CommandError::File {
            path: file.into(),
            reason: "the file exists already; a keystore is never overwritten".into(),
        }),
        Err(_) => Ok(()),
    }
}

/// Which vault a command works with.
#[derive(Args)]
pub(super) struct VaultFile {
    /// The vault, as `interclear vault new` makes it.
    #[arg(long, value_name = "FILE", env = "INTERCLEAR_VAULT")]
    vault: PathBuf,
}

impl VaultFile {
    /// The vault in use, as an option of a next step; nothing where the environment names it.
    pub(super) fn in_use(&self) -> String {
        in_use(&self.vault)
    }

    /// Opens it; its passphrase is asked for.
    pub(super) fn open(&self) -> Result<Vault, CommandError> {
        open(&self.vault)
    }
}

/// A vault, as an option of a next step; nothing where the environment names it.
pub(super) fn in_use(vault: &Path) -> String {
    match std::env::var_os("INTERCLEAR_VAULT").is_some_and(|named| named == vault.as_os_str()) {
        true => String::new(),
        false => format!(" --vault {}", quoted(&shown(vault))),
    }
}

pub(super) fn open(file: &Path) -> Result<Vault, CommandError> {
    // What is not a vault is told before anybody types a passphrase.
    interclear_client::vault::public_keys(file)?;
    Ok(Vault::open(file, &passphrase_of(file)?)?)
}
