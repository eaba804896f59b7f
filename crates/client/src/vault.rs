//! The vault: what an operator must keep to read its channels, in one file, encrypted under a passphrase.
//!
//! It holds sealing keys, and the keys of epochs that came of them. It is written whole or not at all. What it says in clear is what the chain
//! says, too: whose it is, on which chain, and the public keys.

use crate::{
    disk::{self, Existing, Readers},
    files::hex,
    keys::{json_of, lock, unlock, KeyError, KEYSTORE},
};
use base64::{engine::general_purpose::STANDARD, Engine};
use codec::{Decode, Encode};
use interclear_primitives::{
    channel::{Pair, Suite},
    ids::OperatorId,
    Digest,
};
use interclear_sealed::{channel::SealingKeypair, derive::PairKey};
use std::{
    fmt,
    path::{Path, PathBuf},
};
use zeroize::{Zeroize, Zeroizing};

/// What a vault says it is.
const CONTENT: &str = "interclear-vault";
/// The form of what is encrypted.
const FORMAT: u8 = 1;

/// A sealing key.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
struct KeptKey {
    suite: Suite,
    private: [u8; 32],
}

/// The key of an epoch.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
struct KeptEpoch {
    partner: OperatorId,
    epoch: u32,
    /// The version of the own sealing key to which its boxes are sealed.
    version: u32,
    key: [u8; 32],
}

#[derive(Clone, PartialEq, Eq, Encode, Decode)]
struct Kept {
    format: u8,
    genesis: Digest,
    operator: OperatorId,
    keys: Vec<KeptKey>,
    epochs: Vec<KeptEpoch>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.keys.iter_mut().for_each(|key| key.private.zeroize());
        self.epochs.iter_mut().for_each(|epoch| epoch.key.zeroize());
    }
}

/// An open vault.
pub struct Vault {
    path: PathBuf,
    passphrase: Zeroizing<String>,
    kept: Kept,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault({})", crate::text::path(&self.path))
    }
}

impl Vault {
    /// A new vault on a chain, which is named by its first block, and of an operator, with the sealing keys that there are.
    ///
    /// # Errors
    /// The passphrase is empty; the file exists already or cannot be written.
    pub fn create(
        path: &Path,
        passphrase: &str,
        (genesis, operator): (Digest, OperatorId),
        keys: &[SealingKeypair],
    ) -> Result<Self, KeyError> {
        let mut vault = Self {
            path: path.into(),
            passphrase: Zeroizing::new(passphrase.into()),
            kept: Kept {
                format: FORMAT,
                genesis,
                operator,
                keys: Vec::new(),
                epochs: Vec::new(),
            },
        };
        for pair in keys {
            vault.add_key(pair);
        }
        vault.write(Existing::Keep)?;
        Ok(vault)
    }

