//! Keystores of sealing keys: encrypted as those of keys that sign are, and marked as of another kind.

use super::{
    json_of,
    keystore::{lock, no_key, unlock},
    KeyError,
};
use crate::{
    disk::{self, Existing, Readers},
    files::{hex, SealingKeypair},
};
use base64::{engine::general_purpose::STANDARD, Engine};
use interclear_primitives::channel::Suite;
use std::path::Path;
use zeroize::Zeroizing;

/// What a keystore of a sealing key says it holds.
const fn content(suite: Suite) -> &'static str {
    match suite {
        Suite::X25519 => "x25519-hkdf-sha256",
        Suite::XWing => "x-wing-hkdf-sha256",
    }
}

/// Makes a new sealing key and keeps it in a new keystore file.
///
/// # Errors
/// The passphrase is empty; the file exists already or cannot be written.
pub fn create_sealing(path: &Path, suite: Suite, passphrase: &str) -> Result<SealingKeypair, KeyError> {
    keep_sealing(&SealingKeypair::generate(suite), path, passphrase)
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
    let encoded = lock(pair.expose(), passphrase).map_err(unwritable)?;
    let json = serde_json::json!({
        "encoded": STANDARD.encode(encoded),
        "encoding": { "content": [content(pair.suite())], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "public_key": hex(&pair.public()),
    });
    disk::write(path, json.to_string().as_bytes(), Existing::Keep, Readers::Owner)
        .map_err(|error| unwritable(crate::text::reason(&error)))?;
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
    let private = Zeroizing::new(unlock(path, &encoded, passphrase)?);
    let (suite, public) = public(path, &json)?;
    let pair = SealingKeypair::from_bytes(suite, &private).ok_or_else(damaged)?;
    match pair.public() == public {
        true => Ok(pair),
        false => Err(damaged()),
    }
}

/// The suite and the public key that a keystore of a sealing key names, for which no passphrase is needed.
///
/// # Errors
/// The file cannot be read or is not such a keystore.
pub fn public_sealing(path: &Path) -> Result<(Suite, Vec<u8>), KeyError> {
    public(path, &read(path)?)
}

fn public(path: &Path, json: &serde_json::Value) -> Result<(Suite, Vec<u8>), KeyError> {
    let text = json["public_key"].as_str().unwrap_or_default();
    let key = hex::decode(text.trim_start_matches("0x")).map_err(|_| no_key(path))?;
    let suite = suite_of(json).filter(|suite| suite.check(&key).is_ok());
    Ok((suite.ok_or_else(|| no_key(path))?, key))
}

fn suite_of(json: &serde_json::Value) -> Option<Suite> {
    let named = &json["encoding"]["content"][0];
    Suite::ALL.into_iter().find(|suite| *named == content(*suite))
}

fn read(path: &Path) -> Result<serde_json::Value, KeyError> {
    let reason = "is not the keystore of a sealing key, as `interclear key sealing new` makes it";
    json_of(path, reason, |json| suite_of(json).is_some())
}
