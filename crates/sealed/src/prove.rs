//! Proofs, as they are made; openings and blindings, which are secret. In constant time as far as the libraries are.

use crate::{
    commit::{h, scalar, Commitment},
    proof::{
        challenge, equal, pedersen, pok, range, sum, Context, Cover, ProofInvalid, Representation, Summand,
        BITS,
    },
    statement::{Statement, StatementInvalid},
    OperatorId,
};
use alloc::vec::Vec;
use bulletproofs::RangeProof;
use core::fmt;
use curve25519_dalek::{ristretto::RistrettoPoint, scalar::Scalar, traits::MultiscalarMul};
use merlin::{Transcript, TranscriptRng};
use rand_chacha::rand_core::{CryptoRng, RngCore};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The secret of a commitment.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub struct Blinding(pub(crate) Scalar);

impl Blinding {
    /// From the octets of one that was shown; `None` if they are not canonical.
    pub fn from_bytes(octets: [u8; 32]) -> Option<Self> {
        Option::from(Scalar::from_canonical_bytes(octets)).map(Self)
    }

    /// The octets, as they are shown at an opening.
    pub fn expose(&self) -> [u8; 32] {
        self.0.to_bytes()
    }
}

impl PartialEq for Blinding {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Blinding {}

impl fmt::Debug for Blinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blinding(…)")
    }
}

/// A number with its blinding.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// The number.
    pub value: i128,
    /// What hides it.
    pub blinding: Blinding,
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opening(…)")
    }
}

impl Opening {
    /// The commitment that it opens.
    pub fn commit(&self) -> Commitment {
        let mut value = scalar(self.value);
        let point = RistrettoPoint::mul_base(&value) + h() * self.blinding.0;
        value.zeroize();
        Commitment(point.compress().0)
    }

    /// What opens the sum of two commitments; `None` where the numbers are too large together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self {
            value: self.value.checked_add(other.value)?,
            blinding: Blinding(self.blinding.0 + other.blinding.0),
        })
    }

    /// What opens the difference of two commitments; `None` where the numbers are too large together.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        Some(Self {
            value: self.value.checked_sub(other.value)?,
            blinding: Blinding(self.blinding.0 - other.blinding.0),
        })
    }

    /// The sum of many; `None` where the numbers are too large together.
    pub fn sum<'o>(openings: impl IntoIterator<Item = &'o Self>) -> Option<Self> {
        openings
            .into_iter()
            .try_fold(Self::default(), |sum, next| sum.plus(next))
    }
}

/// Randomness from the statement, the witness and a source of randomness: a bad source alone harms nobody.
fn nonces<R: RngCore + CryptoRng>(
    transcript: &Transcript,
    witness: &[Scalar],
    source: &mut R,
) -> TranscriptRng {
    let mut builder = transcript.build_rng();
    for secret in witness {
        let octets = Zeroizing::new(secret.to_bytes());
        builder = builder.rekey_with_witness_bytes(b"witness", octets.as_ref());
    }
    builder.finalize(source)
}

impl Representation {
    /// Proves that factors are known. What is not true is not proven.
    pub(crate) fn prove<R: RngCore + CryptoRng>(
        mut self,
        mut witness: Vec<Scalar>,
        source: &mut R,
    ) -> Result<Vec<u8>, ProofInvalid> {
        let made = match witness.len() == self.generators.len()
            && RistrettoPoint::multiscalar_mul(&witness, &self.generators) == self.target
        {
            true => {
                let mut rng = nonces(&self.transcript, &witness, source);
                let mut secret: Vec<Scalar> = witness.iter().map(|_| Scalar::random(&mut rng)).collect();
                let first = RistrettoPoint::multiscalar_mul(&secret, &self.generators).compress();
                let challenge = challenge(&mut self.transcript, &first);
                let mut proof = first.to_bytes().to_vec();
                for (secret, factor) in secret.iter().zip(&witness) {
                    proof.extend((secret + challenge * factor).to_bytes());
                }
                secret.zeroize();
                Ok(proof)
            }
            false => Err(ProofInvalid),
        };
        witness.zeroize();
        made
    }
}

/// Proves that the party can open a commitment.
///
/// # Errors
/// This does not open it.
pub fn prove_pok<R: RngCore + CryptoRng>(
    context: &Context,
    commitment: &Commitment,
    opening: &Opening,
    source: &mut R,
) -> Result<Vec<u8>, ProofInvalid> {
    let witness = [scalar(opening.value), opening.blinding.0].into();
    pok(context, commitment)?.prove(witness, source)
}

/// Proves that two commitments hide the same number; `difference` is their blindings' difference.
///
/// # Errors
/// They do not, or this is not the difference.
pub fn prove_equal<R: RngCore + CryptoRng>(
    context: &Context,
    one: (&Commitment, &Blinding),
    other: (&Commitment, &Blinding),
    source: &mut R,
) -> Result<Vec<u8>, ProofInvalid> {
    equal(context, one.0, other.0)?.prove([one.1 .0 - other.1 .0].into(), source)
}

/// Proves what commitments come to; `opening` opens their sum.
///
/// # Errors
/// They do not come to this.
pub fn prove_sum<R: RngCore + CryptoRng>(
    context: &Context,
    summands: &[Summand],
    opening: &Opening,
    source: &mut R,
) -> Result<Vec<u8>, ProofInvalid> {
    sum(context, summands, opening.value)?.prove([opening.blinding.0].into(), source)
}

/// Proves that a party stands by a statement; `net` opens what it comes to.
///
/// # Errors
/// The statement cannot be one, the operator is not a party of it, or this does not open its net.
pub fn prove_statement<R: RngCore + CryptoRng>(
    statement: &Statement<'_>,
    party: OperatorId,
    net: &Opening,
    source: &mut R,
) -> Result<Vec<u8>, StatementInvalid> {
    let (_, said) = statement.affirmation(party)?;
    let witness = [scalar(net.value), net.blinding.0].into();
    said.prove(witness, source).map_err(|_| StatementInvalid::Proof)
}

/// Proves that a position is covered; `opening` opens its sealed part.
///
/// # Errors
/// It is not covered, or leaves 2^64 or more, or this does not open it.
pub fn prove_cover<R: RngCore + CryptoRng>(
    context: &Context,
    cover: &Cover,
    opening: &Opening,
    source: &mut R,
) -> Result<Vec<u8>, ProofInvalid> {
    let known = i128::try_from(cover.hold)
        .ok()
        .and_then(|hold| cover.clear.checked_add(hold));
    let left = known
        .and_then(|known| known.checked_add(opening.value))
        .and_then(|left| u64::try_from(left).ok())
        .ok_or(ProofInvalid)?;
    if opening.commit() != cover.sealed {
        return Err(ProofInvalid);
    }
    let mut transcript = cover.transcript(context);
    let mut rng = nonces(&transcript, &[Scalar::from(left), opening.blinding.0], source);
    let (proof, _) = RangeProof::prove_single_with_rng(
        &range(),
        &pedersen(),
        &mut transcript,
        left,
        &opening.blinding.0,
        BITS,
        &mut rng,
    )
    .map_err(|_| ProofInvalid)?;
    Ok(proof.to_bytes())
}
