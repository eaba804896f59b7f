//! Keystores of sealing keys: encrypted as those of keys that sign are, and marked as of another kind.

use super::{
    keystore::{lock, no_key, unlock},
    KeyError,
};
use crate::{
    disk::{self, Existing, Readers},
    files::{hex, SealingKeypair},
};
use base64::{engine::general_purpose::STANDARD, Engine};
use std::{io::ErrorKind, path::Path};

/// What a keystore of a sealing key says it holds.
const CONTENT: &str = "x25519-hkdf-sha256";

/// Makes a new sealing key and keeps it in a new keystore file.
///
/// # Errors
/// The passphrase is empty; the file exists already or cannot be written.
pub fn create_sealing(path: &Path, passphrase: &str) -> Result<SealingKeypair, KeyError> {
    keep_sealing(&SealingKeypair::generate(), path, passphrase)
}

/// Keeps a sealing key in a new keystore file, and opens that again.
///
/// # Errors
/// As [`create_sealing`].
pub fn keep_sealing(
    pair: &SealingKeypair,
    path: &Path,
    passphrase: &str,
) -> Result<SealingKeypair, KeyError> {
    if passphrase.is_empty() {
        return Err(KeyError::EmptyPassphrase);
    }
    let unwritable = |reason: String| KeyError::Unwritable {
        path: path.into(),
        reason,
    };
    let encoded = lock(&pair.private(), passphrase).map_err(unwritable)?;
    let json = serde_json::json!({
        "encoded": STANDARD.encode(encoded),
        "encoding": { "content": [CONTENT], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "public_key": hex(&pair.public()),
    });
    disk::write(path, json.to_string().as_bytes(), Existing::Keep, Readers::Owner)
        .map_err(|error| unwritable(error.to_string()))?;
    open_sealing(path, passphrase)
}

/// Opens the keystore of a sealing key.
///
/// # Errors
/// See [`KeyError`].
pub fn open_sealing(path: &Path, passphrase: &str) -> Result<SealingKeypair, KeyError> {
    let damaged = || no_key(path);
    let json = read(path)?;
    let encoded = json["encoded"].as_str().unwrap_or_default();
    let encoded = STANDARD.decode(encoded.trim()).map_err(|_| damaged())?;
    let private = unlock(path, &encoded, passphrase)?;
    let pair = SealingKeypair::from_bytes(&private).ok_or_else(damaged)?;
    match pair.public() == public(path, &json)? {
        true => Ok(pair),
        false => Err(damaged()),
    }
}

/// The public key that a keystore of a sealing key names, for which no passphrase is needed.
///
/// # Errors
/// The file cannot be read or is not such a keystore.
pub fn public_sealing(path: &Path) -> Result<[u8; 32], KeyError> {
    public(path, &read(path)?)
}

fn public(path: &Path, json: &serde_json::Value) -> Result<[u8; 32], KeyError> {
    let mut key = [0; 32];
    let text = json["public_key"].as_str().unwrap_or_default();
    hex::decode_to_slice(text.trim_start_matches("0x"), &mut key).map_err(|_| no_key(path))?;
    Ok(key)
}

fn read(path: &Path) -> Result<serde_json::Value, KeyError> {
    let other = || KeyError::NotAKeystore {
        path: path.into(),
        reason: "is not the keystore of a sealing key, as `interclear key sealing new` makes it".into(),
    };
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => KeyError::NoSuchFile { path: path.into() },
        ErrorKind::InvalidData => other(),
        _ => KeyError::Unreadable {
            path: path.into(),
            reason: error.to_string(),
        },
    })?;
    let json: serde_json::Value = serde_json::from_str(&text).map_err(|_| other())?;
    match json["encoding"]["content"][0] == CONTENT {
        true => Ok(json),
        false => Err(other()),
    }
}
