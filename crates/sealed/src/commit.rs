//! Pedersen commitments over ristretto255: 32 octets that hide a number, and add as numbers do.

use core::fmt;
use curve25519_dalek::{
    constants::RISTRETTO_BASEPOINT_POINT,
    ristretto::{CompressedRistretto, RistrettoPoint},
    scalar::Scalar,
    traits::{Identity, IsIdentity},
};
use interclear_record::record;
use subtle::{Choice, ConditionallySelectable};

/// The second generator, H: ristretto255's one-way map of the SHA-512 of [`H_LABEL`], so that nobody knows its relation to the
/// first one.
pub const H: [u8; 32] = [
    0xf6, 0xa9, 0x36, 0x03, 0xa9, 0x90, 0x1f, 0x2d, 0xbf, 0x9a, 0x39, 0x45, 0xf5, 0x4d, 0x9e, 0xfb, 0x23,
    0x49, 0xb4, 0x4d, 0xe9, 0x7b, 0xa4, 0xcd, 0x9a, 0x24, 0x6b, 0xa3, 0x9d, 0x58, 0x14, 0x43,
];

/// What H is made of.
pub const H_LABEL: &[u8] = b"interclear/pedersen/h/v1";

/// A commitment to a number: the one canonical encoding of a point.
///
/// What comes from outside is not known to be one before [`Commitment::point`] has said so.
#[record(Copy, Ord)]
pub struct Commitment(pub [u8; 32]);

/// These octets are no point, or the one that nobody may submit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointInvalid {
    /// They are not the canonical encoding of a point.
    NotAPoint,
    /// They are the identity, which hides nothing.
    Identity,
}

impl fmt::Display for PointInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAPoint => "these octets are not the encoding of a point",
            Self::Identity => "the identity is not a commitment",
        })
    }
}

impl core::error::Error for PointInvalid {}

impl Commitment {
    /// What a sum of nothing comes to; an opening of it is zero with a blinding of zero.
    pub const IDENTITY: Self = Self([0; 32]);

    /// The point, for computing.
    ///
    /// # Errors
    /// [`PointInvalid::NotAPoint`]: there is one encoding of each point, and these octets are none.
    pub fn point(&self) -> Result<Point, PointInvalid> {
        CompressedRistretto(self.0)
            .decompress()
            .map(Point)
            .ok_or(PointInvalid::NotAPoint)
    }

    /// The point of a commitment that somebody submits: sums may be the identity, what is submitted may not.
    ///
    /// # Errors
    /// See [`PointInvalid`].
    pub fn submitted(&self) -> Result<Point, PointInvalid> {
        match self.point()? {
            point if point.is_identity() => Err(PointInvalid::Identity),
            point => Ok(point),
        }
    }

    /// Whether this number and blinding open the commitment. In variable time: both are public where this is asked.
    pub fn opens(&self, value: i128, blinding: &[u8; 32]) -> bool {
        let blinding: Option<Scalar> = Scalar::from_canonical_bytes(*blinding).into();
        let (Ok(point), Some(blinding)) = (self.point(), blinding) else {
            return false;
        };
        RistrettoPoint::vartime_double_scalar_mul_basepoint(&blinding, &h(), &scalar(value)) == point.0
    }
}

/// A point that is computed with: a commitment, decompressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point(pub(crate) RistrettoPoint);

impl Point {
    /// The sum of nothing.
    pub fn identity() -> Self {
        Self(RistrettoPoint::identity())
    }

    /// A number that everybody knows, as the commitment with a blinding of zero.
    pub fn of_number(value: i128) -> Self {
        Self(RistrettoPoint::mul_base(&scalar(value)))
    }

    /// The commitment.
    pub fn compress(&self) -> Commitment {
        Commitment(self.0.compress().0)
    }

    /// Whether it is the identity.
    pub fn is_identity(&self) -> bool {
        self.0.is_identity()
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The difference of two.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(self.0 - other.0)
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self(-self.0)
    }

    /// The sum of many, which is compressed once.
    ///
    /// # Errors
    /// One of them is not a point.
    pub fn sum<'c>(commitments: impl IntoIterator<Item = &'c Commitment>) -> Result<Self, PointInvalid> {
        commitments
            .into_iter()
            .try_fold(Self::identity(), |sum, next| Ok(sum.plus(&next.point()?)))
    }
}

/// A number as a scalar; a negative one is taken from the group's order. In constant time, as it may be secret.
pub(crate) fn scalar(value: i128) -> Scalar {
    let size = Scalar::from(value.unsigned_abs());
    let negative = Choice::from(u8::from(value < 0));
    Scalar::conditional_select(&size, &-size, negative)
}

/// The first generator, G.
pub(crate) fn g() -> RistrettoPoint {
    RISTRETTO_BASEPOINT_POINT
}

/// The second generator, H.
pub(crate) fn h() -> RistrettoPoint {
    // A test says that it decompresses; were it not to, nothing would verify.
    CompressedRistretto(H).decompress().unwrap_or_default()
}
