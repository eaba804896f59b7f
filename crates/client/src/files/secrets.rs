//! The secrets from which the salts of records are derived: one per file, kept where only its owners read.

use super::{digest_file, names::extended, FileError};
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
    /// Whether new ones are written.
    written: bool,
}

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

    /// Where the secret of a file with this digest is put. Its name carries a part of the digest, so that a file sent again
    /// under the same name gets a secret of its own.
    fn path(&self, file: &Path, digest: &Digest) -> PathBuf {
        let ending = ending(digest);
        let name = extended(file.file_name().unwrap_or_default(), &ending);
        self.folders(file).swap_remove(0).join(name)
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
        let path = self.path(file, digest);
        let name = path.file_name().unwrap_or_default();
        let folders = self.folders(file);
        for folder in &folders {
            let path = folder.join(name);
            if let Some(text) = text(&path)? {
                return parse(&path, &text);
            }
        }
        let ending = ending(digest);
        for path in folders.iter().filter_map(|folder| ending_with(folder, &ending)) {
            if let Some(text) = text(&path)? {
                return parse(&path, &text);
            }
        }
        Err(FileError::NoSecret { path })
    }

    /// A new random secret, which is not kept.
    pub fn draw() -> FileSecret {
        let mut secret = [0; 32];
        rand::rngs::OsRng.fill_bytes(&mut secret);
        FileSecret::from(secret)
    }

    /// The secret of a file with this digest (unsalted): that which was kept, or `drawn`, which is kept from now on. One that
    /// is empty was never used: what is anchored has its secret on the disk before.
    ///
    /// # Errors
    /// The secret can be neither read nor kept.
    pub fn of(&self, file: &Path, digest: &Digest, drawn: FileSecret) -> Result<FileSecret, FileError> {
        let path = self.path(file, digest);
        let name = path.file_name().unwrap_or_default();
        // A file that was put away is the same file.
        for above in self.folders(file).iter().skip(1) {
            let kept = above.join(name);
            if let Some(text) = text(&kept)?.filter(|text| !text.trim().is_empty()) {
                return parse(&kept, &text);
            }
        }
        let existing = match text(&path)? {
            Some(text) if text.trim().is_empty() => Existing::Replace,
            Some(text) => return parse(&path, &text),
            None => Existing::Keep,
        };
        if !self.written {
            return Ok(drawn);
        }
        let line = format!("{}\n", hex::encode(drawn.as_bytes()));
        match disk::write(&path, line.as_bytes(), existing, Readers::Owner) {
            Ok(()) => Ok(drawn),
            // Another process was faster, and its secret counts.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match text(&path)? {
                Some(text) => parse(&path, &text),
                None => Err(FileError::SecretNotKept { path, error }),
            },
            Err(error) => Err(FileError::SecretNotKept { path, error }),
        }
    }
}

/// How the name of the secret of a file with this digest ends.
fn ending(digest: &Digest) -> String {
    format!("-{}.secret", hex::encode(&digest[..8]))
}

/// A file of a folder whose name ends so.
fn ending_with(folder: &Path, ending: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let ends = |entry: &std::fs::DirEntry| entry.file_name().as_encoded_bytes().ends_with(ending.as_bytes());
    entries.flatten().find(ends).map(|entry| entry.path())
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

    #[test]
    fn an_empty_secret_should_be_drawn_anew_when_a_crash_has_left_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(None);
        of(&secrets, &file).unwrap();
        let path = secrets.path(&file, &digest_file(&file).unwrap());
        std::fs::write(&path, "").unwrap();
        let anew = of(&secrets, &file).unwrap();
        assert!(anew == secrets.kept(&file).unwrap());
    }

    #[test]
    fn a_secret_should_be_found_when_its_file_was_put_away_under_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x".repeat(250));
        std::fs::write(&file, "content").unwrap();
        let secrets = Secrets::new(None);
        let secret = of(&secrets, &file).unwrap();
        let done = folder.path().join("done");
        std::fs::create_dir(&done).unwrap();
        let away = done.join(file.file_name().unwrap());
        std::fs::copy(&file, &away).unwrap();
        assert!(
            secret == of(&secrets, &away).unwrap(),
            "it is anchored as before, not anew"
        );
        std::fs::remove_file(&away).unwrap();
        for name in ["same".to_owned(), "x".repeat(250)] {
            std::fs::copy(&file, done.join(&name)).unwrap();
            assert!(secret == secrets.kept(&done.join(&name)).unwrap());
        }
    }
}
