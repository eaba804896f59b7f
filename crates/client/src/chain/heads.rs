//! The newest block and the newest final one: what stands still while something waits.

use super::{Chain, ChainError};
use crate::time::{duration, now};
use interclear_primitives::Moment;

/// How long finality may stand before that is worth a look, in seconds: half a minute of blocks.
pub const FINALITY_PATIENCE: Moment = 60;
/// How long no block may come before that is worth a look, in seconds: ten blocks.
pub const BLOCK_PATIENCE: Moment = 20;

/// The newest block and the newest final one, as a node knows them, and how many seconds ago they were made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Heads {
    /// The newest block.
    pub best: u64,
    /// Seconds since it was made.
    pub best_age: Moment,
    /// The newest final block.
    pub final_block: u64,
    /// Seconds since that was made.
    pub final_age: Moment,
}

impl Heads {
    /// Whether no blocks are made any more, as far as the node knows.
    pub fn blocks_stand(&self) -> bool {
        self.best_age > BLOCK_PATIENCE
    }

    /// Whether no blocks become final any more.
    pub fn finality_stands(&self) -> bool {
        self.final_age > FINALITY_PATIENCE
    }

    /// How the newest block stands, in words.
    pub fn blocks(&self) -> String {
        let age = duration(self.best_age);
        match (self.best, self.blocks_stand()) {
            // The first block has no time of its own.
            (0, _) => "no block has been made yet".into(),
            (best, true) => format!("no block has come after {best} for {age}"),
            (best, false) => format!("block {best} was made {age} ago"),
        }
    }

    /// How finality stands, in words.
    pub fn finality(&self) -> String {
        match (self.final_block, self.finality_stands()) {
            (0, _) => "no block is final yet".into(),
            (at, true) => format!("finality has stood at {at} for {}", duration(self.final_age)),
            (at, false) => format!("block {at} is final"),
        }
    }
}

impl Chain {
    /// The newest block and the newest final one.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn heads(&self) -> Result<Heads, ChainError> {
        let of = async |best| -> Result<(u64, Moment), ChainError> {
            let chain = self.clone().by_best(best);
            let number = chain.at_final().await?.block_number();
            Ok((number, now().saturating_sub(chain.time().await?)))
        };
        let ((best, best_age), (final_block, final_age)) = (of(true).await?, of(false).await?);
        Ok(Heads {
            best,
            best_age,
            final_block,
            final_age,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_still_should_be_told_in_figures_when_a_block_or_finality_does() {
        let heads = |best_age, final_age| Heads {
            best: 812,
            best_age,
            final_block: 790,
            final_age,
        };
        let told = |heads: Heads| (heads.blocks(), heads.finality());
        assert_eq!(
            told(heads(2, 6)),
            ("block 812 was made 2 s ago".into(), "block 790 is final".into())
        );
        assert_eq!(
            told(heads(BLOCK_PATIENCE + 10, 180)),
            (
                "no block has come after 812 for 30 s".into(),
                "finality has stood at 790 for 3 min 00 s".into()
            )
        );
        // The first block says no time, and is as old as the clock.
        let begun = Heads {
            best: 0,
            final_block: 0,
            ..heads(1_795_819_998, 1_795_819_998)
        };
        assert_eq!(
            told(begun),
            (
                "no block has been made yet".into(),
                "no block is final yet".into()
            )
        );
    }
}
