//! What the council pauses.

use crate::chain::Call;
use interclear_primitives::switch::{Function, PauseReason};

/// Pauses a function of the chain; by the council.
pub fn pause(function: Function, reason: &PauseReason) -> Call {
    Call::new("Switches", "pause").arg(function).arg(reason)
}

/// Lets a function go on; by the council.
pub fn resume(function: Function) -> Call {
    Call::new("Switches", "resume").arg(function)
}
