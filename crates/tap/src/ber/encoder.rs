//! Writing elements.

use super::Tag;

/// How the lengths of constructed elements are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LengthForm {
    /// Octets counted before the contents.
    #[default]
    Definite,
    /// An end-of-contents mark after the contents.
    Indefinite,
}

/// Writes elements of class APPLICATION into a buffer.
#[derive(Clone, Debug, Default)]
pub struct Encoder {
    buffer: Vec<u8>,
    form: LengthForm,
}

impl Encoder {
    /// An empty encoder that writes the given form.
    pub fn new(form: LengthForm) -> Self {
        Self {
            buffer: Vec::new(),
            form,
        }
    }

    /// What was written.
    pub fn octets(&self) -> &[u8] {
        &self.buffer
    }

    /// Forgets what was written and keeps the memory.
    pub fn clear(&mut self) {
        self.buffer.clear();
    }

    /// What was written, by value.
    pub fn into_octets(self) -> Vec<u8> {
        self.buffer
    }

    /// Appends octets that are already encoded.
    pub fn raw(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
    }

    /// A constructed element whose contents `inner` writes.
    pub fn group(&mut self, tag: u32, inner: impl FnOnce(&mut Self)) {
        identifier(&mut self.buffer, tag, true);
        match self.form {
            LengthForm::Definite => {
                self.buffer.push(0);
                let start = self.buffer.len();
                inner(self);
                let size = self.buffer.len() - start;
                if size < 0x80 {
                    self.buffer[start - 1] = size as u8;
                } else {
                    let (octets, first) = long_length(size);
                    self.buffer[start - 1] = 0x80 | (8 - first) as u8;
                    self.buffer.splice(start..start, octets[first..].iter().copied());
                }
            }
            LengthForm::Indefinite => {
                self.buffer.push(0x80);
                inner(self);
                self.buffer.extend([0, 0]);
            }
        }
    }

    /// A primitive element.
    pub fn octet_string(&mut self, tag: u32, contents: &[u8]) {
        identifier(&mut self.buffer, tag, false);
        length(&mut self.buffer, contents.len());
        self.buffer.extend_from_slice(contents);
    }

    /// A primitive element with text.
    pub fn text(&mut self, tag: u32, text: &str) {
        self.octet_string(tag, text.as_bytes());
    }

    /// A primitive element with a non-negative integer.
    pub fn unsigned(&mut self, tag: u32, value: u64) {
        let octets = value.to_be_bytes();
        let mut first = octets.iter().position(|octet| *octet != 0).unwrap_or(7);
        // A leading bit of one would make it negative.
        let pad = octets[first] & 0x80 != 0;
        identifier(&mut self.buffer, tag, false);
        length(&mut self.buffer, 8 - first + usize::from(pad));
        if pad {
            self.buffer.push(0);
        }
        while first < 8 {
            self.buffer.push(octets[first]);
            first += 1;
        }
    }

    /// Digits as BCD: two to an octet, the first one in the high half, filled up with `f`.
    pub fn bcd(&mut self, tag: u32, digits: &str) {
        let nibble = |digit: Option<&u8>| match digit {
            Some(digit @ b'0'..=b'9') => digit - b'0',
            _ => 0xf,
        };
        identifier(&mut self.buffer, tag, false);
        length(&mut self.buffer, digits.len().div_ceil(2));
        for pair in digits.as_bytes().chunks(2) {
            self.buffer.push(nibble(pair.first()) << 4 | nibble(pair.get(1)));
        }
    }

    /// Identifier and definite length of a constructed element whose contents follow elsewhere.
    pub fn open_definite(&mut self, tag: u32, size: u64) {
        identifier(&mut self.buffer, tag, true);
        length(&mut self.buffer, usize::try_from(size).unwrap_or(usize::MAX));
    }

    /// Identifier of a constructed element of indefinite length; [`Encoder::close`] ends it.
    pub fn open_indefinite(&mut self, tag: u32) {
        identifier(&mut self.buffer, tag, true);
        self.buffer.push(0x80);
    }

    /// The end-of-contents mark.
    pub fn close(&mut self) {
        self.buffer.extend([0, 0]);
    }
}

fn identifier(buffer: &mut Vec<u8>, number: u32, constructed: bool) {
    let first = 0x40 | if constructed { 0x20 } else { 0 };
    debug_assert_eq!(Tag::application(number).number(), number);
    if number < 0x1f {
        buffer.push(first | number as u8);
        return;
    }
    buffer.push(first | 0x1f);
    for shift in [21, 14, 7] {
        if number >> shift != 0 {
            buffer.push(0x80 | (number >> shift & 0x7f) as u8);
        }
    }
    buffer.push((number & 0x7f) as u8);
}

fn length(buffer: &mut Vec<u8>, size: usize) {
    if size < 0x80 {
        buffer.push(size as u8);
    } else {
        let (octets, first) = long_length(size);
        buffer.push(0x80 | (8 - first) as u8);
        buffer.extend_from_slice(&octets[first..]);
    }
}

/// The octets of a length and the place of the first one that is not zero.
fn long_length(size: usize) -> ([u8; 8], usize) {
    let octets = (size as u64).to_be_bytes();
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(7);
    (octets, first)
}

#[cfg(test)]
mod tests {
    use super::super::{unsigned, Elements};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn octets_should_be_those_of_the_encoding_rules_when_written() {
        let mut encoder = Encoder::default();
        encoder.group(437, |e| {
            e.unsigned(62, 2300);
            e.bcd(129, "26201123456789");
            e.bcd(129, "123");
        });
        let wanted: &[u8] = &[
            0x7f, 0x83, 0x35, 21, 0x5f, 0x3e, 2, 0x08, 0xfc, 0x5f, 0x81, 0x01, 7, 0x26, 0x20, 0x11, 0x23,
            0x45, 0x67, 0x89, 0x5f, 0x81, 0x01, 2, 0x12, 0x3f,
        ];
        let mut wanted = wanted.to_vec();
        wanted[3] = (wanted.len() - 4) as u8;
        assert_eq!(encoder.octets(), wanted);
    }

    proptest! {
        #[test]
        fn integer_should_read_back_when_written(value: u64) {
            let mut encoder = Encoder::default();
            encoder.unsigned(62, value);
            let element = Elements::new(encoder.octets()).next().unwrap().unwrap();
            prop_assert_eq!(unsigned(element.contents), Some(value));
        }

        #[test]
        fn group_should_read_back_when_it_has_any_size_and_tag(tag in 0u32..1 << 28, size in 0usize..70_000, indefinite: bool) {
            let form = if indefinite { LengthForm::Indefinite } else { LengthForm::Definite };
            let mut encoder = Encoder::new(form);
            encoder.group(tag, |e| e.octet_string(7, &vec![1; size]));
            let all: Vec<_> = Elements::new(encoder.octets()).collect();
            prop_assert_eq!(all.len(), 1);
            let element = all[0].unwrap();
            prop_assert_eq!((element.tag, element.constructed), (tag, true));
            let inner = element.elements().next().unwrap().unwrap();
            prop_assert_eq!(inner.contents.len(), size);
        }
    }
}
