//! TADIG codes: the names of networks in roaming (GSMA TD.13).

use crate::text::as_text;
use interclear_record::record;

/// A TADIG code: five characters `A-Z0-9`; the first three name the country, the last two the network.
///
/// Decoding does not check the characters; a pallet that accepts one from outside calls [`Tadig::is_valid`].
#[record(Copy, Ord, no_serde, no_debug)]
pub struct Tadig(pub [u8; 5]);

/// The text is not five characters `A-Z0-9`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidTadig;

impl Tadig {
    /// Whether all five characters are upper-case letters or digits.
    pub fn is_valid(&self) -> bool {
        self.0
            .iter()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    }

    /// The five characters; `?????` where a decoded code is not text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or("?????")
    }
}

impl TryFrom<&[u8]> for Tadig {
    type Error = InvalidTadig;
    fn try_from(bytes: &[u8]) -> Result<Self, InvalidTadig> {
        let tadig = Self(bytes.try_into().map_err(|_| InvalidTadig)?);
        tadig.is_valid().then_some(tadig).ok_or(InvalidTadig)
    }
}

impl core::str::FromStr for Tadig {
    type Err = InvalidTadig;
    fn from_str(text: &str) -> Result<Self, InvalidTadig> {
        Self::try_from(text.as_bytes())
    }
}

impl core::fmt::Display for Tadig {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.as_str())
    }
}

as_text!(Tadig);

impl core::fmt::Display for InvalidTadig {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a TADIG code has five characters, A-Z and 0-9, such as DEUD1")
    }
}

impl core::error::Error for InvalidTadig {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_five_upper_case_letters_and_digits_should_be_a_tadig_code() {
        assert_eq!(
            "DEUD1".parse::<Tadig>().map(|t| t.to_string()),
            Ok("DEUD1".into())
        );
        for wrong in ["", "DEUD", "DEUD12", "deud1", "DEU-1", "DEUÄ"] {
            assert_eq!(wrong.parse::<Tadig>(), Err(InvalidTadig), "{wrong}");
        }
    }
}
