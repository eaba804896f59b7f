//! How each pallet is set up, one file per concern.

mod blocks;
mod consensus;
mod governance;
mod interclear;
mod switches;
mod system;
mod tokens;
mod triage;

pub use blocks::{RuntimeBlockLength, RuntimeBlockWeights, BLOCK_LENGTH};
pub use consensus::{SessionBlocks, VoteOffences};
pub use governance::{
    call_outcome, motion_outcome, proposal_outcome, CouncilCollective, CouncilOrigin, MotionDuration, Seats,
};
pub use interclear::{ChainClock, MAX_WAITING, MAX_WAITING_BYTES};
pub use system::PermittedCalls;
pub use triage::{CallTriage, MOST_CALLS};
