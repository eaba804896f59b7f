//! Tests by call, and invariants over random sequences of calls.

mod cancel_cycle;
mod charge_interest;
mod claim_payment;
mod collect;
mod compute;
mod confirm_payment;
mod create_token;
mod exclude_defaulters;
mod freezes;
mod fund;
mod hooks;
mod invariants;
mod name_token;
mod open_cycle;
mod pauses;
mod pay;
mod release;
mod scenarios;
mod set_exposure_cap;
mod set_general_cap;
mod set_schedule;
mod settle;
mod tender;
mod try_state;
