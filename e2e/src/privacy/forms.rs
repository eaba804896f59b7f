//! The forms in which a number could be written, and what hashing them without a salt would give.

use codec::{Compact, Encode};
use sp_crypto_hashing::{blake2_128, blake2_256, keccak_256, sha2_256, twox_128, twox_256, twox_64};

/// Octets of a hash that are looked for: a hash that is cut off after them is found as well.
pub(super) const HASH_START: usize = 8;

/// A way to write a number, and the octets.
pub(super) type Form = (&'static str, Vec<u8>);

/// The nibbles of a number in a form of binary-coded decimals.
fn nibbles(digits: &str, filler: u8, offset: bool) -> Vec<u8> {
    let mut nibbles: Vec<u8> = offset.then_some(filler).into_iter().collect();
    nibbles.extend(digits.bytes().map(|digit| digit - b'0'));
    if nibbles.len() % 2 == 1 {
        nibbles.push(filler);
    }
    nibbles
}

/// Binary-coded decimals, in both orders, with either filler, from either half of the first octet on. TAP's own form is
/// the first one.
pub(super) fn bcd(digits: &str) -> Vec<Form> {
    let pack = |filler, offset, swapped: bool| {
        nibbles(digits, filler, offset)
            .chunks(2)
            .map(|pair| match swapped {
                false => pair[0] << 4 | pair[1],
                true => pair[1] << 4 | pair[0],
            })
            .collect()
    };
    vec![
        ("BCD, F", pack(0xf, false, false)),
        ("BCD, F, second half first", pack(0xf, false, true)),
        ("BCD, 0", pack(0, false, false)),
        ("BCD, 0, second half first", pack(0, false, true)),
        ("BCD after F", pack(0xf, true, false)),
        ("BCD after F, second half first", pack(0xf, true, true)),
        ("BCD after 0", pack(0, true, false)),
        ("BCD after 0, second half first", pack(0, true, true)),
    ]
}

/// Text and integers.
pub(super) fn plain(digits: &str) -> Vec<Form> {
    let units: Vec<u16> = digits.encode_utf16().collect();
    let mut forms = vec![
        ("digits", digits.as_bytes().to_vec()),
        (
            "UTF-16, little end first",
            units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        ),
        (
            "UTF-16, big end first",
            units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        ),
    ];
    // More than 19 digits are not the number of a subscriber.
    if let Ok(number) = digits.parse::<u64>() {
        forms.extend([
            ("64 bits, little end first", number.to_le_bytes().to_vec()),
            ("64 bits, big end first", number.to_be_bytes().to_vec()),
            ("SCALE compact", Compact(number).encode()),
            ("hexadecimal text", format!("{number:x}").into_bytes()),
            ("hexadecimal text, capitals", format!("{number:X}").into_bytes()),
        ]);
    }
    forms
}

/// Integers of 128 bits, which contain those of 64 bits.
pub(super) fn wide(digits: &str) -> Vec<Form> {
    let number = digits.parse::<u128>().into_iter();
    number
        .flat_map(|number| {
            [
                ("128 bits, little end first", number.to_le_bytes().to_vec()),
                ("128 bits, big end first", number.to_be_bytes().to_vec()),
            ]
        })
        .collect()
}

/// BCD with the second half of each octet first, as hexadecimal text: every second digit changes places with its
/// neighbour. In the other order hexadecimal text of BCD is the digits themselves.
pub(super) fn swapped_text(digits: &str) -> Vec<Form> {
    let swap = |digits: &[u8]| -> Vec<u8> {
        digits
            .chunks_exact(2)
            .flat_map(|pair| [pair[1], pair[0]])
            .collect()
    };
    let digits = digits.as_bytes();
    vec![
        ("BCD as text, second half first", swap(digits)),
        ("BCD as text, second half first, one on", swap(&digits[1..])),
    ]
}

/// What is hashed: every form, and text as people write it.
pub(super) fn hashed(digits: &str) -> Vec<Form> {
    let mut forms = plain(digits);
    forms.extend(wide(digits));
    forms.extend(bcd(digits));
    forms.push(("digits after +", format!("+{digits}").into_bytes()));
    forms.push(("digits after 00", format!("00{digits}").into_bytes()));
    forms
}

/// A hash function by its name.
pub(super) type Hash = (&'static str, fn(&[u8]) -> Vec<u8>);

/// Every hash that a runtime or a client has at hand.
pub(super) const HASHES: [Hash; 7] = [
    ("blake2b-256", |octets| blake2_256(octets).to_vec()),
    ("blake2b-128", |octets| blake2_128(octets).to_vec()),
    ("twox-64", |octets| twox_64(octets).to_vec()),
    ("twox-128", |octets| twox_128(octets).to_vec()),
    ("twox-256", |octets| twox_256(octets).to_vec()),
    ("sha-256", |octets| sha2_256(octets).to_vec()),
    ("keccak-256", |octets| keccak_256(octets).to_vec()),
];
