//! What is known of files between two looks at the folder: whether they are still written, and when they are tried again.

use super::{shown, Line, Verdict};
use crate::files::FileError;
use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

/// After how long a file is tried again the first time; each time doubles it.
pub const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest time between two attempts.
pub const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// Attempts to read a file after which it is quarantined: some 40 minutes.
pub const ATTEMPTS: u32 = 12;

/// How many files had which fate since the folder was opened, and what is still there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// New on the chain.
    pub anchored: u64,
    /// On the chain already.
    pub duplicates: u64,
    /// Refused, here or by the chain.
    pub refused: u64,
    /// Set aside, since they could not be read.
    pub quarantined: u64,
    /// Files that wait to be tried again.
    pub waiting: usize,
    /// For how long the oldest of them has waited.
    pub oldest_wait: Option<Duration>,
    /// Files that may still be written.
    pub changing: usize,
}

impl Counts {
    pub(super) fn add(&mut self, line: &Line) {
        let count = match line.result {
            Verdict::Anchored => &mut self.anchored,
            Verdict::Duplicate => &mut self.duplicates,
            Verdict::Refused => &mut self.refused,
            Verdict::Quarantined => &mut self.quarantined,
            Verdict::Waiting => return,
        };
        *count = count.saturating_add(1);
    }
}

/// A file that is tried again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Its name, as it may be printed.
    pub file: String,
    /// Why it waits.
    pub reason: String,
    /// Since when.
    pub since: Instant,
    attempts: u32,
    next: Instant,
}

/// The files that are tried again.
#[derive(Default)]
pub(super) struct Patience(HashMap<OsString, Waiting>);

impl Patience {
    /// Whether it is not yet time to try a file again.
    pub(super) fn waits(&self, name: &OsStr) -> bool {
        self.0.get(name).is_some_and(|file| Instant::now() < file.next)
    }

    /// How often it was tried in vain.
    pub(super) fn attempts(&self, name: &OsStr) -> u32 {
        self.0.get(name).map_or(0, |file| file.attempts)
    }

    /// Has a file tried again later; answers whether it waits for the first time.
    pub(super) fn again(&mut self, name: &OsStr, reason: &str) -> bool {
        let now = Instant::now();
        let first = !self.0.contains_key(name);
        let file = self.0.entry(name.to_owned()).or_insert_with(|| Waiting {
            file: shown(name),
            reason: String::new(),
            since: now,
            attempts: 0,
            next: now,
        });
        file.reason = reason.into();
        let wait = FIRST_WAIT.saturating_mul(1 << file.attempts.min(10));
        file.next = now + wait.min(LONGEST_WAIT);
        file.attempts = file.attempts.saturating_add(1);
        first
    }

