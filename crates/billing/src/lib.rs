//! The rules above the engines, which the chain and its clients share: what is billed for a month and why, which terms
//! are sound, how two sides' reports compare, what a line can charge at most.
//!
//! Pure functions over the records of `interclear-primitives`; each rule is here once, and pallets and command line
//! call it. Amounts and quantities are in the units of those records.
//!
//! - [`rate`]: a month's running totals to the lines of its statement, and [`explain`]: the steps by which they came to
//!   be; [`late`]: usage of a month that was closed before it came;
//! - [`stretch`]: which months are accounted together, in a window or a commitment's span;
//! - [`terms`]: what is wrong with terms, and where;
//! - [`caps`]: the highest price that a line can charge, to be compared with price caps;
//! - [`reports`]: how two sides' usage reports compare, and what of them nobody disputes;
//! - [`inventory`]: what matched fixed-line services come to in a month;
//! - [`closing`]: from when on a party closes a month without the other one;
//! - [`disputes`]: what is due of a line in dispute, and what silence comes to;
//! - [`interest`]: which days of a debt bear late interest, and how much.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

pub mod caps;
pub mod closing;
pub mod disputes;
pub mod explain;
pub mod interest;
pub mod inventory;
pub mod late;
pub mod rate;
pub mod reports;
pub mod stretch;
pub mod terms;
