//! Contracts and usage tables, read and rated.

mod contracts;
mod dialects;
mod field;
mod group;
mod inventories;
mod properties;
mod refusals;
mod reports;
mod services;
mod support;
mod tables;
mod unread;
mod workbooks;
mod written;
