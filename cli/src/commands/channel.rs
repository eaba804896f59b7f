//! `interclear channel`: secrets that two operators share.

use super::keystore::{self, VaultFile};
use crate::{error::CommandError, output, session::Session};
use clap::{Args, Subcommand, ValueEnum};
use interclear_client::{
    calls,
    chain::Chain,
    channels::{Desk, Learned},
    text::path as shown,
    vault::operator_of,
};
use interclear_primitives::{
    channel::{Epoch, Pair, Suite, SuiteStatus},
    ids::OperatorId,
    DAY,
};
use serde_json::json;

/// Channels: secrets that you share with partners, from which the keys of sealed documents come. The chain never sees them.
#[derive(Args)]
pub struct ChannelArgs {
    #[command(subcommand)]
    command: ChannelCommand,
}

#[derive(Subcommand)]
enum ChannelCommand {
    /// Offer a partner the next epoch of your channel; as a commercial desk.
    Offer {
        /// The partner: its number or one of its TADIG codes.
        partner: String,
        #[command(flatten)]
        vault: VaultFile,
    },
    /// Accept what a partner offers; as a commercial desk.
    Accept {
        /// The partner: its number or one of its TADIG codes.
        partner: String,
        #[command(flatten)]
        vault: VaultFile,
    },
    /// List your channels and their epochs. With a vault, the keys of new epochs are learned from blocks, and each is checked.
    List {
        /// The operator: its number or one of its TADIG codes; that of the vault, the profile or the key unless given.
        #[arg(long)]
        operator: Option<String>,
        /// The vault of the operator, which gets the keys that it does not have yet; one of another operator is left alone.
        #[arg(long, value_name = "FILE", env = "INTERCLEAR_VAULT")]
        vault: Option<std::path::PathBuf>,
    },
    /// Close an epoch, so that nothing new uses it, or remove what is only offered; as a commercial desk.
    Close {
        /// The partner: its number or one of its TADIG codes.
        partner: String,
        /// The number of the epoch.
        epoch: u32,
    },
    /// Set whether a suite may be used; by a motion of the council. One that is being retired takes no new keys and channels.
    Suite {
        /// The suite: how others seal to a key.
        #[arg(value_enum)]
        suite: SuiteName,
        /// Whether it may be used.
        #[arg(value_enum)]
        status: StatusName,
        /// In how many days it is retired, if it is being retired.
        #[arg(long, default_value_t = 180)]
        days: u64,
    },
    /// Send a partner that has lost it the key of an epoch again, sealed to its newest key; as a commercial desk.
    Resend {
        /// The partner: its number or one of its TADIG codes.
        partner: String,
        /// The number of the epoch.
        epoch: u32,
        #[command(flatten)]
        vault: VaultFile,
    },
}

/// How others seal to a key.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SuiteName {
    /// An elliptic curve, which a quantum computer opens.
    X25519,
    /// X-Wing: ML-KEM-768 with X25519, which a quantum computer does not open.
    XWing,
}

impl From<SuiteName> for Suite {
    fn from(name: SuiteName) -> Self {
        match name {
            SuiteName::X25519 => Self::X25519,
            SuiteName::XWing => Self::XWing,
        }
    }
}

/// Whether a suite may be used.
#[derive(Clone, Copy, ValueEnum)]
enum StatusName {
    /// New keys and channels may use it.
    Active,
    /// It takes no new keys and channels, and those that there are serve until it is retired.
    Retiring,
    /// Nothing is sealed with it any more.
    Retired,
}

/// An epoch of the channel with a partner, and what was learned of it.
type Row = (OperatorId, u32, Epoch, Learned);

/// What is said of epochs.
pub(super) struct Words;

impl Words {
    fn state(epoch: &Epoch) -> &'static str {
        match (epoch.accepted, epoch.closed_at) {
            (None, _) => "offered",
            (Some(_), None) => "open",
            (Some(_), Some(_)) => "closed",
        }
    }

    fn key(learned: Learned) -> &'static str {
        match learned {
            Learned::Known => "in the vault",
            Learned::New => "in the vault, learned now",
            Learned::Differs => "differs: close the epoch",
            Learned::KeyMissing => "sealed to a key that is not in the vault: ask for it again",
            Learned::NotInBlock => "not in the node's blocks",
            Learned::NotOpened => "does not open: close the epoch",
        }
    }

    /// Prints epochs with what was learned of them.
    pub(super) fn list(session: &Session, rows: &[Row]) -> Result<(), CommandError> {
        let value: Vec<_> = rows
            .iter()
            .map(|(partner, number, epoch, learned)| {
                json!({ "partner": partner, "epoch": number, "suite": epoch.suite, "state": Self::state(epoch),
                        "key": Self::key(*learned) })
            })
            .collect();
        session.output().print(&json!({ "epochs": value }), |_| {
            let rows = rows.iter().map(|(partner, number, epoch, learned)| {
                [
                    partner.to_string(),
                    number.to_string(),
                    Self::state(epoch).into(),
                    Self::key(*learned).into(),
                ]
            });
            output::table(["Partner", "Epoch", "State", "Key"], &[0, 1], rows)
        })?;
        Ok(())
    }
}

