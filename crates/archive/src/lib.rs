#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod archive;
pub mod changes;
pub mod database;
pub mod error;
pub mod index;
pub mod json;
pub mod report;
pub mod runtime;
pub mod sheet;
pub mod source;
pub mod trace;
pub mod trie;
pub mod verify;
