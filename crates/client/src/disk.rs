//! Files that are whole or not there: written beside their place, synced, and only then moved to it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// What becomes of a file that has the name already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It is replaced, at once.
    Replace,
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readers {
    /// Whoever the process lets read its files.
    Usual,
    /// The owner of the process alone.
    Owner,
}

/// Writes a file so that at any time, also after a crash or on a full disk, there is all of it or nothing under its name.
/// When this returns, it is on the disk. Folders that are missing are made.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] where it is to be kept; what the file system says otherwise. Nothing is left behind.
pub fn write(path: &Path, octets: &[u8], existing: Existing, readers: Readers) -> io::Result<()> {
    write_with(path, existing, readers, |file| file.write_all(octets))
}

/// As [`write()`], of content that `content` writes.
///
/// # Errors
/// As [`write()`], and those of `content`.
pub fn write_with(
    path: &Path,
    existing: Existing,
    readers: Readers,
    content: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    make_folder(folder, readers)?;
    if existing == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(taken());
    }
    let beside = beside(folder);
    let written = open(&beside, readers)
        .and_then(|mut file| content(&mut file).and_then(|()| file.sync_all()))
        .and_then(|()| place(&beside, path, existing))
        .and_then(|()| sync_folder(folder));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn taken() -> io::Error {
    io::Error::new(ErrorKind::AlreadyExists, "the file exists already")
}

fn make_folder(folder: &Path, readers: Readers) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut folders = fs::DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    }
    folders.create(folder)
}

/// A name that nothing has: short, so that a file with the longest name can be written, too.
fn beside(folder: &Path) -> PathBuf {
    folder.join(format!(".{:016x}.tmp", rand::random::<u64>()))
}

fn open(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(path)
}

/// A second name is never given over a file that is there, as a new name would be.
fn place(beside: &Path, path: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Replace {
        return fs::rename(beside, path);
    }
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        // Not every file system has second names; between the look and the move is no time that matters there.
        Err(_) if path.symlink_metadata().is_err() => fs::rename(beside, path),
        Err(error) => Err(error),
    }
}

/// Has the names in a folder on the disk.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_should_stay_as_it_was_when_writing_another_fails_half_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, b"one", Existing::Keep, Readers::Usual).unwrap();
        let failed = write_with(&path, Existing::Replace, Readers::Usual, |file| {
            file.write_all(b"tw")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["a"], "no leftovers");
    }

    #[test]
    fn a_file_should_be_kept_or_replaced_as_said_when_its_name_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/a");
        write(&path, b"one", Existing::Keep, Readers::Owner).unwrap();
        let refused = write(&path, b"two", Existing::Keep, Readers::Owner).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"two", Existing::Replace, Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(path.parent().unwrap()), ["a"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
    }

    #[test]
    fn a_file_should_be_written_when_its_name_is_as_long_as_names_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(255));
        write(&path, b"one", Existing::Keep, Readers::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
    }
}
