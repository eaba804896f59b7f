//! The secret of a file on its way to the recipient: sealed to the recipient's registered key, in a small file beside the
//! usage file.
//!
//! HPKE (RFC 9180), base mode, by the suite of the recipient's key (`interclear-sealed`). Whoever sends a secret is not
//! authenticated by it, and need not be: the recipient takes it only if it leads to what the sender anchored. Which chain, which
//! file of which sender and recipient, which anchor and whose key are authenticated, so that a sealed secret passes for no other:
//! what was sealed on a network for trials opens nothing on the real one.

use super::{digest_file, extended, hex, name_of, CheckedFile, FileError, Secrets};
use crate::{
    disk::{self, Existing, Readers},
    text::printable,
};
use codec::Encode;
use interclear_merkle::{file_digest, FileSecret};
use interclear_primitives::{channel::SealingKey, ids::OperatorId, series::BatchKey, tadig::Tadig, Digest};
use interclear_sealed::channel;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

pub use interclear_sealed::channel::SealingKeypair;

/// The operators behind networks, and the keys that they have registered.
pub type RecipientKeys = BTreeMap<Tadig, (OperatorId, SealingKey)>;

/// The format, which also keeps what is sealed here apart from everything else that is sealed to the same key.
const FORMAT: &str = "interclear/file-secret/v2";

/// The longest that a sealed secret can be, in octets; it has less than a thousand.
const LONGEST: u64 = 1 << 16;

/// A secret as it is handed to a recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SealedSecret {
    /// Format and version.
    format: String,
    /// The chain on which the file is anchored: the hash of its first block.
    chain: String,
    /// Name of the file on the chain.
    file: String,
    /// Its digest, as anchored.
    digest: String,
    /// The recipient's operator.
    operator: OperatorId,
    /// The version of its key.
    version: u32,
    /// The key itself, so that it can be found in a keystore.
    key: String,
    /// The encapsulated key.
    encapsulation: String,
    /// The secret, encrypted.
    sealed: String,
}

/// What is authenticated: the chain, the file with its networks, what was anchored of it, and to whom it is sealed.
fn associated(
    genesis: &Digest,
    key: &BatchKey,
    digest: &Digest,
    operator: OperatorId,
    version: u32,
) -> Vec<u8> {
    (FORMAT, genesis, key, digest, operator, version).encode()
}

impl SealedSecret {
    /// Where the secret of a file is: beside it.
    pub fn path(file: &Path) -> PathBuf {
        file.with_file_name(extended(file.file_name().unwrap_or_default(), ".secret"))
    }

    /// Seals the secret of a file with a digest that is anchored on a chain, named by its first block, to an operator's key.
    ///
    /// # Errors
    /// These octets are not a public key.
    pub fn seal(
        secret: &FileSecret,
        genesis: &Digest,
        key: &BatchKey,
        digest: &Digest,
        operator: OperatorId,
        to: &SealingKey,
    ) -> Result<Self, String> {
        let wrong = |_| format!("the sealing key of operator {} is not a key", operator.0);
        let (suite, version) = (to.state.suite, to.state.version);
        let associated = associated(genesis, key, digest, operator, version);
        let sealed = channel::seal(suite, &to.key, FORMAT.as_bytes(), &associated, secret.as_bytes());
        let sealed = sealed.map_err(wrong)?;
        let (encapsulation, sealed) = sealed.split_at(suite.encapsulation());
        Ok(Self {
            format: FORMAT.into(),
            chain: hex(genesis),
            file: name_of(key),
            digest: hex(digest),
            operator,
            version,
            key: hex(&to.key),
            encapsulation: hex(encapsulation),
            sealed: hex(sealed),
        })
    }

