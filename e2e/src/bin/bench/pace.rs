//! How regularly blocks come, and how soon they are final.

use crate::{
    blocks::{all, Block, Watch},
    latency::percentile,
};
use interclear_client::chain::Chain;
use interclear_e2e::{network::Node, story::StoryError};
use serde_json::{json, Value};
use std::time::Duration;

/// Milliseconds, in ascending order.
struct Spread(Vec<u64>);

impl Spread {
    fn of(figures: impl Iterator<Item = u64>) -> Self {
        let mut figures: Vec<u64> = figures.collect();
        figures.sort_unstable();
        Self(figures)
    }

    /// What a share of them, in percent, is within.
    fn percentile(&self, percent: usize) -> u64 {
        percentile(&self.0, percent)
    }

    fn text(&self) -> String {
        let seconds = |percent| self.percentile(percent) as f64 / 1_000.0;
        format!(
            "median {:.2} s, 99 % within {:.2} s, longest {:.2} s",
            seconds(50),
            seconds(99),
            seconds(100)
        )
    }

    fn json(&self) -> Value {
        json!({
            "median_ms": self.percentile(50),
            "p99_ms": self.percentile(99),
            "max_ms": self.percentile(100),
        })
    }
}

/// What a run of blocks is like.
pub struct Pace {
    blocks: usize,
    /// From the time of a block to that of the next.
    apart: Spread,
    /// From the time of a block until a client saw that it is final.
    lag: Spread,
}

impl Pace {
    /// Of blocks in the order of their numbers.
    pub fn of(blocks: &[Block]) -> Self {
        let next = blocks
            .windows(2)
            .filter(|pair| pair[1].number == pair[0].number + 1);
        Self {
            blocks: blocks.len(),
            apart: Spread::of(next.map(|pair| pair[1].time.saturating_sub(pair[0].time))),
            lag: Spread::of(blocks.iter().map(Block::lag)),
        }
    }

    /// Of a chain that has nothing to do.
    pub async fn idle(chain: &Chain, nodes: &[Node], time: Duration) -> Result<Self, StoryError> {
        let watch = Watch::start(chain).await?;
        tokio::time::sleep(time).await;
        // The first one had been final for a while when the watch began.
        let seen = watch.seen();
        let blocks = all(chain, seen.get(1..).unwrap_or_default(), nodes).await?;
        Ok(Self::of(&blocks))
    }

    /// For people.
    pub fn text(&self) -> String {
        format!(
            "{} blocks; from one to the next: {}\nfrom its time until a block is final: {}",
            self.blocks,
            self.apart.text(),
            self.lag.text()
        )
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "blocks": self.blocks,
            "apart": self.apart.json(),
            "final_after": self.lag.json(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(number: u64, time: u64, finalised: u64) -> Block {
        Block {
            number,
            time,
            finalised,
            transactions: 0,
            length: 0,
            weight: 0,
            anchors: 0,
            refused: 0,
            made: None,
        }
    }

    #[test]
    fn a_pace_should_have_no_time_across_a_block_when_it_has_not_been_seen() {
        let blocks = [
            block(1, 2_000, 3_000),
            block(2, 4_000, 4_900),
            block(3, 8_000, 9_500),
            // Block 4 has not been seen.
            block(5, 20_000, 20_800),
        ];
        let pace = Pace::of(&blocks).json();
        let expected = json!({
            "blocks": 4,
            "apart": {"median_ms": 2_000, "p99_ms": 4_000, "max_ms": 4_000},
            "final_after": {"median_ms": 900, "p99_ms": 1_500, "max_ms": 1_500},
        });
        assert_eq!(pace, expected);
    }
}
