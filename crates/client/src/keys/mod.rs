//! Keys that sign: from an encrypted keystore file, or from a secret URI for development. Keystores of keys to which
//! documents are sealed.

mod keystore;
mod sealing;

use crate::disk::{self, Existing, Readers};
use schnorrkel::{
    derive::{ChainCode, Derivation},
    ExpansionMode, MiniSecretKey,
};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};
use subxt_signer::{bip39::Mnemonic, polkadot_js_compat, DeriveJunction, ExposeSecret, SecretUri};

pub use subxt_signer::sr25519::Keypair;

use keystore::Keystore;
pub(crate) use keystore::{lock, unlock, KEYSTORE};
pub use sealing::{create_sealing, keep_sealing, open_sealing, public_sealing};

/// Why a key cannot be opened or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no such file.
    #[error("there is no keystore file {}", crate::text::path(path))]
    NoSuchFile {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("the keystore {} cannot be read: {reason}", crate::text::path(path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file is not a keystore, or one of a kind that does not sign here.
    #[error("{} {reason}", crate::text::path(path))]
    NotAKeystore {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        reason: String,
    },
    /// The passphrase does not open the keystore.
    #[error("the passphrase is not that of the keystore {}", crate::text::path(path))]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// The text is not a secret URI.
    #[error("`{0}` is not a secret URI for development such as //Alice")]
    Malformed(String),
    /// The text is not a seed phrase. It is not repeated in the message.
    #[error("this is not a seed phrase: {0}")]
    NotAPhrase(&'static str),
    /// A key may not be kept under no passphrase.
    #[error("the passphrase is empty: whoever finds the file could sign with it")]
    EmptyPassphrase,
    /// The keystore could not be written.
    #[error("the keystore {} cannot be written: {reason}", crate::text::path(path))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// A key from a secret URI for development, such as `//Alice`.
///
/// # Errors
/// The text is not such a URI: phrases and seeds do not belong where others can read them.
pub fn from_uri(uri: &str) -> Result<Keypair, KeyError> {
    let malformed = || {
        KeyError::Malformed(match uri.starts_with("//") {
            true => crate::text::printable(uri),
            false => "…".into(),
        })
    };
    if !uri.starts_with("//") {
        return Err(malformed());
    }
    let uri: SecretUri = uri.parse().map_err(|_| malformed())?;
    Keypair::from_uri(&uri).map_err(|_| malformed())
}

/// A secret that can be kept: new, or brought in from a seed phrase or from another keystore.
pub struct Secret(schnorrkel::Keypair);

impl Secret {
    /// A new one, without a phrase: its keystore is all there is of it.
    pub fn generate() -> Self {
        Self(MiniSecretKey::generate().expand_to_keypair(ExpansionMode::Ed25519))
    }

    /// A new one with the 24 words from which it can be made again.
    ///
    /// # Errors
    /// Never: 32 octets have a phrase.
    pub fn generate_with_phrase() -> Result<(Self, String), KeyError> {
        let entropy: [u8; 32] = rand::random();
        let words = Mnemonic::from_entropy(&entropy).map_err(|_| KeyError::NotAPhrase("no words for it"))?;
        let phrase = words.to_string();
        Ok((Self::from_phrase(&phrase)?, phrase))
    }

    /// The secret of a seed phrase (BIP-39, 12 to 24 words), which may be followed by a derivation path and a password as
    /// in polkadot.js: `word … word//hard/soft///password`.
    ///
    /// # Errors
    /// [`KeyError::NotAPhrase`].
    pub fn from_phrase(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.is_empty() || text.starts_with('/') || text.starts_with("0x") {
            return Err(KeyError::NotAPhrase("it begins with the words"));
        }
        let form = |_| KeyError::NotAPhrase("words, then perhaps //path and ///password, are expected");
        let uri: SecretUri = text.parse().map_err(form)?;
        let words = uri
            .phrase
            .expose_secret()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let phrase: Mnemonic = words.parse().map_err(|_| {
            KeyError::NotAPhrase(
                "a word is not in the list, one is missing, or two are exchanged (the checksum is wrong)",
            )
        })?;
        let password = uri
            .password
            .as_ref()
            .map_or("", |password| password.expose_secret());
        let mini = substrate_bip39::mini_secret_from_entropy(&phrase.to_entropy(), password)
            .map_err(|_| KeyError::NotAPhrase("12, 15, 18, 21 or 24 words are expected"))?;
        let root = mini.expand(ExpansionMode::Ed25519);
        let derived = uri
            .junctions
            .iter()
            .fold(root, |secret, junction| match junction {
                DeriveJunction::Soft(code) => secret.derived_key_simple(ChainCode(*code), []).0,
                DeriveJunction::Hard(code) => {
                    let (mini, _) = secret.hard_derive_mini_secret_key(Some(ChainCode(*code)), b"");
                    mini.expand(ExpansionMode::Ed25519)
                }
            });
        Ok(Self(derived.to_keypair()))
    }

    /// The secret in a keystore, to be kept under another passphrase.
    ///
    /// # Errors
    /// As [`open_file`].
    pub fn from_file(path: &Path, passphrase: &str) -> Result<Self, KeyError> {
        read(path)?.decrypt(path, passphrase).map(Self)
    }

    /// Keeps it in a new keystore file of the format of polkadot.js, and opens that again.
    ///
    /// # Errors
    /// The passphrase is empty; the file exists already or cannot be written.
    pub fn keep(&self, path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
        if passphrase.is_empty() {
            return Err(KeyError::EmptyPassphrase);
        }
        let unwritable = |reason: String| KeyError::Unwritable {
            path: path.into(),
            reason,
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let json = keystore::encrypt(&self.0, passphrase, &name).map_err(unwritable)?;
        disk::write(path, json.to_string().as_bytes(), Existing::Keep, Readers::Owner)
            .map_err(|error| unwritable(crate::text::reason(&error)))?;
        open_file(path, passphrase)
    }
}

/// Makes a new key and keeps it in a new keystore file, in the format that [`open_file`] reads.
///
/// # Errors
/// As [`Secret::keep`].
pub fn create(path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
    Secret::generate().keep(path, passphrase)
}

/// The text of a file with keys; `reason` says what is wrong with one that is not text.
fn text_of(path: &Path, reason: &str) -> Result<String, KeyError> {
    std::fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => KeyError::NoSuchFile { path: path.into() },
        ErrorKind::InvalidData => KeyError::NotAKeystore {
            path: path.into(),
            reason: reason.into(),
        },
        _ => KeyError::Unreadable {
            path: path.into(),
            reason: crate::text::reason(&error),
        },
    })
}

/// What a file with keys says, if it says that it is of its kind; `reason` says what is wrong with another one.
pub(crate) fn json_of(
    path: &Path,
    reason: &str,
    is_of_kind: impl FnOnce(&serde_json::Value) -> bool,
) -> Result<serde_json::Value, KeyError> {
    serde_json::from_str(&text_of(path, reason)?)
        .ok()
        .filter(is_of_kind)
        .ok_or_else(|| KeyError::NotAKeystore {
            path: path.into(),
            reason: reason.into(),
        })
}

fn read(path: &Path) -> Result<Keystore, KeyError> {
    let json = text_of(path, "is not a keystore: it is not text")?;
    Keystore::parse(json).map_err(|reason| KeyError::NotAKeystore {
        path: path.into(),
        reason,
    })
}

/// The account of a keystore, which it tells without its passphrase.
///
/// # Errors
/// The file cannot be read or is not a keystore of this kind.
pub fn account_of_file(path: &Path) -> Result<crate::chain::AccountId, KeyError> {
    Ok(read(path)?.account())
}

/// Opens an encrypted keystore file in the format of polkadot.js (scrypt and XSalsa20-Poly1305): the same file opens in
/// polkadot.js Apps.
///
/// # Errors
/// See [`KeyError`].
pub fn open_file(path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
    let keystore = read(path)?;
    polkadot_js_compat::decrypt_json(keystore.json(), passphrase).map_err(|error| match error {
        polkadot_js_compat::Error::Secretbox(_) => KeyError::WrongPassphrase { path: path.into() },
        other => KeyError::NotAKeystore {
            path: path.into(),
            reason: format!("is a damaged keystore: {other}"),
        },
    })
}

#[cfg(test)]
mod tests;
