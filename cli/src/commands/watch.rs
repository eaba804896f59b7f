//! `interclear watch`: what happens on the chain, in words.

use crate::{
    commands::{
        amounts::Amounts,
        notify::{self, Address, Notifier},
        values::{composite, text},
    },
    error::CommandError,
    output,
    session::{telling, Session},
};
use clap::Args;
use indicatif::ProgressBar;
use interclear_client::{
    calls::PALLETS,
    chain::{Chain, ChainError},
    text::printable,
};
use serde_json::{json, Value as Json};
use subxt::{
    events::{Event, Phase},
    ext::scale_value::Composite,
    PolkadotConfig,
};

/// Follow what happens on the chain, block by block, as it becomes final.
#[derive(Args)]
pub struct WatchArgs {
    /// Stop after this many blocks.
    #[arg(long)]
    blocks: Option<u64>,
    /// Only events of this pallet, such as Anchoring; may be given more than once.
    #[arg(long = "pallet")]
    pallets: Vec<String>,
    /// Post to this web service, as JSON, each new deadline of the operator, and that the connection is lost or back, or blocks or finality stand
    /// or go on. The environment keeps an address that is a secret from others on this machine.
    #[arg(long, value_name = "URL", env = "INTERCLEAR_NOTIFY", hide_env_values = true)]
    notify: Option<Address>,
    /// Whose deadlines: its number or one of its TADIG codes; that of the profile or of --key unless given.
    #[arg(long, requires = "notify")]
    operator: Option<String>,
}

impl WatchArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let mut chain = session.chain().await?;
        self.ensure_known(&chain).await?;
        let mut notifier = match &self.notify {
            Some(address) => {
                let operator = session.operator_named(&chain, self.operator.as_deref()).await?;
                Some(Notifier::new(address, operator)?)
            }
            None => None,
        };
        // The newest block that was told, and how many were.
        let (mut newest, mut seen) = (None, 0);
        let mut amounts = Amounts::default();
        while self.blocks.is_none_or(|most| seen < most) {
            match self
                .follow(
                    session,
                    &chain,
                    &mut amounts,
                    notifier.as_mut(),
                    (&mut newest, &mut seen),
                )
                .await
            {
                Err(CommandError::Chain(error)) if error.is_connection() => {
                    let words = lost(newest, &error);
                    output::note(&words);
                    if let Some(notifier) = &mut notifier {
                        notifier.tell_lost(&words).await;
                    }
                    chain = session.chain_again().await?;
                }
                other => return other,
            }
        }
        Ok(())
    }

    /// Fails where nothing would ever be told: no pallet has the name.
    async fn ensure_known(&self, chain: &Chain) -> Result<(), CommandError> {
        let metadata = chain.at_final().await?.metadata();
        let known: Vec<&str> = metadata.pallets().map(|pallet| pallet.name()).collect();
        let is_known = |wanted: &&String| known.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        match self.pallets.iter().find(|wanted| !is_known(wanted)) {
            Some(unknown) => Err(CommandError::NotFound(format!(
                "pallet `{}`; there are {}",
                printable(unknown),
                known.join(", ")
            ))),
            None => Ok(()),
        }
    }

    /// Tells blocks from the one after `newest` on, until enough were told or the connection breaks.
    async fn follow(
        &self,
        session: &Session,
        chain: &Chain,
        amounts: &mut Amounts,
        mut notifier: Option<&mut Notifier>,
        (newest, seen): (&mut Option<u64>, &mut u64),
    ) -> Result<(), CommandError> {
        let mut blocks = chain.client().stream_blocks().await.map_err(disconnected)?;
        while self.blocks.is_none_or(|most| *seen < most) {
            let block = loop {
                if let Some(notifier) = notifier.as_deref_mut() {
                    notifier.look(session, chain).await?;
                }
                // While no block comes, something may be due, and that none comes is to be told.
                let hidden = ProgressBar::hidden();
                let coming = telling(chain, &hidden, blocks.next());
                if let Ok(block) = tokio::time::timeout(notify::EVERY, coming).await {
                    break block;
                }
            };
            let Some(block) = block else {
                return Err(ChainError::Disconnected("the node reports no more blocks".into()).into());
            };
            let block = block.map_err(disconnected)?;
            // What became final while nobody listened comes first.
            let first = newest.map_or(block.number(), |newest| newest.saturating_add(1));
            for number in first..=block.number() {
                let at = chain.client().at_block(number).await.map_err(disconnected)?;
                self.print(session, chain, amounts, &at).await?;
                *newest = Some(number);
                *seen = seen.saturating_add(1);
                if self.blocks.is_some_and(|most| *seen >= most) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn wants(&self, pallet: &str) -> bool {
        match self.pallets.is_empty() {
            true => PALLETS.contains(&pallet),
            false => self
                .pallets
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(pallet)),
        }
    }

    async fn print(
        &self,
        session: &Session,
        chain: &Chain,
        amounts: &mut Amounts,
        at: &interclear_client::chain::AtBlock,
    ) -> Result<(), CommandError> {
        let (hash, number) = (at.block_hash(), at.block_number());
        let events = at.events().fetch().await.map_err(disconnected)?;
        let metadata = at.metadata();
        for event in events.iter() {
            let event = event.map_err(disconnected)?;
            if !self.wants(event.pallet_name()) {
                continue;
            }
            let mut fields = fields(&event)?;
            amounts.write(chain, event.pallet_name(), &mut fields).await?;
            let value = json!({
                "number": number,
                "block": format!("{hash:?}"),
                "transaction": match event.phase() {
                    Phase::ApplyExtrinsic(index) => Some(index),
                    _ => None,
                },
                "pallet": event.pallet_name(),
                "event": event.event_name(),
                "fields": fields,
            });
            session.output().print_line(&value, |_| {
                let variant = metadata
                    .pallet_by_event_index(event.pallet_index())
                    .and_then(|pallet| pallet.event_variant_by_index(event.event_index()));
                let words = variant.map(|variant| variant.docs.join(" ")).unwrap_or_default();
                let title = format!("{}.{}", event.pallet_name(), event.event_name());
                format!("{number:>8}  {title:<30} {} {}", words.trim(), text(&fields))
            })?;
        }
        Ok(())
    }
}

/// What is told on standard error, a terminal or not, when a connection breaks that is made anew.
fn lost(newest: Option<u64>, error: &ChainError) -> String {
    let at = newest.map_or_else(String::new, |number| format!(" at block {number}"));
    format!("connection lost{at}, trying again: {error}")
}

fn disconnected(error: impl std::fmt::Display) -> CommandError {
    ChainError::Disconnected(error.to_string()).into()
}

fn fields(event: &Event<'_, PolkadotConfig>) -> Result<Json, CommandError> {
    let fields: Composite<()> = event
        .decode_fields_unchecked_as()
        .map_err(|error| ChainError::Unexpected(format!("an event cannot be decoded: {error}")))?;
    Ok(composite("", &fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_connection_should_be_told_with_the_block_when_one_has_come() {
        let error = ChainError::Disconnected("the node reports no more blocks".into());
        assert!(error.is_connection(), "it is tried again");
        let told = lost(Some(812), &error);
        assert!(
            told.starts_with("connection lost at block 812, trying again: "),
            "{told}"
        );
        assert!(told.ends_with("the node reports no more blocks"), "{told}");
        assert!(lost(None, &error).starts_with("connection lost, trying again: "));
    }
}
