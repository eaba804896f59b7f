//! Elements of a slice, without copies.

use super::{EndSearch, Header, Problem};

/// One element of a slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Element<'a> {
    /// Its tag number when the class is APPLICATION, else `u32::MAX`.
    pub tag: u32,
    /// Whether the contents are elements.
    pub constructed: bool,
    /// The contents, without the end-of-contents mark of the indefinite form.
    pub contents: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub fn elements(&self) -> Elements<'a> {
        Elements::new(self.contents)
    }

    /// The contents as a non-negative integer.
    pub fn unsigned(&self) -> Option<u64> {
        unsigned(self.contents)
    }

    /// The contents as text, without spaces around it, which do not count; octets that are not ASCII become `?`.
    pub fn text(&self) -> String {
        self.contents
            .trim_ascii()
            .iter()
            .map(|c| {
                if c.is_ascii_graphic() || *c == b' ' {
                    char::from(*c)
                } else {
                    '?'
                }
            })
            .collect()
    }
}

/// Iterates over the elements of a slice; stops after the first problem.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Elements<'a> {
    /// The elements of `bytes`, which must contain nothing else.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// Octets before the next element.
    pub fn position(&self) -> usize {
        self.position
    }

    fn read(&mut self) -> Result<Element<'a>, Problem> {
        let rest = &self.bytes[self.position..];
        let header = Header::read(rest).map_err(|p| {
            if p == Problem::Truncated {
                Problem::Overrun
            } else {
                p
            }
        })?;
        if header.is_end() {
            return Err(Problem::StrayEnd);
        }
        let (contents, size) = match header.length {
            Some(length) => {
                let end = header.size.checked_add(length).ok_or(Problem::LengthOverflow)?;
                (rest.get(header.size..end).ok_or(Problem::Overrun)?, end)
            }
            None => {
                let mut search = EndSearch::new(header.size);
                if !search.advance(rest)? {
                    return Err(Problem::Overrun);
                }
                let end = search.position;
                (&rest[header.size..end - 2], end)
            }
        };
        self.position += size;
        Ok(Element {
            tag: header.tag.number(),
            constructed: header.constructed,
            contents,
        })
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.position >= self.bytes.len() {
            return None;
        }
        let result = self.read();
        if result.is_err() {
            self.bytes = &self.bytes[..self.position];
        }
        Some(result)
    }
}

/// A two's complement integer that is not negative and fits into 64 bits.
#[inline(always)]
pub fn unsigned(contents: &[u8]) -> Option<u64> {
    match contents {
        // Most are codes and small.
        [octet @ 0..=0x7f] => Some(u64::from(*octet)),
        _ => unsigned_of_any_length(contents),
    }
}

#[inline(never)]
fn unsigned_of_any_length(contents: &[u8]) -> Option<u64> {
    match contents {
        [] => None,
        [first, ..] if first & 0x80 != 0 => None,
        [0, rest @ ..] if rest.len() > 8 => {
            let significant = rest.iter().position(|octet| *octet != 0).unwrap_or(rest.len());
            if rest.len() - significant > 8 {
                return None;
            }
            Some(big_endian(&rest[significant..]))
        }
        _ if contents.len() > 9 || (contents.len() == 9 && contents[0] != 0) => None,
        _ => Some(big_endian(contents)),
    }
}

#[inline]
fn big_endian(octets: &[u8]) -> u64 {
    octets
        .iter()
        .fold(0, |value, octet| value << 8 | u64::from(*octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_should_be_refused_when_it_is_negative_or_does_not_fit() {
        assert_eq!(unsigned(&[]), None);
        assert_eq!(unsigned(&[0xff]), None);
        assert_eq!(unsigned(&[0x08, 0xfc]), Some(2300));
        assert_eq!(unsigned(&[0, 0xff]), Some(255));
        assert_eq!(unsigned(&[0; 20]), Some(0));
        assert_eq!(
            unsigned(&[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            Some(u64::MAX)
        );
        assert_eq!(unsigned(&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(unsigned(&[1, 0, 0, 0, 0, 0, 0, 0, 0]), None);
    }

    #[test]
    fn contents_should_be_the_same_when_the_length_is_of_either_form() {
        let definite = [0x69, 3, 0x41, 1, 7];
        let indefinite = [0x69, 0x80, 0x41, 1, 7, 0, 0];
        for bytes in [&definite[..], &indefinite] {
            let all: Vec<_> = Elements::new(bytes).collect();
            assert_eq!(
                all,
                [Ok(Element {
                    tag: 9,
                    constructed: true,
                    contents: &[0x41, 1, 7]
                })]
            );
        }
    }

    #[test]
    fn iteration_should_stop_when_there_is_a_problem() {
        let all: Vec<_> = Elements::new(&[0x41, 1, 7, 0x42, 9, 1]).collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[1], Err(Problem::Overrun));
    }
}
