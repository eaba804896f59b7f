//! The secrets from which the salts of records are derived: one per file, kept where only its owners read.
//!
//! A secret belongs to what is in its file, whatever the file is called: its name is the digest of that. Until the file is on the
//! chain it is named as pending, so that one that came to nothing is never taken for one that counts, nor put in its place.

use super::{digest_file, FileError};
use crate::disk::{self, sync_folder, Existing, Readers};
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
    /// Whether new ones are written.
    written: bool,
}

/// How the name of a secret ends: of a file that is on the chain, and of one that is not yet.
const ENDINGS: [&str; 2] = ["secret", "pending"];

impl Secrets {
    /// In one folder, or in the folder `secrets` beside each file.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            written: true,
        }
    }

    /// The same, of which no new one is written.
    pub fn unwritten(self) -> Self {
        Self {
            written: false,
            ..self
        }
    }

    /// Where the secret of a file with this digest is put, once the file is on the chain and before.
    fn places(&self, file: &Path, digest: &Digest) -> [PathBuf; 2] {
        let folder = self.folders(file).swap_remove(0);
        ENDINGS.map(|ending| folder.join(named(digest, ending)))
    }

    /// The folders in which it may be: what was put away lies in a folder of the one that its secret was kept beside.
    fn folders(&self, file: &Path) -> Vec<PathBuf> {
        if let Some(folder) = &self.folder {
            return vec![folder.clone()];
        }
        let beside = file.parent().unwrap_or(Path::new(""));
        let mut folders = vec![beside.join("secrets")];
        let above = match beside.as_os_str().is_empty() {
            true => Some(Path::new("..")),
            false => beside.parent(),
        };
        folders.extend(above.map(|above| above.join("secrets")));
        folders
    }

    /// The secret of a file as it was kept, under whatever name the file had then.
    ///
    /// # Errors
    /// The file cannot be read, or its secret was never kept or is lost.
    pub fn kept(&self, file: &Path) -> Result<FileSecret, FileError> {
        self.kept_of(file, &digest_file(file)?)
    }

    /// As [`Self::kept`], of a file with this digest (unsalted).
    ///
    /// # Errors
    /// The secret was never kept, or is lost.
    pub fn kept_of(&self, file: &Path, digest: &Digest) -> Result<FileSecret, FileError> {
        let [path, _] = self.places(file, digest);
        self.find(file, digest)?.ok_or(FileError::NoSecret { path })
    }

    /// The secret that was kept of a file with this digest (unsalted), if one was. One that is empty was never used: what is
    /// anchored has its secret on the disk before.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn find(&self, file: &Path, digest: &Digest) -> Result<Option<FileSecret>, FileError> {
        for ending in ENDINGS {
            for folder in self.folders(file) {
                let path = folder.join(named(digest, ending));
                if let Some(text) = text(&path)?.filter(|text| !text.trim().is_empty()) {
                    return parse(&path, &text).map(Some);
                }
            }
        }
        Ok(None)
    }

    /// A new random secret, which is not kept.
    pub fn draw() -> FileSecret {
        let mut secret = [0; 32];
        rand::rngs::OsRng.fill_bytes(&mut secret);
        FileSecret::from(secret)
    }

    /// Keeps the secret of a file with this digest (unsalted) that is about to be sent, as pending, and answers with the one
    /// that counts: where another process was faster, that one's.
    ///
    /// # Errors
    /// The secret can be neither read nor kept.
    pub fn keep(&self, file: &Path, digest: &Digest, drawn: &FileSecret) -> Result<FileSecret, FileError> {
        if !self.written {
            return Ok(drawn.clone());
        }
        let [_, path] = self.places(file, digest);
        match put(&path, drawn) {
            Ok(()) => Ok(drawn.clone()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match text(&path)? {
                Some(text) => parse(&path, &text),
                None => Err(FileError::SecretNotKept { path, error }),
            },
            Err(error) => Err(FileError::SecretNotKept { path, error }),
        }
    }

    /// Gives a secret its name for good, since its file is on the chain.
    ///
    /// # Errors
    /// It cannot be kept; it is then still kept as pending.
    pub fn confirm(&self, file: &Path, digest: &Digest, secret: &FileSecret) -> Result<(), FileError> {
        let [path, pending] = self.places(file, digest);
        if !self.written || pending.symlink_metadata().is_err() {
            return Ok(());
        }
        match put(&path, secret) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(FileError::SecretNotKept { path, error })
            }
            _ => remove(&pending),
        }
    }

    /// Forgets a pending secret of a file that the chain has refused.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn discard(&self, file: &Path, digest: &Digest) -> Result<(), FileError> {
        let [_, pending] = self.places(file, digest);
        match self.written {
            true => remove(&pending),
            false => Ok(()),
        }
    }
}

fn named(digest: &Digest, ending: &str) -> String {
    format!("{}.{ending}", hex::encode(digest))
}

