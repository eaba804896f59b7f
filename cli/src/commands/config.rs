//! `interclear config`: what is in use, and what says so.

use crate::{commands::notify::Address, error::CommandError, output, profile::Origin, session::Session};
use clap::{Args, Subcommand};
use interclear_archive::database::without_password;
use interclear_client::text::printable;
use serde_json::{json, Map, Value};

/// Node, key, operator and the like that commands use, and where each is said.
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
        let mut settings: Vec<Setting> = session.settings().into();
        settings.extend(of_environment(|variable| std::env::var(variable).ok()));
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
        let named = |wanted: &str| {
            settings.iter().any(|(name, value, _)| {
                *name == wanted && value.as_deref().is_some_and(|value| !value.trim().is_empty())
            })
        };
        if let (true, Err(error)) = (named("url"), session.ensure_address()) {
            output::note(&format!("warning: {error}"));
        }
        if let (true, Err(error)) = (named("key"), session.account()) {
            output::note(&format!("warning: the key cannot be used: {error}"));
        }
        Ok(())
    }
}

/// A word for machines, what is in use, and what says so.
type Setting = (&'static str, Option<String>, Origin);

/// A setting, the variable that says it, and how that is shown.
type Variable = (&'static str, &'static str, fn(&str) -> String);

/// What the environment says to commands that take it, as far as it may be repeated: of an address neither password nor path, which may
/// be a secret.
fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Vec<Setting> {
    let all: [Variable; 4] = [
        ("sealing_key", "INTERCLEAR_SEALING_KEY", str::to_owned),
        ("vault", "INTERCLEAR_VAULT", str::to_owned),
        ("database", "INTERCLEAR_DATABASE", without_password),
        ("notify", "INTERCLEAR_NOTIFY", service),
    ];
    all.into_iter()
        .filter_map(|(name, of, shown)| {
            let value = variable(of)?;
            Some((name, Some(shown(&value)), Origin::Environment(of)))
        })
        .collect()
}

/// Where a service is that is notified.
fn service(value: &str) -> String {
    match value.parse::<Address>() {
        Ok(address) => address.shown(),
        Err(_) if value.trim().is_empty() => String::new(),
        Err(_) => "not the address of a service, and not repeated here".into(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_environment_says_should_be_shown_without_secrets_when_it_says_something() {
        let said = |variable: &str| {
            let value = match variable {
                "INTERCLEAR_VAULT" => "vault.json",
                "INTERCLEAR_DATABASE" => "postgres://books:hidden@db.example/interclear",
                "INTERCLEAR_NOTIFY" => "https://hooks.example/services/hidden?token=hidden",
                _ => return None,
            };
            Some(value.to_owned())
        };
        let shown = of_environment(said);
        let shown: Vec<_> = shown
            .iter()
            .map(|(name, value, origin)| (*name, value.as_deref().unwrap_or_default(), origin.to_string()))
            .collect();
        assert_eq!(
            shown,
            [
                ("vault", "vault.json", "INTERCLEAR_VAULT".to_owned()),
                (
                    "database",
                    "postgres://books@db.example/interclear",
                    "INTERCLEAR_DATABASE".to_owned()
                ),
                ("notify", "https://hooks.example", "INTERCLEAR_NOTIFY".to_owned()),
            ]
        );
        let odd = of_environment(|variable| (variable == "INTERCLEAR_NOTIFY").then(|| "hidden".to_owned()));
        assert_eq!(
            odd[0].1.as_deref(),
            Some("not the address of a service, and not repeated here")
        );
    }
}
