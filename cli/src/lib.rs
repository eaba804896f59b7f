//! The command line of Interclear, as a library: the end-to-end tests drive the same client and the same commands.

pub mod calls;
pub mod chain;
pub mod commands;
pub mod keys;
pub mod money;
pub mod output;
