//! `interclear inventory report`: what an export changes, to the chain.

use super::{
    blind::{Entries, TagsArg},
    words,
};
use crate::{
    commands::{
        files::{octets, refused, text, warn, words as words_of_faults},
        relation::{known_as, typed, RelationArg},
    },
    error::CommandError,
    exit::Exit,
    interrupt::OnItsWay,
    output,
    session::{Session, NOT_ASKED},
};
use clap::Args;
use interclear_client::{
    chain::{Chain, ChainError},
    inventory::{Changes, Form, Known},
};
use interclear_import::{
    services::{self, Map, Services},
    Faults,
};
use interclear_matching::{normalise::identifier, Record, RecordId, Side, Text};
use interclear_primitives::inventory::Relation;
use serde_json::{json, Value};
use std::path::{Path, PathBuf};

/// How an export is read, and what is made of it.
#[derive(Args)]
pub(super) struct ExportArgs {
    /// The map of the columns; guessed unless given, and refused where a guess is not enough. `interclear inventory map` writes one.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The export is the whole inventory: records of yours on the chain that it does not name are withdrawn. Without this they
    /// stay, and are counted. An export that lacks more than half of them is refused, since it may be cut off.
    #[arg(long)]
    complete: bool,
}

#[derive(Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    relation: RelationArg,
    #[command(flatten)]
    export: ExportArgs,
    #[command(flatten)]
    tags: TagsArg,
    /// Withdraw so many records: with --complete, where an export lacks more than half of yours on the chain, as an empty one does.
    /// Without it such an export is refused.
    #[arg(long, value_name = "COUNT", requires = "complete")]
    withdraw: Option<usize>,
    /// Show what would change, what would match then and what the chain would refuse, and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// The export: .csv, .xlsx, or JSON as MEF 116 and TMF637 have it.
    file: PathBuf,
}

/// What came of an export.
pub(super) struct Outcome<R = Record> {
    /// Entries that were read.
    read: usize,
    /// Entries that were refused.
    refused: usize,
    changes: Changes<R>,
    /// What matches then.
    after: Known<R>,
    /// Whether missing records are withdrawn.
    withdrawn: bool,
    faults: Faults,
}

impl ExportArgs {
    /// The map, if one is named.
    pub(super) fn map(&self) -> Result<Option<Map>, CommandError> {
        read_map(self.map.as_deref())
    }

    /// Works out what an export changes.
    pub(super) fn outcome<R: Form>(&self, known: &Known<R>, side: Side, entries: Entries<R>) -> Outcome<R> {
        let Entries {
            records,
            refused,
            faults,
        } = entries;
        let changes = known.changes(side, &records, &refused);
        let withdrawn = self.complete && !changes.unnamed && !changes.missing.is_empty();
        Outcome {
            read: records.len().saturating_add(refused.len()),
            refused: refused.len(),
            after: known.after(side, &changes, withdrawn),
            changes,
            withdrawn,
            faults,
        }
    }
}

/// Reads a map of columns, if one is named.
pub(super) fn read_map(path: Option<&Path>) -> Result<Option<Map>, CommandError> {
    let Some(path) = path else { return Ok(None) };
    let wrong = |faults: Faults| CommandError::Invalid(words_of_faults(path, &faults));
    Map::read(&text(path)?).map(Some).map_err(wrong)
}

/// Reads an export.
pub(super) fn read(
    path: &Path,
    side: Side,
    map: Option<&Map>,
) -> Result<Result<Services, Faults>, CommandError> {
    let spinner = output::spinner("reading");
    let read = services::read(&octets(path)?, side, map);
    spinner.finish_and_clear();
    if let Ok(services) = &read {
        warn(path, &services.warnings);
    }
    Ok(read)
}

/// Sends what changes; a bar shows how it goes.
pub(super) async fn send<R: Form>(
    session: &Session,
    chain: &Chain,
    relation: &Relation,
    side: Side,
    outcome: &Outcome<R>,
) -> Result<(), CommandError> {
    let (reported, gone) = (outcome.changes.to_report(), outcome.gone(side));
    send_records(session, chain, relation, &reported, &gone).await
}

/// Of a dry run: tells why the chain would refuse records, if it would. Without a key it is not asked, which is told.
pub(super) async fn would_refuse<R: Form>(
    session: &Session,
    chain: &Chain,
    relation: &Relation,
    reported: &[R],
    gone: &[RecordId],
) -> Result<Option<String>, CommandError> {
    if reported.is_empty() && gone.is_empty() {
        return Ok(None);
    }
    let Ok(account) = session.account() else {
        output::note(NOT_ASKED);
        return Ok(None);
    };
    let refusal = chain
        .would_refuse_inventory(&account, relation, reported, gone)
        .await?;
    Ok(refusal.map(|failure| failure.to_string()))
}

