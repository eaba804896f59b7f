//! Tests by call and port.

mod debts;
mod deposit;
mod hooks;
mod invariants;
mod offers;
mod ports;
mod queries;
mod redeem;
mod refund;
mod release;
mod try_state;
