//! `interclear statement explain`: how the figures of a statement came to be.

use crate::{
    arguments::Month,
    commands::explain::{self, Scale},
    error::CommandError,
    names::Names,
    session::Session,
};
use interclear_client::replay::Replay;
use interclear_primitives::statement::StatementLine;

/// Explains all lines of a statement, or those that are `wanted`: by number, or by service.
pub(super) async fn run(session: &Session, month: &Month, wanted: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let Month { agreement, period } = *month;
    let statement = chain.statement_of(agreement, period).await?;
    let replay = Replay::of(&chain, agreement, period, statement.decimals).await?;
    let directions = replay.explain()?;
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
        let key = statement.lines[place].key();
        let index = key.direction.index();
        let debtor = names.get(statement.parties[index]);
        let direction = &directions[index];
        let Some(line) = direction.keys.iter().position(|other| *other == key) else {
            return Err(CommandError::NotFound(format!("line {} in the terms", place + 1)));
        };
        let unit = key.service.unit();
        let group = u32::from(key.group) + 1;
        text.push(format!(
            "{}: {debtor} owes for {}, group {group}\n{}",
            place + 1,
            key.service,
            explain::text(direction, line, unit, &scale, month.period)
        ));
        let mut value = explain::json(direction, line, unit, &scale, month.period);
        value["line"] = (place + 1).into();
        value["direction"] = serde_json::to_value(key.direction).unwrap_or_default();
        value["group"] = key.group.into();
        list.push(value);
    }
    session.output().print(&list, |_| text.join("\n\n"))?;
    Ok(())
}