    /// Opens a vault.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn open(path: &Path, passphrase: &str) -> Result<Self, KeyError> {
        let json = read(path)?;
        let damaged = || KeyError::NotAKeystore {
            path: path.into(),
            reason: "is a damaged vault: take your copy of it".into(),
        };
        let encoded = json["encoded"].as_str().unwrap_or_default();
        let encoded = STANDARD.decode(encoded.trim()).map_err(|_| damaged())?;
        let plain = Zeroizing::new(unlock(path, &encoded, passphrase)?);
        let kept = Kept::decode(&mut plain.as_slice()).map_err(|_| damaged())?;
        match kept.format == FORMAT && kept.encode() == *plain {
            true => Ok(Self {
                path: path.into(),
                passphrase: Zeroizing::new(passphrase.into()),
                kept,
            }),
            false => Err(damaged()),
        }
    }

    /// Writes the vault as it is now over its file, which has all of it or what it had before.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self) -> Result<(), KeyError> {
        self.write(Existing::Replace)
    }

    /// Writes a copy under a passphrase of its own, and opens it again.
    ///
    /// # Errors
    /// The passphrase is empty; the file exists already or cannot be written.
    pub fn back_up(&self, copy: &Path, passphrase: &str) -> Result<Self, KeyError> {
        let copied = Self {
            path: copy.into(),
            passphrase: Zeroizing::new(passphrase.into()),
            kept: self.kept.clone(),
        };
        copied.write(Existing::Keep)?;
        Self::open(copy, passphrase)
    }

    fn write(&self, existing: Existing) -> Result<(), KeyError> {
        if self.passphrase.is_empty() {
            return Err(KeyError::EmptyPassphrase);
        }
        let unwritable = |reason: String| KeyError::Unwritable {
            path: self.path.clone(),
            reason,
        };
        let plain = Zeroizing::new(self.kept.encode());
        let encoded = lock(&plain, &self.passphrase).map_err(unwritable)?;
        let public: Vec<String> = self.keys().iter().map(|pair| hex(&pair.public())).collect();
        let json = serde_json::json!({
            "encoded": STANDARD.encode(encoded),
            "encoding": { "content": [CONTENT], "type": KEYSTORE, "version": "1" },
            "chain": hex(&self.kept.genesis),
            "operator": self.kept.operator,
            "public_keys": public,
        });
        disk::write(&self.path, json.to_string().as_bytes(), existing, Readers::Owner)
            .map_err(|error| unwritable(crate::text::reason(&error)))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The chain, by the hash of its first block, and the operator.
    pub fn owner(&self) -> (&Digest, OperatorId) {
        (&self.kept.genesis, self.kept.operator)
    }

    /// The sealing keys, in the order in which they came.
    pub fn keys(&self) -> Vec<SealingKeypair> {
        self.kept
            .keys
            .iter()
            .filter_map(|key| SealingKeypair::from_bytes(key.suite, &key.private))
            .collect()
    }

    /// The sealing key with this public half.
    pub fn key_of(&self, public: &[u8]) -> Option<SealingKeypair> {
        self.keys().into_iter().find(|pair| pair.public() == public)
    }

    /// Adds a sealing key; one that is there stays.
    pub fn add_key(&mut self, pair: &SealingKeypair) {
        let key = KeptKey {
            suite: pair.suite(),
            private: *pair.expose(),
        };
        if !self.kept.keys.contains(&key) {
            self.kept.keys.push(key);
        }
    }

    /// The key of an epoch of the channel with a partner.
    pub fn epoch(&self, partner: OperatorId, epoch: u32) -> Option<PairKey> {
        let kept = self.kept.epochs.iter();
        let found = kept
            .rev()
            .find(|kept| (kept.partner, kept.epoch) == (partner, epoch));
        found.map(|kept| PairKey::from_bytes(kept.key))
    }

    /// The epochs whose keys it holds, by partner and number.
    pub fn epochs(&self) -> Vec<(OperatorId, u32)> {
        let mut epochs: Vec<_> = self
            .kept
            .epochs
            .iter()
            .map(|kept| (kept.partner, kept.epoch))
            .collect();
        epochs.sort_unstable();
        epochs
    }

    /// Keeps the key of an epoch, whose boxes are sealed to a version of the own sealing key.
    pub fn keep_epoch(&mut self, partner: OperatorId, epoch: u32, version: u32, key: &PairKey) {
        let before = |kept: &KeptEpoch| (kept.partner, kept.epoch) != (partner, epoch);
        self.kept.epochs.retain(before);
        self.kept.epochs.push(KeptEpoch {
            partner,
            epoch,
            version,
            key: *key.expose(),
        });
    }

    /// Destroys a sealing key, and the keys of the epochs whose boxes are sealed to it; answers how many of these. What is
    /// written on the disk keeps it until [`Self::save`], and copies of the vault keep it for good.
    pub fn destroy(&mut self, public: &[u8], version: u32) -> usize {
        let suite_and_private = self.key_of(public);
        let of_key = |key: &KeptKey| {
            suite_and_private
                .as_ref()
                .is_some_and(|pair| (pair.suite(), pair.expose()) == (key.suite, &key.private))
        };
        self.kept.keys.retain_mut(|key| {
            let goes = of_key(key);
            if goes {
                key.private.zeroize();
            }
            !goes
        });
        let before = self.kept.epochs.len();
        self.kept.epochs.retain_mut(|kept| {
            let goes = kept.version == version;
            if goes {
                kept.key.zeroize();
            }
            !goes
        });
        before.saturating_sub(self.kept.epochs.len())
    }
}

/// Whether a file says that it is a vault, and which public keys it holds; no passphrase is needed.
///
/// # Errors
/// The file cannot be read or is not a vault.
pub fn public_keys(path: &Path) -> Result<Vec<String>, KeyError> {
    let json = read(path)?;
    let keys = json["public_keys"].as_array().cloned().unwrap_or_default();
    Ok(keys
        .iter()
        .filter_map(|key| key.as_str().map(str::to_owned))
        .collect())
}

/// Whose vault a file says that it is; no passphrase is needed.
///
/// # Errors
/// As [`public_keys`].
pub fn operator_of(path: &Path) -> Result<OperatorId, KeyError> {
    let json = read(path)?;
    let number = json["operator"].as_u64().and_then(|id| u32::try_from(id).ok());
    number.map(OperatorId).ok_or_else(|| KeyError::NotAKeystore {
        path: path.into(),
        reason: "is a vault that does not say whose it is".into(),
    })
}

