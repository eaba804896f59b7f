//! The secrets of files that were received, and those that are handed to recipients.

use crate::{error::CommandError, keys::passphrase};
use clap::Args;
use interclear_client::{
    chain::Chain,
    files::{CheckedFile, FileError, Fate, SealedSecret, SealingKeypair, Secrets},
    keys::open_sealing,
};
use interclear_merkle::FileSecret;
use interclear_primitives::series::BatchKey;
use std::{
    cell::OnceCell,
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The key that opens the secrets of files.
#[derive(Args)]
pub(super) struct SecretArgs {
    /// The keystore of the sealing key, which opens the secret that came beside each file as FILE.secret. Only with the secret
    /// can the digest and the root over the records be checked, and records be proven.
    #[arg(long, value_name = "FILE", env = "INTERCLEAR_SEALING_KEY")]
    sealing_key: Option<PathBuf>,
    #[arg(skip)]
    open: OnceCell<SealingKeypair>,
}

impl SecretArgs {
    /// The secret that came with a file. Where there is none, it says so.
    ///
    /// # Errors
    /// The keystore or the secret does not open.
    pub(super) fn received(&self, file: &Path, key: &BatchKey) -> Result<Option<FileSecret>, CommandError> {
        let beside = SealedSecret::path(file);
        let unchecked = "its digest and the root over its records are not checked";
        let Some(keystore) = &self.sealing_key else {
            if beside.is_file() {
                eprintln!("warning: {}: {unchecked}: name your keystore with --sealing-key", file.display());
            }
            return Ok(None);
        };
        let pair = match self.open.get() {
            Some(pair) => pair,
            None => {
                let pair = open_sealing(keystore, &passphrase("Passphrase of the sealing key: ")?)
                    .map_err(|error| CommandError::Invalid(error.to_string()))?;
                self.open.get_or_init(|| pair)
            }
        };
        let secret = SealedSecret::beside(file, key, pair)?;
        if secret.is_none() {
            eprintln!(
                "warning: {}: {unchecked}: {} is missing; ask the sender for it",
                file.display(),
                beside.display()
            );
        }
        Ok(secret)
    }
}

/// Seals the secrets of files that are on the chain to their recipients' registered keys, into files beside them.
///
/// # Errors
/// A secret cannot be read or written, or the connection broke.
pub(super) async fn hand_over(
    chain: &Chain,
    secrets: &Secrets,
    files: &[CheckedFile],
) -> Result<(), CommandError> {
    let mut without = BTreeSet::new();
    let sent = |file: &&CheckedFile| file.is_new() || file.fate == Some(Fate::Duplicate);
    for file in files.iter().filter(sent) {
        let Some(anchor) = &file.anchor else { continue };
        let key = anchor.key();
        let recipient = key.series.recipient;
        let Some(operator) = chain.operator_by_tadig(recipient).await? else {
            continue;
        };
        let registered = chain.operator(operator).await?.and_then(|record| record.sealing_key);
        let Some(registered) = registered else {
            without.insert(recipient);
            continue;
        };
        let secret = secrets.kept(&file.path)?;
        let sealed = SealedSecret::seal(&secret, &key, anchor.digests().0, operator, &registered)
            .map_err(|reason| FileError::SealedSecret {
                path: file.path.clone(),
                reason,
            })?;
        sealed.write(&file.path)?;
    }
    for recipient in without {
        eprintln!(
            "warning: {recipient} has registered no sealing key, so it cannot check digests and roots, nor prove records; \
             its admin desk registers one with `interclear key sealing register`"
        );
    }
    Ok(())
}
