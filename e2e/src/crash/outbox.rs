//! The folder in which files arrive all the time, as a billing system would leave them.

use super::chance::Chance;
use interclear_primitives::{period::Period, tadig::Tadig};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

/// Records per file.
const EVENTS: u64 = 30;
/// Files that may be needed; they share the month.
const MOST: u32 = 20_000;

/// A file that arrived.
pub(super) struct Sent {
    pub(super) name: String,
    pub(super) octets: Vec<u8>,
    /// How often it arrived.
    pub(super) times: u32,
}

/// What puts files into a folder.
pub(super) struct Outbox {
    folder: PathBuf,
    generator: Generator,
    chance: Chance,
    next: u32,
    /// A file that arrives only after its successor.
    late: Option<u32>,
    /// The files, by sequence number.
    pub(super) sent: BTreeMap<u32, Sent>,
}

impl Outbox {
    pub(super) fn new(
        folder: &Path,
        sender: Tadig,
        recipient: Tadig,
        period: Period,
        seed: u64,
    ) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let parameters = Parameters {
            files: MOST,
            events: EVENTS,
            seed,
            ..Parameters::new(sender, recipient, period)
        };
        Ok(Self {
            folder: folder.into(),
            generator: Generator::new(parameters).map_err(io::Error::other)?,
            chance: Chance::new(seed, 1),
            next: 0,
            late: None,
            sent: BTreeMap::new(),
        })
    }

    /// Puts files there until told to stop, and closes the gap that is open then.
    pub(super) async fn run(mut self, stop: &AtomicBool) -> io::Result<Self> {
        while !stop.load(Ordering::Relaxed) && self.next + 2 < MOST {
            tokio::time::sleep(self.chance.time(100, 900)).await;
            match self.chance.below(20) {
                0 => self.again().await?,
                1 | 2 if self.late.is_none() => {
                    self.late = Some(self.next);
                    self.next += 1;
                }
                _ => {
                    self.put(self.next).await?;
                    self.next += 1;
                    if let Some(late) = self.late.take() {
                        self.put(late).await?;
                    }
                }
            }
        }
        if let Some(late) = self.late.take() {
            self.put(late).await?;
        }
        Ok(self)
    }

    async fn put(&mut self, place: u32) -> io::Result<()> {
        let name = self.generator.name(place);
        let mut octets = Vec::new();
        self.generator.write(place, Variant::default(), &mut octets)?;
        let text = name.to_string();
        // Some write under another name first, some write where the file is to be.
        match self.chance.below(2) {
            0 => {
                let part = self.folder.join(format!("{text}.part"));
                tokio::fs::write(&part, &octets).await?;
                tokio::time::sleep(self.chance.time(0, 50)).await;
                tokio::fs::rename(part, self.folder.join(&text)).await?;
            }
            _ => {
                let path = self.folder.join(&text);
                tokio::fs::write(&path, &octets[..octets.len() / 2]).await?;
                tokio::time::sleep(self.chance.time(0, 300)).await;
                tokio::fs::write(&path, &octets).await?;
            }
        }
        let sent = Sent {
            name: text,
            octets,
            times: 1,
        };
        self.sent.insert(name.sequence, sent);
        Ok(())
    }

    /// A file that has been taken away arrives once more.
    async fn again(&mut self) -> io::Result<()> {
        let count = self.sent.len() as u64;
        if count == 0 {
            return Ok(());
        }
        let place = self.chance.below(count) as usize;
        if let Some(sent) = self.sent.values_mut().nth(place) {
            let path = self.folder.join(&sent.name);
            if !path.exists() {
                let part = self.folder.join(format!("{}.part", sent.name));
                tokio::fs::write(&part, &sent.octets).await?;
                tokio::fs::rename(part, path).await?;
                sent.times += 1;
            }
        }
        Ok(())
    }
}

/// The files in a folder, by name; hidden ones and what is being written not counted.
pub(super) fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && entry.file_type()?.is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
