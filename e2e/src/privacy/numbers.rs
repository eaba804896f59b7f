//! The numbers of subscribers that are in a TAP file.

use interclear_tap::{
    events::{bcd_digits, CodeTables, Event, Number},
    Item, Reader,
};
use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
};

/// Digits that a part of a number must have to be looked for: shorter ones occur by chance.
const LEAST_DIGITS: usize = 9;

/// Whose number it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Of a SIM.
    Imsi,
    /// Of a line.
    Msisdn,
    /// Of a device.
    Imei,
    /// Of whoever called or was called.
    OtherParty,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Imsi => "IMSI",
            Self::Msisdn => "MSISDN",
            Self::Imei => "IMEI",
            Self::OtherParty => "number of the other party",
        })
    }
}

impl Kind {
    /// The number, and the parts of it that tell a subscriber from others.
    pub(super) fn parts(self, digits: &str) -> Vec<&str> {
        let tails: &[usize] = match self {
            // Country and network code have 5 or 6 digits together.
            Self::Imsi => &[5, 6],
            // Country codes have 1 to 3 digits.
            Self::Msisdn => &[1, 2, 3],
            Self::Imei | Self::OtherParty => &[],
        };
        let mut parts = vec![digits];
        parts.extend(tails.iter().filter_map(|from| digits.get(*from..)));
        if self == Self::Imei {
            // Without the check digit.
            parts.extend(digits.get(..14));
        }
        parts.retain(|part| part.len() >= LEAST_DIGITS);
        parts
    }
}

/// All numbers of some files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Numbers(BTreeSet<(Kind, String)>);

impl Numbers {
    /// Adds a number; what is not a number is left out.
    pub fn insert(&mut self, kind: Kind, digits: String) {
        if digits.len() >= LEAST_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            self.0.insert((kind, digits));
        }
    }

    /// Adds every number of the TAP files in a folder and the folders in it, and returns how many files those are.
    ///
    /// # Errors
    /// A file cannot be read, or is no TAP file.
    pub fn read_folder(&mut self, folder: &Path) -> io::Result<usize> {
        let mut count = 0;
        let mut waiting: Vec<PathBuf> = vec![folder.into()];
        while let Some(place) = waiting.pop() {
            if place.is_dir() {
                for entry in std::fs::read_dir(place)? {
                    waiting.push(entry?.path());
                }
            } else {
                self.read(&std::fs::read(place)?)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn read(&mut self, octets: &[u8]) -> io::Result<()> {
        let mut reader = Reader::new(octets, false).map_err(io::Error::other)?;
        let tables = CodeTables::default();
        while let Some(item) = reader.next_item().map_err(io::Error::other)? {
            let Item::Event(raw) = item else { continue };
            let event = Event::read(raw.octets, &raw.header, &tables).map_err(io::Error::other)?;
            for (kind, digits) in [
                (Kind::Imsi, event.imsi.map(bcd_digits)),
                (Kind::Msisdn, event.msisdn.map(bcd_digits)),
                (Kind::Imei, event.imei.map(bcd_digits)),
                (Kind::OtherParty, event.called.map(Number::digits)),
                (Kind::OtherParty, event.calling.map(Number::digits)),
            ] {
                if let Some(digits) = digits {
                    self.insert(kind, digits);
                }
            }
        }
        Ok(())
    }

    /// How many numbers of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.iter().filter(|(other, _)| *other == kind).count()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.0.iter().map(|(kind, digits)| (*kind, digits.as_str()))
    }
}
