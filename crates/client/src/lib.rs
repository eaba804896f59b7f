#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod calls;
pub mod chain;
pub mod channels;
pub mod closing;
pub mod consent;
pub mod council;
pub mod delivery;
pub mod disk;
pub mod events;
pub mod files;
pub mod inbox;
pub mod inventory;
pub mod keys;
mod known;
pub use known::expect_each_other;
pub mod money;
pub mod node;
pub mod operators;
pub mod peers;
pub mod replay;
pub mod text;
pub mod time;
pub mod validators;
pub mod vault;
pub mod voucher;
