//! Each call through its origin, wrong ones first.

mod hooks;
mod invariants;
mod pause;
mod resume;
