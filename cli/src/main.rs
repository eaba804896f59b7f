//! `interclear`: what a clearing team runs.
//!
//! From the ground up: [`output`], [`exit`], [`error`], [`arguments`] and [`keys`]; [`session`] and [`names`] stand on
//! them, [`commands`] on all.

mod arguments;
mod commands;
mod error;
mod exit;
mod keys;
mod names;
mod output;
mod session;

use clap::Parser;
use error::CommandError;
use exit::Exit;
use std::{io::ErrorKind, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let exit = match commands::Cli::parse().run().await {
        Ok(exit) => exit,
        // Whoever reads the output has seen enough, as with `| head`.
        Err(CommandError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            eprintln!("error: {error}");
            Exit::Refused
        }
    };
    exit.into()
}
