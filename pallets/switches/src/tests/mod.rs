//! Each call through its origin, wrong ones first.

mod invariants;
mod pause;
mod resume;
