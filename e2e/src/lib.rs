//! A network of real nodes on this machine, and the story of a month that is settled on it.
//!
//! The demonstration and the end-to-end tests run the same story; they differ in its size.

pub mod network;
pub mod story;
