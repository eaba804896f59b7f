//! `interclear inventory map`: what the columns of an export seem to hold.

use crate::{
    commands::{
        files::{octets, refused},
        relation::SideName,
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::disk::{self, Existing, Readers};
use interclear_import::services::guess;
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct MapArgs {
    /// The export: .csv or .xlsx. JSON (MEF 116, TMF637) needs no map.
    file: PathBuf,
    /// Whose export it is: the side whose own ids are in its `Service ID`.
    #[arg(long = "as", value_name = "SIDE")]
    side: SideName,
    /// Write the map to this file instead of standard output. A file that is there is left alone.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl MapArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let guess = match guess(&octets(&self.file)?, self.side.into()) {
            Ok(guess) => guess,
            Err(faults) => return refused(session, &self.file, &faults),
        };
        let mut text = format!(
            "# What the columns of {} hold. Fields that are not named are not given.\n",
            interclear_client::text::path(&self.file)
        );
        for question in &guess.open {
            text.push_str(&format!("# TO DO: {question}\n"));
        }
        for head in &guess.unread {
            text.push_str(&format!(
                "# not read: {}\n",
                interclear_client::text::printable(head)
            ));
        }
        text.push_str(&guess.map.text());
        if let Some(path) = &self.out {
            disk::write(path, text.as_bytes(), Existing::Keep, Readers::Usual).map_err(|error| {
                CommandError::File {
                    path: path.clone(),
                    reason: error.to_string(),
                }
            })?;
        }
        let value = json!({ "map": guess.map, "open": guess.open, "unread": guess.unread });
        match &self.out {
            None => session.output().print_whole(&value, &text)?,
            Some(path) => session.output().print(&value, |_| {
                let mut done = format!(
                    "{} of the columns are known: look at {}",
                    output::number(guess.map.columns.len() as u64),
                    interclear_client::text::path(path)
                );
                for question in &guess.open {
                    done.push_str(&format!("\nto do: {question}"));
                }
                done
            })?,
        }
        Ok(Exit::refused_if(!guess.open.is_empty()))
    }
}
