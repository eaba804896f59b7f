//! Keystore files in the format of polkadot.js, version 3: PKCS8 of secret and public key, encrypted with
//! XSalsa20-Poly1305 under a key that scrypt makes of the passphrase.

use super::KeyError;
use crate::chain::AccountId;
use base64::{engine::general_purpose::STANDARD, Engine};
use crypto_secretbox::{aead::Aead, KeyInit, XSalsa20Poly1305};
use rand::RngCore;
use serde::Deserialize;
use std::path::Path;

/// How keystores are encrypted, as they say it.
pub(crate) const KEYSTORE: [&str; 2] = ["scrypt", "xsalsa20-poly1305"];
/// Cost of scrypt in keystores: N = 2^15, r = 8, p = 1, the standard of polkadot.js.
const SCRYPT: (u8, u32, u32) = (15, 8, 1);
/// Most that N, the cost of scrypt, may be: as in polkadot.js. A file must not ask for all memory of the machine.
const MAX_LOG_N: u8 = 17;
/// What is before the secret key in PKCS8.
const HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
/// What is between secret and public key.
const DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];
/// Salt, three numbers, nonce.
const PREFIX: usize = 32 + 12 + 24;

#[derive(Deserialize)]
struct Form {
    encoded: String,
    encoding: Encoding,
    address: String,
}

#[derive(Deserialize)]
struct Encoding {
    content: Vec<String>,
    r#type: Types,
    version: String,
}

/// Older versions have one word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Types {
    One(String),
    Many(Vec<String>),
}

/// A keystore that looks as it should; only its passphrase is missing.
pub(super) struct Keystore {
    json: String,
    account: AccountId,
    encoded: Vec<u8>,
}

impl Keystore {
    /// Reads a keystore.
    ///
    /// # Errors
    /// What it is instead, as the end of a sentence that begins with the file's name.
    pub(super) fn parse(json: String) -> Result<Self, String> {
        let form: Form = serde_json::from_str(&json).map_err(|_| {
            "is not a keystore: JSON of one account, as polkadot.js exports it, is expected".to_owned()
        })?;
        let Form {
            encoded,
            encoding,
            address,
        } = form;
        let has = |word: &str| encoding.content.iter().any(|content| content == word);
        if has("batch-pkcs8") {
            return Err("holds several accounts; export the one that is to sign".into());
        }
        if let Some(other) = ["ed25519", "ecdsa", "ethereum"]
            .into_iter()
            .find(|kind| has(kind))
        {
            return Err(format!(
                "holds an {other} key; keys that sign here are sr25519, as `interclear key new` makes them"
            ));
        }
        let types = match &encoding.r#type {
            Types::One(one) => vec![one.as_str()],
            Types::Many(many) => many.iter().map(String::as_str).collect(),
        };
        if types.contains(&"none") {
            return Err("is not encrypted; export it again with a passphrase".into());
        }
        if !(has("pkcs8") && has("sr25519") && types == ["scrypt", "xsalsa20-poly1305"])
            || encoding.version != "3"
        {
            return Err(format!(
                "is a keystore of version {}, which is not read; export it again with polkadot.js of today",
                encoding.version
            ));
        }
        let damaged = |what: &str| format!("is a damaged keystore: {what}");
        let encoded = STANDARD
            .decode(encoded.trim())
            .map_err(|_| damaged("what is encrypted is not Base64"))?;
        if encoded.len() <= PREFIX {
            return Err(damaged("it is cut off"));
        }
        let account = address
            .parse()
            .map_err(|_| damaged("its address is not an account"))?;
        Ok(Self {
            json,
            account,
            encoded,
        })
    }

    pub(super) fn json(&self) -> &str {
        &self.json
    }

    pub(super) fn account(&self) -> AccountId {
        self.account
    }

    /// The secret itself.
    pub(super) fn decrypt(&self, path: &Path, passphrase: &str) -> Result<schnorrkel::Keypair, KeyError> {
        let damaged = || no_key(path);
        let plain = unlock(path, &self.encoded, passphrase)?;
        let secret = plain
            .strip_prefix(&HEADER)
            .and_then(|rest| rest.get(..64))
            .and_then(|secret| schnorrkel::SecretKey::from_ed25519_bytes(secret).ok())
            .ok_or_else(damaged)?;
        let key = secret.to_keypair();
        match key.public.to_bytes() == self.account.0 {
            true => Ok(key),
            false => Err(damaged()),
        }
    }
}

