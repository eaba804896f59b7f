//! Tests by call, and invariants over random sequences of calls.

mod attest;
mod burn;
mod confirm_redemption;
mod freeze;
mod invariants;
mod mint;
mod redeem;
mod return_redemption;
mod thaw;
mod try_state;
