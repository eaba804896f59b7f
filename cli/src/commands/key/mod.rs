//! `interclear key`: accounts and their keystores.

mod rotation;

use super::{
    channel::SuiteName,
    keystore::{ensure_free, VaultFile},
};
use crate::{
    arguments::Who,
    error::CommandError,
    keys::{backup_passphrase, new_passphrase, passphrase_of, phrase},
    output::{self, hex},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::account_of,
    keys::{create_sealing, keep_sealing, open_sealing, public_sealing, Keypair, Secret},
    text::path as shown,
};
use interclear_primitives::channel::{PublicKey, SealingKey};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make and show keys.
#[derive(Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Make a new key and keep it in an encrypted keystore file. The passphrase is asked for twice.
    New {
        /// The file, which must not exist yet; polkadot.js Apps can open it too.
        file: PathBuf,
        /// Make the key from 24 words and show them once, on the terminal only: written down, they bring the key back with
        /// `interclear key import`.
        #[arg(long)]
        phrase: bool,
    },
    /// Keep a key that exists already in an encrypted keystore file: from a seed phrase, which is asked for on the terminal,
    /// or from JSON that polkadot.js has exported.
    Import {
        /// The file, which must not exist yet.
        file: PathBuf,
        /// The JSON of polkadot.js; a seed phrase is asked for unless given.
        #[arg(long, value_name = "JSON")]
        from: Option<PathBuf>,
    },
    /// Write a copy of a keystore under a passphrase of its own, and check that it opens. The copy's passphrase is asked for twice, or
    /// comes from INTERCLEAR_BACKUP_PASSPHRASE.
    Backup {
        /// The keystore, of a key that signs or of a sealing key; `interclear vault backup` copies a vault.
        file: PathBuf,
        /// The copy, which must not exist yet.
        copy: PathBuf,
    },
    /// Make a new sealing key, keep it in the vault and register it, as an admin desk; run again when it is usable, after a day, it
    /// offers each partner a new epoch, as a commercial desk.
    Rotate {
        /// How others seal to the new key.
        #[arg(long, value_enum, default_value = "x25519")]
        suite: SuiteName,
        #[command(flatten)]
        vault: VaultFile,
    },
    /// Destroy an old sealing key in the vault, and the keys of its epochs: a thief of the present key cannot read that past. What
    /// was sealed under them opens to nobody any more with this vault, so keep what you need of it first; copies of the vault are
    /// not changed.
    Retire {
        /// The version, which must be revoked, or have a newer one of its suite that is usable.
        version: u32,
        #[command(flatten)]
        vault: VaultFile,
    },
    /// Show the account of the key named with --key. No passphrase is needed.
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
        /// How others seal to it.
        #[arg(long, value_enum, default_value = "x25519")]
        suite: SuiteName,
    },
    /// Register the sealing key of a keystore for the operator; as an admin desk. The first is usable at once, a later one
    /// after a day.
    Register {
        /// The keystore, as `interclear key sealing new` makes it.
        file: PathBuf,
    },
    /// List the keys that an operator has registered, the present one last: each version opens with its own keystore.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Show the public key of a keystore. No passphrase is needed.
    Show {
        /// The keystore.
        file: PathBuf,
    },
    /// Revoke a sealing key that was lost or stolen: nothing is sealed to it any more; as an admin desk, or by the council.
    Revoke {
        /// As `key sealing list` counts it.
        version: u32,
        /// The operator, for a motion of the council: its number or one of its TADIG codes.
        #[arg(long)]
        operator: Option<String>,
    },
}

impl SealingCommand {
    async fn run(self, session: &Session) -> Result<(), CommandError> {
        let (file, public) = match self {
            Self::New { file, suite } => {
                ensure_free(&file)?;
                let public = create_sealing(&file, suite.into(), &new_passphrase()?)?.public();
                (file, public)
            }
            Self::Show { file } => {
                let (_, public) = public_sealing(&file)?;
                (file, public)
            }
            Self::List { who } => return list(session, who.named()).await,
            Self::Register { file } => {
                let (suite, public) = public_sealing(&file)?;
                let done = format!("sealing key {} is registered", hex(&public));
                return session
                    .execute_and_report(&calls::set_sealing_key(suite, &registered(&file, public)?), &done)
                    .await;
            }
            Self::Revoke { version, operator } => {
                let chain = session.chain_to_sign().await?;
                if let Some(operator) = operator {
                    let operator = chain.find_operator(&operator).await?;
                    return session
                        .put_to_council_of(&chain, calls::revoke_sealing_key(operator, version))
                        .await;
                }
                let operator = session.operator(&chain).await?;
                session.confirm(&format!(
                    "Version {version} is revoked for good: nothing is sealed to it any more. Partners seal to a newer version, if \
                     there is one."
                ))?;
                let receipt = session
                    .execute(&chain, &calls::revoke_sealing_key(operator, version))
                    .await?;
                let done = format!("nothing is sealed to version {version} any more");
                return session.report(
                    &receipt,
                    &done,
                    json!({ "operator": operator, "version": version }),
                );
            }
        };
        kept_sealing(session, &public, &file)
    }
}

