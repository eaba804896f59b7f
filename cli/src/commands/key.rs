//! `interclear key`: accounts and their keystores.

use crate::{error::CommandError, keys::{passphrase, OpenError}, output::hex, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::account_of,
    keys::{create, create_sealing, public_sealing},
};
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
    /// The key to which partners seal what is for this operator only, such as the secrets of their files.
    Sealing {
        #[command(subcommand)]
        command: SealingCommand,
    },
}

#[derive(Subcommand)]
enum SealingCommand {
    /// Make a new sealing key and keep it in an encrypted keystore file. Keep older ones: they open what was sealed to them.
    New {
        /// The file, which must not exist yet.
        file: PathBuf,
    },
    /// Register the sealing key of a keystore for the operator; as an admin desk.
    Register {
        /// The keystore, as `interclear key sealing new` makes it.
        file: PathBuf,
    },
    /// Show the public key of a keystore.
    Show {
        /// The keystore.
        file: PathBuf,
    },
}

impl SealingCommand {
    async fn run(self, session: &Session) -> Result<(), CommandError> {
        let (file, public) = match self {
            Self::New { file } => {
                let passphrase = passphrase("New passphrase: ")?;
                let public = create_sealing(&file, &passphrase).map_err(OpenError::from)?.public();
                (file, public)
            }
            Self::Show { file } => {
                let public = public_sealing(&file).map_err(OpenError::from)?;
                (file, public)
            }
            Self::Register { file } => {
                let public = public_sealing(&file).map_err(OpenError::from)?;
                let done = format!("partners seal to {} from now on", hex(&public));
                return session.execute_and_report(&calls::set_sealing_key(public), &done).await;
            }
        };
        let public = hex(&public);
        session
            .output()
            .print(&json!({ "sealing_key": public, "file": file }), |_| {
                format!("sealing key {public}\nkept in {}", file.display())
            })?;
        Ok(())
    }
}

impl KeyArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
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
            KeyCommand::Sealing { command } => command.run(session).await?,
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
