//! `interclear nrtrde anchor`: files are checked, reduced and anchored; the chain's clock says how late they are.

use crate::{
    commands::outgoing::{cell, counts, exit, result, Outgoing, DUPLICATE},
    error::CommandError,
    exit::Exit,
    output::{self, coloured_table, Cell, Color},
    session::Session,
};
use clap::Args;
use interclear_client::{
    files::{name_of, CheckedFile, Fate, KnownFiles, Reduced},
    time::now,
};
use interclear_primitives::{
    nrtrde::{NrtrdeAnchor, NRTRDE_DELIVERY_LIMIT},
    Moment,
};
use interclear_tap::Options;
use serde_json::json;

#[derive(Args)]
pub(super) struct AnchorArgs {
    #[command(flatten)]
    outgoing: Outgoing,
}

/// A file, and the seconds from the first end of a call to its delivery, as far as the chain keeps them.
struct Delivery {
    file: CheckedFile,
    delay: Option<Moment>,
}

impl Delivery {
    fn anchor(&self) -> Option<&NrtrdeAnchor> {
        match &self.file.anchor {
            Some(Reduced::Nrtrde(anchor)) => Some(anchor),
            _ => None,
        }
    }
}

impl AnchorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let (mut checker, mut files) = self.outgoing.check(Options::default(), KnownFiles::new(), None)?;
        for file in &mut files {
            if matches!(file.anchor, Some(Reduced::Tap(_))) {
                file.refuse("not sent: this is not an NRTRDE file; `interclear tap anchor` takes TAP files");
            }
        }
        let node = self.outgoing.send(session, &mut files).await?;
        checker.conclude(&files)?;
        self.outgoing.ask(session, &mut files).await?;
        let sent = |file: &CheckedFile| file.is_new() || file.fate == Some(Fate::Duplicate);
        let chain = match files.iter().any(sent) {
            true => Some(session.chain().await?),
            false => None,
        };
        let mut deliveries = Vec::new();
        for file in files {
            let delay = match (&chain, &file.anchor) {
                (Some(chain), Some(anchor)) if sent(&file) => {
                    let kept = chain.nrtrde_file(anchor.key()).await?;
                    kept.map(|file| file.delay())
                }
                // Of a dry run: as if it were delivered now.
                (_, Some(Reduced::Nrtrde(anchor))) if file.fate.is_none() => {
                    anchor.earliest_end.map(|end| now().saturating_sub(end))
                }
                _ => None,
            };
            deliveries.push(Delivery { file, delay });
        }
        print(session, &deliveries)?;
        let files: Vec<CheckedFile> = deliveries.into_iter().map(|delivery| delivery.file).collect();
        self.outgoing.hand_over(node, &files).await?;
        Ok(exit(&files))
    }
}

fn is_late(delay: Option<Moment>) -> bool {
    delay.is_some_and(|delay| delay > NRTRDE_DELIVERY_LIMIT)
}

fn print(session: &Session, deliveries: &[Delivery]) -> Result<(), CommandError> {
    let [anchored, duplicates, refused] = counts(deliveries.iter().map(|one| &one.file));
    let late = |one: &&Delivery| one.file.is_new() && is_late(one.delay);
    let late = deliveries.iter().filter(late).count();
    let value = json!({
        "anchored": anchored,
        "late": late,
        "duplicates": duplicates,
        "refused": refused,
        "files": deliveries.iter().map(as_json).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let rows = deliveries.iter().map(|one| {
            let (fate, colour) = match &one.file.fate {
                Some(Fate::Anchored | Fate::Late(_) | Fate::Closed(_)) if is_late(one.delay) => (
                    "anchored, late: you are liable for fraud".to_owned(),
                    Color::Yellow,
                ),
                Some(Fate::Anchored | Fate::Late(_) | Fate::Closed(_)) => {
                    ("anchored in time".to_owned(), Color::Green)
                }
                Some(Fate::Duplicate) => (DUPLICATE.to_owned(), Color::Blue),
                Some(Fate::Refused(reason)) => (format!("refused: {reason}"), Color::Red),
                None if is_late(one.delay) => (
                    "not sent (dry run); delivered now, it is late: you would be liable for fraud".to_owned(),
                    Color::Yellow,
                ),
                None => ("not sent (dry run)".to_owned(), Color::Blue),
            };
            let anchor = one.anchor();
            [
                Cell::new(interclear_client::text::path(&one.file.path)),
                cell(anchor.map(|anchor| name_of(&anchor.key))),
                cell(anchor.map(|anchor| anchor.records.to_string())),
                cell(anchor.map(|_| one.file.late.to_string())),
                cell(one.delay.map(output::duration)),
                Cell::new(fate).fg(colour),
            ]
        });
        let head = [
            "File",
            "On the chain",
            "Records",
            "Late when available",
            "Delay",
            "Result",
        ];
        let table = coloured_table(head, &[2, 3, 4], rows);
        format!(
            "{table}\n{anchored} anchored ({late} late), {}, {refused} refused",
            output::count(duplicates as u64, "duplicate", "duplicates")
        )
    })?;
    Ok(())
}

fn as_json(one: &Delivery) -> serde_json::Value {
    let (result, reason) = result(&one.file);
    let anchor = one.anchor();
    json!({
        "file": output::path_value(&one.file.path),
        "batch": anchor.map(|anchor| name_of(&anchor.key)),
        "records": anchor.map(|anchor| anchor.records),
        "earliest_end": anchor.and_then(|anchor| anchor.earliest_end),
        "latest_end": anchor.and_then(|anchor| anchor.latest_end),
        "available": anchor.map(|anchor| anchor.available),
        "late_when_available": one.file.late,
        "file_digest": anchor.map(|anchor| output::hex(&anchor.file_digest)),
        "root": anchor.map(|anchor| output::hex(&anchor.root)),
        "result": result,
        "reason": reason,
        "delay": one.delay,
        "late": one.delay.map(|delay| is_late(Some(delay))),
    })
}
