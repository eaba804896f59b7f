//! Proofs, as they are verified. Each statement goes into the transcript as a whole: the chain, the purpose, the object, the party,
//! the document, and all commitments and numbers; what is left out of one could be changed under it.

use crate::{
    blake2b,
    commit::{g, h, scalar, Commitment, Point},
    Digest, OperatorId,
};
use alloc::vec::Vec;
use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use codec::Encode;
use core::fmt;
use curve25519_dalek::{
    ristretto::{CompressedRistretto, RistrettoPoint},
    scalar::Scalar,
    traits::VartimeMultiscalarMul,
};
use interclear_record::record;
use merlin::Transcript;
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};

/// Octets of a proof that one can open a commitment.
pub const POK: usize = 96;
/// Octets of a proof about the blinding alone: that two commitments hide one number, or a sum comes to a number.
pub const BLINDING_PROOF: usize = 64;
/// Octets of the proof of a cover.
pub const COVER: usize = 672;
/// Bits of what a cover leaves, at most.
pub(crate) const BITS: usize = 64;

/// What a proof is about, so that it serves for nothing else.
#[record(Copy, Ord)]
pub enum Object {
    /// The statement of a month.
    Statement {
        /// By its id on the chain.
        agreement: u32,
        /// The month, as `YYYYMM`.
        period: u32,
    },
    /// What of a statement is not disputed.
    Undisputed {
        /// By its id on the chain.
        agreement: u32,
        /// The month, as `YYYYMM`.
        period: u32,
    },
    /// What was disputed, by its id on the chain.
    Dispute(u32),
    /// The offer of an obligation between two operators.
    Offer {
        /// The operator with the lesser id.
        lo: OperatorId,
        /// The other one.
        hi: OperatorId,
        /// The number of the offer.
        number: u32,
    },
    /// A position in a cycle.
    Position {
        /// By its id on the chain.
        cycle: u32,
        /// In which it is covered; from 0.
        round: u8,
    },
    /// What an auditor has asked, by the digest of the question.
    Question(Digest),
}

/// What surrounds a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context {
    /// The hash of the chain's first block.
    pub genesis: Digest,
    /// What the proof is about.
    pub object: Object,
    /// Whose proof it is.
    pub party: OperatorId,
    /// The document that holds the numbers; zeros where there is none.
    pub document: Digest,
}

/// A proof does not hold, or is not one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProofInvalid;

impl fmt::Display for ProofInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proof does not hold")
    }
}

impl core::error::Error for ProofInvalid {}

impl Context {
    /// The transcript with all that a statement says.
    pub(crate) fn transcript(&self, purpose: &'static [u8], statement: &[&[u8]]) -> Transcript {
        let mut transcript = Transcript::new(b"interclear/sealed/v1");
        transcript.append_message(b"genesis", &self.genesis);
        transcript.append_message(b"purpose", purpose);
        transcript.append_message(b"object", &self.object.encode());
        transcript.append_message(b"party", &self.party.to_le_bytes());
        transcript.append_message(b"document", &self.document);
        for part in statement {
            transcript.append_message(b"statement", part);
        }
        transcript
    }
}

/// A representation: what is known of a point, the generators of which the proof knows its factors, and the transcript.
pub(crate) struct Representation {
    pub(crate) transcript: Transcript,
    pub(crate) target: RistrettoPoint,
    pub(crate) generators: Vec<RistrettoPoint>,
}

pub(crate) fn challenge(transcript: &mut Transcript, first: &CompressedRistretto) -> Scalar {
    transcript.append_message(b"first", first.as_bytes());
    let mut wide = [0; 64];
    transcript.challenge_bytes(b"challenge", &mut wide);
    Scalar::from_bytes_mod_order_wide(&wide)
}

impl Representation {
    /// Whether the proof knows factors of the target. In variable time: all of it is public.
    pub(crate) fn verify(mut self, proof: &[u8]) -> Result<(), ProofInvalid> {
        let (first, rest) = proof.split_first_chunk::<32>().ok_or(ProofInvalid)?;
        let (answers, rest) = rest.as_chunks::<32>();
        if !rest.is_empty() || answers.len() != self.generators.len() {
            return Err(ProofInvalid);
        }
        let answers: Option<Vec<Scalar>> = answers
            .iter()
            .map(|answer| Scalar::from_canonical_bytes(*answer).into())
            .collect();
        let mut factors = answers.ok_or(ProofInvalid)?;
        let first = CompressedRistretto(*first);
        let nonce = first.decompress().ok_or(ProofInvalid)?;
        factors.push(-challenge(&mut self.transcript, &first));
        self.generators.push(self.target);
        match RistrettoPoint::vartime_multiscalar_mul(&factors, &self.generators) == nonce {
            true => Ok(()),
            false => Err(ProofInvalid),
        }
    }
}

