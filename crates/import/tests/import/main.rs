//! Contracts and usage tables, read and rated.

mod contracts;
mod group;
mod properties;
mod refusals;
mod reports;
mod support;
mod tables;
