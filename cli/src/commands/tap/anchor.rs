//! `interclear tap anchor`: files are checked, reduced and anchored.

use crate::{
    commands::{
        outgoing::{cell, counts, exit, result, Outgoing, DUPLICATE},
        tap::{
            prices::{OffPrices, PriceArgs},
            rules::RuleArgs,
        },
        unstated,
    },
    error::CommandError,
    exit::Exit,
    output::{self, coloured_table, Cell, Color},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::Chain,
    files::{name_of, CheckedFile, Fate, Reduced},
};
use interclear_primitives::ids::OperatorId;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

#[derive(Args)]
pub(super) struct AnchorArgs {
    #[command(flatten)]
    outgoing: Outgoing,
    /// The folder that remembers the records of 90 days, as for `tap validate`: records that were in other files count among
    /// those to be returned. What is refused, and what a dry run looks at, is not noted.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    prices: PriceArgs,
}

impl AnchorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let mut off = self.prices.off(session)?;
        let known = self.outgoing.known(session).await?;
        self.rules.tell_without_effect(known.values());
        let agreed = known.values().any(|(_, known)| known.terms.is_some());
        let options = self.prices.options(self.rules.options())?;
        let (mut checker, mut files) = self.outgoing.check(options, known, self.store.as_deref())?;
        for file in &files {
            off.add(&output::path_value(&file.path), &file.prices);
        }
        if let Some(warning) = self.prices.without_effect().filter(|_| !agreed) {
            output::warn(&format!("warning: {warning}"));
        }
        let node = self.outgoing.send(session, &mut files).await?;
        checker.conclude(&files)?;
        self.outgoing.ask(session, &mut files).await?;
        print(session, &files, &off)?;
        let chain = node.as_ref().map(|node| node.chain.clone());
        self.outgoing.hand_over(node, &files).await?;
        if let Some(chain) = &chain {
            unstated::tell_unasked(warn_above_caps(session, chain, &files).await);
        }
        Ok(exit(&files))
    }
}

/// Tells of the recipients that owe more than the cap.
async fn warn_above_caps(
    session: &Session,
    chain: &Chain,
    files: &[CheckedFile],
) -> Result<(), CommandError> {
    let me = session.operator(chain).await?;
    unstated::warn_above_caps(chain, me, recipients(chain, files).await?).await
}

/// Whose networks got the files that were anchored.
async fn recipients(
    chain: &Chain,
    files: &[CheckedFile],
) -> Result<BTreeMap<OperatorId, String>, CommandError> {
    let new = |fate: &Fate| matches!(fate, Fate::Anchored | Fate::Late(_) | Fate::Closed(_));
    let anchored = files.iter().filter(|file| file.fate.as_ref().is_some_and(new));
    let networks: BTreeSet<_> = anchored
        .filter_map(|file| Some(file.anchor.as_ref()?.key().series.recipient))
        .collect();
    let mut owners = BTreeMap::new();
    for network in networks {
        if let Some(owner) = chain.operator_by_tadig(network).await? {
            owners.insert(owner, network.to_string());
        }
    }
    Ok(owners)
}

fn print(session: &Session, files: &[CheckedFile], off: &OffPrices) -> Result<(), CommandError> {
    let [anchored, duplicates, refused] = counts(files.iter());
    let value = json!({
        "anchored": anchored,
        "duplicates": duplicates,
        "refused": refused,
        "warnings": off.json(),
        "files": files.iter().map(as_json).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let rows = files.iter().map(|file| {
            let (fate, colour) = in_words(file.fate.as_ref());
            let doubtful = (file.doubtful > 0).then(|| file.doubtful.to_string());
            [
                Cell::new(interclear_client::text::path(&file.path)),
                cell(file.anchor.as_ref().map(|anchor| name_of(&anchor.key()))),
                cell(
                    file.anchor
                        .as_ref()
                        .map(|anchor| output::number(anchor.records())),
                ),
                cell(doubtful),
                Cell::new(fate).fg(colour),
            ]
        });
        let head = ["File", "On the chain", "Records", "To be returned", "Result"];
        let table = coloured_table(head, &[2, 3], rows);
        let warnings = files.iter().flat_map(|file| {
            let path = interclear_client::text::path(&file.path);
            let each = file.warnings.iter();
            each.map(move |warning| format!("\n{path}: warning: {warning}"))
        });
        let prices = off
            .words()
            .into_iter()
            .map(|warning| format!("\nwarning: {warning}"));
        let warnings: String = warnings.chain(prices).collect();
        format!(
            "{table}{warnings}\n{anchored} anchored, {}, {refused} refused",
            output::count(duplicates as u64, "duplicate", "duplicates")
        )
    })?;
    Ok(())
}

fn in_words(fate: Option<&Fate>) -> (String, Color) {
    let Some(fate) = fate else {
        return ("not sent (dry run)".into(), Color::Blue);
    };
    let reason = fate.reason().unwrap_or_default();
    match fate {
        Fate::Anchored => ("anchored".into(), Color::Green),
        Fate::Late(_) => (format!("anchored {reason}"), Color::Yellow),
        Fate::Closed(_) => (format!("anchored; {reason}"), Color::Yellow),
        Fate::Duplicate => (DUPLICATE.into(), Color::Blue),
        Fate::Refused(_) => (format!("refused: {reason}"), Color::Red),
    }
}

fn as_json(file: &CheckedFile) -> serde_json::Value {
    let (result, reason) = result(file);
    json!({
        "file": output::path_value(&file.path),
        "batch": file.anchor.as_ref().map(|anchor| name_of(&anchor.key())),
        "period": match &file.anchor {
            Some(Reduced::Tap(anchor)) => Some(anchor.period()),
            _ => None,
        },
        "records": file.anchor.as_ref().map(Reduced::records),
        "records_with_severe_findings": file.doubtful,
        "file_digest": file.anchor.as_ref().map(|anchor| output::hex(anchor.digests().0)),
        "root": file.anchor.as_ref().map(|anchor| output::hex(anchor.digests().1)),
        "warnings": file.warnings,
        "billed_with": match &file.fate {
            Some(Fate::Closed(month)) => Some(*month),
            _ => None,
        },
        "result": result,
        "reason": reason,
    })
}
