//! Tests by call, and invariants over random sequences of calls.

mod affirm;
mod cancel_cycle;
mod close_period;
mod close_requests;
mod compute;
mod create_token;
mod fund;
mod housekeeping;
mod invariants;
mod open_cycle;
mod settle;
mod unwind;
mod windows;
