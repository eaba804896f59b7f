//! Keys that sign: from an encrypted keystore file, or from a secret URI for development.

use crate::files::SealingKeypair;
use base64::Engine;
use crypto_secretbox::{aead::Aead, KeyInit, XSalsa20Poly1305};
use rand::RngCore;
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use subxt_signer::{polkadot_js_compat, SecretUri};

pub use subxt_signer::sr25519::Keypair;

/// Why a key cannot be opened or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read.
    #[error("the keystore {} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The passphrase is wrong, or the file is not a keystore.
    #[error("the keystore {} does not open: {reason}. Is the passphrase right?", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The text is not a secret URI. A phrase is not repeated in the message.
    #[error("`{0}` is neither a keystore file nor a secret URI such as //Alice")]
    Malformed(String),
    /// The keystore could not be written.
    #[error("the keystore cannot be written: {0}")]
    Unwritable(String),
}

/// A key from a secret URI: a development name such as `//Alice`, or a phrase with derivation.
///
/// # Errors
/// The text is not a secret URI.
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

/// Opens an encrypted keystore file in the format of polkadot.js (scrypt and XSalsa20-Poly1305): the same file opens in
/// polkadot.js Apps.
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
    write_new(path, json.to_string().as_bytes())
        .map_err(|error| unwritable(&format!("{}: {error}", path.display())))?;
    open_file(path, passphrase)
}

/// Writes a new file that only the owner of the process may read, never over another: it is whole, and on the disk, when it
/// gets its name.
pub(crate) fn write_new(path: &Path, octets: &[u8]) -> std::io::Result<()> {
    let mut staged = path.file_name().unwrap_or_default().to_os_string();
    staged.push(format!(".{:08x}.tmp", rand::rngs::OsRng.next_u32()));
    let staged = path.with_file_name(staged);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&staged)?;
    let named = file
        .write_all(octets)
        .and_then(|()| file.sync_all())
        // Unlike renaming, a link never replaces what is there.
        .and_then(|()| std::fs::hard_link(&staged, path));
    std::fs::remove_file(&staged)?;
    named
}

/// What a keystore of a sealing key says it holds.
const SEALING: &str = "x25519-hkdf-sha256";