    /// Opens the secret, which must be that of a file with this content, on this chain; on whichever it names where no chain is
    /// asked.
    ///
    /// # Errors
    /// It is of another chain or file, sealed to another key, or not genuine.
    pub fn open(
        &self,
        genesis: Option<&Digest>,
        key: &BatchKey,
        content: &Digest,
        with: &SealingKeypair,
    ) -> Result<FileSecret, String> {
        if self.format != FORMAT {
            return Err(unknown(&self.format));
        }
        if let Some(genesis) = genesis.filter(|genesis| self.chain != hex(*genesis)) {
            return Err(format!(
                "the secret was sealed for a file on another chain ({}) than this one ({}); ask the sender for the one of this chain",
                printable(&self.chain),
                hex(genesis)
            ));
        }
        if self.file != name_of(key) {
            return Err(format!(
                "this is the secret of {}, not of {}; ask the sender for the one of this file",
                printable(&self.file),
                name_of(key)
            ));
        }
        if self.key != hex(&with.public()) {
            return Err(format!(
                "the secret is sealed to version {} of operator {}'s sealing key, {}; the keystore has {}",
                self.version,
                self.operator.0,
                printable(&self.key),
                hex(&with.public())
            ));
        }
        let octets = |text: &str| {
            hex::decode(text.trim_start_matches("0x")).map_err(|_| "it is not hexadecimal".to_owned())
        };
        let of_32 = |text: &str, what: &str| {
            let octets: Result<Digest, _> = octets(text)?.try_into();
            octets.map_err(|_| format!("the {what} has not 32 octets"))
        };
        let digest = of_32(&self.digest, "digest")?;
        let named = of_32(&self.chain, "hash of the chain's first block")?;
        let false_secret =
            |_| "the secret does not open: it was changed on the way; ask the sender for it again".to_owned();
        let mut sealed = octets(&self.encapsulation)?;
        sealed.extend(octets(&self.sealed)?);
        let associated = associated(&named, key, &digest, self.operator, self.version);
        let secret = with
            .open(FORMAT.as_bytes(), &associated, &sealed)
            .map_err(false_secret)?;
        let secret: [u8; 32] = secret
            .as_slice()
            .try_into()
            .map_err(|_| "the secret has not 32 octets".to_owned())?;
        let secret = FileSecret::from(secret);
        match file_digest(&secret, content) == digest {
            true => Ok(secret),
            false => Err(
                "the secret belongs to other content than that of the file: one of them is not what was anchored; \
                 ask the sender for both"
                    .into(),
            ),
        }
    }

    /// Writes the secret beside its file; one that was written before is replaced as a whole.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, file: &Path) -> Result<PathBuf, FileError> {
        let path = Self::path(file);
        let text = serde_json::to_string_pretty(self).map_err(|error| FileError::io(&path)(error.into()))?;
        disk::write(&path, text.as_bytes(), Existing::Replace, Readers::Usual)
            .map_err(FileError::io(&path))?;
        Ok(path)
    }

    /// The secret that came with a file, still sealed; `None` where none came.
    ///
    /// # Errors
    /// It cannot be read, or is something else.
    pub fn beside(file: &Path) -> Result<Option<Self>, FileError> {
        let path = Self::path(file);
        let mut octets = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(LONGEST).read_to_end(&mut octets));
        match read {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(FileError::io(&path)(error)),
        }
        let sealed = Self::parse(&octets);
        sealed
            .map(Some)
            .map_err(|reason| FileError::SealedSecret { path, reason })
    }

    fn parse(octets: &[u8]) -> Result<Self, String> {
        let other = |error: serde_json::Error| {
            format!(
                "this is not the sealed secret of a file: {}",
                printable(&error.to_string())
            )
        };
        let value: serde_json::Value = serde_json::from_slice(octets).map_err(other)?;
        // Another version has other fields.
        match value["format"].as_str() {
            Some(format) if format != FORMAT => Err(unknown(format)),
            _ => serde_json::from_value(value).map_err(other),
        }
    }

    /// As [`Self::open`], for the file beside which it came.
    ///
    /// # Errors
    /// The file cannot be read, or the secret not opened.
    pub fn open_for(
        &self,
        genesis: Option<&Digest>,
        file: &Path,
        key: &BatchKey,
        with: &SealingKeypair,
    ) -> Result<FileSecret, FileError> {
        self.open(genesis, key, &digest_file(file)?, with)
            .map_err(|reason| FileError::SealedSecret {
                path: Self::path(file),
                reason,
            })
    }

    /// Whether it is sealed to this public key.
    pub fn is_for(&self, public: &[u8]) -> bool {
        self.key == hex(public)
    }

    /// To whom it is sealed: the operator, the version of its key, and the key.
    pub fn recipient(&self) -> (OperatorId, u32, &str) {
        (self.operator, self.version, &self.key)
    }
}

