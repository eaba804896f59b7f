//! The Interclear node. Operators run it as validators; clearing teams and tools talk to its JSON-RPC.

// Unit tests start no node, and what starts one is most of what there is to compile.
#![cfg_attr(test, allow(dead_code))]

mod chain_spec;
mod cli;
mod client;
#[cfg(not(test))]
mod command;
mod connections;
mod interclear_rpc;
mod metrics;
mod network;
mod proposer;
mod rate_limit;
#[cfg(not(test))]
mod rpc;
mod rpc_server;
#[cfg(not(test))]
mod service;
mod spawner;

#[cfg(not(test))]
fn main() -> std::process::ExitCode {
    match command::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        // In a sentence, not as the program keeps it.
        Err(error) => {
            eprintln!("Error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
