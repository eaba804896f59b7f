//! Basic Encoding Rules, as far as usage files need them.
//!
//! - [`Header`] decodes one identifier and length from a slice;
//! - [`Elements`] and [`walk`] read an element that is wholly in memory, without copying or allocating;
//! - [`Window`] slides over any [`std::io::Read`] and hands out one element at a time, so that memory is bounded by
//!   the largest single record and not by the file;
//! - [`Encoder`] writes.
//!
//! Definite and indefinite lengths are read at every level. Nothing here panics on any input.

mod elements;
mod encoder;
mod error;
mod walk;
mod window;

pub use elements::{unsigned, Element, Elements};
pub use encoder::{Encoder, LengthForm};
pub use error::{DecodeError, Problem, ReadError};
pub use walk::{walk, Visitor};
pub use window::Window;

/// Most octets that an identifier and a length may take together.
pub const MAX_HEADER: usize = 14;
/// Deepest nesting that is followed; TAP needs 12.
pub const MAX_DEPTH: usize = 32;
/// Most octets of one record or one batch-level group that is held in memory.
pub const MAX_ELEMENT: usize = 16 << 20;
/// Longest element that is believed at all (2^48 octets).
const MAX_LENGTH: u64 = 1 << 48;

/// A tag: the class in the two highest bits, the number below.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tag(u32);

impl Tag {
    /// The end-of-contents mark.
    pub const END: Self = Self(0);

    /// A tag of class APPLICATION.
    pub const fn application(number: u32) -> Self {
        Self(1 << 30 | number)
    }

    /// The number when the class is APPLICATION, else a number that no application tag has.
    #[inline(always)]
    pub const fn number(self) -> u32 {
        if self.0 >> 30 == 1 {
            self.0 & 0x0fff_ffff
        } else {
            u32::MAX
        }
    }
}

/// Identifier and length of one element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Class and number.
    pub tag: Tag,
    /// Whether the contents are elements.
    pub constructed: bool,
    /// Octets of identifier and length, at most [`MAX_HEADER`].
    pub size: usize,
    /// Octets of the contents, `None` for the indefinite form.
    pub length: Option<usize>,
}

impl Header {
    /// Reads the header at the start of `bytes`.
    ///
    /// # Errors
    /// [`Problem::Truncated`] when the header goes on after the end of `bytes`, and the problems of a malformed one.
    #[inline(always)]
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        // Nearly every header has an application tag of one to three octets and a length of one. Which it is can mostly be
        // foreseen, as records are alike: then jumps do not wait for what the octets are, which reckoning does.
        if let Some(&[first, second, third, fourth]) = bytes.first_chunk() {
            if first & 0xc0 == 0x40 {
                if first & 0x1f != 0x1f {
                    if second < 0x80 {
                        return Ok(Self::short(first, (first & 0x1f).into(), 2, second));
                    }
                } else if second < 0x80 {
                    if third < 0x80 {
                        return Ok(Self::short(first, second.into(), 3, third));
                    }
                } else if third < 0x80 && fourth < 0x80 {
                    let number = u32::from(second & 0x7f) << 7 | u32::from(third);
                    return Ok(Self::short(first, number, 4, fourth));
                }
            }
        }
        Self::read_any(bytes)
    }

    /// With an application tag and a length of one octet.
    #[inline(always)]
    fn short(first: u8, number: u32, size: usize, length: u8) -> Self {
        Self {
            tag: Tag::application(number),
            constructed: first & 0x20 != 0,
            size,
            length: Some(usize::from(length)),
        }
    }

    /// Reads an end-of-contents mark, which has one form only.
    fn read_end(bytes: &[u8]) -> Result<Self, Problem> {
        match bytes {
            [0, 0, ..] => Ok(Self {
                tag: Tag::END,
                constructed: false,
                size: 2,
                length: Some(0),
            }),
            [0] => Err(Problem::Truncated),
            _ => Err(Problem::BadEnd),
        }
    }

    /// Reads a header of any form.
    #[inline(never)]
    fn read_any(bytes: &[u8]) -> Result<Self, Problem> {
        let [first, rest @ ..] = bytes else {
            return Err(Problem::Truncated);
        };
        if is_end(*first) {
            return Self::read_end(bytes);
        }
        let constructed = first & 0x20 != 0;
        let class = u32::from(first >> 6);
        let mut number = u32::from(first & 0x1f);
        let mut size = 1;
        let mut rest = rest;
        if number == 0x1f {
            number = 0;
            loop {
                let [octet, tail @ ..] = rest else {
                    return Err(Problem::Truncated);
                };
                rest = tail;
                size += 1;
                number = number << 7 | u32::from(octet & 0x7f);
                if octet & 0x80 == 0 {
                    break;
                }
                // Four octets carry 28 bits: one more would reach into the class.
                if size == 5 {
                    return Err(Problem::TagTooLong);
                }
            }
        }
        let [octet, tail @ ..] = rest else {
            return Err(Problem::Truncated);
        };
        size += 1;
        let length = match octet {
            0..=0x7f => Some(usize::from(*octet)),
            0x80 => {
                if !constructed {
                    return Err(Problem::IndefinitePrimitive);
                }
                None
            }
            0xff => return Err(Problem::ReservedLength),
            _ => {
                let octets = usize::from(octet & 0x7f);
                if octets > 8 {
                    return Err(Problem::LengthOverflow);
                }
                let Some(digits) = tail.get(..octets) else {
                    return Err(Problem::Truncated);
                };
                size += octets;
                let value = digits
                    .iter()
                    .fold(0u64, |value, octet| value << 8 | u64::from(*octet));
                if value > MAX_LENGTH {
                    return Err(Problem::LengthOverflow);
                }
                Some(usize::try_from(value).map_err(|_| Problem::LengthOverflow)?)
            }
        };
        Ok(Self {
            tag: Tag(class << 30 | number),
            constructed,
            size,
            length,
        })
    }

    /// Whether this is the end-of-contents mark.
    #[inline]
    pub fn is_end(&self) -> bool {
        self.tag == Tag::END && self.size == 2
    }
}

