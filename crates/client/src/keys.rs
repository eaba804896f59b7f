//! Keys: from an encrypted keystore file, or from a URI for development.

use base64::Engine;
use crypto_secretbox::{aead::Aead, KeyInit, XSalsa20Poly1305};
use rand::RngCore;
use std::{
    io::Write,
    path::{Path, PathBuf},
};
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
    let malformed = || {
        KeyError::Malformed(if uri.starts_with("//") {
            uri.into()
        } else {
            "…".into()
        })
    };
    let uri: SecretUri = uri.parse().map_err(|_| malformed())?;
    Keypair::from_uri(&uri).map_err(|_| malformed())
}

/// Opens a keystore file.
///
/// # Errors
/// See [`KeyError`].
pub fn open_file(path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
    let json = std::fs::read_to_string(path).map_err(|error| KeyError::Unreadable {
        path: path.into(),
        reason: error.to_string(),
    })?;
    polkadot_js_compat::decrypt_json(&json, passphrase).map_err(|error| KeyError::Locked {
        path: path.into(),
        reason: error.to_string(),
    })
}

/// The passphrase from the environment, or asked for on the terminal.
///
/// # Errors
/// There is neither.
pub fn passphrase(prompt: &str) -> Result<String, KeyError> {
    match std::env::var("INTERCLEAR_PASSPHRASE") {
        Ok(passphrase) => Ok(passphrase),
        Err(_) => {
            rpassword::prompt_password(prompt).map_err(|error| KeyError::NoPassphrase(error.to_string()))
        }
    }
}

/// Cost of scrypt in keystores: N = 2^15, r = 8, p = 1, the standard of polkadot.js.
const SCRYPT: (u8, u32, u32) = (15, 8, 1);

/// Makes a new key and keeps it in a new keystore file, in the format that [`open_file`] reads.
///
/// # Errors
/// The file exists already or cannot be written.
pub fn create(path: &Path, passphrase: &str) -> Result<Keypair, KeyError> {
    let unwritable = |error: &dyn std::fmt::Display| KeyError::Unwritable(error.to_string());
    let secret = schnorrkel::MiniSecretKey::generate().expand_to_keypair(schnorrkel::ExpansionMode::Ed25519);
    let json = encrypt(&secret, passphrase).map_err(|error| unwritable(&error))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| unwritable(&format!("{}: {error}", path.display())))?;
    file.write_all(json.to_string().as_bytes())
        .map_err(|error| unwritable(&error))?;
    open_file(path, passphrase)
}

/// The keystore of a key: PKCS8 of secret and public key, sealed under a passphrase.
fn encrypt(key: &schnorrkel::Keypair, passphrase: &str) -> Result<serde_json::Value, String> {
    let mut plain = vec![48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
    plain.extend(key.secret.to_ed25519_bytes());
    plain.extend([161, 35, 3, 33, 0]);
    plain.extend(key.public.to_bytes());

    let (log_n, r, p) = SCRYPT;
    let (mut salt, mut nonce) = ([0u8; 32], [0u8; 24]);
    rand::rngs::OsRng.fill_bytes(&mut salt);
    rand::rngs::OsRng.fill_bytes(&mut nonce);
    let mut sealing = crypto_secretbox::Key::default();
    let params = scrypt::Params::new(log_n, r, p, 32).map_err(|error| error.to_string())?;
    scrypt::scrypt(passphrase.as_bytes(), &salt, &params, &mut sealing).map_err(|error| error.to_string())?;
    let sealed = XSalsa20Poly1305::new(&sealing)
        .encrypt(&nonce.into(), plain.as_slice())
        .map_err(|error| error.to_string())?;

    let mut encoded = salt.to_vec();
    for number in [1u32 << log_n, p, r] {
        encoded.extend(number.to_le_bytes());
    }
    encoded.extend(nonce);
    encoded.extend(sealed);
    Ok(serde_json::json!({
        "encoded": base64::engine::general_purpose::STANDARD.encode(encoded),
        "encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "address": subxt::utils::AccountId32::from(key.public.to_bytes()).to_string(),
        "meta": { "name": "interclear" },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keystore_opens_with_its_passphrase_only_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("treasury.json");
        let made = create(&path, "correct horse").unwrap();
        let opened = open_file(&path, "correct horse").unwrap();
        assert_eq!(made.public_key().0, opened.public_key().0);
        assert!(matches!(open_file(&path, "wrong"), Err(KeyError::Locked { .. })));
        assert!(matches!(create(&path, "again"), Err(KeyError::Unwritable(_))));
        assert_eq!(
            open_file(&path, "correct horse").unwrap().public_key().0,
            made.public_key().0
        );
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(matches!(open(None), Err(KeyError::Missing)));
        assert!(open(Some("//Alice")).is_ok());
        assert!(matches!(open(Some("not a key")), Err(KeyError::Malformed(_))));
    }
}
