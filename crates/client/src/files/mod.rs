//! Files of usage: their names, digests and secrets, what is anchored of them, and whether what was anchored is true.

mod checker;
mod compare;
mod names;
mod sealed;
mod secrets;

pub use checker::{
    not_anchorable, open_store, taken_from, without_service, CheckedFile, Checker, Fate, KnownFiles,
    Obstacle, Reduced, OTHER_SECRET,
};
pub use compare::{compare, compare_counted, differences, look, Difference, Doubt, Looked};
pub(crate) use names::extended;
pub use names::shown;
pub use sealed::{hand_over, RecipientKeys, SealedSecret, SealingKeypair};
pub use secrets::Secrets;

use interclear_primitives::{
    series::{BatchKey, SeriesKey, Stream},
    Digest,
};
use interclear_record_store::StoreError;
use interclear_tap::{FileName, Scheme};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Why a file cannot be worked with.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file or folder cannot be read or written.
    #[error("{}: {}", crate::text::path(path), crate::text::reason(error))]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The secret of a file is missing.
    #[error(
        "{}: there is no secret for this file: without it no record can be proven",
        crate::text::path(path)
    )]
    NoSecret {
        /// Where the secret should be.
        path: PathBuf,
    },
    /// What is kept as a secret is not one.
    #[error(
        "{}: this is not a secret: 64 hexadecimal digits are expected",
        crate::text::path(path)
    )]
    BrokenSecret {
        /// Where it is.
        path: PathBuf,
    },
    /// The secret cannot be kept, so nothing is anchored of the file.
    #[error(
        "{}: the secret cannot be kept: {}",
        crate::text::path(path),
        crate::text::reason(error)
    )]
    SecretNotKept {
        /// Where it should be.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The secret that came with a file cannot be used.
    #[error("{}: {reason}", crate::text::path(path))]
    SealedSecret {
        /// Where it is.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file has other content than a moment before.
    #[error("{}: the file changes while it is read", crate::text::path(path))]
    Changing {
        /// The file.
        path: PathBuf,
    },
    /// The store of records fails.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for FileError {
    /// What cannot be read or written is told in the same words whoever finds it out.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::File { path, error } => Self::Io { path, error },
            other => Self::Store(other),
        }
    }
}

impl FileError {
    pub(crate) fn io(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |error| Self::Io {
            path: path.into(),
            error,
        }
    }
}

/// The file on the chain that the name of a file of a stream stands for.
pub fn key_of(name: &FileName, stream: Stream) -> BatchKey {
    BatchKey {
        series: SeriesKey {
            sender: name.sender,
            recipient: name.recipient,
            stream,
            test: name.test,
        },
        sequence: name.sequence,
    }
}

/// The file on the chain that a name by the naming scheme of TAP or of NRTRDE stands for; `None` for other names.
pub fn key_named(name: &str) -> Option<BatchKey> {
    let tap = Scheme::Tap.parse(name).map(|name| key_of(&name, Stream::Tap));
    tap.or_else(|| Some(key_of(&Scheme::Nrtrde.parse(name)?, Stream::Nrtrde)))
}

/// The name by the naming scheme of a file on the chain.
pub fn name_of(key: &BatchKey) -> String {
    let SeriesKey {
        sender,
        recipient,
        test,
        stream,
    } = key.series;
    let name = FileName {
        test,
        sender,
        recipient,
        sequence: key.sequence,
    };
    match stream {
        Stream::Tap => Scheme::Tap.name(&name),
        Stream::Nrtrde => Scheme::Nrtrde.name(&name),
    }
}

/// Blake2b-256 of a file, in constant memory.
///
/// # Errors
/// The file cannot be read.
pub fn digest_file(path: &Path) -> Result<Digest, FileError> {
    let mut file = std::fs::File::open(path).map_err(FileError::io(path))?;
    let mut state = blake2b_simd::Params::new().hash_length(32).to_state();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(FileError::io(path))?;
        if read == 0 {
            break;
        }
        state.update(&buffer[..read]);
    }
    Ok(as_digest(&state.finalize()))
}

/// Blake2b-256 of octets.
pub fn digest(octets: &[u8]) -> Digest {
    as_digest(&blake2b_simd::Params::new().hash_length(32).hash(octets))
}

fn as_digest(hash: &blake2b_simd::Hash) -> Digest {
    let mut digest = Digest::default();
    digest.copy_from_slice(hash.as_bytes());
    digest
}

/// Bytes as `0x` and hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_should_come_back_when_its_key_is_named() {
        for name in ["CDFRAF1DEUD100042", "TDFRAF1DEUD100042", "NRFRAF1DEUD10000042"] {
            assert_eq!(name_of(&key_named(name).unwrap()), name);
        }
        assert_eq!(key_named("RCFRAF1DEUD100042"), None);
    }

    #[test]
    fn a_store_should_be_told_of_in_plain_words_when_a_file_of_it_cannot_be_read() {
        let error = StoreError::File {
            path: "seen/records.key".into(),
            error: io::Error::from_raw_os_error(13),
        };
        assert_eq!(
            FileError::from(error).to_string(),
            "seen/records.key: permission denied: you may not read or write it"
        );
    }

    #[test]
    fn digest_file_should_give_what_b2sum_gives_when_a_file_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        let known = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
        assert_eq!(digest_file(&path).map(hex::encode).ok().as_deref(), Some(known));
        assert_eq!(hex::encode(digest(b"abc")), known);
    }
}