/// Writes a secret over nothing, or over what a crash has left empty.
fn put(path: &Path, secret: &FileSecret) -> std::io::Result<()> {
    let blank = matches!(std::fs::read(path), Ok(octets) if octets.trim_ascii().is_empty());
    let existing = match blank {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    let line = format!("{}\n", hex::encode(secret.as_bytes()));
    disk::write(path, line.as_bytes(), existing, Readers::Owner)
}

fn remove(path: &Path) -> Result<(), FileError> {
    match std::fs::remove_file(path) {
        Ok(()) => {
            let folder = path.parent().unwrap_or(Path::new("."));
            sync_folder(folder).map_err(FileError::io(folder))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FileError::io(path)(error)),
    }
}

/// What is in a file, if there is one.
fn text(path: &Path) -> Result<Option<String>, FileError> {
    match std::fs::read(path) {
        // What is not text is not a secret either, and is reported so.
        Ok(octets) => Ok(Some(String::from_utf8_lossy(&octets).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::io(path)(error)),
    }
}

fn parse(path: &Path, text: &str) -> Result<FileSecret, FileError> {
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret)
        .map_err(|_| FileError::BrokenSecret { path: path.into() })?;
    Ok(FileSecret::from(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps a secret of a file as it is before the file is sent.
    fn pending(secrets: &Secrets, file: &Path) -> FileSecret {
        let digest = digest_file(file).unwrap();
        match secrets.find(file, &digest).unwrap() {
            Some(secret) => secret,
            None => secrets.keep(file, &digest, &Secrets::draw()).unwrap(),
        }
    }

    /// As [`pending`], and the file is anchored.
    fn of(secrets: &Secrets, file: &Path) -> FileSecret {
        let secret = pending(secrets, file);
        secrets
            .confirm(file, &digest_file(file).unwrap(), &secret)
            .unwrap();
        secret
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
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
        let first = of(&secrets, &one);
        assert!(
            first == of(&secrets, &one),
            "the same file has the same secret again"
        );
        assert!(first == secrets.kept(&one).unwrap());
        assert!(first != of(&secrets, &two), "another file has another");
        std::fs::write(&one, "sent again with other content").unwrap();
        assert!(first != of(&secrets, &one), "other content has another");
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
    fn a_secret_should_be_named_by_the_digest_of_its_file_and_be_pending_until_it_is_anchored() {
        let folder = tempfile::tempdir().unwrap();
        let (file, copy) = (
            folder.path().join("CDDEUD1FRAF100001"),
            folder.path().join("X.bak"),
        );
        std::fs::write(&file, "content").unwrap();
        std::fs::copy(&file, &copy).unwrap();
        let digest = hex::encode(digest_file(&file).unwrap());
        let kept = folder.path().join("kept");
        let secrets = Secrets::new(Some(kept.clone()));
        let secret = pending(&secrets, &copy);
        assert_eq!(names(&kept), [format!("{digest}.pending")]);
        assert!(
            secret == pending(&secrets, &file),
            "a crash before the answer finds it again"
        );
        assert!(secret == of(&secrets, &file));
        assert_eq!(names(&kept), [format!("{digest}.secret")]);
        assert!(
            secret == secrets.kept(&copy).unwrap(),
            "whatever the file is called"
        );
    }

    #[test]
    fn nothing_should_be_left_of_a_secret_when_its_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "content").unwrap();
        let digest = digest_file(&file).unwrap();
        let kept = folder.path().join("kept");
        let secrets = Secrets::new(Some(kept.clone()));
        pending(&secrets, &file);
        secrets.discard(&file, &digest).unwrap();
        assert_eq!(names(&kept), Vec::<String>::new());
        // What is on the chain stays, whatever is refused of it later.
        let secret = of(&secrets, &file);
        secrets.discard(&file, &digest).unwrap();
        assert!(secret == secrets.kept(&file).unwrap());
        // A new one is never put in the place of one that counts.
        let other = secrets.keep(&file, &digest, &Secrets::draw()).unwrap();
        secrets.confirm(&file, &digest, &other).unwrap();
        assert!(secret == secrets.kept(&file).unwrap());
        assert_eq!(names(&kept).len(), 1);
    }

    #[test]
    fn a_broken_secret_should_stay_when_its_file_is_checked_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(Some(folder.path().join("kept")));
        of(&secrets, &file);
        let digest = digest_file(&file).unwrap();
        let [path, _] = secrets.places(&file, &digest);
        std::fs::write(&path, "half a sec").unwrap();
        assert!(secrets.find(&file, &digest).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half a sec");
    }

    #[test]
    fn an_empty_secret_should_be_drawn_anew_when_a_crash_has_left_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(None);
        of(&secrets, &file);
        for path in secrets.places(&file, &digest_file(&file).unwrap()) {
            std::fs::write(&path, "").unwrap();
        }
        let anew = of(&secrets, &file);
        assert!(anew == secrets.kept(&file).unwrap());
    }

    #[test]
    fn a_secret_should_be_found_when_its_file_was_put_away_under_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x".repeat(250));
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(None);
        let secret = of(&secrets, &file);
        let done = folder.path().join("done");
        std::fs::create_dir(&done).unwrap();
        for name in ["same".to_owned(), "x".repeat(250)] {
            std::fs::copy(&file, done.join(&name)).unwrap();
            assert!(
                secret == of(&secrets, &done.join(&name)),
                "it is anchored as before, not anew"
            );
        }
    }
}
