//! The key that a command signs with, its account, and passphrases.

use crate::output;
use interclear_client::{
    chain::{account_of, AccountId},
    keys::{self, KeyError, Keypair},
    text::path as shown,
};
use std::{
    io::{BufRead, IsTerminal},
    path::{Path, PathBuf},
};

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// None was named.
    #[error("no key is named")]
    Missing,
    /// An empty text was.
    #[error("the key that is named is empty: --key, INTERCLEAR_KEY or `key` of the configuration")]
    Empty,
    /// A secret was given where everybody on the machine can read it. It is not repeated.
    #[error("a seed phrase or seed on the command line can be read by others on this machine, and is kept by the shell")]
    SecretInTheOpen,
    /// A folder was named.
    #[error("{} is a folder, not a keystore file", shown(.0))]
    Folder(PathBuf),
    /// It does not open.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A passphrase cannot be asked for.
    #[error("no passphrase: set INTERCLEAR_PASSPHRASE or run on a terminal ({0})")]
    NoPassphrase(String),
    /// The passphrase of a copy cannot be asked for.
    #[error("no passphrase for the copy: set INTERCLEAR_BACKUP_PASSPHRASE or run on a terminal ({0})")]
    NoBackupPassphrase(String),
    /// A copy is to have a passphrase of its own.
    #[error("the copy would have the passphrase of the keystore; it is to have one of its own")]
    SamePassphrase,
    /// The two that were typed differ.
    #[error("the two passphrases differ; nothing was written")]
    Different,
}

impl OpenError {
    /// Whether what names the key is wrong, and not the key.
    pub fn is_of_arguments(&self) -> bool {
        matches!(
            self,
            Self::Missing | Self::Empty | Self::SecretInTheOpen | Self::Folder(_)
        )
    }

    /// What can be done about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing | Self::Empty => {
                Some("name an encrypted keystore with --key FILE or, for development, --key //Alice")
            }
            Self::SecretInTheOpen => Some(
                "take it as known to others; `interclear key import FILE` asks for a phrase and keeps it encrypted",
            ),
            Self::NoBackupPassphrase(_) => {
                Some("INTERCLEAR_PASSPHRASE opens the keystore, and is not taken for its copy")
            }
            Self::Key(KeyError::NoSuchFile { .. }) => {
                Some("`interclear key new FILE` makes a key; keys for development begin with //, such as //Alice")
            }
            Self::Key(KeyError::WrongPassphrase { .. }) => {
                Some("a script has it from INTERCLEAR_PASSPHRASE; without its passphrase a keystore cannot be opened")
            }
            _ => None,
        }
    }
}

/// What a `--key` argument names.
enum Source<'a> {
    /// An encrypted keystore.
    File(&'a Path),
    /// A key for development, which everybody has.
    Development(&'a str),
}

/// A key for development begins with `//`; anything else is a path, also if there is nothing. What begins with `//` is a
/// path, too, where such a file exists or its name ends in `.json`.
fn source(named: Option<&str>) -> Result<Source<'_>, OpenError> {
    let named = named.ok_or(OpenError::Missing)?;
    if named.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let path = Path::new(named);
    if path.is_dir() {
        return Err(OpenError::Folder(path.into()));
    }
    if path.exists() || named.ends_with(".json") {
        return Ok(Source::File(path));
    }
    if named.starts_with("//") {
        return Ok(Source::Development(named));
    }
    let words = named.split_whitespace().count();
    let hexadecimal =
        |digits: &str| digits.len() >= 64 && digits.bytes().take(64).all(|b| b.is_ascii_hexdigit());
    if words >= 12 || hexadecimal(named.strip_prefix("0x").unwrap_or(named)) {
        return Err(OpenError::SecretInTheOpen);
    }
    Ok(Source::File(path))
}

/// Opens the key that a `--key` argument names: a path of an encrypted keystore, or for development a URI that begins with
/// `//`.
///
/// # Errors
/// See [`OpenError`].
pub fn open(named: Option<&str>) -> Result<Keypair, OpenError> {
    match source(named)? {
        Source::Development(uri) => Ok(keys::from_uri(uri)?),
        Source::File(path) => {
            // What is not a keystore is told before anybody types a passphrase.
            keys::account_of_file(path)?;
            Ok(keys::open_file(path, &passphrase_of(path)?)?)
        }
    }
}

/// The account of the key that a `--key` argument names, for which no passphrase is needed.
///
/// # Errors
/// See [`OpenError`].
pub fn account(named: Option<&str>) -> Result<AccountId, OpenError> {
    match source(named)? {
        Source::Development(uri) => Ok(account_of(&keys::from_uri(uri)?)),
        Source::File(path) => Ok(keys::account_of_file(path)?),
    }
}

