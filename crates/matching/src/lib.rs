#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

mod blind;
#[cfg(feature = "std")]
pub mod causes;
mod countries;
mod day;
mod engine;
mod field;
#[cfg(feature = "std")]
pub mod likely;
pub mod normalise;
mod profile;
mod record;
mod store;
mod text;
#[cfg(feature = "std")]
pub mod worklist;

pub use blind::{BlindRecord, Tag};
pub use day::{Day, InvalidDay};
pub use engine::{adopt, class, class_of, rematch, report, withdraw, Class, MatchingError, Outcome};
pub use field::{Field, FieldSet};
pub use profile::{By, Difference, Key, Profile, ProfileFault, Rule};
pub use record::{
    Content, FieldFault, Record, RecordFault, RecordId, Reported, Side, Status, MAX_BANDWIDTH, MAX_CHARGE,
    MAX_TERM,
};
pub use store::{Counts, Group, Members, Memory, Rematch, State, Store};
pub use text::Text;
