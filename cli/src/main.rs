//! `interclear`: what a clearing team runs.

use clap::Parser;
use interclear_cli::commands::{Cli, CommandError};
use std::{io::ErrorKind, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.run().await {
        Ok(code) => code,
        // Whoever reads the output has seen enough, as with `| head`.
        Err(CommandError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