fn read(path: &Path) -> Result<serde_json::Value, KeyError> {
    let reason = "is not a vault, as `interclear vault new` makes it";
    json_of(path, reason, |json| json["encoding"]["content"][0] == CONTENT)
}

/// The pair of an operator and its partner, as derivations take it.
pub(crate) fn derivation_pair(pair: &Pair) -> Option<interclear_sealed::derive::Pair> {
    interclear_sealed::derive::Pair::of(pair.lo.0, pair.hi.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(path: &Path) -> Vault {
        let first = SealingKeypair::from_bytes(Suite::X25519, &[1; 32]).unwrap();
        let owner = ([7; 32], OperatorId(3));
        let mut vault = Vault::create(path, "correct horse", owner, std::slice::from_ref(&first)).unwrap();
        assert_eq!(public_keys(path).unwrap(), [hex(&first.public())]);
        vault.add_key(&SealingKeypair::from_bytes(Suite::XWing, &[2; 32]).unwrap());
        vault.keep_epoch(OperatorId(9), 1, 1, &PairKey::from_bytes([5; 32]));
        vault.keep_epoch(OperatorId(9), 2, 2, &PairKey::from_bytes([6; 32]));
        vault.save().unwrap();
        vault
    }

    #[test]
    fn vault_should_hold_the_same_when_it_is_opened_again_or_backed_up() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("vault.json"), folder.path().join("copy.json"));
        let vault = filled(&path);
        let again = Vault::open(&path, "correct horse").unwrap();
        assert!(again.kept == vault.kept);
        assert_eq!(operator_of(&path).unwrap(), OperatorId(3));
        assert_eq!(again.epochs(), [(OperatorId(9), 1), (OperatorId(9), 2)]);
        assert_eq!(again.epoch(OperatorId(9), 2), Some(PairKey::from_bytes([6; 32])));
        assert_eq!(again.epoch(OperatorId(8), 2), None);
        let copied = vault.back_up(&copy, "battery staple").unwrap();
        assert!(copied.kept == vault.kept);
        assert!(matches!(
            Vault::open(&copy, "correct horse"),
            Err(KeyError::WrongPassphrase { .. })
        ));
        let taken = vault.back_up(&copy, "battery staple");
        assert!(
            matches!(taken, Err(KeyError::Unwritable { .. })),
            "a copy is never overwritten"
        );
        assert!(matches!(
            vault.back_up(&folder.path().join("other"), ""),
            Err(KeyError::EmptyPassphrase)
        ));
    }

    #[test]
    fn secrets_should_not_be_in_the_file_when_it_is_read_without_the_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.json");
        let vault = filled(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        for secret in [[1u8; 32], [2; 32], [5; 32], [6; 32]] {
            assert!(!text.contains(&hex::encode(secret)));
            assert!(!text.contains(&STANDARD.encode(secret)));
        }
        let public: Vec<String> = vault.keys().iter().map(|pair| hex(&pair.public())).collect();
        assert_eq!(public_keys(&path).unwrap(), public);
        assert!(!format!("{vault:?}").contains("5, 5"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0);
        }
    }

    #[test]
    fn vault_should_be_refused_when_it_is_damaged_or_something_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.json");
        filled(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        for (damaged, words) in [
            (text.replace(CONTENT, "other"), "is not a vault"),
            ("{}".to_owned(), "is not a vault"),
            (text.replace("\"encoded\":\"", "\"encoded\":\"!"), "damaged"),
        ] {
            std::fs::write(&path, damaged).unwrap();
            let error = Vault::open(&path, "correct horse").unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        assert!(matches!(
            Vault::open(&folder.path().join("none"), "x"),
            Err(KeyError::NoSuchFile { .. })
        ));
    }

    /// A destroyed key no longer opens old boxes.
    #[test]
    fn key_and_its_epochs_should_be_gone_when_it_is_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.json");
        let mut vault = filled(&path);
        let old = SealingKeypair::from_bytes(Suite::X25519, &[1; 32]).unwrap();
        assert_eq!(vault.destroy(&old.public(), 1), 1);
        vault.save().unwrap();
        let again = Vault::open(&path, "correct horse").unwrap();
        assert!(again.key_of(&old.public()).is_none());
        assert_eq!(again.epochs(), [(OperatorId(9), 2)]);
        assert_eq!(again.keys().len(), 1);
        assert_eq!(vault.destroy(&old.public(), 1), 0);
    }
}
