//! Suites: how secrets are sealed to an operator's key. What the chain checks of such a key.

use interclear_record::record;

/// How secrets are sealed to a key. Both use HKDF-SHA256 and ChaCha20-Poly1305 in HPKE (RFC 9180).
#[record(Copy, Ord, snake_case)]
pub enum Suite {
    /// DHKEM of X25519.
    #[codec(index = 1)]
    X25519,
    /// X-Wing: ML-KEM-768 with X25519, which a quantum computer does not open; provisional until it is an RFC.
    #[codec(index = 2)]
    XWing,
}

/// The longest public key of a suite, in octets.
pub const MAX_PUBLIC_KEY: u32 = 1_216;

/// The longest box with 32 octets in it.
pub const MAX_BOX: u32 = 1_120 + 48;

/// Why octets cannot be a sealing key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyInvalid {
    /// They have not the length of a key of this suite.
    Length,
    /// They are not the one form of a key: another form of the same key would pass for another key.
    NotCanonical,
    /// The point is of small order: what is sealed to it is open to everybody.
    SmallOrder,
}

/// Coefficients of a public key of ML-KEM-768, of 12 bits each; what follows is a seed.
const COEFFICIENT_OCTETS: usize = 1_152;
/// The modulus of ML-KEM.
const Q: u16 = 3_329;
/// The order of the field of X25519, 2^255 - 19, least octet first.
const P: [u8; 32] = {
    let mut p = [0xff; 32];
    p[0] = 0xed;
    p[31] = 0x7f;
    p
};
/// Canonical coordinates of X25519 that lie on points of order 1, 2, 4 or 8 of the curve or its twist.
pub(crate) const SMALL_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    {
        let mut one = [0; 32];
        one[0] = 1;
        one
    },
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
        0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04,
        0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
    {
        let mut last = P;
        last[0] = 0xec;
        last
    },
];

impl Suite {
    /// Every suite, the strongest first.
    pub const ALL: [Self; 2] = [Self::XWing, Self::X25519];

    /// Its number, in derivations.
    pub const fn number(self) -> u8 {
        match self {
            Self::X25519 => 1,
            Self::XWing => 2,
        }
    }

    /// Octets of a public key.
    pub const fn public_key(self) -> usize {
        match self {
            Self::X25519 => 32,
            Self::XWing => MAX_PUBLIC_KEY as usize,
        }
    }

    /// Octets that come before what is sealed.
    pub const fn encapsulation(self) -> usize {
        match self {
            Self::X25519 => 32,
            Self::XWing => 1_120,
        }
    }

    /// Octets of a box with 32 octets in it: the encapsulation, the ciphertext and its tag.
    pub const fn sealed_key(self) -> usize {
        self.encapsulation().saturating_add(48)
    }

    /// Whether octets can be a public key of this suite.
    ///
    /// # Errors
    /// See [`KeyInvalid`].
    pub fn check(self, key: &[u8]) -> Result<(), KeyInvalid> {
        if key.len() != self.public_key() {
            return Err(KeyInvalid::Length);
        }
        let (lattice, curve) = key.split_last_chunk::<32>().ok_or(KeyInvalid::Length)?;
        let coefficients = lattice.get(..COEFFICIENT_OCTETS).unwrap_or_default();
        for three in coefficients.chunks_exact(3) {
            let &[low, middle, high] = three else { continue };
            let first = u16::from(low) | (u16::from(middle & 0x0f) << 8);
            let second = u16::from(middle >> 4) | (u16::from(high) << 4);
            if first >= Q || second >= Q {
                return Err(KeyInvalid::NotCanonical);
            }
        }
        if curve.iter().rev().ge(P.iter().rev()) {
            return Err(KeyInvalid::NotCanonical);
        }
        match SMALL_ORDER.contains(curve) {
            true => Err(KeyInvalid::SmallOrder),
            false => Ok(()),
        }
    }
}
