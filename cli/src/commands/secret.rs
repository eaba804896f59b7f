//! The secrets of files that were received.

use crate::{error::CommandError, keys::passphrase_of, output};
use clap::{
    builder::{OsStringValueParser, TypedValueParser},
    Args,
};
use interclear_client::{
    chain::Chain,
    files::{SealedSecret, SealingKeypair},
    keys::{open_sealing, public_sealing},
    text::path as shown,
    vault::{self, Vault},
};
use interclear_merkle::FileSecret;
use interclear_primitives::{series::BatchKey, tadig::Tadig, Digest};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

/// Reads the path of a keystore; an empty one is named by where it comes from, which may be the environment.
fn keystore() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().try_map(|named| match named.is_empty() {
        true => Err("the keystore that is named is empty: --sealing-key or INTERCLEAR_SEALING_KEY"),
        false => Ok(PathBuf::from(named)),
    })
}

/// The keys that open the secrets of files.
#[derive(Args)]
pub(super) struct SecretArgs {
    /// The keystore of the sealing key, or the vault, which opens the secret that came beside each file as FILE.secret. Only with the secret
    /// can the digest and the root over the records be checked, and records be proven. Name older keystores, too, for what
    /// was sealed to them.
    #[arg(long = "sealing-key", value_name = "FILE", env = "INTERCLEAR_SEALING_KEY", value_parser = keystore())]
    sealing_keys: Vec<PathBuf>,
    /// Those that are open, by their place, so that each passphrase is asked for once.
    #[arg(skip)]
    open: RefCell<Vec<(PathBuf, SealingKeypair)>>,
}

impl SecretArgs {
    /// The secret that came with a file on a chain, named by its first block, if one is asked. Where there is none, it says so.
    ///
    /// # Errors
    /// The keystore or the secret does not open, or it is of another chain.
    pub(super) fn received(
        &self,
        chain: Option<&Chain>,
        file: &Path,
        key: &BatchKey,
    ) -> Result<Option<FileSecret>, CommandError> {
        let mut unchecked = Unchecked::default();
        let secret = self.received_of(chain, file, key, &mut unchecked)?;
        unchecked.tell();
        Ok(secret)
    }

    /// As [`Self::received`], of one of many files: where there is no secret, that is noted, to be told once for all.
    ///
    /// # Errors
    /// The keystore or the secret does not open, or it is of another chain.
    pub(super) fn received_of(
        &self,
        chain: Option<&Chain>,
        file: &Path,
        key: &BatchKey,
        unchecked: &mut Unchecked,
    ) -> Result<Option<FileSecret>, CommandError> {
        let genesis = chain.map(|chain| chain.genesis().0);
        self.received_on(genesis.as_ref(), file, key, unchecked)
    }

    fn received_on(
        &self,
        genesis: Option<&Digest>,
        file: &Path,
        key: &BatchKey,
        unchecked: &mut Unchecked,
    ) -> Result<Option<FileSecret>, CommandError> {
        let beside = SealedSecret::path(file);
        if self.sealing_keys.is_empty() {
            match beside.is_file() {
                true => unchecked.closed.push(file.into()),
                false => unchecked.missing.push(file.into()),
            }
            return Ok(None);
        }
        let Some(sealed) = SealedSecret::beside(file)? else {
            unchecked.missing.push(file.into());
            return Ok(None);
        };
        let pair = self.pair_for(&sealed, &beside)?;
        Ok(Some(sealed.open_for(genesis, file, key, &pair)?))
    }

    /// The key to which a secret is sealed.
    fn pair_for(&self, sealed: &SealedSecret, beside: &Path) -> Result<SealingKeypair, CommandError> {
        for keystore in &self.sealing_keys {
            let vault = vault::public_keys(keystore).ok();
            let fits = match &vault {
                Some(keys) => keys.iter().any(|key| key == sealed.recipient().2),
                None => sealed.is_for(&public_sealing(keystore)?.1),
            };
            if !fits {
                continue;
            }
            let known = self
                .open
                .borrow()
                .iter()
                .find(|(path, pair)| path == keystore && sealed.is_for(&pair.public()))
                .cloned();
            if let Some((_, pair)) = known {
                return Ok(pair);
            }
            let words = passphrase_of(keystore)?;
            let pair = match vault {
                Some(_) => {
                    let keys = Vault::open(keystore, &words)?.keys();
                    let found = keys.into_iter().find(|pair| sealed.is_for(&pair.public()));
                    found.ok_or_else(|| CommandError::File {
                        path: keystore.clone(),
                        reason: "the vault does not hold the key that it names".into(),
                    })?
                }
                None => open_sealing(keystore, &words)?,
            };
            self.open.borrow_mut().push((keystore.clone(), pair.clone()));
            return Ok(pair);
        }
        let (operator, version, key) = sealed.recipient();
        Err(CommandError::File {
            path: beside.into(),
            reason: format!(
                "it is sealed to version {version} of operator {}'s sealing key, {}, which is in no keystore that is named; \
                 `interclear key sealing list` lists the versions, and --sealing-key may be given more than once",
                operator.0,
                interclear_client::text::printable(key)
            ),
        })
    }
}

