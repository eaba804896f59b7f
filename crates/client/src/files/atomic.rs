//! Files that are written as a whole or not at all: beside, synced, then put in their place.

use std::{
    ffi::OsString,
    fs::{DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readers {
    /// Whom the umask of the process allows.
    All,
    /// The owner of the process; folders that are made for it, too.
    Owner,
}

/// Whether a file may take the place of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// It must be free.
    Free,
    /// What is there is replaced.
    Taken,
}

/// Writes a file as a whole or not at all, and its folder if need be; it is on the disk when this returns. What a crash
/// leaves is a file whose name starts with a dot and ends with `.tmp`.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] where the place should be free and is not; otherwise those of the file system. Nothing is
/// then changed.
pub fn write_whole(path: &Path, octets: &[u8], readers: Readers, place: Place) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    make_folder(folder, readers)?;
    let beside = beside(folder);
    let written = options
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(octets)?;
            file.sync_all()
        })
        .and_then(|()| put(&beside, path, place));
    if written.is_err() {
        // What failed is told; that its remains stay is not.
        let _remains = std::fs::remove_file(&beside).is_err();
    }
    written.and_then(|()| sync_folder(folder))
}

fn make_folder(folder: &Path, readers: Readers) -> io::Result<()> {
    let mut folders = DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    }
    folders.create(folder)
}

/// A name that nobody else takes, whatever the length of the name that the file gets.
fn beside(folder: &Path) -> PathBuf {
    folder.join(format!(
        ".{}-{:016x}.tmp",
        std::process::id(),
        rand::random::<u64>()
    ))
}

fn put(from: &Path, to: &Path, place: Place) -> io::Result<()> {
    match place {
        Place::Taken => std::fs::rename(from, to),
        Place::Free => match std::fs::hard_link(from, to) {
            Ok(()) => std::fs::remove_file(from),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // Not every file system has links.
            Err(_) if to.symlink_metadata().is_ok() => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => std::fs::rename(from, to),
        },
    }
}

/// Has the names in a folder on the disk; where folders cannot be opened, nothing is to be done.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

/// The name of a file without its folder, as it may be printed: control characters, backslashes and octets that are no text
/// are escaped, so that no two names look the same and none forges a line.
pub fn shown(name: &std::ffi::OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            // Marks that turn the direction of writing around are no controls to Unicode.
            let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            match character.is_control() || turns || character == '\\' {
                true => text.extend(character.escape_default()),
                false => text.push(character),
            }
        }
        for octet in chunk.invalid() {
            text.push_str(&format!("\\x{octet:02x}"));
        }
    }
    text
}

/// A name with something added, cut so that a file system takes it (255 octets), whatever its length.
pub(crate) fn extended(name: &std::ffi::OsStr, ending: &str) -> OsString {
    const LONGEST: usize = 200;
    let mut extended = match name.len() > LONGEST {
        false => name.to_owned(),
        // An escaped octet takes four places, a character at most ten.
        true => {
            let text = shown(name);
            let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end));
            text.get(..end.unwrap_or(0)).unwrap_or_default().into()
        }
    };
    extended.push(ending);
    extended
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn a_file_should_stay_when_its_place_should_have_been_free() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inner").join("file");
        write_whole(&path, b"one", Readers::Owner, Place::Free).unwrap();
        let error = write_whole(&path, b"two", Readers::Owner, Place::Free).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write_whole(&path, b"two", Readers::All, Place::Taken).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let names = std::fs::read_dir(folder.path().join("inner")).unwrap().count();
        assert_eq!(names, 1, "nothing is left beside it");
    }

    #[test]
    fn nothing_should_be_left_when_a_file_cannot_be_put_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        std::fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"one", Readers::All, Place::Taken).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn names_should_differ_and_forge_nothing_when_they_are_shown() {
        assert_eq!(shown(OsStr::new("CDDEUD1FRAF100042")), "CDDEUD1FRAF100042");
        assert_eq!(shown(OsStr::new("Köln\n2026 refused")), "Köln\\n2026 refused");
        assert_eq!(
            shown(OsStr::new("a\u{1b}[2Jb\u{202e}c")),
            "a\\u{1b}[2Jb\\u{202e}c"
        );
        assert_eq!(shown(OsStr::new("a\\n")), "a\\\\n");
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            assert_eq!(shown(OsStr::from_bytes(b"a\xff\xfe")), "a\\xff\\xfe");
        }
    }

    #[test]
    fn a_name_should_fit_a_file_system_when_it_is_extended() {
        let long = "ü".repeat(127);
        let name = extended(OsStr::new(&long), "-0123456789abcdef.secret");
        assert!(name.len() < 255, "{}", name.len());
        assert_eq!(extended(OsStr::new("short"), "-1"), "short-1");
    }
}