/// Reports records and withdraws others; what has landed when it cannot go on is told.
pub(super) async fn send_records<R: Form>(
    session: &Session,
    chain: &Chain,
    relation: &Relation,
    reported: &[R],
    gone: &[RecordId],
) -> Result<(), CommandError> {
    let all = reported.len().saturating_add(gone.len());
    if all == 0 {
        return Ok(());
    }
    let key = session.key()?;
    let bar = output::progress(all as u64, "reporting");
    let on_its_way = OnItsWay::new(&bar);
    on_its_way.stands("some of the records may be on the chain; reported again, each counts once");
    let mut landed = 0usize;
    let sending = chain.send_inventory(&key, relation, reported, gone, |count| {
        landed = landed.saturating_add(count);
        bar.inc(count as u64);
    });
    let sent = session
        .within(
            chain,
            &bar,
            sending,
            "some of the records may be on the chain; reported again, each counts once",
        )
        .await;
    drop(on_its_way);
    bar.finish_and_clear();
    sent.inspect_err(|error| {
        let never = matches!(error, CommandError::Chain(ChainError::Failed(_)));
        output::warn(&format!(
            "{} of {} records are on the chain; {}",
            output::number(landed as u64),
            output::number(all as u64),
            match never {
                true => "the chain refused the rest as follows",
                false => "report the export again to send the rest",
            }
        ));
    })
}

impl<R: Form> Outcome<R> {
    /// Why records are not withdrawn that an export lacks; `None` where it may be so.
    pub(super) fn cut_off(&self, said: Option<usize>) -> Option<String> {
        let named = self.changes.unchanged.saturating_add(self.changes.changed.len());
        cut_off(self.changes.missing.len(), named, said).filter(|_| self.withdrawn)
    }

    /// The records that are withdrawn.
    fn gone(&self, side: Side) -> Vec<RecordId> {
        let missing = self.changes.missing.iter().filter(|_| self.withdrawn);
        missing.map(|record| record.id(side)).collect()
    }

    /// Whether the chain has something to hear.
    pub(super) fn is_news(&self) -> bool {
        !self.changes.added.is_empty() || !self.changes.changed.is_empty() || self.withdrawn
    }

    pub(super) fn value(&self, sent: bool) -> Value {
        json!({
            "read": self.read,
            "refused": self.refused,
            "added": self.changes.added.len(),
            "changed": self.changes.changed.len(),
            "ended": self.changes.ended(),
            "unchanged": self.changes.unchanged,
            "missing": self.changes.missing.len(),
            "withdrawn": if self.withdrawn { self.changes.missing.len() } else { 0 },
            "sent": sent,
            "classes": words::counts_value(&self.after.state.counts),
            "errors": self.faults.list.iter().map(|fault| json!({ "place": fault.place, "reason": fault.reason.to_string() })).collect::<Vec<_>>(),
            "more_errors": self.faults.more,
        })
    }

    /// What came of it, in words.
    pub(super) fn words(&self, sent: bool) -> String {
        let number = |count: usize| output::number(count as u64);
        let would = if sent { "" } else { "would be " };
        let mut text = format!(
            "{} read: {} {would}added, {} {would}changed{}, {} as they were, {} refused\n",
            output::count(self.read as u64, "entry", "entries"),
            number(self.changes.added.len()),
            number(self.changes.changed.len()),
            self.changes
                .ended()
                .map_or_else(String::new, |ended| format!(" ({} of them ended)", number(ended))),
            number(self.changes.unchanged),
            number(self.refused),
        );
        let missing = output::count(
            self.changes.missing.len() as u64,
            "record of yours on the chain is",
            "records of yours on the chain are",
        );
        match (self.changes.missing.is_empty(), self.withdrawn) {
            (true, _) => {}
            (false, true) => text.push_str(&format!("{missing} not in the export, and {would}withdrawn\n")),
            (false, false) if self.changes.unnamed => text.push_str(&format!(
                "{missing} not in the export; nothing is withdrawn, since an entry was refused whose id cannot be read\n"
            )),
            (false, false) => text.push_str(&format!(
                "{missing} not in the export, and stay: report them with their end, or with --complete\n"
            )),
        }
        let then = if sent { "now" } else { "then" };
        text.push_str(&format!("{then}: {}", words::in_a_line(&self.after.state.counts)));
        text
    }
}

/// Why an export that lacks `missing` records of one's own, and names `named` of them, is not taken for the whole inventory: it lacks most,
/// and nobody has said how many.
fn cut_off(missing: usize, named: usize, said: Option<usize>) -> Option<String> {
    let number = |count: usize| output::number(count as u64);
    (missing > named && said != Some(missing)).then(|| {
        format!(
            "the export lacks {} of {} records of yours on the chain: is it cut off? Withdrawn, {} as if never reported, and nothing of it bills \
             any more. If it is meant so, say it with `--withdraw {missing}`",
            number(missing),
            number(missing.saturating_add(named)),
            output::count(missing as u64, "service of yours ends", "services of yours end"),
        )
    })
}

