//! Ids, codes, money, periods and records shared by the pallets and by the clients.
//!
//! What is stored on chain and what a client reads are the same types, so nothing is translated on the way. Types and
//! what a single record tells of itself live here; rules over several records are in `interclear-billing`, charges in
//! `interclear-rating`.
//!
//! - who: [`ids`], [`operator`] (members and desks), [`tadig`] (codes of networks);
//! - who shares a secret with whom: [`channel`] (sealing keys, channels);
//! - what is agreed: [`agreement`] (terms, versions, routes), [`service`] and its units, [`increment`] (steps of
//!   charging), [`tariff`] (reference tariffs, caps, exchange rates);
//! - how much of anything is accepted: [`bounds`];
//! - what was used: [`series`] (sequence numbers and gaps), [`batch`] (TAP files), [`nrtrde`] (fraud files), [`report`]
//!   (usage reports), [`usage`] (running totals);
//! - what is owed: [`closing`] (who closes a month, and when), [`statement`], [`dispute`], [`netting`] (obligations, cycles,
//!   tokens);
//! - what there is between two carriers: [`inventory`] (relations, match profiles);
//! - what is to be done: [`task`];
//! - who makes blocks: [`validator`]; what the council has paused: [`switch`];
//! - in what: [`money`], [`period`] (calendar months), [`span`] (windows and commitment spans);
//! - [`api`]: the runtime API by which clients read all of it.
//!
//! Units, everywhere in this crate:
//! - usage-side amounts (batches, running totals) are in 10^-6 of the currency;
//! - quantities are in 10^-6 of the [`service::Unit`] of the service;
//! - statement, obligation, position and token amounts are in the minor unit of the token (10^-decimals);
//! - moments are seconds since the Unix epoch.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

pub mod agreement;
pub mod api;
pub mod batch;
pub mod bounds;
pub mod channel;
pub mod closing;
#[cfg(feature = "std")]
pub mod decimal;
pub mod dispute;
pub mod escrow;
pub mod ids;
pub mod increment;
pub mod inventory;
pub mod issuance;
pub mod journal;
pub mod money;
pub mod netting;
pub mod nrtrde;
pub mod operator;
mod payment;
pub mod period;
mod prepaid;
mod relation;
pub mod report;
#[cfg(any(test, feature = "test-helpers"))]
pub mod samples;
pub mod series;
pub mod service;
pub mod span;
pub mod statement;
pub mod switch;
pub mod tadig;
pub mod tariff;
pub mod task;
mod text;
pub mod usage;
pub mod validator;
pub mod voucher;
pub mod working;

pub use interclear_rating as rating;

/// A moment, in seconds since the Unix epoch (UTC).
pub type Moment = u64;

/// Seconds of a day.
pub const DAY: Moment = 86_400;

/// The day of a moment, counted from the Unix epoch (UTC).
pub fn day_of(moment: Moment) -> u32 {
    // The last day that can be counted is eleven million years ahead.
    u32::try_from(moment.checked_div(DAY).unwrap_or_default()).unwrap_or(u32::MAX)
}

/// A Blake2b-256 digest; `b2sum -l 256` prints the same for a file.
pub type Digest = [u8; 32];
