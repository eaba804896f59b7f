//! Tests by call, and invariants over random sequences of calls.

mod attest;
mod confirm_redemption;
mod freeze;
mod invariants;
mod redeem;
mod return_redemption;
mod thaw;
