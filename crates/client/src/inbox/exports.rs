//! A folder into which another system puts its exports: each is taken when it is complete, and moved to `done` or `refused` when it is
//! known what became of it, which the journal says before.

use super::{is_gone, lock, note, state::Looks, InboxError};
use crate::{
    disk::sync_folder,
    files::{extended, FileError},
};
use serde::Serialize;
use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

/// The folder, open; no other process can open it meanwhile.
pub struct Exports {
    folder: PathBuf,
    looks: Looks,
    _lock: File,
}

impl Exports {
    /// Opens a folder, and makes `done` and `refused` in it. Files that have changed within `unchanged` may still be written.
    ///
    /// # Errors
    /// It does not exist, another process works with it, or it cannot be written.
    pub fn open(folder: &Path, unchanged: Duration) -> Result<Self, InboxError> {
        if !folder.is_dir() {
            return Err(InboxError::NoFolder(folder.into()));
        }
        let lock = lock(folder)?;
        for inner in ["done", "refused"] {
            let inner = folder.join(inner);
            std::fs::create_dir_all(&inner).map_err(FileError::io(&inner))?;
        }
        Ok(Self {
            folder: folder.into(),
            looks: Looks::new(unchanged),
            _lock: lock,
        })
    }

    /// The exports that are complete, the first by their names first: what is written later has a later name.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn arrived(&mut self) -> Result<Vec<PathBuf>, FileError> {
        let files = self.looks.complete(&self.folder)?;
        Ok(files.into_iter().map(|(_, path)| path).collect())
    }

    /// Files that may still be written.
    pub fn changing(&self) -> usize {
        self.looks.changing()
    }

    /// Says in the journal what became of an export, and moves it, over nothing.
    ///
    /// # Errors
    /// The journal cannot be written, or the file cannot be moved.
    pub fn put_away(&mut self, path: &Path, done: bool, line: &impl Serialize) -> Result<(), FileError> {
        note(&self.folder, [line])?;
        let folder = self.folder.join(if done { "done" } else { "refused" });
        let name = path.file_name().unwrap_or_default();
        let mut place = folder.join(name);
        let mut copies = 1u32;
        while place.symlink_metadata().is_ok() {
            place = folder.join(extended(name, &format!("-{copies}")));
            copies = copies.saturating_add(1);
        }
        match std::fs::rename(path, &place) {
            Ok(()) => sync_folder(&folder).map_err(FileError::io(&folder))?,
            Err(_) if is_gone(path) => {}
            Err(error) => return Err(FileError::io(path)(error)),
        }
        self.looks.forget(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::JOURNAL;

    #[test]
    fn export_should_be_taken_in_the_order_of_names_and_moved_over_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["2026-10-02.csv", "2026-10-01.csv", "half.csv.part", ".hidden"] {
            std::fs::write(path(name), name).unwrap();
        }
        let mut exports = Exports::open(folder.path(), Duration::ZERO).unwrap();
        assert!(matches!(
            Exports::open(folder.path(), Duration::ZERO),
            Err(InboxError::Locked(_))
        ));
        let mut arrived = exports.arrived().unwrap();
        if arrived.is_empty() {
            arrived = exports.arrived().unwrap();
        }
        assert_eq!(arrived, [path("2026-10-01.csv"), path("2026-10-02.csv")]);
        exports.put_away(&arrived[0], true, &"first").unwrap();
        exports.put_away(&arrived[1], false, &"second").unwrap();
        std::fs::write(path("2026-10-01.csv"), "again").unwrap();
        exports.put_away(&path("2026-10-01.csv"), true, &"third").unwrap();
        let done = std::fs::read_dir(path("done")).unwrap().count();
        assert_eq!(done, 2);
        assert!(path("refused/2026-10-02.csv").exists());
        let journal = std::fs::read_to_string(path(JOURNAL)).unwrap();
        assert_eq!(journal, "\"first\"\n\"second\"\n\"third\"\n");
    }

    #[test]
    fn a_line_should_stand_by_itself_when_a_crash_has_cut_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path(JOURNAL), "\"half").unwrap();
        std::fs::write(path("export.csv"), "a").unwrap();
        let mut exports = Exports::open(folder.path(), Duration::ZERO).unwrap();
        exports.put_away(&path("export.csv"), true, &"whole").unwrap();
        let journal = std::fs::read_to_string(path(JOURNAL)).unwrap();
        assert_eq!(journal, "\"half\n\"whole\"\n");
    }
}
