//! Keys, documents, commitments and proofs: by the vectors of the specification, by a second implementation in Python, and by
//! changing whatever can be changed.

mod channels;
mod commitments;
mod decoders;
mod documents;
mod proofs;
mod second;
mod statements;
mod vectors;

/// What the fuzz target states, for any octets.
#[path = "../../../../fuzz/sealed.rs"]
mod fuzz;

use interclear_sealed::{
    derive::{Kind, Network, ViewKey},
    proof::{Context, Object},
    prove::{Blinding, Opening},
};
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};

pub const NETWORK: Network = Network([0x11; 32]);

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub fn context() -> Context {
    Context {
        genesis: NETWORK.0,
        object: Object::Statement {
            agreement: 7,
            period: 202_611,
        },
        party: 3,
        document: [9; 32],
    }
}

/// A blinding as documents have them.
pub fn blinding(place: u16) -> Blinding {
    ViewKey::from_bytes([5; 32]).blinding(&NETWORK, Kind::Statement, &[6; 32], place)
}

pub fn opening(value: i128, place: u16) -> Opening {
    Opening {
        value,
        blinding: blinding(place),
    }
}