/// That the chain would refuse something, as a line of its own.
pub(super) fn refused_words(refusal: Option<&str>) -> String {
    refusal.map_or_else(String::new, |reason| {
        format!("\nthe chain would refuse it: {reason}")
    })
}

impl ReportArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let map = self.export.map()?;
        let chain = match self.dry_run {
            true => session.chain().await?,
            false => session.chain_to_sign().await?,
        };
        let (relation, side) = self.relation.own_side(session, &chain).await?;
        let services = match read(&self.file, side, map.as_ref())? {
            Ok(services) => services,
            Err(faults) => return refused(session, &self.file, &faults),
        };
        let at = (&relation, side);
        match self.tags.tagger(&chain, &relation, side).await? {
            None => self.report(session, &chain, at, Entries::open(services)).await,
            Some(tagger) => {
                let entries = Entries::tagged(services, &tagger);
                self.report(session, &chain, at, entries).await
            }
        }
    }

    async fn report<R: Form>(
        &self,
        session: &Session,
        chain: &Chain,
        (relation, side): (&Relation, Side),
        entries: Entries<R>,
    ) -> Result<Exit, CommandError> {
        let known = known_as::<R>(chain, *relation).await?;
        let outcome = self.export.outcome(&known, side, entries);
        if !outcome.faults.is_empty() {
            output::warn(&words_of_faults(&self.file, &outcome.faults));
        }
        let cut_off = outcome.cut_off(self.withdraw);
        if let (Some(reason), false) = (&cut_off, self.dry_run) {
            return Err(CommandError::Invalid(format!("nothing was sent: {reason}")));
        }
        let mut sent = false;
        let refusal = match self.dry_run && cut_off.is_none() {
            true => {
                let (reported, gone) = (outcome.changes.to_report(), outcome.gone(side));
                would_refuse(session, chain, relation, &reported, &gone).await?
            }
            false => None,
        };
        if !self.dry_run && outcome.is_news() {
            if outcome.withdrawn {
                session.confirm(&format!(
                    "{} withdrawn that this export does not name.",
                    output::count(outcome.changes.missing.len() as u64, "record is", "records are")
                ))?;
            }
            send(session, chain, relation, side, &outcome).await?;
            sent = true;
        }
        let mut value = outcome.value(sent);
        value["would_be_refused"] = json!(cut_off.as_ref().or(refusal.as_ref()));
        session.output().print(&value, |_| {
            let words = outcome.words(sent || !self.dry_run);
            match &cut_off {
                Some(reason) => format!("{words}\nit would be refused: {reason}"),
                None => words + &refused_words(refusal.as_deref()),
            }
        })?;
        let would_fail = cut_off.is_some() || refusal.is_some();
        Ok(Exit::refused_if(outcome.refused > 0 || would_fail))
    }
}

#[derive(Args)]
pub(super) struct WithdrawArgs {
    #[command(flatten)]
    relation: RelationArg,
    #[command(flatten)]
    tags: TagsArg,
    /// Your own ids of the services.
    #[arg(required = true)]
    ids: Vec<String>,
}

impl WithdrawArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let own = |text: &String| -> Result<Text<32>, CommandError> {
            identifier(text).map_err(|refusal| CommandError::Invalid(format!("`{text}` {refusal}")))
        };
        let ids = self.ids.iter().map(own).collect::<Result<Vec<_>, _>>()?;
        let chain = session.chain_to_sign().await?;
        let (relation, side) = self.relation.own_side(session, &chain).await?;
        let tagger = self.tags.tagger(&chain, &relation, side).await?;
        let ids: Vec<RecordId> = ids
            .into_iter()
            .map(|own| match &tagger {
                None => RecordId::of(own.as_bytes()),
                Some(tagger) => tagger.id(own),
            })
            .collect();
        let what = output::count(ids.len() as u64, "record of yours is", "records of yours are");
        session.confirm(&format!("{what} withdrawn from {}.", typed(&relation)))?;
        send_records::<Record>(session, &chain, &relation, &[], &ids).await?;
        session.output().print(&json!({ "withdrawn": ids.len() }), |_| {
            format!("{what} withdrawn")
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_should_be_refused_when_it_lacks_most_records_and_nobody_has_said_how_many() {
        let told = cut_off(1_200, 0, None).unwrap().replace('\u{202f}', " ");
        assert!(
            told.starts_with("the export lacks 1 200 of 1 200 records"),
            "{told}"
        );
        assert!(told.ends_with("`--withdraw 1200`"), "{told}");
        assert!(
            cut_off(1_200, 0, Some(1_199)).is_some(),
            "that was said of another export"
        );
        assert_eq!(cut_off(1_200, 0, Some(1_200)), None);
        assert!(cut_off(2, 1, None).is_some());
        for (missing, named) in [(0, 0), (0, 9), (1, 1), (600, 600)] {
            assert_eq!(cut_off(missing, named, None), None, "{missing} {named}");
        }
    }
}
