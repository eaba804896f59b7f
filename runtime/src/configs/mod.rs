//! How each pallet is set up, one file per concern.

mod consensus;
mod governance;
mod interclear;
mod system;
mod tokens;
mod triage;

pub use consensus::{DisableOffender, SessionBlocks, ValidatorSet};
pub use governance::{motion_outcome, CouncilCollective, CouncilOrigin};
pub use interclear::ChainClock;
pub use system::{RuntimeBlockLength, RuntimeBlockWeights, BLOCK_LENGTH};
pub use triage::CallTriage;
