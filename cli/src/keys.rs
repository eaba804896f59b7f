//! Keys: from an encrypted keystore file, or from a URI for development.

use std::path::{Path, PathBuf};
use subxt_signer::{polkadot_js_compat, sr25519::Keypair, SecretUri};

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// None was named.
    #[error("this command signs: name a key with --key FILE (an encrypted keystore) or, for development, --key //Alice")]
    Missing,
    /// The file cannot be read.
    #[error("the keystore {} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The passphrase is wrong, or the file is no keystore.
    #[error("the keystore {} does not open: {reason}. Is the passphrase right?", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The URI is malformed.
    #[error("`{0}` is neither a keystore file nor a secret URI such as //Alice")]
    Malformed(String),
    /// A passphrase cannot be asked for.
    #[error("no passphrase: set INTERCLEAR_PASSPHRASE or run on a terminal ({0})")]
    NoPassphrase(String),
    /// The keystore could not be written.
    #[error("the keystore cannot be written: {0}")]
    Unwritable(String),
}

/// Opens the key that a `--key` argument names.
///
/// A path of an existing file is an encrypted keystore in the format of polkadot.js (scrypt and XSalsa20-Poly1305), so
/// the same file opens in polkadot.js Apps; its passphrase comes from `INTERCLEAR_PASSPHRASE` or is asked for.
///
/// # Errors
/// See [`KeyError`].
pub fn open(source: Option<&str>) -> Result<Keypair, KeyError> {
    let source = source.ok_or(KeyError::Missing)?;
    let path = Path::new(source);
    if path.is_file() {
        return open_file(path, &passphrase("Passphrase: ")?);
    }
    from_uri(source)
}

/// A key from a secret URI: a development name such as `//Alice`, or a phrase with derivation.
///
/// # Errors
/// The text is no URI.
pub fn from_uri(uri: &str) -> Result<Keypair, KeyError> {
    let malformed = || KeyError::Malformed(if uri.starts_with("//") { uri.into() } else { "…".into() });
    let uri: SecretUri = uri.parse().map_err(|_| malformed())?;
    Keypair::from_uri(&uri).map_err(|_| malformed())
}

/// Opens a keystore file.
///
/// # Errors
/// See [`KeyError`].
pub fn open_file(path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
    let json = std::fs::read_to_string(path)
        .map_err(|error| KeyError::Unreadable { path: path.into(), reason: error.to_string() })?;
    polkadot_js_compat::decrypt_json(&json, passphrase)
        .map_err(|error| KeyError::Locked { path: path.into(), reason: error.to_string() })
}

/// The passphrase from the environment, or asked for on the terminal.
///
/// # Errors
/// There is neither.
pub fn passphrase(prompt: &str) -> Result<String, KeyError> {
    match std::env::var("INTERCLEAR_PASSPHRASE") {
        Ok(passphrase) => Ok(passphrase),
        Err(_) => rpassword::prompt_password(prompt).map_err(|error| KeyError::NoPassphrase(error.to_string())),
    }
}
