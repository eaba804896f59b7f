//! Looks for numbers of subscribers where there must not be any: in the state, the events and the blocks of a chain.
//!
//! A number is looked for in every form in which it might have got there: as text, as an integer, as binary-coded decimals
//! wherever they begin, and as a hash without a salt of any of these. Hashes and what is longer than eight octets are
//! found by their first eight octets, so that a hash which is cut off is found as well. Forms of less than five octets (the
//! SCALE compact form of nine digits) are not looked for: they occur by chance in any chain.

mod dump;
mod forms;
mod numbers;

pub use dump::{contain, Dump, Pieces};
pub use numbers::{Kind, Numbers};

use forms::{hashed, plain, swapped_text, HASHES, HASH_START};
use std::{collections::HashMap, fmt};

/// A number where none must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// What it is.
    pub kind: Kind,
    /// The number.
    pub digits: String,
    /// The form in which it was found.
    pub form: String,
    /// Where.
    pub place: String,
    /// Octets before it there.
    pub offset: usize,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            digits,
            form,
            place,
            offset,
        } = self;
        write!(f, "{kind} {digits} as {form}, {place}, octet {offset}")
    }
}

/// What a pattern is the form of.
struct Meaning {
    /// Place of the number.
    number: usize,
    form: &'static str,
    hash: Option<&'static str>,
}

/// Patterns of one width at least, by their first octets.
struct Table {
    width: usize,
    starts: HashMap<u64, Vec<(Vec<u8>, Meaning)>>,
}

impl Table {
    fn new(width: usize) -> Self {
        Self {
            width,
            starts: HashMap::new(),
        }
    }

    fn insert(&mut self, pattern: Vec<u8>, meaning: Meaning) {
        let start = start(&pattern[..self.width]);
        let same = self.starts.entry(start).or_default();
        // The same octets may be two forms of a number, or forms of two numbers; one of them is enough to be found.
        if same.iter().all(|(other, _)| *other != pattern) {
            same.push((pattern, meaning));
        }
    }

    fn find<'a>(&'a self, octets: &'a [u8]) -> impl Iterator<Item = (usize, &'a Meaning)> {
        octets
            .windows(self.width)
            .enumerate()
            .flat_map(move |(offset, window)| {
                let here = self.starts.get(&start(window)).into_iter().flatten();
                here.filter(move |(pattern, _)| octets[offset..].starts_with(pattern))
                    .map(move |(_, meaning)| (offset, meaning))
            })
    }
}

fn start(octets: &[u8]) -> u64 {
    octets
        .iter()
        .fold(0, |start, octet| start << 8 | u64::from(*octet))
}

/// Looks for many numbers at once.
pub struct Scanner {
    numbers: Vec<(Kind, String)>,
    /// Patterns of eight octets or more, and of five to seven.
    long: Table,
    short: Table,
    /// Digits, to be found in the nibbles of octets.
    digits: Table,
}

/// Widths of the tables. Nine digits are the least that is looked for.
const LONG: usize = 8;
const SHORT: usize = 5;

impl Scanner {
    /// Prepares to look for these numbers and for their parts.
    pub fn new(numbers: &Numbers) -> Self {
        let mut scanner = Self {
            numbers: Vec::new(),
            long: Table::new(LONG),
            short: Table::new(SHORT),
            digits: Table::new(LONG),
        };
        for (kind, whole) in numbers.iter() {
            for part in kind.parts(whole) {
                scanner.numbers.push((kind, part.into()));
                scanner.add(part);
            }
        }
        scanner
    }

    /// Adds the number that was pushed last.
    fn add(&mut self, digits: &str) {
        let number = self.numbers.len() - 1;
        let meaning = |form, hash| Meaning { number, form, hash };
        for (form, pattern) in plain(digits).into_iter().chain(swapped_text(digits)) {
            match pattern.len() {
                LONG.. => self.long.insert(pattern, meaning(form, None)),
                SHORT.. => self.short.insert(pattern, meaning(form, None)),
                _ => {}
            }
        }
        // Whatever the filler, and in whichever half of an octet they begin, BCD are these nibbles in a row.
        let nibbles = digits.bytes().map(|digit| digit - b'0').collect();
        self.digits.insert(nibbles, meaning("BCD", None));
        for (form, octets) in hashed(digits) {
            for (name, hash) in HASHES {
                let mut pattern = hash(&octets);
                pattern.truncate(HASH_START);
                self.long.insert(pattern, meaning(form, Some(name)));
            }
        }
    }

    /// How many patterns there are.
    pub fn patterns(&self) -> usize {
        let count = |table: &Table| table.starts.values().map(Vec::len).sum::<usize>();
        count(&self.long) + count(&self.short) + 2 * count(&self.digits)
    }

    /// Every number that is in the octets, which are those of a place.
    pub fn scan(&self, place: &str, octets: &[u8]) -> Vec<Leak> {
        let leak = |offset: usize, meaning: &Meaning, order: &str| {
            let (kind, digits) = self.numbers[meaning.number].clone();
            let form = match meaning.hash {
                Some(hash) => format!("{hash} of {}", meaning.form),
                None => format!("{}{order}", meaning.form),
            };
            Leak {
                kind,
                digits,
                form,
                place: place.into(),
                offset,
            }
        };
        let mut leaks = Vec::new();
        for table in [&self.long, &self.short] {
            leaks.extend(
                table
                    .find(octets)
                    .map(|(offset, meaning)| leak(offset, meaning, "")),
            );
        }
        let in_order: Vec<u8> = octets
            .iter()
            .flat_map(|octet| [octet >> 4, octet & 0xf])
            .collect();
        let swapped: Vec<u8> = octets
            .iter()
            .flat_map(|octet| [octet & 0xf, octet >> 4])
            .collect();
        for (nibbles, order) in [(&in_order, ""), (&swapped, ", second half first")] {
            leaks.extend(
                self.digits
                    .find(nibbles)
                    .map(|(offset, meaning)| leak(offset / 2, meaning, order)),
            );
        }
        leaks
    }
}

#[cfg(test)]
mod tests;
