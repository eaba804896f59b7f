//! `interclear key`: accounts and their keystores.

use crate::{error::CommandError, keys::passphrase, output::hex, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{chain::account_of, keys::create};
use serde_json::json;
use std::path::PathBuf;

/// Make and show keys.
#[derive(Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Make a new key and keep it in an encrypted keystore file.
    New {
        /// The file, which must not exist yet; polkadot.js Apps can open it too.
        file: PathBuf,
    },
    /// Show the account of the key named with --key.
    Show,
}

impl KeyArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            KeyCommand::New { file } => {
                let passphrase = passphrase("New passphrase: ")?;
                let key = create(&file, &passphrase)?;
                let account = account_of(&key).to_string();
                session
                    .output()
                    .print(&json!({ "account": account, "file": file }), |_| {
                        format!("account {account}\nkept in {}", file.display())
                    })?;
            }
            KeyCommand::Show => {
                let key = session.key()?;
                let public = hex(&key.public_key().0);
                let account = account_of(&key).to_string();
                session
                    .output()
                    .print(&json!({ "account": account, "public_key": public }), |_| {
                        format!("account    {account}\npublic key {public}")
                    })?;
            }
        }
        Ok(())
    }
}
