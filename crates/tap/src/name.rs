//! File names: `CD` (chargeable), `TD` (test), or `RC`/`RT` (returns), sender, recipient, five-digit sequence.

use interclear_primitives::Tadig;

/// What the name of a TAP file says about its contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileName {
    /// Whether the file is a test (`TD`).
    pub test: bool,
    /// The visited network.
    pub sender: Tadig,
    /// The home network.
    pub recipient: Tadig,
    /// The sequence number.
    pub sequence: u32,
}

impl FileName {
    /// Reads a name, with or without an extension behind a dot; `None` for names that follow another scheme, about
    /// which nothing is checked.
    pub fn parse(name: &str) -> Option<Self> {
        let stem = name.split('.').next()?.as_bytes();
        if stem.len() != 17 {
            return None;
        }
        let test = match &stem[..2] {
            b"CD" => false,
            b"TD" => true,
            _ => return None,
        };
        let sender = Tadig::try_from(&stem[2..7]).ok()?;
        let recipient = Tadig::try_from(&stem[7..12]).ok()?;
        let sequence = sequence(&stem[12..])?;
        Some(Self {
            test,
            sender,
            recipient,
            sequence,
        })
    }
}

impl std::fmt::Display for FileName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = if self.test { "TD" } else { "CD" };
        write!(f, "{prefix}{}{}{:05}", self.sender, self.recipient, self.sequence)
    }
}

/// Exactly five digits.
pub(crate) fn sequence(digits: &[u8]) -> Option<u32> {
    if digits.len() != 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_scheme_are_read_and_others_are_not() {
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
        for other in [
            "tap_3_12_valid.ber",
            "RCDEUD1FRAF100042",
            "CDDEUD1FRAF10004x",
            "CDDEUD1FRAF1000421",
            "CDdeud1FRAF100042",
            "",
        ] {
            assert_eq!(FileName::parse(other), None, "{other}");
        }
    }
}
