//! Everything random, from a seed.

use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};
use std::time::Duration;

pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// Streams of the same seed do not depend on each other.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    /// A number below `bound`, which is at least 1; the slight favour of small numbers does not matter here.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }

    /// A time, in milliseconds from `least` to `most`.
    pub(super) fn time(&mut self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.below(most.saturating_sub(least) + 1))
    }
}