fn unknown(format: &str) -> String {
    format!(
        "`{}` is a format that this version does not know, which reads `{FORMAT}`: use a newer one, or ask the sender to seal it anew",
        printable(format)
    )
}

/// Seals the secrets of files that are on a chain, named by its first block, to their recipients' keys, into a file beside each. Recipients for whom
/// there is no key are answered, or one to which nothing can be sealed: that is theirs to mend, and holds up nobody.
///
/// # Errors
/// A secret cannot be read or written.
pub fn hand_over<'f>(
    secrets: &Secrets,
    genesis: &Digest,
    files: impl IntoIterator<Item = &'f CheckedFile>,
    keys: &RecipientKeys,
) -> Result<BTreeSet<Tadig>, FileError> {
    let mut without = BTreeSet::new();
    for file in files.into_iter().filter(|file| file.is_on_chain()) {
        let Some(anchor) = &file.anchor else { continue };
        let key = anchor.key();
        let recipient = key.series.recipient;
        let Some((operator, to)) = keys.get(&recipient) else {
            without.insert(recipient);
            continue;
        };
        let secret = match &file.digest {
            Some(digest) => secrets.kept_of(&file.path, digest)?,
            None => secrets.kept(&file.path)?,
        };
        match SealedSecret::seal(&secret, genesis, &key, anchor.digests().0, *operator, to) {
            Ok(sealed) => {
                sealed.write(&file.path)?;
            }
            Err(_) => {
                without.insert(recipient);
            }
        }
    }
    Ok(without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::key_named;
    use interclear_primitives::channel::{KeyState, PublicKey, Suite};

    const CHAIN: Digest = [0xc; 32];

    fn registered(version: u32, suite: Suite, key: Vec<u8>) -> SealingKey {
        SealingKey {
            state: KeyState {
                version,
                suite,
                set_at: 0,
                usable_from: 0,
                revoked_at: None,
            },
            key: PublicKey::truncate_from(key),
        }
    }

    fn octets(text: &str) -> Vec<u8> {
        hex::decode(text).unwrap()
    }

    /// RFC 9180, appendix A.2.1, sequence number 0.
    #[test]
    fn suite_should_open_what_the_standard_seals() {
        let private = octets("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
        let mut sealed = octets("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
        sealed.extend(octets(
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
        ));
        let pair = SealingKeypair::from_bytes(Suite::X25519, &private).unwrap();
        let plain = pair.open(b"Ode on a Grecian Urn", b"Count-0", &sealed).unwrap();
        assert_eq!(plain.as_slice(), b"Beauty is truth, truth beauty");
    }

    #[test]
    fn nothing_should_be_sealed_when_the_key_is_a_point_of_low_order() {
        let mut key = [0; 32];
        for first in [0, 1] {
            key[0] = first;
            let to = registered(1, Suite::X25519, key.into());
            let file = key_named("CDFRAF1DEUD100042").unwrap();
            let secret = FileSecret::from([7; 32]);
            let sealed = SealedSecret::seal(&secret, &CHAIN, &file, &[1; 32], OperatorId(3), &to);
            assert!(sealed.is_err(), "everybody could open it");
        }
    }

    #[test]
    fn what_is_no_secret_should_be_named_when_it_lies_beside_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("CDFRAF1DEUD100042");
        assert_eq!(SealedSecret::beside(&file).unwrap(), None);
        let long = "[".repeat(1 << 17);
        for (text, words) in [
            ("", "not the sealed secret"),
            (&long, "not the sealed secret"),
            ("{\"format\":\"interclear/file-secret/v2\"}", "missing field"),
            ("{\"format\":\"interclear/file-secret/v9\"}", "use a newer one"),
            ("{\"format\":\"\\u001b[2J\"}", "\\u{1b}[2J"),
        ] {
            std::fs::write(SealedSecret::path(&file), text).unwrap();
            let error = SealedSecret::beside(&file).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
            assert!(error.contains("CDFRAF1DEUD100042.secret"), "{error}");
        }
    }

    #[test]
    fn a_secret_should_open_only_for_its_file_its_content_and_its_key() {
        let (secret, content) = (FileSecret::from([7; 32]), [5; 32]);
        let (file, other) = (
            key_named("CDFRAF1DEUD100042").unwrap(),
            key_named("CDFRAF1DEUD100043").unwrap(),
        );
        let digest = file_digest(&secret, &content);
        let pair = SealingKeypair::generate(Suite::XWing);
        let to = registered(2, Suite::XWing, pair.public());
        let sealed = SealedSecret::seal(&secret, &CHAIN, &file, &digest, OperatorId(3), &to).unwrap();
        let here = Some(&CHAIN);
        assert!(sealed.open(here, &file, &content, &pair).unwrap() == secret);
        assert!(sealed.open(None, &file, &content, &pair).unwrap() == secret);
        assert!(sealed.open(here, &other, &content, &pair).is_err());
        assert!(sealed.open(here, &file, &[6; 32], &pair).is_err());
        assert!(sealed
            .open(here, &file, &content, &SealingKeypair::generate(Suite::XWing))
            .is_err());
        // Each field that can be changed without being noticed before is authenticated.
        let renamed = SealedSecret {
            file: name_of(&other),
            ..sealed.clone()
        };
        assert!(renamed.open(here, &other, &content, &pair).is_err());
        for changed in [
            SealedSecret {
                version: 3,
                ..sealed.clone()
            },
            SealedSecret {
                operator: OperatorId(4),
                ..sealed.clone()
            },
            SealedSecret {
                digest: hex(&[1; 32]),
                ..sealed.clone()
            },
            SealedSecret {
                sealed: hex(&[1; 48]),
                ..sealed.clone()
            },
            SealedSecret {
                encapsulation: hex(&[9; 32]),
                ..sealed.clone()
            },
            SealedSecret {
                format: "interclear/file-secret/v3".into(),
                ..sealed.clone()
            },
        ] {
            assert!(changed.open(here, &file, &content, &pair).is_err(), "{changed:?}");
        }
    }

    #[test]
    fn a_secret_should_not_open_when_it_was_sealed_on_another_chain() {
        // The same file, content, operator and key, on a network for trials and on the real one.
        let (secret, content) = (FileSecret::from([7; 32]), [5; 32]);
        let (trial, file) = ([0xd; 32], key_named("CDFRAF1DEUD100042").unwrap());
        let digest = file_digest(&secret, &content);
        let pair = SealingKeypair::generate(Suite::X25519);
        let to = registered(1, Suite::X25519, pair.public());
        let sealed = SealedSecret::seal(&secret, &trial, &file, &digest, OperatorId(3), &to).unwrap();
        let refused = sealed.open(Some(&CHAIN), &file, &content, &pair).err().unwrap();
        assert!(refused.contains("on another chain"), "{refused}");
        // Nor does it help to name the chain that is asked for, online or not.
        let renamed = SealedSecret {
            chain: hex(&CHAIN),
            ..sealed
        };
        for asked in [Some(&CHAIN), None] {
            let refused = renamed.open(asked, &file, &content, &pair).err().unwrap();
            assert!(refused.contains("was changed on the way"), "{refused}");
        }
    }
}
