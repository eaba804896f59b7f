//! `interclear index`: what the chain holds and tells, kept in a database of one's own.

use crate::{error::CommandError, exit::Exit, output, session::Session, table};
use clap::{Args, Subcommand};
use interclear_archive::{
    database::Database,
    error::ArchiveError,
    index::{Indexer, Progress, Start},
    source::Node,
    verify::{verify, Verdict},
};
use serde_json::json;
use std::time::Duration;

/// Keep everything that the chain holds and tells in a database of your own, as blocks become final.
///
/// The chain forgets old things; the database does not. Run it as a service: stopped at any moment, it goes on where it was.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct IndexArgs {
    #[command(subcommand)]
    command: Option<IndexCommand>,
    #[command(flatten)]
    follow: FollowArgs,
}

/// Which database.
#[derive(Args)]
pub struct Books {
    /// The database: sqlite:FILE, or postgres://USER@HOST/NAME.
    #[arg(long, env = "INTERCLEAR_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: String,
}

/// Which database, if not the node.
#[derive(Args)]
pub struct MaybeBooks {
    /// Read from a database that `interclear index` has filled, instead of the node: sqlite:FILE, or
    /// postgres://USER@HOST/NAME.
    #[arg(long, env = "INTERCLEAR_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Args)]
struct FollowArgs {
    /// The database: sqlite:FILE, or postgres://USER@HOST/NAME.
    #[arg(long, env = "INTERCLEAR_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// Where a new database begins: genesis (nothing is missing; the node must keep all states), snapshot (the newest final
    /// block, with the state as it is then), or the number of a block; genesis unless given.
    #[arg(long, value_parser = start, value_name = "WHERE")]
    from: Option<Start>,
    /// Stop at the newest final block instead of waiting for more.
    #[arg(long)]
    once: bool,
}

#[derive(Subcommand)]
enum IndexCommand {
    /// Compare the database with the state of a node at a block, entry by entry, and say what differs.
    Verify {
        #[command(flatten)]
        books: Books,
        /// The block; the newest of the database unless given.
        #[arg(long)]
        block: Option<u64>,
    },
}

/// Reads where a new database begins.
fn start(text: &str) -> Result<Start, String> {
    match text {
        "genesis" => Ok(Start::Genesis),
        "snapshot" => Ok(Start::Snapshot),
        number => number.parse().map(Start::Block).map_err(|_| {
            format!("`{number}` is not a beginning; write genesis, snapshot or the number of a block")
        }),
    }
}

/// Time between two looks at the newest final block.
const LOOK: Duration = Duration::from_secs(2);
/// Differences that are listed.
const LISTED: usize = 50;

impl IndexArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            Some(IndexCommand::Verify { books, block }) => {
                let mut database = Database::to_read(&books.database).await?;
                let node = Node::connect(session.chain().await?.url()).await?;
                let verdict = verify(&node, &mut database, block).await?;
                told(session, &verdict)?;
                Ok(Exit::refused_if(!verdict.differences.is_empty()))
            }
            None => self.follow.run(session).await,
        }
    }
}

impl FollowArgs {
    async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let Some(books) = &self.database else {
            return Err(CommandError::Configuration(
                "name the database with --database".into(),
            ));
        };
        let mut chain = session.chain().await?;
        let mut database = Database::to_write(books).await?;
        loop {
            match self.follow(session, chain.url(), &mut database).await {
                Err(CommandError::Chain(error)) if error.is_connection() && !self.once => {
                    output::note(&format!("connection lost, trying again: {error}"));
                    chain = session.chain_again().await?;
                }
                other => {
                    // What went wrong is told, not that a file is left behind.
                    let closed = database.close().await;
                    other?;
                    closed?;
                    return Ok(Exit::Done);
                }
            }
        }
    }

    async fn follow(
        &self,
        session: &Session,
        url: &str,
        database: &mut Database,
    ) -> Result<(), CommandError> {
        let node = Node::connect(url).await?;
        let indexer = Indexer::new(&node);
        let mut said = 0;
        loop {
            let mut rows = 0;
            let bar = output::spinner("indexing");
            let told = |progress: Progress| {
                rows = progress.rows;
                bar.set_message(format!("block {} of {}", progress.block, progress.end));
            };
            let position = indexer.run(database, self.from, told).await;
            bar.finish_and_clear();
            let position = position?;
            if position.newest != said || self.once {
                said = position.newest;
                let value = json!({
                    "chain": position.chain,
                    "genesis": position.genesis,
                    "first": position.first,
                    "newest": position.newest,
                    "rows": rows,
                });
                session.output().print_line(&value, |_| {
                    let known = match position.first {
                        0 => "everything from genesis on".to_owned(),
                        first => format!("everything from block {first} on, and the state as it was there"),
                    };
                    let newest = output::number(position.newest);
                    let rows = output::count(rows, "row", "rows");
                    format!("block {newest}: {rows} written; {} has {known}", database.name())
                })?;
            }
            if self.once {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

fn told(session: &Session, verdict: &Verdict) -> Result<(), CommandError> {
    let differences = verdict.differences.iter().map(|difference| {
        json!({
            "pallet": difference.pallet,
            "item": difference.item,
            "key": difference.key,
            "database": difference.archive,
            "node": difference.node,
        })
    });
    let value = json!({
        "number": verdict.block,
        "equal": verdict.equal,
        "differences": differences.collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let equal = output::count(verdict.equal, "entry is", "entries are");
        if verdict.differences.is_empty() {
            return format!(
                "At block {} the database and the node are alike: {equal} equal.",
                verdict.block
            );
        }
        let shown = |value: &Option<serde_json::Value>| {
            value.as_ref().map_or_else(|| "-".into(), ToString::to_string)
        };
        let rows = verdict.differences.iter().take(LISTED).map(|difference| {
            [
                format!("{}.{}", difference.pallet, difference.item),
                difference.key.clone(),
                shown(&difference.archive),
                shown(&difference.node),
            ]
        });
        let table = table::table(["Entry", "Key", "Database", "Node"], &[], rows);
        let count = verdict.differences.len();
        let more = match count > LISTED {
            true => format!("\n{} more; --json lists all", count.saturating_sub(LISTED)),
            false => String::new(),
        };
        format!(
            "{table}{more}\nAt block {} {equal} equal, {count} not.",
            verdict.block
        )
    })?;
    Ok(())
}

/// Two columns side by side where they differ: where, which item, as it is on the chain, as it comes to.
pub fn deviations(rows: impl IntoIterator<Item = [String; 4]>) -> String {
    table::table(["Where", "Item", "On the chain", "Recomputed"], &[2, 3], rows)
}

impl From<ArchiveError> for CommandError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Chain(error) => Self::Chain(error),
            other => Self::Archive(other),
        }
    }
}