/// Warns of a keystore that others on the machine can read: they can try passphrases on it for as long as they like.
fn warn_of_readers(path: &Path) {
    if others_read(path) {
        let name = shown(path);
        output::warn(&format!(
            "warning: others on this machine can read {name}, and try passphrases on it: chmod 600 {name}"
        ));
    }
}

#[cfg(unix)]
fn others_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_read(_: &Path) -> bool {
    false
}

fn from_environment() -> Option<String> {
    std::env::var("INTERCLEAR_PASSPHRASE").ok()
}

fn ask(prompt: &str) -> Result<String, OpenError> {
    rpassword::prompt_password(prompt).map_err(|error| OpenError::NoPassphrase(error.to_string()))
}

/// The passphrase from the environment variable `INTERCLEAR_PASSPHRASE`, or asked for on the terminal.
fn passphrase(prompt: &str) -> Result<String, OpenError> {
    from_environment().map_or_else(|| ask(prompt), Ok)
}

/// The passphrase of a keystore or vault that is to be opened. That others can read the file is told before.
///
/// # Errors
/// There is none.
pub fn passphrase_of(file: &Path) -> Result<String, OpenError> {
    warn_of_readers(file);
    passphrase(&format!("Passphrase of {}: ", shown(file)))
}

/// A passphrase for a keystore that is made: likewise, but asked for twice, and never empty.
///
/// # Errors
/// There is none, it is empty, or the two differ.
pub fn new_passphrase() -> Result<String, OpenError> {
    let first = passphrase("New passphrase: ")?;
    if first.is_empty() {
        return Err(KeyError::EmptyPassphrase.into());
    }
    if from_environment().is_none() && ask("New passphrase, once more: ")? != first {
        return Err(OpenError::Different);
    }
    Ok(first)
}

/// A passphrase for the copy of a keystore that has the passphrase `first`: from `INTERCLEAR_BACKUP_PASSPHRASE`, or asked for twice.
/// Never the same, and never empty.
///
/// # Errors
/// There is none, it is empty or the same, or the two differ.
pub fn backup_passphrase(first: &str) -> Result<String, OpenError> {
    let ask = |prompt| {
        rpassword::prompt_password(prompt).map_err(|error| OpenError::NoBackupPassphrase(error.to_string()))
    };
    let (own, asked) = match std::env::var("INTERCLEAR_BACKUP_PASSPHRASE") {
        Ok(own) => (own, false),
        Err(_) => (ask("Passphrase of the copy: ")?, true),
    };
    if own.is_empty() {
        return Err(KeyError::EmptyPassphrase.into());
    }
    if own == first {
        return Err(OpenError::SamePassphrase);
    }
    if asked && ask("Passphrase of the copy, once more: ")? != own {
        return Err(OpenError::Different);
    }
    Ok(own)
}

/// A seed phrase, typed unseen on a terminal, or the first line of what is piped in: never an argument.
///
/// # Errors
/// It cannot be read.
pub fn phrase() -> Result<String, OpenError> {
    if std::io::stdin().is_terminal() {
        return ask("Seed phrase: ");
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| OpenError::NoPassphrase(error.to_string()))?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_keystore_should_be_warned_of_when_others_can_read_it() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.json");
        fs::write(&path, "{}").unwrap();
        for (mode, open) in [(0o600, false), (0o400, false), (0o644, true), (0o640, true)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(others_read(&path), open, "{mode:o}");
        }
        assert!(!others_read(&folder.path().join("none")));
    }

    #[test]
    fn what_is_named_should_be_a_path_or_a_development_key_and_nothing_else_when_it_is_opened() {
        assert!(matches!(open(None), Err(OpenError::Missing)));
        for empty in ["", " "] {
            assert!(matches!(open(Some(empty)), Err(OpenError::Empty)));
        }
        assert!(open(Some("//Alice")).is_ok());
        for missing in [
            "not a key",
            "Alice",
            "keys/clearing.json",
            "/Alice",
            "./x",
            "//keys/a.json",
        ] {
            let error = open(Some(missing)).err().unwrap();
            assert!(
                matches!(error, OpenError::Key(KeyError::NoSuchFile { .. })),
                "{missing}: {error}"
            );
        }
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let seed = "ab".repeat(32);
        for secret in [
            phrase,
            &format!("{phrase}//x"),
            &seed,
            &format!("0x{seed}"),
            &format!("0x{seed}//x"),
        ] {
            let error = open(Some(secret)).err().unwrap();
            assert!(matches!(error, OpenError::SecretInTheOpen), "{error}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path().to_str()), Err(OpenError::Folder(_))));
    }
}
