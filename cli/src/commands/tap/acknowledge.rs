//! `interclear tap acknowledge`, `interclear nrtrde acknowledge`: a recipient accepts what it has checked.

use crate::{
    carried::quoted,
    commands::{
        secret::{is_secret, SecretArgs, Unchecked},
        tap::{
            doubts::{self, compared},
            named::{Anchored, Named},
            prices::{OffPrices, PriceArgs},
            rules::{knowing, RuleArgs},
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
    files::{name_of, Doubt, Looked},
    text::path as shown,
};
use interclear_primitives::series::{BatchKey, Stream};
use interclear_tap::Options;
use serde_json::{json, Value};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(super) struct AcknowledgeArgs {
    /// The files, or runs of their numbers such as tap/CDDEUD1FRAF100001-00380. Everything that their anchors state is worked
    /// out again from them; where a figure differs, nothing is sent. What is acknowledged already is compared, and left alone.
    #[arg(required_unless_present = "all")]
    files: Vec<String>,
    /// All TAP files that wait for your operator's answer, which are looked for in the folder DIR, or else here. Those that are
    /// not there are told of and go on waiting.
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".", conflicts_with = "files")]
    all: Option<PathBuf>,
    #[command(flatten)]
    how: Acknowledging,
}

impl AcknowledgeArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        if let Some(folder) = self.all.as_deref().filter(|folder| !folder.is_dir()) {
            return Err(CommandError::Invalid(format!(
                "{} is not a folder: name the one in which the files that you have received are",
                interclear_client::text::path(folder)
            )));
        }
        let files = self.how.named(&self.files)?;
        self.how.run(session, files, self.all.as_deref()).await
    }
}

/// How files are looked at before they are acknowledged, TAP files and others.
#[derive(Args)]
pub(in crate::commands) struct Acknowledging {
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

impl Acknowledging {
    /// Acknowledges files of one kind, NRTRDE.
    pub(in crate::commands) async fn run_near_real_time(
        self,
        session: &Session,
        files: &[String],
    ) -> Result<Exit, CommandError> {
        let files = self.named(files)?;
        match files.iter().find(|file| file.key.series.stream != Stream::Nrtrde) {
            Some(other) => Err(CommandError::Invalid(format!(
                "{} is not an NRTRDE file; `interclear tap acknowledge` takes TAP files",
                name_of(&other.key)
            ))),
            None => self.run(session, files, None).await,
        }
    }

