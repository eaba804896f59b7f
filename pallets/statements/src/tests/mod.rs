//! Tests by call and port.

mod affirm;
mod close_period;
mod close_requests;
mod housekeeping;
mod invariants;
mod obligations;
mod windows;
