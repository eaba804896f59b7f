//! `interclear`: what a clearing team runs.
//!
//! From the ground up: [`carried`], [`output`] and [`table`], [`exit`], [`error`], [`arguments`], [`profile`], [`keys`] and [`interrupt`]; [`session`] and [`names`]
//! stand on them, [`commands`] on all.

mod arguments;
mod carried;
mod commands;
mod error;
mod exit;
mod interrupt;
mod keys;
mod names;
mod output;
mod profile;
mod session;
#[cfg(test)]
mod sources;
mod table;

use clap::{error::ErrorKind as ClapError, Parser};
use error::CommandError;
use exit::Exit;
use interclear_client::text::{printable, printable_lines};
use std::{ffi::OsStr, io::ErrorKind, process::ExitCode};

/// Whether errors are for machines. The arguments may be what is wrong, so they are only looked through.
fn json_errors() -> bool {
    std::env::args_os()
        .take_while(|argument| argument != OsStr::new("--"))
        .any(|argument| argument == OsStr::new("--json"))
}

/// The same error about arguments that no terminal obeys: what was typed is repeated in it.
fn harmless(error: clap::Error) -> clap::Error {
    let shown = std::env::args_os().map(|argument| printable(&argument.to_string_lossy()));
    commands::Cli::try_parse_from(shown).err().unwrap_or(error)
}

/// What is wrong with the arguments, or the help that was asked for.
fn explain(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Done;
    }
    let plain = in_plain_words(error);
    // Help that is shown because a command is missing is help, not a sentence.
    match json_errors() && error.kind() != ClapError::DisplayHelpOnMissingArgumentOrSubcommand {
        true => {
            let text = plain.unwrap_or_else(|| error.render().to_string());
            let words = text.trim_start_matches("error: ").trim_end();
            eprintln!("{}", error::object("usage", words, Some("see --help")));
        }
        false => {
            let text = error.render().to_string();
            match plain {
                Some(text) => eprint!("{}", printable_lines(&text)),
                // Not everything that is wrong was typed: the environment has arguments, too.
                None if printable_lines(&text) != text => eprint!("{}", printable_lines(&text)),
                None => {
                    let _ = error.print();
                }
            }
        }
    }
    Exit::Usage
}

/// An error of which a library says what is wrong with the argument, in our words.
fn in_plain_words(error: &clap::Error) -> Option<String> {
    let reason = std::error::Error::source(error)?;
    let words = arguments::in_plain_words(reason)?;
    let text = error.render().to_string();
    Some(text.replacen(&format!(": {reason}"), &format!(": {words}"), 1))
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match commands::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&harmless(error)).into(),
    };
    let exit = match cli.run().await {
        Ok(exit) => exit,
        // Whoever reads the output has seen enough, as with `| head`.
        Err(CommandError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            match json_errors() {
                true => eprintln!("{}", error.as_json()),
                false => output::warn(&error.as_text()),
            }
            error.exit()
        }
    };
    exit.into()
}
