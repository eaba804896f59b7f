//! The targets, each of which states what must hold for any octets.

mod import;
mod targets;

pub use import::{contract, table};
pub use targets::{ber, nrtrde, rap, tap};
