//! `interclear tap acknowledge`, `interclear nrtrde acknowledge`: a recipient accepts what it has checked.

use crate::{
    commands::{
        secret::{is_secret, SecretArgs, Unchecked},
        tap::{
            doubts::{self, compared},
            named::{Anchored, Named},
            prices::{OffPrices, PriceArgs},
            rules::RuleArgs,
            series,
        },
    },
    error::CommandError,
    exit::Exit,
    output::{self, count},
    session::{Session, QUERIES},
};
use clap::Args;
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::{
    calls::{self, errors, FILES_PER_CALL},
    chain::Chain,
    files::{name_of, Doubt},
};
use interclear_primitives::series::BatchKey;
use interclear_tap::Options;
use serde_json::json;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(in crate::commands) struct AcknowledgeArgs {
    /// The files, or runs of their numbers such as tap/CDDEUD1FRAF100001-00380. Everything that their anchors state is worked
    /// out again from them; where a figure differs, nothing is sent. What is acknowledged already is left alone.
    #[arg(required_unless_present = "all")]
    files: Vec<String>,
    /// All TAP files that wait for your operator's answer, which are looked for in the folder DIR, or else here. Those that are
    /// not there are told of and go on waiting.
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".", conflicts_with = "files")]
    all: Option<PathBuf>,
    /// Take names such as CDDEUD1FRAF100042, or NRDEUD1FRAF10000042 of NRTRDE, for files that are not here: what their
    /// anchors state is acknowledged unseen.
    #[arg(long)]
    by_name: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    prices: PriceArgs,
    #[command(flatten)]
    secrets: SecretArgs,
}

impl AcknowledgeArgs {
    pub(in crate::commands) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        if let Some(folder) = self.all.as_deref().filter(|folder| !folder.is_dir()) {
            return Err(CommandError::Invalid(format!(
                "{} is not a folder: name the one in which the files that you have received are",
                interclear_client::text::path(folder)
            )));
        }
        let options = self.rules.options();
        let named = |text: &String| Named::each(text, &options);
        let mut files: Vec<Named> = Vec::new();
        for text in self.files.iter().filter(|text| !is_secret(Path::new(text))) {
            files.extend(named(text)?);
        }
        // Whoever names a file twice means it once.
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.key));
        self.ensure_here(&files)?;
        let off = self.prices.off(session)?;
        let chain = session.chain_to_sign().await?;
        let mut absent = Vec::new();
        if let Some(folder) = &self.all {
            let waiting = waiting(session, &chain, folder).await?;
            (files, absent) = waiting
                .into_iter()
                .partition(|file| self.by_name || file.path.is_some());
            if files.is_empty() {
                self.ensure_here(&absent)?;
                return send(session, &chain, &[], &[], &off).await;
            }
        }
        let known = Named::all_anchored(&chain, &files).await?;
        let (answered, open): (Vec<_>, Vec<_>) = files
            .into_iter()
            .zip(known)
            .partition(|(_, known)| known.acknowledged);
        let (open, known): (Vec<Named>, Vec<Anchored>) = open.into_iter().unzip();
        let answered: Vec<BatchKey> = answered.into_iter().map(|(file, _)| file.key).collect();
        let (doubts, off) = self.look_at(&chain, &open, &known, off).await?;
        if doubts.iter().any(Option::is_some) {
            refuse(session, &open, &doubts, &self.rules.in_use())?;
            return Ok(Exit::Refused);
        }
        // Before it is too late to return them.
        for warning in off.words() {
            output::warn(&format!("warning: {warning}"));
        }
        let sent = send(session, &chain, &open, &answered, &off).await?;
        let Some((first, others)) = absent.split_first() else {
            return Ok(sent);
        };
        let others = match others.len() {
            0 => String::new(),
            more => format!(" and {}", count(more as u64, "other", "others")),
        };
        output::warn(&format!(
            "warning: not in the folder, and still waiting for your answer: {}{others}",
            name_of(&first.key)
        ));
        Ok(Exit::Refused)
    }

    /// Fails where a file would be acknowledged unseen that nobody said should be.
    fn ensure_here(&self, files: &[Named]) -> Result<(), CommandError> {
        let absent = files.iter().filter(|file| file.path.is_none()).count();
        let Some(first) = files
            .iter()
            .find(|file| file.path.is_none())
            .filter(|_| !self.by_name)
        else {
            return Ok(());
        };
        let name = name_of(&first.key);
        let which = match absent {
            1 => format!("{name} is not here"),
            more => format!(
                "{name} and {} are not here",
                count(more as u64 - 1, "other file", "other files")
            ),
        };
        Err(CommandError::Invalid(format!(
            "{which}; acknowledging by name alone checks nothing: name the file, or say --by-name"
        )))
    }

    /// What is to be doubted about each file that is here; and of all, which services are far from their agreed price.
    async fn look_at(
        &self,
        chain: &Chain,
        files: &[Named],
        known: &[Anchored],
        mut off: OffPrices,
    ) -> Result<(Vec<Option<Doubt>>, OffPrices), CommandError> {
        let usual = self.prices.options(self.rules.options())?;
        let paths: Vec<PathBuf> = files.iter().filter_map(|file| file.path.clone()).collect();
        let of_chain = chain.known_of_files(&paths).await?;
        let bar = output::progress(files.len() as u64, "checking");
        let mut unchecked = Unchecked::default();
        let mut doubts = Vec::with_capacity(files.len());
        for (file, anchored) in files.iter().zip(known) {
            doubts.push(match &file.path {
                Some(path) => {
                    // The secret comes last: with it, other content would be refused for its number before it is compared.
                    let options = Options {
                        secret: self
                            .secrets
                            .received_of(Some(chain), path, &file.key, &mut unchecked)?,
                        ..self.rules.with(of_chain.get(path), &usual)
                    };
                    let found = compared(chain, path, anchored, &options).await?;
                    off.add(&name_of(&file.key), &found.prices);
                    found.doubt
                }
                None => None,
            });
            bar.inc(1);
        }
        bar.finish_and_clear();
        unchecked.tell();
        Ok((doubts, off))
    }
}

