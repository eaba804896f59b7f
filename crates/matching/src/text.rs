//! Short text without an allocation.

use alloc::vec::Vec;
use codec::{Compact, Decode, DecodeWithMemTracking, Encode, EncodeLike, Input, MaxEncodedLen, Output};
use core::fmt;
use scale_info::{Type, TypeInfo};

/// Text of at most `N` octets, kept in place: inventories are large, and a record has seven of them.
///
/// Empty text stands for a field that is not given. On the chain it is written as octets with their length before them.
/// Decoding checks the length alone; `Record::check` checks what the text consists of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const N: usize> {
    /// Octets that count; those behind them are 0, so that equal text is equal in all octets.
    length: u8,
    octets: [u8; N],
}

impl<const N: usize> Text<N> {
    /// A field that is not given.
    pub const EMPTY: Self = Self {
        length: 0,
        octets: [0; N],
    };

    /// The text; `None` if it is longer than `N` octets.
    pub fn new(text: &[u8]) -> Option<Self> {
        let mut octets = [0; N];
        octets.get_mut(..text.len())?.copy_from_slice(text);
        Some(Self {
            length: u8::try_from(text.len()).ok()?,
            octets,
        })
    }

    /// The octets that count.
    pub fn as_bytes(&self) -> &[u8] {
        self.octets.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The text; empty where the octets are not UTF-8.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// Whether the field is not given.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl<const N: usize> Default for Text<N> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<const N: usize> fmt::Display for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<const N: usize> fmt::Debug for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const N: usize> Encode for Text<N> {
    fn size_hint(&self) -> usize {
        self.as_bytes().size_hint()
    }

    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        self.as_bytes().encode_to(dest);
    }
}

impl<const N: usize> EncodeLike for Text<N> {}

impl<const N: usize> Decode for Text<N> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
        let Compact(length) = Compact::<u32>::decode(input)?;
        let length = usize::try_from(length).map_err(|_| "a text is too long")?;
        let mut octets = [0; N];
        input.read(octets.get_mut(..length).ok_or("a text is too long")?)?;
        Ok(Self {
            length: u8::try_from(length).map_err(|_| "a text is too long")?,
            octets,
        })
    }
}

impl<const N: usize> DecodeWithMemTracking for Text<N> {}

impl<const N: usize> MaxEncodedLen for Text<N> {
    fn max_encoded_len() -> usize {
        // No text is as long as 64 octets, from which on the length takes two.
        N.saturating_add(1)
    }
}

impl<const N: usize> TypeInfo for Text<N> {
    type Identity = <Vec<u8> as TypeInfo>::Identity;

    fn type_info() -> Type {
        Vec::<u8>::type_info()
    }
}

#[cfg(feature = "std")]
impl<const N: usize> serde::Serialize for Text<N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "std")]
impl<'de, const N: usize> serde::Deserialize<'de> for Text<N> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::string::String as serde::Deserialize>::deserialize(deserializer)?;
        Self::new(text.as_bytes())
            .ok_or_else(|| serde::de::Error::custom(format_args!("`{text}` has more than {N} octets")))
    }
}

/// Whether text is `A` to `Z` and `0` to `9` alone.
pub(crate) fn is_code(text: &[u8]) -> bool {
    text.iter()
        .all(|octet| octet.is_ascii_uppercase() || octet.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_should_be_written_as_octets_when_it_is_encoded() {
        let text = Text::<24>::new(b"DEFRA01").unwrap();
        assert_eq!(text.encode(), b"DEFRA01".to_vec().encode());
        assert_eq!(Text::<24>::decode(&mut text.encode().as_slice()), Ok(text));
        let longest = Text::<32>::new(&[b'Z'; 32]).unwrap();
        assert_eq!(longest.encode().len(), Text::<32>::max_encoded_len());
    }

    #[test]
    fn text_should_be_refused_when_it_is_too_long_or_cut() {
        assert_eq!(Text::<4>::new(b"ABCDE"), None);
        assert!(Text::<4>::decode(&mut b"ABCDE".to_vec().encode().as_slice()).is_err());
        let encoded = b"ABCD".to_vec().encode();
        assert!(Text::<4>::decode(&mut encoded.get(..3).unwrap()).is_err());
    }
}