impl ChannelArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            ChannelCommand::Offer { partner, vault } => {
                let chain = session.chain_to_sign().await?;
                let (me, partner) = both(session, &chain, &partner).await?;
                let vault = vault.open()?;
                offer(session, &chain, &vault, me, partner).await
            }
            ChannelCommand::Accept {
                partner,
                vault: named,
            } => {
                let chain = session.chain_to_sign().await?;
                let (me, partner) = both(session, &chain, &partner).await?;
                let mut vault = named.open()?;
                let desk = Desk::new(&chain, me, &vault)?;
                let (call, epoch) = desk.accept(&vault, partner).await?;
                let receipt = session.execute(&chain, &call).await?;
                // From the block, as any restoring does: so it is known that it can be.
                let learned = desk.learn(&mut vault, partner).await?;
                vault.save()?;
                let agreed = learned
                    .iter()
                    .any(|(number, _, learned)| *number == epoch && *learned == Learned::New);
                if !agreed {
                    output::warn(&format!(
                        "warning: the key could not be read back from the block: `interclear channel list{}` tells why",
                        named.in_use()
                    ));
                }
                let done = format!("epoch {epoch} with operator {partner} is open");
                session.report(&receipt, &done, json!({ "partner": partner, "epoch": epoch }))
            }
            ChannelCommand::List { operator, vault } => {
                let chain = session.chain().await?;
                let named = match &operator {
                    Some(named) => Some(chain.find_operator(named).await?),
                    None => None,
                };
                let own = vault.as_deref().map(operator_of).transpose()?;
                match (vault, named) {
                    (Some(file), named) if named.is_none() || named == own => {
                        let mut vault = keystore::open(&file)?;
                        learn_all(session, &chain, &mut vault).await
                    }
                    (file, _) => {
                        let me = session.operator_named(&chain, operator.as_deref()).await?;
                        if let (Some(file), Some(own)) = (file, own) {
                            output::note(&format!(
                                "the vault {} is of operator {own}, and the channels are those of operator {me}: no keys are looked for",
                                shown(&file)
                            ));
                        }
                        list(session, &chain, me).await
                    }
                }
            }
            ChannelCommand::Close { partner, epoch } => {
                let chain = session.chain_to_sign().await?;
                let partner = chain.find_operator(&partner).await?;
                session.confirm(&format!(
                    "Epoch {epoch} of the channel with operator {partner} is closed for good: nothing new uses it."
                ))?;
                let receipt = session
                    .execute(&chain, &calls::close_channel(partner, epoch))
                    .await?;
                let done = format!("epoch {epoch} with operator {partner} is closed");
                session.report(&receipt, &done, json!({ "partner": partner, "epoch": epoch }))
            }
            ChannelCommand::Suite { suite, status, days } => {
                let chain = session.chain_to_sign().await?;
                let status = match status {
                    StatusName::Active => SuiteStatus::Active,
                    StatusName::Retiring => SuiteStatus::Retiring {
                        until: chain.time().await?.saturating_add(days.saturating_mul(DAY)),
                    },
                    StatusName::Retired => SuiteStatus::Retired,
                };
                session
                    .put_to_council_of(&chain, calls::set_suite(suite.into(), status))
                    .await
            }
            ChannelCommand::Resend {
                partner,
                epoch,
                vault,
            } => {
                let chain = session.chain_to_sign().await?;
                let (me, partner) = both(session, &chain, &partner).await?;
                let vault = vault.open()?;
                let call = Desk::new(&chain, me, &vault)?
                    .resend(&vault, partner, epoch)
                    .await?;
                let receipt = session.execute(&chain, &call).await?;
                let done = format!("the key of epoch {epoch} is sent to operator {partner} again");
                session.report(&receipt, &done, json!({ "partner": partner, "epoch": epoch }))
            }
        }
    }
}

async fn both(
    session: &Session,
    chain: &Chain,
    partner: &str,
) -> Result<(OperatorId, OperatorId), CommandError> {
    Ok((
        session.operator(chain).await?,
        chain.find_operator(partner).await?,
    ))
}

/// Offers the next epoch.
pub(super) async fn offer(
    session: &Session,
    chain: &Chain,
    vault: &interclear_client::vault::Vault,
    me: OperatorId,
    partner: OperatorId,
) -> Result<(), CommandError> {
    let desk = Desk::new(chain, me, vault)?;
    let (call, epoch) = desk.offer(vault, partner).await?;
    let receipt = session.execute(chain, &call).await?;
    let done = format!("epoch {epoch} is offered to operator {partner}");
    session.report(&receipt, &done, json!({ "partner": partner, "epoch": epoch }))
}

async fn learn_all(
    session: &Session,
    chain: &Chain,
    vault: &mut interclear_client::vault::Vault,
) -> Result<(), CommandError> {
    let desk = Desk::new(chain, vault.owner().1, vault)?;
    let mut rows = Vec::new();
    for (partner, _) in desk.all().await? {
        let learned = desk.learn(vault, partner).await?;
        rows.extend(
            learned
                .into_iter()
                .map(|(number, epoch, learned)| (partner, number, epoch, learned)),
        );
    }
    vault.save()?;
    Words::list(session, &rows)
}

/// What the chain tells, without a vault; offers, too.
async fn list(session: &Session, chain: &Chain, me: OperatorId) -> Result<(), CommandError> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = chain.channels(me, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (partner, _) in &page {
            let Some(pair) = Pair::of(me, *partner) else {
                continue;
            };
            for (number, epoch) in chain.epochs(pair).await? {
                rows.push((*partner, number, epoch));
            }
        }
    }
    let value: Vec<_> = rows
        .iter()
        .map(|(partner, number, epoch)| {
            json!({ "partner": partner, "epoch": number, "from": epoch.from, "suite": epoch.suite,
                    "state": Words::state(epoch) })
        })
        .collect();
    session
        .output()
        .print(&json!({ "operator": me, "epochs": value }), |_| {
            let rows = rows.iter().map(|(partner, number, epoch)| {
                let by = if epoch.from == me { "you" } else { "the partner" };
                [
                    partner.to_string(),
                    number.to_string(),
                    Words::state(epoch).into(),
                    by.into(),
                ]
            });
            output::table(["Partner", "Epoch", "State", "Offered by"], &[0, 1], rows)
        })?;
    Ok(())
}
