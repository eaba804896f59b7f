//! The key that a command signs with, and its passphrase.

use interclear_client::keys::{self, KeyError, Keypair};
use std::path::Path;

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// None was named.
    #[error("this command signs: name a key with --key FILE (an encrypted keystore) or, for development, --key //Alice")]
    Missing,
    /// It does not open.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A passphrase cannot be asked for.
    #[error("no passphrase: set INTERCLEAR_PASSPHRASE or run on a terminal ({0})")]
    NoPassphrase(String),
}

/// Opens the key that a `--key` argument names: a path of an existing file is an encrypted keystore, anything else a secret
/// URI.
///
/// # Errors
/// See [`OpenError`].
pub fn open(source: Option<&str>) -> Result<Keypair, OpenError> {
    let source = source.ok_or(OpenError::Missing)?;
    let path = Path::new(source);
    match path.is_file() {
        true => Ok(keys::open_file(path, &passphrase("Passphrase: ")?)?),
        false => Ok(keys::from_uri(source)?),
    }
}

/// The passphrase from the environment variable `INTERCLEAR_PASSPHRASE`, or asked for on the terminal.
///
/// # Errors
/// There is neither.
pub fn passphrase(prompt: &str) -> Result<String, OpenError> {
    match std::env::var("INTERCLEAR_PASSPHRASE") {
        Ok(passphrase) => Ok(passphrase),
        Err(_) => {
            rpassword::prompt_password(prompt).map_err(|error| OpenError::NoPassphrase(error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_should_refuse_when_what_is_named_is_not_a_key() {
        assert!(matches!(open(None), Err(OpenError::Missing)));
        assert!(open(Some("//Alice")).is_ok());
        assert!(matches!(
            open(Some("not a key")),
            Err(OpenError::Key(KeyError::Malformed(_)))
        ));
    }
}
