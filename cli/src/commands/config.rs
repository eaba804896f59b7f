//! `interclear config`: what is in use, and what says so.

use crate::{error::CommandError, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::text::printable;
use serde_json::{json, Map, Value};

/// Node, key and operator that commands use, and where each is said.
#[derive(Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Show what is in use, and what says so. An option goes before the environment, that before the profile, and the profile before
    /// what the configuration file says for all profiles.
    Show,
}

impl ConfigArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), CommandError> {
        let ConfigCommand::Show = self.command;
        let settings = session.settings();
        let value: Map<String, Value> = settings
            .iter()
            .map(|(name, value, origin)| {
                (
                    (*name).to_owned(),
                    json!({ "value": value, "from": origin.to_string() }),
                )
            })
            .collect();
        session.output().print(&value, |_| {
            let rows = settings.iter().map(|(name, value, origin)| {
                [(*name).to_owned(), words(value.as_deref()), origin.to_string()]
            });
            output::table(["Setting", "In use", "Said by"], &[], rows)
        })?;
        // The table tells itself that there is none, or that it is empty.
        let named = settings.iter().any(|(name, value, _)| {
            *name == "key" && value.as_deref().is_some_and(|value| !value.trim().is_empty())
        });
        if let (true, Err(error)) = (named, session.account()) {
            output::note(&format!("warning: the key cannot be used: {error}"));
        }
        Ok(())
    }
}

/// What is in use. Nothing else is taken where it is empty, such as what the profile says: commands refuse it.
fn words(value: Option<&str>) -> String {
    match value {
        None => "none".into(),
        Some(value) if value.trim().is_empty() => "empty: commands that need it are refused".into(),
        Some(value) => printable(value),
    }
}