/// The TAP files that wait for the operator of the key, with their places in a folder.
async fn waiting(session: &Session, chain: &Chain, folder: &Path) -> Result<Vec<Named>, CommandError> {
    let me = session.operator(chain).await?;
    let mut begun = series::series_of(chain, me, None).await?;
    begun.retain(|begun| begun.to_me);
    let each = begun
        .iter()
        .map(|begun| series::newest(chain, begun, begun.series.stream.max_sequence()));
    let found: Vec<_> = stream::iter(each).buffered(QUERIES).try_collect().await?;
    let waiting = found.into_iter().flatten().filter(series::waits);
    Ok(waiting
        .map(|batch| {
            let path = folder.join(name_of(&batch.anchor.key));
            Named {
                key: batch.anchor.key,
                path: path.is_file().then_some(path),
            }
        })
        .collect())
}

/// Tells what differs; nothing has been sent.
fn refuse(
    session: &Session,
    files: &[Named],
    doubts: &[Option<Doubt>],
    in_use: &str,
) -> Result<(), CommandError> {
    let doubted = || {
        let named = files.iter().zip(doubts);
        named.filter_map(|(file, doubt)| Some((file.key, file.path.as_deref(), doubt.as_ref()?)))
    };
    let refused = doubted().count();
    let value = json!({
        "acknowledged": 0,
        "refused": refused,
        "files": doubts::json(doubted(), in_use),
    });
    session.output().print(&value, |_| {
        let table = doubts::table(doubted().map(|(key, _, doubt)| (name_of(&key), doubt)));
        let next = doubted()
            .next()
            .map(|(key, path, doubt)| doubts::next_step(&key, path, doubt, in_use));
        format!(
            "{table}\nnothing is acknowledged: {refused} of {} not what was anchored\nnext: {}",
            count(files.len() as u64, "file is", "files are"),
            next.unwrap_or_default()
        )
    })?;
    Ok(())
}

/// The result of a file that needs no more.
const BEFORE: &str = "acknowledged before";

/// How many were acknowledged now, before, and were refused.
fn counted(results: &[(String, &'static str, Option<String>)]) -> [usize; 3] {
    let many = |wanted: fn(&str) -> bool| results.iter().filter(|(_, result, _)| wanted(result)).count();
    [
        many(|result| result == "acknowledged"),
        many(|result| result == BEFORE),
        many(|result| result == "refused"),
    ]
}

/// Files of one transaction: a part of a block.
const FILES_AT_ONCE: usize = 4 * FILES_PER_CALL;

/// Acknowledges files; `answered` are those that need no more, and `off` what has been told of prices.
async fn send(
    session: &Session,
    chain: &Chain,
    files: &[Named],
    answered: &[BatchKey],
    off: &OffPrices,
) -> Result<Exit, CommandError> {
    let mut results: Vec<(String, &'static str, Option<String>)> =
        answered.iter().map(|key| (name_of(key), BEFORE, None)).collect();
    for chunk in files.chunks(FILES_AT_ONCE) {
        let keys: Vec<BatchKey> = chunk.iter().map(|file| file.key).collect();
        let receipt = session.execute(chain, &calls::acknowledge_many(&keys)).await?;
        let refused = receipt.refused_acknowledgements()?;
        for key in keys {
            let reason = refused.iter().find(|(refused, _)| *refused == key);
            results.push(match reason {
                None => (name_of(&key), "acknowledged", None),
                // Somebody else with a key of the operator was faster: it is done all the same.
                Some((_, failure)) if failure.name == errors::ALREADY_ACKNOWLEDGED => {
                    (name_of(&key), BEFORE, None)
                }
                Some((_, failure)) => (name_of(&key), "refused", Some(failure.to_string())),
            });
        }
    }
    let [acknowledged, before, refused] = counted(&results);
    let value = json!({
        "acknowledged": acknowledged,
        "acknowledged_before": before,
        "refused": refused,
        "warnings": off.json(),
        "files": results
            .iter()
            .map(|(batch, result, reason)| json!({ "batch": batch, "result": result, "reason": reason }))
            .collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        if results.is_empty() {
            return "no file waits for your answer".into();
        }
        let rows = results.iter().map(|(batch, result, reason)| {
            let result = match reason {
                Some(reason) => format!("{result}: {reason}"),
                None => (*result).to_owned(),
            };
            [batch.clone(), result]
        });
        let table = output::table(["File", "Result"], &[], rows);
        format!("{table}\n{acknowledged} acknowledged, {before} before, {refused} refused")
    })?;
    Ok(Exit::refused_if(refused > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_should_count_as_acknowledged_before_when_somebody_else_was_faster() {
        let one = |result, reason: Option<&str>| ("CD".to_owned(), result, reason.map(Into::into));
        let results = [
            one("acknowledged", None),
            one(BEFORE, None),
            one(BEFORE, None),
            one("refused", Some("it was returned")),
        ];
        assert_eq!(counted(&results), [1, 2, 1]);
    }
}
