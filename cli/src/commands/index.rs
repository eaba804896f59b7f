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
use serde_json::{json, Value};
use std::{collections::BTreeSet, time::Duration};

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
/// Signs of a value that a table shows; `--json` has all.
const SIGNS: usize = 60;

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
        let rows = verdict.differences.iter().take(LISTED).flat_map(|difference| {
            let mut parts = Vec::new();
            apart(
                "",
                difference.archive.as_ref(),
                difference.node.as_ref(),
                &mut parts,
            );
            parts.into_iter().map(move |[part, database, node]| {
                let entry = format!("{}.{}", difference.pallet, difference.item);
                [entry, cut(&difference.key), part, database, node]
            })
        });
        let table = table::table(["Entry", "Key", "Part", "Database", "Node"], &[], rows);
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

/// A text as a cell shows it.
fn cut(text: &str) -> String {
    match text.chars().count() > SIGNS {
        true => text.chars().take(SIGNS.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// The parts in which two values differ: where, as the one has it, as the other has it.
fn apart(path: &str, one: Option<&Value>, other: Option<&Value>, found: &mut Vec<[String; 3]>) {
    let within = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match (one, other) {
        (Some(one), Some(other)) if one == other => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                apart(&within(name), one.get(name), other.get(name), found);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                apart(&within(&place.to_string()), Some(one), Some(other), found);
            }
        }
        _ => {
            let [one, other] =
                [one, other].map(|value| value.map_or_else(|| "-".into(), |value| cut(&value.to_string())));
            found.push([path.to_owned(), one, other]);
        }
    }
}

/// Two columns side by side where they differ: where, which item, as it was stated, as it comes to.
pub fn deviations(rows: impl IntoIterator<Item = [String; 4]>) -> String {
    table::table(["Where", "Item", "Stated", "Recomputed"], &[2, 3], rows)
}

impl From<ArchiveError> for CommandError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Chain(error) => Self::Chain(error),
            other => Self::Archive(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_parts_that_differ_should_be_shown_when_values_are_long() {
        let parts = |one: Value, other: Value| {
            let mut found = Vec::new();
            apart("", Some(&one), Some(&other), &mut found);
            found
        };
        let lines = |net: &str, charge: &str| json!({ "net": net, "lines": [{ "charge": "1" }, { "charge": charge, "of": "x".repeat(900) }] });
        assert!(parts(lines("8", "2"), lines("8", "2")).is_empty());
        assert_eq!(
            parts(lines("9", "2"), lines("8", "3")),
            [
                ["lines.1.charge", "\"2\"", "\"3\""].map(str::to_owned),
                ["net", "\"9\"", "\"8\""].map(str::to_owned),
            ]
        );
        // What one of them lacks, and lists of different lengths, are shown as they are, as far as there is room.
        assert_eq!(
            parts(json!({ "a": 1 }), json!({})),
            [["a", "1", "-"].map(str::to_owned)]
        );
        let long = parts(json!([1]), json!(["y".repeat(900), 2]));
        let [[path, one, other]] = long.as_slice() else {
            panic!("{long:?}");
        };
        assert_eq!(
            (path.as_str(), one.as_str(), other.chars().count()),
            ("", "[1]", SIGNS)
        );
        let mut none = Vec::new();
        apart("", None, Some(&json!(7)), &mut none);
        assert_eq!(none, [["", "-", "7"].map(str::to_owned)]);
    }
}
