//! `interclear completions` and `man`: what shells and manual readers know of the commands.

use crate::{commands::Cli, error::CommandError, session::Session};
use clap::{Arg, ArgAction, Args, CommandFactory};
use clap_complete::Shell;
use interclear_client::disk::{self, Existing, Readers};
use serde_json::json;
use std::{fmt::Write as _, io::Write, path::PathBuf};

/// Print a completion script for a shell.
#[derive(Args)]
pub struct CompletionsArgs {
    /// The shell that is to complete commands and options.
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "interclear", &mut script);
        std::io::stdout().lock().write_all(&script)?;
        Ok(())
    }
}

/// Write manual pages, one for each command.
#[derive(Args)]
pub struct ManArgs {
    /// The folder, such as ~/.local/share/man/man1; pages that are there are replaced.
    folder: PathBuf,
}

impl ManArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), CommandError> {
        let mut command = Cli::command();
        command.build();
        let count = pages(&command, "interclear", &self.folder)?;
        session.output().print(
            &json!({ "folder": crate::output::path_value(&self.folder), "pages": count }),
            |_| {
                format!(
                    "{count} pages are in {}",
                    interclear_client::text::path(&self.folder)
                )
            },
        )?;
        Ok(())
    }
}

/// Writes the page of a command and those below it, and counts them.
fn pages(command: &clap::Command, name: &str, folder: &std::path::Path) -> Result<usize, CommandError> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone().disable_help_subcommand(true))
        .title(name)
        .render(&mut page)?;
    let page = with_synopsis(&String::from_utf8_lossy(&page), &synopsis(command));
    let path = folder.join(format!("{name}.1"));
    disk::write(&path, page.as_bytes(), Existing::Replace, Readers::Usual).map_err(|error| {
        CommandError::File {
            path,
            reason: interclear_client::text::reason(&error),
        }
    })?;
    let mut count = 1usize;
    for below in command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
    {
        let name = format!("{name}-{}", below.get_name());
        count = count.saturating_add(pages(below, &name, folder)?);
    }
    Ok(count)
}

/// A page with another synopsis: that of the library leaves out what options take.
fn with_synopsis(page: &str, synopsis: &str) -> String {
    const HEAD: &str = ".SH SYNOPSIS\n";
    let Some((before, behind)) = page.split_once(HEAD) else {
        return page.to_owned();
    };
    let rest = behind.find(".SH ").and_then(|place| behind.get(place..));
    format!("{before}{HEAD}{synopsis}\n{}", rest.unwrap_or_default())
}

/// How a command is called, with what its options take, in the language of manual pages.
fn synopsis(command: &clap::Command) -> String {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let mut line = format!("\\fB{}\\fR", escaped(name));
    let shown = || command.get_arguments().filter(|argument| !argument.is_hide_set());
    let options = |required| {
        shown().filter(move |argument| !argument.is_positional() && argument.is_required_set() == required)
    };
    for argument in options(false)
        .chain(options(true))
        .chain(command.get_positionals())
    {
        let many = match argument.is_positional() {
            true => argument
                .get_num_args()
                .is_some_and(|count| count.max_values() > 1),
            false => matches!(argument.get_action(), ArgAction::Append | ArgAction::Count),
        };
        let (open, close) = if argument.is_required_set() {
            ("", "")
        } else {
            ("[", "]")
        };
        let many = if many { "..." } else { "" };
        // Writing into text does not fail.
        let _ = write!(line, " {open}{}{close}{many}", called(argument));
    }
    if command.has_subcommands() {
        let (open, close) = if command.is_subcommand_required_set() {
            ("", "")
        } else {
            ("[", "]")
        };
        let _ = write!(line, " {open}\\fICOMMAND\\fR{close}");
    }
    line
}

/// An option with what it takes, or the name of an argument.
fn called(argument: &Arg) -> String {
    let value = || {
        let names = argument.get_value_names().unwrap_or_default();
        let names: Vec<String> = names
            .iter()
            .map(|name| format!("\\fI{}\\fR", escaped(name)))
            .collect();
        match names.is_empty() {
            true => format!("\\fI{}\\fR", escaped(&argument.get_id().as_str().to_uppercase())),
            false => names.join(" "),
        }
    };
    let short = argument.get_short().map(|short| format!("\\fB\\-{short}\\fR"));
    let long = argument
        .get_long()
        .map(|long| format!("\\fB\\-\\-{}\\fR", escaped(long)));
    let flag: Vec<String> = short.into_iter().chain(long).collect();
    match (flag.is_empty(), argument.get_action().takes_values()) {
        (true, _) => value(),
        (false, false) => flag.join("|"),
        (false, true) => format!("{} {}", flag.join("|"), value()),
    }
}

/// Text of which nothing is a command to the program that sets manual pages.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-")
}
