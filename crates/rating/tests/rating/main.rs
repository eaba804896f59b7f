//! Tests of the rating engine through its public face.

mod conditions;
mod conversions;
mod explanations;
mod plans;
mod properties;
mod support;
mod validation;
mod vectors;
mod windows;
