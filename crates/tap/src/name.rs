//! File names: a prefix, sender, recipient and sequence number, by the kind of file.

use interclear_primitives::tadig::Tadig;

/// What the name of a file says about its contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileName {
    /// Whether the file is a test.
    pub test: bool,
    /// Who sends the file: of usage the visited network, of returns the home network.
    pub sender: Tadig,
    /// Who receives it.
    pub recipient: Tadig,
    /// The sequence number.
    pub sequence: u32,
}

/// How the names of a kind of file are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Scheme {
    /// `CD` (chargeable) or `TD` (test) and five digits.
    Tap,
    /// Returns: `RC` or `RT` (test) and five digits. The sender is the recipient of the usage that is returned.
    Returns,
    /// `NR` and seven digits.
    Nrtrde,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 3] = [Self::Tap, Self::Returns, Self::Nrtrde];

    const fn prefixes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Tap => ("CD", Some("TD")),
            Self::Returns => ("RC", Some("RT")),
            Self::Nrtrde => ("NR", None),
        }
    }

    /// Digits of a sequence number.
    pub const fn digits(self) -> usize {
        match self {
            Self::Tap | Self::Returns => 5,
            Self::Nrtrde => 7,
        }
    }

    /// The highest sequence number; 1 follows.
    pub const fn max_sequence(self) -> u32 {
        10u32.pow(self.digits() as u32) - 1
    }

    /// Reads a name in capitals or small letters, with or without an extension behind a dot; `None` for names that follow another scheme, about
    /// which nothing is checked.
    pub fn parse(self, name: &str) -> Option<FileName> {
        let stem = name.split('.').next()?.to_ascii_uppercase();
        let (chargeable, test) = self.prefixes();
        let prefix = stem.get(..2)?;
        let test = match prefix == chargeable {
            true => false,
            false => (Some(prefix) == test).then_some(true)?,
        };
        Some(FileName {
            test,
            sender: Tadig::try_from(stem.as_bytes().get(2..7)?).ok()?,
            recipient: Tadig::try_from(stem.as_bytes().get(7..12)?).ok()?,
            sequence: self.digits_of(stem.as_bytes().get(12..)?)?,
        })
    }

    /// The name of a file.
    pub fn name(self, file: &FileName) -> String {
        let (chargeable, test) = self.prefixes();
        let prefix = if file.test {
            test.unwrap_or(chargeable)
        } else {
            chargeable
        };
        let width = self.digits();
        format!(
            "{prefix}{}{}{:0width$}",
            file.sender, file.recipient, file.sequence
        )
    }

    /// A sequence number with exactly as many digits as the scheme wants, not zero.
    pub fn sequence(self, text: &str) -> Option<u32> {
        self.digits_of(text.as_bytes()).filter(|number| *number > 0)
    }

    /// How far a number is ahead of the one that is expected, in a series in which 1 follows the highest number; less than 0 where it
    /// is behind.
    pub fn ahead(self, expected: u32, sequence: u32) -> i64 {
        let numbers = 10i64.pow(u32::try_from(self.digits()).unwrap_or(0)) - 1;
        let ahead = (i64::from(sequence) - i64::from(expected)).rem_euclid(numbers);
        match ahead <= numbers / 2 {
            true => ahead,
            false => ahead - numbers,
        }
    }

    fn digits_of(self, digits: &[u8]) -> Option<u32> {
        if digits.len() != self.digits() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        std::str::from_utf8(digits).ok()?.parse().ok()
    }
}

impl FileName {
    /// Reads the name of a TAP file; see [`Scheme::parse`].
    pub fn parse(name: &str) -> Option<Self> {
        Scheme::Tap.parse(name)
    }
}

impl std::fmt::Display for FileName {
    /// As the name of a TAP file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&Scheme::Tap.name(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_should_be_read_only_when_it_is_of_the_scheme() {
        let name = FileName::parse("CDDEUD1FRAF100042").unwrap();
        assert_eq!(
            (
                name.test,
                name.sender.as_str(),
                name.recipient.as_str(),
                name.sequence
            ),
            (false, "DEUD1", "FRAF1", 42)
        );
        assert_eq!(name.to_string(), "CDDEUD1FRAF100042");
        assert!(FileName::parse("TDDEUD1FRAF100042.dat").unwrap().test);
        // Some systems keep names in small letters.
        assert_eq!(FileName::parse("cddeud1fraf100042.dat"), Some(name));
        for other in [
            "tap_3_12_valid.ber",
            "RCDEUD1FRAF100042",
            "CDDEUD1FRAF10004x",
            "CDDEUD1FRAF1000421",
            "",
            "\u{e9}\u{e9}DEUD1FRAF100042",
        ] {
            assert_eq!(FileName::parse(other), None, "{other}");
        }
    }

    #[test]
    fn number_should_be_ahead_or_behind_when_it_is_not_the_expected_one() {
        for (expected, sequence, ahead) in [
            (5, 5, 0),
            (5, 8, 3),
            (5, 4, -1),
            (99_999, 1, 1),
            (1, 99_999, -1),
            (2, 99_998, -3),
        ] {
            assert_eq!(
                Scheme::Tap.ahead(expected, sequence),
                ahead,
                "{expected} {sequence}"
            );
        }
        assert_eq!(Scheme::Nrtrde.ahead(9_999_999, 2), 2);
    }

    #[test]
    fn scheme_should_read_a_name_only_when_it_is_its_own() {
        for (scheme, name) in [
            (Scheme::Tap, "CDDEUD1FRAF100042"),
            (Scheme::Returns, "RCDEUD1FRAF100042"),
            (Scheme::Returns, "RTDEUD1FRAF100042"),
            (Scheme::Nrtrde, "NRDEUD1FRAF10000042"),
        ] {
            for other in Scheme::ALL {
                let read = other.parse(name);
                assert_eq!(read.is_some(), other == scheme, "{other:?} {name}");
                if let Some(read) = read {
                    assert_eq!((scheme.name(&read).as_str(), read.sequence), (name, 42));
                }
            }
        }
        assert_eq!(Scheme::Nrtrde.parse("NRDEUD1FRAF100042"), None, "seven digits");
        assert_eq!(
            (Scheme::Tap.sequence("00000"), Scheme::Nrtrde.sequence("0000001")),
            (None, Some(1))
        );
    }
}