/// Makes a new sealing key and keeps it in a new keystore file, encrypted as a key that signs is.
///
/// # Errors
/// The file exists already or cannot be written.
pub fn create_sealing(path: &Path, passphrase: &str) -> Result<SealingKeypair, KeyError> {
    let unwritable = |error: String| KeyError::Unwritable(format!("{}: {error}", path.display()));
    let pair = SealingKeypair::generate();
    let json = serde_json::json!({
        "encoded": lock(&pair.private(), passphrase).map_err(unwritable)?,
        "encoding": { "content": [SEALING], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "public_key": crate::files::hex(&pair.public()),
    });
    write_new(path, json.to_string().as_bytes()).map_err(|error| unwritable(error.to_string()))?;
    Ok(pair)
}

/// Opens the keystore of a sealing key.
///
/// # Errors
/// See [`KeyError`].
pub fn open_sealing(path: &Path, passphrase: &str) -> Result<SealingKeypair, KeyError> {
    let locked = |reason: &str| KeyError::Locked {
        path: path.into(),
        reason: reason.into(),
    };
    let json = read_sealing(path)?;
    let encoded = json["encoded"].as_str().unwrap_or_default();
    let private = unlock(encoded, passphrase).ok_or_else(|| locked("it cannot be decrypted"))?;
    let pair = SealingKeypair::from_bytes(&private).ok_or_else(|| locked("it holds no key"))?;
    match json["public_key"].as_str() == Some(&crate::files::hex(&pair.public())) {
        true => Ok(pair),
        false => Err(locked("its public key is another one's")),
    }
}

/// The public key that a keystore of a sealing key names, without opening it.
///
/// # Errors
/// The file is not such a keystore.
pub fn public_sealing(path: &Path) -> Result<[u8; 32], KeyError> {
    let json = read_sealing(path)?;
    let mut key = [0; 32];
    let text = json["public_key"].as_str().unwrap_or_default();
    hex::decode_to_slice(text.trim_start_matches("0x"), &mut key).map_err(|_| KeyError::Unreadable {
        path: path.into(),
        reason: "it names no public key".into(),
    })?;
    Ok(key)
}

fn read_sealing(path: &Path) -> Result<serde_json::Value, KeyError> {
    let unreadable = |reason: String| KeyError::Unreadable {
        path: path.into(),
        reason,
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    match json["encoding"]["content"][0] == SEALING {
        true => Ok(json),
        false => Err(unreadable(
            "this is not the keystore of a sealing key; `interclear key sealing new` makes one".into(),
        )),
    }
}

/// The keystore of a key: PKCS8 of secret and public key, encrypted under a passphrase.
fn encrypt(key: &schnorrkel::Keypair, passphrase: &str) -> Result<serde_json::Value, String> {
    let mut plain = vec![48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
    plain.extend(key.secret.to_ed25519_bytes());
    plain.extend([161, 35, 3, 33, 0]);
    plain.extend(key.public.to_bytes());

    Ok(serde_json::json!({
        "encoded": lock(&plain, passphrase)?,
        "encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "address": subxt::utils::AccountId32::from(key.public.to_bytes()).to_string(),
        "meta": { "name": "interclear" },
    }))
}

/// Octets under a passphrase, in base64: salt and cost of scrypt, nonce, what is encrypted.
fn lock(plain: &[u8], passphrase: &str) -> Result<String, String> {
    let (log_n, r, p) = SCRYPT;
    let (mut salt, mut nonce) = ([0u8; 32], [0u8; 24]);
    rand::rngs::OsRng.fill_bytes(&mut salt);
    rand::rngs::OsRng.fill_bytes(&mut nonce);
    let mut cipher_key = crypto_secretbox::Key::default();
    let params = scrypt::Params::new(log_n, r, p, 32).map_err(|error| error.to_string())?;
    scrypt::scrypt(passphrase.as_bytes(), &salt, &params, &mut cipher_key)
        .map_err(|error| error.to_string())?;
    let encrypted = XSalsa20Poly1305::new(&cipher_key)
        .encrypt(&nonce.into(), plain)
        .map_err(|error| error.to_string())?;

    let mut encoded = salt.to_vec();
    for number in [1u32 << log_n, p, r] {
        encoded.extend(number.to_le_bytes());
    }
    encoded.extend(nonce);
    encoded.extend(encrypted);
    Ok(base64::engine::general_purpose::STANDARD.encode(encoded))
}

/// What [`lock`] has locked; `None` for another passphrase, or octets that it has not written.
fn unlock(encoded: &str, passphrase: &str) -> Option<Vec<u8>> {
    let octets = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
    let (salt, rest) = octets.split_first_chunk::<32>()?;
    let (cost, rest) = rest.split_first_chunk::<12>()?;
    let (nonce, encrypted) = rest.split_first_chunk::<24>()?;
    let (log_n, r, p) = SCRYPT;
    let expected: Vec<u8> = [1u32 << log_n, p, r].into_iter().flat_map(u32::to_le_bytes).collect();
    // Another cost would let a file ask for any amount of memory.
    if cost.as_slice() != expected {
        return None;
    }
    let mut key = crypto_secretbox::Key::default();
    let params = scrypt::Params::new(log_n, r, p, 32).ok()?;
    scrypt::scrypt(passphrase.as_bytes(), salt, &params, &mut key).ok()?;
    XSalsa20Poly1305::new(&key).decrypt(&(*nonce).into(), encrypted).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keystore_should_open_only_with_its_passphrase_and_stay_when_it_is_created_again() {
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
    fn from_uri_should_refuse_when_the_text_is_not_a_key() {
        assert!(from_uri("//Alice").is_ok());
        assert!(matches!(from_uri("not a key"), Err(KeyError::Malformed(_))));
    }

    #[test]
    fn a_sealing_key_should_open_only_with_its_passphrase_and_stay_when_it_is_created_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sealing.json");
        let made = create_sealing(&path, "correct horse").unwrap();
        assert_eq!(public_sealing(&path).unwrap(), made.public());
        assert_eq!(open_sealing(&path, "correct horse").unwrap().public(), made.public());
        assert!(matches!(open_sealing(&path, "wrong"), Err(KeyError::Locked { .. })));
        assert!(matches!(create_sealing(&path, "again"), Err(KeyError::Unwritable(_))));
        assert_eq!(open_sealing(&path, "correct horse").unwrap().public(), made.public());
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing that was staged stays");
        let signs = folder.path().join("signs.json");
        create(&signs, "correct horse").unwrap();
        assert!(matches!(open_sealing(&signs, "correct horse"), Err(KeyError::Unreadable { .. })));
    }
}
