//! What matched fixed-line services come to in a month.
//!
//! Two sides' records that match become one [`Agreed`] service: what nobody disputes of them, with its history. A statement
//! works out what all agreed services come to, in its month and in the earlier ones that can still be corrected, and states
//! of each month the difference to what was stated of it before. So a service that has ended, or that was billed wrongly,
//! is credited as soon as both sides say so, one that matches late is billed late, one-off charges come once, and all
//! statements together come to what billing at once would have come to.
//!
//! A service that does not match any more bills for no further month. What was billed of it stays: a side that withdraws or changes
//! its record alone gets nothing back.
//!
//! - the first day is charged, the day of the end is not: who ends on a day and begins with another service on it pays for one;
//! - within a month each price and bandwidth counts for the days since which it is agreed, each price in its own currency: a service
//!   that changes its currency is billed in the old one for the days before, whenever that is billed or corrected;
//! - a part of a month is a part of the recurring charge by its days, of those that the month has, or of 30
//!   ([`Convention`]);
//! - use by the hour is a service for each interval of it, whose hours are its one-off charge already (`interclear-matching`).
//!
//! Sums are whole numbers: in 10^-6 of the currency, divided by the days that the month counts. A line of a statement is rounded
//! once, from the sum of all its services, half to even.

mod agreed;
mod charges;
mod statement;

pub use agreed::{uncompared, undisputed, Agreed, MaxVersions, Undisputed, Version};
pub use charges::{charges, parts, Convention, MonthSum, Part};
pub use statement::{lines, InventoryLine, LineKind, MonthBilled, Stated};