/// Files whose digest and root cannot be checked.
#[derive(Default)]
pub(super) struct Unchecked {
    /// Their secrets came, but no keystore that opens them is named.
    closed: Vec<PathBuf>,
    /// Their secrets did not come.
    missing: Vec<PathBuf>,
}

impl Unchecked {
    /// Says so on standard error, once for all files.
    pub(super) fn tell(&self) {
        for words in self.words() {
            output::warn(&format!("warning: {words}"));
        }
    }

    fn words(&self) -> Vec<String> {
        let reasons = [
            (
                &self.closed,
                "name your keystore with --sealing-key, which opens the secrets that came with them",
                "name your keystore with --sealing-key",
            ),
            (
                &self.missing,
                "no FILE.secret is beside them; ask the sender for these",
                "no FILE.secret is beside it; ask the sender for it",
            ),
        ];
        let told = reasons.into_iter().filter_map(|(files, many, one)| {
            let (first, others) = files.split_first()?;
            let first = shown(first);
            Some(match others.len() {
                0 => format!("{first}: its digest and the root over its records are not checked: {one}"),
                more => format!(
                    "{first} and {}: their digests and the roots over their records are not checked: {many}",
                    output::count(more as u64, "other file", "other files")
                ),
            })
        });
        told.collect()
    }
}

/// Whether a path is of a sealed secret, which stands beside its file: `CD*` names both, and only the file is meant.
pub(super) fn is_secret(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "secret")
}

/// What is said of a recipient to which no secret can be sealed.
pub(super) fn no_key(recipient: Tadig) -> String {
    format!(
        "warning: {recipient} has registered no sealing key that can be used, so it cannot check digests and roots, nor prove records; its \
         admin desk registers one with `interclear key sealing register`, and anchoring the same files again seals their \
         secrets then"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_client::{
        files::{digest_file, key_named},
        keys::create_sealing,
    };
    use interclear_merkle::file_digest;
    use interclear_primitives::{
        channel::{KeyState, PublicKey, SealingKey, Suite},
        ids::OperatorId,
    };

    #[test]
    fn an_older_secret_should_open_when_the_older_keystore_is_named_too() {
        let folder = tempfile::tempdir().unwrap();
        let keystore = |name: &str| {
            let path = folder.path().join(name);
            let pair = create_sealing(&path, Suite::X25519, "x").unwrap();
            (path, pair)
        };
        let (older, newer) = (keystore("older.json"), keystore("newer.json"));
        let file = folder.path().join("CDFRAF1DEUD100001");
        std::fs::write(&file, "content").unwrap();
        let key = key_named("CDFRAF1DEUD100001").unwrap();
        let secret = FileSecret::from([7; 32]);
        let digest = file_digest(&secret, &digest_file(&file).unwrap());
        let to = SealingKey {
            state: KeyState {
                version: 1,
                suite: Suite::X25519,
                set_at: 0,
                usable_from: 0,
                revoked_at: None,
            },
            key: PublicKey::truncate_from(older.1.public()),
        };
        let sealed = SealedSecret::seal(&secret, &[0xc; 32], &key, &digest, OperatorId(3), &to).unwrap();
        sealed.write(&file).unwrap();

        // As if each passphrase had been typed.
        let with = |keystores: &[&(PathBuf, SealingKeypair)]| SecretArgs {
            sealing_keys: keystores.iter().map(|(path, _)| path.clone()).collect(),
            open: RefCell::new(keystores.iter().map(|one| (*one).clone()).collect()),
        };
        let opened = with(&[&newer, &older])
            .received_on(Some(&[0xc; 32]), &file, &key, &mut Unchecked::default())
            .unwrap();
        assert!(opened.is_some_and(|opened| opened == secret));
        let error = with(&[&newer])
            .received_on(Some(&[0xc; 32]), &file, &key, &mut Unchecked::default())
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("version 1 of operator 3"), "{error}");
        assert!(
            with(&[])
                .received_on(Some(&[0xc; 32]), &file, &key, &mut Unchecked::default())
                .unwrap()
                .is_none(),
            "it is warned of"
        );
        std::fs::remove_file(SealedSecret::path(&file)).unwrap();
        assert!(
            with(&[&older])
                .received_on(Some(&[0xc; 32]), &file, &key, &mut Unchecked::default())
                .unwrap()
                .is_none(),
            "likewise"
        );
    }

    #[test]
    fn what_is_not_checked_should_be_told_once_when_files_are_many() {
        let mut unchecked = Unchecked::default();
        assert_eq!(unchecked.words(), Vec::<String>::new());
        unchecked.missing.push("in/CDFRAF1DEUD100001".into());
        let words = unchecked.words();
        assert!(
            words.len() == 1 && words[0].starts_with("in/CDFRAF1DEUD100001: its digest"),
            "{words:?}"
        );
        unchecked
            .closed
            .extend((2..=381).map(|number| PathBuf::from(format!("in/CDFRAF1DEUD1{number:05}"))));
        let words = unchecked.words();
        assert_eq!(words.len(), 2);
        assert!(
            words[0].starts_with("in/CDFRAF1DEUD100002 and 379 other files: their digests"),
            "{words:?}"
        );
    }
}
