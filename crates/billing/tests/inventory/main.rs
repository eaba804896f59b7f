//! Billing of fixed-line services, against figures worked out by other means.

mod agreed;
mod by_day;
mod by_hand;
mod golden;
mod support;
