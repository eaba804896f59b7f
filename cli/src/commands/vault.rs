//! `interclear vault`: the file with the keys by which channels are read.

use super::{
    channel::Words,
    keystore::{ensure_free, open},
};
use crate::{
    error::CommandError,
    keys::{backup_passphrase, new_passphrase, passphrase_of},
    output::{self, hex},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    channels::Desk, files::SealingKeypair, keys::open_sealing, text::path as shown, vault::Vault,
};
use serde_json::json;
use std::path::PathBuf;

/// The vault: sealing keys and the keys of channels, encrypted in one file.
#[derive(Args)]
pub struct VaultArgs {
    #[command(subcommand)]
    command: VaultCommand,
}

#[derive(Subcommand)]
enum VaultCommand {
    /// Make a vault for the operator of the key, with the sealing keys that it has already. The passphrase is asked for twice.
    New {
        /// The file, which must not exist yet.
        file: PathBuf,
        /// The keystore of a sealing key, as `interclear key sealing new` makes it; may be given more than once.
        #[arg(long = "sealing-key", value_name = "FILE")]
        sealing_keys: Vec<PathBuf>,
    },
    /// Show whose a vault is, and what is in it: public keys and epochs, no secrets.
    Show {
        /// The vault.
        file: PathBuf,
    },
    /// Write a copy of a vault under a passphrase of its own, and check that it opens. The copy's passphrase is asked for twice, or
    /// comes from INTERCLEAR_BACKUP_PASSPHRASE.
    Backup {
        /// The vault.
        file: PathBuf,
        /// The copy, which must not exist yet.
        copy: PathBuf,
    },
    /// Learn the keys of all channels from blocks, with the sealing keys in a vault: a new one, or an old copy. Needs a node that keeps all
    /// blocks.
    Restore {
        /// The vault.
        file: PathBuf,
        /// The keystore of a sealing key that is not in it yet; may be given more than once.
        #[arg(long = "sealing-key", value_name = "FILE")]
        sealing_keys: Vec<PathBuf>,
    },
}

fn opened(keystores: &[PathBuf]) -> Result<Vec<SealingKeypair>, CommandError> {
    let each = keystores.iter();
    each.map(|keystore| Ok(open_sealing(keystore, &passphrase_of(keystore)?)?))
        .collect()
}

fn tell(session: &Session, vault: &Vault) -> Result<(), CommandError> {
    let (genesis, operator) = vault.owner();
    let keys: Vec<String> = vault.keys().iter().map(|pair| hex(&pair.public())).collect();
    let epochs = vault.epochs();
    let value = json!({
        "file": output::path_value(vault.path()),
        "chain": hex(genesis),
        "operator": operator,
        "sealing_keys": keys,
        "epochs": epochs.iter().map(|(partner, epoch)| json!({ "partner": partner, "epoch": epoch })).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        format!(
            "vault of operator {operator} on chain {}\nin {}\n{} and {}",
            hex(genesis),
            shown(vault.path()),
            output::count(keys.len() as u64, "sealing key", "sealing keys"),
            output::count(epochs.len() as u64, "epoch of channels", "epochs of channels"),
        )
    })?;
    Ok(())
}

impl VaultArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            VaultCommand::New { file, sealing_keys } => {
                ensure_free(&file)?;
                session.account()?;
                // All that can go wrong comes before there is a file.
                let keys = opened(&sealing_keys)?;
                let chain = session.chain().await?;
                let operator = session.operator(&chain).await?;
                let genesis = chain.genesis().0;
                let vault = Vault::create(&file, &new_passphrase()?, (genesis, operator), &keys)?;
                tell(session, &vault)
            }
            VaultCommand::Show { file } => tell(session, &open(&file)?),
            VaultCommand::Backup { file, copy } => {
                ensure_free(&copy)?;
                let first = passphrase_of(&file)?;
                let vault = Vault::open(&file, &first)?;
                tell(session, &vault.back_up(&copy, &backup_passphrase(&first)?)?)
            }
            VaultCommand::Restore { file, sealing_keys } => {
                let mut vault = open(&file)?;
                for pair in opened(&sealing_keys)? {
                    vault.add_key(&pair);
                }
                vault.save()?;
                let chain = session.chain().await?;
                let operator = vault.owner().1;
                let desk = Desk::new(&chain, operator, &vault)?;
                let mut told = Vec::new();
                for (partner, _) in desk.all().await? {
                    for (number, epoch, learned) in desk.learn(&mut vault, partner).await? {
                        told.push((partner, number, epoch, learned));
                    }
                }
                vault.save()?;
                Words::list(session, &told)
            }
        }
    }
}
