//! The Interclear node. Operators run it as validators; clearing teams and tools talk to its JSON-RPC.

mod chain_spec;
mod cli;
mod client;
mod command;
mod connections;
mod interclear_rpc;
mod metrics;
mod network;
mod proposer;
mod rate_limit;
mod rpc;
mod rpc_server;
mod service;
mod spawner;

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
