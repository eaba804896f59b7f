//! Why octets cannot be decoded, and where.

use std::io;

/// What is wrong with the encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// The octets end inside an element.
    #[error("the octets end inside an element")]
    Truncated,
    /// A tag takes more than four octets.
    #[error("the tag number is too large")]
    TagTooLong,
    /// A length does not fit.
    #[error("the length does not fit")]
    LengthOverflow,
    /// A length starts with the reserved octet 0xff.
    #[error("the length uses the reserved form")]
    ReservedLength,
    /// An element without inner elements has no length.
    #[error("a primitive element has an indefinite length")]
    IndefinitePrimitive,
    /// An element goes on after the end of the element around it.
    #[error("the element is longer than the one around it")]
    Overrun,
    /// Elements are nested too deep.
    #[error("elements are nested more than {} deep", super::MAX_DEPTH)]
    TooDeep,
    /// A record or group is larger than can be held.
    #[error("an element takes more than {} octets", super::MAX_ELEMENT)]
    TooLarge,
    /// The end-of-contents mark stands where nothing is open.
    #[error("an end-of-contents mark stands where nothing is open")]
    StrayEnd,
    /// The end-of-contents mark is another than two zeros.
    #[error("an end-of-contents mark is another than 00 00")]
    BadEnd,
    /// Octets follow that are neither 0x00 nor 0xff.
    #[error("octets other than padding follow the end of the data")]
    TrailingData,
    /// An item stands twice where it belongs once, so that readers may differ in which of the two they take.
    #[error("an item stands twice where it belongs once")]
    Repeated,
    /// The first element is that of no known kind of file.
    #[error("this is not a TAP, NRTRDE or RAP file")]
    UnknownKind,
    /// There are no octets at all.
    #[error("the file is empty")]
    Empty,
}

/// A decoding problem with its place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{problem} (octet {offset}, path {path})", path = self.path_text())]
pub struct DecodeError {
    /// Octets before the element in which the problem lies.
    pub offset: u64,
    /// Tag numbers of the elements around it, outermost first.
    pub path: Vec<u32>,
    /// What is wrong.
    pub problem: Problem,
}

impl DecodeError {
    /// A problem outside of any element.
    pub(crate) fn at(offset: u64, problem: Problem) -> Self {
        Self {
            offset,
            path: Vec::new(),
            problem,
        }
    }

    /// Adds the tags around the path found so far.
    pub(crate) fn within(mut self, outer: &[u32]) -> Self {
        self.path.splice(0..0, outer.iter().copied());
        self
    }

    /// The path as text: tag numbers joined by slashes, such as `/1/3/9`; `?` stands for a tag of another class.
    pub fn path_text(&self) -> String {
        if self.path.is_empty() {
            return "/".into();
        }
        let name = |tag: &u32| match *tag {
            u32::MAX => "?".into(),
            number => number.to_string(),
        };
        self.path
            .iter()
            .fold(String::new(), |text, tag| text + "/" + &name(tag))
    }
}

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The source failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The octets are not a valid encoding.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}
