//! Each call through its origin, wrong ones first.

mod billing;
mod blind;
mod dispute_bill;
mod histories;
mod hooks;
mod invariants;
mod propose_profile;
mod random_months;
mod report_records;
mod sign_profile;
mod withdraw_profile;
mod withdraw_records;
