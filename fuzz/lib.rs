//! The targets, each of which states what must hold for any octets.

mod import;
mod sealed;
mod targets;

pub use import::{contract, table};
pub use sealed::sealed;
pub use targets::{ber, nrtrde, rap, tap};
