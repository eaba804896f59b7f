//! Usage of a file in one commitment: a vector of numbers, each on a generator of its own.

use crate::{
    commit::{h, Commitment},
    proof::{Context, ProofInvalid, Representation},
    prove::Blinding,
};
use alloc::vec::Vec;
use curve25519_dalek::{ristretto::RistrettoPoint, scalar::Scalar, traits::MultiscalarMul};
use interclear_record::record;
use rand_chacha::rand_core::{CryptoRng, RngCore};
use sha2::{Digest as _, Sha512};
use zeroize::Zeroize;

/// What is counted of a service.
#[record(Copy, Ord, snake_case)]
pub enum Field {
    /// How many records.
    Records,
    /// In 10^-6 of the unit.
    Quantity,
    /// In 10^-6 of the currency, without tax.
    Charge,
    /// In 10^-6 of the currency.
    Tax,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 4] = [Self::Records, Self::Quantity, Self::Charge, Self::Tax];

    /// Its name, in the label of a generator.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Quantity => "quantity",
            Self::Charge => "charge",
            Self::Tax => "tax",
        }
    }
}

/// Numbers are less than 2 to the power of this.
pub const NUMBER_BITS: u32 = 96;

/// A place in the vector: a service, by its name, and what is counted of it.
pub type Place<'s> = (&'s str, Field);

/// The point of a label, whose relation to others nobody knows.
fn point_of(label: &[u8]) -> RistrettoPoint {
    let wide: [u8; 64] = Sha512::digest(label).into();
    RistrettoPoint::from_uniform_bytes(&wide)
}

/// The generator of a place.
fn generator(place: Place<'_>) -> RistrettoPoint {
    let label = ["interclear/pedersen/g/v1/", place.0, "/", place.1.name()].concat();
    point_of(label.as_bytes())
}

/// The generator of a place, as a commitment to one there with a blinding of zero.
pub fn one_at(place: Place<'_>) -> Commitment {
    Commitment(generator(place).compress().0)
}

/// The generator H, made anew of its label.
pub fn h_of_label() -> Commitment {
    Commitment(point_of(crate::commit::H_LABEL).compress().0)
}

/// Commits to usage; places that are not named hold zero. `None` where a number is not less than 2^96.
pub fn commit_usage<'s>(
    numbers: impl IntoIterator<Item = (Place<'s>, u128)>,
    blinding: &Blinding,
) -> Option<Commitment> {
    let (mut factors, mut generators) = (Vec::new(), Vec::new());
    let mut fits = true;
    for (place, number) in numbers {
        fits &= number >> NUMBER_BITS == 0;
        factors.push(Scalar::from(number));
        generators.push(generator(place));
    }
    factors.push(blinding.0);
    generators.push(h());
    let sum = RistrettoPoint::multiscalar_mul(&factors, &generators);
    factors.zeroize();
    fits.then(|| Commitment(sum.compress().0))
}

/// That usage holds a number at a place: a representation of the rest by all other generators.
fn component(
    context: &Context,
    services: &[&str],
    usage: &Commitment,
    place: Place<'_>,
    number: u128,
) -> Result<Representation, ProofInvalid> {
    let point = usage.point().map_err(|_| ProofInvalid)?.0;
    let names = services.join("\n");
    let number_octets = number.to_le_bytes();
    let statement: [&[u8]; 5] = [
        names.as_bytes(),
        &usage.0,
        place.0.as_bytes(),
        place.1.name().as_bytes(),
        &number_octets,
    ];
    let mut generators = Vec::from([h()]);
    generators.extend(others(services, place).map(generator));
    Ok(Representation {
        transcript: context.transcript(b"component", &statement),
        target: point - generator(place) * Scalar::from(number),
        generators,
    })
}

fn others<'s>(services: &'s [&'s str], place: Place<'s>) -> impl Iterator<Item = Place<'s>> {
    let all = services
        .iter()
        .flat_map(|service| Field::ALL.map(|field| (*service, field)));
    all.filter(move |other| *other != place)
}

/// Verifies that usage holds a number at a place; `services` are all that it can be of, in the chain's order.
///
/// # Errors
/// [`ProofInvalid`].
pub fn verify_component(
    context: &Context,
    services: &[&str],
    usage: &Commitment,
    place: Place<'_>,
    number: u128,
    proof: &[u8],
) -> Result<(), ProofInvalid> {
    component(context, services, usage, place, number)?.verify(proof)
}

/// Proves what usage holds at a place; `at` tells all its numbers.
///
/// # Errors
/// They are not in this commitment.
pub fn prove_component<R: RngCore + CryptoRng>(
    context: &Context,
    services: &[&str],
    usage: &Commitment,
    place: Place<'_>,
    at: impl Fn(Place<'_>) -> u128,
    blinding: &Blinding,
    source: &mut R,
) -> Result<Vec<u8>, ProofInvalid> {
    let mut witness = Vec::from([blinding.0]);
    witness.extend(others(services, place).map(|place| Scalar::from(at(place))));
    component(context, services, usage, place, at(place))?.prove(witness, source)
}