/// What is said of a keystore whose content is not a key.
pub(super) fn no_key(path: &Path) -> KeyError {
    KeyError::NotAKeystore {
        path: path.into(),
        reason: "is a damaged keystore: there is no key in it".into(),
    }
}

/// What [`lock`] has encrypted.
///
/// # Errors
/// The passphrase is another, or the octets are not of this form.
pub(crate) fn unlock(path: &Path, encoded: &[u8], passphrase: &str) -> Result<Vec<u8>, KeyError> {
    let damaged = || no_key(path);
    let (salt, rest) = encoded.split_at_checked(32).ok_or_else(damaged)?;
    let (numbers, rest) = rest.split_at_checked(12).ok_or_else(damaged)?;
    let (nonce, encrypted) = rest.split_at_checked(24).ok_or_else(damaged)?;
    let number = |place: usize| -> Option<u32> {
        let octets = numbers.get(place..place.checked_add(4)?)?;
        Some(u32::from_le_bytes(octets.try_into().ok()?))
    };
    let (n, p, r) = (number(0), number(4), number(8));
    let (Some(n), Some(p), Some(r)) = (n, p, r) else {
        return Err(damaged());
    };
    let log_n = u8::try_from(n.trailing_zeros()).unwrap_or(u8::MAX);
    if !n.is_power_of_two() || log_n > MAX_LOG_N || p > 10 || r != 8 {
        return Err(damaged());
    }
    let cipher = cipher(passphrase, salt, (log_n, r, p)).map_err(|_| damaged())?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| damaged())?;
    cipher
        .decrypt(&nonce.into(), encrypted)
        .map_err(|_| KeyError::WrongPassphrase { path: path.into() })
}

/// Octets under a passphrase: salt and cost of scrypt, nonce, what is encrypted.
pub(crate) fn lock(plain: &[u8], passphrase: &str) -> Result<Vec<u8>, String> {
    let (log_n, r, p) = SCRYPT;
    let (mut salt, mut nonce) = ([0u8; 32], [0u8; 24]);
    rand::rngs::OsRng.fill_bytes(&mut salt);
    rand::rngs::OsRng.fill_bytes(&mut nonce);
    let encrypted = cipher(passphrase, &salt, SCRYPT)?
        .encrypt(&nonce.into(), plain)
        .map_err(|error| error.to_string())?;

    let mut encoded = salt.to_vec();
    for number in [1u32 << log_n, p, r] {
        encoded.extend(number.to_le_bytes());
    }
    encoded.extend(nonce);
    encoded.extend(encrypted);
    Ok(encoded)
}

fn cipher(passphrase: &str, salt: &[u8], (log_n, r, p): (u8, u32, u32)) -> Result<XSalsa20Poly1305, String> {
    let mut key = crypto_secretbox::Key::default();
    let params = scrypt::Params::new(log_n, r, p, 32).map_err(|error| error.to_string())?;
    scrypt::scrypt(passphrase.as_bytes(), salt, &params, &mut key).map_err(|error| error.to_string())?;
    Ok(XSalsa20Poly1305::new(&key))
}

/// The keystore of a key under a passphrase.
pub(super) fn encrypt(
    key: &schnorrkel::Keypair,
    passphrase: &str,
    name: &str,
) -> Result<serde_json::Value, String> {
    let mut plain = HEADER.to_vec();
    plain.extend(key.secret.to_ed25519_bytes());
    plain.extend(DIVIDER);
    plain.extend(key.public.to_bytes());
    Ok(serde_json::json!({
        "encoded": STANDARD.encode(lock(&plain, passphrase)?),
        "encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
        "address": AccountId::from(key.public.to_bytes()).to_string(),
        "meta": { "name": name },
    }))
}
