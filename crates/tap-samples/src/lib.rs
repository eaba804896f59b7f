#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod generator;
mod parameters;
pub mod terms;

pub use generator::{Generator, Made};
pub use parameters::{Parameters, ParametersInvalid, Variant};
