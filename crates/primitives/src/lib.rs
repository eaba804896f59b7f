//! Ids, newtypes, records and port traits shared by the pallets and by the clients.
//!
//! What is stored on chain and what a client reads are the same types, so nothing is translated on the way.
//!
//! Units, everywhere in this crate:
//! - usage-side amounts (batches, running totals) are in 10^-6 of the currency;
//! - quantities are in 10^-6 of the [`Unit`] of the service;
//! - statement, obligation, position and token amounts are in the minor unit of the token (10^-decimals);
//! - moments are seconds since the Unix epoch.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod agreement;
pub mod api;
mod explain;
mod ids;
mod increment;
mod money;
mod nrtrde;
mod operator;
mod period;
pub mod ports;
mod rate;
mod report;
#[cfg(test)]
mod samples;
mod service;
mod settlement;
mod span;
mod tadig;
mod tariff;
mod text;
mod usage;
mod validate;

pub use agreement::*;
pub use explain::*;
pub use ids::*;
pub use increment::*;
pub use interclear_rating as rating;
pub use money::*;
pub use nrtrde::*;
pub use operator::*;
pub use period::*;
pub use rate::*;
pub use report::*;
pub use service::*;
pub use settlement::*;
pub use span::*;
pub use tadig::*;
pub use tariff::*;
pub use usage::*;
pub use validate::*;

/// A moment, in seconds since the Unix epoch.
pub type Moment = u64;

/// Seconds of a day.
pub const DAY: Moment = 86_400;

/// A Blake2b-256 digest; `b2sum -l 256` prints the same for a file.
pub type Digest = [u8; 32];
