//! The secrets from which the salts of records are derived: one per file, kept where only its owners read.

use super::{digest_file, FileError};
use crate::disk::{self, Existing, Readers};
use interclear_merkle::FileSecret;
use interclear_primitives::Digest;
use rand::RngCore;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Where secrets are kept.
pub struct Secrets {
    folder: Option<PathBuf>,
}

impl Secrets {
    /// In one folder, or in the folder `secrets` beside each file.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Where the secret of a file with this digest is. Its name carries a part of the digest, so that a file sent again under
    /// the same name gets a secret of its own.
    fn path(&self, file: &Path, digest: &Digest) -> PathBuf {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => file.parent().unwrap_or(Path::new("")).join("secrets"),
        };
        folder.join(format!("{name}-{}.secret", hex::encode(&digest[..8])))
    }

    /// The secret of a file as it was kept.
    ///
    /// # Errors
    /// The file cannot be read, or its secret was never kept or is lost.
    pub fn kept(&self, file: &Path) -> Result<FileSecret, FileError> {
        let path = self.path(file, &digest_file(file)?);
        match std::fs::read_to_string(&path) {
            Ok(text) => parse(&path, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(FileError::NoSecret { path }),
            Err(error) => Err(FileError::Io { path, error }),
        }
    }

    /// A new random secret, which is not kept.
    pub fn draw() -> FileSecret {
        let mut secret = [0; 32];
        rand::rngs::OsRng.fill_bytes(&mut secret);
        FileSecret::from(secret)
    }

    /// The secret of a file with this digest: that which was kept, or `drawn`, which is kept from now on.
    ///
    /// # Errors
    /// The secret can be neither read nor kept.
    pub fn of(&self, file: &Path, digest: &Digest, drawn: FileSecret) -> Result<FileSecret, FileError> {
        let path = self.path(file, digest);
        match std::fs::read_to_string(&path) {
            Ok(text) => parse(&path, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => match keep(&path, drawn.as_bytes()) {
                Ok(()) => Ok(drawn),
                Err(error) => Err(FileError::SecretNotKept { path, error }),
            },
            Err(error) => Err(FileError::Io { path, error }),
        }
    }
}

fn parse(path: &Path, text: &str) -> Result<FileSecret, FileError> {
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret)
        .map_err(|_| FileError::BrokenSecret { path: path.into() })?;
    Ok(FileSecret::from(secret))
}

/// Writes a secret that only the owner of the process may read; never over another. An anchor whose secret is lost
/// cannot be proven any more: it is on the disk before anything is sent.
fn keep(path: &Path, secret: &[u8; 32]) -> std::io::Result<()> {
    let text = format!("{}\n", hex::encode(secret));
    disk::write(path, text.as_bytes(), Existing::Keep, Readers::Owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(secrets: &Secrets, file: &Path) -> Result<FileSecret, FileError> {
        secrets.of(file, &digest_file(file).unwrap(), Secrets::draw())
    }

    #[test]
    fn a_secret_should_be_drawn_once_and_hidden_when_content_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (
            folder.path().join("CDDEUD1FRAF100001"),
            folder.path().join("CDDEUD1FRAF100002"),
        );
        std::fs::write(&one, "one").unwrap();
        std::fs::write(&two, "two").unwrap();
        let secrets = Secrets::new(None);
        assert!(secrets.kept(&one).is_err(), "none is drawn to prove something");
        let first = of(&secrets, &one).unwrap();
        assert!(
            first == of(&secrets, &one).unwrap(),
            "the same file has the same secret again"
        );
        assert!(first == secrets.kept(&one).unwrap());
        assert!(first != of(&secrets, &two).unwrap(), "another file has another");
        std::fs::write(&one, "sent again with other content").unwrap();
        assert!(first != of(&secrets, &one).unwrap(), "other content has another");
        let kept: Vec<_> = std::fs::read_dir(folder.path().join("secrets"))
            .unwrap()
            .collect();
        assert_eq!(kept.len(), 3);
        #[cfg(unix)]
        for entry in kept {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                entry.unwrap().metadata().unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn a_broken_secret_should_stay_when_its_file_is_checked_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(Some(folder.path().join("kept")));
        of(&secrets, &file).unwrap();
        let path = secrets.path(&file, &digest_file(&file).unwrap());
        std::fs::write(&path, "half a sec").unwrap();
        assert!(of(&secrets, &file).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a sec");
    }
}