    /// The files that arguments name, each once.
    fn named(&self, texts: &[String]) -> Result<Vec<Named>, CommandError> {
        let options = self.rules.options();
        let mut files: Vec<Named> = Vec::new();
        for text in texts.iter().filter(|text| !is_secret(Path::new(text))) {
            files.extend(Named::each(text, &options)?);
        }
        // Whoever names a file twice means it once.
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.key));
        Ok(files)
    }

    /// Acknowledges these files, or all that wait and are looked for in a folder.
    async fn run(
        self,
        session: &Session,
        mut files: Vec<Named>,
        all: Option<&Path>,
    ) -> Result<Exit, CommandError> {
        self.ensure_here(&files)?;
        let off = self.prices.off(session)?;
        let chain = session.chain_to_sign().await?;
        let mut absent = Vec::new();
        if let Some(folder) = all {
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
        let (doubts, off, returnable) = self.look_at(&chain, &files, &known, off).await?;
        let doubted: Vec<Doubted<'_>> = files
            .iter()
            .zip(&known)
            .zip(&doubts)
            .filter_map(|((file, known), doubt)| {
                let (before, doubt) = (known.acknowledged, doubt.as_ref()?);
                Some(Doubted { file, before, doubt })
            })
            .collect();
        if !doubted.is_empty() {
            refuse(session, files.len(), &doubted, &self.rules.in_use())?;
            return Ok(Exit::Refused);
        }
        let (answered, open): (Vec<_>, Vec<_>) = files
            .into_iter()
            .zip(known)
            .partition(|(_, known)| known.acknowledged);
        let open: Vec<Named> = open.into_iter().map(|(file, _)| file).collect();
        let answered: Vec<BatchKey> = answered.into_iter().map(|(file, _)| file.key).collect();
        // Before it is too late to return them.
        for warning in off.words() {
            output::warn(&format!("warning: {warning}"));
        }
        if !returnable.is_empty() {
            session.confirm_slip(
                &returnable,
                "The files are acknowledged, and these records bill like the others. That is final.",
            )?;
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

    /// What is to be doubted about each file that is here; and of all, which services are far from their agreed price, and of which files
    /// records can still be returned.
    async fn look_at(
        &self,
        chain: &Chain,
        files: &[Named],
        known: &[Anchored],
        mut off: OffPrices,
    ) -> Result<(Vec<Option<Doubt>>, OffPrices, Vec<String>), CommandError> {
        let usual = self.prices.options(self.rules.options())?;
        let paths: Vec<PathBuf> = files.iter().filter_map(|file| file.path.clone()).collect();
        let of_chain = chain.known_of_files(&paths).await?;
        self.rules.tell_without_effect(of_chain.values());
        let bar = output::progress(files.len() as u64, "checking");
        let mut unchecked = Unchecked::default();
        let mut doubts = Vec::with_capacity(files.len());
        let mut left = Vec::new();
        let mut terms = series::TermsOf::default();
        let in_use = self.rules.in_use();
        for (file, anchored) in files.iter().zip(known) {
            doubts.push(match &file.path {
                Some(path) => {
                    let secret = self
                        .secrets
                        .received_of(Some(chain), path, &file.key, &mut unchecked);
                    let secret = match secret {
                        // An older key may have opened it when the file was acknowledged; the figures are compared all the same.
                        Err(error) if anchored.acknowledged => {
                            bar.suspend(|| output::warn(&format!("warning: {error}")));
                            None
                        }
                        secret => secret?,
                    };
                    // The secret comes last: with it, other content would be refused for its number before it is compared.
                    let options = Options {
                        secret,
                        ..knowing(of_chain.get(path), &usual)
                    };
                    let found = compared(chain, path, anchored, &mut terms, &options).await?;
                    match anchored.acknowledged {
                        true => other_content(found),
                        false => {
                            off.add(&name_of(&file.key), &found.prices);
                            left.extend(returnable(
                                &file.key,
                                path,
                                found.doubtful,
                                anchored.returned,
                                &in_use,
                            ));
                            found.doubt
                        }
                    }
                }
                None => None,
            });
            bar.inc(1);
        }
        bar.finish_and_clear();
        unchecked.tell();
        Ok((doubts, off, left))
    }
}

/// What can still be returned of a file, and cannot once it is acknowledged. What was returned of it before is not told again;
/// near-real-time and test files bill nothing.
fn returnable(key: &BatchKey, path: &Path, severe: u64, returned: u64, in_use: &str) -> Option<String> {
    let bills = key.series.stream == Stream::Tap && !key.series.test;
    let left = severe.saturating_sub(returned);
    let file = format!("{}{in_use}", quoted(&shown(path)));
    (bills && left > 0).then(|| {
        format!(
            "{}: {} severe findings, and cannot be returned once it is acknowledged: `interclear tap validate --chain {file}` lists \
             them, `interclear tap rap write --chain {file} --sequence NUMBER` makes the RAP file",
            name_of(key),
            count(left, "record has", "records have")
        )
    })
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

/// That a file which was acknowledged has other content here. What else may be wrong with it was accepted with it.
fn other_content(found: Looked) -> Option<Doubt> {
    let (doubt, comparable) = (found.doubt, found.is_comparable);
    doubt.filter(|doubt| !comparable || !doubt.differences.is_empty())
}

/// A file that is not what was anchored.
struct Doubted<'a> {
    file: &'a Named,
    /// Whether its anchor was acknowledged before.
    before: bool,
    doubt: &'a Doubt,
}

impl Doubted<'_> {
    fn name(&self) -> String {
        name_of(&self.file.key)
    }

    /// What its recipient does about it.
    fn next_step(&self, in_use: &str) -> String {
        let (key, path) = (&self.file.key, self.file.path.as_deref());
        match self.before {
            // What is acknowledged cannot be returned.
            true => format!("ask {} for {} as it was anchored", key.series.sender, self.name()),
            false => doubts::next_step(key, path, self.doubt, in_use),
        }
    }
}

/// That files were acknowledged before with other content than they have here, if some were.
fn before_otherwise(doubted: &[Doubted<'_>]) -> Option<String> {
    let before: Vec<String> = doubted
        .iter()
        .filter(|one| one.before)
        .map(Doubted::name)
        .collect();
    let (first, others) = before.split_first()?;
    Some(match others.len() {
        0 => format!("{first} was acknowledged before, but with other content than it has here"),
        more => format!(
            "{first} and {} were acknowledged before, but with other content than they have here",
            count(more as u64, "other file", "other files")
        ),
    })
}

/// The files that are refused, for machines, each with its next step, and whether it was acknowledged before.
fn listed(doubted: &[Doubted<'_>], in_use: &str) -> Vec<Value> {
    let each = doubted
        .iter()
        .map(|one| (one.file.key, one.doubt, one.next_step(in_use)));
    let mut listed = doubts::json(each);
    for (one, doubted) in listed.iter_mut().zip(doubted) {
        one["before"] = json!(doubted.before);
    }
    listed
}

/// Tells what differs; nothing has been sent.
fn refuse(
    session: &Session,
    files: usize,
    doubted: &[Doubted<'_>],
    in_use: &str,
) -> Result<(), CommandError> {
    let value = json!({
        "acknowledged": 0,
        "refused": doubted.len(),
        "files": listed(doubted, in_use),
    });
    session.output().print(&value, |_| {
        let table = doubts::table(doubted.iter().map(|one| (one.name(), one.doubt)));
        let before = before_otherwise(doubted).map_or_else(String::new, |words| format!("\n{words}"));
        let next = doubted.first().map(|one| one.next_step(in_use));
        format!(
            "{table}\nnothing is acknowledged: {} of {} not what was anchored{before}\nnext: {}",
            doubted.len(),
            count(files as u64, "file is", "files are"),
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
    use interclear_client::files::{key_named, Difference};
    use interclear_primitives::batch::FatalReason;

    fn doubt(unusable: Option<&str>, differs: bool) -> Doubt {
        let difference = Difference {
            what: "Records".into(),
            file: "40".into(),
            anchor: "20".into(),
            reason: FatalReason::Totals,
        };
        Doubt {
            unusable: unusable.map(Into::into),
            differences: differs.then_some(difference).into_iter().collect(),
        }
    }

    #[test]
    fn a_file_should_be_doubted_when_other_content_was_acknowledged_and_for_nothing_else_then() {
        let found = |doubt, is_comparable| Looked {
            doubt,
            doubtful: 0,
            is_comparable,
            prices: Vec::new(),
        };
        assert_eq!(other_content(found(None, true)), None);
        let other = doubt(None, true);
        assert_eq!(other_content(found(Some(other.clone()), true)), Some(other));
        // It was accepted with what is fatally wrong with it, as by its name.
        assert_eq!(
            other_content(found(Some(doubt(Some("a total is wrong"), false)), true)),
            None
        );
        let broken = doubt(Some("the octets end inside an element"), false);
        assert_eq!(other_content(found(Some(broken.clone()), false)), Some(broken));
    }

    #[test]
    fn a_file_should_be_asked_for_and_not_returned_when_other_content_was_acknowledged_before() {
        let named = |name| Named {
            key: key_named(name).unwrap(),
            path: None,
        };
        let (one, two) = (named("CDFRAF1DEUD100042"), named("CDFRAF1DEUD100043"));
        let doubt = doubt(None, true);
        let doubted = |file, before| Doubted {
            file,
            before,
            doubt: &doubt,
        };
        let before = [doubted(&one, true)];
        assert_eq!(
            before_otherwise(&before).unwrap(),
            "CDFRAF1DEUD100042 was acknowledged before, but with other content than it has here"
        );
        assert_eq!(
            before[0].next_step(""),
            "ask FRAF1 for CDFRAF1DEUD100042 as it was anchored"
        );
        let both = before_otherwise(&[doubted(&one, true), doubted(&two, true)]).unwrap();
        assert!(
            both.starts_with("CDFRAF1DEUD100042 and 1 other file were acknowledged before"),
            "{both}"
        );
        let told = listed(&[doubted(&one, true), doubted(&two, false)], "");
        let told: Vec<_> = told.iter().map(|one| (&one["batch"], &one["before"])).collect();
        assert_eq!(
            told,
            [
                (&json!("CDFRAF1DEUD100042"), &json!(true)),
                (&json!("CDFRAF1DEUD100043"), &json!(false)),
            ]
        );
        let open = [doubted(&two, false)];
        assert_eq!(before_otherwise(&open), None);
        assert!(open[0].next_step("").contains("interclear tap return"));
    }

    #[test]
    fn records_should_be_told_to_be_returnable_when_their_file_is_about_to_be_acknowledged() {
        let told = |name: &str, severe, returned| {
            let key = key_named(name).unwrap();
            returnable(
                &key,
                &Path::new("got").join(name),
                severe,
                returned,
                " --zones european",
            )
        };
        let words = told("CDFRAF1DEUD100042", 3, 1).unwrap();
        for part in [
            "CDFRAF1DEUD100042: 2 records have severe findings",
            "`interclear tap validate --chain got/CDFRAF1DEUD100042 --zones european`",
            "`interclear tap rap write --chain got/CDFRAF1DEUD100042 --zones european --sequence NUMBER`",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        // Nothing is wrong, it was returned before, or the file bills nothing.
        assert_eq!(told("CDFRAF1DEUD100042", 0, 0), None);
        assert_eq!(told("CDFRAF1DEUD100042", 3, 12), None);
        assert_eq!(told("TDFRAF1DEUD100042", 3, 0), None);
        assert_eq!(told("NRFRAF1DEUD10000042", 3, 0), None);
    }

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
