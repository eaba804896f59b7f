//! Tests by call, and invariants over random sequences of calls.

mod affirm;
mod close_period;
mod compute;
mod create_token;
mod fund;
mod housekeeping;
mod invariants;
mod open_cycle;
mod settle;
mod unwind;
mod windows;
