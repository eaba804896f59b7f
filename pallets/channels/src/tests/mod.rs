//! Each call through its origin, wrong ones first.

mod accept_channel;
mod close_channel;
mod invariants;
mod offer_channel;
mod protocol;
mod resend_channel;
mod revoke_sealing_key;
mod set_sealing_key;
mod set_suite;
