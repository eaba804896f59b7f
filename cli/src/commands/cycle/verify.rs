//! `interclear cycle verify`: a cycle computed once more, here.

use crate::{commands::index, error::CommandError, exit::Exit, output::count, session::Session};
use interclear_archive::{
    cycle::{verify, Verdict},
    database::Database,
    live::Live,
    source::Node,
};
use interclear_primitives::ids::CycleId;
use serde_json::json;

pub(super) async fn run(
    session: &Session,
    cycle: CycleId,
    database: Option<&str>,
) -> Result<Exit, CommandError> {
    let number = i64::from(cycle.0);
    let found = match database {
        Some(url) => verify(&mut Database::to_read(url).await?, number).await?,
        None => {
            let node = Node::connect(session.chain().await?.url()).await?;
            verify(&mut Live::read(&node).await?.database, number).await?
        }
    };
    let verdict = found.ok_or_else(|| CommandError::NotFound(format!("cycle {cycle}")))?;
    if matches!(verdict.phase.as_str(), "Announced" | "Collecting") {
        return Err(CommandError::Invalid(format!(
            "cycle {cycle} has not been computed yet, so there is nothing to compare"
        )));
    }
    let value = json!({
        "cycle": cycle,
        "phase": verdict.phase.to_lowercase(),
        "currency": verdict.currency,
        "obligations": verdict.obligations,
        "positions": verdict.positions,
        "payments": verdict.payments,
        "equal": verdict.deviations.is_empty(),
        "deviations": verdict.deviations.iter().map(|one| {
            json!({ "place": one.place, "item": one.item, "chain": one.chain, "recomputed": one.recomputed })
        }).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| words(cycle, &verdict))?;
    Ok(Exit::refused_if(!verdict.deviations.is_empty()))
}

fn words(cycle: CycleId, verdict: &Verdict) -> String {
    if !verdict.deviations.is_empty() {
        return index::deviations(verdict.deviations.iter().map(|one| {
            [
                one.place.clone(),
                one.item.into(),
                one.chain.clone(),
                one.recomputed.clone(),
            ]
        }));
    }
    if verdict.phase == "Cancelled" {
        return format!("cycle {cycle} was cancelled: nothing is in it, and nobody pays");
    }
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let payments = verdict.payments.map_or_else(String::new, |payments| {
        format!(" and {}", count(number(payments), "payment", "payments"))
    });
    format!(
        "cycle {cycle}, recomputed from {} in {}: {}{payments}, all equal",
        count(number(verdict.obligations), "obligation", "obligations"),
        verdict.currency,
        count(number(verdict.positions), "position", "positions")
    )
}
