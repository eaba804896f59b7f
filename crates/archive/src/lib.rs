#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod archive;
pub mod books;
pub mod changes;
pub mod cycle;
pub mod database;
pub mod error;
pub mod index;
pub mod journal;
pub mod json;
pub mod live;
pub mod report;
pub mod runtime;
pub mod sheet;
pub mod source;
pub mod trace;
pub mod trie;
pub mod typed;
pub mod verify;
