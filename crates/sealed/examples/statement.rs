//! What it costs to close a month in the sealed mode, and what the chain would do to verify it:
//!
//! ```sh
//! cargo run --release -p interclear-sealed --example statement
//! ```
//!
//! Natively, on one core. In WASM, with the 32-bit arithmetic that it has, it takes several times as long: weights are measured there.

use interclear_sealed::{
    closing::{Closing, Figures, Owed},
    commit::Commitment,
    derive::{Network, ViewKey},
    statement::{verify_statement, Debtor, Heading},
};
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};
use std::{
    error::Error,
    time::{Duration, Instant},
};

/// Lines of a small agreement, of a usual one, of the largest one, and of the largest one with all the late months that it can bill.
const LINES: [usize; 4] = [4, 24, 256, 1_792];

fn figures(lines: usize) -> Figures {
    let owed = |place: usize| Owed {
        debtor: match place % 2 {
            0 => Debtor::First,
            _ => Debtor::Second,
        },
        amount: 1_234_567,
    };
    Figures {
        heading: Heading {
            agreement: 7,
            period: 202_611,
            parties: [3, 9],
            version: 1,
            currency: *b"EUR",
            decimals: 2,
            epoch: 1,
            usage: [Commitment::IDENTITY; 2],
        },
        amounts: (0..lines).map(owed).collect(),
        details: vec![0; 160 * lines],
    }
}

/// What the last of `times` calls returns, and how long one of them takes.
fn timed<T>(times: u32, mut call: impl FnMut() -> T) -> (T, Duration) {
    let begun = Instant::now();
    for _ in 1..times {
        std::hint::black_box(call());
    }
    let last = call();
    (last, begun.elapsed() / times)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (network, view) = (Network([0x11; 32]), ViewKey::from_bytes([5; 32]));
    let mut source = ChaCha20Rng::seed_from_u64(1);
    for lines in LINES {
        let figures = figures(lines);
        let times = u32::try_from(2_000 / lines)?.max(3);
        let (closing, made) = timed(times, || Closing::new(&network, &view, 1, &figures));
        let closing = closing?;
        let (proof, proven) = timed(times, || closing.prove(3, &mut source));
        let proof = proof?;
        let (net, verified) = timed(times, || verify_statement(&closing.statement(), 3, &proof));
        net?;
        println!(
            "{lines:>5} lines: made in {made:.1?}, proven in {proven:.1?}, verified in {verified:.1?}; \
             on the chain {} octets of lines and {} of proof; document {} octets",
            33 * lines,
            proof.len(),
            closing.document().expose().len(),
        );
    }
    Ok(())
}