    pub(super) fn forget(&mut self, name: &OsStr) {
        self.0.remove(name);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn oldest(&self) -> Option<Duration> {
        self.0.values().map(|file| file.since.elapsed()).max()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Waiting> {
        self.0.values()
    }

    /// Lets every file be tried at once.
    #[cfg(test)]
    pub(super) fn over(&mut self) {
        self.0.values_mut().for_each(|file| file.next = Instant::now());
    }
}

/// How a file looked.
#[derive(Clone, Copy)]
struct Look {
    length: u64,
    changed: SystemTime,
    /// Since when it has looked so, by a clock that does not jump.
    since: Instant,
    /// In which look at the folder it was last seen.
    round: u64,
    /// Whether it has been seen to change.
    grew: bool,
    unchanged: bool,
}

/// How files looked before.
pub(super) struct Looks {
    time: Duration,
    round: u64,
    files: HashMap<OsString, Look>,
}

impl Looks {
    pub(super) fn new(time: Duration) -> Self {
        Self {
            time,
            round: 0,
            files: HashMap::new(),
        }
    }

    /// Looks at a folder once more: the files that are complete, by name.
    pub(super) fn complete(&mut self, folder: &Path) -> Result<Vec<(OsString, PathBuf)>, FileError> {
        let mut files = Vec::new();
        self.round = self.round.wrapping_add(1);
        for entry in std::fs::read_dir(folder).map_err(FileError::io(folder))? {
            let entry = entry.map_err(FileError::io(folder))?;
            // Of a link this is what the link is, not what it leads to.
            let Ok(data) = entry.metadata() else { continue };
            let name = entry.file_name();
            if !data.is_file() || unfinished(&name) {
                continue;
            }
            let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if self.is_unchanged(&name, data.len(), changed) {
                files.push((name, entry.path()));
            }
        }
        // What is not there any more is forgotten.
        let round = self.round;
        self.files.retain(|_, look| look.round == round);
        files.sort();
        Ok(files)
    }

    /// Whether a file has not changed for the time: by the clock of the disk, or, where that shows a time to come, by having
    /// looked the same. A file that has been seen to grow must stay as it is for the whole time from then on.
    fn is_unchanged(&mut self, name: &OsStr, length: u64, changed: SystemTime) -> bool {
        let now = Instant::now();
        let before = self.files.get(name).copied();
        let same = before.filter(|look| (look.length, look.changed) == (length, changed));
        let since = same.map_or(now, |look| look.since);
        let old = changed.elapsed().is_ok_and(|age| age >= self.time);
        let grew = before.is_some_and(|look| look.grew || same.is_none());
        let unchanged = (old && !grew) || now.duration_since(since) >= self.time;
        let look = Look {
            length,
            changed,
            since,
            round: self.round,
            grew,
            unchanged,
        };
        self.files.insert(name.to_owned(), look);
        unchanged
    }

    pub(super) fn forget(&mut self, name: &OsStr) {
        self.files.remove(name);
    }

    /// Files that may still be written.
    pub(super) fn changing(&self) -> usize {
        self.files.values().filter(|look| !look.unchanged).count()
    }
}

/// Whether a name says that its file is still written, or is not meant to be sent: the sealed secret of a file is none.
fn unfinished(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    let endings = [".part", ".tmp", ".filepart", ".crdownload", ".secret"];
    name.starts_with('.') || endings.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_should_count_as_unchanged_by_looking_the_same_when_its_time_is_to_come() {
        let mut looks = Looks::new(Duration::from_millis(20));
        let name = OsStr::new("file");
        let later = SystemTime::now() + Duration::from_secs(3600);
        assert!(!looks.is_unchanged(name, 1, later));
        std::thread::sleep(Duration::from_millis(25));
        assert!(looks.is_unchanged(name, 1, later));
        assert!(!looks.is_unchanged(name, 2, later), "it grows");
        assert_eq!(looks.changing(), 1);
    }

    #[test]
    fn a_file_should_not_count_as_unchanged_when_it_grows_with_an_old_time() {
        let mut looks = Looks::new(Duration::from_secs(60));
        let name = OsStr::new("file");
        let before = SystemTime::now() - Duration::from_secs(3600);
        assert!(looks.is_unchanged(name, 1, before));
        assert!(!looks.is_unchanged(name, 2, before));
        assert!(!looks.is_unchanged(name, 2, before));
    }

    #[test]
    fn a_file_should_be_left_alone_when_its_name_says_that_it_is_still_written_or_not_to_be_sent() {
        let one = "CDFRAF1DEUD100001";
        for left in [
            format!("{one}.part"),
            format!("{one}.TMP"),
            format!("{one}.filepart"),
            format!("{one}.crdownload"),
            format!("{one}.secret"),
            format!(".{one}"),
        ] {
            assert!(unfinished(OsStr::new(&left)), "{left}");
        }
        for taken in [one.to_owned(), format!("{one}.ber"), format!("{one}.part2")] {
            assert!(!unfinished(OsStr::new(&taken)), "{taken}");
        }
    }

    #[test]
    fn waits_should_double_and_stay_bounded_when_a_file_fails_again() {
        let mut patience = Patience::default();
        let name = OsStr::new("file");
        assert!(patience.again(name, "one"));
        assert!(patience.waits(name));
        for _ in 0..40 {
            assert!(!patience.again(name, "two"));
        }
        let file = patience.all().next().unwrap();
        assert_eq!((file.reason.as_str(), file.attempts), ("two", 41));
        assert!(file.next <= Instant::now() + LONGEST_WAIT);
    }
}