/// Tells which sealing key is kept where.
fn kept_sealing(session: &Session, public: &[u8], file: &Path) -> Result<(), CommandError> {
    let public = hex(public);
    session.output().print(
        &json!({ "sealing_key": public, "file": output::path_value(file) }),
        |_| format!("sealing key {public}\nkept in {}", shown(file)),
    )?;
    Ok(())
}

/// The keys that an operator has registered.
async fn list(session: &Session, operator: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let operator = session.operator_named(&chain, operator).await?;
    let keys = chain.sealing_keys(operator).await?;
    let now = chain.time().await?;
    let state = |key: &SealingKey| match key.state.revoked_at {
        Some(_) => "revoked",
        None if key.state.is_usable(now) => "usable",
        None => "waits",
    };
    let listed: Vec<_> = keys
        .iter()
        .map(|key| {
            json!({ "version": key.state.version, "suite": key.state.suite, "sealing_key": hex(&key.key), "state": state(key),
                    "usable_from": key.state.usable_from })
        })
        .collect();
    let value = json!({ "operator": operator, "sealing_keys": listed });
    session.output().print(&value, |_| {
        let rows = keys
            .iter()
            .map(|key| [key.state.version.to_string(), short(&key.key), state(key).into()]);
        output::table(["Version", "Sealing key", "State"], &[0], rows)
    })?;
    Ok(())
}

/// A key of a thousand octets is told by its first ones.
fn short(key: &[u8]) -> String {
    match key.get(..32) {
        Some(first) if key.len() > 32 => format!("{}… ({} octets)", hex(first), key.len()),
        _ => hex(key),
    }
}

/// A key as it is registered.
fn registered(file: &Path, public: Vec<u8>) -> Result<PublicKey, CommandError> {
    PublicKey::try_from(public).map_err(|_| CommandError::File {
        path: file.into(),
        reason: "the key is longer than any that is registered".into(),
    })
}

/// Words of a phrase with their numbers, four in a row.
fn in_rows(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let numbered: Vec<String> = (1..)
        .zip(&words)
        .map(|(number, word)| format!("{number:>4} {word:<9}"))
        .collect();
    let rows = numbered.chunks(4).map(|row| row.concat().trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n")
}

/// Tells which account is kept where.
fn kept(session: &Session, key: &Keypair, file: &Path) -> Result<(), CommandError> {
    let account = account_of(key).to_string();
    session.output().print(
        &json!({ "account": account, "file": output::path_value(file) }),
        |_| format!("account {account}\nkept in {}", shown(file)),
    )?;
    Ok(())
}

impl KeyArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            KeyCommand::New { file, phrase } => {
                ensure_free(&file)?;
                if !phrase {
                    let key = Secret::generate().keep(&file, &new_passphrase()?)?;
                    return kept(session, &key, &file);
                }
                if !output::can_ask() {
                    return Err(CommandError::Invalid(
                        "a seed phrase is shown on a terminal only, so that no file has it".into(),
                    ));
                }
                let (secret, words) = Secret::generate_with_phrase()?;
                let key = secret.keep(&file, &new_passphrase()?)?;
                let words = in_rows(&words);
                eprintln!("Write these words down, in their order; they are not shown again:\n\n{words}\n");
                kept(session, &key, &file)
            }
            KeyCommand::Import { file, from } => {
                ensure_free(&file)?;
                let secret = match from {
                    Some(from) => Secret::from_file(&from, &passphrase_of(&from)?)?,
                    None => Secret::from_phrase(&phrase()?)?,
                };
                kept(session, &secret.keep(&file, &new_passphrase()?)?, &file)
            }
            KeyCommand::Backup { file, copy } => {
                ensure_free(&copy)?;
                if public_sealing(&file).is_ok() {
                    let first = passphrase_of(&file)?;
                    let pair = open_sealing(&file, &first)?;
                    let public = keep_sealing(&pair, &copy, &backup_passphrase(&first)?)?.public();
                    return kept_sealing(session, &public, &copy);
                }
                let first = passphrase_of(&file)?;
                let secret = Secret::from_file(&file, &first)?;
                kept(session, &secret.keep(&copy, &backup_passphrase(&first)?)?, &copy)
            }
            KeyCommand::Sealing { command } => command.run(session).await,
            KeyCommand::Rotate { suite, vault } => rotation::rotate(session, suite.into(), &vault).await,
            KeyCommand::Retire { version, vault } => rotation::retire(session, version, &vault).await,
            KeyCommand::Show => {
                let account = session.account()?;
                let public = hex(&account.0);
                let account = account.to_string();
                session
                    .output()
                    .print(&json!({ "account": account, "public_key": public }), |_| {
                        format!("account    {account}\npublic key {public}")
                    })?;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_should_be_four_in_a_row_when_a_phrase_is_shown() {
        let shown = in_rows("legal winner thank year wave sausage");
        assert_eq!(
            shown,
            "   1 legal       2 winner      3 thank       4 year\n   5 wave        6 sausage"
        );
    }
}
