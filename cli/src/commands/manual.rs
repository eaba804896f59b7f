//! `interclear completions` and `man`: what shells and manual readers know of the commands.

use crate::{commands::Cli, error::CommandError, session::Session};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use interclear_client::disk::{self, Existing, Readers};
use serde_json::json;
use std::{io::Write, path::PathBuf};

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
    let path = folder.join(format!("{name}.1"));
    disk::write(&path, &page, Existing::Replace, Readers::Usual).map_err(|error| CommandError::File {
        path,
        reason: error.to_string(),
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
