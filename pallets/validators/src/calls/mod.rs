//! The rules behind the calls.

mod blocks;
mod finality;
mod membership;
mod offences;
