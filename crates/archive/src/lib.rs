#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod accruals;
pub mod archive;
mod bills;
pub mod books;
pub mod changes;
mod chart;
mod commitments;
mod currency;
pub mod cycle;
pub mod database;
mod discrepancies;
mod disputed;
pub mod error;
pub mod forecast;
pub mod index;
pub mod invoice;
pub mod journal;
pub mod json;
pub mod live;
mod notes;
pub mod page;
pub mod relations;
pub mod report;
pub mod runtime;
pub mod sheet;
pub mod source;
pub mod step;
pub mod table;
pub mod trace;
pub mod trie;
pub mod typed;
pub mod verify;
