//! `interclear statement explain`: how the figures of a statement came to be.

use crate::{
    arguments::Month,
    commands::{
        explain::{self, Scale},
        lines, obligations,
    },
    error::CommandError,
    names::Names,
    session::Session,
};
use interclear_billing::late::ExplainedLate;
use interclear_client::replay::Replay;
use interclear_primitives::statement::StatementLine;
use serde_json::json;

/// Explains all lines of a statement, or those that are `wanted`: by number, or by service.
pub(super) async fn run(session: &Session, month: &Month, wanted: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let Month { agreement, period } = *month;
    let statement = chain.statement_of(agreement, period).await?;
    let replay = Replay::of(&chain, agreement, period, statement.decimals).await?;
    let (directions, late) = (replay.explain()?, replay.explain_late()?);
    let scale = Scale {
        currency: statement.currency,
        decimals: statement.decimals,
    };
    let names = Names::of(&chain).await?;
    let chosen = explain::choose(
        statement.lines.iter().map(StatementLine::key),
        wanted.unwrap_or_default(),
    )?;
    let (mut list, mut text) = (Vec::new(), Vec::new());
    for place in chosen {
        let StatementLine { late: of, .. } = statement.lines[place];
        let key = statement.lines[place].key();
        let index = key.direction.index();
        let debtor = names.get(statement.parties[index]);
        let of_late = |entry: &&ExplainedLate| Some(entry.period) == of && entry.direction == key.direction;
        let windows: Vec<_> = match of {
            None => directions.get(index).into_iter().collect(),
            // The window of the usage, and after it the one with which its commitment was due.
            Some(_) => late.iter().filter(of_late).map(|entry| &entry.charged).collect(),
        };
        // The version with which the commitment was due may have lines that the other one has not.
        let windows: Vec<_> = windows
            .into_iter()
            .filter_map(|direction| {
                let line = direction.keys.iter().position(|other| *other == key)?;
                Some((direction, line))
            })
            .collect();
        if windows.is_empty() {
            return Err(CommandError::NotFound(format!("line {} in the terms", place + 1)));
        }
        let unit = key.service.unit();
        let group = u32::from(key.group) + 1;
        let month = of.unwrap_or(month.period);
        let steps: Vec<_> = windows
            .iter()
            .map(|(direction, line)| explain::text(direction, *line, unit, &scale, month))
            .collect();
        text.push(format!(
            "{}: {debtor} owes for {}, group {group}\n{}",
            place + 1,
            lines::service(key.service, of),
            steps.join("\n")
        ));
        let mut parts: Vec<_> = windows
            .iter()
            .map(|(direction, line)| explain::json(direction, *line, unit, &scale, month))
            .collect();
        let mut value = parts.remove(0);
        if of.is_some() {
            value["late"] = json!(of);
            value["commitment_due"] = json!(parts.pop());
        }
        value["line"] = (place + 1).into();
        value["direction"] = serde_json::to_value(key.direction).unwrap_or_default();
        value["group"] = group.into();
        list.push(value);
    }
    if wanted.is_none() {
        // Not of the lines, but of what they have become.
        let owed = super::owed(&chain, &statement).await?;
        text.extend(owed.and_then(|owed| obligations::interest_words(&owed)));
    }
    session.output().print(&list, |_| text.join("\n\n"))?;
    Ok(())
}
