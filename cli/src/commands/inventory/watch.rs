//! `interclear inventory watch`: each night's export, as it arrives in a folder.

use super::{
    blind::{tagger, Entries, TagsArg},
    report::{read, send, ExportArgs},
};
use crate::{
    commands::files::words as words_of_faults,
    commands::relation::{known_as, RelationArg},
    error::CommandError,
    exit::Exit,
    interrupt,
    output::{self, warn},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::Chain, inbox::exports::Exports, inventory::Form, text::printable_lines, time::now, vault::Vault,
};
use interclear_import::services::Map;
use interclear_matching::Side;
use interclear_primitives::inventory::Relation;
use serde_json::{json, Value};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

#[derive(Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    relation: RelationArg,
    #[command(flatten)]
    export: ExportArgs,
    #[command(flatten)]
    tags: TagsArg,
    /// The folder. Exports are taken in the order of their names, and moved to `done` in it, or to `refused` if they cannot be read, lack
    /// most of your records though they are said to be complete, or an entry of theirs was refused; `.journal.jsonl` in it says what became of each. One process at a time watches a folder.
    folder: PathBuf,
    /// Seconds between two looks at the folder.
    #[arg(long, default_value_t = 10)]
    interval: u64,
    /// Seconds that a file must not have changed. Names that start with a dot or end with `.part` or `.tmp` are left alone in any case.
    #[arg(long, default_value_t = 10)]
    unchanged: u64,
    /// Report what is there, wait for what is still being written, and exit; the status is 1 if something was refused.
    #[arg(long)]
    once: bool,
}

/// The longest time between two looks at a folder that fails.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// What the relation is, and how to reach it.
struct Desk<'a> {
    session: &'a Session,
    chain: Chain,
    relation: Relation,
    side: Side,
    map: Option<Map>,
    /// Of a blind relation.
    vault: Option<Vault>,
    export: &'a ExportArgs,
}

/// What became of an export.
enum Fate {
    Reported { value: Value, words: String },
    Refused(String),
}

impl Desk<'_> {
    async fn report(&self, path: &Path) -> Result<Fate, CommandError> {
        let services = match read(path, self.side, self.map.as_ref())? {
            Ok(services) => services,
            Err(faults) => return Ok(Fate::Refused(words_of_faults(path, &faults))),
        };
        // By the profile that is in force now.
        match tagger(&self.chain, &self.relation, self.side, self.vault.as_ref()).await? {
            None => self.send(Entries::open(services)).await,
            Some(tagger) => self.send(Entries::tagged(services, &tagger)).await,
        }
    }

    async fn send<R: Form>(&self, entries: Entries<R>) -> Result<Fate, CommandError> {
        let known = known_as::<R>(&self.chain, self.relation).await?;
        let outcome = self.export.outcome(&known, self.side, entries);
        if let Some(reason) = outcome.cut_off(None) {
            return Ok(Fate::Refused(reason));
        }
        if outcome.is_news() {
            send(self.session, &self.chain, &self.relation, self.side, &outcome).await?;
        }
        Ok(Fate::Reported {
            value: outcome.value(true),
            words: outcome.words(true),
        })
    }
}

fn line(path: &Path, fate: &Fate) -> (bool, Value, String) {
    let file = interclear_client::text::printable(&path.file_name().unwrap_or_default().to_string_lossy());
    match fate {
        Fate::Refused(reason) => (
            false,
            json!({ "at": now(), "file": file, "refused": reason }),
            format!("{file}: refused: {reason}"),
        ),
        Fate::Reported { value, words } => (
            value["refused"] == 0,
            json!({ "at": now(), "file": file, "report": value }),
            format!("{file}: {words}"),
        ),
    }
}

impl WatchArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let map = self.export.map()?;
        let mut exports = Exports::open(&self.folder, Duration::from_secs(self.unchanged))?;
        let chain = session.chain_to_sign().await?;
        let (relation, side) = self.relation.own_side(session, &chain).await?;
        let vault = self.tags.vault(&chain, &relation).await?;
        let mut desk = Desk {
            session,
            chain,
            relation,
            side,
            map,
            vault,
            export: &self.export,
        };
        interrupt::runs_until_stopped();
        let interval = Duration::from_secs(self.interval.max(1));
        let mut failures = 0u32;
        let mut refused = false;
        loop {
            let pause = match self.look(&desk, &mut exports).await {
                Ok((0, _)) if self.once && exports.changing() == 0 => break,
                Ok((0, _)) => {
                    failures = 0;
                    interval
                }
                Ok((_, worse)) => {
                    failures = 0;
                    refused |= worse;
                    continue;
                }
                Err(error) if self.once => return Err(error),
                Err(error) => {
                    failures = failures.saturating_add(1);
                    let pause = interval.saturating_mul(1 << failures.min(8)).min(LONGEST_PAUSE);
                    warn(&format!(
                        "{}\nthe exports stay in the folder; trying again in {} s",
                        printable_lines(&error.to_string()),
                        pause.as_secs()
                    ));
                    if let CommandError::Chain(error) = &error {
                        if error.is_connection() {
                            desk.chain = session.chain_again().await?;
                        }
                    }
                    pause
                }
            };
            tokio::time::sleep(pause).await;
        }
        Ok(Exit::refused_if(refused))
    }

    /// Reports what has arrived; how many exports, and whether something of them was refused.
    async fn look(&self, desk: &Desk<'_>, exports: &mut Exports) -> Result<(usize, bool), CommandError> {
        let arrived = exports.arrived()?;
        let mut refused = false;
        for path in &arrived {
            let fate = desk.report(path).await?;
            let (fine, value, words) = line(path, &fate);
            exports.put_away(path, fine, &value)?;
            refused |= !fine;
            desk.session
                .output()
                .print_line(&value, |_| format!("{} UTC  {words}", output::moment(now())))?;
        }
        Ok((arrived.len(), refused))
    }
}