/// Whether an identifier is that of the end-of-contents mark, which no other element may have.
#[inline(always)]
const fn is_end(first: u8) -> bool {
    first & 0xdf == 0
}

/// Progress of the search for the end of an element of indefinite length.
#[derive(Clone, Copy, Debug)]
struct EndSearch {
    /// Octets looked at.
    position: usize,
    /// Open elements of indefinite length.
    open: usize,
}

impl EndSearch {
    /// Starts behind the header of an element of indefinite length.
    fn new(position: usize) -> Self {
        Self { position, open: 1 }
    }

    /// Goes on through `bytes` (the element from its first octet on); `Ok(true)` when [`EndSearch::position`] is the
    /// end, `Ok(false)` when more octets are needed.
    fn advance(&mut self, bytes: &[u8]) -> Result<bool, Problem> {
        loop {
            let Some(rest) = bytes.get(self.position..) else {
                return Ok(false);
            };
            let header = match Header::read(rest) {
                Ok(header) => header,
                Err(Problem::Truncated) => return Ok(false),
                Err(problem) => return Err(problem),
            };
            self.position = self.position.saturating_add(header.size);
            if header.is_end() {
                self.open -= 1;
                if self.open == 0 {
                    return Ok(true);
                }
            } else if let Some(length) = header.length {
                self.position = self.position.saturating_add(length);
            } else {
                self.open += 1;
                if self.open > MAX_DEPTH {
                    return Err(Problem::TooDeep);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn header_should_be_read_when_its_tag_has_one_to_three_octets() {
        let header = Header::read(&[0x61, 0x82, 0x03, 0x2f]).unwrap();
        assert_eq!(
            (header.tag, header.constructed, header.size, header.length),
            (Tag::application(1), true, 4, Some(815))
        );
        let header = Header::read(&[0x7f, 0x83, 0x35, 0x80]).unwrap();
        assert_eq!((header.tag.number(), header.size, header.length), (437, 4, None));
        assert_eq!(Header::read(&[0x5f, 0x2b, 1]).unwrap().tag, Tag::application(43));
        assert!(Header::read(&[0, 0]).unwrap().is_end());
        assert_eq!(
            Header::read(&[0x30, 0]).unwrap().tag.number(),
            u32::MAX,
            "universal class"
        );
    }

    proptest! {
        #[test]
        fn short_way_should_read_what_the_long_way_reads_when_both_can(bytes in prop::collection::vec(any::<u8>(), 0..8)) {
            prop_assert_eq!(Header::read(&bytes), Header::read_any(&bytes));
            let low: Vec<u8> = bytes.iter().map(|octet| octet & 0x7f).collect();
            prop_assert_eq!(Header::read(&low), Header::read_any(&low));
        }
    }

    #[test]
    fn header_should_be_refused_by_name_when_it_is_malformed() {
        for (bytes, problem) in [
            (&[][..], Problem::Truncated),
            (&[0x7f], Problem::Truncated),
            (&[0x7f, 0x81], Problem::Truncated),
            (&[0x61, 0x82, 0x03], Problem::Truncated),
            (&[0x7f, 0x81, 0x81, 0x81, 0x81, 0x01, 0x00], Problem::TagTooLong),
            (&[0x41, 0x80], Problem::IndefinitePrimitive),
            (&[0x61, 0xff], Problem::ReservedLength),
            (&[0, 1, 0x5a], Problem::BadEnd),
            (&[0, 1], Problem::BadEnd),
            (&[0, 0x81, 0], Problem::BadEnd),
            (&[0x20, 0, 0], Problem::BadEnd),
            (&[0], Problem::Truncated),
            (&[0x61, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1], Problem::LengthOverflow),
            (
                &[0x08, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                Problem::LengthOverflow,
            ),
        ] {
            assert_eq!(Header::read(bytes), Err(problem), "{bytes:02x?}");
        }
    }
}