fn point(commitment: &Commitment) -> Result<RistrettoPoint, ProofInvalid> {
    commitment.point().map(|point| point.0).map_err(|_| ProofInvalid)
}

/// That a party could open a commitment.
pub(crate) fn pok(context: &Context, commitment: &Commitment) -> Result<Representation, ProofInvalid> {
    Ok(Representation {
        transcript: context.transcript(b"pok", &[&commitment.0]),
        target: point(commitment)?,
        generators: [g(), h()].into(),
    })
}

/// That two commitments hide the same number.
pub(crate) fn equal(
    context: &Context,
    one: &Commitment,
    other: &Commitment,
) -> Result<Representation, ProofInvalid> {
    Ok(Representation {
        transcript: context.transcript(b"equal", &[&one.0, &other.0]),
        target: point(one)? - point(other)?,
        generators: [h()].into(),
    })
}

/// A commitment of a sum, and whether it is taken away.
pub type Summand = (Commitment, bool);

/// That a sum of commitments comes to a number.
pub(crate) fn sum(
    context: &Context,
    summands: &[Summand],
    value: i128,
) -> Result<Representation, ProofInvalid> {
    let mut target = Point::of_number(value).negated();
    for (commitment, negative) in summands {
        let next = Point(point(commitment)?);
        target = target.plus(&match negative {
            true => next.negated(),
            false => next,
        });
    }
    Ok(Representation {
        transcript: context.transcript(b"sum", &[&summands.encode(), &value.to_le_bytes()]),
        target: target.0,
        generators: [h()].into(),
    })
}

/// Verifies that the party could open a commitment.
///
/// # Errors
/// [`ProofInvalid`].
pub fn verify_pok(context: &Context, commitment: &Commitment, proof: &[u8]) -> Result<(), ProofInvalid> {
    pok(context, commitment)?.verify(proof)
}

/// Verifies that two commitments hide the same number.
///
/// # Errors
/// [`ProofInvalid`].
pub fn verify_equal(
    context: &Context,
    one: &Commitment,
    other: &Commitment,
    proof: &[u8],
) -> Result<(), ProofInvalid> {
    equal(context, one, other)?.verify(proof)
}

/// Verifies that commitments come to a number, those that are marked with the other sign.
///
/// # Errors
/// [`ProofInvalid`].
pub fn verify_sum(
    context: &Context,
    summands: &[Summand],
    value: i128,
    proof: &[u8],
) -> Result<(), ProofInvalid> {
    sum(context, summands, value)?.verify(proof)
}

/// What a cover says: the sealed part of a position, its clear part, and what is on hold, together are not negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cover {
    /// The sealed part of the position.
    pub sealed: Commitment,
    /// The clear part of the position.
    pub clear: i128,
    /// What is on hold.
    pub hold: u128,
}

impl Cover {
    pub(crate) fn transcript(&self, context: &Context) -> Transcript {
        let parts: [&[u8]; 3] = [
            &self.sealed.0,
            &self.clear.to_le_bytes(),
            &self.hold.to_le_bytes(),
        ];
        context.transcript(b"cover", &parts)
    }

    /// The commitment to what is left.
    pub(crate) fn left(&self) -> Result<CompressedRistretto, ProofInvalid> {
        let known = RistrettoPoint::mul_base(&(scalar(self.clear) + Scalar::from(self.hold)));
        Ok((point(&self.sealed)? + known).compress())
    }
}

pub(crate) fn pedersen() -> PedersenGens {
    PedersenGens {
        B: g(),
        B_blinding: h(),
    }
}

pub(crate) fn range() -> BulletproofGens {
    BulletproofGens::new(BITS, 1)
}

/// Verifies a cover.
///
/// The verifier weighs its two equations at random. In a runtime there is no randomness that the prover does not know, so the weight
/// comes from all that the prover has said: to change it, he has to say something else.
///
/// # Errors
/// [`ProofInvalid`].
pub fn verify_cover(context: &Context, cover: &Cover, proof: &[u8]) -> Result<(), ProofInvalid> {
    if proof.len() != COVER {
        return Err(ProofInvalid);
    }
    let mut transcript = cover.transcript(context);
    let mut said = [0; 32];
    transcript.clone().challenge_bytes(b"weight", &mut said);
    let mut weight = ChaCha20Rng::from_seed(blake2b(&[b"interclear/cover/v1", &said, proof]));
    RangeProof::from_bytes(proof)
        .and_then(|proof| {
            proof.verify_single_with_rng(
                &range(),
                &pedersen(),
                &mut transcript,
                &cover.left().map_err(|_| bulletproofs::ProofError::FormatError)?,
                BITS,
                &mut weight,
            )
        })
        .map_err(|_| ProofInvalid)
}
